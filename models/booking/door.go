package booking

import (
	"context"

	"wenguan/models/account"
	"wenguan/models/fault"
	"wenguan/models/rule"
)

// AtDoor does at a venue's door, by pass, number or identity card, what AtSpot does at a seat: staff who may check in there, a door or a
// kiosk. Repeated, leaving, returning and checking out change nothing; checking in twice is told, as CheckIn does.
// Refusals: those of CheckIn for what names the booking, and those of StepOut, Return and CheckOut.
func (d *Desk) AtDoor(ctx context.Context, actor account.Actor, at CheckInRequest, do SpotVerb) (Booking, error) {
	if do == SpotCheckIn {
		return d.CheckIn(ctx, actor, at)
	}
	if err := actor.Check(account.CheckIn, at.Venue); err != nil {
		return Booking{}, err
	}
	b, _, err := d.atDoor(ctx, actor, at, do)
	if err != nil {
		return Booking{}, err
	}
	if b.Venue != at.Venue {
		return Booking{}, wrongVenue(actor, at, &b)
	}
	return d.do(ctx, b.Venue, func(w *work) (Booking, error) {
		switch do {
		case SpotLeave:
			return w.attend(actor, b.ID, "booking.left", leaves)
		case SpotReturn:
			return w.attend(actor, b.ID, "booking.returned", returns)
		}
		b, err := w.booking(b.ID)
		if err != nil {
			return b, err
		}
		return w.checkOut(actor, b)
	})
}

// wrongVenue refuses a booking at the door of another venue. Whoever has the pass, which says it, and staff who work there
// too are told which one it is for. A number alone may be anybody's, so it tells nothing.
func wrongVenue(actor account.Actor, at CheckInRequest, b *Booking) error {
	refused := fault.New(fault.Conflict, "wrong_venue", "This booking is for another venue.")
	if at.Token == "" && actor.Check(account.ViewBoard, b.Venue) != nil {
		return refused
	}
	return refused.With("venue", b.Venue)
}

// leaves and returns are rule.Leave and rule.Return.
func leaves(w *work, book *rule.Book, b *Booking, act rule.Act) (rule.Facts, error) {
	elsewhere, err := w.leavesElsewhere(book, b)
	if err != nil {
		return b.Facts, err
	}
	return facts(rule.Leave(book, w.place.rules, b.Facts, act, elsewhere))
}

func returns(w *work, _ *rule.Book, b *Booking, act rule.Act) (rule.Facts, error) {
	return facts(rule.Return(w.place.rules, b.Facts, act))
}

// checkOut ends the visit, or says that the clock has ended it.
func (w *work) checkOut(actor account.Actor, b Booking) (Booking, error) {
	if is := b.asOf(w.now); is.State == Completed && is.OutAt == nil {
		return w.expire(b)
	}
	gone, refused := rule.CheckOut(b.Facts, w.act(actor, &b, ""))
	if refused != nil {
		return b, refused
	}
	out := b.became(gone)
	if out.State == b.State { // repeated
		return b, nil
	}
	w.audited(actor, "booking.checked_out", &b, &out)
	return w.put(out)
}
