package rule_test

import (
	"testing"

	"wenguan/models/fault"
	"wenguan/models/rule"
)

// "From the 25th of each month at nine, the next month can be booked", first come, first served.
func monthly(change ...func(*rule.Monthly)) func(*wish) {
	return func(w *wish) {
		m := &rule.Monthly{From: 25, At: 9 * 60}
		for _, c := range change {
			c(m)
		}
		w.book.Opening = rule.Opening{Opens: rule.MonthWindow, Monthly: m}
		w.from("2026-12-15 10:00", "2026-12-15 12:00")
	}
}

func TestAMonthIsBookedFromADayOfTheMonthBefore(t *testing.T) {
	t.Parallel()
	until := func(m *rule.Monthly) { m.Until, m.Till = 27, 17*60 }
	end := func(m *rule.Monthly) { m.From, m.At = 31, 0 }
	same := func(m *rule.Monthly) { m.Ahead = new(int32(0)) }
	at := func(now string, others ...func(*wish)) func(*wish) {
		return func(w *wish) {
			for _, o := range others {
				o(w)
			}
			w.now = moment(now)
		}
	}
	runCases(t, []checkCase{
		{name: "a second too early", change: at("2026-11-25 08:59", monthly()), code: "rule_monthly_from", field: "start",
			params: fault.Params{"opens": moment("2026-11-25 09:00"), "allowed_at": moment("2026-11-25 09:00"), "allowed_start": nil}},
		{name: "at nine", change: at("2026-11-25 09:00", monthly())},
		{name: "it stays open", change: at("2026-12-14 12:00", monthly())},
		{name: "the month after is not open yet", change: at("2026-12-14 12:00", monthly(), func(w *wish) { w.from("2027-01-04 10:00", "2027-01-04 12:00") }), code: "rule_monthly_from", field: "start",
			params: fault.Params{"opens": moment("2026-12-25 09:00")}},
		{name: "over the turn of the year", change: at("2026-12-25 09:00", monthly(), func(w *wish) { w.from("2027-01-04 10:00", "2027-01-04 12:00") })},
		{name: "until five of the 27th", change: at("2026-11-27 16:59", monthly(until))},
		{name: "until the end of the 27th where no time is given", change: at("2026-11-27 23:59", monthly(func(m *rule.Monthly) { m.Until = 27 }))},
		{name: "and no longer", change: at("2026-11-27 17:00", monthly(until)), code: "rule_monthly", field: "start", params: fault.Params{"closes": moment("2026-11-27 17:00")}},
		{name: "another month than the open one is named", change: at("2026-11-26 12:00", monthly(until), func(w *wish) { w.from("2026-11-30 10:00", "2026-11-30 12:00") }), code: "rule_monthly", field: "start",
			params: fault.Params{"allowed_start": moment("2026-12-01 00:00")}},
		{name: "the 31st of a month of thirty days is its last", change: at("2026-11-30 00:00", monthly(end))},
		{name: "and not before", change: at("2026-11-29 23:59", monthly(end)), code: "rule_monthly_from", field: "start"},
		{name: "the same month", change: at("2026-12-01 12:00", monthly(same)), code: "rule_monthly_from", field: "start", params: fault.Params{"opens": moment("2026-12-25 09:00")}},
		{name: "what is over when its month opens is never said to be allowed then", change: at("2026-12-01 12:00", monthly(same)), code: "rule_monthly_from", field: "start", params: fault.Params{"allowed_at": nil}},
		{name: "a booking over the end of a month is in no window where the end counts", change: at("2026-11-26 12:00", monthly(), func(w *wish) {
			w.book.HorizonToEnd = true
			w.ask.Place = rule.Open(w.ask.Place.Where, shanghai, hours(0, 1440), nil)
			w.from("2026-12-31 22:00", "2027-01-01 02:00")
		}), code: "rule_month_end", field: "end", params: fault.Params{"until": moment("2027-01-01 00:00")}},
	})
	b := plain().book
	b.Opening = rule.Opening{Opens: rule.MonthWindow, Monthly: &rule.Monthly{From: 25, At: 9 * 60}}
	if n := b.Ahead(); n != 62 {
		t.Errorf("%d days ahead", n)
	}
}

func TestMonthlyWindowsThatCannotBeAreRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name        string
		opening     rule.Opening
		field, code string
	}{
		{"without a window", rule.Opening{Opens: rule.MonthWindow}, "monthly", "required"},
		{"on no day", rule.Opening{Opens: rule.MonthWindow, Monthly: &rule.Monthly{}}, "monthly.from", "out_of_range"},
		{"closed before it opens", rule.Opening{Opens: rule.MonthWindow, Monthly: &rule.Monthly{From: 10, Until: 5, Till: 60}}, "monthly.until", "month_window_ends_before_start"},
		{"opened when the month is over", rule.Opening{Opens: rule.MonthWindow, Monthly: &rule.Monthly{From: 31, At: 1439, Ahead: new(int32(0))}}, "monthly", "never_bookable"},
		{"a time without a day", rule.Opening{Opens: rule.MonthWindow, Monthly: &rule.Monthly{From: 1, Till: 60}}, "monthly.till", "no_effect"},
		{"beside weeks", rule.Opening{Opens: rule.MonthWindow, Monthly: &rule.Monthly{From: 1}, Weekly: &rule.Weekly{}}, "weekly", "no_effect"},
		{"without opening by the month", rule.Opening{Monthly: &rule.Monthly{From: 1}}, "monthly", "no_effect"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			b := plain().book
			b.Opening = c.opening
			faults := rule.Validate(&b, rule.Context{})
			if len(faults) != 1 || faults[0].Field != c.field || faults[0].Code != c.code {
				t.Errorf("refused with %v", faults)
			}
		})
	}
}
