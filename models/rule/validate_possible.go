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
	if c.usableHours(p); len(c.faults) > 0 {
		return
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
	all := chance{}
	for i := range c.Sessions {
		s, at := &c.Sessions[i], fmt.Sprintf("sessions[%d]", i)
		days, offered, bookable := 0, 0, false
		for date := sample; date < sample+7; date++ {
			span, ok := s.on(p, date)
			if !ok || !c.bookedOn(p, date) {
				continue
			}
			days++
			if !inside(c.day(p, date).Spans, span) {
				continue
			}
			offered++
			can := c.chance(p, span)
			bookable, all = bookable || can.book, all.or(can)
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
	c.changeable(all)
}

// possibleTimes asks whether anything at all can be booked.
func (c *checker) possibleTimes(p *Place) {
	all, fits, offered := chance{}, false, false
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
			if c.longest() < dayMinutes && !inside(c.day(p, date).Spans, span) {
				continue
			}
			fits = true
			all = all.or(c.chance(p, span))
		}
	}
	switch {
	case all.book:
		c.changeable(all)
	case !offered && c.BookingDays.Has(Holiday):
	case !offered || !fits:
		c.add("shortest", "shortest_over_hours", "Nobody could book: the venue is never open that long on a day with bookings.")
	case c.mode() == Daily && c.Notice == 0 && c.StopBefore == 0 && len(c.BookingHours) == 0 && c.BookBy == nil:
		c.add("release_at", "opens_after_closing", "Booking for a day opens when the day is over.").With("at", c.ReleaseAt.String())
	default:
		c.add(c.blame(), "never_bookable", "Nothing could ever be booked: booking opens when it is already too late to book.")
	}
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
	case c.BookBy != nil:
		return "book_by"
	case c.windowed():
		return string(c.mode()) // the fields are named after the modes
	}
	return "release_at"
}

// chance is what can be done with what a book offers.
type chance struct{ book, cancel, move bool }

func (a chance) or(b chance) chance {
	return chance{a.book || b.book, a.cancel || b.cancel, a.move || b.move}
}

// chance asks whether there is a moment at which the span can be booked, and whether a booking of it made at the first
// such moment could still be cancelled and moved.
func (c *checker) chance(p *Place, s civil.Span) chance {
	from, to := c.OpensAt(p, s), c.ClosesAt(p, s)
	if from.IsZero() {
		return chance{true, true, true}
	}
	cancel := c.cancelUntil(p, s, s.Start)
	return chance{book: c.taken(p, from, to), cancel: !cancel.Before(from), move: !c.moveUntil(s, cancel).Before(from)}
}

// taken reports whether bookings are taken at any moment from one instant to before the other.
func (c *checker) taken(p *Place, from, to time.Time) bool {
	if !from.Before(to) || len(c.BookingHours) == 0 || to.Sub(from) >= 24*time.Hour {
		return from.Before(to)
	}
	for date := p.date(from); date <= p.date(to); date++ {
		for _, iv := range c.BookingHours {
			a, b := date.At(iv.Start, p.Zone), date.At(iv.End, p.Zone)
			if later(a, from).Before(earlier(b, to)) {
				return true
			}
		}
	}
	return false
}

// changeable refuses limits on cancelling and moving that nobody could keep.
func (c *checker) changeable(can chance) {
	if !can.book {
		return
	}
	if !can.cancel && (c.LateCancel == "" || c.LateCancel == LateRefused) {
		field := "cancel_before"
		if c.CancelBefore == 0 {
			field = "cancel_by"
		}
		c.add(field, "cancel_never", "Nothing could ever be cancelled: nobody can book that long ahead.")
	}
	if !can.move && c.MoveBefore > 0 {
		c.add("move_before", "move_never", "Nothing could ever be moved: nobody can book that long ahead.")
	}
}
