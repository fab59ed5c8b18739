package rule_test

import (
	"fmt"
	"testing"
	"time"

	"wenguan/models/rule"
)

// R2, Shenzhen Library North. 2026-11-24 is a Tuesday; closed Mondays.
func cityEntry(t *testing.T) *story {
	t.Helper()
	return tell(t, "city-library-entry", hours(9*60, 17*60, time.Monday), nil)
}

func citySeats(t *testing.T) *story {
	t.Helper()
	return tell(t, "city-library-seats", hours(9*60, 17*60, time.Monday), nil)
}

func TestR2EntryOpensDailyAt1000ForTheNextDay(t *testing.T) {
	t.Parallel()
	s := cityEntry(t).at("2026-11-24 09:59")
	err := s.refused("rule_horizon", "wang", "2026-11-25 09:00", "2026-11-25 13:00")
	s.allowedAt(err, "2026-11-24 10:00")
	s.at("2026-11-24 10:00").books("wang", "2026-11-25 09:00", "2026-11-25 13:00")
	s.refused("rule_horizon", "li", "2026-11-26 09:00", "2026-11-26 13:00")
}

func TestR2Sessions0900To1300And1300To1700Of500PeopleEach(t *testing.T) {
	t.Parallel()
	s := cityEntry(t).at("2026-11-24 10:00")
	s.refused("rule_session", "wang", "2026-11-25 09:00", "2026-11-25 12:00")
	s.refused("rule_session", "wang", "2026-11-25 09:00", "2026-11-25 17:00")
	for i := range 499 {
		s.books(fmt.Sprint("reader ", i), "2026-11-25 09:00", "2026-11-25 13:00")
	}
	s.books("wang", "2026-11-25 09:00", "2026-11-25 13:00")
	err := s.refused("session_full", "li", "2026-11-25 09:00", "2026-11-25 13:00")
	s.param(err, "max", 500)
	s.param(err, "left", 0)
	s.books("li", "2026-11-25 13:00", "2026-11-25 17:00")
}

func TestR2BookingStops30MinutesBeforeClosing(t *testing.T) {
	t.Parallel()
	s := cityEntry(t).at("2026-11-25 16:29:59")
	s.books("wang", "2026-11-25 13:00", "2026-11-25 17:00")
	err := s.at("2026-11-25 16:30").refused("rule_stop", "li", "2026-11-25 13:00", "2026-11-25 17:00")
	s.param(err, "minutes", 30)
}

func TestR2ThreeMissedEntriesWithoutCancellingSuspendEntryBookingFor7Days(t *testing.T) {
	t.Parallel()
	s := cityEntry(t)
	s.at("2026-11-17 10:00").misses("wang", "2026-11-18 09:00", "2026-11-18 13:00")
	s.at("2026-11-18 14:00")
	given := s.books("wang", "2026-11-19 09:00", "2026-11-19 13:00")
	s.does(given, rule.DoCancel, "") // cancelled: it does not count
	s.at("2026-11-19 14:00").misses("wang", "2026-11-20 09:00", "2026-11-20 13:00")
	s.at("2026-11-23 14:00").misses("wang", "2026-11-24 09:00", "2026-11-24 13:00")
	err := s.refused("rule_suspended", "wang", "2026-11-25 09:00", "2026-11-25 13:00")
	s.allowedAt(err, "2026-12-01 13:00")
	seat := func(r *rule.Request) { r.Space = rule.Space{ID: "seat 7", Of: "seats"} }
	s.books("wang", "2026-11-25 09:00", "2026-11-25 13:00", seat) // entry booking is suspended, other spaces are not
	s.at("2026-12-01 12:59").refused("rule_suspended", "wang", "2026-12-02 09:00", "2026-12-02 13:00")
	s.at("2026-12-01 13:00").books("wang", "2026-12-02 09:00", "2026-12-02 13:00")
	// The three are used up: one more is the first again.
	s.at("2026-12-02 13:00").books("wang", "2026-12-03 09:00", "2026-12-03 13:00")
}

func TestR2SeatsSameReleaseTimeOneSeatPerReaderAtATime(t *testing.T) {
	t.Parallel()
	s := citySeats(t).at("2026-11-24 09:59")
	s.refused("rule_horizon", "wang", "2026-11-25 09:00", "2026-11-25 13:00")
	s.at("2026-11-24 10:00").books("wang", "2026-11-25 09:00", "2026-11-25 13:00")
	s.book.NextAfter = "" // the rule after this one would speak first
	s.refused("one_at_a_time", "wang", "2026-11-25 09:00", "2026-11-25 13:00", func(r *rule.Request) { r.Space.ID = "another" })
	s.refused("rule_party", "li", "2026-11-25 09:00", "2026-11-25 13:00", party(2))
}

func TestR2CheckInByScanningTheSeatsCodeBy0930Or1330(t *testing.T) {
	t.Parallel()
	s := citySeats(t).at("2026-11-24 10:00")
	morning, noon := s.books("wang", "2026-11-25 09:00", "2026-11-25 13:00"), s.books("li", "2026-11-25 13:00", "2026-11-25 17:00")
	missed := s.books("zhao", "2026-11-25 09:00", "2026-11-25 13:00")
	s.at("2026-11-25 09:29")
	err := s.does(morning, rule.DoCheckIn, "rule_check_in_by", rule.Act{Means: rule.ByPhone})
	s.param(err, "means", rule.ByPhone)
	s.does(morning, rule.DoCheckIn, "", rule.Act{Means: rule.BySeatCode})
	s.at("2026-11-25 09:30").is(missed, rule.NoShow, rule.NoShowed)
	s.at("2026-11-25 13:29:59").does(noon, rule.DoCheckIn, "", rule.Act{Means: rule.BySeatCode})
}

func TestR2CancelAtLeast1HourBeforeTheStartElseItCountsAsANoShow(t *testing.T) {
	t.Parallel()
	s := citySeats(t).at("2026-11-24 10:00")
	early, late := s.books("wang", "2026-11-25 09:00", "2026-11-25 13:00"), s.books("li", "2026-11-25 09:00", "2026-11-25 13:00")
	s.at("2026-11-25 08:00").does(early, rule.DoCancel, "")
	s.is(early, rule.Cancelled, "")
	s.at("2026-11-25 08:01").does(late, rule.DoCancel, "")
	s.is(late, rule.Cancelled, rule.LateCanceled)
	s.does(late, rule.DoCancel, "") // again
	if n := len(s.standing("li").Strikes); n != 1 || len(s.standing("wang").Strikes) != 0 {
		t.Errorf("%d strikes for cancelling late, %d in time", n, len(s.standing("wang").Strikes))
	}
}

func TestR2CheckOutBeforeTakingAnotherSeat(t *testing.T) {
	t.Parallel()
	s := citySeats(t).at("2026-11-24 10:00")
	k := s.books("wang", "2026-11-25 09:00", "2026-11-25 13:00")
	s.at("2026-11-25 09:05").does(k, rule.DoCheckIn, "", rule.Act{Means: rule.BySeatCode})
	err := s.at("2026-11-25 10:00").refused("rule_after_check_out", "wang", "2026-11-25 13:00", "2026-11-25 17:00")
	s.allowedAt(err, "2026-11-25 13:00")
	s.does(k, rule.DoCheckOut, "")
	s.books("wang", "2026-11-25 13:00", "2026-11-25 17:00")
}

func TestR2WalkInByScanningAFreeSeatsCode(t *testing.T) {
	t.Parallel()
	s := citySeats(t).at("2026-11-25 11:00")
	who := rule.Person{ID: "wang"}
	if err := rule.WalkIn(s.book, s.place, who, 1, 1, s.now); err != nil {
		t.Errorf("a free seat: %v", err)
	}
	if err := rule.WalkIn(s.book, s.place, who, 1, 0, s.now); codeOf(err) != "nothing_free" {
		t.Errorf("no free seat: %v", err)
	}
	k := s.books("wang", "2026-11-25 09:00", "2026-11-25 13:00") // booked on the spot, and checked in by the same scan
	s.does(k, rule.DoCheckIn, "", rule.Act{Means: rule.BySeatCode})
}

func TestR2ClosedMondays(t *testing.T) {
	t.Parallel()
	s := cityEntry(t).at("2026-11-29 10:00")
	s.refused("closed_day", "wang", "2026-11-30 09:00", "2026-11-30 13:00")
	if err := rule.WalkIn(s.book, s.place, rule.Person{}, 1, 9, moment("2026-11-30 10:00")); codeOf(err) != "closed_day" {
		t.Errorf("walking in on Monday: %v", err)
	}
}
