package booking

import (
	"sync"
	"time"

	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/ledger"
	"wenguan/models/rule"
	"wenguan/models/store"
	"wenguan/models/venue"
)

// place is one revision of a venue under one holiday calendar, with what the desk derives from them. It is shared
// between requests.
type place struct {
	*venue.Venue
	cal   *civil.Calendar
	zone  *time.Location
	atoms *ledger.Atoms
	spots []*spot
	byID  map[string]*spot
	rules *rule.Place // the same for the rules

	terms map[*rule.Book]*rule.Book // the books as organizations have them, where that is otherwise

	memory   int           // days that its rules look back
	ahead    int           // days that its rules let people book ahead
	overstay time.Duration // how long a visit can wait for its check-out past its end

	mu   sync.Mutex
	days map[civil.Date]*openDay
}

// spot is a space with its atoms numbered.
type spot struct {
	*venue.Space
	order   int // position among the venue's spaces
	numbers []int32
	members []*spot // of an AnyOf space, in the venue's order
	people  int32   // the largest party it can take, 0 if nothing says so
}

// kind is the type that the rules know the space by: a group is its members' sort, a row of seats no room.
func (s *spot) kind() string {
	if len(s.members) > 0 {
		return string(s.members[0].Type)
	}
	return string(s.Type)
}

// openDay is when the venue is open on a date.
type openDay struct {
	venue.Day
	first time.Time // the date's first instant
	spans []civil.Span
}

// maxDays bounds the dates a place remembers: more than the largest horizon.
const maxDays = 1000

// placeIn is the venue as the transaction sees it.
func (d *Desk) placeIn(tx store.Tx, id string) (*place, error) {
	v, err := d.Venues.In(tx, id)
	if err != nil {
		return nil, err
	}
	cal, err := d.Venues.Calendar(tx)
	if err != nil {
		return nil, err
	}
	return d.placeOf(v, cal), nil
}

// placeOf finds or makes the place; the newest of a venue is remembered.
func (d *Desk) placeOf(v *venue.Venue, cal *civil.Calendar) *place {
	d.mu.RLock()
	p := d.places[v.ID]
	d.mu.RUnlock()
	if p != nil && p.Venue == v && p.cal == cal {
		return p
	}
	p = newPlace(v, cal)
	d.remembers(v)
	d.mu.Lock()
	d.places[v.ID] = p
	d.mu.Unlock()
	return p
}

func newPlace(v *venue.Venue, cal *civil.Calendar) *place {
	p := &place{Venue: v, cal: cal, zone: v.Location(), byID: map[string]*spot{}, days: map[civil.Date]*openDay{}}
	p.atoms = atomsOf(v)
	p.memory, p.ahead, p.overstay, p.terms = memoryOf(v), aheadOf(v), overstayOf(v), termsOf(v)
	p.rules = &rule.Place{
		Where: rule.Where{Venue: v.ID, Kind: string(v.Kind), Area: v.Area}, Zone: p.zone, Calendar: cal,
		Day: func(date civil.Date) rule.OpenDay {
			d := p.day(date)
			return rule.OpenDay{Hours: d.Open, Spans: d.spans, Reason: string(d.Reason)}
		},
	}
	for i := range v.Spaces {
		s := &spot{Space: &v.Spaces[i], order: i, numbers: p.atoms.Numbers(v.Spaces[i].Atoms)}
		p.spots = append(p.spots, s)
		p.byID[s.ID] = s
	}
	for _, s := range p.spots {
		if group := p.byID[s.Parent]; group != nil && group.Allocation == venue.AnyOf {
			group.members = append(group.members, s)
		}
	}
	for _, s := range p.spots {
		s.people = p.takes(s)
	}
	return p
}

// overstayOf is how long past its end the venue's rules let a visit wait for its check-out.
func overstayOf(v *venue.Venue) (most time.Duration) {
	for _, b := range v.Books() {
		if b.CheckOut {
			most = max(most, time.Duration(max(b.CheckOutGrace, b.OverstayUntil)+1)*time.Minute)
		}
	}
	return most
}

// takes is the largest party of a space: its members, its units, or its seats.
func (p *place) takes(s *spot) int32 {
	switch s.Allocation {
	case venue.AnyOf:
		return int32(len(s.members))
	case venue.Shared:
		if len(s.numbers) == 0 {
			return 0
		}
		least := p.atoms.Capacity(s.numbers[0])
		for _, n := range s.numbers {
			least = min(least, p.atoms.Capacity(n))
		}
		return least
	}
	return s.Seats
}

// wall is the instant by the venue's clocks, for people.
func (p *place) wall(t time.Time) string { return t.In(p.zone).Format("2006-01-02 15:04") }

// spot is the space with this id; fault.NotFound "space_not_found" if the venue has none.
func (p *place) spot(id string) (*spot, error) {
	if s := p.byID[id]; s != nil {
		return s, nil
	}
	return nil, fault.New(fault.NotFound, "space_not_found", "The venue has no such space.").On("space")
}

// book is the rule book that a booking of the space is under when it is made at the instant; nil asks for the venue's.
func (p *place) book(s *spot, at time.Time) *rule.Book {
	if s == nil {
		return p.Book(nil, civil.DateOf(at, p.zone))
	}
	return p.Book(s.Space, civil.DateOf(at, p.zone))
}

// bookFor is book as organizations have it, or as everybody else does.
func (p *place) bookFor(s *spot, at time.Time, organization bool) *rule.Book {
	book := p.book(s, at)
	if own := p.terms[book]; organization && own != nil {
		return own
	}
	return book
}

func termsOf(v *venue.Venue) map[*rule.Book]*rule.Book {
	out := map[*rule.Book]*rule.Book{}
	for _, b := range v.Books() {
		if own := b.For(true); own != b {
			out[b] = own
		}
	}
	return out
}

// where is the space as the rules know it: a member of a group counts as the group.
func (p *place) where(space string) rule.Where {
	where := p.rules.Where
	where.Space = space
	if s := p.byID[space]; s != nil {
		where.Type = s.kind()
		if p.member(s) {
			where.Space = s.Parent
		}
	}
	return where
}

// member reports whether the space is one of a group that hands out its members.
func (p *place) member(s *spot) bool {
	group := p.byID[s.Parent]
	return group != nil && group.Allocation == venue.AnyOf
}

// shown reports whether the space stands on its own in lists, not only as a member of a group.
func (p *place) shown(s *spot) bool {
	group := p.byID[s.Parent]
	return s.Bookable && (group == nil || group.Allocation != venue.AnyOf)
}

// day is when the venue is open on the date.
func (p *place) day(date civil.Date) *openDay {
	p.mu.Lock()
	defer p.mu.Unlock()
	if d := p.days[date]; d != nil {
		return d
	}
	if len(p.days) >= maxDays {
		clear(p.days)
	}
	d := &openDay{Day: p.Day(date, p.cal), first: date.Start(p.zone), spans: p.OpenSpans(date, p.cal)}
	p.days[date] = d
	return d
}

// people is how many people the venue takes.
func (p *place) people() int {
	sum := 0
	for _, n := range p.places() {
		sum += int(n)
	}
	return sum
}

// places is how many people each atom takes: the units of shared atoms, the seats of rooms, one for a seat.
func (p *place) places() []int32 {
	places := make([]int32, p.atoms.Len())
	for n := range places {
		places[n] = p.atoms.Capacity(int32(n))
	}
	for _, s := range p.spots {
		if len(s.numbers) == 1 && s.Allocation == venue.Exclusive {
			places[s.numbers[0]] = max(places[s.numbers[0]], s.Seats)
		}
	}
	return places
}
