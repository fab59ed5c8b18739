package booking

import (
	"cmp"
	"context"
	"slices"
	"time"

	"wenguan/models/account"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/ledger"
	"wenguan/models/rule"
	"wenguan/models/store"
	"wenguan/models/venue"
)

// Presence is how a space stands now, for whoever is before it.
type Presence string

// The presences.
const (
	PlaceFree        Presence = "free"
	PlaceBooked      Presence = "booked" // somebody's, who has not come yet
	PlaceInUse       Presence = "in_use"
	PlaceAway        Presence = "away"
	PlaceReported    Presence = "reported"
	PlaceKept        Presence = "kept" // nobody's, and kept free before or after somebody's
	PlaceClosed      Presence = "closed"
	PlaceNotBookable Presence = "not_bookable"
)

// AtCode is what the code of a space shows to whoever scans it. It tells nothing of who has the space.
type AtCode struct {
	Code  string
	Venue *venue.Venue // shared, read-only
	Space string
	Book  *rule.Book // in force here for a booking made now
	Now   time.Time
	State Presence
	Until *time.Time // until when it stays so, where that is known
	Next  *time.Time // when it is somebody's next
	Mine  []Booking  // live bookings here of those the actor acts for: under way first, then the nearest

	Report bool   // the actor can report the place empty
	Offer  *Offer // what can be booked on the spot, nil for nothing
	Why    error  // why nothing can, or not by the actor
}

// Offer is the soonest time from now on that a space can be had, and until when.
type Offer struct {
	Start    time.Time
	Ends     []time.Time
	PartyMin int32
	PartyMax int32
}

// AtCode tells how the space of a code stands, what the actor has there and can do; holder is for whom they would book,
// "" for themselves. What the clock asks for counts, whether the job has run or not. fault.NotFound "code_unknown".
func (d *Desk) AtCode(ctx context.Context, actor account.Actor, code, holder string) (AtCode, error) {
	var at AtCode
	err := d.store.View(ctx, func(tx store.Tx) error {
		w, s, err := d.underCode(tx, code)
		if err != nil {
			return err
		}
		defer w.sheets.Keep()
		at = AtCode{Code: code, Venue: w.place.Venue, Space: s.ID, Book: w.place.book(s, w.now), Now: w.now, State: PlaceFree}
		if err := w.look(&at, actor, s); err != nil {
			return err
		}
		if at.State == PlaceNotBookable {
			return nil
		}
		at.Offer, at.Why, err = w.onTheSpot(actor, s, holder)
		return err
	})
	return at, err
}

// underCode is the space of a code, in a working set of its venue.
func (d *Desk) underCode(tx store.Tx, code string) (*work, *spot, error) {
	c, err := seatCode(tx, code)
	if err != nil {
		return nil, nil, err
	}
	w, err := d.begin(tx, c.Venue)
	if err != nil {
		return nil, nil, err
	}
	s := w.place.byID[c.Space]
	if s == nil {
		return nil, nil, fault.New(fault.NotFound, "code_unknown", "This code is not in use any more. Ask the staff.")
	}
	return w, s, nil
}

// here lists the bookings of today that touch the space, as the clock has made them by now, by start; and after midnight
// those of yesterday that still wait for their check-out.
func (w *work) here(s *spot) ([]Booking, error) {
	today := civil.DateOf(w.now, w.place.zone)
	list, err := loadDay(w.tx, w.place.ID, today, w.place.zone, w.now)
	if err != nil {
		return nil, err
	}
	if civil.DateOf(w.now.Add(-w.place.overstay), w.place.zone) < today {
		late, err := loadDay(w.tx, w.place.ID, today-1, w.place.zone, w.now)
		if err != nil {
			return nil, err
		}
		for _, b := range late {
			if b.Here() && !b.End.After(today.Start(w.place.zone)) {
				list = append(list, b)
			}
		}
	}
	list = slices.DeleteFunc(list, func(b Booking) bool {
		return !slices.ContainsFunc(b.Atoms, func(atom string) bool { return slices.Contains(s.Atoms, atom) })
	})
	slices.SortFunc(list, byStart)
	return list, nil
}

// look fills in how the space stands and what the actor has there.
func (w *work) look(at *AtCode, actor account.Actor, s *spot) error {
	list, err := w.here(s)
	if err != nil {
		return err
	}
	for i := range list {
		b := &list[i]
		if b.Live() && actor.BooksFor(b.Holder) {
			at.Mine = append(at.Mine, *b)
		}
		if b.Live() && b.Start.After(w.now) && at.Next == nil {
			at.Next = &b.Start
		}
	}
	slices.SortStableFunc(at.Mine, func(a, b Booking) int { return cmp.Compare(rank(&a), rank(&b)) })
	at.state(w, s)
	if at.State != PlaceFree {
		return nil
	}
	return at.occupied(w, actor, s, list)
}

// rank puts those who are there before those who are to come.
func rank(b *Booking) int {
	if b.Here() {
		return 0
	}
	return 1
}

// state is what the venue says: closed, out of use, not to be booked.
func (at *AtCode) state(w *work, s *spot) {
	if !s.carries() || w.place.Retired {
		at.State = PlaceNotBookable
		return
	}
	if c, shut := w.place.ClosureOf(s.Atoms, civil.Span{Start: w.now, End: w.now.Add(time.Minute)}); shut {
		at.State, at.Until = PlaceClosed, &c.End
		return
	}
	for _, open := range w.place.day(civil.DateOf(w.now, w.place.zone)).spans {
		if w.now.Before(open.Start) {
			at.State, at.Until = PlaceClosed, &open.Start
			return
		}
		if w.now.Before(open.End) {
			return
		}
	}
	at.State = PlaceClosed
}

// occupied is what the bookings that cover now, and the sheet, make of the space: what is free can be had at once.
func (at *AtCode) occupied(w *work, actor account.Actor, s *spot, list []Booking) error {
	until := time.Time{}
	var sits *Booking
	for i := range list {
		if b := &list[i]; b.Live() && !b.Start.After(w.now) && w.now.Before(b.End) {
			sits, until = b, later(until, b.End)
		}
	}
	room, err := w.roomNow(s)
	switch {
	case err != nil || room:
		return err
	case sits == nil:
		at.State, at.Until = PlaceKept, keptUntil(list, w.now)
		return nil
	case s.shared():
		at.State, at.Until = PlaceInUse, &until
		return nil
	}
	at.Until = &until
	switch sits.State {
	case Confirmed:
		at.State = PlaceBooked
	case Away:
		at.State, at.Until = PlaceAway, sits.BackBy
	case Reported:
		at.State, at.Until = PlaceReported, sits.ReturnBy
	default:
		at.State = PlaceInUse
	}
	return at.reportable(w, actor, sits)
}

// keptUntil is the end of the time around the bookings that the place is kept free for.
func keptUntil(list []Booking, now time.Time) *time.Time {
	var until time.Time
	for i := range list {
		b := &list[i]
		from, till := b.HeldFrom(), b.HeldUntil()
		before, after := time.Duration(b.Before)*time.Minute, time.Duration(b.After)*time.Minute
		switch {
		case !b.Holds() || !from.Before(till) || now.Before(from.Add(-before)):
		case now.Before(from):
			until = later(until, from)
		case now.Before(till.Add(after)):
			until = later(until, till.Add(after))
		}
	}
	if until.IsZero() {
		return nil
	}
	return &until
}

// roomNow reports whether the sheet has room for somebody at this minute.
func (w *work) roomNow(s *spot) (bool, error) {
	now, one := w.now.Truncate(time.Minute), (&ask{spot: s, party: 1}).whole()
	pieces := w.sheets.Split(civil.Span{Start: now, End: now.Add(time.Minute)}, ledger.Claim{Atoms: one.atoms, Quantity: one.quantity})
	if err := w.release(pieces); err != nil {
		return false, err
	}
	return w.sheets.Fits(pieces)
}

// reportable is whether the actor can report the place empty.
func (at *AtCode) reportable(w *work, actor account.Actor, sits *Booking) error {
	book, err := w.rulesOf(sits)
	if err != nil {
		return err
	}
	_, refused := rule.Report(book, w.place.rules, sits.Facts, w.act(actor, sits, ""))
	at.Report = refused == nil && at.State == PlaceInUse && !actor.BooksFor(sits.Holder)
	return nil
}
