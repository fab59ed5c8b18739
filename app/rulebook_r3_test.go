package app_test

import (
	"testing"

	"wenguan/models/booking"
	"wenguan/models/rule"
)

// R3, Wuhan Business University Library.
func university(t *testing.T, n int) *town {
	t.Helper()
	return under(t, "university-library-seats", seats(n, 7*60, 22*60))
}

func TestR3BookingsForTodayOrTomorrowTodaysArriveWithin30MinutesOfBooking(t *testing.T) {
	t.Parallel()
	s := university(t, 3).at("2026-11-24 09:40")
	comes, fails := s.books("王", whole("seats", "2026-11-24 10:00", "12:00")), s.books("李", whole("seats", "2026-11-24 14:00", "16:00"))
	s.refused("rule_horizon", "李", whole("seats", "2026-11-26 08:00", "10:00"), "allowed_at=2026-11-25T00:00")
	s.at("2026-11-24 10:09:59").comes(comes)
	s.at("2026-11-24 10:10").is(fails, booking.NoShow, rule.NoShowed)
	s.comesLate(fails, "too_late")
	s.ends()
}

func TestR3TomorrowsBookingArriveNoLaterThan30MinutesAfterTheBookedStart(t *testing.T) {
	t.Parallel()
	s := university(t, 2).at("2026-11-23 20:00")
	comes, fails := s.books("王", whole("seats", "2026-11-24 10:00", "12:00")), s.books("李", whole("seats", "2026-11-24 10:00", "12:00"))
	s.at("2026-11-24 09:44").comesLate(comes, "too_early", "opens=2026-11-24T09:45")
	s.at("2026-11-24 10:29:59").comes(comes)
	s.at("2026-11-24 10:30").is(fails, booking.NoShow, rule.NoShowed)
	s.books("赵", whole("seats", "2026-11-24 10:30", "12:00")) // released, and no job has run
	s.ends()
}

func TestR3TemporaryLeaveKeepsTheSeat30MinutesAtMealTimes90(t *testing.T) {
	t.Parallel()
	s := university(t, 10).at("2026-11-24 11:00")
	for i, c := range []struct{ left, kept, gone string }{
		{"11:29:59", "11:59:59", "12:00"},
		{"11:30", "12:59:59", "13:00"},
		{"12:59", "14:28:59", "14:29"},
		{"13:00", "13:29:59", "13:30"},
		{"17:00", "18:29:59", "18:30"},
		{"18:29", "19:58:59", "19:59"},
		{"18:30", "18:59:59", "19:00"},
	} {
		s.at("2026-11-24 11:00")
		b := s.books("读者"+string(rune('甲'+i)), whole("seats", "2026-11-24 11:00", "22:00"))
		s.comes(b)
		s.at("2026-11-24 "+c.left).does(b, "leave", "")
		s.at("2026-11-24 "+c.kept).is(b, booking.Away, "")
		s.at("2026-11-24 "+c.gone).is(b, booking.Completed, rule.NotBack)
	}
	s.ends()
}

// breaks gives somebody three violations on a day; the third counts at 11:30.
func (s *town) breaks(who, day string) {
	s.t.Helper()
	for _, from := range []string{"08:00", "09:30", "11:00"} {
		s.at(day+" "+from).misses(who, whole("seats", day+" "+from, "12:00"))
	}
}

func TestR3ThreeWithin30DaysBlacklistedForADayThreeTimesRunningSuspended10Days(t *testing.T) {
	t.Parallel()
	s := university(t, 20)
	s.at("2026-09-30 08:00").misses("李", whole("seats", "2026-09-30 08:00", "09:00")) // 30 days before: it no longer counts
	s.at("2026-10-30 08:00").misses("李", whole("seats", "2026-10-30 08:00", "09:00"))
	s.at("2026-10-30 10:00").misses("李", whole("seats", "2026-10-30 10:00", "11:00"))
	s.books("李", whole("seats", "2026-10-30 20:00", "21:00"))
	s.breaks("王", "2026-11-02")
	s.refused("rule_suspended", "王", whole("seats", "2026-11-02 14:00", "15:00"), "mine=3", "allowed_at=2026-11-03T11:30")
	s.at("2026-11-03 11:29").refused("rule_suspended", "王", whole("seats", "2026-11-03 14:00", "15:00"))
	s.at("2026-11-03 11:30").job()
	s.breaks("王", "2026-11-10")
	s.refused("rule_suspended", "王", whole("seats", "2026-11-10 14:00", "15:00"), "allowed_at=2026-11-11T11:30")
	s.breaks("王", "2026-11-18")
	s.refused("rule_suspended", "王", whole("seats", "2026-11-18 14:00", "15:00"), "nth=3", "allowed_at=2026-11-28T11:30")
	s.at("2026-11-28 11:30").books("王", whole("seats", "2026-11-28 14:00", "15:00"))
	s.ends()
}
