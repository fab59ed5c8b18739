package store

import (
	"context"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// Bounds of DeleteBefore: small transactions that hold up nobody, and an end to each call.
const (
	expiryBatch = 500
	expiryMost  = 10_000
)

// DeleteBefore deletes the documents whose time, the first field of the named index, is before the given moment: at most
// 10,000 of them a call, a few hundred in a transaction. It returns how many it deleted, also with an error.
func DeleteBefore(ctx context.Context, st Store, collection, index string, before time.Time) (deleted int, err error) {
	for deleted < expiryMost {
		var n int
		err := st.Update(ctx, func(tx Tx) error {
			var ids []string
			err := tx.Find(collection, Query{Index: index, Before: before, Limit: expiryBatch}, func(raw bson.Raw) (bool, error) {
				ids = append(ids, raw.Lookup("_id").StringValue())
				return true, nil
			})
			for _, id := range ids {
				if err == nil {
					err = tx.Delete(collection, id)
				}
			}
			n = len(ids)
			return err
		})
		if err != nil {
			return deleted, err
		}
		deleted += n
		if n < expiryBatch {
			break
		}
	}
	return deleted, nil
}
