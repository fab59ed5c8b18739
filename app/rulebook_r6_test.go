package app_test

import (
	"testing"

	"wenguan/models/booking"
	"wenguan/models/rule"
)

// R6, memorial hall. 2026-11-24 is a Tuesday.
func memorial(t *testing.T) *town {
	t.Helper()
	return under(t, "memorial-hall", hall(300, 9*60, 17*60))
}

// givesUp books and cancels n times on a day, at eight in the morning.
func (s *town) givesUp(day string, n int) {
	s.t.Helper()
	s.at(day + " 08:00")
	for range n {
		s.does(s.books("王", whole("hall", day+" 15:00", "16:00")), "cancel", "")
	}
}

// keeps books once more and cannot cancel; at the counter a manager can.
func (s *town) keeps(day, per, mine, allowed string) {
	s.t.Helper()
	b := s.at(day+" 09:00").books("王", whole("hall", day+" 15:00", "16:00"))
	s.does(b, "cancel", "rule_cancels", "per="+per, "mine="+mine, "allowed_at="+allowed)
	s.at(day + " 14:45").comes(b)
	s.does(b, "check-out", "")
}

func TestR6CancelAtMost2TimesADay4AWeek6AMonth12AYear(t *testing.T) {
	t.Parallel()
	s := memorial(t)
	s.givesUp("2026-01-06", 2)
	s.keeps("2026-01-06", "day", "2", "2026-01-07T00:00")
	s.givesUp("2026-01-07", 2)
	s.keeps("2026-01-09", "week", "4", "2026-01-12T00:00")
	s.givesUp("2026-01-13", 2)
	s.keeps("2026-01-20", "month", "6", "2026-02-01T00:00")
	s.givesUp("2026-05-12", 2)
	s.givesUp("2026-08-04", 2)
	s.givesUp("2026-11-03", 2)
	s.keeps("2026-12-30", "year", "12", "2027-01-01T00:00")
	s.givesUp("2027-01-05", 1)
	s.ends()
}

func TestR6ABookingMayBeMovedOnce(t *testing.T) {
	t.Parallel()
	s := memorial(t).at("2026-11-24 08:00")
	b := s.books("王", whole("hall", "2026-11-25 10:00", "11:00"))
	to := func(day string) map[string]string {
		return map[string]string{"start": day + "T10:00", "end": day + "T11:00"}
	}
	s.as("王").Post("/api/v1/bookings/"+b.ID+"/moves", to("2026-11-26")).Expect(200)
	s.says(s.as("王").Post("/api/v1/bookings/"+b.ID+"/moves", to("2026-11-27")), "rule_moves", "max=1", "mine=1")
	s.at("2026-11-26 10:29:59").comes(b)
	s.is(b, booking.CheckedIn, "")
	s.ends()
}

func TestR6FirstNoShowIsAWarningTheSecondWithin120DaysSuspendsFor120Days(t *testing.T) {
	t.Parallel()
	s := memorial(t)
	visit := func(day string) want { return whole("hall", day+" 10:00", "11:00") }
	s.at("2026-01-05 08:00").misses("王", visit("2026-01-05"))
	s.at("2026-05-05 08:00").misses("王", visit("2026-05-05")) // 120 days later: a first one again
	missed := s.at("2026-05-06 08:00").books("王", visit("2026-05-06"))
	s.at("2026-05-06 10:30").refused("rule_suspended", "王", whole("hall", "2026-05-06 14:00", "15:00"), "mine=2", "allowed_at=2026-09-03T10:30")
	s.is(missed, booking.NoShow, rule.NoShowed)
	s.at("2026-09-03 10:29").refused("rule_suspended", "王", whole("hall", "2026-09-03 14:00", "15:00"))
	s.at("2026-09-03 10:30").books("王", whole("hall", "2026-09-03 14:00", "15:00"))
	s.ends()
}
