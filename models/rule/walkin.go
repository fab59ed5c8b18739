package rule

import (
	"slices"
	"time"

	"wenguan/models/civil"
	"wenguan/models/fault"
)

// WalkIn answers whether somebody may come in without a booking at the moment now: nil, or the refusal. free is how many
// places are free, negative if nobody knows. Whoever comes in is counted in any case. On the days of the book everybody
// may walk in; exempt groups may on any day. Refusals: fault.Invalid "closed_day", "outside_hours" with open,
// "rule_walk_in" with days and exempt_age; fault.Conflict "nothing_free".
func WalkIn(b *Book, p *Place, who Person, party, free int32, now time.Time) *fault.Error {
	date := p.date(now)
	open := p.Day(date)
	if !slices.ContainsFunc(open.Spans, func(s civil.Span) bool { return !now.Before(s.Start) && now.Before(s.End) }) {
		if len(open.Spans) == 0 {
			return refuse("closed_day", "The venue is closed on this day.").On("start").With("reason", open.Reason)
		}
		return refuse("outside_hours", "The venue is not open now.").On("start").With("open", open.Hours)
	}
	if !b.WalkIn.Has(p.dayOf(date)) && !b.exempt(p, &who, now) {
		return b.noWalkIn(p, now)
	}
	if b.WalkInIfFree && free >= 0 && free < party {
		return fault.New(fault.Conflict, "nothing_free", "All places are taken.").With("left", free).With("mine", party)
	}
	return nil
}

// walkers are whom somebody who counts at a door can tell apart.
var walkers = []string{"residents", "families", "elders", "disabled"}

// WalkersOn is which of residents, families, elders and disabled people may come in without a booking on the date: all of
// them on the days of the book, exempt ones on any, none while the place is closed. Elders stand for whoever has reached
// the age of the book.
func WalkersOn(b *Book, p *Place, date civil.Date) []string {
	if len(p.Day(date).Spans) == 0 {
		return nil
	}
	if b.WalkIn.Has(p.dayOf(date)) {
		return slices.Clone(walkers)
	}
	var may []string
	for _, group := range walkers {
		if slices.Contains(b.ExemptGroups, group) || group == "elders" && b.ExemptAge > 0 {
			may = append(may, group)
		}
	}
	return may
}

// exempt reports whether the person may walk in on any day.
func (b *Book) exempt(p *Place, who *Person, now time.Time) bool {
	if age, known := who.age(p.date(now)); known && b.ExemptAge > 0 && age >= b.ExemptAge {
		return true
	}
	return slices.ContainsFunc(who.Groups, func(g string) bool { return slices.Contains(b.ExemptGroups, g) })
}

func (b *Book) noWalkIn(p *Place, now time.Time) *fault.Error {
	e := refuse("rule_walk_in", "Book a place to come in today.").On("start").With("days", b.WalkIn).With("exempt_age", b.ExemptAge)
	if len(b.WalkIn) == 0 {
		return e
	}
	today := p.date(now)
	for d := today + 1; d < today+400; d++ {
		if spans := p.Day(d).Spans; b.WalkIn.Has(p.dayOf(d)) && len(spans) > 0 {
			return until(e, spans[0].Start)
		}
	}
	return e
}
