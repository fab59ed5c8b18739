package demo

import (
	"math/rand/v2"
	"slices"
	"time"

	"wenguan/models/account"
	"wenguan/models/civil"
	"wenguan/models/venue"
)

// planner invents visits. It knows opening hours and rules as a sensible resident does, and nothing of what others book:
// the desk decides that, so some visits find the place taken.
type planner struct {
	random *rand.Rand
	hoping *rand.Rand // for hopes
	zone   *time.Location
	cal    *civil.Calendar
	now    time.Time
	today  civil.Date
	people People
	clubs  []account.Account // organizations besides People.Organization
	visits []*visit
	busy   map[string][]civil.Span // by account: nobody is in two places
}

// span is a stretch of the date by the clocks.
func (p *planner) span(date civil.Date, from, to civil.TimeOfDay) civil.Span {
	return civil.Span{Start: date.At(from, p.zone), End: date.At(to, p.zone)}
}

// add plans a visit made so long before its start, unless its holder is elsewhere.
func (p *planner) add(place *venue.Venue, v visit, ahead time.Duration) {
	at := civil.Span{Start: v.start, End: v.end}
	if !slices.ContainsFunc(p.busy[v.holder.ID], at.Overlaps) && p.leave(place, v, ahead) {
		p.busy[v.holder.ID] = append(p.busy[v.holder.ID], at)
	}
}

// leave is add for what its holder need not stay with: an exhibition. It reports whether the visit is planned; one that
// would be booked in the future is not.
func (p *planner) leave(place *venue.Venue, v visit, ahead time.Duration) bool {
	v.venue = place.ID
	v.made = v.start.Add(-ahead)
	if opens := p.release(place, v.start); v.made.Before(opens) {
		v.made = opens.Add(p.upTo(min(v.start.Sub(opens), 3*time.Hour)))
	}
	if v.made.After(p.now) {
		return false
	}
	p.fate(&v, &place.Rules)
	p.visits = append(p.visits, &v)
	return true
}

// release is when the start's day becomes bookable.
func (p *planner) release(place *venue.Venue, start time.Time) time.Time {
	return civil.DateOf(start, p.zone).Add(-int(place.Rules.HorizonDays)).At(place.Rules.ReleaseAt, p.zone)
}

// slot picks a time on the date that lies within one opening, its start by the weights of the hours; false when the venue
// is closed.
func (p *planner) slot(place *venue.Venue, date civil.Date, weights *[24]int, length int) (civil.Span, bool) {
	step := civil.TimeOfDay(place.Rules.SlotStep)
	var starts, ends []civil.TimeOfDay
	var sums []int
	sum := 0
	for _, open := range place.Day(date, p.cal).Open {
		for t := open.Start; t+civil.TimeOfDay(place.Rules.Shortest) <= open.End; t += step {
			if w := weights[t/60]; w > 0 {
				sum += w
				starts, ends, sums = append(starts, t), append(ends, open.End), append(sums, sum)
			}
		}
	}
	if sum == 0 {
		return civil.Span{}, false
	}
	i, _ := slices.BinarySearch(sums, p.random.IntN(sum)+1)
	return p.span(date, starts[i], min(starts[i]+civil.TimeOfDay(length), ends[i])), true
}

// somebody is one of the regulars who is not telling the story.
func (p *planner) somebody() account.Account {
	regulars := min(len(p.people.Residents), regulars)
	if regulars <= 2 { // the first two tell the story
		return pick(p.random, p.clubs)
	}
	return p.people.Residents[2+p.random.IntN(regulars-2)]
}

// busyness scales what happens on a date: weekends and public holidays are busier, no two days are alike, and the
// district uses its venues a little more every week.
func (p *planner) busyness(date civil.Date) float64 {
	b := 0.8 + 0.4*p.random.Float64() + max(-0.3, float64(date-p.today)/7*0.015)
	if h, ok := p.cal.On(date); ok {
		if !h.Work {
			b *= 1.4
		}
	} else if d := date.Weekday(); d == time.Saturday || d == time.Sunday {
		b *= 1.35
	}
	return b
}
