package booking

import (
	"context"
	"errors"
	"time"

	"wenguan/models/account"
	"wenguan/models/fault"
	"wenguan/models/id"
	"wenguan/models/pass"
	"wenguan/models/rule"
	"wenguan/models/store"
)

// CheckInRequest identifies a booking at a venue's door by its pass or by its number.
type CheckInRequest struct {
	Venue  string
	Token  string     // the pass, from a QR code
	Number string     // or the booking number, as typed
	Means  rule.Means // how the party shows that it is there; "" is what token, number and actor say
}

// CheckIn lets the party in. The actor must be permitted to check in at the venue. Answers, each its own: fault.Invalid
// "pass_invalid"; fault.NotFound "booking_not_found"; fault.Conflict "wrong_venue" with venue for whoever may know it, "too_early" with opens,
// "already_in" with at; fault.Gone "too_late" with closed, "booking_cancelled".
func (d *Desk) CheckIn(ctx context.Context, actor account.Actor, at CheckInRequest) (Booking, error) {
	if err := actor.Check(account.CheckIn, at.Venue); err != nil {
		return Booking{}, err
	}
	b, err := d.atDoor(ctx, at)
	if err != nil {
		return Booking{}, err
	}
	if b.Venue != at.Venue {
		return Booking{}, wrongVenue(actor, at, &b)
	}
	return d.do(ctx, b.Venue, func(w *work) (Booking, error) {
		b, err := w.booking(b.ID)
		if err != nil {
			return b, err
		}
		return w.checkIn(actor, b, at.means(actor))
	})
}

// means is how the party shows that it is there.
func (at *CheckInRequest) means(actor account.Actor) rule.Means {
	switch {
	case at.Means != "":
		return at.Means
	case at.Token != "":
		return rule.ByPass
	case actor.Device == nil:
		return rule.ByStaff
	}
	return rule.ByNumber
}

func (w *work) checkIn(actor account.Actor, b Booking, means rule.Means) (Booking, error) {
	book, err := w.rulesOf(&b)
	if err != nil {
		return b, err
	}
	act := w.act(actor, &b, means)
	if b.asOf(w.now).State == CheckedIn && act.By != rule.AsHolder { // at the door a second time is told, not taken for the first
		return b, fault.New(fault.Conflict, "already_in", "The party is already in.").With("at", *b.InAt)
	}
	in, refused := rule.CheckIn(book, w.place.rules, b.Facts, act)
	if refused != nil {
		return b, refused
	}
	now := b.became(in)
	w.audited(actor, "booking.checked_in", &b, &now)
	return w.put(now)
}

// atDoor finds the booking that the pass or the number names.
func (d *Desk) atDoor(ctx context.Context, at CheckInRequest) (b Booking, err error) {
	number, booking := id.Normal(at.Number), ""
	if at.Token != "" {
		claims, err := d.Passes.Verify(ctx, at.Token)
		if fault.CodeOf(err) == "pass_expired" {
			return b, lateWith(err)
		}
		if err != nil {
			return b, err
		}
		booking = claims.Booking
	}
	err = d.store.View(ctx, func(tx store.Tx) error {
		if booking != "" {
			b, err = load(tx, booking)
		} else {
			b, err = loadNumber(tx, number)
		}
		return err
	})
	return b, err
}

// lateWith turns an expired pass into the answer the door gives for its booking.
func lateWith(expired error) error {
	late := fault.New(fault.Gone, "too_late", "This visit is over.")
	if e, ok := errors.AsType[*fault.Error](expired); ok && e.Params["expired"] != nil {
		late = late.With("closed", e.Params["expired"])
	}
	return late
}

// CheckOut ends a visit early and gives the rest of its time back; by whoever may act for the holder, or by staff who may check in at the
// venue.
func (d *Desk) CheckOut(ctx context.Context, actor account.Actor, id string) (Booking, error) {
	return d.change(ctx, actor, id, func(w *work, b Booking) (Booking, error) {
		if mayAct(actor, &b) != nil {
			if err := actor.Check(account.CheckIn, b.Venue); err != nil {
				return b, err
			}
		}
		return w.checkOut(actor, b)
	})
}

// Pass issues the signed pass of a booking that is still ahead or under way, to whoever may act for its holder or to
// staff who print it for them: the counter and managers of the venue. It is valid from the opening of check-in to the end. fault.Gone for a booking that is over.
func (d *Desk) Pass(ctx context.Context, actor account.Actor, id string) (token string, b Booking, err error) {
	if b, err = d.Get(ctx, actor, id); err != nil {
		return "", b, err
	}
	if err := mayAct(actor, &b); err != nil {
		return "", b, err
	}
	if !b.Live() {
		_, refused := rule.CheckIn(&rule.Book{}, &rule.Place{Zone: time.UTC}, b.Facts, rule.Act{Now: d.now()})
		return "", b, refused
	}
	token, err = d.Passes.Issue(ctx, pass.Grant{
		Booking: b.ID, Number: b.Number, Venue: b.Venue, Spaces: b.Assigned, Atoms: b.Atoms, Party: b.Party,
		NotBefore: b.Opens, Expires: b.End,
	})
	return token, b, err
}
