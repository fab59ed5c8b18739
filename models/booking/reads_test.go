package booking_test

import (
	"context"
	"sync/atomic"
	"testing"

	"wenguan/models/booking"
	"wenguan/models/store"
)

// counting counts the bookings that are read one by one.
type counting struct {
	store.Store
	read atomic.Int64
}

func (c *counting) Update(ctx context.Context, fn func(store.Tx) error) error {
	return c.Store.Update(ctx, func(tx store.Tx) error { return fn(countingTx{tx, &c.read}) })
}

type countingTx struct {
	store.Tx
	read *atomic.Int64
}

func (t countingTx) Get(collection, id string, into any) error {
	if collection == "bookings" {
		t.read.Add(1)
	}
	return t.Tx.Get(collection, id, into)
}

func TestAReserveReadsOnlyThoseBookingsOfItsHolderThatTheClockHasEnded(t *testing.T) {
	t.Parallel()
	reads := &counting{}
	w := newWorld(t, func(st store.Store) store.Store { reads.Store = st; return reads })
	w.save(premises("v"))
	who := resident(1)
	reserve := func(space string, hour int) int64 {
		before := reads.read.Load()
		w.reserve(who, booking.Request{Venue: "v", Space: space, Start: w.at(today, hour, 0), End: w.at(today, hour+1, 0)})
		return reads.read.Load() - before
	}
	for i, space := range []string{"r1", "r2", "r3"} {
		if n := reserve(space, 10+2*i); n != 0 {
			t.Errorf("%d bookings were read for number %d, all of the others are ahead", n, i+1)
		}
	}
	w.clock.Set(w.at(today, 10, 40)) // nobody came for the first
	if n := reserve("hall", 18); n == 0 {
		t.Error("what has lapsed meanwhile was not read")
	}
}
