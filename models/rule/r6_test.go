package rule_test

import (
	"testing"

	"wenguan/models/rule"
)

// R6, memorial hall. 2026-11-24 is a Tuesday.
func memorial(t *testing.T) *story {
	t.Helper()
	return tell(t, "memorial-hall", hours(9*60, 17*60), nil)
}

// cancels books and cancels at the moment n times.
func (s *story) cancelsAt(when string, n int) *story {
	s.Helper()
	s.at(when)
	for range n {
		k := s.books("wang", when[:11]+"15:00", when[:11]+"16:00")
		s.does(k, rule.DoCancel, "")
	}
	return s
}

// cannotCancel books once more, and fails unless cancelling is refused.
func (s *story) cannotCancel(when, per string, mine int, allowed string) {
	s.Helper()
	s.at(when)
	k := s.books("wang", when[:11]+"15:00", when[:11]+"16:00")
	err := s.does(k, rule.DoCancel, "rule_cancels")
	s.param(err, "per", per)
	s.param(err, "mine", mine)
	s.allowedAt(err, allowed)
	s.does(k, rule.DoCancel, "", rule.Act{By: rule.AsStaff}) // at the counter it is possible
	s.cancels["wang"] = s.cancels["wang"][:len(s.cancels["wang"])-1]
}

func TestR6CancelAtMost2TimesADay(t *testing.T) {
	t.Parallel()
	s := memorial(t).cancelsAt("2026-11-24 08:00", 2)
	s.cannotCancel("2026-11-24 09:00", "day", 2, "2026-11-25 00:00")
	s.cancelsAt("2026-11-25 00:00", 1)
}

func TestR6CancelAtMost4AWeek(t *testing.T) {
	t.Parallel()
	s := memorial(t).cancelsAt("2026-11-24 08:00", 2).cancelsAt("2026-11-25 08:00", 2)
	s.cannotCancel("2026-11-27 09:00", "week", 4, "2026-11-30 00:00")
	s.cancelsAt("2026-11-30 08:00", 1)
}

func TestR6CancelAtMost6AMonth(t *testing.T) {
	t.Parallel()
	s := memorial(t).cancelsAt("2026-11-03 08:00", 2).cancelsAt("2026-11-10 08:00", 2).cancelsAt("2026-11-17 08:00", 2)
	s.cannotCancel("2026-11-24 09:00", "month", 6, "2026-12-01 00:00")
	s.cancelsAt("2026-12-01 08:00", 1)
}

func TestR6CancelAtMost12AYear(t *testing.T) {
	t.Parallel()
	s := memorial(t)
	for _, day := range []string{"2026-05-05", "2026-06-02", "2026-07-07", "2026-08-04", "2026-09-01", "2026-10-06"} {
		s.cancelsAt(day+" 08:00", 2)
	}
	s.cannotCancel("2026-12-30 09:00", "year", 12, "2027-01-01 00:00")
	s.cancelsAt("2027-01-01 08:00", 1)
}

func TestR6ABookingMayBeMovedOnce(t *testing.T) {
	t.Parallel()
	s := memorial(t).at("2026-11-24 08:00")
	k := s.books("wang", "2026-11-25 10:00", "2026-11-25 11:00")
	to := s.request("wang", "2026-11-26 10:00", "2026-11-26 11:00", func(r *rule.Request) { r.Self = k.id })
	if err := rule.Check(s.book, to, s.history("wang"), s.now); err != nil {
		t.Fatal(err)
	}
	moved, err := rule.MoveTo(s.book, k.facts, &to, rule.Act{Now: s.now, By: rule.AsHolder})
	if err != nil || !moved.Start.Equal(to.Span.Start) || moved.Moves != 1 || !moved.Closes.Equal(moment("2026-11-26 10:30")) {
		t.Fatalf("moved to %+v, %v", moved, err)
	}
	if _, err = rule.MoveTo(s.book, moved, &to, rule.Act{Now: s.now, By: rule.AsHolder}); codeOf(err) != "rule_moves" {
		t.Errorf("moved again: %v", err)
	}
	s.param(err, "max", 1)
	s.param(err, "mine", 1)
}

func TestR6FirstNoShowIsAWarningTheSecondWithin120DaysSuspendsFor120Days(t *testing.T) {
	t.Parallel()
	s := memorial(t)
	s.at("2026-01-05 08:00").misses("wang", "2026-01-05 10:00", "2026-01-05 11:00")
	if st := s.standing("wang"); len(st.Warnings) != 1 || len(st.Suspensions) != 0 {
		t.Fatalf("after the first: %+v", st)
	}
	s.at("2026-05-05 08:00").misses("wang", "2026-05-05 10:00", "2026-05-05 11:00") // 120 days later: a first one again
	if st := s.standing("wang"); len(st.Warnings) != 2 || len(st.Suspensions) != 0 || st.Strikes[0].State != rule.StrikeExpired {
		t.Fatalf("after 120 days: %+v", st)
	}
	s.books("wang", "2026-05-06 10:00", "2026-05-06 11:00")
	s.at("2026-05-06 10:30") // not come for
	err := s.refused("rule_suspended", "wang", "2026-05-06 14:00", "2026-05-06 15:00")
	s.allowedAt(err, "2026-09-03 10:30")
	s.at("2026-09-03 10:30").books("wang", "2026-09-03 14:00", "2026-09-03 15:00")
}
