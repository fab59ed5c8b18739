package main

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/civil"
	"wenguan/models/rule"
	"wenguan/models/venue"
)

func venueID(room int64) string { return fmt.Sprintf("rooms-%d", room/perVenue) }

func roomID(room int64) string { return fmt.Sprintf("room-%02d", room%perVenue) }

// fill makes the venues, the residents, the bookings of a year with their roll-ups, and a busy week in the reading room.
func (w *world) fill(ctx context.Context) error {
	now := w.now()
	if err := w.fillVenues(ctx); err != nil {
		return err
	}
	people, err := w.fillPeople(ctx)
	if err != nil {
		return err
	}
	if err := w.fillYear(ctx, people); err != nil {
		return err
	}
	w.setClock(now)
	if _, _, err := w.app.Desk.Sweep(ctx); err != nil { // as the job does every minute
		return err
	}
	if err := w.askToCheckIn(ctx); err != nil {
		return err
	}
	if err := w.app.Bureau.Range(ctx, w.today.Add(-364), w.today.Add(-1)); err != nil {
		return err
	}
	if err := w.fillWeek(ctx, people); err != nil {
		return err
	}
	return w.takeTemplates(ctx)
}

func (w *world) fillVenues(ctx context.Context) error {
	for v := range int64(rooms / perVenue) {
		home := sampleVenue(venueID(v*perVenue), venue.IdleVenue)
		for r := range int64(perVenue) {
			id := roomID(r)
			home.Atoms = append(home.Atoms, venue.Atom{ID: id, Capacity: 1})
			home.Spaces = append(home.Spaces, venue.Space{ID: id, Name: venue.Text{ZH: id}, Type: venue.Room,
				Allocation: venue.Exclusive, Atoms: []string{id}, Seats: 12, Bookable: true})
		}
		if _, err := w.app.Venues.Save(ctx, system, home); err != nil {
			return err
		}
	}
	library := sampleVenue("library", venue.ReadingRoom)
	for room, seats := range []int{24, 24, 24, 36} {
		group := venue.Space{ID: fmt.Sprintf("hall-%d", room), Name: venue.Text{ZH: "阅览室"}, Type: venue.Room,
			Allocation: venue.AnyOf, Seats: int32(seats), Bookable: true}
		var members []venue.Space
		for s := range seats {
			id := fmt.Sprintf("hall-%d-%02d", room, s)
			library.Atoms = append(library.Atoms, venue.Atom{ID: id, Capacity: 1})
			group.Atoms = append(group.Atoms, id)
			members = append(members, venue.Space{ID: id, Parent: group.ID, Name: venue.Text{ZH: id}, Type: venue.Seat,
				Allocation: venue.Exclusive, Atoms: []string{id}, Seats: 1, Bookable: true})
		}
		library.Spaces = append(append(library.Spaces, group), members...)
	}
	_, err := w.app.Venues.Save(ctx, system, library)
	return err
}

func sampleVenue(id string, kind venue.Kind) *venue.Venue {
	v := &venue.Venue{ID: id, Kind: kind, Name: venue.Text{ZH: id}, Area: "示例区", Address: venue.Text{ZH: "示例路 1 号"}, Zone: "Asia/Shanghai"}
	for day := range v.Hours {
		v.Hours[day] = []civil.Interval{{Start: 8 * 60, End: 22 * 60}}
	}
	v.OnHoliday = venue.HolidayHours{OnHoliday: venue.SameAsWeekday, OnMakeUp: venue.SameAsWeekday}
	v.Rules = venue.Rules{
		Opening:    rule.Opening{HorizonDays: 400},
		Shape:      rule.Shape{SlotStep: 30, Shortest: 30, Longest: 240, PartyMax: 10},
		Attendance: rule.Attendance{NoCheckIn: true},
	}
	return v
}

// askToCheckIn changes the rules of the rooms when the year is over, in which everybody came.
func (w *world) askToCheckIn(ctx context.Context) error {
	for v := range int64(rooms / perVenue) {
		home, err := w.app.Venues.Get(ctx, venueID(v*perVenue))
		if err != nil {
			return err
		}
		next := *home
		next.Rules.Attendance = rule.Attendance{CheckInBefore: 15, CheckInAfter: 15}
		if _, err := w.app.Venues.Save(ctx, system, &next); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) fillPeople(ctx context.Context) ([]account.Actor, error) {
	people := make([]account.Actor, residents)
	w.sessions = make([]string, residents)
	err := inParallel(residents, func(i int64) error {
		made, err := w.app.Accounts.Create(ctx, system, account.Account{Kind: account.Person, Name: "居民", Phone: fmt.Sprintf("+86199%08d", i)})
		if err != nil {
			return err
		}
		session, err := w.app.Accounts.MakeSession(ctx, system, made.ID)
		people[i], w.sessions[i] = account.Actor{ID: made.ID, Kind: made.Kind, Name: made.Name}, session.Token
		return err
	})
	if err != nil {
		return nil, err
	}
	boss, err := w.app.Accounts.Create(ctx, system, account.Account{Kind: account.Person, Name: "主管", Phone: "+8619899999999",
		Grants: []account.Grant{{Role: account.Manager}}})
	if err != nil {
		return nil, err
	}
	session, err := w.app.Accounts.MakeSession(ctx, system, boss.ID)
	w.manager = session.Token
	return people, err
}

// fillYear books the year that is over, each day on its morning.
func (w *world) fillYear(ctx context.Context, people []account.Actor) error {
	zone := w.now().Location()
	if z, err := time.LoadLocation("Asia/Shanghai"); err == nil {
		zone = z
	}
	each := int64(w.bookings)/364 + 1
	var done atomic.Int64
	for ago := 364; ago >= 1; ago-- {
		date := w.today.Add(-ago)
		opens := date.Start(zone)
		w.setClock(opens.Add(7 * time.Hour))
		count := min(each, int64(w.bookings)-done.Load())
		err := inParallel(count, func(i int64) error {
			n := done.Add(1)
			from := opens.Add(time.Duration(8+i/rooms%perDay) * time.Hour)
			_, err := w.app.Desk.Reserve(ctx, people[n%residents], booking.Request{
				Venue: venueID(i % rooms), Space: roomID(i % rooms), Start: from, End: from.Add(time.Hour), Party: 1 + int32(n%8)})
			return err
		})
		if err != nil {
			return fmt.Errorf("book %s: %w", date, err)
		}
	}
	return nil
}

// fillWeek gives every seat of the reading room two bookings on each day of the coming week.
func (w *world) fillWeek(ctx context.Context, people []account.Actor) error {
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		return err
	}
	groups := []int64{24, 24, 24, 36}
	return inParallel(7*2*4, func(i int64) error {
		date, half, group := w.today.Add(int(i/8)+1), i/4%2, i%4
		from := date.Start(zone).Add(time.Duration(9+4*half) * time.Hour)
		for seat := range groups[group] {
			_, err := w.app.Desk.Reserve(ctx, people[(i*41+seat)%residents], booking.Request{Key: fmt.Sprintf("fill-%d-%d", i, seat),
				Venue: "library", Space: fmt.Sprintf("hall-%d", group), Start: from, End: from.Add(3 * time.Hour), Party: 1})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func inParallel(n int64, do func(i int64) error) error {
	var g errgroup.Group
	g.SetLimit(128)
	for i := range n {
		g.Go(func() error { return do(i) })
	}
	return g.Wait()
}
