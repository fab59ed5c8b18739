package report

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/civil"
	"wenguan/models/rule"
	"wenguan/models/venue"
)

// The naive model counts every minute of every atom by the words of Measures, with nothing in common with day.figures.

func TestRollUpEqualsANaiveCountOfEveryMinute(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := drawDay(t)
		got, want := d.figures(), naive(d)
		if diff := cmp.Diff(want.Total, got.Total); diff != "" {
			t.Fatalf("total (-naive +got):\n%s", diff)
		}
		if diff := cmp.Diff(nonZero(want.Hours), nonZero(got.Hours)); diff != "" {
			t.Fatalf("hours (-naive +got):\n%s", diff)
		}
		var groups Measures
		for _, g := range got.Groups {
			groups.add(g.Measures)
			checkOrder(t, g.Measures, false)
		}
		groups.Offered = want.Total.Offered
		if diff := cmp.Diff(want.Total, groups); diff != "" {
			t.Fatalf("sum of the groups (-naive +got):\n%s", diff)
		}
		checkOrder(t, got.Total, true)
		if single(d.venue) {
			if diff := cmp.Diff(naiveBookedByGroup(d), bookedByGroup(got.Groups), cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("booked by group (-naive +got):\n%s", diff)
			}
		}
	})
}

func checkOrder(t *rapid.T, m Measures, offered bool) {
	if m.Attended > m.Booked || m.Reused > m.Released || (offered && m.Booked > m.Offered) {
		t.Fatalf("out of order: %+v", m)
	}
}

func TestMergeIsAssociativeAndLeavesItsArgumentsAlone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := drawDay(t).figures(), drawDay(t).figures(), drawDay(t).figures()
		before := fmt.Sprint(a, b, c)
		left, right := Merge(Merge(a, b), c), Merge(a, Merge(b, c))
		if diff := cmp.Diff(left, right); diff != "" {
			t.Fatalf("(a+b)+c and a+(b+c) differ:\n%s", diff)
		}
		if diff := cmp.Diff(left, Merge(c, a, b)); diff != "" {
			t.Fatalf("the order matters:\n%s", diff)
		}
		if diff := cmp.Diff(a, Merge(Figures{}, a)); diff != "" {
			t.Fatalf("nothing changes something:\n%s", diff)
		}
		if after := fmt.Sprint(a, b, c); after != before {
			t.Fatalf("an argument changed:\n%s\n%s", before, after)
		}
	})
}

// days on which clocks change, and an ordinary one, in zones that do it in different ways.
var drawnDays = []struct {
	zone string
	date civil.Date
}{
	{"Asia/Shanghai", civil.NewDate(2026, 11, 24)},
	{"Europe/Berlin", civil.NewDate(2026, 3, 29)},
	{"Europe/Berlin", civil.NewDate(2026, 10, 25)},
	{"Australia/Lord_Howe", civil.NewDate(2026, 4, 5)},
	{"America/Santiago", civil.NewDate(2026, 9, 6)}, // has no midnight
	{"Asia/Kathmandu", civil.NewDate(2026, 5, 1)},
}

func drawDay(t *rapid.T) *day {
	on := rapid.SampledFrom(drawnDays).Draw(t, "day")
	v := drawVenue(t, on.zone, on.date)
	start, length := on.date.Start(v.Location()), on.date.Minutes(v.Location())
	d := &day{
		venue: v, date: on.date, open: v.OpenSpans(on.date, nil),
		now: start.Add(time.Duration(rapid.IntRange(-600, length+600).Draw(t, "now")) * time.Minute),
	}
	for i := range rapid.IntRange(0, 12).Draw(t, "bookings") {
		d.bookings = append(d.bookings, drawBooking(t, i, v, start, length))
		if overfull(d) {
			d.bookings = d.bookings[:len(d.bookings)-1]
		}
	}
	return d
}

func drawVenue(t *rapid.T, zone string, date civil.Date) *venue.Venue {
	v := &venue.Venue{ID: "v", Zone: zone}
	for i := range rapid.IntRange(1, 3).Draw(t, "atoms") {
		id := fmt.Sprint("a", i)
		v.Atoms = append(v.Atoms, venue.Atom{ID: id, Capacity: rapid.SampledFrom([]int32{1, 1, 5}).Draw(t, "capacity")})
		v.Spaces = append(v.Spaces, venue.Space{ID: "s" + id, Atoms: []string{id}})
	}
	at := 0
	for range rapid.IntRange(0, 3).Draw(t, "intervals") {
		from := rapid.IntRange(at, 1430).Draw(t, "opens")
		to := rapid.IntRange(from+1, 1440).Draw(t, "closes")
		at = to
		v.Hours[date.Weekday()] = append(v.Hours[date.Weekday()],
			civil.Interval{Start: civil.TimeOfDay(from), End: civil.TimeOfDay(to)})
		if at >= 1430 {
			break
		}
	}
	for range rapid.IntRange(0, 2).Draw(t, "closures") {
		from := rapid.IntRange(-300, 1700).Draw(t, "closed from")
		c := venue.Closure{Start: date.Instant(int32(from), v.Location())}
		c.End = c.Start.Add(time.Duration(rapid.IntRange(1, 900).Draw(t, "closed for")) * time.Minute)
		if rapid.Bool().Draw(t, "one space") {
			c.Spaces = []string{"sa0"}
		}
		v.Closures = append(v.Closures, c)
	}
	return v
}

func drawBooking(t *rapid.T, n int, v *venue.Venue, start time.Time, length int) booking.Booking {
	from := rapid.IntRange(-400, length+100).Draw(t, "from")
	b := booking.Booking{
		ID: fmt.Sprint("b", n), Party: int32(rapid.IntRange(1, 3).Draw(t, "party")),
		Group: rapid.SampledFrom([]account.Group{"", account.Residents, account.Elders}).Draw(t, "group"),
		Facts: rule.Facts{
			Start: start.Add(time.Duration(from) * time.Minute),
			Made:  start.Add(time.Duration(n) * time.Second),
			State: rapid.SampledFrom(rule.States()).Draw(t, "state"),
		},
	}
	b.CancelUntil = b.Start.Add(-time.Hour)
	b.End = b.Start.Add(time.Duration(rapid.IntRange(1, 700).Draw(t, "minutes")) * time.Minute)
	for _, a := range v.Atoms {
		if len(b.Atoms) == 0 || rapid.Bool().Draw(t, "also") {
			b.Atoms = append(b.Atoms, a.ID)
		}
	}
	b.Quantity = int32(rapid.IntRange(0, 3).Draw(t, "quantity"))
	moment := func(name string) *time.Time {
		span := int(b.End.Sub(b.Start) / time.Second)
		at := b.Start.Add(time.Duration(rapid.IntRange(-7200, span+60).Draw(t, name)) * time.Second)
		return &at
	}
	if minutes := int(b.End.Sub(b.Start) / time.Minute); minutes > 1 && rapid.Bool().Draw(t, "made late") {
		taken := b.Start.Add(time.Duration(rapid.IntRange(1, minutes-1).Draw(t, "taken")) * time.Minute)
		b.TakenAt = &taken
	}
	switch b.State {
	case booking.CheckedIn, booking.Away, booking.Reported, booking.Completed:
		b.InAt = moment("in")
		if b.State == booking.Completed && rapid.Bool().Draw(t, "checked out") {
			if b.ReleasedAt = moment("out"); b.ReleasedAt.Before(*b.InAt) {
				b.ReleasedAt = b.InAt
			}
		}
	case booking.Cancelled:
		b.EndedAt = moment("cancelled")
		b.ReleasedAt = b.EndedAt
	case booking.NoShow:
		b.EndedAt, b.ReleasedAt = moment("marked"), moment("released")
	}
	return b
}

// minuteOf is the beginning of the minute the moment lies in; zones have offsets of whole minutes.
func minuteOf(t time.Time) time.Time { return t.Truncate(time.Minute) }

// stateAt says by the words of Measures what a booking is to one of its minutes.
func stateAt(d *day, b *booking.Booking, minute time.Time) (holds, attends, gave bool) {
	from := b.Start
	if b.TakenAt != nil {
		from = *b.TakenAt
	}
	if minute.Before(from) || !minute.Before(b.End) {
		return false, false, false
	}
	gone := b.ReleasedAt != nil && b.ReleasedAt.Before(b.End) && !minute.Before(minuteOf(*b.ReleasedAt))
	switch b.State {
	case booking.Cancelled:
		late := b.EndedAt.After(b.CancelUntil)
		return late && !gone, false, late && gone
	case booking.NoShow:
		return !gone, false, gone
	case booking.CheckedIn, booking.Away, booking.Reported, booking.Completed:
		if gone {
			return false, false, true
		}
		return true, !minute.Before(minuteOf(*b.InAt)) && minute.Before(minuteOf(d.now)), false
	}
	return true, false, false
}

func eachMinute(d *day, visit func(minute time.Time, atom venue.Atom)) {
	zone := d.venue.Location()
	for m := d.date.Start(zone); m.Before(d.date.Add(1).Start(zone)); m = m.Add(time.Minute) {
		open := slices.ContainsFunc(d.open, func(s civil.Span) bool { return !m.Before(s.Start) && m.Before(s.End) })
		for i, a := range d.venue.Atoms {
			if open && !closed(d.venue, fmt.Sprint("sa", i), m) {
				visit(m, a)
			}
		}
	}
}

func closed(v *venue.Venue, space string, m time.Time) bool {
	return slices.ContainsFunc(v.Closures, func(c venue.Closure) bool {
		return !m.Before(c.Start) && m.Before(c.End) && (len(c.Spaces) == 0 || slices.Contains(c.Spaces, space))
	})
}

func unitsOf(b *booking.Booking, a venue.Atom) int64 {
	switch {
	case !slices.Contains(b.Atoms, a.ID):
		return 0
	case b.Quantity == 0 || b.Quantity > a.Capacity:
		return int64(a.Capacity)
	}
	return int64(b.Quantity)
}

func naive(d *day) Figures {
	var f Figures
	zone := d.venue.Location()
	eachMinute(d, func(minute time.Time, a venue.Atom) {
		m := Measures{Offered: int64(a.Capacity)}
		held := int64(0)
		for i := range d.bookings {
			n := unitsOf(&d.bookings[i], a)
			holds, attends, gave := stateAt(d, &d.bookings[i], minute)
			if holds {
				held += n
			}
			if attends {
				m.Attended += n
			}
			if gave {
				m.Released += n
			}
		}
		m.Booked = min(m.Offered, held+m.Released)
		m.Reused = held + m.Released - m.Booked
		f.Total.add(m)
		f.hour(minute.In(zone).Hour()).add(m)
	})
	for i := range d.bookings {
		b := &d.bookings[i]
		if civil.DateOf(b.Start, zone) != d.date {
			continue
		}
		var m Measures
		late := b.State == booking.Cancelled && b.EndedAt.After(b.CancelUntil)
		if b.State != booking.Cancelled || late {
			m.Bookings++
		}
		switch b.State {
		case booking.Cancelled:
			m.Cancelled++
		case booking.NoShow:
			m.NoShows++
		case booking.CheckedIn, booking.Away, booking.Reported, booking.Completed:
			m.People += int64(b.Party)
		}
		f.Total.add(m)
		f.hour(b.Start.In(zone).Hour()).add(m)
	}
	return f
}

// overfull reports whether the bookings hold more of an atom than there is, which the ledger never lets happen.
func overfull(d *day) bool {
	over := false
	zone := d.venue.Location()
	for m := d.date.Start(zone); m.Before(d.date.Add(1).Start(zone)) && !over; m = m.Add(time.Minute) {
		for _, a := range d.venue.Atoms {
			held := int64(0)
			for i := range d.bookings {
				if holds, _, _ := stateAt(d, &d.bookings[i], m); holds {
					held += unitsOf(&d.bookings[i], a)
				}
			}
			over = over || held > int64(a.Capacity)
		}
	}
	return over
}

func single(v *venue.Venue) bool {
	return !slices.ContainsFunc(v.Atoms, func(a venue.Atom) bool { return a.Capacity != 1 })
}

// naiveBookedByGroup is for atoms of capacity 1: a minute is booked by its holder, else by the last who gave it back.
func naiveBookedByGroup(d *day) map[account.Group]int64 {
	sum := map[account.Group]int64{}
	eachMinute(d, func(minute time.Time, a venue.Atom) {
		var holder, giver *booking.Booking
		for i := range d.bookings {
			b := &d.bookings[i]
			if unitsOf(b, a) == 0 {
				continue
			}
			holds, _, gave := stateAt(d, b, minute)
			if holds {
				holder = b
			}
			if gave {
				giver = b // they are in the order they were made
			}
		}
		if holder == nil {
			holder = giver
		}
		if holder != nil {
			sum[groupOf(holder)]++
		}
	})
	return sum
}

func bookedByGroup(list []GroupMeasure) map[account.Group]int64 {
	sum := map[account.Group]int64{}
	for _, g := range list {
		if g.Measures.Booked > 0 {
			sum[g.Group] = g.Measures.Booked
		}
	}
	return sum
}

func nonZero(list []HourMeasure) []HourMeasure {
	return slices.DeleteFunc(slices.Clone(list), func(h HourMeasure) bool { return h.Measures.Zero() })
}
