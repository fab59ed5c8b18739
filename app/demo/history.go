package demo

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/fault"
)

// event is one thing that happens at one moment.
type event struct {
	at    time.Time
	kind  eventKind
	visit *visit
}

// eventKind is in the order of things that happen at the same moment.
type eventKind int

const (
	sweeps eventKind = iota
	checksOut
	cancels
	books
	checksIn
)

// player lets a plan happen through the desk.
type player struct {
	world  World
	people People
	staff  map[string]account.Actor // who checks in, by venue; the administrator elsewhere
	events []event
}

// newPlayer puts everything that happens up to now in order.
func newPlayer(w World, people People, plan []*visit, rules map[string]int32, now time.Time) *player {
	p := &player{world: w, people: people, staff: map[string]account.Actor{
		"library": people.Attendant.Actor(), "reading-room": people.Attendant.Actor(), "hotel": people.Manager.Actor(),
	}}
	swept := map[time.Time]bool{now: true}
	add := func(at time.Time, kind eventKind, v *visit) {
		if !at.IsZero() && !at.After(now) {
			p.events = append(p.events, event{at, kind, v})
		}
	}
	for _, v := range plan {
		add(v.made, books, v)
		add(v.cancel, cancels, v)
		add(v.in, checksIn, v)
		add(v.out, checksOut, v)
		switch {
		case v.hope || !v.cancel.IsZero() || !v.out.IsZero():
		case !v.in.IsZero():
			swept[v.end] = true
		case rules[v.venue] > 0:
			swept[v.start.Add(minutes(int(rules[v.venue])))] = true
		}
	}
	for at := range swept {
		add(at, sweeps, nil)
	}
	slices.SortStableFunc(p.events, func(a, b event) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.kind, b.kind))
	})
	return p
}

// play lets everything happen; step is called after each event.
func (p *player) play(ctx context.Context, step func()) error {
	for i, e := range p.events {
		if err := ctx.Err(); err != nil {
			return err
		}
		p.world.SetClock(e.at)
		if err := p.happen(ctx, e); err != nil {
			return err
		}
		if i%refusalsEvery == 0 || i == len(p.events)-1 {
			if _, err := p.world.Desk.WriteUnmet(ctx); err != nil {
				return err
			}
		}
		step()
	}
	return nil
}

// refusalsEvery is after how many events what was refused is written down: some hours of the district.
const refusalsEvery = 200

func (p *player) happen(ctx context.Context, e event) error {
	v := e.visit
	if e.kind == sweeps {
		_, _, err := p.world.Desk.Sweep(ctx)
		return err
	}
	if e.kind == books {
		return p.book(ctx, v)
	}
	if v.id == "" { // it found no place
		return nil
	}
	var err error
	switch e.kind {
	case cancels:
		_, err = p.world.Desk.Cancel(ctx, v.holder.Actor(), v.id, "")
	case checksIn:
		_, err = p.world.Desk.CheckIn(ctx, p.staffOf(v.venue), booking.CheckInRequest{Venue: v.venue, Number: v.number})
	case checksOut:
		_, err = p.world.Desk.CheckOut(ctx, v.holder.Actor(), v.id)
	}
	if err != nil {
		return fmt.Errorf("sample visit to %s %s at %s: %w", v.venue, v.space, v.start, err)
	}
	return nil
}

func (p *player) staffOf(venue string) account.Actor {
	if a, ok := p.staff[venue]; ok {
		return a
	}
	return p.people.Administrator.Actor()
}

// book makes the booking. A place that is taken or a rule that says no is part of life.
func (p *player) book(ctx context.Context, v *visit) error {
	made, err := p.world.Desk.Reserve(ctx, v.actor(), booking.Request{
		For: v.holder.ID, Venue: v.venue, Space: v.space, Start: v.start, End: v.end, Party: v.party, Purpose: v.purpose,
	})
	if fault.Is(err, fault.Conflict) || fault.Is(err, fault.Invalid) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("sample booking at %s %s at %s: %w", v.venue, v.space, v.start, err)
	}
	v.id, v.number = made.ID, made.Number
	return nil
}
