package rule_test

import (
	"testing"

	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/rule"
)

// Study rooms from 9:30 to 16:30 on working days, in a library that is open from 8:00 to 20:00.
func TestPlacesAreUsedForAPartOfTheOpeningHours(t *testing.T) {
	t.Parallel()
	rooms := func(w *wish) {
		w.book.UseHours = []rule.UseTime{{Days: rule.Days{rule.Tue, rule.Wed}, Interval: civil.Interval{Start: 9*60 + 30, End: 16*60 + 30}}}
	}
	runCases(t, []checkCase{
		{name: "within them", change: func(w *wish) { rooms(w); w.from("2026-11-25 15:30", "2026-11-25 16:30") }},
		{name: "steps begin with them", change: func(w *wish) { rooms(w); w.from("2026-11-25 09:30", "2026-11-25 11:00") }},
		{name: "after them", change: func(w *wish) { rooms(w); w.from("2026-11-25 16:00", "2026-11-25 17:00") }, code: "rule_use_hours", field: "start"},
		{name: "before them", change: func(w *wish) { rooms(w); w.from("2026-11-25 09:00", "2026-11-25 10:00") }, code: "rule_use_hours", field: "start",
			params: fault.Params{"hours": []civil.Interval{{Start: 9*60 + 30, End: 16*60 + 30}}}},
		{name: "while the venue is closed", change: func(w *wish) { rooms(w); w.from("2026-11-25 07:00", "2026-11-25 07:30") }, code: "outside_hours", field: "start"},
		{name: "a day that is named has its own hours only", change: func(w *wish) {
			rooms(w)
			w.book.UseHours = append(w.book.UseHours, rule.UseTime{Interval: civil.Interval{Start: 17 * 60, End: 20 * 60}})
			w.from("2026-11-25 17:00", "2026-11-25 18:00")
		}, code: "rule_use_hours", field: "start"},
		{name: "other days have those of every day", change: func(w *wish) {
			rooms(w)
			w.book.UseHours = append(w.book.UseHours, rule.UseTime{Interval: civil.Interval{Start: 17 * 60, End: 20 * 60}})
			w.from("2026-11-26 17:00", "2026-11-26 18:00")
		}},
		{name: "on a day without them", change: func(w *wish) { rooms(w); w.from("2026-11-26 10:00", "2026-11-26 11:00") }, code: "closed_day", field: "start",
			params: fault.Params{"reason": "use_hours"}},
	})
	w := plain()
	rooms(w)
	slots := w.book.Slots(w.ask.Place, civil.NewDate(2026, 11, 25))
	if n := len(slots); n != 14 || !slots[0].Start.Equal(moment("2026-11-25 09:30")) || !slots[13].End.Equal(moment("2026-11-25 16:30")) {
		t.Errorf("%d slots: %v", n, slots)
	}
}
