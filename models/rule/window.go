package rule

import (
	"time"

	"wenguan/models/civil"
	"wenguan/models/fault"
)

// Weekly is a window of each week, from Monday to Sunday (ISO 8601), in which a week can be booked.
type Weekly struct {
	From  Day             `bson:"from" json:"from"`
	At    civil.TimeOfDay `bson:"at" json:"at"`
	Until Day             `bson:"until" json:"until"`
	Till  civil.TimeOfDay `bson:"till" json:"till"`                       // on Until; "24:00" is its end
	Ahead *int32          `bson:"ahead,omitempty" json:"ahead,omitempty"` // weeks; 0 the same week, none is 1, the following week
}

// Monthly is a window of each month in which a month can be booked: from the 25th at nine for the next one. A day that a
// month does not have is its last.
type Monthly struct {
	From  int32           `bson:"from" json:"from"` // day of the month
	At    civil.TimeOfDay `bson:"at" json:"at"`
	Until int32           `bson:"until,omitempty" json:"until,omitempty"` // day of the month; 0: booking stays open
	Till  civil.TimeOfDay `bson:"till,omitempty" json:"till,omitempty"`   // on Until; none is "24:00", its end
	Ahead *int32          `bson:"ahead,omitempty" json:"ahead,omitempty"` // months; 0 the same month, none is 1, the following month
}

// windowed reports whether booking opens for a week or a month at a time.
func (o *Opening) windowed() bool { return o.mode() == WeekWindow || o.mode() == MonthWindow }

// window is when the week or month of a date can be booked.
type window struct {
	first, next   civil.Date // of the week or month, and of the one after it
	opens, closes time.Time  // closes is zero where booking stays open
}

func (w *window) open(now time.Time) bool {
	return !now.Before(w.opens) && (w.closes.IsZero() || now.Before(w.closes))
}

func (b *Book) window(p *Place, date civil.Date) window {
	if b.mode() == MonthWindow {
		return b.month().window(p, date)
	}
	return b.week().window(p, date)
}

func (w *Weekly) window(p *Place, date civil.Date) window {
	monday := date.WeekStart()
	during := monday - civil.Date(7*ahead(w.Ahead))
	return window{
		first: monday, next: monday + 7,
		opens:  (during + civil.Date(w.From.index())).At(w.At, p.Zone),
		closes: (during + civil.Date(w.Until.index())).At(w.Till, p.Zone),
	}
}

func (m *Monthly) window(p *Place, date civil.Date) window {
	out := window{first: monthAt(date, 0), next: monthAt(date, 1)}
	out.opens = dayOfMonth(date, -ahead(m.Ahead), m.From).At(m.At, p.Zone)
	if m.Until > 0 {
		out.closes = dayOfMonth(date, -ahead(m.Ahead), m.Until).At(m.till(), p.Zone)
	}
	return out
}

func (m *Monthly) till() civil.TimeOfDay {
	if m.Till == 0 {
		return civil.DayEnd
	}
	return m.Till
}

// week is the window, the whole week where none is written.
func (o *Opening) week() *Weekly {
	if o.Weekly == nil {
		return &Weekly{From: Mon, Until: Sun, Till: civil.DayEnd}
	}
	return o.Weekly
}

// month is the window, from the first day on where none is written.
func (o *Opening) month() *Monthly {
	if o.Monthly == nil {
		return &Monthly{From: 1}
	}
	return o.Monthly
}

// ahead is how many weeks or months later, 1 if nothing is written.
func ahead(n *int32) int {
	if n == nil {
		return 1
	}
	return int(min(max(*n, 0), 100))
}

// monthAt is the first day of the month so many months after that of the date.
func monthAt(date civil.Date, after int) civil.Date {
	y, m, _ := date.Civil()
	return civil.NewDate(y, m+time.Month(after), 1)
}

// dayOfMonth is the day of the month so many months after that of the date, its last if it has no such day.
func dayOfMonth(date civil.Date, after int, day int32) civil.Date {
	return min(monthAt(date, after)+civil.Date(min(max(day, 1), 31))-1, monthAt(date, after+1)-1)
}

// inWindow: the window of the booking's week or month is open. Where the end is measured, a booking over the end of a week
// lies in no window: each has its own.
func (a *ask) inWindow() *fault.Error {
	w, monthly := a.window(a.Place, a.on), a.mode() == MonthWindow
	if a.HorizonToEnd && a.Place.lastDate(a.Span.End) >= w.next {
		next := w.next.Start(a.Place.Zone)
		if monthly {
			return refuse("rule_month_end", "A booking here ends within its month, by %s.", a.Place.wall(next)).On("end").With("until", next)
		}
		return refuse("rule_week_end", "A booking here ends within its week, by %s.", a.Place.wall(next)).On("end").With("until", next)
	}
	if w.open(a.now) {
		return nil
	}
	var e *fault.Error
	switch {
	case w.closes.IsZero():
		e = refuse("rule_monthly_from", "That month can be booked from %s on.", a.Place.wall(w.opens))
	case monthly:
		e = refuse("rule_monthly", "That month can be booked from %s to %s.", a.Place.wall(w.opens), a.Place.wall(w.closes)).With("closes", w.closes)
	default:
		e = refuse("rule_weekly", "That week can be booked from %s to %s.", a.Place.wall(w.opens), a.Place.wall(w.closes)).With("closes", w.closes)
	}
	e = e.On("start").With("opens", w.opens)
	if a.now.Before(w.opens) {
		return a.from(e, w.opens)
	}
	if now := a.window(a.Place, a.openNow()); now.open(a.now) {
		return e.With("allowed_start", now.first.Start(a.Place.Zone))
	}
	return e
}

// openNow is a date of the week or month that can be booked now, if any can.
func (a *ask) openNow() civil.Date {
	if a.mode() == MonthWindow {
		return monthAt(a.Place.date(a.now), ahead(a.month().Ahead))
	}
	return a.Place.date(a.now) + civil.Date(7*ahead(a.week().Ahead))
}

func (c *checker) weekly() {
	w := c.Weekly
	if w == nil {
		c.add("weekly", "required", "Say from which day to which day the following week can be booked.")
		return
	}
	if w.From.index() < 0 {
		c.add("weekly.from", "unknown_value", "Choose a weekday: %s.", words(week[:])).With("allowed", week)
	}
	if w.Until.index() < 0 {
		c.add("weekly.until", "unknown_value", "Choose a weekday: %s.", words(week[:])).With("allowed", week)
	}
	c.windowTimes("weekly", w.At, w.Till, w.Ahead)
	if w.From.index() > w.Until.index() || w.From == w.Until && w.At >= w.Till {
		c.add("weekly.until", "window_ends_before_start", "The window must close after it opens, in the same week from Monday to Sunday.")
	}
}

func (c *checker) monthly() {
	m := c.Monthly
	if m == nil {
		c.add("monthly", "required", "Say from which day of a month the following month can be booked.")
		return
	}
	c.between("monthly.from", m.From, 1, 31)
	c.between("monthly.until", m.Until, 0, 31)
	c.windowTimes("monthly", m.At, m.Till, m.Ahead)
	c.idle(m.Until == 0 && m.Till != 0, "monthly.till", "monthly.until")
	if m.Until != 0 && (m.From > m.Until || m.From == m.Until && m.At >= m.till()) {
		c.add("monthly.until", "month_window_ends_before_start", "The window must close after it opens, in the same month.")
	}
}

func (c *checker) windowTimes(field string, at, till civil.TimeOfDay, ahead *int32) {
	if at < 0 || at >= civil.DayEnd {
		c.add(field+".at", "out_of_range", "Give a time from 00:00 to 23:59.")
	}
	if till < 0 || till > civil.DayEnd {
		c.add(field+".till", "out_of_range", "Give a time from 00:00 to 24:00.")
	}
	if ahead != nil {
		c.between(field+".ahead", *ahead, 0, 52)
	}
}
