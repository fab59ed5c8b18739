package booking

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"wenguan/models/account"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/id"
	"wenguan/models/ledger"
	"wenguan/models/notice"
	"wenguan/models/rule"
	"wenguan/models/venue"
)

// maxText bounds the purpose of a booking and the reason of a cancellation, in characters.
const maxText = 200

// Reserve books a space for the actor or for whom it names in For; whom says who that may be. The same Key with the same request gives the same booking again; with another
// request it is fault.Conflict "idempotency_key_reused". Refusals: fault.NotFound "venue_not_found",
// "space_not_found"; fault.Invalid with the code of the rule, its limit and what it would allow (policy.go lists
// them); fault.Conflict "space_taken" with param "alternatives" ([]Alternative, nearest first, at most three) and
// "nothing_free" when there is none, "kept_free" where only the time kept free around bookings is in the way; fault.TooMany "too_many_bookings". When it returns a booking, that is on disk.
func (d *Desk) Reserve(ctx context.Context, actor account.Actor, want Request) (Booking, error) {
	if err := signedIn(actor); err != nil {
		return Booking{}, err
	}
	want.Purpose = strings.TrimSpace(want.Purpose)
	if utf8.RuneCountInString(want.Purpose) > maxText {
		return Booking{}, tooLong("purpose")
	}
	made, err := d.do(ctx, want.Venue, func(w *work) (Booking, error) { return w.reserve(actor, want) })
	if err != nil {
		d.missed(actor, &want, err)
	}
	return made, err
}

func (w *work) reserve(actor account.Actor, want Request) (Booking, error) {
	who, err := w.whom(actor, want.For)
	if err != nil {
		return Booking{}, err
	}
	digested := want.digest(who.ID)
	if b, found, err := w.replay(actor, want.Key, digested); found || err != nil {
		return b, err
	}
	a, err := w.ask(want.Space, want.Start, want.End, want.Party)
	if err != nil {
		return Booking{}, err
	}
	a.who, a.purpose, a.letter = &who, want.Purpose, want.Letter
	if a.holder, err = w.holder(who.ID); err != nil {
		return Booking{}, err
	}
	if err := w.join(a, want.Also); err != nil {
		return Booking{}, err
	}
	if err := w.complete(a, want.With); err != nil {
		return Booking{}, err
	}
	if err := a.check(); err != nil {
		return Booking{}, err
	}
	if err := a.holder.room(w.now); err != nil {
		return Booking{}, err
	}
	got, err := w.choose(a)
	if err != nil {
		return Booking{}, err
	}
	if got == nil {
		return Booking{}, &taken{ask: a}
	}
	b := Booking{
		ID: id.New(w.now), Number: id.Number(), Venue: w.place.ID, Holder: who.ID, HolderName: who.Name, HolderKind: who.Kind, By: actor.ID, ByStaff: who.staff,
		Group: who.Group, Party: a.party, Purpose: want.Purpose, With: want.With, Letter: want.Letter,
	}
	request := a.request()
	b = b.became(rule.Settle(a.book(), &request, w.now))
	if who.Kind == account.Organization && who.ID != actor.ID && !who.staff {
		b.Tell = actor.ID
	}
	b.settle(a, got)
	w.remember(actor, want.Key, digested, b.ID)
	w.tell(notice.BookingConfirmed, b)
	w.audited(actor, "booking.reserved", nil, &b)
	return w.put(b)
}

// ask resolves a wish at the venue; fault.NotFound "space_not_found".
func (w *work) ask(space string, start, end time.Time, party int32) (*ask, error) {
	s, err := w.place.spot(space)
	if err != nil {
		return nil, err
	}
	return &ask{place: w.place, spot: s, span: civil.Span{Start: start.UTC(), End: end.UTC()}, party: party, now: w.now}, nil
}

// settle writes what was asked and got into the booking.
func (b *Booking) settle(a *ask, got *choice) {
	book := a.book()
	b.Space, b.Assigned, b.Atoms, b.Quantity = a.spot.ID, got.spaces, got.atoms, got.quantity
	b.Before, b.After, b.Rules = book.BufferBefore, book.BufferAfter, book.Version
	b.LongEnds = nil
	if end := b.End; civil.DateOf(end.Add(-1), a.place.zone) > a.date() {
		b.LongEnds = &end
	}
}

// join adds more spaces to the ask; fault.Invalid "space_not_joined" for what cannot be had together with others.
func (w *work) join(a *ask, ids []string) error {
	if len(ids) > maxSpaces {
		return fault.New(fault.Invalid, "rule_spaces", "One booking takes no more spaces than %d.", maxSpaces).On("also").With("max", maxSpaces)
	}
	seen := map[string]bool{a.spot.ID: true}
	for _, id := range ids {
		s, err := w.place.spot(id)
		if err != nil {
			return err
		}
		if seen[id] || s.Allocation != venue.Exclusive || a.spot.Allocation != venue.Exclusive {
			return fault.New(fault.Invalid, "space_not_joined", "Only separate rooms or seats can be booked together.").On("also")
		}
		seen[id] = true
		a.also = append(a.also, s)
	}
	return nil
}

// complete adds what the rules ask about the people of the party, the holder's standing and the session.
func (w *work) complete(a *ask, with []string) error {
	if len(with) > maxNamed {
		return fault.New(fault.Invalid, "too_many", "Name at most %d people.", maxNamed).On("with").With("max", maxNamed)
	}
	for _, id := range with {
		p, err := w.companion(a.who, id)
		if err != nil {
			return err
		}
		a.with = append(a.with, p)
	}
	if err := w.ageOf(a); err != nil {
		return err
	}
	var err error
	if a.holder, err = w.current(a.holder); err != nil {
		return err
	}
	standing, err := w.standing(a.holder)
	if err != nil {
		return err
	}
	a.record = &standing
	return w.takenBy(a)
}

// maxSpaces and maxNamed bound one booking.
const (
	maxSpaces = 20
	maxNamed  = 30
)

// choice is what an ask gets.
type choice struct {
	spaces   []string
	atoms    []string // sorted
	quantity int32
}

// template is the claim the ask needs on atoms of the choice, before it is cut into days.
func (a *ask) template(got *choice) ledger.Claim {
	book := a.book()
	return ledger.Claim{Booking: a.self, Atoms: got.atoms, Quantity: got.quantity, Before: book.BufferBefore, After: book.BufferAfter}
}

// digest tells requests apart that come with the same key: those for another holder, too.
func (r *Request) digest(holder string) string {
	return digest("reserve", holder, "|", r.Venue, "|", r.Space, "|", r.Start.Unix(), "|", r.End.Unix(), "|", r.Party, "|", r.Purpose, "|", r.Also, r.With, r.Letter)
}

func signedIn(actor account.Actor) error {
	if err := actor.Check(account.BookForSelf, ""); err != nil {
		return err
	}
	if actor.ID == "" { // a job holds no bookings
		return account.Actor{}.Check(account.BookForSelf, "")
	}
	return nil
}

func tooLong(field string) error {
	return fault.New(fault.Invalid, "text_too_long", "Use at most %d characters.", maxText).On(field).With("max", maxText)
}

// shared reports whether a booking of the spot takes units, not all.
func (s *spot) shared() bool { return s.Allocation == venue.Shared }
