package rule

import "slices"

func (e *explainer) attendance(b *Book) {
	if b.NoCheckIn {
		e.say("no_check_in")
	} else {
		e.checkIn(b)
	}
	e.when(b.Leave > 0, "leave", "minutes", b.Leave)
	for _, m := range b.MealLeaves {
		e.say("meal_leave", "start", m.Start.String(), "end", m.End.String(), "minutes", m.Minutes)
	}
	e.when(b.LeavesPerDay > 0, "leaves_per_day", "n", b.LeavesPerDay)
	e.when(b.Report > 0 && b.ReportBy != StaffOnly, "report", "minutes", b.Report)
	e.when(b.Report > 0 && b.ReportBy == StaffOnly, "report_by_staff", "minutes", b.Report)
	e.when(b.CheckOut, "check_out_required")
	e.when(b.CheckOutGrace > 0, "check_out_grace", "minutes", b.CheckOutGrace)
	e.when(b.OverstayUntil > 0, "overstay_until", "minutes", b.OverstayUntil)
	e.when(len(b.WalkIn) > 0, "walk_in", "days", b.WalkIn)
	e.when(b.ExemptAge > 0, "exempt_age", "n", b.ExemptAge)
	e.when(len(b.ExemptGroups) > 0, "exempt_groups", "groups", b.ExemptGroups)
	e.when(b.WalkInIfFree, "walk_in_if_free")
}

func (e *explainer) checkIn(b *Book) {
	if b.CheckInAfter >= 0 {
		code := "check_in"
		if n := b.longestSession(); n > 0 && b.CheckInAfter >= n {
			code = "check_in_to_end"
		}
		e.say(code, "before", b.CheckInBefore, "after", b.CheckInAfter)
	} else {
		e.say("check_in_early", "before", b.CheckInBefore, "after", -b.CheckInAfter)
	}
	e.when(b.CheckInInside > 0, "check_in_inside", "minutes", b.CheckInInside)
	e.when(b.CheckInSameDay > 0, "check_in_same_day", "minutes", b.CheckInSameDay)
	e.when(len(b.CheckInBy) > 0, "check_in_by", "means", b.CheckInBy)
	e.when(slices.Contains(b.CheckInBy, ByPass) && !slices.Contains(b.CheckInBy, BySlip), "check_in_live")
}

func (e *explainer) change(b *Book) {
	e.when(b.CancelBefore > 0, "cancel_before", "minutes", b.CancelBefore)
	e.dayTime("cancel_by", b.CancelBy)
	e.when(b.CancelBefore <= 0 && b.CancelBy == nil, "cancel_until_check_in")
	named := b.names(LateCanceled)
	e.when(b.LateCancel == LateMiss && !named, "late_cancel_miss")
	e.when(b.LateCancel == LateMiss && named, "late_cancel_counts")
	e.when(b.LateCancel == LateAllowed, "late_cancel_allowed")
	for _, l := range b.CancelLimits {
		e.say("cancel_limit", "max", l.Max, "per", l.per(), "days", l.Within.Days)
	}
	e.when(b.NoMoves, "no_moves")
	e.when(b.MoveBefore > 0, "move_before", "minutes", b.MoveBefore)
	e.when(b.MovesMax > 0, "moves_max", "n", b.MovesMax)
}

func (e *explainer) discipline(b *Book) {
	for i := range b.Strikes {
		e.strike(&b.Strikes[i])
	}
	e.when(len(b.Waives) > 0, "waives", "faults", b.Waives)
	if back := b.EarnBack; back != nil {
		e.say("earn_back", "how", back.How)
		e.when(back.Max > 0, "earn_back_max", "max", back.Max, "per", back.per(), "days", back.Within.Days)
	}
}

func (e *explainer) strike(s *StrikeRule) {
	code := "strike"
	if s.Each && len(s.Counts) > 1 {
		code = "strike_each"
	}
	e.say(code, "counts", s.Counts, "max", s.Max, "per", s.per(), "days", s.Within.Days,
		"penalty", s.Penalty.Kind, "n", s.Penalty.N, "covers", orVenue(s.Covers))
	e.when(s.FirstWarns, "first_warns")
	e.when(orVenue(s.Across) != AtVenue, "strike_across", "scope", s.Across)
	for _, up := range s.Escalation {
		code := "escalation"
		if up.Days <= 0 {
			code = "escalation_ever"
		}
		e.say(code, "nth", up.Nth, "days", up.Days, "penalty", up.Penalty.Kind, "n", up.Penalty.N)
	}
}

func orVenue(s Scope) Scope {
	if s == "" {
		return AtVenue
	}
	return s
}
