package app_test

import (
	"fmt"
	"testing"
	"time"

	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/rule"
)

// R4, Zhuzhou National Fitness Centre: courts.
func sports(t *testing.T) *town {
	t.Helper()
	return under(t, "sports-hall", seats(3, 8*60, 21*60))
}

// named binds a real name to the accounts; regions "000000" do not exist.
func (s *town) named(people ...string) *town {
	s.t.Helper()
	for i, who := range people {
		s.as(who).Post("/api/v1/account/identity", map[string]string{"name": who, "number": identity(i)}).Expect(200)
	}
	return s
}

// identity is the number that named binds to the i-th of the people.
func identity(i int) string {
	digits := fmt.Sprintf("00000019900101%03d", i)
	return digits + string(account.IdentityCheckCharacter(digits))
}

func TestR4BookingOpensAt0800ForTodayAndTomorrowForRealNamesOnly(t *testing.T) {
	t.Parallel()
	s := sports(t).at("2026-11-24 07:59:59").named("王明")
	s.refused("rule_horizon", "王明", whole("seats", "2026-11-25 09:00", "10:00"), "allowed_at=2026-11-24T08:00")
	s.at("2026-11-24 08:00").refused("rule_real_name", "李雷", whole("seats", "2026-11-24 09:00", "10:00"))
	s.books("王明", whole("seats", "2026-11-24 09:00", "10:00"))
	s.books("王明", whole("seats", "2026-11-25 09:00", "10:00"))
	s.refused("rule_horizon", "王明", whole("seats", "2026-11-26 09:00", "10:00"), "allowed_at=2026-11-25T08:00")
	s.ends()
}

func TestR4APhoneNumberIsBoundToOneIdentity(t *testing.T) {
	t.Parallel()
	s := sports(t).at("2026-11-24 08:00").named("王明")
	number := identity(0)
	s.as("李雷").Post("/api/v1/account/identity", map[string]string{"name": "李雷", "number": number}).Refused(409, "identity_taken")
	s.as("王明").Post("/api/v1/account/identity", map[string]string{"name": "王明", "number": number}).Refused(409, "identity_bound")
}

// phonePass is what a phone shows of a booking at this moment, as it was when its page last heard from the service.
func (s *town) phonePass(b *told) *apptest.ShownPass {
	s.t.Helper()
	return apptest.PassOf(s.as(b.who), b.ID)
}

func (s *town) scans(text string) *apptest.Answer {
	s.t.Helper()
	return s.as("staff").Post("/api/v1/check-ins", map[string]string{"venue": "place", "token": text})
}

func (s *town) card(number string) *apptest.Answer {
	s.t.Helper()
	return s.as("staff").Post("/api/v1/venues/place/card-attendance", map[string]string{"identity_number": number})
}

func TestR4CheckInBy15MinutesAfterTheStartWithACodeThatChangesByItself(t *testing.T) {
	t.Parallel()
	s := sports(t).at("2026-11-24 08:00").named("王明", "李雷", "赵云")
	comes, misses := s.books("王明", whole("s01", "2026-11-24 09:00", "10:00")), s.books("李雷", whole("s02", "2026-11-24 09:00", "10:00"))
	phone := s.phonePass(comes)
	s.says(s.scans(phone.At(s.Clock.Now())), "too_early", "opens=2026-11-24T08:45")
	s.at("2026-11-24 09:14:30")
	screenshot := phone.At(s.Clock.Now().Add(-time.Minute)) // taken a minute ago
	s.says(s.scans(screenshot), "pass_stale", "allowed=[pass card]")
	s.says(s.scans(phone.Token), "pass_stale") // printed, or saved as a picture
	s.at("2026-11-24 09:14:59").comesLate(comes, "rule_check_in_by")
	if seen := apptest.Decode[handlers.Booking](s.as("staff").Get("/api/v1/bookings/" + comes.ID).Expect(200)); seen.Can.CheckIn {
		t.Error("staff are told that they can check in on their word")
	}
	s.does(comes, "check-in", "rule_check_in_by")
	s.scans(phone.At(s.Clock.Now())).Expect(200) // the page has heard nothing since 08:00
	s.says(s.scans(phone.At(s.Clock.Now())), "already_in", "at=2026-11-24T09:14")
	// "otherwise the booking is cancelled and the place is released to others"
	late := s.phonePass(misses)
	s.at("2026-11-24 09:15").says(s.scans(late.At(s.Clock.Now())), "too_late", "closed=2026-11-24T09:15")
	s.is(misses, booking.NoShow, rule.NoShowed)
	s.books("赵云", whole("s02", "2026-11-24 09:00", "10:00"))
	s.ends()
}

func TestR4OrWithTheIdentityCard(t *testing.T) {
	t.Parallel()
	s := sports(t).at("2026-11-24 08:00").named("王明", "李雷")
	comes := s.books("王明", whole("s01", "2026-11-24 09:00", "10:00"))
	misses := s.books("李雷", whole("s02", "2026-11-24 09:00", "10:00"))
	s.says(s.card(identity(0)), "too_early", "opens=2026-11-24T08:45")
	s.at("2026-11-24 09:14:59")
	s.card(identity(0)).Expect(200)
	s.is(comes, booking.CheckedIn, "")
	s.says(s.card(identity(0)), "already_in")
	s.at("2026-11-24 09:15").says(s.card(identity(1)), "too_late", "closed=2026-11-24T09:15")
	s.is(misses, booking.NoShow, rule.NoShowed)
	s.ends()
}

func TestR4TheRulesSaySoInWords(t *testing.T) {
	t.Parallel()
	said := sports(t).explained()
	if got := fmt.Sprint(said["check_in_by"]["means"]); got != "[pass card]" {
		t.Errorf("check-in by %s", got)
	}
	if _, ok := said["check_in_live"]; !ok {
		t.Error("nothing says that a screenshot does not count")
	}
}

func TestR4ThreeNoShowsSuspended1Month(t *testing.T) {
	t.Parallel()
	s := sports(t).at("2026-03-02 08:00").named("王明")
	s.misses("王明", whole("seats", "2026-03-02 09:00", "10:00")) // however long ago
	s.at("2026-11-24 08:00").misses("王明", whole("seats", "2026-11-24 09:00", "10:00"))
	s.at("2026-11-25 08:00").misses("王明", whole("seats", "2026-11-25 09:00", "10:00"))
	s.refused("rule_suspended", "王明", whole("seats", "2026-11-25 11:00", "12:00"), "mine=3", "allowed_at=2026-12-25T09:15")
	s.at("2026-12-25 09:14").refused("rule_suspended", "王明", whole("seats", "2026-12-25 11:00", "12:00"))
	s.at("2026-12-25 09:15").books("王明", whole("seats", "2026-12-25 11:00", "12:00"))
	s.ends()
}
