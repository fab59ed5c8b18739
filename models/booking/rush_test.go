package booking_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"wenguan/models/booking"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/venue"
)

const (
	rushers = 500
	rounds  = 20
)

// rush lets everybody go at once and returns what each got.
func (w *world) rush(wish func(i int) booking.Request) ([]booking.Booking, []error) {
	made, errs := make([]booking.Booking, rushers), make([]error, rushers)
	start := make(chan struct{})
	var all sync.WaitGroup
	for i := range rushers {
		all.Go(func() {
			<-start
			made[i], errs[i] = w.desk.Reserve(context.Background(), resident(i), wish(i))
		})
	}
	close(start)
	all.Wait()
	return made, errs
}

// losers checks every refusal: a conflict with alternatives that are offered in good faith.
func (w *world) losers(errs []error) (lost int) {
	w.t.Helper()
	for _, err := range errs {
		if err == nil {
			continue
		}
		lost++
		e := expectCode(w.t, err, "space_taken")
		list, _ := e.Params["alternatives"].([]booking.Alternative)
		if len(list) == 0 || len(list) > 3 || e.Kind != fault.Conflict {
			w.t.Fatalf("a loser was offered %v: %v", list, err)
		}
	}
	return lost
}

// tryAlternatives books what the losers were offered. An offer was free when it was made; only another booking made
// since can have taken it.
func (w *world) tryAlternatives(errs []error) {
	w.t.Helper()
	got, tried := 0, map[booking.Alternative]bool{}
	for i, err := range errs {
		e, ok := err.(*fault.Error)
		if !ok {
			continue
		}
		for _, alt := range e.Params["alternatives"].([]booking.Alternative) {
			if tried[alt] {
				continue
			}
			tried[alt] = true
			_, err := w.desk.Reserve(context.Background(), resident(i), booking.Request{
				Venue: alt.Venue, Space: alt.Space, Start: alt.Start, End: alt.End, Party: 1,
			})
			if err == nil {
				got++
			} else {
				expectCode(w.t, err, "space_taken")
			}
		}
	}
	if got == 0 {
		w.t.Fatalf("none of %d alternatives could be booked", len(tried))
	}
}

func openFor(v *venue.Venue, days int32) *venue.Venue {
	v.Rules.HorizonDays = days
	return v
}

func TestFiveHundredRushForTheSameSeatsAndExactlyTwentyFourWin(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(openFor(readingRoom("v", 24), 60))
	for round := range rounds {
		date := today.Add(1 + round)
		made, errs := w.rush(func(i int) booking.Request {
			return booking.Request{Venue: "v", Space: "room", Start: w.at(date, 9, 0), End: w.at(date, 12, 0), Party: 1}
		})
		if lost := w.losers(errs); rushers-lost != 24 {
			t.Fatalf("round %d: %d winners for 24 seats", round, rushers-lost)
		}
		seats := map[string]bool{}
		for i, b := range made {
			if errs[i] == nil {
				seats[b.Assigned[0]] = true
			}
		}
		if len(seats) != 24 {
			t.Fatalf("round %d: 24 winners sit in %d seats", round, len(seats))
		}
		w.tryAlternatives(errs)
	}
	w.verify()
}

func TestARushForSingleSeatsHasOneWinnerForEach(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(openFor(readingRoom("v", 24), 60))
	for round := range rounds {
		date := today.Add(1 + round)
		_, errs := w.rush(func(i int) booking.Request {
			return booking.Request{
				Venue: "v", Space: fmt.Sprintf("s%02d", i%24+1), Start: w.at(date, 9, 0), End: w.at(date, 12, 0), Party: 1,
			}
		})
		if lost := w.losers(errs); rushers-lost != 24 {
			t.Fatalf("round %d: %d winners for 24 seats", round, rushers-lost)
		}
		w.tryAlternatives(errs)
	}
	w.verify()
}

func TestARushForOverlappingTimesNeverBooksASeatTwice(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(openFor(readingRoom("v", 24), 60))
	for round := range rounds {
		date := today.Add(1 + round)
		made, errs := w.rush(func(i int) booking.Request {
			start := w.at(date, 9, 0).Add(time.Duration(i%5) * 30 * time.Minute) // all of them cover 11:00 to 11:30
			r := booking.Request{Venue: "v", Space: "room", Start: start, End: start.Add(150 * time.Minute), Party: 1}
			if i%3 == 0 {
				r.Space = fmt.Sprintf("s%02d", i%24+1)
			}
			return r
		})
		if lost := w.losers(errs); rushers-lost != 24 {
			t.Fatalf("round %d: %d winners for 24 seats", round, rushers-lost)
		}
		noOverlap(t, made, errs)
		w.tryAlternatives(errs)
	}
	w.verify()
}

// noOverlap compares every winner with every other, without the ledger's help.
func noOverlap(t *testing.T, made []booking.Booking, errs []error) {
	t.Helper()
	by := map[string][]civil.Span{}
	for i, b := range made {
		if errs[i] != nil {
			continue
		}
		span := civil.Span{Start: b.Start, End: b.End}
		for _, atom := range b.Atoms {
			for _, other := range by[atom] {
				if other.Overlaps(span) {
					t.Fatalf("atom %s is booked twice: %v and %v", atom, other, span)
				}
			}
			by[atom] = append(by[atom], span)
		}
	}
}

func TestARushForADividedHallNeverGivesAPartAwayTwice(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(openFor(premises("v"), 60))
	spaces := []string{"hall", "room-a", "room-b"}
	for round := range rounds {
		date := today.Add(1 + round)
		made, errs := w.rush(func(i int) booking.Request {
			return booking.Request{
				Venue: "v", Space: spaces[(i+round)%3], Start: w.at(date, 14, 0), End: w.at(date, 16, 0), Party: 1,
			}
		})
		if lost := w.losers(errs); rushers-lost != 1 && rushers-lost != 2 {
			t.Fatalf("round %d: %d winners for one hall of two rooms", round, rushers-lost)
		}
		noOverlap(t, made, errs)
		w.tryAlternatives(errs)
	}
	w.verify()
}

func TestACrowdOnTheSquareFillsItExactly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(openFor(premises("v"), 60))
	for round := range 5 {
		date := today.Add(1 + round)
		made, errs := w.rush(func(i int) booking.Request {
			return booking.Request{Venue: "v", Space: "square", Start: w.at(date, 10, 0), End: w.at(date, 11, 0), Party: int32(i%3 + 1)}
		})
		w.losers(errs)
		people := int32(0)
		for i, b := range made {
			if errs[i] == nil {
				people += b.Party
			}
		}
		if people != 50 {
			t.Fatalf("round %d: %d people on a square for 50", round, people)
		}
	}
	w.verify()
}

func TestADoubleTapGivesTheSameBooking(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(readingRoom("v", 24))
	date := today.Add(1)
	made, errs := make([]booking.Booking, 64), make([]error, 64)
	var all sync.WaitGroup
	for i := range made {
		all.Go(func() {
			made[i], errs[i] = w.desk.Reserve(context.Background(), resident(i%2), booking.Request{
				Venue: "v", Space: "room", Start: w.at(date, 9, 0), End: w.at(date, 10, 0), Party: 1, Key: "the same key",
			})
		})
	}
	all.Wait()
	for i, b := range made {
		if errs[i] != nil || b.ID != made[i%2].ID {
			t.Fatalf("tap %d: booking %s, %v; want %s", i, b.ID, errs[i], made[i%2].ID)
		}
	}
	if made[0].ID == made[1].ID {
		t.Fatal("two people share a booking because they share a key")
	}
	_, err := w.desk.Reserve(context.Background(), resident(0), booking.Request{
		Venue: "v", Space: "room", Start: w.at(date, 9, 0), End: w.at(date, 11, 0), Party: 1, Key: "the same key",
	})
	expectCode(t, err, "idempotency_key_reused")
	w.verify()
}

func TestOneKeyAtTwoVenuesAtOnceMakesOneBooking(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(readingRoom("v0", 4))
	w.save(readingRoom("v1", 4))
	var made, reused atomic.Int32
	var all sync.WaitGroup
	for i := range 32 {
		all.Go(func() {
			_, err := w.desk.Reserve(context.Background(), resident(1), booking.Request{
				Venue: fmt.Sprintf("v%d", i%2), Space: "room", Start: w.at(today, 9, 0), End: w.at(today, 10, 0), Party: 1, Key: "k",
			})
			switch {
			case err == nil:
				made.Add(1)
			case fault.CodeOf(err) == "idempotency_key_reused":
				reused.Add(1)
			default:
				t.Error(err)
			}
		})
	}
	all.Wait()
	if made.Load() != 16 || reused.Load() != 16 {
		t.Errorf("%d times a booking, %d times refused; want 16 and 16", made.Load(), reused.Load())
	}
	list, _, err := w.desk.Mine(context.Background(), resident(1), booking.MineQuery{})
	if err != nil || len(list) != 1 {
		t.Errorf("%d bookings, %v; want one", len(list), err)
	}
	w.verify()
}

func TestOnePersonCannotBeInTwoPlacesHoweverFastTheyTap(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for i := range 4 {
		v := readingRoom(fmt.Sprintf("v%d", i), 4)
		v.Rules.OneAtATime = true
		w.save(v)
	}
	for round := range 10 {
		date := today.Add(round % 7)
		hour := 9 + round/7
		var made atomic.Int32
		var all sync.WaitGroup
		for i := range 40 {
			all.Go(func() {
				_, err := w.desk.Reserve(context.Background(), resident(1), booking.Request{
					Venue: fmt.Sprintf("v%d", i%4), Space: "room", Start: w.at(date, hour, 0), End: w.at(date, hour+1, 0), Party: 1,
				})
				switch {
				case err == nil:
					made.Add(1)
				case fault.CodeOf(err) != "one_at_a_time":
					t.Error(err)
				}
			})
		}
		all.Wait()
		if made.Load() != 1 {
			t.Fatalf("round %d: in %d places at a time", round, made.Load())
		}
	}
	w.verify()
}
