package app_test

import (
	"testing"

	"wenguan/models/booking"
	"wenguan/models/rule"
	"wenguan/models/venue"
)

// R1, Ji'an County Library: 108 study seats. 2026-11-24 is a Tuesday.
func county(t *testing.T, n int) *town {
	t.Helper()
	return under(t, "county-library-seats", seats(n, 7*60, 22*60))
}

func TestR1SameDayBookingOpensAt0700(t *testing.T) {
	t.Parallel()
	s := county(t, 108).at("2026-11-24 06:59:59")
	morning := whole("seats", "2026-11-24 08:00", "12:00")
	s.refused("rule_horizon", "王", morning, "allowed_at=2026-11-24T07:00")
	s.at("2026-11-24 07:00").books("王", morning)
	s.refused("rule_horizon", "李", whole("seats", "2026-11-25 08:00", "10:00"), "allowed_at=2026-11-25T07:00", "last=2026-11-24")
	s.refused("rule_longest", "李", whole("seats", "2026-11-24 08:00", "12:30"), "minutes=240", "mine=270")
	s.ends()
}

func TestR1ABookedSeatIsHeld15MinutesThenWhoeverAsksNextGetsIt(t *testing.T) {
	t.Parallel()
	s := county(t, 1).at("2026-11-24 07:00")
	morning := whole("seats", "2026-11-24 08:00", "12:00")
	late := s.books("王", morning)
	s.at("2026-11-24 08:14:59").refused("space_taken", "李", whole("seats", "2026-11-24 08:30", "12:00"))
	s.at("2026-11-24 08:15").is(late, booking.NoShow, rule.NoShowed) // no job has run
	next := s.books("李", whole("seats", "2026-11-24 08:00", "12:00"))
	s.comesLate(late, "too_late", "closed=2026-11-24T08:15")
	s.comes(next)
	s.job().job()
	s.is(late, booking.NoShow, rule.NoShowed)
	s.is(next, booking.CheckedIn, "")
	s.at("2026-11-24 12:00").does(next, "check-out", "")
	s.ends()
}

func TestR1TemporaryLeaveKeepsTheSeat15Minutes(t *testing.T) {
	t.Parallel()
	s := county(t, 2).at("2026-11-24 07:00")
	back, gone := s.books("王", whole("seats", "2026-11-24 08:00", "12:00")), s.books("李", whole("seats", "2026-11-24 08:00", "12:00"))
	s.at("2026-11-24 08:00").does(back, "leave", "not_checked_in")
	s.comes(back)
	s.comes(gone)
	s.at("2026-11-24 09:00").does(back, "leave", "")
	s.does(gone, "leave", "")
	s.does(gone, "report as 王", "on_leave", "back_by=2026-11-24T09:15")
	s.at("2026-11-24 09:10").does(gone, "leave", "") // a second tap: the time does not start again
	s.at("2026-11-24 09:14:59").does(back, "return", "")
	s.does(back, "return", "")
	s.at("2026-11-24 09:15").is(gone, booking.Completed, rule.NotBack)
	s.does(gone, "return", "booking_over")
	s.is(back, booking.CheckedIn, "")
	s.books("赵", whole("seats", "2026-11-24 09:30", "12:00")) // the seat of who is not back
	s.at("2026-11-24 12:00").does(back, "check-out", "")
	s.ends()
}

func TestR1WhoIsReportedAwayAndNotBackBreaksARuleAndSoDoesWhoLeavesWithoutCheckOut(t *testing.T) {
	t.Parallel()
	s := county(t, 4).at("2026-11-24 07:00")
	var all []*told
	for _, who := range []string{"王", "李", "赵", "孙"} {
		all = append(all, s.books(who, whole("seats", "2026-11-24 08:00", "10:00")))
	}
	out, stays, seen, away := all[0], all[1], all[2], all[3]
	s.at("2026-11-24 08:00")
	for _, b := range all {
		s.comes(b)
	}
	s.at("2026-11-24 08:30").does(seen, "report as 邻座", "")
	s.does(away, "report as 邻座", "")
	s.does(away, "report as 邻座", "")
	s.does(away, "leave", "reported_away")
	s.at("2026-11-24 08:44:59").does(seen, "return", "")
	s.at("2026-11-24 08:45").is(away, booking.Completed, rule.ReportedAway)
	s.is(seen, booking.CheckedIn, "")
	s.at("2026-11-24 10:00").does(out, "check-out", "")
	s.does(out, "check-out", "")
	s.does(seen, "check-out", "")
	s.at("2026-11-24 11:00").job().is(stays, booking.Completed, rule.NoCheckOut)
	s.is(out, booking.Completed, "")
	s.ends()
}

func TestR1ThreeViolationsInACalendarWeekNoBookingForTheRestOfThatWeek(t *testing.T) {
	t.Parallel()
	s := county(t, 5)
	s.at("2026-11-22 08:00").misses("王", whole("seats", "2026-11-22 08:00", "09:00")) // Sunday: the week before
	s.at("2026-11-23 08:00").misses("王", whole("seats", "2026-11-23 08:00", "09:00"))
	s.at("2026-11-24 08:00").misses("王", whole("seats", "2026-11-24 08:00", "09:00"))
	s.job()
	gone := s.at("2026-11-25 08:00").books("王", whole("seats", "2026-11-25 08:00", "12:00")) // two in this week
	s.comes(gone)
	s.does(gone, "leave", "")
	s.at("2026-11-25 08:15") // not back: the third, before any job has run
	s.refused("rule_suspended", "王", whole("seats", "2026-11-25 09:00", "10:00"), "mine=3", "max=3", "allowed_at=2026-11-30T00:00")
	s.job().job().job()
	s.refused("rule_suspended", "王", whole("seats", "2026-11-25 09:00", "10:00"), "mine=3")
	s.books("李", whole("seats", "2026-11-25 09:00", "10:00"))
	s.at("2026-11-29 21:00").refused("rule_suspended", "王", whole("seats", "2026-11-29 21:30", "22:00"))
	s.at("2026-11-30 07:00").books("王", whole("seats", "2026-11-30 08:00", "09:00"))
	s.ends()
}

func TestR1AViolationDuringAPowerCutIsForgivenWhenItIsWrittenDown(t *testing.T) {
	t.Parallel()
	s := county(t, 5)
	for _, from := range []string{"08:00", "09:00", "10:00"} {
		s.at("2026-11-24 "+from).misses("王", want{space: "seats", from: "2026-11-24 " + from, to: "2026-11-24 12:00"})
	}
	s.at("2026-11-24 11:00").refused("rule_suspended", "王", whole("seats", "2026-11-24 11:00", "12:00"))
	v, err := s.Venues.Get(t.Context(), "place")
	if err != nil {
		t.Fatal(err)
	}
	cut := *v
	cut.Closures = []venue.Closure{{
		ID: "cut", Start: s.Clock.Now().Add(-3 * 3600e9), End: s.Clock.Now().Add(-2 * 3600e9), Reason: venue.Text{ZH: "停电"}, Outage: true,
	}}
	s.Save(&cut)
	s.books("王", whole("seats", "2026-11-24 11:00", "12:00"))
	s.ends()
}
