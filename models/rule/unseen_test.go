package rule_test

import (
	"encoding/json"
	"testing"
	"time"

	"wenguan/models/rule"
)

// entered is a story under a book that a manager wrote, of a venue that is open 08:00-20:00.
func entered(t *testing.T, text string) *story {
	t.Helper()
	s := tell(t, "county-library-seats", hours(8*60, 20*60), nil)
	s.book = &rule.Book{}
	if err := json.Unmarshal([]byte(text), s.book); err != nil {
		t.Fatal(err)
	}
	week := hours(8*60, 20*60)
	for _, f := range rule.Validate(s.book, rule.Context{Weekly: &week, Seats: 300}) {
		t.Fatalf("%s: %s (%s)", f.Field, f.Message, f.Code)
	}
	explained(t, readWords(t), "zh-CN", s.book)
	return s
}

// A village hall: whole days up to three, a month ahead counted to the last day; a person has one booking ahead, an
// organization two a month; a week between two; nobody checks in.
func TestAVillageHallThatIsLentByTheDay(t *testing.T) {
	t.Parallel()
	s := entered(t, `{
		"version": 1, "opens": "always", "horizon_days": 30, "horizon_to_end": true, "book_by": {"days": 2, "at": "18:00"},
		"times": "days", "longest": 4320, "no_check_in": true, "purpose_required": true, "cooling_off": 10080,
		"cancel_by": {"days": 1, "at": "12:00"}, "late_cancel": "allowed",
		"limits": [
			{"count": "active", "max": 1, "of": "person"},
			{"count": "bookings", "max": 2, "per": "month", "of": "organization"}
		]}`)
	wedding := func(r *rule.Request) { r.Purpose = "wedding" }
	s.at("2026-11-24 18:00")
	s.refused("rule_purpose", "wang", "2026-11-26 08:00", "2026-11-26 20:00")
	err := s.refused("rule_longest", "wang", "2026-11-26 08:00", "2026-11-29 20:00", wedding)
	s.param(err, "minutes", 4320)
	err = s.refused("rule_horizon", "wang", "2026-12-24 08:00", "2026-12-25 20:00", wedding)
	s.allowedAt(err, "2026-11-25 00:00")
	k := s.books("wang", "2026-11-26 08:00", "2026-11-28 20:00", wedding)
	s.refused("rule_active", "wang", "2026-12-20 08:00", "2026-12-20 20:00", wedding)
	s.at("2026-11-24 18:01").refused("rule_book_by", "li", "2026-11-26 08:00", "2026-11-26 20:00", wedding)
	s.at("2026-11-28 20:00").is(k, rule.Completed, "")
	err = s.refused("rule_cooling_off", "wang", "2026-12-05 08:00", "2026-12-05 20:00", wedding)
	if got := err.Params["allowed_start"].(time.Time); !got.Equal(moment("2026-12-05 20:00")) {
		t.Errorf("cooled off at %s", got)
	}
	s.books("wang", "2026-12-06 08:00", "2026-12-06 20:00", wedding)

	choir := func(r *rule.Request) { r.Purpose, r.Holder = "concert", rule.Person{ID: "choir", Organization: true} }
	s.books("choir", "2026-12-01 08:00", "2026-12-01 20:00", choir)
	late := s.books("choir", "2026-12-12 08:00", "2026-12-12 20:00", choir)
	err = s.refused("rule_bookings", "choir", "2026-12-24 08:00", "2026-12-24 20:00", choir)
	s.param(err, "mine", 2)
	s.at("2026-12-12 07:00").does(late, rule.DoCancel, "") // late, and it does not count
	s.is(late, rule.Cancelled, "")
	s.books("choir", "2026-12-24 08:00", "2026-12-24 20:00", choir)
}

// A swimming hall: sessions of weekdays and of weekends with quotas, three hours a week at all venues of the kind, elders
// walk in; the first miss of a month is a warning, the second ends the month, the third suspension in a year is for good.
func TestASwimmingHallWithALadderOfPenalties(t *testing.T) {
	t.Parallel()
	s := entered(t, `{
		"version": 1, "opens": "daily", "horizon_days": 2, "release_at": "12:00", "booking_hours": [{"start": "07:00", "end": "22:00"}],
		"times": "sessions", "sessions": [
			{"start": "18:00", "end": "20:00", "days": ["mon", "tue", "wed", "thu", "fri"], "quota": 2},
			{"start": "09:00", "end": "11:00", "days": ["sat", "sun", "holiday"], "quota": 2}],
		"limits": [{"count": "minutes", "max": 180, "per": "week", "scope": "kind"}], "exempt_age": 60, "walk_in_if_free": true,
		"check_in_before": 20, "check_in_after": -5, "cancel_before": 120, "late_cancel": "miss",
		"strikes": [{"id": "misses", "counts": ["no_show"], "max": 2, "per": "month", "first_warns": true, "penalty": {"kind": "rest_of_month"},
			"covers": "kind", "escalation": [{"nth": 3, "days": 365, "penalty": {"kind": "until_lifted"}}]}]}`)
	err := s.at("2026-11-24 22:30").refused("rule_booking_hours", "wang", "2026-11-25 18:00", "2026-11-25 20:00")
	s.allowedAt(err, "2026-11-25 07:00")
	s.at("2026-11-25 07:00").books("wang", "2026-11-25 18:00", "2026-11-25 20:00")
	err = s.refused("rule_minutes", "wang", "2026-11-26 18:00", "2026-11-26 20:00")
	s.param(err, "left", 60)
	s.refused("rule_session", "li", "2026-11-26 09:00", "2026-11-26 11:00") // that is of weekends
	if err := rule.WalkIn(s.book, s.place, rule.Person{BirthYear: 1960}, 1, 0, s.now.Add(5*time.Hour)); codeOf(err) != "nothing_free" {
		t.Errorf("an elder walks into a full hall: %v", err)
	}
	if err := rule.WalkIn(s.book, s.place, rule.Person{BirthYear: 1990}, 1, 5, s.now.Add(5*time.Hour)); codeOf(err) != "rule_walk_in" {
		t.Errorf("others walk in: %v", err)
	}
	for i, day := range []string{"2026-09-01", "2026-09-08", "2026-10-06", "2026-10-13", "2026-11-02", "2026-11-09"} {
		s.at(day + " 08:00")
		k := s.books("zhao", day+" 18:00", day+" 20:00")
		if i%2 == 0 {
			s.at(day+" 17:55").is(k, rule.NoShow, rule.NoShowed) // check-in ends five minutes before the start
			s.free(k, day+" 17:55")
			continue
		}
		s.at(day+" 16:01").does(k, rule.DoCancel, "")
		s.is(k, rule.Cancelled, rule.LateCanceled) // too late: a miss
	}
	st := s.standing("zhao")
	if len(st.Warnings) != 3 || len(st.Suspensions) != 3 {
		t.Fatalf("%d warnings, %d suspensions", len(st.Warnings), len(st.Suspensions))
	}
	for i, until := range []string{"2026-10-01 00:00", "2026-11-01 00:00"} {
		if got := st.Suspensions[i].Until; got == nil || !got.Equal(moment(until)) {
			t.Errorf("suspension %d ends %v", i, got)
		}
	}
	err = s.at("2026-12-20 08:00").refused("rule_suspended_until_lifted", "zhao", "2026-12-21 18:00", "2026-12-21 20:00")
	s.param(err, "nth", 3)
	s.param(err, "covers", rule.OfKind)
	s.record("zhao").Lifts = []rule.Lift{{Suspension: st.Suspensions[2].ID, At: s.now}}
	s.at("2026-12-20 12:00").books("zhao", "2026-12-21 18:00", "2026-12-21 20:00")
}
