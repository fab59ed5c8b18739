package civil

import (
	"cmp"
	"slices"
)

// Holiday is one day of the public holiday calendar: a day off, or a make-up working day (调休) that pays for one.
type Holiday struct {
	Date Date   `bson:"date" json:"date"`
	Name string `bson:"name" json:"name"` // the holiday's name, such as 国庆节; a make-up day bears the name it pays for
	Work bool   `bson:"work" json:"work"` // true: a Saturday or Sunday on which people work
}

// Calendar is the public holiday calendar: days in order, each at most once. It is read-only and safe to share.
type Calendar struct {
	Revision int64     // 0 is the calendar the product came with
	Days     []Holiday // sorted by date
}

// NewCalendar is the calendar of these days, in order. Of two entries for one date the first counts.
func NewCalendar(revision int64, days []Holiday) *Calendar {
	sorted := slices.Clone(days)
	slices.SortStableFunc(sorted, func(a, b Holiday) int { return cmp.Compare(a.Date, b.Date) })
	sorted = slices.CompactFunc(sorted, func(a, b Holiday) bool { return a.Date == b.Date })
	return &Calendar{Revision: revision, Days: sorted}
}

// On is what the calendar says about the date; false: an ordinary day. A nil calendar knows no holidays.
func (c *Calendar) On(d Date) (Holiday, bool) {
	if c == nil {
		return Holiday{}, false
	}
	n, ok := slices.BinarySearchFunc(c.Days, d, func(h Holiday, d Date) int { return cmp.Compare(h.Date, d) })
	if !ok {
		return Holiday{}, false
	}
	return c.Days[n], true
}

// KnowsYear reports whether the calendar has any day of the year. The government announces a year's holidays in the
// November before, so the calendar must be replaced once a year; pages can say so.
func (c *Calendar) KnowsYear(year int) bool {
	if c == nil {
		return false
	}
	from := NewDate(year, 1, 1)
	n, _ := slices.BinarySearchFunc(c.Days, from, func(h Holiday, d Date) int { return cmp.Compare(h.Date, d) })
	return n < len(c.Days) && c.Days[n].Date < NewDate(year+1, 1, 1)
}
