package booking_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/fault"
	"wenguan/models/store"
)

// refused asks for what cannot be had.
func (w *world) refused(actor account.Actor, r booking.Request, code string) {
	w.t.Helper()
	if r.Party == 0 {
		r.Party = 1
	}
	_, err := w.desk.Reserve(context.Background(), actor, r)
	expectCode(w.t, err, code)
}

// unmet is what was refused for today at the venue, once it is written down.
func (w *world) unmet(venue string) booking.UnmetDay {
	w.t.Helper()
	ctx := context.Background()
	if _, err := w.desk.WriteUnmet(ctx); err != nil {
		w.t.Fatal(err)
	}
	var day booking.UnmetDay
	err := w.store.View(ctx, func(tx store.Tx) (err error) {
		day, err = w.desk.UnmetOf(tx, venue, today, today)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return day
}

func (w *world) unmetCopy(of string) (list []booking.Unmet) {
	w.t.Helper()
	err := w.store.View(context.Background(), func(tx store.Tx) (err error) {
		list, err = w.desk.UnmetCopy(tx, of)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return list
}

func counts(full, rules, kept int64) booking.UnmetDay {
	return booking.UnmetDay{Kept: kept, UnmetCounts: booking.UnmetCounts{Full: full, Rules: rules}}
}

func TestWhatWasRefusedIsKeptOnceForEachWishAndHour(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(readingRoom("room", 1))
	two := booking.Request{Venue: "room", Space: "room", Start: w.at(today, 14, 0), End: w.at(today, 16, 0)}
	w.reserve(resident(1), two)
	w.refused(resident(2), two, "space_taken")
	w.refused(resident(2), two, "space_taken")
	long := two
	long.Start, long.End = w.at(today, 8, 30), w.at(today, 20, 30)
	w.refused(resident(3), long, "rule_longest")
	if diff := cmp.Diff(counts(1, 1, 2), w.unmet("room")); diff != "" {
		t.Error(diff)
	}
	w.refused(resident(2), two, "space_taken") // already written down
	if diff := cmp.Diff(counts(1, 1, 2), w.unmet("room")); diff != "" {
		t.Error("the same wish in the same hour:", diff)
	}
	w.clock.Add(time.Hour)
	w.refused(resident(2), two, "space_taken")
	if diff := cmp.Diff(counts(2, 1, 3), w.unmet("room")); diff != "" {
		t.Error("an hour later:", diff)
	}
	got := w.unmetCopy("resident-0003")
	want := []booking.Unmet{{
		Venue: "room", Space: "room", Start: long.Start.UTC(), End: long.End.UTC(), Party: 1, Holder: "resident-0003",
		At: w.at(today, 8, 0).UTC(), Code: "rule_longest", Rules: 1,
	}}
	if diff := cmp.Diff(want, got, cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".ID" || p.Last().String() == ".day" },
		cmp.Ignore())); diff != "" {
		t.Error(diff)
	}
}

func TestARefusalThatLeavesNobodyWithoutAPlaceIsNotKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := readingRoom("room", 1)
	v.Rules.PurposeNeeded = true
	w.save(v)
	ask := booking.Request{Venue: "room", Space: "room", Start: w.at(today, 14, 0), End: w.at(today, 16, 0)}
	w.refused(resident(1), ask, "rule_purpose")
	odd := ask
	odd.Start, odd.Purpose = w.at(today, 14, 7), "读书"
	w.refused(resident(1), odd, "rule_step")
	gone := ask
	gone.Start, gone.End, gone.Purpose = w.at(today-1, 14, 0), w.at(today-1, 16, 0), "读书"
	w.refused(resident(1), gone, "in_past")
	elsewhere := ask
	elsewhere.Space = "attic"
	w.refused(resident(1), elsewhere, "space_not_found")
	if got := w.unmetCopy("resident-0001"); len(got) != 0 || w.unmet("room") != (booking.UnmetDay{}) {
		t.Errorf("kept %+v", got)
	}
}

func TestAScriptDoesNotFillWhatIsKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(readingRoom("room", 1))
	all := booking.Request{Venue: "room", Space: "room", Start: w.at(today, 9, 0), End: w.at(today, 13, 0)}
	w.reserve(resident(0), all)
	for n := range 20 {
		ask := all
		ask.Start = all.Start.Add(time.Duration(n%8) * 30 * time.Minute)
		ask.Party = int32(1 + n/8)
		if _, err := w.desk.Reserve(t.Context(), resident(1), ask); err == nil {
			t.Fatal("two have the only seat")
		}
	}
	if got := w.unmet("room"); got.Kept != 10 {
		t.Errorf("of one holder %d are kept", got.Kept)
	}
	for n := range 600 {
		w.refused(resident(10+n), all, "space_taken")
	}
	if got := w.unmet("room"); got.Kept != 500 || got.Full+got.Rules != 610 {
		t.Errorf("of one day %+v are kept", got)
	}
}

// broken fails every write while it is on.
type broken struct {
	store.Store
	on atomic.Bool
}

func (b *broken) Update(ctx context.Context, fn func(store.Tx) error) error {
	if b.on.Load() {
		return fault.New(fault.Unavailable, "store_down", "The store does not answer.")
	}
	return b.Store.Update(ctx, fn)
}

func TestWhatCannotBeWrittenWaitsForTheNextTime(t *testing.T) {
	t.Parallel()
	var st *broken
	w := newWorld(t, func(s store.Store) store.Store { st = &broken{Store: s}; return st })
	w.save(readingRoom("room", 1))
	ask := booking.Request{Venue: "room", Space: "room", Start: w.at(today, 14, 0), End: w.at(today, 16, 0)}
	w.reserve(resident(1), ask)
	w.refused(resident(2), ask, "space_taken")
	st.on.Store(true)
	if n, err := w.desk.WriteUnmet(t.Context()); n != 0 || err == nil || !strings.Contains(err.Error(), "room|2026-11-24") {
		t.Errorf("wrote %d: %v", n, err)
	}
	st.on.Store(false)
	if diff := cmp.Diff(counts(1, 0, 1), w.unmet("room")); diff != "" {
		t.Error(diff)
	}
}

func TestWhatWasRefusedIsForgottenWithItsHolderAndAfterItsTime(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(readingRoom("room", 1))
	ask := booking.Request{Venue: "room", Space: "room", Start: w.at(today, 14, 0), End: w.at(today, 16, 0)}
	w.reserve(resident(0), ask)
	for n := range 3 {
		w.refused(resident(1+n), ask, "space_taken")
	}
	before := w.unmet("room")
	if err := w.desk.AnonymizeHolder(t.Context(), system, "resident-0001"); err != nil {
		t.Fatal(err)
	}
	w.refused(resident(2), booking.Request{Venue: "room", Space: "room", Start: ask.Start, End: w.at(today, 15, 0)}, "space_taken")
	if err := w.store.Update(t.Context(), func(tx store.Tx) error { return w.desk.Forget(tx, "resident-0002") }); err != nil {
		t.Fatal(err)
	}
	if got := w.unmet("room"); got != before {
		t.Errorf("what waited of an erased account was written down: %+v", got)
	}
	held := func() string {
		return fmt.Sprint(len(w.unmetCopy("resident-0001")), len(w.unmetCopy("resident-0002")), len(w.unmetCopy("resident-0003")))
	}
	if held() != "0 1 1" {
		t.Errorf("kept: %s", held())
	}
	if _, err := w.desk.ForgetUnmet(t.Context(), resident(3), w.clock.Now()); !fault.Is(err, fault.Forbidden) && !fault.Is(err, fault.Unauthenticated) {
		t.Errorf("a resident may: %v", err)
	}
	if n, err := w.desk.ForgetUnmet(t.Context(), system, w.clock.Now().Add(time.Second)); n != 2 || err != nil || held() != "0 0 0" {
		t.Errorf("forgot %d: %v; kept: %s", n, errors.Unwrap(err), held())
	}
	if got := w.unmet("room"); got != before {
		t.Errorf("the counts did not stay: %+v", got)
	}
}
