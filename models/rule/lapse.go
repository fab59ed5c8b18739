package rule

import (
	"slices"
	"time"

	"wenguan/models/civil"
	"wenguan/models/fault"
)

// Lapse is what the clock has made of the facts by now. It dates what happened at the time it was due, so that a late or
// repeated run, or the next reader where no job has run, gives the same. All verbs begin with it.
func Lapse(f Facts, now time.Time) Facts {
	due := f.Due()
	if due == nil || now.Before(*due) {
		return f
	}
	switch f.State {
	case Confirmed:
		if f.NoCheckIn {
			return f.finish(Completed, f.End)
		}
		return f.finish(NoShow, f.Closes).violate(NoShowed, f.Closes)
	case Away:
		if f.BackBy != nil && f.BackBy.Before(f.End) {
			return f.finish(Completed, *f.BackBy).violate(NotBack, *f.BackBy)
		}
	case Reported:
		if f.ReturnBy != nil && f.ReturnBy.Before(f.End) {
			return f.finish(Completed, *f.ReturnBy).violate(ReportedAway, *f.ReturnBy)
		}
	}
	f = f.finish(Completed, f.End)
	if f.MustOut {
		f = f.violate(NoCheckOut, f.OverBy)
	}
	return f
}

// finish makes the facts final; the place is free at once, with the minute that is running.
func (f Facts) finish(to State, at time.Time) Facts {
	f.State, f.EndedAt, f.BackBy, f.ReturnBy = to, &at, nil, nil
	if free := at.Truncate(time.Minute); free.Before(f.End) {
		f.ReleasedAt = &free
	}
	return f
}

func (f Facts) violate(kind ViolationKind, at time.Time) Facts {
	f.Violation, f.ViolatedAt = kind, &at
	return f
}

// over reports whether the booked time is past, though check-out is still awaited.
func (f *Facts) over(now time.Time) bool { return !now.Before(f.End) }

// may refuses a verb that the present state does not have.
func (f *Facts) may(v Verb) *fault.Error {
	if len(transitions[f.State][v]) > 0 {
		return nil
	}
	return f.refusal(v)
}

// refusal says why the verb is not possible.
func (f *Facts) refusal(v Verb) *fault.Error {
	switch {
	case f.State == Cancelled:
		return fault.New(fault.Gone, "booking_cancelled", "This booking was cancelled.")
	case f.State == NoShow:
		return fault.New(fault.Gone, "too_late", "Nobody came in time, so the place was given to others.").With("closed", f.Closes)
	case f.State == Completed && v == DoCheckIn:
		return fault.New(fault.Gone, "too_late", "This visit is over.").With("closed", f.HeldUntil())
	case f.State == Completed, f.Here() && (v == DoLeave || v == DoReport) && f.State == CheckedIn:
		return fault.New(fault.Gone, "booking_over", "This visit is over.")
	case f.State == Reported && v == DoLeave:
		return fault.New(fault.Conflict, "reported_away", "Say first that you are back.")
	case f.Here():
		return fault.New(fault.Conflict, "already_in", "The party is already in.").With("at", orEnd(f.InAt, f.Start))
	}
	return fault.New(fault.Conflict, "not_checked_in", "Nobody has checked in yet.").With("closes", f.Closes)
}

// Allowed is what can be done with a booking at the moment, for pages: the verbs its holder may use now, in a fixed
// order. Limits that need a history are not asked.
func Allowed(b *Book, p *Place, f Facts, now time.Time) []Verb {
	f, act := Lapse(f, now), Act{Now: now, By: AsHolder}
	var out []Verb
	add := func(v Verb, err *fault.Error) {
		if err == nil {
			out = append(out, v)
		}
	}
	if f.State == Confirmed {
		add(DoMove, MayMove(b, p, f, act))
		_, err := CancelOf(b, p, f, nil, act)
		add(DoCancel, err)
		_, err = CheckIn(b, p, f, act)
		add(DoCheckIn, err)
	}
	if f.State == CheckedIn {
		_, err := Leave(b, p, f, act, 0)
		add(DoLeave, err)
	}
	if f.State == Away || f.State == Reported {
		add(DoReturn, nil)
	}
	if f.Here() {
		_, err := CheckOut(f, act)
		add(DoCheckOut, err)
	}
	return slices.Clip(out)
}

func clockOf(p *Place, at time.Time) civil.TimeOfDay { return civil.ClockOf(at, p.Zone) }
