package demo

import (
	"wenguan/models/civil"
	"wenguan/models/venue"
)

// hopes plans on a date what some people ask for although the rules do not allow it: to stay longer. They take no for an
// answer. It has a generator of its own, so that the history of the others stays as it is.
func (p *planner) hopes(date civil.Date, at *district) {
	h := *p
	h.random = p.hoping
	h.stayLonger(at.library, date, &libraryHours, 3+h.random.IntN(5))
	h.stayLonger(at.readingRoom, date, &nightHours, h.random.IntN(3))
	p.visits = h.visits
}

func (p *planner) stayLonger(place *venue.Venue, date civil.Date, hours *[24]int, n int) {
	for range n {
		longest := int(place.Rules.Longest)
		at, open := p.slot(place, date, hours, longest+pick(p.random, []int{60, 60, 120}))
		made := at.Start.Add(-minutes(5) - p.upTo(minutes(90)))
		if !open || at.End.Sub(at.Start) <= minutes(longest) || made.Before(p.release(place, at.Start)) || made.After(p.now) {
			continue
		}
		p.visits = append(p.visits, &visit{
			venue: place.ID, space: pick(p.random, seats(place)), holder: p.somebody(), party: 1, start: at.Start, end: at.End, made: made, hope: true,
		})
	}
}
