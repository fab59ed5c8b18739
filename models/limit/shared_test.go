package limit

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"wenguan/models/fault"
	"wenguan/models/store"
)

var silent = slog.New(slog.NewTextHandler(io.Discard, nil))

func openStore(t *testing.T) store.Store {
	t.Helper()
	st, err := store.OpenEmbedded(filepath.Join(t.TempDir(), "wenguan.db"), store.EmbeddedOptions{NoSync: true}, Collections())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	return st
}

// counting counts transactions.
type counting struct {
	store.Store
	updates atomic.Int64
	broken  atomic.Bool
}

// Update implements store.Store.
func (c *counting) Update(ctx context.Context, fn func(store.Tx) error) error {
	c.updates.Add(1)
	if c.broken.Load() {
		return errors.New("no primary")
	}
	return c.Store.Update(ctx, fn)
}

func TestTwoInstancesTogetherAllowWhatOneWould(t *testing.T) {
	t.Parallel()
	st, now := openStore(t), start
	clock := func() time.Time { return now }
	for _, rate := range []Rate{PerMinute(60), PerMinute(7), {Every: time.Second, Burst: 1}} {
		one := NewLocal(rate, clock, 100)
		o := Options{Name: fmt.Sprint(rate), Rate: rate, Keys: 100}
		both := []Counter{NewShared(o, st, clock, silent), NewShared(o, st, clock, silent)}
		for i := range 300 {
			if i%3 == 0 {
				now = now.Add(400 * time.Millisecond)
			}
			alone, together := one.Take(t.Context(), "key"), both[i%2].Take(t.Context(), "key")
			if (alone == nil) != (together == nil) || fault.KindOf(alone) != fault.KindOf(together) {
				t.Fatalf("%v, attempt %d: one instance says %v, two say %v", rate, i, alone, together)
			}
		}
	}
}

func TestRivalsOfSeveralInstancesShareOneBucket(t *testing.T) {
	t.Parallel()
	st := openStore(t)
	clock := func() time.Time { return start }
	o := Options{Name: "x", Rate: PerMinute(30), Keys: 100}
	var allowed atomic.Int64
	var all sync.WaitGroup
	for range 4 {
		instance := NewShared(o, st, clock, silent)
		for range 40 {
			all.Go(func() {
				if instance.Take(t.Context(), "key") == nil {
					allowed.Add(1)
				}
			})
		}
	}
	all.Wait()
	if n := allowed.Load(); n != 30 {
		t.Errorf("%d of 160 attempts at once were allowed, not 30", n)
	}
}

func TestAFloodCostsNoTransactions(t *testing.T) {
	t.Parallel()
	st, now := &counting{Store: openStore(t)}, start
	s := NewShared(Options{Name: "x", Rate: PerMinute(5), Keys: 100}, st, func() time.Time { return now }, silent)
	for range 1000 {
		_ = s.Take(t.Context(), "key")
	}
	if n := st.updates.Load(); n != 6 {
		t.Errorf("%d transactions, not those of five attempts and the first refusal", n)
	}
	now = now.Add(12 * time.Second)
	if err := s.Take(t.Context(), "key"); err != nil {
		t.Errorf("when it fits again: %v", err)
	}
}

func TestAttemptsCountedInLumpsAreNeverMoreThanOneInstanceWouldAllow(t *testing.T) {
	t.Parallel()
	st, now := &counting{Store: openStore(t)}, start
	clock := func() time.Time { return now }
	o := Options{Name: "x", Rate: PerMinute(60), Keys: 100, Lump: 10}
	both, allowed := []Counter{NewShared(o, st, clock, silent), NewShared(o, st, clock, silent)}, 0
	for i := range 200 {
		if both[i%2].Take(t.Context(), "key") == nil {
			allowed++
		}
	}
	if allowed != 60 || st.updates.Load() > 10 {
		t.Errorf("%d allowed at once in %d transactions", allowed, st.updates.Load())
	}
	now = now.Add(time.Hour)
	if allowed = 0; both[0].Take(t.Context(), "key") == nil {
		allowed++
	}
	now = now.Add(time.Hour) // what is left of that lump is worth nothing now
	for range 200 {
		if both[0].Take(t.Context(), "key") == nil {
			allowed++
		}
	}
	if allowed != 61 {
		t.Errorf("%d allowed, not one and an hour later sixty", allowed)
	}
}

func TestWhileTheStoreCannotCountALimitIsClosedOrThatOfOneInstance(t *testing.T) {
	t.Parallel()
	st := &counting{Store: openStore(t)}
	st.broken.Store(true)
	clock := func() time.Time { return start }
	closed := NewShared(Options{Name: "x", Rate: PerMinute(3), Keys: 100, Closed: true}, st, clock, silent)
	if err := closed.Take(t.Context(), "key"); !fault.Is(err, fault.Unavailable) {
		t.Errorf("closed: %v", err)
	}
	open := NewShared(Options{Name: "x", Rate: PerMinute(3), Keys: 100}, st, clock, silent)
	for i := range 5 {
		if err := open.Take(t.Context(), "key"); (err != nil) != (i >= 3) {
			t.Errorf("open, attempt %d: %v", i+1, err)
		}
	}
}

func TestOneLimitDoesNotCountForAnotherAndFullBucketsAreTidiedAway(t *testing.T) {
	t.Parallel()
	st, now := openStore(t), start
	clock := func() time.Time { return now }
	for _, name := range []string{"x", "y"} {
		s := NewShared(Options{Name: name, Rate: PerMinute(1), Keys: 100, Secret: []byte("secret")}, st, clock, silent)
		for _, key := range []string{"203.0.113.7", "203.0.113.8"} {
			if err := s.Take(t.Context(), key); err != nil {
				t.Errorf("%s of %s: %v", name, key, err)
			}
		}
	}
	if n, err := Tidy(t.Context(), st, now); n != 0 || err != nil {
		t.Errorf("%d deleted too early, %v", n, err)
	}
	if n, err := Tidy(t.Context(), st, now.Add(time.Minute+time.Second)); n != 4 || err != nil {
		t.Errorf("%d deleted, %v", n, err)
	}
}
