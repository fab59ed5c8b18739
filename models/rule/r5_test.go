package rule_test

import (
	"fmt"
	"testing"

	"wenguan/models/rule"
)

// R5, Nanshan District Cultural Centre. 2026-11-24 is a Tuesday.
func rehearsal(t *testing.T) *story {
	t.Helper()
	return tell(t, "rehearsal-rooms", hours(9*60, 21*60), nil)
}

// choir asks as a verified organization of 20 that has accepted the letter, with changes.
func choir(changes ...func(*rule.Request)) func(*rule.Request) {
	return func(r *rule.Request) {
		r.Holder = rule.Person{ID: "choir", Organization: true, Verified: true}
		r.Party, r.Accepts = 20, 1
		for _, c := range changes {
			c(r)
		}
	}
}

func TestR5OnlyVerifiedOrganizationsMayBook(t *testing.T) {
	t.Parallel()
	s := rehearsal(t).at("2026-11-25 10:00")
	s.refused("rule_organizations", "wang", "2026-12-01 10:00", "2026-12-01 12:00", party(20))
	s.refused("rule_verified_only", "choir", "2026-12-01 10:00", "2026-12-01 12:00", choir(func(r *rule.Request) { r.Holder.Verified = false }))
	s.books("choir", "2026-12-01 10:00", "2026-12-01 12:00", choir())
}

func TestR5AfterAcceptingASafetyResponsibilityLetterThatIsKeptWithTheBooking(t *testing.T) {
	t.Parallel()
	s := rehearsal(t).at("2026-11-25 10:00")
	err := s.refused("rule_letter", "choir", "2026-12-01 10:00", "2026-12-01 12:00", choir(func(r *rule.Request) { r.Accepts = 0 }))
	s.param(err, "version", 1)
	if got := fmt.Sprint(err.Params["title"]); got != "{场地使用安全责任书 Safety responsibility letter}" {
		t.Errorf("the letter is called %s", got)
	}
	if k := s.books("choir", "2026-12-01 10:00", "2026-12-01 12:00", choir()); k.want.Accepts != 1 {
		t.Errorf("the booking keeps version %d", k.want.Accepts)
	}
	s.book.Letter.Version = 2 // a new text has to be read again
	s.refused("rule_letter", "choir", "2026-12-02 10:00", "2026-12-02 12:00", choir())
}

func TestR5EachWeekFromWednesdayToFridayTheRoomsOfTheFollowingWeekCanBeBooked(t *testing.T) {
	t.Parallel()
	s := rehearsal(t).at("2026-11-24 23:59")
	err := s.refused("rule_weekly", "choir", "2026-11-30 10:00", "2026-11-30 12:00", choir())
	s.allowedAt(err, "2026-11-25 00:00")
	s.at("2026-11-25 00:00")
	s.books("choir", "2026-11-30 10:00", "2026-11-30 12:00", choir())
	s.books("choir", "2026-12-06 19:00", "2026-12-06 21:00", choir()) // Sunday of that week
	s.refused("rule_weekly", "choir", "2026-11-26 10:00", "2026-11-26 12:00", choir())
	err = s.refused("rule_weekly", "choir", "2026-12-07 10:00", "2026-12-07 12:00", choir())
	s.allowedAt(err, "2026-12-02 00:00")
	s.at("2026-11-27 23:59").books("choir", "2026-12-03 10:00", "2026-12-03 12:00", choir())
	err = s.at("2026-11-28 00:00").refused("rule_weekly", "choir", "2026-12-04 10:00", "2026-12-04 12:00", choir())
	if _, known := err.Params["allowed_at"]; known {
		t.Error("a window that has closed is said to open again")
	}
}

func TestR5GroupsOf15To30People(t *testing.T) {
	t.Parallel()
	s := rehearsal(t).at("2026-11-25 10:00")
	for n, code := range map[int32]string{14: "rule_party", 15: "", 30: "", 31: "rule_party"} {
		err := s.ask("choir", "2026-12-01 10:00", "2026-12-01 12:00", choir(party(n)))
		if codeOf(err) != code {
			t.Errorf("%d people: %v", n, err)
		}
		if err != nil {
			s.param(err, "min", 15)
			s.param(err, "max", 30)
			s.param(err, "mine", n)
		}
	}
}
