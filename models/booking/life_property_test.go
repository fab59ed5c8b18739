package booking_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/venue"
)

// lawful is the life of a booking as the README of the domain tells it, written down a second time.
var lawful = map[booking.State][]booking.State{
	booking.Confirmed: {booking.Confirmed, booking.CheckedIn, booking.Cancelled, booking.NoShow},
	booking.CheckedIn: {booking.CheckedIn, booking.Completed},
	booking.Completed: {booking.Completed},
	booking.Cancelled: {booking.Cancelled},
	booking.NoShow:    {booking.NoShow},
}

// life drives random verbs of random people against one venue with a clock that jumps, and watches every booking.
type life struct {
	*world
	rt    *rapid.T
	venue *venue.Venue
	ids   []string
	seen  map[string]booking.Booking
}

func (l *life) venueOf(name string) *venue.Venue {
	v := readingRoom(name, 4)
	if rapid.Bool().Draw(l.rt, "premises") {
		v = premises(name)
	}
	v.Zone = rapid.SampledFrom([]string{"Asia/Shanghai", "Europe/Berlin"}).Draw(l.rt, "zone")
	r := &v.Rules
	r.Longest = rapid.SampledFrom([]int32{0, 240, 3 * 1440}).Draw(l.rt, "longest")
	r.HorizonDays = 30
	r.BufferBefore = rapid.SampledFrom([]int32{0, 0, 10, 90}).Draw(l.rt, "buffer before")
	r.BufferAfter = rapid.SampledFrom([]int32{0, 0, 15, 90}).Draw(l.rt, "buffer after")
	r.CancelBefore = rapid.SampledFrom([]int32{0, 60}).Draw(l.rt, "cancel before")
	r.OneAtATime = rapid.Bool().Draw(l.rt, "one at a time")
	r.PerDay = rapid.SampledFrom([]int32{0, 2}).Draw(l.rt, "per day")
	if rapid.Bool().Draw(l.rt, "open day and night") {
		for i := range v.Hours {
			v.Hours[i] = []civil.Interval{{Start: 0, End: 1440}}
		}
	}
	return v
}

func (l *life) someone() account.Actor { return resident(rapid.IntRange(1, 4).Draw(l.rt, "person")) }

func (l *life) someSpan() (start, end time.Time) {
	zone := l.venue.Location()
	date := civil.DateOf(l.clock.Now(), zone).Add(rapid.IntRange(0, 2).Draw(l.rt, "days ahead"))
	slot := rapid.OneOf(rapid.IntRange(16, 24), rapid.IntRange(0, 47)).Draw(l.rt, "slot") // most in opening hours
	start = date.At(civil.TimeOfDay(30*slot), zone)
	return start, start.Add(30 * time.Minute * time.Duration(rapid.OneOf(rapid.IntRange(1, 8), rapid.IntRange(1, 120)).Draw(l.rt, "slots")))
}

func (l *life) someBooking() string {
	if len(l.ids) == 0 {
		l.rt.Skip("no booking yet")
	}
	return rapid.SampledFrom(l.ids[max(0, len(l.ids)-6):]).Draw(l.rt, "booking")
}

// answered fails on any error that is not an answer to people.
func (l *life) answered(b booking.Booking, err error) {
	if err != nil {
		if kind := fault.KindOf(err); kind == fault.Internal || kind == fault.Unavailable || kind == fault.Unauthenticated {
			l.rt.Fatalf("not an answer: %v", err)
		}
		return
	}
	if _, known := l.seen[b.ID]; !known {
		l.ids = append(l.ids, b.ID)
	}
	l.look()
}

// look reads every booking and compares it with how it was.
func (l *life) look() {
	for _, id := range l.ids {
		b, err := l.desk.Get(context.Background(), system, id)
		if err != nil {
			l.rt.Fatal(err)
		}
		if old, known := l.seen[id]; known {
			if ok := func() bool {
				for _, s := range lawful[old.State] {
					if s == b.State {
						return true
					}
				}
				return false
			}(); !ok {
				l.rt.Fatalf("booking went from %s to %s", old.State, b.State)
			}
			if old.Number != b.Number || old.Holder != b.Holder || b.Revision < old.Revision {
				l.rt.Fatalf("booking changed what never changes: %+v, then %+v", old, b)
			}
		}
		l.seen[id] = b
	}
}

func TestNoSequenceOfVerbsLeavesTheTableOrTheSheetsWrong(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	worlds := 0
	ctx := context.Background()
	rapid.Check(t, func(rt *rapid.T) {
		worlds++
		w.clock.Set(w.at(today, 8, rapid.IntRange(0, 59).Draw(rt, "minute")))
		l := &life{world: w, rt: rt, seen: map[string]booking.Booking{}}
		l.venue = w.save(l.venueOf(fmt.Sprintf("v%d", worlds)))
		spaces := rapid.SampledFrom(l.venue.Spaces)
		reserve := func(rt *rapid.T) {
			l.rt = rt
			start, end := l.someSpan()
			l.answered(w.desk.Reserve(ctx, l.someone(), booking.Request{
				Venue: l.venue.ID, Space: spaces.Draw(rt, "space").ID, Start: start, End: end, Party: rapid.SampledFrom([]int32{1, 1, 1, 2}).Draw(rt, "party"),
				Key: rapid.SampledFrom([]string{"", "", l.venue.ID + "k1", l.venue.ID + "k2"}).Draw(rt, "key"),
			}))
		}
		rt.Repeat(map[string]func(*rapid.T){
			"reserve": reserve, "reserve again": reserve, "reserve more": reserve,
			"move": func(rt *rapid.T) {
				l.rt = rt
				start, end := l.someSpan()
				l.answered(w.desk.Move(ctx, system, l.someBooking(), booking.MoveRequest{
					Space: rapid.SampledFrom([]string{"", spaces.Draw(rt, "space").ID}).Draw(rt, "to"), Start: start, End: end,
				}))
			},
			"cancel": func(rt *rapid.T) { l.rt = rt; l.answered(w.desk.Cancel(ctx, system, l.someBooking(), "")) },
			"check in": func(rt *rapid.T) {
				l.rt = rt
				b := l.seen[l.someBooking()]
				if w.clock.Now().Before(b.Opens) && rapid.Bool().Draw(rt, "in time") {
					w.clock.Set(b.Opens)
				}
				l.answered(w.desk.CheckIn(ctx, system, booking.CheckInRequest{Venue: l.venue.ID, Number: b.Number}))
			},
			"check out": func(rt *rapid.T) {
				l.rt = rt
				w.clock.Add(time.Duration(rapid.IntRange(0, 40).Draw(rt, "minutes")) * time.Minute)
				l.answered(w.desk.CheckOut(ctx, system, l.someBooking()))
			},
			"sweep": func(rt *rapid.T) {
				l.rt = rt
				if _, _, err := w.desk.Sweep(ctx); err != nil {
					rt.Fatal(err)
				}
				l.look()
			},
			"wait": func(rt *rapid.T) {
				w.clock.Add(time.Duration(rapid.IntRange(1, 300).Draw(rt, "minutes")) * time.Minute)
			},
		})
		l.look()
		if err := booking.Verify(ctx, w.store); err != nil {
			rt.Fatal(err)
		}
	})
}
