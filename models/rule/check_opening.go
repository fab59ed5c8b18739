package rule

import (
	"time"

	"wenguan/models/civil"
	"wenguan/models/fault"
)

// notPast: the start lies ahead, or not longer ago than late booking allows. Without late booking, who stands before an
// empty seat at 10:05 can still have the step that began at 10:00.
func notPast(a *ask) *fault.Error {
	if a.now.Before(a.latestStart(a.Span)) {
		return nil
	}
	if a.LateBooking > 0 && a.now.After(a.Span.Start) && a.now.Before(a.Span.End) {
		return refuse("rule_late_booking", "This time has begun; it could be booked until %d minutes after its start.", a.LateBooking).
			On("start").With("minutes", a.LateBooking).With("until", a.latestStart(a.Span).Truncate(time.Minute))
	}
	return refuse("in_past", "This time is past.").On("start")
}

// latestStart is the moment from which the span can no longer be booked because it has begun.
func (b *Book) latestStart(s civil.Span) time.Time {
	last := s.Start.Add(1) // the start itself is in time
	switch {
	case b.LateBooking > 0:
		last = s.Start.Add(minutes(b.LateBooking) + 1)
	case b.NoCheckIn || b.CheckInAfter <= 0:
	case b.times() == Free:
		last = s.Start.Add(minutes(b.step()))
	default:
		last = s.Start.Add(minutes(b.CheckInAfter))
	}
	if !b.NoCheckIn && b.CheckInAfter < 0 { // who books when check-in has closed could not come
		last = earlier(last, s.Start.Add(minutes(b.CheckInAfter)))
	}
	return earlier(last, s.End)
}

// bookingDays: bookings are for some days only; on others people simply come.
func bookingDays(a *ask) *fault.Error {
	if a.bookedOn(a.Place, a.on) {
		return nil
	}
	e := refuse("rule_booking_days", "Places are not booked for this day.").On("start").With("days", a.BookingDays).
		With("walk_in", a.WalkIn.Has(a.Place.dayOf(a.on)))
	for d := a.on + 1; d < a.on+400; d++ {
		if a.BookingDays.Has(a.Place.dayOf(d)) {
			return e.With("allowed_start", d.Start(a.Place.Zone))
		}
	}
	return e
}

// bookedOn reports whether bookings are for that date.
func (b *Book) bookedOn(p *Place, date civil.Date) bool {
	return len(b.BookingDays) == 0 || b.BookingDays.Has(p.dayOf(date))
}

// OpensAt is when a booking of the span can first be made, the zero time if it always could.
func (b *Book) OpensAt(p *Place, s civil.Span) time.Time {
	date, measured := p.date(s.Start), s.Start
	if b.HorizonToEnd {
		date, measured = p.lastDate(s.End), s.End
	}
	switch b.mode() {
	case Always:
		var at time.Time
		if b.HorizonDays > 0 {
			at = (date - civil.Date(b.HorizonDays)).Start(p.Zone)
		}
		if b.HorizonMinutes > 0 {
			at = later(at, measured.Add(-minutes(b.HorizonMinutes)))
		}
		return at
	case WeekWindow, MonthWindow:
		return b.window(p, date).opens
	}
	return b.Released(p, date)
}

// Released is when the date becomes bookable, the zero time if it always was.
func (b *Book) Released(p *Place, date civil.Date) time.Time {
	switch b.mode() {
	case Always:
		if b.HorizonDays == 0 {
			return time.Time{}
		}
		return (date - civil.Date(b.HorizonDays)).Start(p.Zone)
	case WeekWindow, MonthWindow:
		return b.window(p, date).opens
	}
	return (date - civil.Date(b.HorizonDays)).At(b.ReleaseAt, p.Zone)
}

// horizon: booking for that time has opened, and has not closed again.
func horizon(a *ask) *fault.Error {
	if a.windowed() {
		return a.inWindow()
	}
	opens := a.OpensAt(a.Place, a.Span)
	if !a.now.Before(opens) {
		return nil
	}
	days := int(a.HorizonDays)
	e := refuse("rule_horizon", "This time can be booked from %s on.", a.Place.wall(opens)).On(a.horizonField()).
		With("days", days).With("opens", opens).With("last", a.lastOpen().String())
	if a.HorizonMinutes > 0 {
		e = e.With("minutes", a.HorizonMinutes)
	}
	return a.from(e, opens)
}

// from adds when the request would be allowed, unless it will be too late for it then.
func (a *ask) from(e *fault.Error, at time.Time) *fault.Error {
	if at.Before(a.ClosesAt(a.Place, a.Span)) {
		return e.With("allowed_at", at)
	}
	return e
}

// lastOpen is the last date that can be booked now.
func (a *ask) lastOpen() civil.Date {
	last := a.Place.date(a.now) + civil.Date(a.HorizonDays)
	if a.HorizonMinutes > 0 {
		return a.Place.date(a.now.Add(minutes(a.HorizonMinutes)))
	}
	if a.now.Before(a.Released(a.Place, last)) {
		last--
	}
	return last
}

func (a *ask) horizonField() string {
	if a.HorizonToEnd {
		return "end"
	}
	return "start"
}

// bookingHours: bookings are taken at some times of a day only.
func bookingHours(a *ask) *fault.Error {
	if len(a.BookingHours) == 0 {
		return nil
	}
	today, clock := a.Place.date(a.now), civil.ClockOf(a.now, a.Place.Zone)
	next := civil.TimeOfDay(-1)
	first := civil.DayEnd
	for _, iv := range a.BookingHours {
		if iv.Contains(clock) {
			return nil
		}
		if iv.Start > clock && (next < 0 || iv.Start < next) {
			next = iv.Start
		}
		first = min(first, iv.Start)
	}
	if next < 0 {
		today, next = today+1, first
	}
	at := today.At(next, a.Place.Zone)
	return a.from(refuse("rule_booking_hours", "Bookings are taken from %s on.", a.Place.wall(at)).
		On("start").With("hours", a.BookingHours).With("opens", at), at)
}

// noticeGiven: somebody has to prepare the place.
func noticeGiven(a *ask) *fault.Error {
	n := a.Notice
	earliest := a.now.Add(minutes(n))
	if n <= 0 || !a.Span.Start.Before(earliest) {
		return nil
	}
	return refuse("rule_notice", "Book at least %d minutes ahead.", n).On("start").With("minutes", n).
		With("earliest", wholeMinute(earliest)).With("allowed_start", wholeMinute(earliest))
}

// bookBy: booking for a day ends at a time of a day before it.
func bookBy(a *ask) *fault.Error {
	if a.BookBy == nil {
		return nil
	}
	last := a.BookBy.before(a.Place, a.on)
	if !a.now.After(last) {
		return nil
	}
	next := a.Place.date(a.now) + civil.Date(a.BookBy.Days)
	if a.now.After(a.BookBy.before(a.Place, next)) {
		next++
	}
	return refuse("rule_book_by", "This day could be booked until %s.", a.Place.wall(last)).On("start").
		With("until", last).With("allowed_start", next.Start(a.Place.Zone))
}

// stopsBeforeClosing: on its day, booking stops a while before the venue closes.
func stopsBeforeClosing(a *ask) *fault.Error {
	last := a.stops(a.Place, a.Span)
	if last.IsZero() || a.now.Before(last) {
		return nil
	}
	return refuse("rule_stop", "Booking for this day stopped at %s, %d minutes before closing.", a.Place.wall(last), a.StopBefore).
		On("start").With("minutes", a.StopBefore).With("stopped", last)
}

// stops is when booking for the day of the span stops, the zero time if it does not.
func (b *Book) stops(p *Place, s civil.Span) time.Time {
	if b.StopBefore <= 0 {
		return time.Time{}
	}
	spans := p.Day(p.date(s.Start)).Spans
	if len(spans) == 0 {
		return time.Time{}
	}
	return spans[len(spans)-1].End.Add(-minutes(b.StopBefore))
}

// ClosesAt is the moment from which the span can no longer be booked.
func (b *Book) ClosesAt(p *Place, s civil.Span) time.Time {
	at := b.latestStart(s)
	if b.Notice > 0 {
		at = earlier(at, s.Start.Add(1-minutes(b.Notice)))
	}
	if b.BookBy != nil {
		at = earlier(at, b.BookBy.before(p, p.date(s.Start)).Add(1))
	}
	if stop := b.stops(p, s); !stop.IsZero() {
		at = earlier(at, stop)
	}
	if b.windowed() {
		if closes := b.window(p, p.date(s.Start)).closes; !closes.IsZero() {
			at = earlier(at, closes)
		}
	}
	return at
}
