package report

import (
	"wenguan/models/civil"
	"wenguan/models/fault"
)

// Period is a stretch of the calendar that summaries are cut into.
type Period string

// The periods. Weeks are ISO 8601 weeks, Monday to Sunday.
const (
	Day   Period = "day"
	Week  Period = "week"
	Month Period = "month"
)

// Valid reports whether p is one of the periods.
func (p Period) Valid() bool { return p == Day || p == Week || p == Month }

// Start is the first day of the period the date is in.
func (p Period) Start(of civil.Date) civil.Date {
	switch p {
	case Week:
		return of.WeekStart()
	case Month:
		return of.MonthStart()
	}
	return of
}

// End is the first day after the period the date is in.
func (p Period) End(of civil.Date) civil.Date {
	switch p {
	case Week:
		return of.WeekStart().Add(7)
	case Month:
		return of.MonthStart().Add(31).MonthStart()
	}
	return of.Add(1)
}

func (p Period) check() error {
	if p.Valid() {
		return nil
	}
	return fault.New(fault.Invalid, "period_unknown", "Summaries are by day, week or month.").On("by")
}
