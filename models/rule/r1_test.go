package rule_test

import (
	"testing"

	"wenguan/models/rule"
)

// R1, Ji'an County Library: 108 study seats. 2026-11-24 is a Tuesday.
func county(t *testing.T) *story {
	t.Helper()
	return tell(t, "county-library-seats", hours(7*60, 22*60), nil)
}

func TestR1SameDayBookingOnlyBookingOpensAt0700EachDay(t *testing.T) {
	t.Parallel()
	s := county(t).at("2026-11-24 06:59:59")
	err := s.refused("rule_horizon", "wang", "2026-11-24 08:00", "2026-11-24 10:00")
	s.allowedAt(err, "2026-11-24 07:00")
	s.at("2026-11-24 07:00").books("wang", "2026-11-24 08:00", "2026-11-24 10:00")
	err = s.refused("rule_horizon", "li", "2026-11-25 08:00", "2026-11-25 10:00")
	s.allowedAt(err, "2026-11-25 07:00")
	s.param(err, "last", "2026-11-24")
	s.at("2026-11-24 23:59").refused("rule_horizon", "li", "2026-11-25 08:00", "2026-11-25 10:00")
}

func TestR1OneBookingLastsAtMost4Hours(t *testing.T) {
	t.Parallel()
	s := county(t).at("2026-11-24 07:00")
	err := s.refused("rule_longest", "wang", "2026-11-24 08:00", "2026-11-24 12:30")
	s.param(err, "minutes", 240)
	s.param(err, "mine", 270)
	s.books("wang", "2026-11-24 08:00", "2026-11-24 12:00")
}

func TestR1ABookedSeatIsHeld15MinutesThenReleased(t *testing.T) {
	t.Parallel()
	s := county(t).at("2026-11-24 07:00")
	early, late := s.books("wang", "2026-11-24 08:00", "2026-11-24 10:00"), s.books("li", "2026-11-24 08:00", "2026-11-24 10:00")
	s.at("2026-11-24 08:14:59").does(early, rule.DoCheckIn, "")
	s.is(late, rule.Confirmed, "")
	s.at("2026-11-24 08:15").is(late, rule.NoShow, rule.NoShowed)
	s.free(late, "2026-11-24 08:15")
	s.does(late, rule.DoCheckIn, "too_late")
	s.is(early, rule.CheckedIn, "")
	// Booked inside the step that is running: 15 minutes from the moment of booking.
	inside := s.at("2026-11-24 09:10:20").books("zhao", "2026-11-24 09:00", "2026-11-24 10:00")
	s.at("2026-11-24 09:25:59").is(inside, rule.Confirmed, "")
	s.at("2026-11-24 09:26").is(inside, rule.NoShow, rule.NoShowed)
}

func TestR1TemporaryLeaveKeepsTheSeat15Minutes(t *testing.T) {
	t.Parallel()
	s := county(t).at("2026-11-24 07:00")
	back, gone := s.books("wang", "2026-11-24 08:00", "2026-11-24 12:00"), s.books("li", "2026-11-24 08:00", "2026-11-24 12:00")
	s.at("2026-11-24 08:00")
	for _, k := range []*kept{back, gone} {
		s.does(k, rule.DoLeave, "not_checked_in")
		s.does(k, rule.DoCheckIn, "")
	}
	s.at("2026-11-24 09:00")
	s.does(back, rule.DoLeave, "")
	s.does(gone, rule.DoLeave, "")
	s.at("2026-11-24 09:10").does(gone, rule.DoLeave, "") // again: the time does not start again
	s.at("2026-11-24 09:14:59").does(back, rule.DoReturn, "")
	s.is(gone, rule.Away, "")
	s.at("2026-11-24 09:15").is(gone, rule.Completed, rule.NotBack)
	s.free(gone, "2026-11-24 09:15")
	s.is(back, rule.CheckedIn, "")
}

func TestR1ViolationsAreLeavingWithoutCheckOutAndReportedAwayAndNotBackInTime(t *testing.T) {
	t.Parallel()
	s := county(t).at("2026-11-24 07:00")
	out, stays := s.books("wang", "2026-11-24 08:00", "2026-11-24 10:00"), s.books("li", "2026-11-24 08:00", "2026-11-24 10:00")
	seen, away := s.books("zhao", "2026-11-24 08:00", "2026-11-24 10:00"), s.books("sun", "2026-11-24 08:00", "2026-11-24 10:00")
	s.at("2026-11-24 08:00")
	for _, k := range []*kept{out, stays, seen, away} {
		s.does(k, rule.DoCheckIn, "")
	}
	s.at("2026-11-24 08:30")
	s.does(seen, rule.DoReport, "", rule.Act{By: rule.AsOther})
	s.does(away, rule.DoReport, "", rule.Act{By: rule.AsOther})
	s.at("2026-11-24 08:44:59").does(seen, rule.DoCheckIn, "", rule.Act{Means: rule.BySeatCode}) // scanning the seat says: back
	s.at("2026-11-24 08:45").is(away, rule.Completed, rule.ReportedAway)
	s.free(away, "2026-11-24 08:45")
	s.is(seen, rule.CheckedIn, "")
	s.at("2026-11-24 10:00").does(out, rule.DoCheckOut, "")
	s.does(seen, rule.DoCheckOut, "")
	s.at("2026-11-24 10:05").is(stays, rule.Completed, rule.NoCheckOut)
	s.is(out, rule.Completed, "")
	s.does(out, rule.DoCheckOut, "") // again
}

func TestR1ThreeViolationsInACalendarWeekNoBookingForTheRestOfThatWeek(t *testing.T) {
	t.Parallel()
	s := county(t)
	s.at("2026-11-22 08:00").misses("wang", "2026-11-22 08:00", "2026-11-22 09:00") // Sunday: the week before
	s.at("2026-11-23 08:00").misses("wang", "2026-11-23 08:00", "2026-11-23 09:00") // Monday
	s.at("2026-11-24 08:00").misses("wang", "2026-11-24 08:00", "2026-11-24 09:00")
	s.at("2026-11-25 07:00").books("wang", "2026-11-25 20:00", "2026-11-25 21:00") // two in this week: still allowed
	gone := s.books("wang", "2026-11-25 08:00", "2026-11-25 12:00")
	s.at("2026-11-25 08:00").does(gone, rule.DoCheckIn, "")
	s.does(gone, rule.DoLeave, "")
	s.at("2026-11-25 08:15").is(gone, rule.Completed, rule.NotBack)

	err := s.refused("rule_suspended", "wang", "2026-11-25 09:00", "2026-11-25 10:00")
	s.allowedAt(err, "2026-11-30 00:00")
	s.param(err, "mine", 3)
	s.param(err, "max", 3)
	s.books("li", "2026-11-25 09:00", "2026-11-25 10:00") // others are not touched
	s.at("2026-11-29 23:00").refused("rule_suspended", "wang", "2026-11-29 21:30", "2026-11-29 22:00")
	s.at("2026-11-30 07:00").books("wang", "2026-11-30 08:00", "2026-11-30 09:00")
	if n := len(s.standing("wang").Suspensions); n != 1 {
		t.Errorf("%d suspensions", n)
	}
}
