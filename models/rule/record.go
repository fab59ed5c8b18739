package rule

import (
	"cmp"
	"slices"
	"time"

	"wenguan/models/civil"
	"wenguan/models/fault"
)

// Violation is one violation of a holder, as the facts of a booking or staff say it.
type Violation struct {
	ID      string        `bson:"id"` // of a booking there is one at most: the booking's id will do
	Booking string        `bson:"b,omitempty"`
	Kind    ViolationKind `bson:"kind"`
	At      time.Time     `bson:"at"`
	Where   `bson:",inline"`
	Rules   int32   `bson:"rules"`           // version of the book it was made under
	Fault   FaultOf `bson:"fault,omitempty"` // what was wrong with the venue then, if anything; FaultDuring finds it
}

// Pardon takes a violation out of the count.
type Pardon struct {
	Violation string     `bson:"violation"`
	Kind      PardonKind `bson:"kind"`
	At        time.Time  `bson:"at"`
}

// PardonKind is a sort of pardon.
type PardonKind string

// The pardons.
const (
	WaivedByStaff PardonKind = "waived"      // it never counted: an appeal was right
	EarnedBack    PardonKind = "earned_back" // it does not count from then on; suspensions that began stay
)

// Lift ends a suspension by a decision of staff.
type Lift struct {
	Suspension string    `bson:"suspension"`
	At         time.Time `bson:"at"`
}

// Record is everything that decides a holder's standing. The order does not matter, and what is in it twice counts once.
type Record struct {
	Violations []Violation `bson:"violations,omitempty"`
	Pardons    []Pardon    `bson:"pardons,omitempty"`
	Lifts      []Lift      `bson:"lifts,omitempty"`
}

// inOrder are the violations until now, each once, the earliest first.
func (r *Record) inOrder(now time.Time) []Violation {
	out := make([]Violation, 0, len(r.Violations))
	for _, v := range r.Violations {
		if !v.At.After(now) {
			out = append(out, v)
		}
	}
	slices.SortFunc(out, func(a, b Violation) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), a.At.Compare(b.At), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Rules, b.Rules))
	})
	out = slices.CompactFunc(out, func(a, b Violation) bool { return a.ID == b.ID })
	slices.SortStableFunc(out, func(a, b Violation) int { return a.At.Compare(b.At) })
	return out
}

// pardoned is the earliest pardon of that kind until now, nil if there is none.
func (r *Record) pardoned(violation string, kind PardonKind, now time.Time) *time.Time {
	var first *time.Time
	for i := range r.Pardons {
		p := &r.Pardons[i]
		if p.Violation == violation && p.Kind == kind && !p.At.After(now) && (first == nil || p.At.Before(*first)) {
			first = &p.At
		}
	}
	return first
}

func (r *Record) lifted(suspension string, now time.Time) *time.Time {
	var first *time.Time
	for i := range r.Lifts {
		l := &r.Lifts[i]
		if l.Suspension == suspension && !l.At.After(now) && (first == nil || l.At.Before(*first)) {
			first = &l.At
		}
	}
	return first
}

// Outage is a time in which something was wrong with a venue.
type Outage struct {
	Span  civil.Span
	Fault FaultOf
}

// FaultDuring is the fault that touched the time in which the holder should have done what they did not: from the
// opening of check-in to the moment of the violation. "" if there was none.
func FaultDuring(f *Facts, outages []Outage) FaultOf {
	if f.ViolatedAt == nil {
		return ""
	}
	span := civil.Span{Start: earlier(f.Opens, *f.ViolatedAt), End: f.ViolatedAt.Add(1)}
	for _, o := range outages {
		if o.Span.Overlaps(span) {
			return o.Fault
		}
	}
	return ""
}

// MayEarnBack asks whether staff may take the strike back now: the book allows it, the strike is active, and not too
// many were taken back in the period. Refusals: fault.Invalid "rule_no_earning_back", "rule_earned_back" with max, mine
// and allowed_at; fault.Conflict "strike_not_active" with state.
func MayEarnBack(b *Book, zone *time.Location, r *Record, standing *Standing, violation string, now time.Time) *fault.Error {
	if b.EarnBack == nil {
		return refuse("rule_no_earning_back", "Strikes cannot be earned back here.")
	}
	state := StrikeState("")
	for _, s := range standing.Strikes {
		if s.Violation == violation && (state == "" || s.State == StrikeActive) {
			state = s.State
		}
	}
	if state != StrikeActive {
		return fault.New(fault.Conflict, "strike_not_active", "This strike does not count now.").With("state", state)
	}
	e, today := b.EarnBack, civil.DateOf(now, zone)
	mine, free, counted := 0, civil.Date(0), map[string]bool{}
	for _, p := range r.Pardons {
		d := civil.DateOf(p.At, zone)
		if p.Kind != EarnedBack || counted[p.Violation] || p.At.After(now) || !e.together(d, today) {
			continue
		}
		counted[p.Violation] = true
		mine++
		if until, ok := e.expires(d); ok && (free == 0 || until < free) {
			free = until
		}
	}
	if e.Max <= 0 || mine < int(e.Max) {
		return nil
	}
	err := refuse("rule_earned_back", "%d of %d strikes were earned back in this period.", mine, e.Max).
		With("max", e.Max).With("mine", mine).With("per", e.Per)
	if free > 0 {
		err = until(err, free.Start(zone))
	}
	return err
}
