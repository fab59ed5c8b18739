package rule

import (
	"slices"

	"wenguan/models/civil"
)

// Day is a sort of day: a weekday, or a public holiday.
type Day string

// The days. A public holiday is Holiday whatever its weekday; a make-up working day (调休) counts as a Friday, as it does
// for opening hours.
const (
	Mon     Day = "mon"
	Tue     Day = "tue"
	Wed     Day = "wed"
	Thu     Day = "thu"
	Fri     Day = "fri"
	Sat     Day = "sat"
	Sun     Day = "sun"
	Holiday Day = "holiday"
)

var week = [7]Day{Mon, Tue, Wed, Thu, Fri, Sat, Sun}

// AllDays are the days in the order people say them.
func AllDays() []Day { return append(week[:len(week):len(week)], Holiday) }

// Valid reports whether it is one of the eight.
func (d Day) Valid() bool { return d == Holiday || d.index() >= 0 }

// index is the place in the week, Monday 0; -1 for a holiday and for what is no day.
func (d Day) index() int { return slices.Index(week[:], d) }

// Days is a set of days. Where a rule is about days, the empty set means what the field says.
type Days []Day

// Has reports whether the day is in the set.
func (d Days) Has(day Day) bool { return slices.Contains(d, day) }

// dayOf is what sort of day a date of the place is.
func (p *Place) dayOf(date civil.Date) Day {
	if p.Calendar != nil {
		if h, ok := p.Calendar.On(date); ok {
			if h.Work {
				return Fri
			}
			return Holiday
		}
	}
	return week[(int(date.Weekday())+6)%7]
}
