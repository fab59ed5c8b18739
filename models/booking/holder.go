package booking

import (
	"fmt"
	"slices"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/fault"
	"wenguan/models/rule"
	"wenguan/models/store"
)

// holder is what the rules need to know of a person's other bookings, in one document that every writer of a booking of
// theirs replaces: so two taps at two venues cannot both pass a rule that allows one.
type holder struct {
	ID   string   `bson:"_id"` // account id
	Uses []use    `bson:"uses"`
	Keys []keyUse `bson:"keys,omitempty"` // idempotency keys, the oldest first

	Closed bool  `bson:"closed,omitempty"` // of an erased account: it can book no more
	Past   *past `bson:"past,omitempty"`   // nil for most: who never cancelled and never broke a rule

	absent, changed bool
}

// use is one booking of a holder, without the cancelled ones.
type use struct {
	rule.Use `bson:",inline"`
	Forget   time.Time `bson:"f"`           // from then on no rule asks for it
	Due      time.Time `bson:"d,omitempty"` // when the clock ends it; zero once it is over
}

const (
	// maxUses bounds the document, and what one person can hold on to.
	maxUses    = 500
	maxCancels = 200 // bounds it, too; the oldest are forgotten
	// cancelsKept is longer than the longest period that limits on cancelling count in: a year.
	cancelsKept = 400 * 24 * time.Hour
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

// note records what became of a booking at the place; memory is how many days after its end a rule may ask for it. It
// returns whether that is a violation which was not known.
func (h *holder) note(b *Booking, where rule.Where, memory int, now time.Time) (broke bool) {
	if b.Violation != "" && b.ViolatedAt != nil {
		broke = h.violated(violation{
			Violation: rule.Violation{ID: b.ID, Booking: b.ID, Kind: b.Violation, At: *b.ViolatedAt, Where: where, Rules: b.Rules},
			From:      b.Opens,
		}, now)
	}
	i := slices.IndexFunc(h.Uses, func(u use) bool { return u.Booking == b.ID })
	if b.State == Cancelled {
		if i >= 0 {
			h.Uses, h.changed = slices.Delete(h.Uses, i, i+1), true
		}
		if !b.ByStaff && b.EndedAt != nil {
			h.cancelled(rule.Cancel{Booking: b.ID, Where: where, At: *b.EndedAt}, now)
		}
		return broke
	}
	u := use{
		Use: rule.Use{
			Booking: b.ID, Where: where, Start: b.Start, End: b.HeldUntil(),
			Booked: int32(b.End.Sub(b.Start) / time.Minute), State: b.UseState(),
		},
		Forget: b.End.AddDate(0, 0, memory),
	}
	if b.Due != nil {
		u.Due = *b.Due
	}
	switch {
	case i < 0 && u.Forget.Before(now):
		return broke
	case i < 0:
		h.prune(now)
		h.Uses, h.changed = append(h.Uses, u), true
	case h.Uses[i] != u:
		h.Uses[i], h.changed = u, true
	}
	return broke
}

// prune forgets what no rule asks for any more. What the clock has yet to end stays, however late the job is.
func (h *holder) prune(now time.Time) {
	h.Uses = slices.DeleteFunc(h.Uses, func(u use) bool {
		return u.State != rule.UseAhead && u.State != rule.UseIn && u.Forget.Before(now)
	})
}

// cancelled keeps a cancellation, once for each booking.
func (h *holder) cancelled(c rule.Cancel, now time.Time) {
	p := h.history()
	if slices.ContainsFunc(p.Cancels, func(o rule.Cancel) bool { return o.Booking == c.Booking }) {
		return
	}
	p.Cancels = slices.DeleteFunc(p.Cancels, func(o rule.Cancel) bool { return now.Sub(o.At) > cancelsKept })
	p.Cancels, h.changed = append(p.Cancels, c), true
	if more := len(p.Cancels) - maxCancels; more > 0 {
		p.Cancels = slices.Delete(p.Cancels, 0, more)
	}
}

// cancels are the cancellations that rules may count.
func (h *holder) cancels() []rule.Cancel {
	if h.Past == nil {
		return nil
	}
	return h.Past.Cancels
}
