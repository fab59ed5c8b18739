package rule

import (
	"wenguan/models/civil"
	"wenguan/models/fault"
)

// Explained is one sentence of a rule book as a code and parameters; the words are the client's (docs/rule-books.md
// proposes them).
type Explained struct {
	Code   string       `json:"code"`
	Params fault.Params `json:"params"`
	For    Audience     `json:"for,omitempty"` // residents or organizations, where the other has another rule; "" is everybody
}

// Explain is the rule book for residents, in the order they meet its rules. What limits nothing is left out; everything
// else is said.
func Explain(b *Book) []Explained {
	e := &explainer{}
	e.when(b.Starts != 0, "starts", "date", b.Starts.String())
	e.twice(b, b.Organizations != nil && b.Organizations.Opening != nil, e.opening)
	e.shape(b)
	e.who(b)
	e.howMuch(b)
	e.attendance(b)
	e.change(b)
	e.discipline(b)
	return e.out
}

type explainer struct {
	out  []Explained
	whom Audience // for whom what is said next holds
}

// say adds a sentence; pairs are names and values.
func (e *explainer) say(code string, pairs ...any) {
	params := fault.Params{}
	for i := 0; i+1 < len(pairs); i += 2 {
		params[pairs[i].(string)] = pairs[i+1]
	}
	e.out = append(e.out, Explained{Code: code, Params: params, For: e.whom})
}

// twice says the same rules as residents and as organizations have them, once where that is no difference.
func (e *explainer) twice(b *Book, differs bool, say func(*Book)) {
	if !differs {
		say(b)
		return
	}
	e.whom = Residents
	say(b)
	e.whom = Organizations
	say(b.For(true))
	e.whom = ""
}

// when is say under a condition.
func (e *explainer) when(ok bool, code string, pairs ...any) {
	if ok {
		e.say(code, pairs...)
	}
}

func (e *explainer) opening(b *Book) {
	switch b.mode() {
	case Always:
		e.when(b.HorizonDays <= 0 && b.HorizonMinutes <= 0, "opens_always")
		e.when(b.HorizonDays > 0, "opens_always_days", "days", b.HorizonDays)
		e.when(b.HorizonMinutes > 0, "opens_always_minutes", "minutes", b.HorizonMinutes)
	case WeekWindow:
		e.weekly(b.week())
	case MonthWindow:
		e.monthly(b.month())
	default:
		code := "opens_days"
		switch {
		case b.HorizonDays <= 0:
			code = "opens_today"
		case b.HorizonDays == 1:
			code = "opens_tomorrow"
		}
		if b.ReleaseAt == 0 {
			code += "_all_day"
		}
		e.say(code, "days", b.HorizonDays, "at", b.ReleaseAt.String())
	}
	e.when(b.HorizonToEnd, "horizon_to_end")
	e.when(len(b.BookingHours) > 0, "booking_hours", "hours", intervals(b.BookingHours))
	e.when(len(b.BookingDays) > 0, "booking_days", "days", b.BookingDays)
	e.when(b.Notice > 0, "notice", "minutes", b.Notice)
	e.dayTime("book_by", b.BookBy)
	e.when(b.LateBooking > 0, "late_booking", "minutes", b.LateBooking)
	e.when(b.StopBefore > 0, "stop_before_closing", "minutes", b.StopBefore)
}

func (e *explainer) weekly(w *Weekly) {
	n := ahead(w.Ahead)
	code := "opens_weekly"
	switch {
	case n == 0:
		code = "opens_weekly_same"
	case n > 1:
		code = "opens_weekly_ahead"
	}
	e.say(code, "from", w.From, "at", w.At.String(), "until", w.Until, "till", w.Till.String(), "ahead", n)
}

func (e *explainer) monthly(m *Monthly) {
	n := ahead(m.Ahead)
	code := "opens_monthly"
	switch {
	case n == 0:
		code = "opens_monthly_same"
	case n > 1:
		code = "opens_monthly_ahead"
	}
	e.say(code, "from", m.From, "at", m.At.String(), "ahead", n)
	e.when(m.Until > 0, "monthly_until", "until", m.Until, "till", m.till().String())
}

// dayTime says a time of a day before, the day itself and the day before it in words of their own.
func (e *explainer) dayTime(code string, d *DayTime) {
	if d == nil {
		return
	}
	switch d.Days {
	case 0:
		code += "_same_day"
	case 1:
		code += "_day_before"
	}
	e.say(code, "days", d.Days, "at", d.At.String())
}

func intervals(list []civil.Interval) []string {
	out := make([]string, len(list))
	for i, iv := range list {
		out[i] = iv.Start.String() + "-" + iv.End.String()
	}
	return out
}

func (e *explainer) shape(b *Book) {
	switch b.times() {
	case InSessions:
		e.say("sessions", "n", len(b.Sessions))
		for _, s := range b.Sessions {
			code := "session"
			switch {
			case len(s.Days) > 0 && s.Quota > 0:
				code = "session_days_quota"
			case len(s.Days) > 0:
				code = "session_days"
			case s.Quota > 0:
				code = "session_quota"
			}
			e.say(code, "name", s.Name, "start", s.Start.String(), "end", s.End.String(), "days", s.Days, "n", s.Quota)
		}
	case WholeDays:
		e.say("whole_days")
		e.when(b.longest() > dayMinutes, "whole_days_closed")
		e.when(b.Shortest > dayMinutes, "shortest", "minutes", b.Shortest)
		e.longest(b)
	default:
		e.say("step", "minutes", b.step())
		e.when(b.Shortest > b.step(), "shortest", "minutes", b.Shortest)
		e.longest(b)
	}
	for _, u := range b.UseHours {
		code := "use_hours"
		if len(u.Days) > 0 {
			code = "use_hours_days"
		}
		e.say(code, "start", u.Start.String(), "end", u.End.String(), "days", u.Days)
	}
	e.when(b.BufferBefore > 0, "buffer_before", "minutes", b.BufferBefore)
	e.when(b.BufferAfter > 0, "buffer_after", "minutes", b.BufferAfter)
	switch {
	case b.PartyMin > 1 && b.PartyMax > 0:
		e.say("party_range", "min", b.PartyMin, "max", b.PartyMax)
	case b.PartyMin > 1:
		e.say("party_min", "n", b.PartyMin)
	case b.PartyMax == 1:
		e.say("party_one")
	case b.PartyMax > 0:
		e.say("party_max", "n", b.PartyMax)
	}
	e.twice(b, b.Organizations != nil && b.Organizations.SpacesMax > 0, func(b *Book) {
		e.when(b.SpacesMax > 1, "spaces_max", "n", b.SpacesMax)
	})
	e.when(b.Assignment == Automatic, "assignment_automatic")
	e.when(b.Assignment == Chosen, "assignment_chosen")
}

func (e *explainer) longest(b *Book) {
	e.twice(b, b.Organizations != nil && b.Organizations.Longest > 0, func(b *Book) {
		e.when(b.Longest > 0, "longest", "minutes", b.Longest)
	})
}

func (e *explainer) who(b *Book) {
	e.when(b.Audience == Residents, "for_residents")
	e.when(b.Audience == Organizations && !b.VerifiedOnly, "for_organizations")
	e.when(b.VerifiedOnly, "verified_only")
	e.when(b.RealNameOnly, "real_name_only")
	e.when(b.MinAge > 0, "min_age", "n", b.MinAge)
	guarded := b.PartyMax != 1 // who comes as the guardian of a child of the booking may be older
	e.when(b.MaxAge > 0 && !guarded, "max_age", "n", b.MaxAge)
	e.when(b.MaxAge > 0 && guarded, "max_age_guardian", "n", b.MaxAge)
	e.when(b.ChildUnder > 0, "child_under", "n", b.ChildUnder)
	e.when(b.ChildUnder > 0 && b.ChildrenEach > 0, "children_per_guardian", "n", b.ChildrenEach, "under", b.ChildUnder)
	switch {
	case b.GroupMin > 0 && b.GroupMax > 0:
		e.say("group_range", "min", b.GroupMin, "max", b.GroupMax)
	case b.GroupMin > 0:
		e.say("group_min", "n", b.GroupMin)
	case b.GroupMax > 0:
		e.say("group_max", "n", b.GroupMax)
	}
	e.when(b.PurposeNeeded, "purpose_required")
	if l := b.Letter; l != nil {
		e.say("letter", "title", l.Title, "version", l.Version)
	}
}

func (e *explainer) howMuch(b *Book) {
	e.when(b.PerDay > 0, "per_day", "n", b.PerDay)
	for _, l := range b.Limits {
		code := "limit_" + string(l.Count)
		e.say(code, "max", l.Max, "per", l.per(), "days", l.Within.Days, "scope", l.scope(), "of", l.whom())
	}
	e.when(b.OneAtATime, "one_at_a_time")
	e.when(b.NextAfter == NextCheckIn, "next_after_check_in")
	e.when(b.NextAfter == NextCheckOut, "next_after_check_out")
	e.when(b.CoolingOff > 0, "cooling_off", "minutes", b.CoolingOff)
	e.when(b.CancelCooling > 0, "cancel_cooling_off", "minutes", b.CancelCooling)
}

func (w Within) per() Period {
	if w.Per == "" {
		return Ever
	}
	return w.Per
}
