package rule

import (
	"fmt"
	"time"

	"wenguan/models/civil"
)

// sample is a Monday without clock changes near it: what is possible is tried out on the week from it.
var sample = civil.NewDate(2024, 1, 8)

// possible tries the book on a week of the venue's hours and refuses what can never be booked, cancelled or come to.
func (c *checker) possible() {
	weekly := c.ctx.Weekly
	if weekly == nil {
		weekly = &civil.WeeklyHours{}
		for d := range weekly {
			weekly[d] = []civil.Interval{{Start: 0, End: civil.DayEnd}}
		}
	}
	p := Open(Where{}, time.UTC, *weekly, nil)
	open := 0
	for _, hours := range weekly {
		open += len(hours)
	}
	if open == 0 {
		return // a venue that is not open yet
	}
	if c.times() == InSessions {
		c.possibleSessions(p)
	} else {
		c.possibleTimes(p)
	}
}

// possibleSessions asks of each session whether it lies in the hours of one of its days and whether booking for it is
// open before it is too late.
func (c *checker) possibleSessions(p *Place) {
	lead := time.Duration(-1)
	for i := range c.Sessions {
		s, at := &c.Sessions[i], fmt.Sprintf("sessions[%d]", i)
		days, offered, bookable := 0, 0, false
		for date := sample; date < sample+7; date++ {
			span, ok := s.on(p, date)
			if !ok || !c.bookedOn(p, date) {
				continue
			}
			days++
			if !inside(p.Day(date).Spans, span) {
				continue
			}
			offered++
			ahead, can := c.window(p, span)
			bookable, lead = bookable || can, max(lead, ahead)
		}
		onHoliday := s.Days.Has(Holiday) && (len(c.BookingDays) == 0 || c.BookingDays.Has(Holiday))
		switch {
		case onHoliday && offered == 0: // hours of holidays are not known here
		case days == 0:
			c.add(at+".days", "session_never", "There is no day for this session: bookings are for other days only.")
		case offered == 0:
			c.add(at, "session_outside_hours", "The venue is not open during %s-%s on any day of this session.", s.Start, s.End).
				With("start", s.Start.String()).With("end", s.End.String())
		case !bookable:
			c.add(at, "opens_after_session", "Booking for %s-%s opens after it can no longer be booked.", s.Start, s.End).
				With("start", s.Start.String()).With("end", s.End.String())
		}
	}
	c.cancellable(lead)
}

// possibleTimes asks whether anything at all can be booked.
func (c *checker) possibleTimes(p *Place) {
	lead, bookable, fits, offered := time.Duration(-1), false, false, false
	least := minutes(max(c.shortest(), 1))
	for date := sample; date < sample+7; date++ {
		if !c.bookedOn(p, date) {
			continue
		}
		for _, s := range c.Slots(p, date) {
			offered = true
			span := s.Span
			if c.times() == Free {
				span.End = later(span.End, span.Start.Add(least))
			}
			if c.longest() < dayMinutes && !inside(p.Day(date).Spans, span) {
				continue
			}
			fits = true
			ahead, can := c.window(p, span)
			bookable, lead = bookable || can, max(lead, ahead)
		}
	}
	switch {
	case bookable:
		c.cancellable(lead)
	case !offered && c.BookingDays.Has(Holiday):
	case !offered || !fits:
		c.add("shortest", "shortest_over_hours", "Nobody could book: the venue is never open that long on a day with bookings.")
	case c.mode() == Daily && c.Notice == 0 && c.StopBefore == 0 && len(c.BookingHours) == 0:
		c.add("release_at", "opens_after_closing", "Booking for a day opens when the day is over.").With("at", c.ReleaseAt.String())
	default:
		c.add(c.blame(), "never_bookable", "Nothing could ever be booked: booking opens when it is already too late to book.")
	}
}

// bookedOn reports whether bookings are for that date.
func (c *checker) bookedOn(p *Place, date civil.Date) bool {
	return len(c.BookingDays) == 0 || c.BookingDays.Has(p.dayOf(date))
}

// blame is the field that most likely makes everything impossible.
func (c *checker) blame() string {
	switch {
	case len(c.BookingHours) > 0:
		return "booking_hours"
	case c.StopBefore > 0:
		return "stop_before_closing"
	case c.Notice > 0:
		return "notice"
	}
	return "release_at"
}

// window is how long before its start the span can be booked at the earliest, and whether it can be
// booked at any moment.
func (c *checker) window(p *Place, s civil.Span) (ahead time.Duration, can bool) {
	from, to := c.OpensAt(p, s), c.ClosesAt(p, s)
	if from.IsZero() {
		return 1 << 62, true
	}
	if !from.Before(to) {
		return s.Start.Sub(from), false
	}
	if len(c.BookingHours) == 0 || to.Sub(from) >= 24*time.Hour {
		return s.Start.Sub(from), true
	}
	for date := p.date(from); date <= p.date(to); date++ {
		for _, iv := range c.BookingHours {
			a, b := date.At(iv.Start, p.Zone), date.At(iv.End, p.Zone)
			if later(a, from).Before(earlier(b, to)) {
				return s.Start.Sub(from), true
			}
		}
	}
	return s.Start.Sub(from), false
}

// cancellable refuses a limit on cancelling that nobody could keep.
func (c *checker) cancellable(lead time.Duration) {
	if lead < 0 {
		return
	}
	if c.CancelBefore > 0 && minutes(c.CancelBefore) > lead && (c.LateCancel == "" || c.LateCancel == LateRefused) {
		c.add("cancel_before", "cancel_never", "Nothing could ever be cancelled: nobody can book that long ahead.").With("minutes", int64(lead/time.Minute))
	}
	if c.MoveBefore > 0 && minutes(c.MoveBefore) > lead {
		c.add("move_before", "move_never", "Nothing could ever be moved: nobody can book that long ahead.").With("minutes", int64(lead/time.Minute))
	}
}
