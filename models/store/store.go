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
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// Store is a transactional document store.
type Store interface {
	// View runs fn on a consistent snapshot. fn must not write.
	View(ctx context.Context, fn func(Tx) error) error
	// Update runs fn and commits all its writes or none. fn may run more than once, so it has no effect outside tx,
	// and it returns the first write error it meets instead of going on: after one the transaction answers that error
	// to everything and commits nothing. fn must not call Update or View of the same store.
	// fault.Unavailable if the data could not be made durable.
	Update(ctx context.Context, fn func(Tx) error) error
	// Close waits for what is under way; fault.Unavailable ("store_closed") for what comes after.
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
	// Replace overwrites the document that has doc's _id; fault.NotFound if there is none. A document that guards an
	// invariant must really change (count a revision up): MongoDB does not see a replacement by the same bytes.
	Replace(collection string, doc any) error
	// Delete removes the document; fault.NotFound if there is none.
	Delete(collection, id string) error
	// Find calls each with the documents the query selects, in index order, until each returns false.
	// The raw document is valid until each returns. Prefer the generic All.
	// Inside Update the selection is made before the first call, so each may write.
	Find(collection string, q Query, each func(bson.Raw) (bool, error)) error
	// Cursor is the place of doc in the order of q, for Query.After. Prefer the generic Page.
	Cursor(collection string, q Query, doc bson.Raw) (string, error)
}

// Query selects documents over one declared index, in its order.
type Query struct {
	Index  string // name of a declared index; "" means by _id
	Equal  []any  // values of the index's first fields, in order
	From   any    // lower bound (inclusive) of the next field; nil: unbounded
	Before any    // upper bound (exclusive) of the next field; nil: unbounded
	Desc   bool   // from high to low
	Limit  int    // at most this many documents; 0: all of them, and an error if that is more than MaxFind
	After  string // a cursor of Page or Tx.Cursor for the same Index, Equal and Desc; fault.Invalid ("bad_cursor") if it is none
}

// A cursor is a place in an index (the key and _id of the last document seen), not a document: a walk goes on from
// there, whether that document has been changed, moved or deleted since, and whatever others insert. A walk visits
// every document that stays where it is exactly once.

// Bounds that both engines keep.
const (
	MaxFind     = 100_000  // documents a query without Limit may select
	MaxKey      = 1024     // bytes of an _id, or of one document's key in one index
	MaxDocument = 15 << 20 // bytes of a document
)

// Collection declares a collection and its indexes. Every engine makes them at Open.
type Collection struct {
	Name    string
	Indexes []Index
}

// Index is an ordered index over top-level fields. Ties are ordered by _id. A document that lacks one of the fields is
// not in the index, and so not selected by it. Values may be strings, int32/int64, booleans or times (to the
// millisecond), one type per field; anything else is refused, null and arrays too: leave the field out instead.
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

// Page collects one page of what the query selects, decoded as T, and the cursor of the page that follows: "" after
// the last. q.Limit must be positive.
func Page[T any](tx Tx, collection string, q Query) (items []T, next string, err error) {
	limit := q.Limit
	if limit <= 0 {
		return nil, "", fmt.Errorf("find in %s: a page needs a limit", collection)
	}
	q.Limit++ // one more tells whether there is a page after this one
	var last string
	err = tx.Find(collection, q, func(raw bson.Raw) (more bool, err error) {
		if len(items) == limit {
			next = last
			return false, nil
		}
		var v T
		if err := bson.Unmarshal(raw, &v); err != nil {
			return false, err
		}
		if items = append(items, v); len(items) == limit {
			last, err = tx.Cursor(collection, q, raw)
		}
		return err == nil, err
	})
	return items, next, err
}
