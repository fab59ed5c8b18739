package app_test

import (
	"fmt"
	"testing"

	"wenguan/app/apptest"
)

// R7, Fenyi Qingfen reading room. The calendar of 2026 has the National Day on a Thursday, and people work on Saturday 10
// October for it.
func readingRoomOfFenyi(t *testing.T) *town {
	t.Helper()
	return under(t, "community-reading-room", hall(60, 9*60, 17*60))
}

func half(day string) want { return whole("hall", day+" 09:00", "12:00") }

func TestR7BookingIsNeededAtWeekendsAndHolidaysOnly(t *testing.T) {
	t.Parallel()
	s := readingRoomOfFenyi(t)
	for _, c := range []struct {
		name, day string
		booked    bool
	}{
		{"a Saturday", "2026-11-28", true},
		{"a Sunday", "2026-11-29", true},
		{"a holiday on a Thursday", "2026-10-01", true},
		{"a Friday", "2026-11-27", false},
		{"a Saturday on which people work", "2026-10-10", false},
	} {
		s.at(c.day + " 08:00")
		if c.booked {
			s.comes(s.at(c.day+" 09:00").books("王"+c.name, half(c.day)))
			continue
		}
		s.refused("rule_booking_days", "王", half(c.day), "walk_in=true")
		s.at(c.day+" 10:00").walkIn(3, "", 3)
		s.walkIn(2, "", 5) // and they are counted
	}
	s.at("2026-11-28 10:00").walkIn(1, "rule_walk_in", 0)
	if s.explained()["walk_in"] == nil {
		t.Errorf("the venue page does not say that people walk in: %v", s.explained())
	}
	s.ends()
}

// walkIn is people who come without a booking, whom staff let in and count; today is how many that makes.
func (s *town) walkIn(people int, code string, today float64) {
	s.t.Helper()
	a := s.as("staff").Post("/api/v1/venues/place/walk-ins", map[string]int{"people": people})
	if code != "" {
		s.says(a, code)
		return
	}
	if a.Status >= 300 {
		s.t.Fatalf("%d people are not let in: %s", people, a.Body)
	}
	if got := apptest.Decode[map[string]any](a)["today"]; got != today {
		s.t.Errorf("%v people are counted, not %v", got, today)
	}
}

func TestR7FiftyPeoplePerHalfDay(t *testing.T) {
	t.Parallel()
	s := readingRoomOfFenyi(t).at("2026-11-24 08:00")
	for i := range 48 {
		s.books(fmt.Sprint("读者", i), half("2026-11-28"))
	}
	family := half("2026-11-28")
	family.party = 3
	s.refused("session_full", "一家三口", family, "left=2")
	family.party = 2
	s.books("母子", family)
	s.refused("session_full", "晚了", half("2026-11-28"), "max=50", "left=0")
	family = whole("hall", "2026-11-28 14:00", "17:00")
	family.party = 3
	s.books("一家三口", family)
	s.ends()
}

func TestR7ChildrenUnder11ComeWithAParentWhoTakesAPlaceToo(t *testing.T) {
	t.Parallel()
	s := readingRoomOfFenyi(t).at("2026-11-24 08:00")
	child := func(name string, born int) string {
		return apptest.Decode[struct{ ID string }](s.as("妈妈").Post("/api/v1/account/family",
			map[string]any{"relation": "child", "name": name, "birth_year": born}).Expect(201)).ID
	}
	small, big := child("小宝", 2016), child("大宝", 2015)
	mother := s.people["妈妈"].account.ID
	alone := half("2026-11-28")
	alone.by = small
	s.refused("rule_child", "妈妈", alone, "under=11", "mine=10")
	alone.with, alone.party = []string{big}, 2
	s.refused("rule_child", "妈妈", alone)
	alone.with = []string{mother}
	alone.party = 1
	s.refused("rule_party", "妈妈", alone)
	alone.party = 2
	s.books("妈妈", alone)
	older := half("2026-11-28")
	older.by = big
	s.books("妈妈", older)
	s.ends()
}
