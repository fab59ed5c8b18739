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

// CheckInRequest identifies a booking at a venue's door by its pass, by its number, or by an identity card.
type CheckInRequest struct {
	Venue  string
	Token  string // the pass, from a QR code, with or without its live code
	Number string // or the booking number, as typed
	Card   string // or an identity number, as typed or read from the card; see ofCard
}

// CheckIn lets the party in. The actor must be permitted to check in at the venue. Answers, each its own: fault.Invalid
// "pass_invalid", "pass_stale" for a pass without the code of this moment where the rules ask for it, "identity_number";
// fault.NotFound "booking_not_found", "card_no_booking"; fault.Conflict "wrong_venue" with venue for whoever may know it, "too_early" with opens,
// "already_in" with at; fault.Gone "too_late" with closed, "booking_cancelled".
func (d *Desk) CheckIn(ctx context.Context, actor account.Actor, at CheckInRequest) (Booking, error) {
	if err := actor.Check(account.CheckIn, at.Venue); err != nil {
		return Booking{}, err
	}
	b, means, err := d.atDoor(ctx, actor, at, SpotCheckIn)
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
		return w.checkIn(actor, b, means)
	})
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

// atDoor finds the booking that the pass, the number or the card names, and how the party shows with it that it is there.
func (d *Desk) atDoor(ctx context.Context, actor account.Actor, at CheckInRequest, do SpotVerb) (b Booking, means rule.Means, err error) {
	switch {
	case at.Card != "":
		b, err = d.ofCard(ctx, actor, at, do)
		return b, rule.ByCard, err
	case at.Token != "":
		return d.ofPass(ctx, at.Token)
	}
	means = rule.ByNumber
	if actor.Device == nil {
		means = rule.ByStaff
	}
	err = d.store.View(ctx, func(tx store.Tx) error {
		b, err = loadNumber(tx, id.Normal(at.Number))
		return err
	})
	return b, means, err
}

// ofPass is the booking of a pass. Without the live code of this moment the pass is no better than a picture of it.
func (d *Desk) ofPass(ctx context.Context, shown string) (b Booking, means rule.Means, err error) {
	claims, err := d.Passes.Verify(ctx, shown)
	if fault.CodeOf(err) == "pass_expired" {
		return b, "", lateWith(err)
	}
	if err != nil {
		return b, "", err
	}
	means = rule.BySlip
	if claims.Live {
		means = rule.ByPass
	}
	err = d.store.View(ctx, func(tx store.Tx) error {
		b, err = load(tx, claims.Booking)
		return err
	})
	return b, means, err
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
func (d *Desk) Pass(ctx context.Context, actor account.Actor, id string) (token string, err error) {
	b, err := d.passable(ctx, actor, id)
	if err != nil {
		return "", err
	}
	return d.Passes.Issue(ctx, b.grant())
}

// LivePass is Pass with the live codes of the time ahead, for a phone that shows one after the other.
func (d *Desk) LivePass(ctx context.Context, actor account.Actor, id string) (token string, live pass.Live, b Booking, err error) {
	if b, err = d.passable(ctx, actor, id); err != nil {
		return "", live, b, err
	}
	token, live, err = d.Passes.IssueLive(ctx, b.grant())
	return token, live, b, err
}

// passable is a booking whose pass the actor may have.
func (d *Desk) passable(ctx context.Context, actor account.Actor, id string) (Booking, error) {
	b, err := d.Get(ctx, actor, id)
	if err != nil {
		return b, err
	}
	if err := mayAct(actor, &b); err != nil {
		return b, err
	}
	if !b.Live() {
		_, refused := rule.CheckIn(&rule.Book{}, &rule.Place{Zone: time.UTC}, b.Facts, rule.Act{Now: d.now()})
		return b, refused
	}
	return b, nil
}

func (b *Booking) grant() pass.Grant {
	return pass.Grant{
		Booking: b.ID, Number: b.Number, Venue: b.Venue, Spaces: b.Assigned, Atoms: b.Atoms, Party: b.Party,
		NotBefore: b.Opens, Expires: b.End,
	}
}
