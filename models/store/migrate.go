package store

import (
	"bytes"
	"fmt"
	"strings"

	"go.etcd.io/bbolt"
)

// definitions is the bucket that says over which fields each index in the file was made.
var definitions = []byte("index definitions")

// migrate brings the file's keyspaces in line with the schema: it makes what is missing, builds indexes that are new or
// declared otherwise than before, and drops indexes that are no longer declared. Documents are never touched.
func migrate(db *bbolt.DB, s *schema) error {
	return db.Update(func(tx *bbolt.Tx) error {
		defs, err := tx.CreateBucketIfNotExists(definitions)
		if err != nil {
			return err
		}
		if err := dropUndeclared(tx, defs, s); err != nil {
			return err
		}
		for _, c := range s.collections {
			if _, err := tx.CreateBucketIfNotExists([]byte(c.name)); err != nil {
				return err
			}
			for _, i := range c.indexes {
				name := []byte(s.spaces[i.space])
				if bytes.Equal(defs.Get(name), i.definition()) {
					continue
				}
				if err := build(tx, c, i, name); err != nil {
					return fmt.Errorf("index %q of collection %q: %w", i.Name, c.name, err)
				}
				if err := defs.Put(name, i.definition()); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func (i *index) definition() []byte {
	return fmt.Appendf(nil, "%s unique=%t", strings.Join(i.Fields, ","), i.Unique)
}

func dropUndeclared(tx *bbolt.Tx, defs *bbolt.Bucket, s *schema) error {
	declared := map[string]bool{}
	for _, name := range s.spaces {
		declared[name] = true
	}
	var gone [][]byte
	err := defs.ForEach(func(name, _ []byte) error {
		if !declared[string(name)] {
			gone = append(gone, bytes.Clone(name))
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, name := range gone {
		if err := tx.DeleteBucket(name); err != nil {
			return err
		}
		if err := defs.Delete(name); err != nil {
			return err
		}
	}
	return nil
}

// build makes the index anew from the collection's documents.
func build(tx *bbolt.Tx, c *collection, i *index, name []byte) error {
	if tx.Bucket(name) != nil {
		if err := tx.DeleteBucket(name); err != nil {
			return err
		}
	}
	bucket, err := tx.CreateBucket(name)
	if err != nil {
		return err
	}
	return tx.Bucket([]byte(c.name)).ForEach(func(id, raw []byte) error {
		d, err := c.read(raw, nil)
		if err != nil {
			return err
		}
		key, ok, err := i.appendKey(nil, d)
		if err != nil || !ok {
			return err
		}
		if i.Unique {
			if found, _ := bucket.Cursor().Seek(key); bytes.HasPrefix(found, key) {
				return duplicateKey(i.Name)
			}
		}
		return bucket.Put(append(key, id...), []byte{})
	})
}
