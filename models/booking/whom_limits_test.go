package booking_test

import (
	"context"
	"fmt"
	"testing"

	"wenguan/models/booking"
	"wenguan/models/fault"
)

func TestLimitsAreTheHoldersAndKeysTheActors(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := readingRoom("v", 20)
	v.Rules.PerDay, v.Rules.OneAtATime = 2, true
	w.save(v)
	r := w.relations()
	ctx := t.Context()
	at := func(hour int, key, whom string) booking.Request {
		return booking.Request{For: whom, Venue: "v", Space: "room", Party: 1, Key: key,
			Start: w.at(today.Add(1), hour, 0), End: w.at(today.Add(1), hour+1, 0)}
	}
	// Mother and child sit beside each other: one at a time is each one's own.
	own := w.reserve(r.mother, at(10, "a", ""))
	child := w.reserve(r.mother, at(10, "b", r.child))
	if own.ID == child.ID {
		t.Fatal("two holders got one booking")
	}
	_, err := w.desk.Reserve(ctx, r.mother, at(10, "c", r.child))
	expectCode(t, err, "one_at_a_time")
	w.reserve(r.mother, at(12, "d", r.child))
	_, err = w.desk.Reserve(ctx, r.mother, at(14, "e", r.child))
	expectCode(t, err, "rule_per_day")
	w.reserve(r.mother, at(14, "f", "")) // her own second one

	// The same key with another holder is another request; with the same one it is the same booking.
	_, err = w.desk.Reserve(ctx, r.mother, at(10, "a", r.child))
	expectCode(t, err, "idempotency_key_reused")
	if again := w.reserve(r.mother, at(10, "b", r.child)); again.ID != child.ID {
		t.Errorf("a repeated request made %s, not %s", again.ID, child.ID)
	}
	if again := w.reserve(r.mother, at(10, "a", r.mother.ID)); again.ID != own.ID {
		t.Errorf("naming oneself is another request: %s, not %s", again.ID, own.ID)
	}
	// Another actor's keys are another's, also for the same holder.
	counter := r.staff["counter"]
	_, err = w.desk.Reserve(ctx, counter, at(16, "b", r.child))
	expectCode(t, err, "rule_per_day")
	w.verify()
}

// Sixty requests at once, half for the child, a third of them with keys that are used again: what each of the two may
// have is all that is made.
func TestARushForTwoHoldersByOneActorStaysWithinEachOnesLimit(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, id := range []string{"v", "u"} {
		v := readingRoom(id, 60)
		v.Rules.OneAtATime = true
		w.save(v)
	}
	r := w.relations()
	type result struct {
		b   booking.Booking
		key string
	}
	results := make(chan result, 60)
	for n := range 60 {
		go func() {
			want := booking.Request{Venue: []string{"v", "u"}[n/2%2], Space: "room", Party: 1, Key: fmt.Sprint("k", n%20),
				Start: w.at(today.Add(1), 10, 0), End: w.at(today.Add(1), 11, 0)}
			if n%2 == 0 {
				want.For = r.child
			}
			b, err := w.desk.Reserve(context.Background(), r.mother, want)
			if code := fault.CodeOf(err); err != nil && code != "one_at_a_time" && code != "idempotency_key_reused" {
				t.Errorf("refused with %v", err)
			}
			results <- result{b, want.Key}
		}()
	}
	made := map[string]string{} // holder by booking
	for range 60 {
		if got := <-results; got.b.ID != "" {
			made[got.b.ID] = got.b.Holder
		}
	}
	held := map[string]int{}
	for _, holder := range made {
		held[holder]++
	}
	if held[r.child] != 1 || held[r.mother.ID] != 1 {
		t.Errorf("made %v, want one for each", held)
	}
	w.verify()
}
