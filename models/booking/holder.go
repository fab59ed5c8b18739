package booking

import (
	"fmt"
	"slices"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/fault"
	"wenguan/models/store"
)

// holder is what the rules need to know of a person's other bookings, in one document that every writer of a booking of
// theirs replaces: so two taps at two venues cannot both pass a rule that allows one.
type holder struct {
	ID   string   `bson:"_id"` // account id
	Uses []use    `bson:"uses"`
	Keys []keyUse `bson:"keys,omitempty"` // idempotency keys, the oldest first

	Closed bool `bson:"closed,omitempty"` // of an erased account: it can book no more

	absent, changed bool
}

// use is one booking of a holder, without the cancelled ones.
type use struct {
	Booking string    `bson:"b"`
	Venue   string    `bson:"v"`
	Start   time.Time `bson:"s"`
	End     time.Time `bson:"e"` // when its place was or will be free again
}

const (
	// remembered is how long a use counts after its end: a day's bookings count for the whole day, in every zone.
	remembered = 48 * time.Hour
	// maxUses bounds the document, and what one person can hold on to.
	maxUses = 500
)

func loadHolder(tx store.Tx, id string) (*holder, error) {
	var raw bson.Raw
	err := tx.Get(holders, id, &raw)
	if fault.Is(err, fault.NotFound) {
		return &holder{ID: id, absent: true}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read holder %s: %w", id, err)
	}
	return decodeHolder(raw)
}

// room refuses one more booking than anybody can have ahead of them, and any to who was erased.
func (h *holder) room(now time.Time) error {
	if h.Closed {
		return fault.New(fault.Gone, "account_erased", "This account was erased.")
	}
	if len(h.Uses) < maxUses {
		return nil
	}
	if h.prune(now); len(h.Uses) < maxUses {
		return nil
	}
	return fault.New(fault.TooMany, "too_many_bookings",
		"You have %d bookings ahead of you; that is as many as anybody can have.", maxUses).With("max", maxUses)
}

// note records what became of a booking.
func (h *holder) note(b *Booking, now time.Time) {
	i := slices.IndexFunc(h.Uses, func(u use) bool { return u.Booking == b.ID })
	if b.State == Cancelled {
		if i >= 0 {
			h.Uses, h.changed = slices.Delete(h.Uses, i, i+1), true
		}
		return
	}
	u := use{Booking: b.ID, Venue: b.Venue, Start: b.Start, End: b.HeldUntil()}
	switch {
	case i < 0 && u.End.Before(now.Add(-remembered)):
		return
	case i < 0:
		h.prune(now)
		h.Uses, h.changed = append(h.Uses, u), true
	case h.Uses[i] != u:
		h.Uses[i], h.changed = u, true
	}
}

func (h *holder) prune(now time.Time) {
	before := now.Add(-remembered)
	h.Uses = slices.DeleteFunc(h.Uses, func(u use) bool { return u.End.Before(before) })
}
