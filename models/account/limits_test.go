package account_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"wenguan/models/fault"
	"wenguan/models/notice"
)

// mailOutbox is an outbox that reaches no phones.
func mailOutbox(w *town) *notice.Outbox {
	return notice.New(w.store, notice.Senders{Mail: w}, slog.New(slog.NewTextHandler(io.Discard, nil)), w.now)
}

// retryAfter returns how many seconds the refusal says to wait, 0 if it is no refusal.
func retryAfter(t *testing.T, err error) int {
	t.Helper()
	if err == nil {
		return 0
	}
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Kind != fault.TooMany || f.Code != "too_many_codes" {
		t.Fatalf("got %v", err)
	}
	return f.Params["retry_after"].(int)
}

func TestAnAddressGetsACodeAMinuteAndFiveAnHour(t *testing.T) {
	t.Parallel()
	w := open(t)
	ask := func() int { return retryAfter(t, w.SendCode(t.Context(), phone, "")) }
	for i := range 5 {
		if wait := ask(); wait != 0 {
			t.Fatalf("code %d: wait %d", i, wait)
		}
		if wait := ask(); i < 4 && wait != 60 {
			t.Errorf("at once again: wait %d, want 60", wait)
		}
		w.pass(59*time.Second + 500*time.Millisecond)
		if wait := ask(); i < 4 && wait != 1 {
			t.Errorf("half a second early: wait %d, want 1", wait)
		}
		w.pass(500 * time.Millisecond)
	}
	if wait := ask(); wait != 3600-5*60 {
		t.Errorf("a sixth within the hour: wait %d, want %d", wait, 3600-5*60)
	}
	w.pass(55 * time.Minute)
	if wait := ask(); wait != 0 {
		t.Errorf("an hour after the first: wait %d", wait)
	}
	if wait := ask(); wait != 60 {
		t.Errorf("and again: wait %d, want 60", wait)
	}
}

func TestANetworkGetsThirtyCodesInTenMinutes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name         string
		same, others []string
	}{
		{"IPv4", []string{"203.0.113.7", "::ffff:203.0.113.7"}, []string{"203.0.113.8", ""}},
		{"IPv6", []string{"2001:db8:1:2::1", "2001:db8:1:2:ffff::9"}, []string{"2001:db8:1:3::1"}},
		{"no IP address", []string{"unix"}, []string{"other"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := open(t)
			person := 0
			ask := func(network string) int {
				person++
				return retryAfter(t, w.SendCode(t.Context(), fmt.Sprintf("+86139%08d", person), network))
			}
			for i := range 30 {
				if wait := ask(c.same[i%len(c.same)]); wait != 0 {
					t.Fatalf("code %d: wait %d", i, wait)
				}
			}
			for _, network := range c.same {
				if wait := ask(network); wait != 600 {
					t.Errorf("from %s: wait %d, want 600", network, wait)
				}
			}
			for _, network := range c.others {
				if wait := ask(network); wait != 0 {
					t.Errorf("from %s: wait %d", network, wait)
				}
			}
			w.pass(10 * time.Minute)
			if wait := ask(c.same[0]); wait != 0 {
				t.Errorf("ten minutes later: wait %d", wait)
			}
		})
	}
}

func TestTheLimitHoldsOverInstancesAndParallelRequests(t *testing.T) {
	t.Parallel()
	w := open(t)
	var sent atomic.Int32
	var group sync.WaitGroup
	for range 40 {
		d := w.another()
		group.Go(func() {
			if err := d.SendCode(context.Background(), phone, "203.0.113.7"); err == nil {
				sent.Add(1)
			} else if fault.CodeOf(err) != "too_many_codes" {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if n, err := w.outbox.Deliver(t.Context()); sent.Load() != 1 || n != 1 || err != nil {
		t.Errorf("%d codes made, %d sent, %v, want 1", sent.Load(), n, err)
	}
}

func TestARefusedCodeIsNotCounted(t *testing.T) {
	t.Parallel()
	w := open(t)
	w.code(t, phone)
	for range 50 {
		w.pass(time.Second)
		retryAfter(t, w.SendCode(t.Context(), phone, "203.0.113.7"))
	}
	w.pass(10 * time.Second)
	if wait := retryAfter(t, w.SendCode(t.Context(), phone, "203.0.113.7")); wait != 0 {
		t.Errorf("a minute after the first: wait %d", wait)
	}
}

func TestOldSendingsAreForgotten(t *testing.T) {
	t.Parallel()
	w := open(t)
	for range 40 {
		w.code(t, phone)
		w.pass(90 * time.Minute)
	}
	for line := range strings.Lines(w.everything(t)) {
		if n := strings.Count(line, "$date"); strings.HasPrefix(line, "sign_in_code_limits") && n > 18 { // of a day, and when they expire
			t.Errorf("%d moments are kept: %s", n, line)
		}
	}
}
