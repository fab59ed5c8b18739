package booking

import (
	"fmt"
	"slices"
	"time"

	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/ledger"
	"wenguan/models/store"
	"wenguan/models/venue"
)

// loss is what a change takes away from a venue.
type loss struct {
	spaces, atoms map[string]bool
	lowered       bool // some atom takes fewer than before
}

func lossOf(old, next *venue.Venue) loss {
	l := loss{spaces: map[string]bool{}, atoms: map[string]bool{}}
	for i := range old.Spaces {
		if _, stays := next.FindSpace(old.Spaces[i].ID); !stays {
			l.spaces[old.Spaces[i].ID] = true
		}
	}
	for _, a := range old.Atoms {
		i := slices.IndexFunc(next.Atoms, func(b venue.Atom) bool { return b.ID == a.ID })
		switch {
		case i < 0:
			l.atoms[a.ID] = true
		case next.Atoms[i].Capacity < a.Capacity:
			l.lowered = true
		}
	}
	return l
}

func (l *loss) hits(b *Booking) bool {
	return l.spaces[b.Space] || slices.ContainsFunc(b.Assigned, func(s string) bool { return l.spaces[s] }) ||
		slices.ContainsFunc(b.Atoms, func(a string) bool { return l.atoms[a] })
}

// guard refuses a change of a venue that would take their place away from people who have booked it: fault.Conflict
// "space_in_use" with how many bookings there are and when the first begins. It runs in the transaction of the change,
// before its writes.
//
// What it proves: afterwards no live booking needs what is gone. Under snapshot isolation a reserve that still sees the
// venue as it was may commit beside the change, so the guard replaces the sheet of every day that such a reserve can begin
// on, even of days without bookings. The two collide there, and whoever comes second runs again and sees the other.
func (d *Desk) guard(tx store.Tx, old, next *venue.Venue) error {
	l := lossOf(old, next)
	if len(l.spaces) == 0 && len(l.atoms) == 0 && !l.lowered {
		return nil
	}
	zone, now := old.Location(), d.now()
	live, err := loadAhead(tx, old.ID, zone, now)
	if err != nil {
		return err
	}
	today := civil.DateOf(now, zone)
	last := today.Add(int(old.Rules.HorizonDays))
	var first *Booking
	hit := 0
	for i := range live {
		b := &live[i]
		last = max(last, civil.DateOf(b.End, zone))
		if !l.hits(b) {
			continue
		}
		if hit++; first == nil || b.Start.Before(first.Start) {
			first = b
		}
	}
	if first != nil {
		return inUse(hit, first.Start.In(zone))
	}
	return takeDays(tx, old, next, today, last)
}

// loadAhead lists the live bookings of a venue whose time is not over.
func loadAhead(tx store.Tx, venueID string, zone *time.Location, now time.Time) ([]Booking, error) {
	midnight := civil.DateOf(now, zone).Start(zone)
	list, err := store.All[Booking](tx, bookings, store.Query{Index: byLong, Equal: []any{venueID}, From: now})
	if err != nil {
		return nil, fmt.Errorf("read bookings over midnight of %s: %w", venueID, err)
	}
	list = slices.DeleteFunc(list, func(b Booking) bool { return !b.Start.Before(midnight) }) // the others come next
	more, err := store.All[Booking](tx, bookings, store.Query{Index: byVenue, Equal: []any{venueID}, From: midnight})
	if err != nil {
		return nil, fmt.Errorf("read bookings ahead of %s: %w", venueID, err)
	}
	return slices.DeleteFunc(append(list, more...), func(b Booking) bool { return !b.Live() || !b.End.After(now) }), nil
}

// takeDays replaces the sheets of the dates, and refuses if what is claimed on one of them is too much for the venue as
// it will be.
func takeDays(tx store.Tx, old, next *venue.Venue, from, to civil.Date) error {
	zone, after := old.Location(), atomsOf(next)
	sheets := ledger.Open(tx, old.ID, zone, atomsOf(old), nil)
	days, err := sheets.Days(from, to)
	if err != nil {
		return err
	}
	for _, day := range days {
		if _, minute, over := ledger.NewDay(day.Sheet, after).Overbooked(); over {
			return inUse(1, day.Date.Start(zone).Add(minutes(minute)))
		}
		day.Touch()
	}
	return sheets.Save()
}

func inUse(n int, first time.Time) error {
	return fault.New(fault.Conflict, "space_in_use",
		"Somebody has booked what this would take away; move or cancel those bookings first, or close it for the time after them.").
		On("spaces").With("bookings", n).With("first", first)
}

func atomsOf(v *venue.Venue) *ledger.Atoms {
	atoms := make([]ledger.Atom, len(v.Atoms))
	for i, a := range v.Atoms {
		atoms[i] = ledger.Atom{ID: a.ID, Capacity: a.Capacity}
	}
	return ledger.NewAtoms(atoms)
}
