package rule

import (
	"slices"
	"time"

	"wenguan/models/fault"
)

// Act is somebody doing something with a booking. The verbs are pure: they give the facts after the verb or, with a
// refusal, the facts as the clock has made them by now, which are to be kept as well.
type Act struct {
	Now   time.Time
	By    Role
	Means Means // how they show that they are there; "" is not asked
}

// Role is who does it.
type Role string

// The roles.
const (
	AsHolder Role = "holder" // or who may act for the holder
	AsStaff  Role = "staff"
	AsOther  Role = "other" // somebody else in the place
)

// CheckIn says that the party has come; of a party on leave or reported away, that it is back. Repeated, it changes
// nothing. Refusals: fault.Conflict "too_early" with opens; fault.Invalid "rule_check_in_by" with allowed, "pass_stale" for a
// picture of a pass where only the code that changes counts; fault.Gone "too_late" with closed, "booking_cancelled".
func CheckIn(b *Book, p *Place, f Facts, act Act) (Facts, *fault.Error) {
	f = Lapse(f, act.Now)
	if f.State == Away || f.State == Reported {
		return Return(p, f, act)
	}
	if f.State == CheckedIn {
		return f, nil
	}
	if err := f.may(DoCheckIn); err != nil {
		return f, err
	}
	if f.NoCheckIn {
		return f, refuse("no_check_in", "Nobody needs to check in here.")
	}
	if len(b.CheckInBy) > 0 && act.Means != "" && !slices.Contains(b.CheckInBy, act.Means) {
		return f, b.otherwise(act.Means)
	}
	if act.Now.Before(f.Opens) {
		return f, fault.New(fault.Conflict, "too_early", "Check-in opens at %s.", p.wall(f.Opens)).
			With("opens", f.Opens).With("allowed_at", f.Opens)
	}
	f.State, f.InAt = CheckedIn, &act.Now
	return f, nil
}

// otherwise refuses means of checking in that do not count here.
func (b *Book) otherwise(means Means) *fault.Error {
	if means == BySlip && slices.Contains(b.CheckInBy, ByPass) {
		return refuse("pass_stale", "This is a picture of a pass. Open the booking and show the code that changes.").With("allowed", b.CheckInBy)
	}
	return refuse("rule_check_in_by", "Check in another way here.").With("allowed", b.CheckInBy).With("means", means)
}

// Leave begins a temporary leave; elsewhere is how many the holder has begun on this day in other bookings here.
// Repeated, it changes nothing: the time does not start again. Refusals: fault.Invalid "rule_no_leave",
// "rule_leaves_per_day" with max and mine; fault.Conflict "not_checked_in", "reported_away"; fault.Gone for what is over.
func Leave(b *Book, p *Place, f Facts, act Act, elsewhere int32) (Facts, *fault.Error) {
	f = Lapse(f, act.Now)
	if f.State == Away {
		return f, nil
	}
	if err := f.may(DoLeave); err != nil {
		return f, err
	}
	if f.over(act.Now) {
		return f, f.refusal(DoLeave)
	}
	keep := b.leaveAt(p, act.Now)
	if keep <= 0 {
		return f, refuse("rule_no_leave", "There is no temporary leave here; check out when you go.")
	}
	date := p.date(act.Now)
	if mine := f.leavesOn(p, date) + elsewhere; b.LeavesPerDay > 0 && mine >= b.LeavesPerDay {
		return f, until(refuse("rule_leaves_per_day", "You have left %d of %d times today.", mine, b.LeavesPerDay).
			With("max", b.LeavesPerDay).With("mine", mine), (date + 1).Start(p.Zone))
	}
	back := earlier(wholeMinute(act.Now).Add(minutes(keep)), f.End)
	f.Leaves = append(slices.Clip(f.Leaves), act.Now)
	f.State, f.BackBy = Away, &back
	return f, nil
}

// Return ends a leave, or answers a report. Repeated, it changes nothing. Refusals: fault.Conflict "not_checked_in";
// fault.Gone for what is over.
func Return(p *Place, f Facts, act Act) (Facts, *fault.Error) {
	f = Lapse(f, act.Now)
	if f.State == CheckedIn {
		return f, nil
	}
	if err := f.may(DoReturn); err != nil {
		return f, err
	}
	f.State, f.BackBy, f.ReturnBy = CheckedIn, nil, nil
	return f, nil
}

// Report says that the seat is empty (监督). The holder has so many minutes to return. Repeated, it changes nothing.
// Refusals: fault.Invalid "rule_no_report", "rule_report_by_staff"; fault.Conflict "on_leave" with back_by,
// "not_checked_in" with closes; fault.Gone for what is over.
func Report(b *Book, p *Place, f Facts, act Act) (Facts, *fault.Error) {
	f = Lapse(f, act.Now)
	if f.State == Reported {
		return f, nil
	}
	if f.State == Away {
		back := orEnd(f.BackBy, f.End)
		return f, fault.New(fault.Conflict, "on_leave", "The holder is on leave until %s.", p.wall(back)).
			With("back_by", back).With("allowed_at", back)
	}
	if err := f.may(DoReport); err != nil {
		return f, err
	}
	if f.over(act.Now) {
		return f, f.refusal(DoReport)
	}
	switch {
	case b.Report <= 0:
		return f, refuse("rule_no_report", "Empty seats are not reported here.")
	case b.ReportBy == StaffOnly && act.By != AsStaff:
		return f, refuse("rule_report_by_staff", "Tell the staff; only they report empty seats here.")
	}
	by := earlier(wholeMinute(act.Now).Add(minutes(b.Report)), f.End)
	f.State, f.ReportedAt, f.ReturnBy = Reported, &act.Now, &by
	return f, nil
}

// CheckOut says that the party has gone. Repeated, it changes nothing. After the end and its grace it is recorded as
// overstaying. Refusals: fault.Conflict "not_checked_in"; fault.Gone "booking_over", "booking_cancelled", "too_late".
func CheckOut(f Facts, act Act) (Facts, *fault.Error) {
	f = Lapse(f, act.Now)
	if f.State == Completed && f.OutAt != nil {
		return f, nil
	}
	if err := f.may(DoCheckOut); err != nil {
		return f, err
	}
	f = f.finish(Completed, act.Now)
	f.OutAt = &act.Now
	if f.MustOut && act.Now.Truncate(time.Minute).After(f.OutBy) { // people read clocks in minutes
		f = f.violate(Overstayed, act.Now)
	}
	return f, nil
}

// Release gives the place to others at nobody's fault; staff do it. Repeated, it changes nothing. What has not begun is
// cancelled, a visit is completed. Refusals: fault.Forbidden "not_permitted" for others; fault.Gone "too_late".
func Release(f Facts, act Act) (Facts, *fault.Error) {
	f = Lapse(f, act.Now)
	if act.By != AsStaff {
		return f, fault.New(fault.Forbidden, "not_permitted", "Only staff release a place.")
	}
	if f.State == Cancelled || f.State == Completed {
		return f, nil
	}
	if err := f.may(DoRelease); err != nil {
		return f, err
	}
	if f.State == Confirmed {
		return f.finish(Cancelled, act.Now), nil
	}
	return f.finish(Completed, act.Now), nil
}

// leaveAt is how long a leave that starts at the instant keeps the seat.
func (b *Book) leaveAt(p *Place, at time.Time) int32 {
	clock, keep := clockOf(p, at), b.Leave
	for _, m := range b.MealLeaves {
		if m.Contains(clock) {
			keep = max(keep, m.Minutes)
		}
	}
	return keep
}
