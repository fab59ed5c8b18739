package booking

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"wenguan/models/account"
	"wenguan/models/fault"
)

// keyRecord remembers what a request with an idempotency key led to. Its _id says whose key it is, so two requests with
// one key collide on it, wherever they arrive.
type keyRecord struct {
	ID      string    `bson:"_id"`  // account|digest of the key
	Request string    `bson:"hash"` // digest of what was asked
	Booking string    `bson:"booking"`
	At      time.Time `bson:"at"`
}

const keysKept = 48 * time.Hour

func keyID(account, key string) string { return account + "|" + digest(key) }

func digest(parts ...any) string {
	sum := sha256.Sum256(fmt.Append(nil, parts...))
	return hex.EncodeToString(sum[:16])
}

// replay is the booking that the same request with the same key led to before; found is false for a new key or none.
// The same key with another request is fault.Conflict "idempotency_key_reused".
func (w *work) replay(actor account.Actor, key, request string) (b Booking, found bool, err error) {
	if key == "" {
		return Booking{}, false, nil
	}
	k, err := w.key(keyID(actor.ID, key))
	if k == nil || err != nil {
		return Booking{}, false, err
	}
	if k.Request != request {
		return Booking{}, true, fault.New(fault.Conflict, "idempotency_key_reused",
			"This Idempotency-Key was used for another request; make a new one.")
	}
	b, err = w.booking(k.Booking)
	return b, true, err
}

// key is the record with this id, nil if there is none.
func (w *work) key(id string) (*keyRecord, error) {
	if k := w.keys[id]; k != nil {
		return k, nil
	}
	var k keyRecord
	err := w.tx.Get(keys, id, &k)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read idempotency key: %w", err)
	}
	w.keys[id] = &k
	return &k, nil
}

// remember binds the key to the booking in the same transaction.
func (w *work) remember(actor account.Actor, key, request, booking string) {
	if key == "" {
		return
	}
	k := &keyRecord{ID: keyID(actor.ID, key), Request: request, Booking: booking, At: w.now}
	w.keys[k.ID] = k
	w.newKeys = append(w.newKeys, k)
}
