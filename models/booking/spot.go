package booking

import (
	"context"
	"slices"
	"time"

	"wenguan/models/account"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/rule"
	"wenguan/models/store"
)

// SpotVerb is what somebody does at the code of a space.
type SpotVerb string

// The verbs.
const (
	SpotCheckIn  SpotVerb = "check_in"
	SpotLeave    SpotVerb = "leave"
	SpotReturn   SpotVerb = "return"
	SpotCheckOut SpotVerb = "check_out"
	SpotReport   SpotVerb = "report"
)

// AtSpot does something at the code of a space: to the booking named, else to the one there of whoever the actor acts
// for; a report is about who has the space now. Every verb repeated changes nothing. Refusals: fault.NotFound
// "code_unknown", "nothing_booked_here"; fault.Conflict "nobody_here" for a report about nobody; else those of Arrive,
// StepOut, Return, CheckOut and Report.
func (d *Desk) AtSpot(ctx context.Context, actor account.Actor, code, booking string, do SpotVerb) (Booking, error) {
	if err := signedIn(actor); err != nil {
		return Booking{}, err
	}
	var b Booking
	err := d.store.View(ctx, func(tx store.Tx) error {
		w, s, err := d.underCode(tx, code)
		if err != nil {
			return err
		}
		defer w.sheets.Keep()
		list, err := w.here(s)
		if err != nil {
			return err
		}
		if do == SpotReport {
			b, err = w.sitting(list, s)
		} else {
			b, err = ownOf(list, actor, booking)
		}
		return err
	})
	if err != nil {
		return Booking{}, err
	}
	if do == SpotReport { // about somebody else's, which the actor may know nothing of
		return d.do(ctx, b.Venue, func(w *work) (Booking, error) { return w.attend(actor, b.ID, "booking.reported", reports) })
	}
	return d.spotVerb(ctx, actor, b.ID, do)
}

func (d *Desk) spotVerb(ctx context.Context, actor account.Actor, id string, do SpotVerb) (Booking, error) {
	switch do {
	case SpotCheckIn:
		return d.Arrive(ctx, actor, id, rule.BySeatCode)
	case SpotLeave:
		return d.StepOut(ctx, actor, id)
	case SpotReturn:
		return d.Return(ctx, actor, id)
	}
	return d.CheckOut(ctx, actor, id)
}

// sitting is whose the space is now; of a shared space nobody can tell.
func (w *work) sitting(list []Booking, s *spot) (Booking, error) {
	for _, b := range list {
		if b.Live() && !b.Start.After(w.now) && w.now.Before(b.End) && !s.shared() {
			return b, nil
		}
	}
	return Booking{}, fault.New(fault.Conflict, "nobody_here", "Nobody has this place now.")
}

// ownOf is the booking somebody means who stands before the space: the one named; else the one under way, the next, or
// the last that is over, for a tap that is repeated.
func ownOf(list []Booking, actor account.Actor, named string) (Booking, error) {
	var last *Booking
	for i := range list {
		b := &list[i]
		if !actor.BooksFor(b.Holder) || named != "" && b.ID != named {
			continue
		}
		if last == nil || nearer(b, last) {
			last = b
		}
	}
	if last == nil {
		return Booking{}, fault.New(fault.NotFound, "nothing_booked_here", "You have booked nothing here now.")
	}
	return *last, nil
}

// nearer reports whether b, which starts no earlier than a, is rather meant.
func nearer(b, a *Booking) bool {
	switch {
	case b.Here() != a.Here():
		return b.Here()
	case b.Live() != a.Live():
		return b.Live()
	}
	return !b.Live() // of those to come the first, of those that are over the last
}

// BookHere reserves the space of a code, as Reserve does, and checks in by the same scan where check-in is open. Space and
// Venue of the request are the code's. Repeated with the same key, it gives the same booking.
func (d *Desk) BookHere(ctx context.Context, actor account.Actor, code string, want Request) (Booking, error) {
	err := d.store.View(ctx, func(tx store.Tx) error {
		c, err := seatCode(tx, code)
		want.Venue, want.Space = c.Venue, c.Space
		return err
	})
	if err != nil {
		return Booking{}, err
	}
	b, err := d.Reserve(ctx, actor, want)
	if err != nil || b.State != Confirmed {
		return b, err
	}
	in, err := d.Arrive(ctx, actor, b.ID, rule.BySeatCode)
	switch fault.CodeOf(err) {
	case "too_early", "no_check_in", "rule_check_in_by": // booked, and to be checked in later or otherwise
		return b, nil
	}
	return in, err
}

// CodeVenue is the venue of a code; fault.NotFound "code_unknown".
func (d *Desk) CodeVenue(ctx context.Context, code string) (venue string, err error) {
	err = d.store.View(ctx, func(tx store.Tx) error {
		c, err := seatCode(tx, code)
		venue = c.Venue
		return err
	})
	return venue, err
}

// AllowedHere is Allowed for who stands before the space and has scanned its code.
func (b *Booking) AllowedHere(book *rule.Book, actor account.Actor, now time.Time) Allowed {
	can := b.Allowed(book, actor, now)
	f := b.asOf(now)
	open := f.State == Confirmed && !f.NoCheckIn && !now.Before(f.Opens) && now.Before(f.Closes)
	can.CheckIn = open && mayAct(actor, b) == nil && (len(book.CheckInBy) == 0 || slices.Contains(book.CheckInBy, rule.BySeatCode))
	return can
}

// onTheSpot is the soonest time today that the space can be had from now on, with the ends there are; without one, why.
// To somebody who is signed in it also says why they cannot have it, if so.
func (w *work) onTheSpot(actor account.Actor, s *spot, holder string) (*Offer, error, error) {
	book := w.place.book(s, w.now)
	least := max(1, book.PartyMin)
	slots := book.Slots(w.place.rules, civil.DateOf(w.now, w.place.zone))
	why := error(refuse("nothing_today", "There is nothing left here today."))
	for i, slot := range slots {
		if !slot.End.After(w.now) {
			continue
		}
		if refused := book.Bookable(w.place.rules, slot.Span, w.now); refused != nil {
			why = refused
			continue
		}
		ends, refused, err := w.endsFrom(s, book, slots[i:], least)
		if err != nil {
			return nil, nil, err
		}
		if len(ends) == 0 {
			if refused != nil {
				why = refused
			}
			continue
		}
		offer := &Offer{Start: slot.Start, Ends: ends, PartyMin: least, PartyMax: s.people}
		if book.PartyMax > 0 {
			offer.PartyMax = min(max(s.people, least), book.PartyMax)
		}
		refused, err = w.tried(actor, s, offer, holder)
		return offer, refused, err
	}
	return nil, why, nil
}

// endsFrom are the ends of bookings that start with the first slot, and what stands in the way where there are none.
func (w *work) endsFrom(s *spot, book *rule.Book, slots []rule.Slot, party int32) (ends []time.Time, refused, err error) {
	a := &ask{place: w.place, spot: s, span: slots[0].Span, party: party, now: w.now}
	for i, slot := range slots {
		if i > 0 && (timesOf(book) != rule.Free || !slot.Start.Equal(a.span.End)) {
			break
		}
		a.span.End = slot.End
		a.purpose, a.letter = "-", letterOf(book)
		got, err := w.choose(a)
		if err != nil {
			return nil, nil, err
		}
		if got == nil {
			break
		}
		if err := a.offered(); err != nil {
			if refused = err; fault.CodeOf(err) == "rule_shortest" {
				continue
			}
			break
		}
		ends = append(ends, a.span.End)
	}
	return ends, refused, nil
}

// tried is why the actor cannot have the offer, nil if they can or nobody is signed in. What they still say with the
// booking, such as its purpose, is not asked.
func (w *work) tried(actor account.Actor, s *spot, offer *Offer, holder string) (refused, err error) {
	if actor.ID == "" {
		return nil, nil
	}
	who, err := w.whom(actor, holder)
	if err != nil {
		return asRefusal(err)
	}
	book := w.place.book(s, w.now)
	a := &ask{place: w.place, spot: s, span: civil.Span{Start: offer.Start, End: offer.Ends[0]}, party: offer.PartyMin, now: w.now, who: &who}
	a.purpose, a.letter = "-", letterOf(book)
	if a.holder, err = w.holder(who.ID); err != nil {
		return nil, err
	}
	if err := w.complete(a, nil); err != nil {
		return asRefusal(err)
	}
	return w.localized(a.check()), nil
}

func letterOf(book *rule.Book) int32 {
	if book.Letter == nil {
		return 0
	}
	return book.Letter.Version
}

// asRefusal tells what is an answer to who asks from what went wrong.
func asRefusal(err error) (refused, failed error) {
	if refusal(err) {
		return err, nil
	}
	return nil, err
}
