package report

import (
	"time"

	"wenguan/models/civil"
)

// RollUp is one venue's figures of one local date (日汇总), computed from the day's published hours, closures, bookings
// and attendance as they were known then.
type RollUp struct {
	ID       string     `bson:"_id"` // venue|2026-11-24
	Venue    string     `bson:"venue"`
	Date     civil.Date `bson:"date"`
	Sheet    int64      `bson:"sheet"` // revision of the day sheet it was computed from, 0 if the day has none
	Figures  Figures    `bson:",inline"`
	RolledAt time.Time  `bson:"rolled_at"`
}

// monthRollUp is the merge of a venue's roll-ups of one month, with the total of each day. Every writer of a roll-up
// rewrites the month in the same transaction, so a year is read from twelve documents.
type monthRollUp struct {
	ID      string     `bson:"_id"` // venue|2026-11-01
	Venue   string     `bson:"venue"`
	Month   civil.Date `bson:"month"` // its first day
	Figures Figures    `bson:",inline"`
	Days    dayTotals  `bson:"days"`

	RolledAt time.Time `bson:"rolled_at,omitempty"` // when the newest of its days was rolled up
}

// dayTotals are sorted by day.
type dayTotals []dayTotal

type dayTotal struct {
	Day   int // since the first of the month
	Total Measures
}

// last is the last date in the month that is rolled up.
func (m *monthRollUp) last() civil.Date { return m.Month.Add(m.Days[len(m.Days)-1].Day) }

// mergeMonth merges the roll-ups of one venue's month, given in order of their dates.
func mergeMonth(venue string, month civil.Date, days []RollUp) monthRollUp {
	m := monthRollUp{ID: rollUpID(venue, month), Venue: venue, Month: month}
	for i := range days {
		m.Figures.add(&days[i].Figures)
		m.Days = append(m.Days, dayTotal{int(days[i].Date - month), days[i].Figures.Total})
		m.RolledAt = later(m.RolledAt, days[i].RolledAt)
	}
	return m
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func rollUpID(venue string, date civil.Date) string { return venue + "|" + date.String() }
