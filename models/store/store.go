// Package store is the product's transactional document store: one narrow contract, kept by two engines, an embedded
// file (bbolt) and a MongoDB replica set. It owns collections, indexes, transactions and their retries.
// It refuses everything that both engines cannot promise: no operators, no aggregation, no indexes made on the fly.
//
// What is promised: a transaction is atomic, durable when Update returns, and works on a snapshot; a read-modify-write
// of one document never loses an update. Snapshot isolation is all there is, so an invariant that spans documents
// needs one document that every writer of it replaces.
package store

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// Store is a transactional document store.
type Store interface {
	// View runs fn on a consistent snapshot. fn must not write.
	View(ctx context.Context, fn func(Tx) error) error
	// Update runs fn and commits all its writes or none. fn may run more than once, so it has no effect outside tx,
	// and it returns the first write error it meets instead of going on.
	Update(ctx context.Context, fn func(Tx) error) error
	Close() error
}

// Tx is one transaction. It is valid only while fn runs and is not safe for concurrent use.
// It sees its own writes. Every document is a BSON document whose _id is a non-empty string.
type Tx interface {
	// Get decodes the document with this _id into the pointer into; fault.NotFound ("document_not_found") if there is none.
	// If into is a *bson.Raw it receives the document undecoded, valid until fn returns.
	Get(collection, id string, into any) error
	// Insert adds doc; fault.Conflict ("duplicate_id" or "duplicate_key") if its _id or a unique index key is taken.
	Insert(collection string, doc any) error
	// Replace overwrites the document that has doc's _id; fault.NotFound if there is none.
	Replace(collection string, doc any) error
	// Delete removes the document; fault.NotFound if there is none.
	Delete(collection, id string) error
	// Find calls each with the documents the query selects, in index order, until each returns false.
	// The raw document is valid until each returns. Prefer the generic All.
	Find(collection string, q Query, each func(bson.Raw) (bool, error)) error
}

// Query selects documents over one declared index, in its order.
type Query struct {
	Index  string // name of a declared index; "" means by _id
	Equal  []any  // values of the index's first fields, in order
	From   any    // lower bound (inclusive) of the next field; nil: unbounded
	Before any    // upper bound (exclusive) of the next field; nil: unbounded
	Desc   bool   // from high to low
	Limit  int    // at most this many documents; 0 means MaxFind
	After  string // cursor: the _id of the last document of the page before; that document's present index key is the place to go on after
}

// MaxFind bounds every query that names no limit of its own.
const MaxFind = 100_000

// Collection declares a collection and its indexes. Every engine makes them at Open.
type Collection struct {
	Name    string
	Indexes []Index
}

// Index is an ordered index over top-level fields. Ties are ordered by _id. A document that lacks one of the fields is
// not in the index. Values may be strings, int32/int64, booleans or times; a field that is an array is refused.
type Index struct {
	Name   string
	Fields []string
	Unique bool
}

// All collects what the query selects, decoded as T.
func All[T any](tx Tx, collection string, q Query) ([]T, error) {
	var out []T
	err := tx.Find(collection, q, func(raw bson.Raw) (bool, error) {
		var v T
		if err := bson.Unmarshal(raw, &v); err != nil {
			return false, err
		}
		out = append(out, v)
		return true, nil
	})
	return out, err
}
