package booking

import (
	"context"
	"errors"

	"wenguan/models/account"
	"wenguan/models/fault"
	"wenguan/models/id"
	"wenguan/models/pass"
	"wenguan/models/store"
)

// CheckInRequest identifies a booking at a venue's door by its pass or by its number.
type CheckInRequest struct {
	Venue  string
	Token  string // the pass, from a QR code
	Number string // or the booking number, as typed
}

// CheckIn lets the party in. The actor must be permitted to check in at the venue. Answers, each its own: fault.Invalid
// "pass_invalid"; fault.NotFound "booking_not_found"; fault.Conflict "wrong_venue" with venue, "too_early" with opens,
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
		return Booking{}, fault.New(fault.Conflict, "wrong_venue", "This booking is for another venue.").With("venue", b.Venue)
	}
	return d.do(ctx, b.Venue, func(w *work) (Booking, error) {
		b, err := w.booking(b.ID)
		if err != nil {
			return b, err
		}
		return w.checkIn(actor, b)
	})
}

func (w *work) checkIn(actor account.Actor, b Booking) (Booking, error) {
	in, err := b.after(checkIn, w.now)
	if err != nil {
		return b, err
	}
	if w.now.Before(b.Opens) {
		opens := b.Opens.In(w.place.zone)
		return b, fault.New(fault.Conflict, "too_early", "Check-in opens at %s.", opens.Format("15:04")).With("opens", opens)
	}
	if !w.now.Before(b.Closes) {
		closed := b.Closes.In(w.place.zone)
		return b, fault.New(fault.Gone, "too_late", "Check-in closed at %s.", closed.Format("15:04")).With("closed", closed)
	}
	w.audited(actor, "booking.checked_in", &b, &in)
	return w.put(in)
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
		if b.State == CheckedIn && !w.now.Before(b.End) {
			return w.expire(b)
		}
		out, err := b.after(checkOut, w.now)
		if err != nil {
			return b, err
		}
		w.audited(actor, "booking.checked_out", &b, &out)
		return w.put(out)
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
		return "", b, b.refusal(checkIn)
	}
	token, err = d.Passes.Issue(ctx, pass.Grant{
		Booking: b.ID, Number: b.Number, Venue: b.Venue, Spaces: b.Assigned, Atoms: b.Atoms, Party: b.Party,
		NotBefore: b.Opens, Expires: b.End,
	})
	return token, b, err
}
