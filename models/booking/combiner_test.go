package booking

import (
	"context"
	"errors"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"wenguan/models/account"
	"wenguan/models/audit"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/ledger"
	"wenguan/models/store"
	"wenguan/models/venue"
)

// flaky is a store whose transactions can be held up before their commit and made to fail as another process would
// make them fail.
type flaky struct {
	store.Store
	updates atomic.Int32             // that have run
	gate    chan struct{}            // nil: open; else each waits for it to be
	fail    func(update int32) error // asked at the end of each
}

func (f *flaky) Update(ctx context.Context, fn func(store.Tx) error) error {
	return f.Store.Update(ctx, func(tx store.Tx) error {
		err := fn(tx)
		n := f.updates.Add(1)
		if f.gate != nil {
			<-f.gate
		}
		if err == nil && f.fail != nil {
			err = f.fail(n)
		}
		return err
	})
}

// onEitherStore runs the test with a desk that knows its store has one writer, and with one that does not know.
func onEitherStore(t *testing.T, test func(t *testing.T, d *Desk, f *flaky, now time.Time)) {
	for name, oneWriter := range map[string]bool{"one writer": true, "many writers": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, f, now := flakyDesk(t)
			d.combiner.oneWriter = oneWriter
			test(t, d, f, now)
			f.gate, f.fail = nil, nil
			for range 3 { // whatever failed before, what is remembered of the sheets is what is stored
				if _, err := d.tryReserve(context.Background(), "afterwards", now); err != nil {
					t.Error(err)
				}
			}
			if err := Verify(context.Background(), f); err != nil {
				t.Error(err)
			}
		})
	}
}

func flakyDesk(t *testing.T) (*Desk, *flaky, time.Time) {
	t.Helper()
	st, err := store.OpenEmbedded(filepath.Join(t.TempDir(), "w.db"), store.EmbeddedOptions{NoSync: true},
		slices.Concat(audit.Collections(), venue.Collections(), ledger.Collections(), Collections()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	now := time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
	f := &flaky{Store: st}
	catalog := venue.New(st, func() time.Time { return now })
	v := &venue.Venue{
		ID: "v", Kind: venue.IdleVenue, Name: venue.Text{ZH: "馆"}, Area: "城东", Address: venue.Text{ZH: "路"}, Zone: "UTC", Rules: venue.DefaultRules(),
		OnHoliday: venue.HolidayHours{OnHoliday: venue.SameAsWeekday, OnMakeUp: venue.SameAsWeekday},
		Atoms:     []venue.Atom{{ID: "a", Capacity: 100}},
		Spaces:    []venue.Space{{ID: "a", Name: venue.Text{ZH: "场"}, Type: venue.OpenArea, Allocation: venue.Shared, Atoms: []string{"a"}, Seats: 100, Bookable: true}},
	}
	for i := range v.Hours {
		v.Hours[i] = []civil.Interval{{Start: 0, End: 1440}}
	}
	if _, err := catalog.Save(context.Background(), account.Actor{System: true}, v); err != nil {
		t.Fatal(err)
	}
	return New(f, Deps{Venues: catalog}, func() time.Time { return now }), f, now
}

func (d *Desk) tryReserve(ctx context.Context, who string, at time.Time) (Booking, error) {
	return d.Reserve(ctx, account.Actor{ID: who}, Request{Venue: "v", Space: "a", Start: at, End: at.Add(time.Hour), Party: 1})
}

// waitFor ends when n turns of the venue wait.
func (d *Desk) waitFor(n int) {
	for {
		d.combiner.mu.Lock()
		q := d.combiner.queues["v"]
		waiting := 0
		if q != nil {
			waiting = len(q.waiting)
		}
		d.combiner.mu.Unlock()
		if waiting == n {
			return
		}
		runtime.Gosched()
	}
}

func TestWhoWaitsIsDecidedInOneTransaction(t *testing.T) {
	t.Parallel()
	onEitherStore(t, func(t *testing.T, d *Desk, f *flaky, now time.Time) {
		f.gate = make(chan struct{})
		var all sync.WaitGroup
		all.Go(func() { _, _ = d.tryReserve(context.Background(), "first", now) })
		for f.updates.Load() == 0 {
			runtime.Gosched()
		}
		for range 50 {
			all.Go(func() {
				if _, err := d.tryReserve(context.Background(), "other", now.Add(time.Hour)); err != nil {
					t.Error(err)
				}
			})
		}
		d.waitFor(50)
		close(f.gate)
		all.Wait()
		if n := f.updates.Load(); n != 2 {
			t.Errorf("%d transactions for 51 requests, want 2", n)
		}
		if len(d.combiner.queues) != 0 {
			t.Error("the queue of an idle venue is still there")
		}
	})
}

func TestACallerWhoLeavesBeforeTheirTurnLeavesNothing(t *testing.T) {
	t.Parallel()
	onEitherStore(t, func(t *testing.T, d *Desk, f *flaky, now time.Time) {
		f.gate = make(chan struct{})
		var all sync.WaitGroup
		all.Go(func() { _, _ = d.tryReserve(context.Background(), "first", now) })
		for f.updates.Load() == 0 {
			runtime.Gosched()
		}
		ctx, leave := context.WithCancel(context.Background())
		all.Go(func() {
			if _, err := d.tryReserve(ctx, "leaver", now); !errors.Is(err, context.Canceled) {
				t.Errorf("the leaver got %v", err)
			}
		})
		d.waitFor(1)
		leave()
		all.Go(func() {
			if _, err := d.tryReserve(context.Background(), "stayer", now); err != nil {
				t.Error(err)
			}
		})
		d.waitFor(2)
		close(f.gate)
		all.Wait()
		for who, want := range map[string]int{"first": 1, "leaver": 0, "stayer": 1} {
			list, _, err := d.Mine(context.Background(), account.Actor{ID: who}, MineQuery{})
			if err != nil || len(list) != want {
				t.Errorf("%s has %d bookings, %v; want %d", who, len(list), err, want)
			}
		}
	})
}

func TestAFailedBatchIsRunAgainOneByOne(t *testing.T) {
	t.Parallel()
	onEitherStore(t, func(t *testing.T, d *Desk, f *flaky, now time.Time) {
		f.gate = make(chan struct{})
		f.fail = func(n int32) error {
			if n == 2 { // the batch
				return fault.New(fault.Conflict, "duplicate_key", "as another process would cause it")
			}
			return nil
		}
		var all sync.WaitGroup
		all.Go(func() { _, _ = d.tryReserve(context.Background(), "first", now) })
		for f.updates.Load() == 0 {
			runtime.Gosched()
		}
		for i := range 10 {
			all.Go(func() {
				at := now
				if i == 0 {
					at = now.Add(time.Minute) // breaks a rule: its refusal must not depend on the others
				}
				_, err := d.tryReserve(context.Background(), "other", at)
				if (i == 0) != (fault.CodeOf(err) == "rule_step") || i != 0 && err != nil {
					t.Error(err)
				}
			})
		}
		d.waitFor(10)
		close(f.gate)
		all.Wait()
		if n := f.updates.Load(); n != 12 {
			t.Errorf("%d transactions, want 12", n)
		}
	})
}

func TestALostInsertRaceEndsInASecondTry(t *testing.T) {
	t.Parallel()
	onEitherStore(t, func(t *testing.T, d *Desk, f *flaky, now time.Time) {
		f.fail = func(n int32) error {
			if n < 4 {
				return fault.New(fault.Conflict, "duplicate_id", "another process inserted the sheet")
			}
			return nil
		}
		if _, err := d.tryReserve(context.Background(), "resident", now); err != nil {
			t.Error(err)
		}
		f.fail = func(int32) error { return fault.New(fault.Conflict, "duplicate_id", "for ever") }
		if _, err := d.tryReserve(context.Background(), "resident", now); fault.KindOf(err) != fault.Unavailable {
			t.Errorf("a race lost for ever is %v", err)
		}
	})
}

func TestAPanicAnswersOneAndTheOthersGoOn(t *testing.T) {
	t.Parallel()
	onEitherStore(t, func(t *testing.T, d *Desk, f *flaky, now time.Time) {
		f.gate = make(chan struct{})
		var all sync.WaitGroup
		all.Go(func() { _, _ = d.tryReserve(context.Background(), "first", now) })
		for f.updates.Load() == 0 {
			runtime.Gosched()
		}
		all.Go(func() {
			_, err := d.do(context.Background(), "v", func(*work) (Booking, error) { panic("a bug") })
			if fault.KindOf(err) != fault.Internal || !strings.Contains(err.Error(), "a bug") {
				t.Errorf("the one with the bug got %v", err)
			}
		})
		for range 5 {
			all.Go(func() {
				if _, err := d.tryReserve(context.Background(), "other", now); err != nil {
					t.Error(err)
				}
			})
		}
		d.waitFor(6)
		close(f.gate)
		all.Wait()
		if _, err := d.tryReserve(context.Background(), "later", now); err != nil {
			t.Errorf("the worker is dead: %v", err)
		}
	})
}

func TestAStoreThatIsAwayIsNotAskedOncePerMember(t *testing.T) {
	t.Parallel()
	onEitherStore(t, func(t *testing.T, d *Desk, f *flaky, now time.Time) {
		f.gate = make(chan struct{})
		f.fail = func(int32) error { return fault.New(fault.Unavailable, "not_saved", "The disk is full.") }
		var all sync.WaitGroup
		all.Go(func() { _, _ = d.tryReserve(context.Background(), "first", now) })
		for f.updates.Load() == 0 {
			runtime.Gosched()
		}
		for range 20 {
			all.Go(func() {
				if _, err := d.tryReserve(context.Background(), "other", now); !fault.Is(err, fault.Unavailable) {
					t.Errorf("got %v", err)
				}
			})
		}
		d.waitFor(20)
		close(f.gate)
		all.Wait()
		if n := f.updates.Load(); n != 2 {
			t.Errorf("%d transactions, want 2", n)
		}
	})
}

func TestAnUnknownVenueIsAnswerEnough(t *testing.T) {
	t.Parallel()
	d, _, now := flakyDesk(t)
	_, err := d.Reserve(context.Background(), account.Actor{ID: "r"}, Request{Venue: "nowhere", Space: "a", Start: now, End: now.Add(time.Hour), Party: 1})
	if fault.CodeOf(err) != "venue_not_found" {
		t.Errorf("got %v", err)
	}
}
