package booking

import (
	"context"
	"time"

	"wenguan/models/account"
	"wenguan/models/notice"
	"wenguan/models/rule"
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
	digested := digest("move", b.ID, "|", want.Space, "|", want.Start.Unix(), "|", want.End.Unix())
	if again, found, err := w.replay(actor, want.Key, digested); found || err != nil {
		return again, err
	}
	if err := mayAct(actor, &b); err != nil {
		return b, err
	}
	made, err := w.rulesOf(&b)
	if err != nil {
		return b, err
	}
	act := w.changing(actor, &b)
	if refused := rule.MayMove(made, w.place.rules, b.Facts, act); refused != nil {
		return b, refused
	}
	if want.Space == "" {
		want.Space = b.Space
	}
	a, err := w.ask(want.Space, want.Start, want.End, b.Party)
	if err != nil {
		return b, err
	}
	a.self, a.purpose, a.letter = b.ID, b.Purpose, b.Letter
	if a.who, err = w.mover(actor, &b); err != nil {
		return b, err
	}
	if a.holder, err = w.holder(b.Holder); err != nil {
		return b, err
	}
	if err := w.complete(a, b.With); err != nil {
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
	request := a.request()
	to, refused := rule.MoveTo(a.book(), b.Facts, &request, act)
	if refused != nil {
		return b, refused
	}
	moved := b.became(to)
	moved.settle(a, got)
	moved.by(actor)
	w.remember(actor, want.Key, digested, b.ID)
	w.tell(notice.BookingMoved, moved)
	w.audited(actor, "booking.moved", &b, &moved)
	return w.put(moved)
}

// changing is who changes a booking, as the rules see it: managers of the venue are not bound by times and limits, the
// counter is as the holder.
func (w *work) changing(actor account.Actor, b *Booking) rule.Act {
	act := rule.Act{Now: w.now, By: rule.AsHolder}
	if actor.Check(account.EditVenue, b.Venue) == nil {
		act.By = rule.AsStaff
	}
	return act
}
