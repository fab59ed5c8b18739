package rule

import (
	"strings"
	"time"

	"wenguan/models/civil"
	"wenguan/models/fault"
)

// partySize: as many people as the rule book and the space take, groups by their own range.
func partySize(a *ask) *fault.Error {
	least, most := a.party()
	if a.Party >= least && (most == 0 || a.Party <= most) && int(a.Party) >= len(a.people()) {
		return nil
	}
	least = max(least, int32(len(a.people())))
	e := refuse("rule_party", "A booking here is for %d to %d people.", least, max(most, least)).On("party").With("mine", a.Party)
	if least > 1 {
		e = e.With("min", least)
	}
	if most == 0 {
		e.Message = fault.New(fault.Invalid, "", "A booking here is for at least %d people.", least).Message
		return e.With("min", least)
	}
	return e.With("max", max(most, least))
}

// party is the least and the largest party, 0 for no largest.
func (a *ask) party() (least, most int32) {
	least, most = a.PartyMin, a.PartyMax
	if a.Holder.Organization && (a.GroupMin > 0 || a.GroupMax > 0) {
		least, most = a.GroupMin, a.GroupMax
	}
	if p := a.Space.People; p > 0 {
		p = int32(min(int64(p)*int64(max(a.Spaces, 1)), 1<<30))
		if most <= 0 || p < most {
			most = p
		}
	}
	return max(least, 1), max(most, 0)
}

// severalSpaces: at most so many spaces in one booking.
func severalSpaces(a *ask) *fault.Error {
	if a.Spaces <= a.spaces() {
		return nil
	}
	return refuse("rule_spaces", "One booking takes no more spaces than %d.", a.spaces()).On("space").
		With("max", a.spaces()).With("mine", a.Spaces)
}

// assignment: the product gives the seat, or the resident chooses it.
func assignment(a *ask) *fault.Error {
	switch {
	case a.Assignment == Automatic && a.Chosen:
		return refuse("rule_automatic", "The seat is given out here; ask for any seat.").On("space")
	case a.Assignment == Chosen && a.Space.Group:
		return refuse("rule_choose", "Choose a seat.").On("space")
	}
	return nil
}

func shortest(a *ask) *fault.Error {
	least := a.shortest()
	switch a.times() {
	case InSessions:
		return nil
	case WholeDays:
		if a.wholeDays()*dayMinutes >= int64(least) {
			return nil
		}
	case Free:
		if a.Span.End.Sub(a.Span.Start) >= minutes(least) {
			return nil
		}
	}
	return refuse("rule_shortest", "A booking lasts at least %d minutes.", least).On("end").With("minutes", least).With("mine", a.length())
}

func longest(a *ask) *fault.Error {
	most := a.longest()
	switch a.times() {
	case InSessions:
		most = yearMinutes
	case WholeDays:
		if a.wholeDays()*dayMinutes <= int64(most) {
			return nil
		}
	}
	if a.times() != WholeDays && a.Span.End.Sub(a.Span.Start) <= minutes(most) {
		return nil
	}
	return refuse("rule_longest", "A booking lasts at most %d minutes.", most).On("end").With("minutes", most).With("mine", a.length())
}

func (a *ask) length() int64 { return int64(a.Span.End.Sub(a.Span.Start) / time.Minute) }

// wholeDays is how many dates the span touches.
func (a *ask) wholeDays() int64 {
	if !a.Span.Start.Before(a.Span.End) {
		return 0
	}
	return int64(a.Place.lastDate(a.Span.End)) - int64(a.on) + 1
}

// openHours: the venue is open all the time. Where bookings may last a day or more, one over midnight only has to
// start and end while the venue is open; what lies between belongs to it (an exhibition stays overnight).
func openHours(a *ask) *fault.Error {
	from, to := a.openings()
	if from != nil && to != nil && (from.Start.Equal(to.Start) || a.overnight()) || from != nil && a.throughout() {
		return nil
	}
	day, last := a.day(a.on), a.day(a.Place.lastDate(a.Span.End))
	switch {
	case len(day.Spans) == 0:
		return refuse("closed_day", "The venue is closed on this day.").On("start").With("reason", day.Reason)
	case len(last.Spans) == 0:
		return refuse("closed_day", "The venue is closed on the last day.").On("end").With("reason", last.Reason)
	}
	if from != nil && to != nil && a.times() == WholeDays {
		return nil // the noon break belongs to a whole day
	}
	if len(a.UseHours) > 0 && inside(a.Place.Day(a.on).Spans, a.Span) {
		return refuse("rule_use_hours", "Places here can be used %s only.", strings.Join(intervals(day.Hours), ", ")).On("start").With("hours", day.Hours)
	}
	return refuse("outside_hours", "The venue is not open then.").On("start").With("open", day.Hours)
}

// openings are the opening that the start lies in and the one that the end lies in, nil for none.
func (a *ask) openings() (from, to *civil.Span) {
	first, last := a.on, a.Place.lastDate(a.Span.End)
	spans := a.day(first).Spans
	for i := range spans {
		if s := &spans[i]; !a.Span.Start.Before(s.Start) && a.Span.Start.Before(s.End) {
			from = s
		}
	}
	if last != first {
		spans = a.day(last).Spans
	}
	for i := range spans {
		if s := &spans[i]; s.Start.Before(a.Span.End) && !a.Span.End.After(s.End) {
			to = s
		}
	}
	return from, to
}

func (a *ask) overnight() bool {
	return a.times() != InSessions && a.longest() >= dayMinutes && a.Place.lastDate(a.Span.End) > a.on
}

// throughout reports whether openings that touch each other, over midnight too, cover the span.
func (a *ask) throughout() bool {
	at := a.Span.Start
	for date := a.on; at.Before(a.Span.End); date++ {
		before := at
		for _, s := range a.day(date).Spans {
			if !s.Start.After(at) && s.End.After(at) {
				at = s.End
			}
		}
		if at.Equal(before) {
			return false
		}
	}
	return true
}

// slotStep: start and end lie on the step counted from the beginning of the opening they lie in; an end may also be the
// end of the opening.
func slotStep(a *ask) *fault.Error {
	if a.times() != Free {
		return nil
	}
	step := a.step()
	from, to := a.openings()
	off := func(t time.Time, s *civil.Span) bool { return s != nil && t.Sub(s.Start)%minutes(step) != 0 }
	field := ""
	switch {
	case off(a.Span.Start, from):
		field = "start"
	case off(a.Span.End, to) && !a.Span.End.Equal(to.End):
		field = "end"
	default:
		return nil
	}
	return refuse("rule_step", "Times here go in steps of %d minutes.", step).On(field).With("minutes", step)
}

// sessions: the span is one session of its day.
func sessions(a *ask) *fault.Error {
	if a.times() != InSessions || a.session() != nil {
		return nil
	}
	there := []civil.Interval{}
	for _, s := range a.Book.Slots(a.Place, a.on) {
		there = append(there, civil.Interval{Start: a.Sessions[s.Session].Start, End: a.Sessions[s.Session].End})
	}
	if len(there) == 0 {
		return a.noSession()
	}
	return refuse("rule_session", "Choose one of the sessions of this day.").On("start").With("sessions", there)
}

// noSession says that the day has none, and when the next one is.
func (a *ask) noSession() *fault.Error {
	e := refuse("rule_no_session", "There are no sessions on this day; choose another.").On("start")
	for date := a.on + 1; date < a.on+400; date++ {
		if there := a.Slots(a.Place, date); len(there) > 0 && a.bookedOn(a.Place, date) {
			return e.With("allowed_start", there[0].Start)
		}
	}
	return e
}

// session is the session that the span is, nil if it is none.
func (a *ask) session() *Session {
	date := a.on
	for i := range a.Sessions {
		s := &a.Sessions[i]
		if span, ok := s.on(a.Place, date); ok && span.Start.Equal(a.Span.Start) && span.End.Equal(a.Span.End) {
			return s
		}
	}
	return nil
}

// on is the session on the date, false if there is none on that sort of day or clocks skip it.
func (s *Session) on(p *Place, date civil.Date) (civil.Span, bool) {
	if len(s.Days) > 0 && !s.Days.Has(p.dayOf(date)) {
		return civil.Span{}, false
	}
	span := civil.Span{Start: date.At(s.Start, p.Zone), End: date.At(s.End, p.Zone)}
	return span, span.Start.Before(span.End)
}

// quota: the session has places left for the party.
func quota(a *ask) *fault.Error {
	if a.times() != InSessions {
		return nil
	}
	s := a.session()
	if s == nil || s.Quota == 0 || int64(a.Taken)+int64(a.Party) <= int64(s.Quota) {
		return nil
	}
	return fault.New(fault.Conflict, "session_full", "This session is for %d people, and %d places are left.", s.Quota, max(s.Quota-a.Taken, 0)).
		On("start").With("max", s.Quota).With("left", max(s.Quota-a.Taken, 0)).With("mine", a.Party)
}

// wholeDays: the span begins with the first opening of a day and ends with the last one of a day. A closed day between
// belongs to it: what hangs in a hall stays there.
func wholeDays(a *ask) *fault.Error {
	if a.times() != WholeDays {
		return nil
	}
	first, last := a.day(a.on).Spans, a.day(a.Place.lastDate(a.Span.End)).Spans
	if len(first) == 0 || len(last) == 0 {
		return nil // openHours refuses that
	}
	from, to := first[0].Start, last[len(last)-1].End
	if a.Span.Start.Equal(from) && a.Span.End.Equal(to) {
		return nil
	}
	return refuse("rule_whole_days", "Whole days are booked here, from %s to %s.", a.Place.wall(from), a.Place.wall(to)).
		On("start").With("start", from).With("end", to)
}
