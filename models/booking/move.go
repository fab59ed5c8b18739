package booking

import (
	"context"
	"time"

	"wenguan/models/account"
	"wenguan/models/fault"
	"wenguan/models/notice"
)

// MoveRequest is what a move changes; an empty Space keeps the space.
type MoveRequest struct {
	Space string
	Start time.Time
	End   time.Time
	Key   string // Idempotency-Key, "" for none
}

// Move gives a booking another time or another space of the same venue, under the rules in force now; its number, and
// so its printed pass, stays good. It is refused as Reserve is, and with fault.Invalid "rule_cancel_before" when the
// holder is too late to change it (managers of the venue are not bound by that), fault.Gone "booking_cancelled",
// "too_late", "booking_over" or fault.Conflict "already_in". A refused move leaves the booking as it was.
func (d *Desk) Move(ctx context.Context, actor account.Actor, id string, want MoveRequest) (Booking, error) {
	return d.change(ctx, actor, id, func(w *work, b Booking) (Booking, error) { return w.move(actor, b, want) })
}

func (w *work) move(actor account.Actor, b Booking, want MoveRequest) (Booking, error) {
	request := digest("move", b.ID, "|", want.Space, "|", want.Start.Unix(), "|", want.End.Unix())
	if again, found, err := w.replay(actor, want.Key, request); found || err != nil {
		return again, err
	}
	if err := w.mayChange(actor, &b); err != nil {
		return b, err
	}
	moved, err := b.after(move, w.now)
	if err != nil {
		return b, err
	}
	if want.Space == "" {
		want.Space = b.Space
	}
	a, err := w.ask(want.Space, want.Start, want.End, b.Party)
	if err != nil {
		return b, err
	}
	a.self = b.ID
	if a.who, err = w.mover(actor, &b); err != nil {
		return b, err
	}
	if a.holder, err = w.holder(b.Holder); err != nil {
		return b, err
	}
	if err := a.check(); err != nil {
		return b, err
	}
	got, err := w.choose(a)
	if err != nil {
		return b, err
	}
	if got == nil {
		return b, &taken{ask: a}
	}
	moved.settle(a, got)
	moved.by(actor)
	w.remember(actor, want.Key, request, b.ID)
	w.tell(notice.BookingMoved, moved)
	w.audited(actor, "booking.moved", &b, &moved)
	return w.put(moved)
}

// mayChange asks whether the actor may move or cancel the booking now: whoever may act for its holder, and the counter
// of the venue, within the promised time; managers of the venue always.
func (w *work) mayChange(actor account.Actor, b *Booking) error {
	if err := mayAct(actor, b); err != nil {
		return err
	}
	if b.State != Confirmed {
		return nil // the state says no, and says it better
	}
	if !w.now.Before(b.Closes) {
		return fault.New(fault.Gone, "too_late", "Nobody came in time, so the place was given to others.").
			With("closed", b.Closes)
	}
	if actor.Check(account.EditVenue, b.Venue) == nil {
		return nil
	}
	if w.now.After(b.CancelUntil) {
		return refuse("rule_cancel_before", "This could be changed until %s.", w.place.wall(b.CancelUntil)).
			With("minutes", int32(b.Start.Sub(b.CancelUntil)/time.Minute)).With("until", b.CancelUntil)
	}
	return nil
}
