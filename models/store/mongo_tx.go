package store

import (
	"context"
	"errors"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
)

// mongoTx is a transaction, or the snapshot of a View, on a MongoDB session that its ctx carries.
type mongoTx struct {
	ctx      context.Context
	store    *Mongo
	readOnly bool
	failed   error // what ended it: a write error, or any error of the server
	ended    bool  // fn has returned
}

func (t *mongoTx) open(name string) (*collection, *mongo.Collection, error) {
	if t.ended {
		return nil, nil, errEnded
	}
	if t.failed != nil {
		return nil, nil, t.failed
	}
	c, err := t.store.schema.collection(name)
	if err != nil {
		return nil, nil, err
	}
	return c, t.store.db.Collection(name), nil
}

// fail ends the transaction with an error of the driver, as the server has done already.
func (t *mongoTx) fail(err error) error {
	t.failed = mongoFault(t.ctx, err)
	return t.failed
}

// Get implements Tx.
func (t *mongoTx) Get(name, id string, into any) error {
	_, docs, err := t.open(name)
	if err != nil {
		return err
	}
	raw, err := docs.FindOne(t.ctx, byIDFilter(id)).Raw()
	switch {
	case errors.Is(err, mongo.ErrNoDocuments):
		return notFound()
	case err != nil:
		return t.fail(err)
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

func byIDFilter(id string) bson.D { return bson.D{{Key: "_id", Value: id}} }

// Insert implements Tx.
func (t *mongoTx) Insert(name string, doc any) error {
	return t.write(name, func(c *collection, docs *mongo.Collection) error {
		d, err := c.encodeForMongo(doc)
		if err != nil {
			return err
		}
		_, err = docs.InsertOne(t.ctx, d.raw)
		return mongoFault(t.ctx, err)
	})
}

// Replace implements Tx.
func (t *mongoTx) Replace(name string, doc any) error {
	return t.write(name, func(c *collection, docs *mongo.Collection) error {
		d, err := c.encodeForMongo(doc)
		if err != nil {
			return err
		}
		done, err := docs.ReplaceOne(t.ctx, byIDFilter(d.id), d.raw)
		if err == nil && done.MatchedCount == 0 {
			return notFound()
		}
		return mongoFault(t.ctx, err)
	})
}

// Delete implements Tx.
func (t *mongoTx) Delete(name, id string) error {
	return t.write(name, func(_ *collection, docs *mongo.Collection) error {
		done, err := docs.DeleteOne(t.ctx, byIDFilter(id))
		if err == nil && done.DeletedCount == 0 {
			return notFound()
		}
		return mongoFault(t.ctx, err)
	})
}

// write runs one write; an error of it ends the transaction.
func (t *mongoTx) write(name string, do func(*collection, *mongo.Collection) error) error {
	c, docs, err := t.open(name)
	if err != nil {
		return err
	}
	if t.readOnly {
		t.failed = errReadOnly
		return t.failed
	}
	t.failed = do(c, docs)
	return t.failed
}

// encodeForMongo is encode with the checks of index values, which MongoDB would not make.
func (c *collection) encodeForMongo(doc any) (document, error) {
	d, err := c.encode(doc, nil)
	if err != nil {
		return d, err
	}
	for _, i := range c.indexes {
		if _, _, err := i.appendKey(nil, d); err != nil {
			return d, err
		}
	}
	return d, nil
}

// Cursor implements Tx.
func (t *mongoTx) Cursor(name string, q Query, doc bson.Raw) (string, error) {
	c, _, err := t.open(name)
	if err != nil {
		return "", err
	}
	return c.cursor(q, doc)
}
