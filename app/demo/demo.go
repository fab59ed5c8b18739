// Package demo makes the sample district: fictional venues, people and a history of bookings, all through the
// product's own verbs with a moved clock, so that a newcomer finds a district in use. The same options give the same
// history (ids, numbers and tokens apart, which are random). It refuses a store with anything in it.
package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"time"

	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/organization"
	"wenguan/models/report"
	"wenguan/models/venue"
)

// World is the product to fill, made on one store and one clock.
type World struct {
	Venues        *venue.Catalog
	Accounts      *account.Directory
	Organizations *organization.Register
	Desk          *booking.Desk // with an outbox that discards: nothing of the demo is ever sent
	Bureau        *report.Bureau
	SetClock      func(time.Time) // moves the clock all of them read
}

// Options say how much to make.
type Options struct {
	Residents int                   // 0 means 200
	Days      int                   // of history before today, 0 means 60
	Now       time.Time             // where the history ends
	Seed      uint64                // another seed makes another history
	Progress  func(done, total int) // nil: nobody watches
}

// People are the accounts that tell the story, and everybody else.
type People struct {
	Resident          account.Account // has a booking for tomorrow evening
	Suspended         account.Account // missed three bookings of yesterday at the reading room; without an id there is nobody
	Organization      account.Account // the choir
	OrganizationOwner account.Account // a person
	Manager           account.Account // of the library, the reading room and the hotel
	Attendant         account.Account // of the library and the reading room
	Counter           account.Account // serves people there
	Administrator     account.Account
	Callers           []account.Account // whom Counter made, most of them without a phone
	Colleagues        []Colleague       // the rest of the staff, one of each role
	Machines          []Machine         // a door, a display and two kiosks
	Stickers          []Sticker         // the codes on a seat of the library and one of the reading room
	Residents         []account.Account // all of them, Resident first, then those with a history; who comes after has none
}

// regulars is how many residents live the history. More of them have none: nothing stands in the way of what they book.
const regulars = 200

// lead is how long before the first day of history the district was founded: time to book ahead.
const lead = 40

// Seed fills the world and leaves its clock at Options.Now. It returns fault.Conflict ("not_empty") for a store that has
// venues.
func Seed(ctx context.Context, w World, o Options) (People, error) {
	if o.Residents <= 0 {
		o.Residents = regulars
	}
	if o.Days <= 0 {
		o.Days = 60
	}
	if o.Progress == nil {
		o.Progress = func(int, int) {}
	}
	zone, err := civil.Zone(zoneName)
	if err != nil {
		return People{}, err
	}
	today := civil.DateOf(o.Now, zone)
	first := today.Add(-o.Days)
	w.SetClock(first.Add(-lead).At(hm(9), zone))
	at, err := found(ctx, w, today)
	if err != nil {
		return People{}, err
	}
	people, err := makePeople(ctx, w, o.Residents, o.Seed)
	if err != nil {
		return People{}, err
	}
	others, registrar, err := foundOrganizations(ctx, w, &people, today)
	if err != nil {
		return People{}, err
	}
	if err := makeColleagues(ctx, w, &people, today, zone); err != nil {
		return People{}, err
	}
	if people.Callers, err = makeCallers(ctx, w, people.Counter); err != nil {
		return People{}, err
	}
	calendar, err := w.Venues.CalendarOf(ctx)
	if err != nil {
		return People{}, err
	}
	p := &planner{
		random: rand.New(rand.NewPCG(o.Seed, 2)), hoping: rand.New(rand.NewPCG(o.Seed, 4)), zone: zone, cal: calendar, now: o.Now, today: today,
		people: people, clubs: others, busy: map[string][]civil.Span{},
	}
	p.plan(first, at)
	// Tens of thousands of transactions one after the other: collecting garbage less often takes a third of the time off.
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	if err := live(ctx, w, newPlayer(w, people, p.visits, at.lapses(), o.Now), first, o); err != nil {
		return People{}, fmt.Errorf("make the sample history: %w", err)
	}
	if err := registrar.foundTheRest(ctx, o.Now); err != nil {
		return People{}, err
	}
	if err := publish(ctx, w); err != nil {
		return People{}, err
	}
	if len(people.Residents) > 1 {
		people.Suspended = people.Residents[1]
	}
	if err := plead(ctx, w, people); err != nil {
		return People{}, err
	}
	if people.Stickers, err = stick(ctx, w, people.Manager); err != nil {
		return People{}, err
	}
	if err := makeFamilies(ctx, w, &people, today); err != nil {
		return People{}, fmt.Errorf("make the sample families: %w", err)
	}
	return people, nil
}

// plan invents everything from the first day of history to the last day that can be booked.
func (p *planner) plan(first civil.Date, at *district) {
	p.exhibitions(first, at)
	p.misses(at)
	for date := first; date < p.today.Add(30); date++ {
		p.groups(date, at)
		if date <= p.today.Add(7) {
			p.readers(date, at)
		}
		if date <= p.today {
			p.counter(date, at)
			p.hopes(date, at)
		}
	}
	tomorrow := p.span(p.today.Add(1), hm(19), hm(21))
	p.add(at.readingRoom, visit{space: "room", start: tomorrow.Start, end: tomorrow.End, holder: p.people.Resident, party: 1},
		tomorrow.Start.Sub(p.now)+minutes(30))
}

// live lets the history happen, then rolls it up.
func live(ctx context.Context, w World, p *player, first civil.Date, o Options) error {
	done, total := 0, len(p.events)*101/100+1
	step := func() {
		if done++; done%200 == 0 {
			o.Progress(done, total)
		}
	}
	if err := p.play(ctx, step); err != nil {
		return err
	}
	w.SetClock(o.Now)
	if err := summarize(ctx, w, first, o.Now); err != nil {
		return err
	}
	o.Progress(total, total)
	return nil
}

// summarize rolls up every day that is over and writes down every week and month that is.
func summarize(ctx context.Context, w World, first civil.Date, now time.Time) error {
	zone, err := civil.Zone(zoneName)
	if err != nil {
		return err
	}
	today := civil.DateOf(now, zone)
	if err := w.Bureau.Range(ctx, first, today.Add(-1)); err != nil {
		return err
	}
	for _, p := range []report.Period{report.Week, report.Month} {
		for start := p.Start(first); p.End(start) <= today; start = p.End(start) {
			if err := w.Bureau.WriteSummaries(ctx, p, start); err != nil {
				return err
			}
		}
	}
	return nil
}

// district is the sample venues as saved.
type district struct {
	library, readingRoom, bookHouse, square, corridor, hotel, dayCentre, memorial *venue.Venue
}

func (d *district) all() []**venue.Venue {
	return []**venue.Venue{
		&d.library, &d.readingRoom, &d.square, &d.corridor, &d.hotel, &d.bookHouse, &d.dayCentre, &d.memorial,
	}
}

// lapses is how long after its start each venue holds a booking, in minutes.
func (d *district) lapses() map[string]int32 {
	m := map[string]int32{}
	for _, v := range d.all() {
		m[(*v).ID] = (*v).Rules.CheckInAfter
	}
	return m
}

// found makes the venues.
func found(ctx context.Context, w World, today civil.Date) (*district, error) {
	if list, _, err := w.Venues.List(ctx, venue.Filter{Limit: 1}); err != nil {
		return nil, err
	} else if len(list) > 0 {
		return nil, fault.New(fault.Conflict, "not_empty", "This store has venues; the sample district needs an empty one.")
	}
	d := &district{
		library: library(today), readingRoom: readingRoom(), square: square(today), corridor: corridor(), hotel: hotel(today),
		bookHouse: bookHouse(), dayCentre: dayCentre(), memorial: memorial(),
	}
	for _, v := range d.all() {
		saved, err := w.Venues.Save(ctx, system, *v)
		if err != nil {
			return nil, fmt.Errorf("make sample venue %s: %w", (*v).ID, err)
		}
		if err := hang(ctx, w, saved.ID); err != nil {
			return nil, err
		}
		*v = saved
	}
	return d, nil
}
