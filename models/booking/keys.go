package booking

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"wenguan/models/account"
	"wenguan/models/fault"
)

// keyUse remembers what a request with an idempotency key led to. It stands in the record of the one whose key it is, which every
// request with a key replaces: so two requests with one key collide, wherever they arrive.
type keyUse struct {
	Key     string    `bson:"k"` // digest
	Request string    `bson:"h"` // digest of what was asked
	Booking string    `bson:"b"`
	At      time.Time `bson:"t"`
}

const (
	// keysKept is how long a retry is recognized.
	keysKept = 48 * time.Hour
	// maxKeys bounds the record; who makes more requests within keysKept has the oldest forgotten.
	maxKeys = 200
)

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
	h, err := w.holder(actor.ID)
	if err != nil {
		return Booking{}, false, err
	}
	name := digest(key)
	i := slices.IndexFunc(h.Keys, func(k keyUse) bool { return k.Key == name && w.now.Sub(k.At) < keysKept })
	if i < 0 {
		return Booking{}, false, nil
	}
	k := h.Keys[i]
	if k.Request != request {
		return Booking{}, true, fault.New(fault.Conflict, "idempotency_key_reused",
			"This Idempotency-Key was used for another request; make a new one.")
	}
	b, err = w.booking(k.Booking)
	return b.asOf(w.now), true, err
}

// remember binds the key to the booking in the same transaction. replay has been asked before.
func (w *work) remember(actor account.Actor, key, request, booking string) {
	if key == "" {
		return
	}
	h := w.holders[actor.ID]
	h.Keys = slices.DeleteFunc(h.Keys, func(k keyUse) bool { return w.now.Sub(k.At) >= keysKept })
	if more := len(h.Keys) - maxKeys + 1; more > 0 {
		h.Keys = slices.Delete(h.Keys, 0, more)
	}
	h.Keys = append(h.Keys, keyUse{Key: digest(key), Request: request, Booking: booking, At: w.now})
	h.changed = true
}
