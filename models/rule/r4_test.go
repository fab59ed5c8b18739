package rule_test

import (
	"testing"

	"wenguan/models/rule"
)

// R4, Zhuzhou National Fitness Centre.
func sports(t *testing.T) *story {
	t.Helper()
	return tell(t, "sports-hall", hours(8*60, 21*60), nil)
}

func TestR4BookingOpensAt0800ForTodayAndTomorrow(t *testing.T) {
	t.Parallel()
	s := sports(t).at("2026-11-24 07:59")
	err := s.refused("rule_horizon", "wang", "2026-11-25 09:00", "2026-11-25 10:00")
	s.allowedAt(err, "2026-11-24 08:00")
	s.at("2026-11-24 08:00")
	s.books("wang", "2026-11-24 09:00", "2026-11-24 10:00")
	s.books("wang", "2026-11-25 09:00", "2026-11-25 10:00")
	s.refused("rule_horizon", "wang", "2026-11-26 09:00", "2026-11-26 10:00")
}

func TestR4CheckInBy15MinutesAfterTheStartWithAChangingCodeOrTheIdentityCard(t *testing.T) {
	t.Parallel()
	s := sports(t).at("2026-11-24 08:00")
	code, card := s.books("wang", "2026-11-24 09:00", "2026-11-24 10:00"), s.books("li", "2026-11-24 09:00", "2026-11-24 10:00")
	shot := s.books("zhao", "2026-11-24 09:00", "2026-11-24 10:00")
	s.at("2026-11-24 09:14:59")
	s.does(code, rule.DoCheckIn, "", rule.Act{Means: rule.ByPass})
	s.does(card, rule.DoCheckIn, "", rule.Act{Means: rule.ByCard})
	s.does(shot, rule.DoCheckIn, "pass_stale", rule.Act{Means: rule.BySlip}) // a code that does not change, such as a screenshot
	s.does(shot, rule.DoCheckIn, "rule_check_in_by", rule.Act{Means: rule.ByNumber})
	// "otherwise the booking is cancelled and the place is released to others"
	s.at("2026-11-24 09:15").is(shot, rule.NoShow, rule.NoShowed)
	s.free(shot, "2026-11-24 09:15")
}

func TestR4APhoneNumberIsBoundToOneRealNameIdentity(t *testing.T) {
	t.Parallel()
	s := sports(t).at("2026-11-24 08:00")
	s.refused("rule_real_name", "wang", "2026-11-24 09:00", "2026-11-24 10:00", func(r *rule.Request) { r.Named = false })
	s.books("wang", "2026-11-24 09:00", "2026-11-24 10:00")
}

func TestR4ThreeNoShowsSuspended1Month(t *testing.T) {
	t.Parallel()
	s := sports(t)
	s.at("2026-03-02 08:00").misses("wang", "2026-03-02 09:00", "2026-03-02 10:00") // however long ago
	s.at("2026-11-24 08:00").misses("wang", "2026-11-24 09:00", "2026-11-24 10:00")
	s.at("2026-11-25 08:00").misses("wang", "2026-11-25 09:00", "2026-11-25 10:00")
	err := s.refused("rule_suspended", "wang", "2026-11-25 11:00", "2026-11-25 12:00")
	s.allowedAt(err, "2026-12-25 09:15")
	s.at("2026-12-25 09:14").refused("rule_suspended", "wang", "2026-12-25 11:00", "2026-12-25 12:00")
	s.at("2026-12-25 09:15").books("wang", "2026-12-25 11:00", "2026-12-25 12:00")
}
