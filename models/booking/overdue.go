package booking

import (
	"fmt"
	"slices"
	"time"

	"wenguan/models/fault"
	"wenguan/models/rule"
	"wenguan/models/store"
)

// overstayWithin is more than a visit can last past its end: where check-out is required it waits for that a day and a
// minute at most.
const overstayWithin = 25 * time.Hour

// asOf is the booking as the clock has made it by the moment, whether the job has run or not. Whatever is shown of a
// booking, and whatever is decided by its state, goes through here; what a verb changes is the booking as it is stored.
func (b Booking) asOf(now time.Time) Booking {
	if b.Due == nil || now.Before(*b.Due) {
		return b
	}
	return b.became(rule.Lapse(b.Facts, now))
}

// asOf does that to all of them.
func asOf(list []Booking, now time.Time) []Booking {
	for i := range list {
		list[i] = list[i].asOf(now)
	}
	return list
}

// current is the holder's record as the clock has made it by now.
func (w *work) current(h *holder) (*holder, error) { return h.asOf(w.now, w.bookingAnywhere) }

// asOf is the record as the clock has made it by the moment: bookings of theirs, at any venue, whose time ran out while no
// job has run count as what they have become, with the violations they are. It is for reading and for asking the rules;
// what is written stays the record itself. find loads a booking.
func (h *holder) asOf(now time.Time, find func(id string) (Booking, error)) (*holder, error) {
	seen := h
	for i := range h.Uses {
		u := &h.Uses[i]
		if u.State == rule.UseOver || now.Before(u.Due) {
			continue
		}
		b, err := find(u.Booking)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if b.Due == nil || now.Before(*b.Due) {
			continue
		}
		if seen == h {
			seen = h.copied()
		}
		lapsed := b.asOf(now)
		seen.note(&lapsed, u.Where, leastMemory, now)
	}
	return seen, nil
}

// holderNow is the record of a holder, to look at, as the clock has made it by now.
func (d *Desk) holderNow(tx store.Tx, id string) (*holder, error) {
	h, err := loadHolder(tx, id)
	if err != nil {
		return nil, err
	}
	if h, err = h.asOf(d.now(), func(id string) (Booking, error) { return load(tx, id) }); err != nil {
		return nil, fmt.Errorf("read bookings of %s: %w", id, err)
	}
	return h, nil
}

// expireOf does what the clock asks for with the booking of the holder that a violation is named after, if there is one.
func (w *work) expireOf(holder, violation string) error {
	b, err := w.booking(violation)
	if fault.Is(err, fault.NotFound) || err == nil && b.Holder != holder {
		return nil
	}
	if err == nil {
		_, err = w.expire(b)
	}
	return err
}

// bookingAnywhere is a booking of this venue as the transaction has it, or of another one as it is stored.
func (w *work) bookingAnywhere(id string) (Booking, error) {
	if k := w.known[id]; k != nil {
		return k.Booking, nil
	}
	return load(w.tx, id)
}

// copied is a record that can be changed without changing this one.
func (h *holder) copied() *holder {
	c := *h
	c.Uses = slices.Clone(h.Uses)
	if h.Past != nil {
		p := *h.Past
		p.Cancels, p.Violations = slices.Clone(p.Cancels), slices.Clone(p.Violations)
		p.Pardons, p.Lifts = slices.Clone(p.Pardons), slices.Clone(p.Lifts)
		c.Past = &p
	}
	return &c
}
