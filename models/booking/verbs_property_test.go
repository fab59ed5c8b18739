package booking_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/rule"
	"wenguan/models/venue"
)

// machine is the written state machine, a second time: what a booking can be after one request and the clock. Nothing
// leads out of the last three.
var machine = map[booking.State][]booking.State{
	booking.Confirmed: {booking.CheckedIn, booking.Cancelled, booking.NoShow},
	booking.CheckedIn: {booking.Away, booking.Reported, booking.Completed},
	booking.Away:      {booking.CheckedIn, booking.Completed},
	booking.Reported:  {booking.CheckedIn, booking.Completed},
	booking.Completed: {}, booking.Cancelled: {}, booking.NoShow: {},
}

// days drives random verbs of random people against one venue under a published rule book.
type days struct {
	*world
	rt    *rapid.T
	venue *venue.Venue
	ids   []string
	seen  map[string]booking.Booking
}

var published = []string{"county-library-seats", "city-library-seats", "university-library-seats", "memorial-hall", "sports-hall"}

func person(n int) account.Actor {
	actor := resident(n)
	actor.RealName = true
	return actor
}

func (d *days) start(name string) {
	v := readingRoom(name, 3)
	book, _ := rule.NewFrom(rapid.SampledFrom(published).Draw(d.rt, "rule book"))
	v.Rules = *book
	d.venue = d.save(v)
}

func (d *days) someone() account.Actor { return person(rapid.IntRange(1, 3).Draw(d.rt, "person")) }

func (d *days) some() booking.Booking {
	if len(d.ids) == 0 {
		d.rt.Skip("no booking yet")
	}
	return d.seen[rapid.SampledFrom(d.ids[max(0, len(d.ids)-5):]).Draw(d.rt, "booking")]
}

// wish is a time that the rule book can have: a session where it has sessions, else some hours.
func (d *days) wish() (start, end time.Time) {
	date := civil.DateOf(d.clock.Now(), d.zone).Add(rapid.IntRange(0, 1).Draw(d.rt, "days ahead"))
	if sessions := d.venue.Rules.Sessions; len(sessions) > 0 {
		s := rapid.SampledFrom(sessions).Draw(d.rt, "session")
		return date.At(s.Start, d.zone), date.At(s.End, d.zone)
	}
	hour := rapid.IntRange(8, 19).Draw(d.rt, "hour")
	return d.at(date, hour, 0), d.at(date, hour+rapid.IntRange(1, 2).Draw(d.rt, "hours"), 0)
}

// answered fails on any error that is not an answer to people, and looks at everything.
func (d *days) answered(b booking.Booking, err error) {
	if err != nil {
		if kind := fault.KindOf(err); kind == fault.Internal || kind == fault.Unavailable || kind == fault.Unauthenticated {
			d.rt.Fatalf("not an answer: %v", err)
		}
	} else if _, known := d.seen[b.ID]; !known && b.ID != "" {
		d.ids = append(d.ids, b.ID)
	}
	d.look()
}

// twice does a verb two times; the second answer is the first.
func (d *days) twice(do func() (booking.Booking, error)) {
	first, err := do()
	d.answered(first, err)
	if err != nil {
		return
	}
	again, err := do()
	if err != nil || again.State != first.State || again.Revision != first.Revision {
		d.rt.Fatalf("repeated, it is %s at %d, not %s at %d: %v", again.State, again.Revision, first.State, first.Revision, err)
	}
}

// look compares every booking with how it was, and what is left and who has which strikes with what can be.
func (d *days) look() {
	broken := map[string]string{}
	for _, id := range d.ids {
		b, err := d.desk.Get(context.Background(), system, id)
		if err != nil {
			d.rt.Fatal(err)
		}
		old, known := d.seen[id]
		undone := old.State == booking.CheckedIn && b.State == booking.Cancelled && old.ByStaff && old.Moves == 0 // a slip at the counter
		if known && old.State != b.State && !undone && !slices.Contains(machine[old.State], b.State) {
			d.rt.Fatalf("the booking went from %s to %s", old.State, b.State)
		}
		if known && (old.Violation != "" && old.Violation != b.Violation || old.Number != b.Number || b.Revision < old.Revision) {
			d.rt.Fatalf("what never changes changed: %+v, then %+v", old, b)
		}
		if b.Violation != "" {
			broken[id] = b.Holder
		}
		d.seen[id] = b
	}
	for n := 1; n <= 3; n++ {
		d.strikes(person(n).ID, broken)
	}
	d.left()
}

// strikes holds a person's strikes against the bookings: no more than one for each that was broken, each used once.
func (d *days) strikes(holder string, broken map[string]string) {
	s, err := d.desk.StandingAt(context.Background(), system, d.venue.ID, holder)
	if err != nil {
		d.rt.Fatal(err)
	}
	counted, used := map[string]int{}, map[string]int{}
	for _, strike := range s.Strikes {
		if counted[strike.Violation+strike.Rule]++; counted[strike.Violation+strike.Rule] > 1 {
			d.rt.Fatalf("a strike counts twice: %+v", s.Strikes)
		}
		if b, mine := d.seen[strike.Booking]; mine && b.Holder != holder {
			d.rt.Fatalf("a strike of somebody else: %+v", strike)
		}
	}
	for _, suspension := range s.Suspensions {
		for _, strike := range suspension.Strikes {
			if used[strike+suspension.Rule]++; used[strike+suspension.Rule] > 1 {
				d.rt.Fatalf("a strike suspends twice: %+v", s.Suspensions)
			}
		}
	}
	for id, who := range broken {
		if who == holder && d.counts(d.seen[id].Violation) && counted[id+d.venue.Rules.Strikes[0].ID] != 1 {
			d.rt.Fatalf("booking %s broke a rule (%s), counted %d times: %+v", id, d.seen[id].Violation, counted[id+d.venue.Rules.Strikes[0].ID], s.Strikes)
		}
	}
}

func (d *days) counts(kind rule.ViolationKind) bool {
	return slices.Contains(d.venue.Rules.Strikes[0].Counts, kind)
}

func (d *days) left() {
	a, err := d.desk.Availability(context.Background(), booking.AvailabilityQuery{
		Venue: d.venue.ID, From: civil.DateOf(d.clock.Now(), d.zone), Days: 2, Members: true,
	})
	if err != nil {
		d.rt.Fatal(err)
	}
	for _, day := range a.Days {
		for _, space := range day.Spaces {
			for i, n := range space.Left {
				if n < -1 || n > 3 {
					d.rt.Fatalf("%d of %s are left in slot %d of %s", n, space.ID, i, day.Date)
				}
			}
		}
	}
}

func (d *days) sweep() {
	if _, _, err := d.desk.Sweep(context.Background()); err != nil {
		d.rt.Fatal(err)
	}
	d.look()
	if missed, ended, err := d.desk.Sweep(context.Background()); missed != 0 || ended != 0 || err != nil {
		d.rt.Fatalf("a second run does more: %d, %d, %v", missed, ended, err)
	}
}

func TestNoSequenceOfVerbsLeavesTheStateMachineOrCountsAStrikeTwice(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	worlds := 0
	rapid.Check(t, func(rt *rapid.T) {
		worlds++
		w.clock.Set(w.at(today.Add(worlds), 8, rapid.IntRange(0, 59).Draw(rt, "minute")))
		d := &days{world: w, rt: rt, seen: map[string]booking.Booking{}}
		d.start(fmt.Sprintf("days%d", worlds))
		rt.Repeat(d.verbs())
		d.sweep()
		if err := booking.Verify(context.Background(), w.store); err != nil {
			rt.Fatal(err)
		}
	})
}

func (d *days) verbs() map[string]func(*rapid.T) {
	ctx := context.Background()
	on := func(do func(actor account.Actor, b booking.Booking) (booking.Booking, error)) func(*rapid.T) {
		return func(rt *rapid.T) {
			d.rt = rt
			b := d.some()
			actor := rapid.SampledFrom([]account.Actor{system, {ID: b.Holder, Kind: account.Person, RealName: true}}).Draw(rt, "actor")
			d.twice(func() (booking.Booking, error) { return do(actor, b) })
		}
	}
	reserve := func(rt *rapid.T) {
		d.rt = rt
		start, end := d.wish()
		space := rapid.SampledFrom([]string{"room", "room", "s01", "s02"}).Draw(rt, "space")
		d.answered(d.desk.Reserve(ctx, d.someone(), booking.Request{Venue: d.venue.ID, Space: space, Start: start, End: end, Party: 1}))
	}
	return map[string]func(*rapid.T){
		"reserve": reserve, "reserve more": reserve,
		"move": func(rt *rapid.T) {
			d.rt = rt
			b := d.some()
			start, end := d.wish()
			d.answered(d.desk.Move(ctx, system, b.ID, booking.MoveRequest{Start: start, End: end}))
		},
		"cancel": on(func(actor account.Actor, b booking.Booking) (booking.Booking, error) {
			return d.desk.Cancel(ctx, actor, b.ID, "")
		}),
		"check in": on(func(_ account.Actor, b booking.Booking) (booking.Booking, error) {
			if d.clock.Now().Before(b.Opens) && b.State == booking.Confirmed {
				d.clock.Set(b.Opens)
			}
			return d.desk.Arrive(ctx, account.Actor{ID: b.Holder, Kind: account.Person}, b.ID, means(d.venue))
		}),
		"leave": on(func(actor account.Actor, b booking.Booking) (booking.Booking, error) {
			return d.desk.StepOut(ctx, actor, b.ID)
		}),
		"return": on(func(actor account.Actor, b booking.Booking) (booking.Booking, error) {
			return d.desk.Return(ctx, actor, b.ID)
		}),
		"report": on(func(_ account.Actor, b booking.Booking) (booking.Booking, error) {
			return d.desk.Report(ctx, system, b.ID)
		}),
		"release": on(func(_ account.Actor, b booking.Booking) (booking.Booking, error) {
			return d.desk.Release(ctx, system, b.ID)
		}),
		"check out": on(func(actor account.Actor, b booking.Booking) (booking.Booking, error) {
			return d.desk.CheckOut(ctx, actor, b.ID)
		}),
		"sweep": func(rt *rapid.T) { d.rt = rt; d.sweep() },
		"wait": func(rt *rapid.T) {
			d.clock.Add(time.Duration(rapid.SampledFrom([]int{1, 10, 15, 31, 95, 300}).Draw(rt, "minutes")) * time.Minute)
		},
		"wait for days": func(rt *rapid.T) {
			d.clock.Add(time.Duration(rapid.IntRange(1, 9).Draw(rt, "days")) * 24 * time.Hour)
		},
	}
}

// means is how people check in at the venue.
func means(v *venue.Venue) rule.Means {
	if by := v.Rules.CheckInBy; len(by) > 0 {
		return by[0]
	}
	return rule.BySeatCode
}
