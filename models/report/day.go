package report

import (
	"cmp"
	"slices"
	"time"

	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/civil"
	"wenguan/models/venue"
)

// day is everything one roll-up is computed from. Minutes count elapsed time since the day's first instant in the
// venue's zone, as in the ledger.
type day struct {
	venue    *venue.Venue
	date     civil.Date
	open     []civil.Span      // the published hours
	bookings []booking.Booking // all that touch the date, in any state
	walkIns  []booking.WalkInCount
	unmet    booking.UnmetCounts
	now      time.Time // attendance after it has not happened yet

	start  time.Time // first instant of the date
	length int       // its minutes
}

// figures computes the measures as Measures defines them. It is pure.
func (d *day) figures() Figures {
	zone := d.venue.Location()
	d.start, d.length = d.date.Start(zone), d.date.Minutes(zone)
	var f Figures
	d.count(&f)
	hours := hoursOf(d.date, zone)
	uses := d.uses()
	for _, atom := range d.venue.Atoms {
		d.measure(&f, hours, d.openMinutes(atom.ID), int64(atom.Capacity), uses[atom.ID])
	}
	return f
}

// count adds the counts of the bookings that begin on this date, of what was refused for it, and of those who walked in.
func (d *day) count(f *Figures) {
	zone := d.venue.Location()
	for i := range d.bookings {
		b := &d.bookings[i]
		if civil.DateOf(b.Start, zone) != d.date {
			continue
		}
		var m Measures
		if b.State == booking.Cancelled {
			m.Cancelled = 1
		}
		if counted(b) {
			m.Bookings = 1
		}
		switch b.State {
		case booking.NoShow:
			m.NoShows = 1
		case booking.CheckedIn, booking.Away, booking.Reported, booking.Completed:
			m.People = int64(b.Party)
		}
		f.Total.add(m)
		f.hour(b.Start.In(zone).Hour()).add(m)
		f.group(groupOf(b)).add(m)
	}
	f.Total.add(Measures{Full: d.unmet.Full, Refused: d.unmet.Rules})
	for _, c := range d.walkIns {
		m := Measures{WalkIns: int64(c.People)}
		f.Total.add(m)
		f.hour(c.Hour).add(m)
		f.group(c.Group).add(m)
	}
}

// counted reports whether the booking was not cancelled in time. Cancelled later than its holder could (by staff), it
// counts as booked and given back.
func counted(b *booking.Booking) bool {
	return b.State != booking.Cancelled || b.EndedAt != nil && b.EndedAt.After(b.CancelUntil)
}

// use is what one booking does with one atom for a stretch of minutes.
type use struct {
	kind     useKind
	from, to int32
	units    int64 // 0: all of the atom
	group    account.Group
	made     time.Time
	booking  string
}

type useKind int8

const (
	held     useKind = iota
	attended         // held and checked in
	given            // given back
)

// inOrder puts those that hold an atom first, the earliest made first, then those that gave it back, the latest made
// first. What of the latter does not fit into the capacity any more was booked again by the ones before.
func inOrder(a, b use) int {
	made := a.made.Compare(b.made)
	switch {
	case a.kind == given && b.kind == given:
		made = -made
	case a.kind == given:
		return 1
	case b.kind == given:
		return -1
	}
	return cmp.Or(made, cmp.Compare(a.booking, b.booking), cmp.Compare(a.from, b.from))
}

// uses lists what the bookings do with each atom, in the order they count as booked.
func (d *day) uses() map[string][]use {
	uses := map[string][]use{}
	for i := range d.bookings {
		b := &d.bookings[i]
		if !counted(b) {
			continue
		}
		for _, u := range d.split(b) {
			for _, atom := range b.Atoms {
				uses[atom] = append(uses[atom], u)
			}
		}
	}
	for _, list := range uses {
		slices.SortFunc(list, inOrder)
	}
	return uses
}

// split cuts a booking at the moments it was checked in and given back.
func (d *day) split(b *booking.Booking) []use {
	start, end := d.minute(b.HeldFrom()), d.minute(b.End)
	in, out := end, d.minute(b.HeldUntil())
	if b.InAt != nil && (b.Here() || b.State == booking.Completed) {
		in = d.minute(*b.InAt)
	}
	out = min(max(out, start), end)
	in = min(max(in, start), out)
	seen := min(max(d.minute(d.now), in), out)
	piece := use{units: int64(b.Quantity), group: groupOf(b), made: b.Made, booking: b.ID}
	var list []use
	for _, p := range []struct {
		kind     useKind
		from, to int32
	}{{held, start, in}, {attended, in, seen}, {held, seen, out}, {given, out, end}} {
		if p.from < p.to {
			piece.kind, piece.from, piece.to = p.kind, p.from, p.to
			list = append(list, piece)
		}
	}
	return list
}

// minute is the elapsed minute of the day the moment is in, held to the day.
func (d *day) minute(t time.Time) int32 {
	return int32(min(max(t.Sub(d.start)/time.Minute, 0), time.Duration(d.length)))
}

// minuteUp is minute, with a begun minute counted in full.
func (d *day) minuteUp(t time.Time) int32 { return d.minute(t.Add(time.Minute - 1)) }

func groupOf(b *booking.Booking) account.Group {
	if b.Group == "" {
		return account.Residents
	}
	return b.Group
}
