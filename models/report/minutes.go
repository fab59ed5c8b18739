package report

import (
	"cmp"
	"slices"
	"time"

	"wenguan/models/civil"
)

// stretch is a half-open stretch of elapsed minutes of a day.
type stretch struct{ from, to int32 }

// hourStretch is a stretch within one hour of the wall clock.
type hourStretch struct {
	stretch
	hour int
}

// hoursOf cuts the date into the hours of its wall clock, in order. On the days clocks change an hour is missing or
// comes twice.
func hoursOf(date civil.Date, zone *time.Location) []hourStretch {
	start, length := date.Start(zone), int32(date.Minutes(zone))
	var list []hourStretch
	for at := int32(0); at < length; {
		wall := start.Add(time.Duration(at) * time.Minute).In(zone)
		end := min(at+60-int32(wall.Minute()), length)
		// Zones change on quarters of an hour at the finest; a step over a change is cut there.
		for m := at + 15; m < end; m += 15 {
			if start.Add(time.Duration(m)*time.Minute).In(zone).Hour() != wall.Hour() {
				end = m
			}
		}
		list = append(list, hourStretch{stretch{at, end}, wall.Hour()})
		at = end
	}
	return list
}

// without is open less closed; both lists sorted, open without overlaps.
func without(open, closed []stretch) []stretch {
	var left []stretch
	for _, o := range open {
		for _, c := range closed {
			if c.to <= o.from || c.from >= o.to {
				continue
			}
			if c.from > o.from {
				left = append(left, stretch{o.from, c.from})
			}
			o.from = min(c.to, o.to)
		}
		if o.from < o.to {
			left = append(left, o)
		}
	}
	return left
}

func byStart(a, b stretch) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) }

// openMinutes are the minutes the atom is offered: the published hours less the closures that name the whole venue or
// a space with the atom.
func (d *day) openMinutes(atom string) []stretch {
	var open, closed []stretch
	for _, s := range d.open {
		open = append(open, stretch{d.minute(s.Start), d.minute(s.End)})
	}
	for _, c := range d.venue.Closures {
		s := stretch{d.minute(c.Start), d.minuteUp(c.End)}
		if s.from < s.to && d.closes(c.Spaces, atom) {
			closed = append(closed, s)
		}
	}
	slices.SortFunc(open, byStart)
	slices.SortFunc(closed, byStart)
	return without(open, closed)
}

func (d *day) closes(spaces []string, atom string) bool {
	for _, id := range spaces {
		if space, ok := d.venue.FindSpace(id); ok && slices.Contains(space.Atoms, atom) {
			return true
		}
	}
	return len(spaces) == 0
}

// measure adds one atom's minutes. uses are in the order of inOrder.
func (d *day) measure(f *Figures, hours []hourStretch, open []stretch, capacity int64, uses []use) {
	for _, h := range hours {
		for _, o := range open {
			s := stretch{max(h.from, o.from), min(h.to, o.to)}
			for s.from < s.to {
				next := nextCut(s, uses)
				f.count(h.hour, stretch{s.from, next}, capacity, uses)
				s.from = next
			}
		}
	}
}

// nextCut is the first minute after s.from where a use begins or ends, at most s.to.
func nextCut(s stretch, uses []use) int32 {
	next := s.to
	for i := range uses {
		for _, m := range [2]int32{uses[i].from, uses[i].to} {
			if m > s.from && m < next {
				next = m
			}
		}
	}
	return next
}

// count adds a stretch in which no use begins or ends.
func (f *Figures) count(hour int, s stretch, capacity int64, uses []use) {
	minutes := int64(s.to - s.from)
	all := Measures{Offered: capacity * minutes}
	left := capacity
	for i := range uses {
		u := &uses[i]
		if u.from > s.from || u.to < s.to {
			continue
		}
		units := u.units
		if units == 0 || units > capacity {
			units = capacity
		}
		booked := min(units, left)
		left -= booked
		m := Measures{Booked: booked * minutes}
		switch u.kind {
		case attended:
			m.Attended = booked * minutes
		case given:
			m.Released = units * minutes
			m.Reused = (units - booked) * minutes
		}
		f.group(u.group).add(m)
		all.add(m)
	}
	f.Total.add(all)
	f.hour(hour).add(all)
}
