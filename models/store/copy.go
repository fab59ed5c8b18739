package store

import (
	"context"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/fault"
)

// Bounds of one batch of Copy: MongoDB wants short transactions.
const (
	copyDocuments = 500
	copyBytes     = 4 << 20
)

// Copy moves every document of the collections from one store into another, empty one. progress (may be nil) hears
// after each batch how many documents of a collection have been written. Nobody should write to from meanwhile: each
// batch reads a snapshot of its own. fault.Conflict ("target_not_empty") if to has documents in any of the collections.
func Copy(ctx context.Context, from, to Store, collections []Collection, progress func(collection string, n int)) error {
	for _, c := range collections {
		if err := refuseNonEmpty(ctx, to, c.Name); err != nil {
			return err
		}
	}
	for _, c := range collections {
		n, after := 0, ""
		for {
			docs, err := readBatch(ctx, from, c.Name, &after)
			if err != nil {
				return fmt.Errorf("copy %s: %w", c.Name, err)
			}
			if len(docs) == 0 {
				break
			}
			if err := insertAll(ctx, to, c.Name, docs); err != nil {
				return fmt.Errorf("copy %s: %w", c.Name, err)
			}
			if n += len(docs); progress != nil {
				progress(c.Name, n)
			}
		}
	}
	return nil
}

func refuseNonEmpty(ctx context.Context, to Store, collection string) error {
	return to.View(ctx, func(tx Tx) error {
		return tx.Find(collection, Query{Limit: 1}, func(bson.Raw) (bool, error) {
			return false, fault.New(fault.Conflict, "target_not_empty",
				"The target store has documents already (in %s). Copy into an empty one.", collection)
		})
	})
}

// readBatch reads the next documents by _id and moves after on.
func readBatch(ctx context.Context, from Store, collection string, after *string) (docs []bson.Raw, err error) {
	err = from.View(ctx, func(tx Tx) error {
		q := Query{After: *after, Limit: copyDocuments}
		size := 0
		docs = nil
		return tx.Find(collection, q, func(raw bson.Raw) (more bool, err error) {
			docs = append(docs, append(bson.Raw(nil), raw...))
			size += len(raw)
			*after, err = tx.Cursor(collection, q, raw)
			return size < copyBytes, err
		})
	})
	return docs, err
}

func insertAll(ctx context.Context, to Store, collection string, docs []bson.Raw) error {
	return to.Update(ctx, func(tx Tx) error {
		for _, raw := range docs {
			if err := tx.Insert(collection, raw); err != nil {
				return err
			}
		}
		return nil
	})
}
