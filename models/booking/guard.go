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
// "space_in_use" with how many bookings there are, and which space the first of them has and when it begins. It runs in
// the transaction of the change, before its writes.
//
// What it proves: afterwards no live booking needs what is gone. Under snapshot isolation a reserve that still sees the
// venue as it was may commit beside the change, so the guard replaces the sheet of every day that such a reserve can begin
// on, even of days without bookings. The two collide there, and whoever comes second runs again and sees the other. A
// horizon that is cut short takes its days too: a reserve that still sees the long one must not outlive the next change,
// which would not look there.
func (d *Desk) guard(tx store.Tx, old, next *venue.Venue) error {
	l := lossOf(old, next)
	shortened := aheadOf(next) < aheadOf(old)
	if len(l.spaces) == 0 && len(l.atoms) == 0 && !l.lowered && !shortened {
		return nil
	}
	zone, now := old.Location(), d.now()
	today := civil.DateOf(now, zone)
	last := today.Add(aheadOf(old) + 1) // one more: midnight may pass before the reserve begins
	live := map[string]*Booking{}
	var hit []*Booking
	err := eachAhead(tx, old.ID, today.Start(zone), func(b *Booking) {
		if is := b.asOf(now); !is.Live() || !b.End.After(now) {
			return
		}
		live[b.ID] = b
		last = max(last, civil.DateOf(b.End, zone))
		if l.hits(b) {
			hit = append(hit, b)
		}
	})
	if err != nil {
		return err
	}
	if len(hit) > 0 {
		return inUse(zone, hit)
	}
	return takeDays(tx, old, next, today, last, live)
}

// eachAhead walks over the bookings of a venue that end after midnight of a day, whatever their state, in pages: a large
// reading room has tens of thousands.
func eachAhead(tx store.Tx, venueID string, midnight time.Time, each func(*Booking)) error {
	for _, index := range []string{byLong, byVenue} {
		q := store.Query{Index: index, Equal: []any{venueID}, From: midnight, Limit: 500}
		for {
			page, next, err := store.Page[Booking](tx, bookings, q)
			if err != nil {
				return fmt.Errorf("read bookings ahead of %s: %w", venueID, err)
			}
			for i := range page {
				if index == byVenue || page[i].Start.Before(midnight) { // the others come by their start
					each(&page[i])
				}
			}
			if next == "" {
				break
			}
			q.After = next
		}
	}
	return nil
}

// takeDays replaces the sheets of the dates, and refuses if what the live bookings claim on one of them is too much for
// the venue as it will be.
func takeDays(tx store.Tx, old, next *venue.Venue, from, to civil.Date, live map[string]*Booking) error {
	zone, after := old.Location(), atomsOf(next)
	sheets := ledger.Open(tx, old.ID, zone, atomsOf(old), nil)
	days, err := sheets.Days(from, to)
	if err != nil {
		return err
	}
	for _, day := range days {
		left := day.Sheet
		left.Claims = slices.DeleteFunc(slices.Clone(day.Claims), func(c ledger.Claim) bool { return live[c.Booking] == nil })
		if atom, minute, over := ledger.NewDay(left, after).Overbooked(); over {
			return inUse(zone, claimants(left.Claims, atom, minute, live))
		}
		day.Touch()
	}
	return sheets.Save()
}

// claimants are the bookings behind the claims that have the atom, or keep it free, at the minute.
func claimants(claims []ledger.Claim, atom string, minute int32, live map[string]*Booking) (who []*Booking) {
	for _, c := range claims {
		if c.Start-c.Before <= minute && minute < c.End+c.After && slices.Contains(c.Atoms, atom) {
			who = append(who, live[c.Booking])
		}
	}
	return who
}

func inUse(zone *time.Location, who []*Booking) error {
	first := slices.MinFunc(who, func(a, b *Booking) int { return a.Start.Compare(b.Start) })
	return fault.New(fault.Conflict, "space_in_use",
		"Somebody has booked what this would take away; move or cancel those bookings first, or close it for the time after them.").
		On("spaces").With("bookings", len(who)).With("first", first.Start.In(zone)).With("space", first.Space)
}

func atomsOf(v *venue.Venue) *ledger.Atoms {
	atoms := make([]ledger.Atom, len(v.Atoms))
	for i, a := range v.Atoms {
		atoms[i] = ledger.Atom{ID: a.ID, Capacity: a.Capacity}
	}
	return ledger.NewAtoms(atoms)
}

// aheadOf is how many days ahead some rule book of the venue lets people book.
func aheadOf(v *venue.Venue) (days int) {
	for _, b := range v.Books() {
		days = max(days, b.Ahead())
	}
	return min(days, farthest)
}
