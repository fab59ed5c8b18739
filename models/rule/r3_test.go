package rule_test

import (
	"testing"

	"wenguan/models/rule"
)

// R3, Wuhan Business University Library.
func university(t *testing.T) *story {
	t.Helper()
	return tell(t, "university-library-seats", hours(7*60, 22*60), nil)
}

func TestR3BookingsForTodayOrTomorrow(t *testing.T) {
	t.Parallel()
	s := university(t).at("2026-11-24 00:00")
	s.books("wang", "2026-11-24 08:00", "2026-11-24 10:00")
	s.books("wang", "2026-11-25 08:00", "2026-11-25 10:00")
	err := s.refused("rule_horizon", "wang", "2026-11-26 08:00", "2026-11-26 10:00")
	s.allowedAt(err, "2026-11-25 00:00")
}

func TestR3TodaysBookingArriveWithin30MinutesOfBooking(t *testing.T) {
	t.Parallel()
	s := university(t).at("2026-11-24 09:40")
	comes, fails := s.books("wang", "2026-11-24 10:00", "2026-11-24 12:00"), s.books("li", "2026-11-24 14:00", "2026-11-24 16:00")
	s.at("2026-11-24 10:09:59").does(comes, rule.DoCheckIn, "")
	s.is(fails, rule.Confirmed, "")
	s.at("2026-11-24 10:10").is(fails, rule.NoShow, rule.NoShowed)
}

func TestR3TomorrowsBookingArriveNoLaterThan30MinutesAfterTheBookedStart(t *testing.T) {
	t.Parallel()
	s := university(t).at("2026-11-23 20:00")
	comes, fails := s.books("wang", "2026-11-24 10:00", "2026-11-24 12:00"), s.books("li", "2026-11-24 10:00", "2026-11-24 12:00")
	s.at("2026-11-24 10:29:59").does(comes, rule.DoCheckIn, "")
	s.at("2026-11-24 10:30").is(fails, rule.NoShow, rule.NoShowed)
	s.free(fails, "2026-11-24 10:30")
}

func TestR3TemporaryLeaveKeepsTheSeat30MinutesAtMealTimes90(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, left, kept, gone string }{
		{"before lunch", "11:29:59", "11:59:59", "12:00"},
		{"lunch", "11:30", "12:59:59", "13:00"},
		{"the end of lunch time", "12:59", "14:28:59", "14:29"},
		{"after lunch", "13:00", "13:29:59", "13:30"},
		{"dinner", "17:00", "18:29:59", "18:30"},
		{"after dinner", "18:30", "18:59:59", "19:00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := university(t).at("2026-11-24 08:00")
			k := s.books("wang", "2026-11-24 08:00", "2026-11-24 22:00")
			s.does(k, rule.DoCheckIn, "")
			s.at("2026-11-24 "+c.left).does(k, rule.DoLeave, "")
			s.at("2026-11-24 "+c.kept).is(k, rule.Away, "")
			s.at("2026-11-24 "+c.gone).is(k, rule.Completed, rule.NotBack)
		})
	}
}

// violates gives the holder three violations on the day, at 08:00, 09:30 and 11:00 or later.
func (s *story) violates(who, day string) {
	s.Helper()
	for _, at := range []string{"08:00", "09:30", "11:00"} {
		s.at(day+" "+at).misses(who, day+" "+at, day+" 12:00")
	}
}

func TestR3ThreeWithin30DaysBlacklisted1Day(t *testing.T) {
	t.Parallel()
	s := university(t)
	s.at("2026-10-26 08:00").misses("li", "2026-10-26 08:00", "2026-10-26 09:00") // 30 days before: no longer counts
	s.at("2026-11-01 08:00").misses("wang", "2026-11-01 08:00", "2026-11-01 09:00")
	s.at("2026-11-20 08:00").misses("wang", "2026-11-20 08:00", "2026-11-20 09:00")
	s.at("2026-11-25 08:00").misses("li", "2026-11-25 08:00", "2026-11-25 08:30")
	s.at("2026-11-25 09:00").misses("li", "2026-11-25 09:00", "2026-11-25 09:30")
	s.books("li", "2026-11-25 20:00", "2026-11-25 21:00")
	s.at("2026-11-25 10:00").misses("wang", "2026-11-25 10:00", "2026-11-25 11:00")
	err := s.refused("rule_suspended", "wang", "2026-11-25 11:00", "2026-11-25 12:00")
	s.allowedAt(err, "2026-11-26 10:30")
	s.at("2026-11-26 10:29").refused("rule_suspended", "wang", "2026-11-26 11:00", "2026-11-26 12:00")
	s.at("2026-11-26 10:30").books("wang", "2026-11-26 11:00", "2026-11-26 12:00")
}

func TestR3Blacklisted3TimesRunningSuspended10Days(t *testing.T) {
	t.Parallel()
	s := university(t)
	s.violates("wang", "2026-11-02")
	s.violates("wang", "2026-11-10")
	err := s.refused("rule_suspended", "wang", "2026-11-10 14:00", "2026-11-10 15:00")
	s.allowedAt(err, "2026-11-11 11:30")
	s.violates("wang", "2026-11-18")
	err = s.refused("rule_suspended", "wang", "2026-11-18 14:00", "2026-11-18 15:00")
	s.allowedAt(err, "2026-11-28 11:30")
	s.param(err, "nth", 3)
}
