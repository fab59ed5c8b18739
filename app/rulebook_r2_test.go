package app_test

import (
	"testing"
	"time"

	"wenguan/app/apptest"
	"wenguan/models/booking"
	"wenguan/models/rule"
)

// R2, Shenzhen Library North. 2026-11-24 is a Tuesday; closed Mondays.
func cityEntry(t *testing.T) *town {
	t.Helper()
	return under(t, "city-library-entry", hall(2000, 9*60, 17*60, time.Monday))
}

func citySeats(t *testing.T, n int) *town {
	t.Helper()
	return under(t, "city-library-seats", seats(n, 9*60, 17*60, time.Monday))
}

func morning(space, day string) want { return whole(space, day+" 09:00", "13:00") }

func afternoon(space, day string) want { return whole(space, day+" 13:00", "17:00") }

func TestR2EntryOpensDailyAt1000ForTheNextDayInSessionsOf500People(t *testing.T) {
	t.Parallel()
	s := cityEntry(t).at("2026-11-24 09:59:59")
	s.refused("rule_horizon", "王", morning("hall", "2026-11-25"), "allowed_at=2026-11-24T10:00")
	s.at("2026-11-24 10:00").books("王", morning("hall", "2026-11-25"))
	s.refused("rule_horizon", "李", morning("hall", "2026-11-26"), "allowed_at=2026-11-25T10:00")
	s.refused("rule_session", "李", whole("hall", "2026-11-25 09:00", "12:00"))
	s.refused("rule_session", "李", whole("hall", "2026-11-25 09:00", "17:00"))
	group := morning("hall", "2026-11-25")
	group.party = 500
	s.refused("session_full", "李", group, "max=500", "left=499")
	group.party = 499
	s.books("李", group)
	s.refused("session_full", "赵", morning("hall", "2026-11-25"), "max=500", "left=0")
	s.books("赵", afternoon("hall", "2026-11-25"))
	s.at("2026-11-29 10:00").refused("closed_day", "赵", morning("hall", "2026-11-30")) // a Monday
	s.ends()
}

func TestR2BookingStops30MinutesBeforeClosing(t *testing.T) {
	t.Parallel()
	s := cityEntry(t).at("2026-11-25 16:29:59")
	b := s.books("王", afternoon("hall", "2026-11-25"))
	s.comes(b)
	s.at("2026-11-25 16:30").refused("rule_stop", "李", afternoon("hall", "2026-11-25"), "minutes=30", "stopped=2026-11-25T16:30")
	s.ends()
}

func TestR2ThreeMissedEntriesWithoutCancellingSuspendEntryBookingFor7Days(t *testing.T) {
	t.Parallel()
	s := cityEntry(t)
	s.at("2026-11-17 10:00").misses("王", morning("hall", "2026-11-18"))
	given := s.at("2026-11-18 14:00").books("王", morning("hall", "2026-11-19"))
	s.does(given, "cancel", "") // it does not count
	s.at("2026-11-19 14:00").misses("王", morning("hall", "2026-11-20"))
	s.at("2026-11-23 14:00").misses("王", morning("hall", "2026-11-24"))
	s.refused("rule_suspended", "王", morning("hall", "2026-11-25"), "mine=3", "max=3", "allowed_at=2026-12-01T13:00")
	s.job().refused("rule_suspended", "王", morning("hall", "2026-11-25"), "mine=3")
	s.at("2026-12-01 12:59").refused("rule_suspended", "王", morning("hall", "2026-12-02"))
	s.at("2026-12-01 13:00").misses("王", morning("hall", "2026-12-02")) // the three are used up: this is the first again
	s.at("2026-12-02 14:00").books("王", morning("hall", "2026-12-03"))
	s.ends()
}

func TestR2OneSeatPerReaderCheckedInByTheSeatsCodeBy0930Or1330(t *testing.T) {
	t.Parallel()
	s := citySeats(t, 3).at("2026-11-24 10:00")
	early, late := s.books("王", morning("seats", "2026-11-25")), s.books("李", morning("seats", "2026-11-25"))
	s.refused("rule_after_check_out", "王", morning("s03", "2026-11-25"))
	noon := s.books("赵", afternoon("seats", "2026-11-25"))
	s.at("2026-11-25 09:29:59").does(early, "check-in", "rule_check_in_by")
	s.scansSeat(early)
	s.at("2026-11-25 09:30").is(late, booking.NoShow, rule.NoShowed)
	s.at("2026-11-25 10:00").refused("rule_after_check_out", "王", afternoon("seats", "2026-11-25"), "allowed_at=2026-11-25T13:00")
	s.does(early, "check-out", "")
	second := s.books("王", afternoon("seats", "2026-11-25"))
	s.at("2026-11-25 13:29:59").scansSeat(noon)
	s.at("2026-11-25 13:30").is(second, booking.NoShow, rule.NoShowed)
	s.ends()
}

func TestR2CancelOneHourBeforeTheStartElseItCountsAsANoShow(t *testing.T) {
	t.Parallel()
	s := citySeats(t, 1).at("2026-11-24 10:00")
	b := s.books("王", morning("seats", "2026-11-25"))
	s.at("2026-11-25 08:00").does(b, "cancel", "")
	s.is(b, booking.Cancelled, "")
	for _, day := range []string{"2026-11-25", "2026-11-26", "2026-11-27"} {
		late := s.books("王", morning("seats", day))
		s.at(day+" 08:01").does(late, "cancel", "")
		s.does(late, "cancel", "")
		s.is(late, booking.Cancelled, rule.LateCanceled)
		s.at(day + " 10:00")
	}
	s.refused("rule_suspended", "王", morning("seats", "2026-11-28"), "mine=3", "allowed_at=2026-12-04T08:01")
	s.books("李", morning("seats", "2026-11-28"))
	s.ends()
}

func TestR2ASeatsCodeShowsItsStateAndAFreeSeatIsTakenByScanningIt(t *testing.T) {
	t.Parallel()
	s := citySeats(t, 2).at("2026-11-24 10:00")
	b := s.books("王", morning("s01", "2026-11-25"))
	state := func(space string) any {
		return apptest.Decode[map[string]any](s.Anonymous().Get("/api/v1/codes/" + s.code(space)).Expect(200))["state"]
	}
	s.at("2026-11-25 09:20").scansSeat(b)
	if state("s01") != "in_use" || state("s02") != "free" {
		t.Errorf("the seats are %v and %v", state("s01"), state("s02"))
	}
	s.as("李").Post("/api/v1/codes/"+s.code("s02")+"/bookings", map[string]string{"start": "2026-11-25T09:00", "end": "2026-11-25T13:00"}).Expect(201)
	if state("s02") != "in_use" {
		t.Errorf("after the scan the free seat is %v", state("s02"))
	}
	s.refused("space_taken", "赵", morning("seats", "2026-11-25"))
	s.ends()
}

// code is what the sticker on a space says.
func (s *town) code(space string) string {
	s.t.Helper()
	list, err := s.Desk.MakeSeatCodes(s.t.Context(), apptest.System, "place", "")
	if err != nil {
		s.t.Fatal(err)
	}
	for _, c := range list {
		if c.Space == space {
			return c.ID
		}
	}
	s.t.Fatalf("%s has no code", space)
	return ""
}

// scansSeat is the holder who scans the code of the seat that they got.
func (s *town) scansSeat(b *told) {
	s.t.Helper()
	s.as(b.who).Post("/api/v1/codes/"+s.code(b.Assigned[0].ID)+"/check-in", nil).Expect(200)
}
