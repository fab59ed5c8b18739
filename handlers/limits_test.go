package handlers

import (
	"fmt"
	"testing"
	"time"

	"wenguan/models/fault"
)

func TestABucketFillsAgainAndIsEachOnesOwn(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	b := NewBuckets(func() time.Time { return now }, 60, 3, 100)
	for range 3 {
		if err := b.take("a"); err != nil {
			t.Fatal(err)
		}
	}
	err := b.take("a")
	if !fault.Is(err, fault.TooMany) {
		t.Fatalf("a fourth attempt: %v", err)
	}
	if err := b.take("a"); !fault.Is(err, fault.TooMany) {
		t.Errorf("a fifth attempt: %v", err)
	}
	if err := b.take("b"); err != nil {
		t.Errorf("somebody else: %v", err)
	}
	now = now.Add(time.Second) // refused attempts cost nothing
	if err := b.take("a"); err != nil {
		t.Errorf("a second later: %v", err)
	}
}

func TestNoLimitRefusesNobody(t *testing.T) {
	t.Parallel()
	b := NewBuckets(time.Now, 0, 1, 100)
	for range 1000 {
		if err := b.take("a"); err != nil {
			t.Fatal(err)
		}
	}
}

func TestBucketsAreBoundedWithoutFreeingWhoIsBusy(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	b := NewBuckets(func() time.Time { return now }, 60, 1, 10)
	if err := b.take("busy"); err != nil {
		t.Fatal(err)
	}
	for i := range 1000 {
		_ = b.take(fmt.Sprint(i)) // the first attempt of each is let through
		if err := b.take("busy"); !fault.Is(err, fault.TooMany) {
			t.Fatalf("forgotten after %d others", i+1)
		}
	}
	if n := len(b.young) + len(b.older); n > 10 {
		t.Errorf("%d buckets are kept", n)
	}
}
