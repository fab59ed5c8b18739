package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// embeddedTx is a transaction over the file; one that writes has the batch's overlay over it.
type embeddedTx struct {
	ctx    context.Context
	schema *schema
	file   *file
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
	raw := t.getID(c, id)
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
		d, err := c.encode(doc, t.over.values[0])
		if err != nil {
			return err
		}
		if t.getID(c, d.id) != nil {
			return duplicateID()
		}
		for _, i := range c.indexes {
			if err := t.index(i, document{}, d); err != nil {
				return err
			}
		}
		t.over.put(c.space, entry{key: t.idKey(d.id), value: d.raw})
		return nil
	})
}

// Replace implements Tx.
func (t *embeddedTx) Replace(name string, doc any) error {
	return t.write(name, func(c *collection) error {
		d, err := c.encode(doc, t.over.values[0])
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
		t.over.put(c.space, entry{key: t.idKey(d.id), value: d.raw})
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
		t.over.put(c.space, entry{key: t.idKey(id), deleted: true})
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
	raw := t.getID(c, id)
	if raw == nil {
		return document{}, notFound()
	}
	if len(c.indexes) == 0 {
		return document{raw: raw, id: id}, nil
	}
	return c.read(raw, t.over.values[1])
}

// index moves a document within an index; a document without an id stands for none.
func (t *embeddedTx) index(i *index, old, new document) error {
	before, wasIn, err := i.entryKey(t.over.keys[0][:0], old)
	if err != nil {
		return err
	}
	now, isIn, err := i.entryKey(t.over.keys[1][:0], new)
	if err != nil {
		return err
	}
	t.over.keys = [2][]byte{before, now}
	if wasIn && isIn && bytes.Equal(before, now) {
		return nil
	}
	if wasIn {
		t.over.put(i.space, entry{key: before, deleted: true})
	}
	if !isIn {
		return nil
	}
	if i.Unique && t.taken(i.space, now[:len(now)-len(new.id)]) {
		return duplicateKey(i.Name)
	}
	t.over.put(i.space, entry{key: now, value: []byte{}})
	return nil
}

func (i *index) entryKey(key []byte, d document) ([]byte, bool, error) {
	if d.id == "" {
		return key, false, nil
	}
	key, ok, err := i.appendKey(key, d)
	return append(key, d.id...), ok, err
}

// taken reports whether a key of the space begins with prefix.
func (t *embeddedTx) taken(space int, prefix []byte) bool {
	written := &t.over.spaces[space]
	for p, _ := written.seek(prefix); ; p = written.next(p) {
		e, ok := written.entryAt(p)
		if !ok || !bytes.HasPrefix(e.key, prefix) {
			break
		}
		if !e.deleted {
			return true
		}
	}
	cursor := t.file.cursor(space)
	for key, _ := cursor.Seek(prefix); bytes.HasPrefix(key, prefix); key, _ = cursor.Next() {
		if _, gone := written.get(key); !gone {
			return true
		}
	}
	return false
}

func (t *embeddedTx) get(space int, key []byte) []byte {
	if t.over != nil {
		if e, ok := t.over.spaces[space].get(key); ok {
			return e.value
		}
	}
	return t.file.get(space, key)
}

func (t *embeddedTx) getID(c *collection, id string) []byte { return t.get(c.space, t.idKey(id)) }

// idKey is the _id as a key, valid until the next one.
func (t *embeddedTx) idKey(id string) []byte {
	t.file.id = append(t.file.id[:0], id...)
	return t.file.id
}

// Cursor implements Tx.
func (t *embeddedTx) Cursor(name string, q Query, doc bson.Raw) (string, error) {
	c, err := t.open(name)
	if err != nil {
		return "", err
	}
	return c.cursor(q, doc)
}
