package limit

import (
	"fmt"
	"testing"
	"time"

	"wenguan/models/fault"
)

var start = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

func TestABucketFillsAgainAndIsEachOnesOwn(t *testing.T) {
	t.Parallel()
	now := start
	l := NewLocal(Rate{Every: time.Second, Burst: 3}, func() time.Time { return now }, 100)
	take := func(key string) error { return l.Take(t.Context(), key) }
	for range 3 {
		if err := take("a"); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		if err := take("a"); !fault.Is(err, fault.TooMany) {
			t.Fatalf("a fourth attempt: %v", err)
		}
	}
	if err := take("b"); err != nil {
		t.Errorf("somebody else: %v", err)
	}
	now = now.Add(time.Second) // refused attempts cost nothing
	if err := take("a"); err != nil {
		t.Errorf("a second later: %v", err)
	}
	if err := take("a"); !fault.Is(err, fault.TooMany) {
		t.Errorf("and another: %v", err)
	}
	now = now.Add(time.Hour)
	for i := range 4 {
		if err := take("a"); (err != nil) != (i == 3) {
			t.Errorf("attempt %d after an hour: %v", i+1, err)
		}
	}
}

func TestNoLimitRefusesNobody(t *testing.T) {
	t.Parallel()
	l := NewLocal(PerMinute(0), time.Now, 100)
	for range 1000 {
		if err := l.Take(t.Context(), "a"); err != nil {
			t.Fatal(err)
		}
	}
}

func TestBucketsAreBoundedWithoutFreeingWhoIsBusy(t *testing.T) {
	t.Parallel()
	l := NewLocal(Rate{Every: time.Second, Burst: 1}, func() time.Time { return start }, 10)
	if err := l.Take(t.Context(), "busy"); err != nil {
		t.Fatal(err)
	}
	for i := range 1000 {
		if err := l.Take(t.Context(), fmt.Sprint(i)); err != nil {
			t.Fatal(err)
		}
		if err := l.Take(t.Context(), "busy"); !fault.Is(err, fault.TooMany) {
			t.Fatalf("forgotten after %d others", i+1)
		}
	}
	if n := len(l.buckets.young) + len(l.buckets.older); n > 10 {
		t.Errorf("%d buckets are kept", n)
	}
}

func TestANetworkIsAnIPv4AddressOrTheHouseholdOfAnIPv6One(t *testing.T) {
	t.Parallel()
	for network, want := range map[string]string{
		"203.0.113.7": "203.0.113.7", "::ffff:203.0.113.7": "203.0.113.7", "2001:db8:1:2:ffff::9": "2001:db8:1:2::/64",
		"fe80::1%eth0": "fe80::/64", "unix": "unix", "": "",
	} {
		if got := Neighbourhood(network); got != want {
			t.Errorf("%q is %q, not %q", network, got, want)
		}
	}
}
