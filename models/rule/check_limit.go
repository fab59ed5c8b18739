package rule

import (
	"cmp"
	"slices"
	"time"

	"wenguan/models/civil"
	"wenguan/models/fault"
)

// perDay counts the holder's bookings at the venue that start on the same date; cancelled ones do not count, missed
// ones do.
func perDay(a *ask) *fault.Error {
	if a.PerDay <= 0 || a.history == nil {
		return nil
	}
	date, mine := a.on, int32(0)
	for i := range a.history.Uses {
		if u := &a.history.Uses[i]; u.Booking != a.Self && u.Venue == a.Place.Venue && a.Place.date(u.Start) == date {
			mine++
		}
	}
	if mine < a.PerDay {
		return nil
	}
	return refuse("rule_per_day", "You have %d of %d bookings here on this day.", mine, a.PerDay).On("start").
		With("n", a.PerDay).With("mine", mine).With("allowed_start", (date + 1).Start(a.Place.Zone))
}

// limits are those of the list, in its order.
func limits(a *ask) *fault.Error {
	if a.history == nil {
		return nil
	}
	for i := range a.Limits {
		l := &a.Limits[i]
		if !l.of(a.Holder.Organization) {
			continue
		}
		var err *fault.Error
		if l.Count == Active {
			err = a.active(l)
		} else {
			err = a.inPeriod(l)
		}
		if err != nil {
			return err.On("start").With("max", l.Max).With("scope", l.scope()).With("per", l.Per).With("limit", i)
		}
	}
	return nil
}

func (l *Limit) scope() Scope { return orVenue(l.Scope) }

// active: so many bookings ahead of or under way at the moment. It is allowed when enough of them are over.
func (a *ask) active(l *Limit) *fault.Error {
	live := a.others(a.history, l.Scope, func(u *Use) bool { return u.live(a.now) })
	mine := len(live)
	if mine < int(l.Max) {
		return nil
	}
	e := refuse("rule_active", "You have %d of %d bookings at a time.", mine, l.Max).With("mine", mine)
	if l.Max <= 0 {
		return e
	}
	ends := make([]time.Time, mine)
	for i, u := range live {
		ends[i] = u.End
	}
	slices.SortFunc(ends, time.Time.Compare)
	return until(e, ends[mine-int(l.Max)])
}

// inPeriod: so many bookings, or minutes, that start within the period of the booking's own date.
func (a *ask) inPeriod(l *Limit) *fault.Error {
	had := a.counting(l)
	mine, over := a.counted(l, had, a.on)
	if !over {
		return nil
	}
	e := refuse("rule_bookings", "You have %d of %d bookings in this period.", mine, l.Max).With("mine", mine)
	if l.Count == Minutes {
		e = refuse("rule_minutes", "You have %d of %d minutes in this period.", mine, l.Max).
			With("mine", mine).With("left", max(int64(l.Max)-mine, 0)).With("asked", a.length())
	}
	if l.Per == Rolling {
		e = e.With("days", l.Days)
	}
	if next, ok := a.nextDate(l, had); ok {
		e = e.With("allowed_start", next.Start(a.Place.Zone))
	}
	return e
}

// had is what one other booking counts, and when.
type had struct {
	on civil.Date
	n  int64
}

// counting are the holder's other bookings that the limit counts; for rolling days in order of their dates.
func (a *ask) counting(l *Limit) []had {
	if a.dates == nil {
		a.dates = make([]civil.Date, len(a.history.Uses))
		for i := range a.history.Uses {
			a.dates[i] = a.Place.date(a.history.Uses[i].Start)
		}
	}
	out, here := make([]had, 0, len(a.dates)), a.where()
	for i := range a.history.Uses {
		u := &a.history.Uses[i]
		if u.Booking == a.Self || !l.Scope.Reaches(here, u.Where) {
			continue
		}
		n := int64(1)
		if l.Count == Minutes {
			n = u.minutes()
		}
		out = append(out, had{a.dates[i], n})
	}
	if l.Per == Rolling {
		slices.SortFunc(out, func(x, y had) int { return cmp.Compare(x.on, y.on) })
	}
	return out
}

// counted is what the holder has in the fullest period that holds the date, without the request, and whether the
// request is too much for it.
func (a *ask) counted(l *Limit, uses []had, date civil.Date) (mine int64, over bool) {
	add := int64(1)
	if l.Count == Minutes {
		add = a.length()
	}
	from, to, ok := l.bounds(date)
	switch {
	case ok:
		mine = sum(uses, from, to)
	case l.Per == Rolling:
		mine = fullest(uses, date, l.days())
	default:
		mine = sum(uses, -1<<30, 1<<30)
	}
	return mine, mine+add > int64(l.Max)
}

func sum(uses []had, from, to civil.Date) (n int64) {
	for _, u := range uses {
		if u.on >= from && u.on < to {
			n += u.n
		}
	}
	return n
}

// fullest is the most in any so many days in a row that hold the date. The fullest such days can be moved to begin with
// a booking, the one of the date included.
func fullest(uses []had, date, days civil.Date) int64 {
	most := sum(uses, date, date+days)
	for i, u := range uses {
		if u.on <= date-days || u.on > date || i > 0 && uses[i-1].on == u.on {
			continue
		}
		most = max(most, sum(uses[i:], u.on, u.on+days))
	}
	return most
}

// nextDate is the first later date on which the same request would be within the limit, false if there is none.
func (a *ask) nextDate(l *Limit, uses []had) (civil.Date, bool) {
	date := a.on
	for range 64 { // more periods in a row are full only of what nobody has
		next := date + l.days()
		if _, to, ok := l.bounds(date); ok {
			next = to
		} else if l.Per != Rolling {
			return 0, false
		}
		for _, u := range uses { // what counts now stops counting so many days after it
			if d := u.on + l.days(); l.Per == Rolling && d > date && d < next {
				next = d
			}
		}
		if _, over := a.counted(l, uses, next); !over {
			return next, true
		}
		date = next
	}
	return 0, false
}

// nextAfter: the holder has come for, or has left, the last booking here. Who is past the end and has not checked out has
// not left.
func nextAfter(a *ask) *fault.Error {
	if a.NextAfter != NextCheckIn && a.NextAfter != NextCheckOut || a.history == nil {
		return nil
	}
	waits := a.others(a.history, AtVenue, func(u *Use) bool {
		return u.ahead(a.now) || a.NextAfter == NextCheckOut && (u.live(a.now) || u.State == UseIn)
	})
	if len(waits) == 0 {
		return nil
	}
	end := waits[0].End
	for _, u := range waits {
		end = later(end, u.End)
	}
	code, sentence := "rule_after_check_in", "Check in for your booking here before you make the next."
	if a.NextAfter == NextCheckOut {
		code, sentence = "rule_after_check_out", "Check out of your place here before you take the next."
	}
	e := refuse(code, sentence).On("start").With("booking", waits[0].Booking).With("mine", len(waits))
	if !a.now.Before(end) {
		return e
	}
	return until(e, end)
}

// coolingOff: a pause between two bookings of one holder here.
func coolingOff(a *ask) *fault.Error {
	if a.CoolingOff <= 0 || a.history == nil {
		return nil
	}
	pause := minutes(a.CoolingOff)
	near := a.others(a.history, AtVenue, func(u *Use) bool {
		return a.rest.Start.Before(u.End.Add(pause)) && u.Start.Before(a.Span.End.Add(pause))
	})
	if len(near) == 0 {
		return nil
	}
	return refuse("rule_cooling_off", "Leave %d minutes between two bookings here.", a.CoolingOff).On("start").
		With("minutes", a.CoolingOff).With("booking", near[0].Booking).With("allowed_start", near[len(near)-1].End.Add(pause))
}

// cancelCooling: a pause after cancelling before the next booking is made here, so that nobody holds places by turns.
func cancelCooling(a *ask) *fault.Error {
	if a.CancelCooling <= 0 || a.history == nil {
		return nil
	}
	var last time.Time
	for i := range a.history.Cancels {
		if c := &a.history.Cancels[i]; c.Venue == a.Place.Venue && !c.At.After(a.now) {
			last = later(last, c.At)
		}
	}
	free := last.Add(minutes(a.CancelCooling))
	if last.IsZero() || !a.now.Before(free) {
		return nil
	}
	return until(refuse("rule_cancel_cooling_off", "After cancelling, wait %d minutes before you book here again.", a.CancelCooling).
		On("start").With("minutes", a.CancelCooling), wholeMinute(free))
}

// oneAtATime: the holder is nowhere else at that time, at this venue or at any other.
func oneAtATime(a *ask) *fault.Error {
	if !a.OneAtATime || a.history == nil {
		return nil
	}
	var first *Use
	for i := range a.history.Uses {
		u := &a.history.Uses[i]
		if u.Booking == a.Self || !a.rest.Start.Before(u.End) || !u.Start.Before(a.Span.End) {
			continue
		}
		if first == nil || u.Start.Before(first.Start) || u.Start.Equal(first.Start) && u.Booking < first.Booking {
			first = u
		}
	}
	if first == nil {
		return nil
	}
	return refuse("one_at_a_time", "You have another booking at this time.").On("start").
		With("booking", first.Booking).With("allowed_start", first.End)
}
