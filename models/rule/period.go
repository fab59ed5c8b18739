package rule

import (
	"time"

	"wenguan/models/civil"
)

const (
	dayMinutes  = 24 * 60
	yearMinutes = 366 * dayMinutes
)

// Period is a stretch of calendar in which something is counted.
type Period string

// The periods. Weeks begin on Monday (ISO 8601).
const (
	Ever    Period = "ever"
	ADay    Period = "day"
	AWeek   Period = "week"
	AMonth  Period = "month"
	AYear   Period = "year"
	Rolling Period = "days" // any Days days in a row
)

// Periods are all periods.
func Periods() []Period { return []Period{Ever, ADay, AWeek, AMonth, AYear, Rolling} }

// Within is the period a rule counts in. "" is Ever.
type Within struct {
	Per  Period `bson:"per,omitempty" json:"per,omitempty"`
	Days int32  `bson:"days,omitempty" json:"days,omitempty"` // of Rolling
}

// bounds are the first date of the period that holds the date and the first date after it; ok is false for periods
// that have none: Ever and Rolling.
func (w Within) bounds(d civil.Date) (from, to civil.Date, ok bool) {
	switch w.Per {
	case ADay:
		return d, d + 1, true
	case AWeek:
		return d.WeekStart(), d.WeekStart() + 7, true
	case AMonth:
		y, m, _ := d.Civil()
		return d.MonthStart(), civil.NewDate(y, m+1, 1), true
	case AYear:
		y, _, _ := d.Civil()
		return civil.NewDate(y, 1, 1), civil.NewDate(y+1, 1, 1), true
	}
	return 0, 0, false
}

func (w Within) days() civil.Date { return civil.Date(min(max(w.Days, 1), 4000)) }

// together reports whether what happened on the earlier date still counts on the later one.
func (w Within) together(earlier, later civil.Date) bool {
	if from, to, ok := w.bounds(later); ok {
		return from <= earlier && earlier < to
	}
	return w.Per != Rolling || earlier > later-w.days()
}

// expires is the first date on which what happened on the date no longer counts; ok is false if it always does.
func (w Within) expires(d civil.Date) (civil.Date, bool) {
	if _, to, ok := w.bounds(d); ok {
		return to, true
	}
	return d + w.days(), w.Per == Rolling
}

// length is the most days that matter: how far back a history must reach.
func (w Within) length() int {
	switch w.Per {
	case ADay:
		return 1
	case AWeek:
		return 7
	case AMonth:
		return 31
	case AYear:
		return 366
	case Rolling:
		return int(w.days())
	}
	return 0
}

// minutes is so many minutes, cut to ten years so that an absurd number overflows nothing.
func minutes(n int32) time.Duration {
	return time.Duration(min(max(n, -10*yearMinutes), 10*yearMinutes)) * time.Minute
}

// wholeMinute is the first whole minute not before t: people read clocks in minutes.
func wholeMinute(t time.Time) time.Time {
	if m := t.Truncate(time.Minute); !m.Equal(t) {
		return m.Add(time.Minute)
	}
	return t
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
