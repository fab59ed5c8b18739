package civil_test

import (
	"testing"

	"wenguan/models/civil"
)

func TestACalendarKnowsItsDaysInAnyOrder(t *testing.T) {
	t.Parallel()
	cal := civil.NewCalendar(3, []civil.Holiday{
		{Date: date("2026-10-10"), Name: "国庆节", Work: true},
		{Date: date("2026-10-01"), Name: "国庆节"},
		{Date: date("2026-10-01"), Name: "again"},
	})
	if h, ok := cal.On(date("2026-10-01")); !ok || h.Name != "国庆节" || h.Work {
		t.Errorf("1 October is %+v, %v", h, ok)
	}
	if h, ok := cal.On(date("2026-10-10")); !ok || !h.Work {
		t.Errorf("10 October is %+v, %v", h, ok)
	}
	if h, ok := cal.On(date("2026-10-02")); ok {
		t.Errorf("2 October is %+v", h)
	}
	if len(cal.Days) != 2 {
		t.Errorf("%d days", len(cal.Days))
	}
}

func TestACalendarSaysWhichYearsItKnows(t *testing.T) {
	t.Parallel()
	cal := civil.NewCalendar(0, []civil.Holiday{{Date: date("2024-12-31")}, {Date: date("2026-01-01")}})
	for year, want := range map[int]bool{2023: false, 2024: true, 2025: false, 2026: true, 2027: false} {
		if got := cal.KnowsYear(year); got != want {
			t.Errorf("KnowsYear(%d) = %v", year, got)
		}
	}
}

func TestNoCalendarKnowsNoHolidays(t *testing.T) {
	t.Parallel()
	var cal *civil.Calendar
	if _, ok := cal.On(date("2026-10-01")); ok || cal.KnowsYear(2026) {
		t.Error("nothing knows a holiday")
	}
}
