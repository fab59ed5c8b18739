package rule_test

import (
	"fmt"
	"testing"

	"wenguan/models/civil"
	"wenguan/models/rule"
)

// R7, Fenyi Qingfen reading room. 2026-11-24 is a Tuesday; the calendar of the test has a holiday on Thursday 3 December,
// for which people work on Saturday 12 December.
func readingRoom(t *testing.T) *story {
	t.Helper()
	date := func(d int) civil.Date { return civil.NewDate(2026, 12, d) }
	return tell(t, "community-reading-room", hours(9*60, 17*60), civil.NewCalendar(1, []civil.Holiday{
		{Date: date(3), Name: "a holiday"}, {Date: date(12), Name: "a holiday", Work: true},
	}))
}

func TestR7BookingNeededAtWeekendsAndHolidaysOnly(t *testing.T) {
	t.Parallel()
	s := readingRoom(t)
	for _, c := range []struct {
		name, day string
		booked    bool
	}{
		{"a Saturday", "2026-11-28", true},
		{"a Sunday", "2026-11-29", true},
		{"a holiday on a Thursday", "2026-12-03", true},
		{"a Friday", "2026-11-27", false},
		{"a Saturday on which people work", "2026-12-12", false},
	} {
		from, to := c.day+" 09:00", c.day+" 12:00"
		walk := rule.WalkIn(s.book, s.place, rule.Person{}, 1, -1, moment(c.day+" 10:00"))
		s.now = moment(c.day + " 08:00")
		if c.booked {
			s.books("wang", from, to)
			if codeOf(walk) != "rule_walk_in" {
				t.Errorf("%s: walking in answers %v", c.name, walk)
			}
			continue
		}
		// "On other days people walk in, and are still counted."
		err := s.refused("rule_booking_days", "wang", from, to)
		s.param(err, "walk_in", true)
		if walk != nil {
			t.Errorf("%s: walking in is refused: %v", c.name, walk)
		}
	}
	err := rule.WalkIn(s.book, s.place, rule.Person{}, 1, -1, moment("2026-11-28 10:00"))
	s.allowedAt(err, "2026-11-30 09:00")
}

func TestR7FiftyPeoplePerHalfDay(t *testing.T) {
	t.Parallel()
	s := readingRoom(t).at("2026-11-24 08:00")
	for i := range 48 {
		s.books(fmt.Sprint("reader ", i), "2026-11-28 09:00", "2026-11-28 12:00")
	}
	err := s.refused("session_full", "family", "2026-11-28 09:00", "2026-11-28 12:00", party(3))
	s.param(err, "left", 2)
	s.books("pair", "2026-11-28 09:00", "2026-11-28 12:00", party(2))
	s.refused("session_full", "late", "2026-11-28 09:00", "2026-11-28 12:00")
	s.books("family", "2026-11-28 14:00", "2026-11-28 17:00", party(3))
}

func TestR7ParentsBookForThemselvesTooChildrenUnder11ComeWithAParent(t *testing.T) {
	t.Parallel()
	s := readingRoom(t).at("2026-11-24 08:00")
	parent := rule.Person{ID: "parent", BirthYear: 1985}
	child := rule.Person{ID: "child", BirthYear: 2016, Guardian: "parent"} // 10 years
	from, to := "2026-11-28 09:00", "2026-11-28 12:00"
	err := s.refused("rule_child", "child", from, to, as(child))
	s.param(err, "under", 11)
	s.param(err, "mine", 10)
	s.refused("rule_child", "child", from, to, as(child), with(rule.Person{ID: "aunt", BirthYear: 1990}))
	s.refused("rule_child", "child", from, to, as(child), with(rule.Person{ID: "brother", BirthYear: 2015, Guardian: "parent"}))
	s.books("child", from, to, as(child), with(parent))
	s.refused("rule_party", "parent", from, to, as(parent), with(child), party(1)) // both are people who take a place
	s.books("parent", from, to, as(parent), with(child))
	child.BirthYear = 2015 // 11 years
	s.books("child", from, to, as(child))
}
