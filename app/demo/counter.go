package demo

import (
	"context"
	"fmt"
	"time"

	"wenguan/models/account"
	"wenguan/models/civil"
	"wenguan/models/venue"
)

// callers are people who come to a counter: most have no phone, two have the same name.
var callers = []account.PersonDraft{
	{Name: "王秀英", BirthYear: 1943, Group: account.Elders, Note: "住窑火社区3栋"},
	{Name: "王秀英", BirthYear: 1951, Group: account.Elders, Note: "住青花街道，听力不好"},
	{Name: "李桂芳", BirthYear: 1947, Group: account.Elders},
	{Name: "陈德福", BirthYear: 1939, Group: account.Elders, Note: "坐轮椅，请安排靠门的座位"},
	{Name: "刘子涵", BirthYear: 2016, Group: account.Families, Note: "外婆陪同"},
	{Name: "赵金桂", BirthYear: 1955, Group: account.Elders, Phone: samplePhone(90_000_001)},
}

// makeCallers has the clerk make the people who come to the counter.
func makeCallers(ctx context.Context, w World, clerk account.Account) ([]account.Account, error) {
	var made []account.Account
	for _, draft := range callers {
		a, err := w.Accounts.MakePerson(ctx, clerk.Actor(), "reading-room", draft)
		if err != nil {
			return nil, fmt.Errorf("make %s at the counter: %w", draft.Name, err)
		}
		made = append(made, a)
	}
	return made, nil
}

// counter plans who comes to the counters on a date: each gets a seat for the time that is running and walks in.
func (p *planner) counter(date civil.Date, at *district) {
	first := p.random.IntN(len(p.people.Callers))
	for n := range 1 + p.random.IntN(3) {
		place, hours := at.readingRoom, &villageHours
		if n == 1 {
			place = at.library
		}
		p.walkIn(place, date, hours, p.people.Callers[(first+n)%len(p.people.Callers)])
	}
}

// walkIn plans one visit that is booked and checked in by the clerk some minutes after its start.
func (p *planner) walkIn(place *venue.Venue, date civil.Date, hours *[24]int, who account.Account) {
	slot, open := p.slot(place, date, hours, pick(p.random, []int{60, 90, 120}))
	made := slot.Start.Add(p.upTo(10 * time.Minute))
	if !open || made.After(p.now) {
		return
	}
	groups := seats(place)
	out := time.Time{}
	if place.Rules.CheckOut {
		out = slot.End
	}
	p.visits = append(p.visits, &visit{
		out: out, venue: place.ID, space: pick(p.random, groups), start: slot.Start, end: slot.End, holder: who, party: 1,
		clerk: p.people.Counter, made: made, in: made.Add(time.Minute),
	})
}
