package rule

import (
	"fmt"
	"regexp"
	"slices"

	"wenguan/models/civil"
)

var ruleID = regexp.MustCompile(`^[a-z0-9](?:[a-z0-9_-]{0,38}[a-z0-9])?$`)

func (c *checker) attendance() {
	c.between("check_in_before", c.CheckInBefore, 0, dayMinutes)
	c.between("check_in_after", c.CheckInAfter, -dayMinutes, dayMinutes)
	c.between("check_in_inside", c.CheckInInside, 0, dayMinutes)
	c.between("check_in_same_day", c.CheckInSameDay, 0, dayMinutes)
	set(c, "check_in_by", c.CheckInBy, MeansOf())
	if c.NoCheckIn {
		c.idle(c.CheckInBefore != 0, "check_in_before", "check-in")
		c.idle(c.CheckInAfter != 0, "check_in_after", "check-in")
		c.idle(c.CheckInInside != 0, "check_in_inside", "check-in")
		c.idle(c.CheckInSameDay != 0, "check_in_same_day", "check-in")
		c.idle(len(c.CheckInBy) > 0, "check_in_by", "check-in")
		c.idle(c.Leave != 0, "leave", "check-in")
		c.idle(c.Report != 0, "report", "check-in")
		c.idle(c.CheckOut, "check_out_required", "check-in")
	} else {
		c.checkIn()
	}
	c.leaves()
	c.between("report", c.Report, 0, dayMinutes)
	one(c, "report_by", c.ReportBy, ReportBys())
	c.idle(c.Report == 0 && c.ReportBy != "", "report_by", "report")
	c.between("check_out_grace", c.CheckOutGrace, 0, dayMinutes)
	c.between("overstay_until", c.OverstayUntil, 0, dayMinutes)
	c.idle(!c.CheckOut && c.CheckOutGrace != 0, "check_out_grace", "check_out_required")
	c.idle(!c.CheckOut && c.OverstayUntil != 0, "overstay_until", "check_out_required")
	if c.CheckOut && c.OverstayUntil > 0 && c.OverstayUntil <= c.CheckOutGrace {
		c.add("overstay_until", "overstay_under_grace", "Overstaying must end after check-out is late, %d minutes after the end.", c.CheckOutGrace).
			With("grace", c.CheckOutGrace)
	}
	set(c, "walk_in", c.WalkIn, AllDays())
	c.idle(c.WalkInIfFree && len(c.WalkIn) == 0 && c.ExemptAge == 0 && len(c.ExemptGroups) == 0, "walk_in_if_free", "walk_in")
}

func (c *checker) checkIn() {
	switch {
	case c.CheckInAfter == 0 && c.CheckInBefore == 0:
		c.add("check_in_after", "check_in_never", "Check-in would close as it opens; give minutes before or after the start.")
	case c.CheckInBefore+c.CheckInAfter <= 0:
		c.add("check_in_after", "check_in_ends_before_start", "Check-in ends before it begins: it opens %d minutes before the start and closes %d before it.",
			c.CheckInBefore, -c.CheckInAfter).With("before", c.CheckInBefore).With("after", c.CheckInAfter)
	}
	length, called := c.Longest, "longest booking"
	if c.times() == InSessions {
		called, length = "longest session", c.longestSession() // of shorter ones check-in closes with them
	}
	if length > 0 && c.CheckInAfter > length {
		c.add("check_in_after", "check_in_over_end", "Check-in would close after the %s is over, which lasts %d minutes.", called, length).
			With("minutes", length)
	}
	if !c.RealNameOnly && slices.Equal(c.CheckInBy, []Means{ByCard}) {
		c.add("check_in_by", "check_in_card_alone", "Who has not bound a real name could not check in; demand it, or let people check in another way, too.")
	}
	if c.LateBooking > 0 && c.CheckInAfter < 0 {
		c.add("late_booking", "late_against_check_in", "Who books after the start could not check in: check-in closes before it.")
	}
}

func (c *checker) leaves() {
	c.between("leave", c.Leave, 0, dayMinutes)
	c.between("leaves_per_day", c.LeavesPerDay, 0, 100)
	c.idle(c.Leave == 0 && len(c.MealLeaves) == 0 && c.LeavesPerDay != 0, "leaves_per_day", "leave")
	if len(c.MealLeaves) > maxList {
		c.add("meal_leaves", "too_many", "Give at most %d.", maxList).With("max", maxList)
		return
	}
	times := make([]civil.Interval, len(c.MealLeaves))
	for i, m := range c.MealLeaves {
		times[i] = m.Interval
		if at := fmt.Sprintf("meal_leaves[%d].minutes", i); c.between(at, m.Minutes, 1, dayMinutes) && m.Minutes <= c.Leave {
			c.add(at, "meal_under_leave", "A leave at meals must be longer than any other, %d minutes.", c.Leave).With("leave", c.Leave)
		}
	}
	c.intervals("meal_leaves", times)
}

func (c *checker) discipline() {
	set(c, "waives", c.Waives, FaultsOf())
	c.idle(len(c.Waives) > 0 && len(c.Strikes) == 0, "waives", "strikes")
	if e := c.EarnBack; e != nil {
		c.idle(len(c.Strikes) == 0, "earn_back", "strikes")
		c.text("earn_back.how", e.How, 200, true)
		c.between("earn_back.max", e.Max, 0, 1000)
		c.within("earn_back", e.Within, true)
		c.idle(e.Max == 0 && e.Per != "" && e.Per != Ever, "earn_back.per", "earn_back.max")
	}
	if len(c.Strikes) > maxList {
		c.add("strikes", "too_many", "Give at most %d.", maxList).With("max", maxList)
		return
	}
	for i := range c.Strikes {
		s, at := &c.Strikes[i], fmt.Sprintf("strikes[%d]", i)
		if !ruleID.MatchString(s.ID) {
			c.add(at+".id", "id_malformed", "Use 1 to 40 small letters, digits and hyphens.")
		}
		if slices.ContainsFunc(c.Strikes[:i], func(o StrikeRule) bool { return o.ID == s.ID }) {
			c.add(at+".id", "not_unique", "Two rules have this name; change one.")
		}
		c.strike(at, s)
	}
}

func (c *checker) strike(at string, s *StrikeRule) {
	if len(s.Counts) == 0 {
		c.add(at+".counts", "required", "Say which violations count.")
	}
	set(c, at+".counts", s.Counts, ViolationKinds())
	for i, k := range s.Counts {
		if needs, ok := c.happens(k); !ok {
			c.add(fmt.Sprintf("%s.counts[%d]", at, i), "violation_never", "This can never happen here; it needs %s.", needs).With("needs", needs)
		}
	}
	c.idle(s.Each && len(s.Counts) == 1, at+".each", "two kinds of violation")
	c.between(at+".max", s.Max, 1, 1000)
	if s.FirstWarns && s.Max < 2 {
		c.add(at+".first_warns", "warning_suspends", "The first cannot be only a warning if it suspends; count at least two.")
	}
	c.within(at, s.Within, true)
	one(c, at+".across", s.Across, Scopes())
	one(c, at+".covers", s.Covers, Scopes())
	c.penalty(at+".penalty", s.Penalty)
	before := s.Penalty
	for i, e := range s.Escalation {
		step := fmt.Sprintf("%s.escalation[%d]", at, i)
		least := int32(2)
		if i > 0 {
			least = s.Escalation[i-1].Nth + 1
		}
		if e.Nth < least {
			c.add(step+".nth", "escalation_order", "Give a number from %d on, each higher than the one before.", least).With("min", least)
		}
		c.between(step+".days", e.Days, 0, 3660)
		c.penalty(step+".penalty", e.Penalty)
		if !e.Penalty.harder(before) {
			c.add(step+".penalty", "escalation_not_longer", "The next suspension must be longer than the one before.")
		}
		before = e.Penalty
	}
	c.idle(s.Penalty.Kind == OnlyWarning && len(s.Escalation) == 0 && s.Covers != "", at+".covers", "a suspension")
}

func (c *checker) penalty(at string, p Penalty) {
	if p.Kind == "" {
		c.add(at+".kind", "required", "Say what it costs: %s.", words(PenaltyKinds())).With("allowed", PenaltyKinds())
		return
	}
	one(c, at+".kind", p.Kind, PenaltyKinds())
	switch p.Kind {
	case ForDays:
		c.between(at+".n", p.N, 1, 3660)
	case ForMonths:
		c.between(at+".n", p.N, 1, 120)
	default:
		c.idle(p.N != 0, at+".n", "days or months")
	}
}

// harder reports whether the penalty is certainly longer than the other.
func (p Penalty) harder(o Penalty) bool {
	most := func(p Penalty) (least, most int32) {
		switch p.Kind {
		case OnlyWarning:
			return 0, 0
		case ForMonths:
			return 28 * p.N, 31 * p.N
		case RestOfWeek:
			return 0, 7
		case RestOfMonth:
			return 0, 31
		case UntilLifted:
			return 1 << 30, 1 << 30
		}
		return p.N, p.N
	}
	_, mine := most(p)
	least, _ := most(o)
	return mine > least
}

// happens reports whether the book can lead to the violation, and what it would need.
func (c *checker) happens(k ViolationKind) (needs string, ok bool) {
	switch k {
	case NoShowed:
		return "check-in", !c.NoCheckIn
	case LateCanceled:
		return "late_cancel miss", c.LateCancel == LateMiss
	case NotBack:
		return "leave", c.Leave > 0 || len(c.MealLeaves) > 0
	case ReportedAway:
		return "report", c.Report > 0
	case NoCheckOut:
		return "check_out_required", c.CheckOut
	case Overstayed:
		return "overstay_until", c.OverstayUntil > 0
	}
	return "", true
}
