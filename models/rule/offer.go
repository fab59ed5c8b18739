package rule

import (
	"time"

	"wenguan/models/civil"
	"wenguan/models/fault"
)

// Slot is a time that can be asked for on a date: one step, one session or one day.
type Slot struct {
	civil.Span
	Session int   // index in Sessions, -1 where there are none
	Quota   int32 // people, 0 for what the space takes
}

// Slots are the times that the book offers on the date, in order, whether or not they can be booked now. Of free times a
// slot is one step; a booking is a run of them.
func (b *Book) Slots(p *Place, date civil.Date) []Slot {
	day := b.day(p, date)
	if len(day.Spans) == 0 {
		return nil
	}
	switch b.times() {
	case InSessions:
		return b.sessionSlots(p, date, day.Spans)
	case WholeDays:
		return []Slot{{Span: civil.Span{Start: day.Spans[0].Start, End: day.Spans[len(day.Spans)-1].End}, Session: -1}}
	}
	var out []Slot
	step := minutes(b.step())
	for _, open := range day.Spans {
		for t := open.Start; !t.Add(step).After(open.End); t = t.Add(step) {
			out = append(out, Slot{Span: civil.Span{Start: t, End: t.Add(step)}, Session: -1})
		}
	}
	return out
}

// sessionSlots are the sessions of the date that lie in its opening hours, the earliest first.
func (b *Book) sessionSlots(p *Place, date civil.Date, open []civil.Span) []Slot {
	var out []Slot
	for i := range b.Sessions {
		span, ok := b.Sessions[i].on(p, date)
		if !ok || !inside(open, span) {
			continue
		}
		at := len(out)
		for at > 0 && span.Start.Before(out[at-1].Start) {
			at--
		}
		out = append(out, Slot{})
		copy(out[at+1:], out[at:])
		out[at] = Slot{Span: span, Session: i, Quota: b.Sessions[i].Quota}
	}
	return out
}

// inside reports whether spans that may touch cover the span.
func inside(open []civil.Span, span civil.Span) bool {
	at := span.Start
	for _, s := range open {
		if !s.Start.After(at) && s.End.After(at) {
			at = s.End
		}
	}
	return !at.Before(span.End)
}

// timing are the rules about the moment of booking.
var timing = []rule{notPast, bookingDays, horizon, bookingHours, noticeGiven, bookBy, stopsBeforeClosing}

// Bookable answers whether the time can be asked for now, as far as the moment of booking goes: nil, or why not and when
// it can be. Who asks, and what else they have booked, is not asked.
func (b *Book) Bookable(p *Place, s civil.Span, now time.Time) *fault.Error {
	a := newAsk(b, &Request{Place: p, Span: s}, nil, now)
	for _, r := range timing {
		if err := r(&a); err != nil {
			return err
		}
	}
	return nil
}

// Ahead is how many days ahead the book lets anybody book, a large number for no end.
func (b *Book) Ahead() int { return max(b.ahead(), b.For(true).ahead()) }

func (b *Book) ahead() int {
	switch b.mode() {
	case WeekWindow:
		return 7 * (ahead(b.week().Ahead) + 1)
	case MonthWindow:
		return 31 * (ahead(b.month().Ahead) + 1)
	case Always:
		switch {
		case b.HorizonDays > 0:
			return int(b.HorizonDays)
		case b.HorizonMinutes > 0:
			return int(b.HorizonMinutes)/dayMinutes + 1
		}
		return 1 << 20
	}
	return int(b.HorizonDays)
}
