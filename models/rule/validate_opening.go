package rule

import (
	"fmt"

	"wenguan/models/civil"
)

func (c *checker) opening() {
	one(c, "opens", c.Opens, Modes())
	c.between("horizon_days", c.HorizonDays, 0, 400)
	c.between("horizon_minutes", c.HorizonMinutes, 0, yearMinutes)
	if c.ReleaseAt < 0 || c.ReleaseAt >= civil.DayEnd {
		c.add("release_at", "out_of_range", "Give a time from 00:00 to 23:59.")
	}
	mode := c.mode()
	c.idle(mode != Always && c.HorizonMinutes != 0, "horizon_minutes", "opens always")
	c.idle(c.windowed() && c.HorizonDays != 0, "horizon_days", "opens daily or always")
	c.idle(mode != Daily && c.ReleaseAt != 0, "release_at", "opens daily")
	c.idle(mode != WeekWindow && c.Weekly != nil, "weekly", "opens weekly")
	c.idle(mode != MonthWindow && c.Monthly != nil, "monthly", "opens monthly")
	c.idle(mode == Always && c.HorizonToEnd && c.HorizonDays == 0 && c.HorizonMinutes == 0, "horizon_to_end", "a horizon")
	switch mode {
	case WeekWindow:
		c.weekly()
	case MonthWindow:
		c.monthly()
	}
	c.intervals("booking_hours", c.BookingHours)
	if len(c.BookingHours) > maxList {
		c.add("booking_hours", "too_many", "Give at most %d.", maxList).With("max", maxList)
	}
	set(c, "booking_days", c.BookingDays, AllDays())
	c.between("notice", c.Notice, 0, yearMinutes)
	c.between("late_booking", c.LateBooking, 0, dayMinutes)
	c.between("stop_before_closing", c.StopBefore, 0, dayMinutes)
	c.dayTime("book_by", c.BookBy)
	c.idle(c.BookBy != nil && c.LateBooking != 0, "late_booking", "booking without book_by")
	if c.Notice > 0 && c.LateBooking > 0 {
		c.add("late_booking", "late_against_notice",
			"Booking cannot need %d minutes of notice and stay open after the start.", c.Notice).With("notice", c.Notice)
	}
	if mode == Daily && c.Notice > 0 && int64(c.Notice) >= int64(c.HorizonDays+1)*dayMinutes {
		c.add("notice", "notice_over_horizon",
			"Nothing could ever be booked: the notice is longer than the %d days that are open.", c.HorizonDays+1).With("days", c.HorizonDays+1)
	}
	if c.HorizonMinutes > 0 && c.Notice >= c.HorizonMinutes {
		c.add("notice", "notice_over_horizon", "Nothing could ever be booked: the notice is as long as the horizon.").
			With("minutes", c.HorizonMinutes)
	}
}

func (c *checker) dayTime(field string, d *DayTime) {
	if d == nil {
		return
	}
	c.between(field+".days", d.Days, 0, 366)
	if d.At < 0 || d.At > civil.DayEnd {
		c.add(field+".at", "out_of_range", "Give a time from 00:00 to 24:00.")
	}
}

func (c *checker) shape() {
	one(c, "times", c.Times, TimesOf())
	times := c.times()
	c.idle(times != InSessions && len(c.Sessions) > 0, "sessions", "times sessions")
	c.idle(times != Free && c.SlotStep != 0, "slot_step", "times free")
	c.idle(times == InSessions && c.Shortest != 0, "shortest", "times free or days")
	c.idle(times == InSessions && c.Longest != 0, "longest", "times free or days")
	switch times {
	case Free:
		if c.SlotStep != 0 && (c.SlotStep < 5 || c.SlotStep > dayMinutes || dayMinutes%c.SlotStep != 0) {
			c.add("slot_step", "step_malformed", "Choose a step of 5 minutes or more that divides a day, such as 30.")
		} else {
			c.lengths(c.step(), "the step")
		}
	case WholeDays:
		c.lengths(dayMinutes, "a day")
	case InSessions:
		c.sessions()
	}
	c.useHours()
	c.between("buffer_before", c.BufferBefore, 0, dayMinutes)
	c.between("buffer_after", c.BufferAfter, 0, dayMinutes)
	c.between("spaces_max", c.SpacesMax, 0, 100)
	c.idle(c.SpacesMax > 1 && c.ctx.Spaces == 1, "spaces_max", "a second space")
	one(c, "assignment", c.Assignment, Assignments())
	c.parties()
}

// lengths checks shortest and longest against the step and each other; 0 is no limit.
func (c *checker) lengths(step int32, called string) {
	inSteps := func(field string, n int32) {
		if n < 0 || n > yearMinutes || n%step != 0 {
			c.add(field, "not_in_steps", "Give a multiple of %s, %d minutes.", called, step).With("step", step)
		}
	}
	inSteps("shortest", c.Shortest)
	inSteps("longest", c.Longest)
	if c.Longest > 0 && c.Longest < c.Shortest {
		c.add("longest", "longest_under_shortest", "The longest booking must not be shorter than the shortest.")
	}
}

func (c *checker) parties() {
	least, most := c.PartyMin, c.PartyMax
	c.between("party_min", least, 0, maxPeople)
	c.between("party_max", most, 0, maxPeople)
	c.between("group_min", c.GroupMin, 0, maxPeople)
	c.between("group_max", c.GroupMax, 0, maxPeople)
	if most > 0 && least > most {
		c.add("party_max", "party_ends_before_start", "The largest party must not be smaller than the smallest, %d.", least).With("min", least)
	}
	if c.GroupMax > 0 && c.GroupMin > c.GroupMax {
		c.add("group_max", "party_ends_before_start", "The largest group must not be smaller than the smallest, %d.", c.GroupMin).With("min", c.GroupMin)
	}
	room := int64(c.ctx.Seats)
	for _, f := range []struct {
		field string
		n     int32
	}{{"party_min", least}, {"group_min", c.GroupMin}} {
		if room > 0 && int64(f.n) > room {
			c.add(f.field, "party_over_seats", "Nobody could book: the place takes %d people.", room).With("seats", room)
		}
	}
}

func (c *checker) sessions() {
	if len(c.Sessions) == 0 {
		c.add("sessions", "required", "Give at least one session.")
	}
	if len(c.Sessions) > maxSessions {
		c.add("sessions", "too_many", "Give at most %d sessions.", maxSessions).With("max", maxSessions)
		return
	}
	for i := range c.Sessions {
		s, at := &c.Sessions[i], fmt.Sprintf("sessions[%d]", i)
		c.text(at+".name", s.Name, 40, false)
		set(c, at+".days", s.Days, AllDays())
		c.between(at+".quota", s.Quota, 0, maxPeople)
		if least := c.leastParty(); s.Quota > 0 && s.Quota < least {
			c.add(at+".quota", "quota_under_party", "Nobody could book: a party has at least %d people.", least).With("min", least)
		}
		if s.Quota > 0 && c.ctx.Seats > 0 && s.Quota > c.ctx.Seats {
			c.add(at+".quota", "quota_over_seats", "The place takes only %d people.", c.ctx.Seats).With("seats", c.ctx.Seats)
		}
		if !c.interval(at, civil.Interval{Start: s.Start, End: s.End}) {
			continue
		}
		for _, o := range c.Sessions[:i] {
			if s.sameDay(&o) {
				c.apart(at, s, &o)
			}
		}
	}
}

// leastParty is the smallest party of anybody who may book.
func (c *checker) leastParty() int32 {
	groups := c.PartyMin
	if c.GroupMin > 0 || c.GroupMax > 0 {
		groups = c.GroupMin
	}
	switch {
	case c.Audience == Organizations || c.VerifiedOnly:
		return groups
	case c.Audience == Residents:
		return c.PartyMin
	}
	return min(c.PartyMin, groups)
}

// sameDay reports whether both sessions can be on one date.
func (s *Session) sameDay(o *Session) bool {
	if len(s.Days) == 0 || len(o.Days) == 0 {
		return true
	}
	for _, d := range s.Days {
		if o.Days.Has(d) {
			return true
		}
	}
	return false
}

// apart refuses two sessions of one date that overlap, or of which each booking keeps the other from being booked.
func (c *checker) apart(at string, s, o *Session) {
	first, second := o, s
	if s.Start < o.Start {
		first, second = s, o
	}
	gap, buffers := int32(second.Start-first.End), max(c.BufferBefore, 0)+max(c.BufferAfter, 0)
	switch {
	case gap < 0:
		c.add(at, "sessions_overlap", "Sessions overlap: %s-%s and %s-%s.", first.Start, first.End, second.Start, second.End).
			With("first", first.Start.String()+"-"+first.End.String()).With("second", second.Start.String()+"-"+second.End.String())
	case buffers > gap:
		c.add(at, "buffers_over_gap", "The time kept free around bookings, %d minutes, is longer than the pause of %d minutes before %s.", buffers, gap, second.Start).
			With("buffers", buffers).With("gap", gap)
	}
}
