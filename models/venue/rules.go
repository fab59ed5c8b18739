package venue

import "wenguan/models/fault"

const (
	dayMinutes  = 24 * 60
	yearMinutes = 366 * dayMinutes
)

// DefaultRules is the rule book a new venue starts with: half-hour steps up to four hours, a week ahead, check-in from
// 15 minutes before to 15 minutes after the start.
func DefaultRules() Rules {
	return Rules{SlotStep: 30, Shortest: 30, Longest: 240, HorizonDays: 7, CheckInBefore: 15, CheckInAfter: 15}
}

// rules checks that the rule book can be obeyed.
func (c *checker) rules(r Rules) {
	if r.SlotStep < 5 || r.SlotStep > dayMinutes || dayMinutes%r.SlotStep != 0 {
		c.add("rules.slot_step", "step_malformed", "Choose a step of 5 minutes or more that divides a day, such as 30.")
	} else {
		c.lengths(r)
	}
	c.between("rules.notice", r.Notice, 0, yearMinutes)
	c.between("rules.horizon_days", r.HorizonDays, 0, 400)
	if r.Notice > 0 && int64(r.Notice) >= int64(r.HorizonDays+1)*dayMinutes {
		c.add("rules.notice", "notice_over_horizon",
			"Nothing could ever be booked: the notice is longer than the %d days that are open.", r.HorizonDays+1)
	}
	if r.ReleaseAt < 0 || r.ReleaseAt >= dayMinutes {
		c.add("rules.release_at", "out_of_range", "Give a time from 00:00 to 23:59.")
	}
	c.between("rules.per_day", r.PerDay, 0, 100)
	c.between("rules.party_max", r.PartyMax, 0, MaxCapacity)
	c.between("rules.buffer_before", r.BufferBefore, 0, dayMinutes)
	c.between("rules.buffer_after", r.BufferAfter, 0, dayMinutes)
	c.between("rules.check_in_before", r.CheckInBefore, 0, dayMinutes)
	c.between("rules.check_in_after", r.CheckInAfter, 0, dayMinutes)
	if r.CheckInBefore == 0 && r.CheckInAfter == 0 {
		c.add("rules.check_in_after", "check_in_never", "Check-in would close as it opens; give minutes before or after the start.")
	}
	c.between("rules.cancel_before", r.CancelBefore, 0, 60*dayMinutes)
}

// lengths checks step, shortest and longest against each other; longest 0 is no limit.
func (c *checker) lengths(r Rules) {
	if r.Shortest < r.SlotStep || r.Shortest > yearMinutes || r.Shortest%r.SlotStep != 0 {
		c.add("rules.shortest", "not_in_steps", "Give a multiple of the step, %d minutes.", r.SlotStep).With("step", r.SlotStep)
	}
	switch {
	case r.Longest == 0:
	case r.Longest < r.Shortest:
		c.add("rules.longest", "longest_under_shortest", "The longest booking must not be shorter than the shortest.")
	case r.Longest > yearMinutes || r.Longest%r.SlotStep != 0:
		c.add("rules.longest", "not_in_steps", "Give a multiple of the step, %d minutes.", r.SlotStep).With("step", r.SlotStep)
	}
}

// Explained is one rule as code and parameters; the words are the client's.
type Explained struct {
	Code   string       `json:"code"`
	Params fault.Params `json:"params"`
}

// Explain is the rule book for residents, in the order they meet the rules. Rules that limit nothing are left out.
func (r Rules) Explain() []Explained {
	var out []Explained
	say := func(when bool, code string, pairs ...any) {
		if !when {
			return
		}
		params := fault.Params{}
		for i := 0; i < len(pairs); i += 2 {
			params[pairs[i].(string)] = pairs[i+1]
		}
		out = append(out, Explained{Code: code, Params: params})
	}
	say(true, "opens", "days", r.HorizonDays, "at", r.ReleaseAt.String())
	say(true, "step", "minutes", r.SlotStep)
	say(r.Shortest > r.SlotStep, "shortest", "minutes", r.Shortest)
	say(r.Longest > 0, "longest", "minutes", r.Longest)
	say(r.Notice > 0, "notice", "minutes", r.Notice)
	say(r.VerifiedOnly, "verified_only")
	say(r.RealNameOnly, "real_name_only")
	say(r.PerDay > 0, "per_day", "n", r.PerDay)
	say(r.OneAtATime, "one_at_a_time")
	say(r.PartyMax > 0, "party_max", "n", r.PartyMax)
	say(true, "check_in", "before", r.CheckInBefore, "after", r.CheckInAfter)
	say(r.CancelBefore > 0, "cancel_before", "minutes", r.CancelBefore)
	say(r.BufferBefore > 0 || r.BufferAfter > 0, "buffers", "before", r.BufferBefore, "after", r.BufferAfter)
	return out
}
