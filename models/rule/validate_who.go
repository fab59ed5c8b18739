package rule

import "fmt"

func (c *checker) whom() {
	one(c, "audience", c.Audience, Audiences())
	c.between("min_age", c.MinAge, 0, 150)
	c.between("max_age", c.MaxAge, 0, 150)
	c.between("child_under", c.ChildUnder, 0, 100)
	c.between("children_per_guardian", c.ChildrenEach, 0, 100)
	c.idle(c.ChildrenEach > 0 && c.ChildUnder <= 0, "children_per_guardian", "child_under")
	c.between("exempt_age", c.ExemptAge, 0, 150)
	set(c, "exempt_groups", c.ExemptGroups, ExemptGroupsOf())
	if c.MaxAge > 0 && c.MinAge > c.MaxAge {
		c.add("max_age", "ages_end_before_start", "The highest age must not be under the lowest, %d.", c.MinAge).With("min", c.MinAge)
	}
	if c.ChildUnder > 0 && c.MinAge >= c.ChildUnder {
		c.idle(true, "child_under", fmt.Sprintf("a lowest age under %d", c.ChildUnder))
	}
	if c.ChildUnder > 0 && (c.PartyMax == 1 || c.PartyMax == 0 && c.ctx.Seats == 1) {
		c.add("child_under", "child_alone", "A child and its parent are two people, but a booking here is for one.")
	}
	if c.VerifiedOnly && c.Audience == Residents {
		c.add("verified_only", "nobody_allowed", "Nobody could book: residents are no organizations.")
	}
	c.idle((c.GroupMin > 0 || c.GroupMax > 0) && c.Audience == Residents, "group_min", "organizations who may book")
	if l := c.Letter; l != nil {
		c.text("letter.title", l.Title, 80, true)
		c.text("letter.body", l.Body, 20000, true)
		c.between("letter.version", l.Version, 1, 1<<30)
	}
}

func (c *checker) howMuch() {
	c.between("per_day", c.PerDay, 0, 100)
	one(c, "next_after", c.NextAfter, NextAfters())
	c.between("cooling_off", c.CoolingOff, 0, yearMinutes)
	c.between("cancel_cooling_off", c.CancelCooling, 0, yearMinutes)
	if c.NextAfter == NextCheckIn || c.NextAfter == NextCheckOut {
		c.idle(c.NoCheckIn, "next_after", "check-in")
	}
	if len(c.Limits) > maxList {
		c.add("limits", "too_many", "Give at most %d limits.", maxList).With("max", maxList)
		return
	}
	for i := range c.Limits {
		l, at := &c.Limits[i], fmt.Sprintf("limits[%d]", i)
		c.limit(at, l)
		for j := range c.Limits[:i] {
			c.twoLimits(at, &c.Limits[j], l)
		}
		if c.PerDay > 0 {
			c.twoLimits(at, &Limit{Count: Bookings, Max: c.PerDay, Within: Within{Per: ADay}}, l)
		}
	}
}

func (c *checker) limit(at string, l *Limit) {
	if l.Count == "" {
		c.add(at+".count", "required", "Say what is limited: %s.", words(Measures())).With("allowed", Measures())
	}
	one(c, at+".count", l.Count, Measures())
	one(c, at+".scope", l.Scope, Scopes())
	one(c, at+".of", l.Of, Holders())
	if l.Count == Active {
		c.idle(l.Per != "" && l.Per != Ever, at+".per", "count bookings or minutes")
		c.within(at, Within{Days: l.Within.Days}, true)
	} else {
		c.within(at, l.Within, false)
	}
	if !c.between(at+".max", l.Max, 1, 10*yearMinutes) {
		return
	}
	if l.Count == Minutes {
		c.limitLasts(at+".max", l)
	}
	c.idle(l.Of == OfPerson && c.Audience == Organizations || l.Of == OfOrganization && c.Audience == Residents, at+".of", "somebody like that who may book")
}

// limitLasts refuses a limit of minutes that no booking, or no booking of some session, could ever keep.
func (c *checker) limitLasts(field string, l *Limit) {
	least, most := c.lasts()
	switch {
	case l.Max < least:
		c.add(field, "limit_under_shortest", "Nobody could book: a booking lasts at least %d minutes.", least).With("minutes", least)
	case l.Max < most && c.everybody(l):
		c.add(field, "limit_under_session", "Nobody could book the session of %d minutes; allow that many.", most).With("minutes", most)
	}
}

// lasts is how long the shortest booking lasts and, where there are sessions, the longest.
func (c *checker) lasts() (least, most int32) {
	switch c.times() {
	case WholeDays:
		return c.shortest(), 0
	case Free:
		return max(c.shortest(), c.step()), 0
	}
	for i, s := range c.Sessions {
		if n := int32(s.End - s.Start); i == 0 || n < least {
			least = n
		}
	}
	return least, c.longestSession()
}

// everybody reports whether the limit is for all who may book.
func (c *checker) everybody(l *Limit) bool {
	return (l.of(true) || c.Audience == Residents) && (l.of(false) || c.Audience == Organizations || c.VerifiedOnly)
}

// twoLimits refuses two limits on the same thing of which one can never be reached.
func (c *checker) twoLimits(at string, a, b *Limit) {
	if a.Count != b.Count || a.scope() != b.scope() || a.whom() != b.whom() {
		return
	}
	c.ordered(at, a.Max, a.Within, b.Max, b.Within)
}

// ordered refuses two numbers of a longer and a shorter period, if the longer one makes the other impossible.
func (c *checker) ordered(at string, m int32, a Within, n int32, b Within) {
	la, lb := a.length(), b.length()
	switch {
	case a == b:
		c.add(at, "limit_twice", "There are two limits on the same; keep one.")
	case la > 0 && lb > 0 && (la < lb && m > n || lb < la && n > m):
		c.add(at, "limits_contradict", "A limit of %d in a longer time makes %d in a shorter one impossible.", min(m, n), max(m, n)).
			With("less", min(m, n)).With("more", max(m, n))
	}
}

func (c *checker) changes() {
	c.between("cancel_before", c.CancelBefore, 0, 60*dayMinutes)
	c.between("move_before", c.MoveBefore, 0, 60*dayMinutes)
	c.between("moves_max", c.MovesMax, 0, 100)
	one(c, "late_cancel", c.LateCancel, LateCancels())
	c.dayTime("cancel_by", c.CancelBy)
	c.idle(c.CancelBefore == 0 && c.CancelBy == nil && c.LateCancel != "" && c.LateCancel != LateRefused, "late_cancel", "cancel_before or cancel_by")
	c.idle(c.NoMoves && c.MovesMax != 0, "moves_max", "moving allowed")
	c.idle(c.NoMoves && c.MoveBefore != 0, "move_before", "moving allowed")
	if len(c.CancelLimits) > maxList {
		c.add("cancel_limits", "too_many", "Give at most %d limits.", maxList).With("max", maxList)
		return
	}
	for i, l := range c.CancelLimits {
		at := fmt.Sprintf("cancel_limits[%d]", i)
		c.between(at+".max", l.Max, 1, 10000)
		c.within(at, l.Within, false)
		for _, o := range c.CancelLimits[:i] {
			c.ordered(at, o.Max, o.Within, l.Max, l.Within)
		}
	}
}
