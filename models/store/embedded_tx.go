package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"
	"go.mongodb.org/mongo-driver/v2/bson"
)

// embeddedTx is a transaction over the file; one that writes has the batch's overlay over it.
type embeddedTx struct {
	ctx    context.Context
	schema *schema
	bolt   *bbolt.Tx
	over   *overlay // nil in a View
	failed error    // the write error that ended it
	ended  bool     // fn has returned
}

var (
	errEnded    = errors.New("this transaction has ended; a Tx is valid only while fn runs")
	errReadOnly = errors.New("a View does not write")
)

func (t *embeddedTx) open(name string) (*collection, error) {
	if t.ended {
		return nil, errEnded
	}
	if t.failed != nil {
		return nil, t.failed
	}
	return t.schema.collection(name)
}

// Get implements Tx.
func (t *embeddedTx) Get(name, id string, into any) error {
	c, err := t.open(name)
	if err != nil {
		return err
	}
	raw := t.get(c.space, []byte(id))
	if raw == nil {
		return notFound()
	}
	if out, ok := into.(*bson.Raw); ok {
		*out = raw
		return nil
	}
	if err := bson.Unmarshal(raw, into); err != nil {
		return fmt.Errorf("decode %s of %s: %w", id, name, err)
	}
	return nil
}

// Insert implements Tx.
func (t *embeddedTx) Insert(name string, doc any) error {
	return t.write(name, func(c *collection) error {
		d, err := c.encode(doc)
		if err != nil {
			return err
		}
		id := []byte(d.id)
		if t.get(c.space, id) != nil {
			return duplicateID()
		}
		for _, i := range c.indexes {
			if err := t.index(i, document{}, d); err != nil {
				return err
			}
		}
		t.over.put(c.space, entry{key: id, value: d.raw})
		return nil
	})
}

// Replace implements Tx.
func (t *embeddedTx) Replace(name string, doc any) error {
	return t.write(name, func(c *collection) error {
		d, err := c.encode(doc)
		if err != nil {
			return err
		}
		old, err := t.old(c, d.id)
		if err != nil {
			return err
		}
		for _, i := range c.indexes {
			if err := t.index(i, old, d); err != nil {
				return err
			}
		}
		t.over.put(c.space, entry{key: []byte(d.id), value: d.raw})
		return nil
	})
}

// Delete implements Tx.
func (t *embeddedTx) Delete(name, id string) error {
	return t.write(name, func(c *collection) error {
		old, err := t.old(c, id)
		if err != nil {
			return err
		}
		for _, i := range c.indexes {
			if err := t.index(i, old, document{}); err != nil {
				return err
			}
		}
		t.over.put(c.space, entry{key: []byte(id), deleted: true})
		return nil
	})
}

// write runs one write; an error of it ends the transaction.
func (t *embeddedTx) write(name string, do func(*collection) error) error {
	c, err := t.open(name)
	if err != nil {
		return err
	}
	if t.over == nil {
		t.failed = errReadOnly
		return t.failed
	}
	t.failed = do(c)
	return t.failed
}

// old is the present document with this _id.
func (t *embeddedTx) old(c *collection, id string) (document, error) {
	raw := t.get(c.space, []byte(id))
	if raw == nil {
		return document{}, notFound()
	}
	if len(c.indexes) == 0 {
		return document{raw: raw, id: id}, nil
	}
	return c.read(raw)
}

// index moves a document within an index; a document without an id stands for none.
func (t *embeddedTx) index(i *index, old, new document) error {
	before, wasIn, err := i.entryKey(old)
	if err != nil {
		return err
	}
	now, isIn, err := i.entryKey(new)
	if err != nil {
		return err
	}
	if wasIn && isIn && bytes.Equal(before, now) {
		return nil
	}
	if wasIn {
		t.over.put(i.space, entry{key: before, deleted: true})
	}
	if !isIn {
		return nil
	}
	if prefix := now[:len(now)-len(new.id)]; i.Unique && t.taken(i, prefix) {
		return duplicateKey(i.Name)
	}
	t.over.put(i.space, entry{key: now, value: []byte{}})
	return nil
}

func (i *index) entryKey(d document) ([]byte, bool, error) {
	if d.id == "" {
		return nil, false, nil
	}
	key, ok, err := i.appendKey(nil, d)
	return append(key, d.id...), ok, err
}

// taken reports whether a unique index has an entry with these values.
func (t *embeddedTx) taken(i *index, prefix []byte) bool {
	found := false
	t.scan(span{index: i, space: i.space, low: prefix, high: beyond(prefix)}, func(_, _ []byte) bool {
		found = true
		return false
	})
	return found
}

func (t *embeddedTx) get(space int, key []byte) []byte {
	if t.over != nil {
		if e, ok := t.over.spaces[space].get(key); ok {
			return e.value
		}
	}
	return t.bucket(space).Get(key)
}

func (t *embeddedTx) bucket(space int) *bbolt.Bucket {
	return t.bolt.Bucket([]byte(t.schema.spaces[space]))
}

// Cursor implements Tx.
func (t *embeddedTx) Cursor(name string, q Query, doc bson.Raw) (string, error) {
	c, err := t.open(name)
	if err != nil {
		return "", err
	}
	return c.cursor(q, doc)
}
