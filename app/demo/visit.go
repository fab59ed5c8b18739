package demo

import (
	"time"

	"wenguan/models/account"
	"wenguan/models/venue"
)

// visit is one booking as it will go, planned before anything is booked.
type visit struct {
	venue, space string
	holder       account.Account
	party        int32
	purpose      string
	start, end   time.Time
	clerk        account.Account // who books for the holder at the counter; without an id the holder books
	regular      bool            // somebody who rarely cancels or stays away
	hope         bool            // the rules do not allow it

	made   time.Time // when it is booked
	cancel time.Time // when it is cancelled; zero: it is not
	in     time.Time // when the party checks in; zero: nobody comes
	out    time.Time // when it checks out; zero: it stays to the end

	id, number string // of the booking, once it is made
}

// actor is who books: the holder, or the clerk for them.
func (v *visit) actor() account.Actor {
	if v.clerk.ID != "" {
		return v.clerk.Actor()
	}
	return v.holder.Actor()
}

// fate decides how the visit goes on under the venue's rules.
func (p *planner) fate(v *visit, rules *venue.Rules) {
	missed, cancelled := 8, 8 // in a hundred
	if v.regular {
		missed, cancelled = 1, 2
	}
	last := v.start.Add(-minutes(int(rules.CancelBefore)))
	switch x := p.random.IntN(100); {
	case x < cancelled && last.Sub(v.made) > 20*time.Minute:
		v.cancel = v.made.Add(minutes(5) + p.upTo(last.Sub(v.made)-minutes(10)))
		return
	case x >= 100-missed: // nobody comes
		return
	}
	early := minutes(int(min(rules.CheckInBefore, 12)))
	late := minutes(int(min(rules.CheckInAfter, 20) - 1))
	v.in = v.start.Add(p.upTo(early+late) - early)
	if v.in.Before(v.made) {
		v.in = v.made.Add(minutes(1))
	}
	// A third leaves before the end, most of them not long before.
	if stay := v.end.Sub(v.start); p.random.IntN(3) == 0 && stay > minutes(45) {
		v.out = v.end.Add(-minutes(2) - p.upTo(min(stay/2, 2*time.Hour)))
	} else if rules.CheckOut && p.random.IntN(40) > 0 { // few forget to check out
		v.out = v.end
	}
}

// upTo is a random time from 0 to less than d, in whole minutes and some seconds.
func (p *planner) upTo(d time.Duration) time.Duration {
	if d < time.Minute {
		return 0
	}
	return time.Duration(p.random.Int64N(int64(d/time.Second))) * time.Second
}
