package venue

import (
	"slices"
	"time"

	"wenguan/models/civil"
)

// ClosedReason says why a day has no open hours.
type ClosedReason string

// The reasons. NotClosed: there are open hours.
const (
	NotClosed       ClosedReason = ""
	ClosedWeekly    ClosedReason = "weekly"
	ClosedOnHoliday ClosedReason = "holiday"
	ClosedSpecially ClosedReason = "special"
	ClosedByClosure ClosedReason = "closure"
)

// Day is when a venue is open on one date, and why it is as it is.
type Day struct {
	Date    civil.Date
	Open    []civil.Interval // by the clocks of the venue; normalized
	Reason  ClosedReason
	Holiday string // the calendar's name for the date, for make-up days too; "" for ordinary days
	MakeUp  bool   // a Saturday or Sunday on which people work (调休)
	Note    Text   // the reason given with the special day or the closure
}

// Day is the venue's open hours of the date. A special day wins over the holiday calendar, that over the weekly hours;
// closures of the whole venue are taken out of the result.
func (v *Venue) Day(date civil.Date, cal *civil.Calendar) Day {
	d := v.planned(date, cal)
	zone := v.Location()
	if len(d.Open) == 0 || !v.touched(date) && date.Minutes(zone) == 24*60 {
		return d
	}
	reason := ClosedWeekly // hours that all lie in the gap of a clock change
	open := v.cut(date, d.Open, func(c *Closure) { d.Note, reason = c.Reason, ClosedByClosure })
	d.Open = nil
	for _, s := range open {
		iv := civil.Interval{Start: civil.ClockOf(s.Start, zone), End: civil.DayEnd}
		if civil.DateOf(s.End, zone) == date {
			iv.End = civil.ClockOf(s.End, zone)
		}
		d.Open = append(d.Open, iv)
	}
	if d.Open = civil.Normalize(d.Open); len(d.Open) == 0 {
		d.Reason = reason
	}
	return d
}

// OpenSpans is the same as instants, right on days when clocks change: hours that clocks skip are not there, hours they
// repeat are.
func (v *Venue) OpenSpans(date civil.Date, cal *civil.Calendar) []civil.Span {
	return v.cut(date, v.planned(date, cal).Open, func(*Closure) {})
}

// planned is the day without closures.
func (v *Venue) planned(date civil.Date, cal *civil.Calendar) Day {
	d := Day{Date: date}
	reason := ClosedWeekly
	hours := v.Hours[date.Weekday()]
	if h, ok := cal.On(date); ok {
		d.Holiday, d.MakeUp = h.Name, h.Work
		switch {
		case h.Work && v.OnHoliday.OnMakeUp == AsWorkday:
			hours = v.Hours[time.Friday]
		case h.Work:
		case v.OnHoliday.OnHoliday == ClosedThen:
			hours, reason = nil, ClosedOnHoliday
		case v.OnHoliday.OnHoliday == SpecialHours:
			hours, reason = v.OnHoliday.HolidayTime, ClosedOnHoliday
		}
	}
	if s, ok := v.specialDay(date); ok {
		hours, reason, d.Note = s.Hours, ClosedSpecially, s.Reason
	}
	d.Open = civil.Normalize(hours)
	if len(d.Open) == 0 {
		d.Reason = reason
	}
	return d
}

func (v *Venue) specialDay(date civil.Date) (SpecialDay, bool) {
	n, ok := slices.BinarySearchFunc(v.Special, date, func(s SpecialDay, d civil.Date) int { return int(s.Date - d) })
	if !ok {
		return SpecialDay{}, false
	}
	return v.Special[n], true
}

// touched reports whether a closure of the whole venue reaches into the date.
func (v *Venue) touched(date civil.Date) bool {
	if len(v.Closures) == 0 {
		return false
	}
	zone := v.Location()
	whole := civil.Span{Start: date.Start(zone), End: date.Add(1).Start(zone)}
	return slices.ContainsFunc(v.Closures, func(c Closure) bool { return len(c.Spaces) == 0 && c.Span().Overlaps(whole) })
}

// cut turns hours into instants, takes out the closures of the whole venue and calls with each that took something.
func (v *Venue) cut(date civil.Date, hours []civil.Interval, with func(*Closure)) []civil.Span {
	zone := v.Location()
	spans := make([]civil.Span, 0, len(hours))
	for _, iv := range hours {
		s := civil.Span{Start: date.At(iv.Start, zone), End: date.At(iv.End, zone)}
		if s.Start.Before(s.End) {
			spans = append(spans, s)
		}
	}
	for i := range v.Closures {
		c := &v.Closures[i]
		if len(c.Spaces) == 0 && slices.ContainsFunc(spans, c.Span().Overlaps) {
			spans = civil.Minus(spans, c.Span())
			with(c)
		}
	}
	return spans
}

// OpenThroughout reports whether the venue is open during all of the span, over midnights too.
func (v *Venue) OpenThroughout(span civil.Span, cal *civil.Calendar) bool {
	zone := v.Location()
	at := span.Start
	for date := civil.DateOf(span.Start, zone); at.Before(span.End); date = date.Add(1) {
		if !date.Start(zone).Before(span.End) {
			return false
		}
		for _, s := range v.OpenSpans(date, cal) {
			if !s.Start.After(at) && s.End.After(at) {
				at = s.End
			}
		}
		if at.Before(date.Add(1).Start(zone)) {
			return !at.Before(span.End)
		}
	}
	return true
}

// Span is the closure's time.
func (c *Closure) Span() civil.Span { return civil.Span{Start: c.Start, End: c.End} }

// ClosureOf is the first closure that keeps the atoms from being used during the span: one of the whole venue, or of a
// space that has one of the atoms (a closed room closes the hall it is part of).
func (v *Venue) ClosureOf(atoms []string, span civil.Span) (*Closure, bool) {
	for i := range v.Closures {
		c := &v.Closures[i]
		if c.Span().Overlaps(span) && (len(c.Spaces) == 0 || v.anyHas(c.Spaces, atoms)) {
			return c, true
		}
	}
	return nil, false
}

func (v *Venue) anyHas(spaces, atoms []string) bool {
	return slices.ContainsFunc(spaces, func(id string) bool {
		s, ok := v.FindSpace(id)
		return ok && slices.ContainsFunc(s.Atoms, func(a string) bool { return slices.Contains(atoms, a) })
	})
}

// MinuteOf is the time of day in minutes elapsed since the date's first instant at the venue.
func (v *Venue) MinuteOf(date civil.Date, t civil.TimeOfDay) int32 {
	return date.MinuteOf(t, v.Location())
}

// ParseWall reads a moment by the clocks of the venue; see civil.ParseWall.
func (v *Venue) ParseWall(s string) (time.Time, error) { return civil.ParseWall(s, v.Location()) }
