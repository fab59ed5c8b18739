package booking_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/fault"
	"wenguan/models/rule"
	"wenguan/models/store"
)

// kept is every booking as it is stored, by id.
func (w *world) kept() map[string]booking.Booking {
	w.t.Helper()
	list := map[string]booking.Booking{}
	err := w.store.View(context.Background(), func(tx store.Tx) error {
		all, err := store.All[booking.Booking](tx, "bookings", store.Query{})
		for _, b := range all {
			list[b.ID] = b
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return list
}

func (w *world) anonymize(before time.Time, most int) int {
	w.t.Helper()
	n, err := w.desk.Anonymize(context.Background(), system, before, most)
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

func TestBookingsLoseTheirPersonButNothingThatIsCounted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(premises("v"))
	old := w.reserve(resident(1), booking.Request{Venue: "v", Space: "r1", Start: w.at(today, 9, 0), End: w.at(today, 10, 0), Party: 2, Purpose: "王家聚会"})
	young := w.reserve(resident(1), booking.Request{Venue: "v", Space: "r1", Start: w.at(today+1, 9, 0), End: w.at(today+1, 10, 0)})
	w.clock.Set(w.at(today, 8, 55))
	if _, err := w.desk.CheckIn(t.Context(), system, booking.CheckInRequest{Venue: "v", Number: old.Number}); err != nil {
		t.Fatal(err)
	}
	w.clock.Set(w.at(today+2, 9, 0))
	if _, _, err := w.desk.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	was := w.kept()
	if n := w.anonymize(w.at(today, 23, 0), 100); n != 1 {
		t.Fatalf("looked at %d bookings", n)
	}
	is := w.kept()
	b := is[old.ID]
	if b.Holder != booking.Nobody || b.HolderName+b.Purpose+b.Reason != "" || b.By != booking.Nobody || b.Number == old.Number {
		t.Errorf("the person is still in it: %+v", b)
	}
	if fmt.Sprint(was[old.ID].Start, was[old.ID].State, was[old.ID].Party, was[old.ID].Group) != fmt.Sprint(b.Start, b.State, b.Party, b.Group) {
		t.Errorf("what is counted changed: %+v", b)
	}
	if is[young.ID].Holder != resident(1).ID || is[young.ID].Number != young.Number {
		t.Errorf("a younger one was touched: %+v", is[young.ID])
	}
	w.verify()
}

func TestAnonymizingGoesOnWhereItEndedAndDoesNothingTwice(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(readingRoom("v", 30))
	for i := range 25 { // all end at the same moment
		w.reserve(resident(i), booking.Request{Venue: "v", Space: "room", Start: w.at(today, 9, 0), End: w.at(today, 10, 0)})
	}
	w.clock.Set(w.at(today+2, 9, 0))
	if _, _, err := w.desk.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	var looked []int
	for range 4 {
		looked = append(looked, w.anonymize(w.at(today+1, 0, 0), 10))
	}
	if fmt.Sprint(looked) != "[10 10 5 0]" {
		t.Errorf("looked at %v", looked)
	}
	once := w.kept()
	w.anonymize(w.at(today+1, 0, 0), 100)
	for id, b := range w.kept() {
		if b.Holder != booking.Nobody || b.Revision != once[id].Revision {
			t.Errorf("%s: holder %s, revision %d after %d", id, b.Holder, b.Revision, once[id].Revision)
		}
	}
	w.verify()
}

func TestABookingThatWaitsForItsEndHoldsUpOnlyThoseOfItsDay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	days := premises("v")
	days.Rules.Times, days.Rules.SlotStep, days.Rules.Shortest, days.Rules.Longest = rule.WholeDays, 0, 0, 10*24*60
	w.save(days)
	w.save(premises("w"))
	book := func(at, space string, from, till time.Time) string {
		return w.reserve(resident(1), booking.Request{Venue: at, Space: space, Start: from, End: till}).ID
	}
	week := book("v", "r1", w.at(today+1, 8, 0), w.at(today+6, 21, 0)) // over midnight
	day := book("v", "r2", w.at(today+2, 8, 0), w.at(today+2, 21, 0))
	long := book("w", "r1", w.at(today+2, 12, 0), w.at(today+2, 14, 0))
	short := book("w", "r2", w.at(today+2, 13, 0), w.at(today+2, 13, 30))
	next := book("w", "r2", w.at(today+3, 9, 0), w.at(today+3, 9, 30))
	w.clock.Set(w.at(today+10, 9, 0))
	if _, _, err := w.desk.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	anonymous := func(before time.Time, most int, want ...string) {
		t.Helper()
		for w.anonymize(before, most) > 0 {
		}
		var got []string
		for id, b := range w.kept() {
			if b.Holder == booking.Nobody {
				got = append(got, id)
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("by %s: %v, want %v", before.In(w.zone), got, want)
		}
	}
	anonymous(w.at(today+2, 13, 45), 1)
	anonymous(w.at(today+3, 9, 15), 2, day, long, short)
	anonymous(w.at(today+6, 21, 0), 1, day, long, short, next)
	anonymous(w.at(today+6, 21, 1), 1, day, long, short, next, week)
	w.verify()
}

func TestAnOrganizationIsNoPerson(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(premises("v"))
	club := account.Actor{ID: "club", Kind: account.Organization, Name: "书画社", Group: account.Organizations}
	b := w.reserve(club, booking.Request{Venue: "v", Space: "r1", Start: w.at(today, 9, 0), End: w.at(today, 10, 0), Purpose: "王老师讲课"})
	w.clock.Set(w.at(today+2, 9, 0))
	w.anonymize(w.at(today+1, 0, 0), 100)
	if got := w.kept()[b.ID]; got.Holder != "club" || got.HolderName != "书画社" || got.Purpose != "" || got.By != booking.Nobody {
		t.Errorf("%+v", got)
	}
}

func TestSomebodyWhoLeavesLeavesNoBookingBehind(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(premises("v"))
	me := resident(7)
	gone := w.reserve(me, booking.Request{Venue: "v", Space: "r1", Start: w.at(today, 9, 0), End: w.at(today, 10, 0), Key: "k"})
	w.clock.Set(w.at(today+1, 8, 0))
	if _, _, err := w.desk.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	ahead := w.reserve(me, booking.Request{Venue: "v", Space: "r1", Start: w.at(today+1, 9, 0), End: w.at(today+1, 10, 0)})
	leave := func() error {
		return w.store.Update(context.Background(), func(tx store.Tx) error { return w.desk.Forget(tx, me.ID) })
	}
	if err := leave(); fault.CodeOf(err) != "still_booked" {
		t.Errorf("left with a booking ahead: %v", err)
	}
	if err := w.desk.AnonymizeHolder(t.Context(), system, me.ID); fault.CodeOf(err) != "still_booked" {
		t.Errorf("a booking ahead lost its holder: %v", err)
	}
	if _, err := w.desk.Cancel(t.Context(), me, ahead.ID, ""); err != nil {
		t.Fatal(err)
	}
	if err := leave(); err != nil {
		t.Fatal(err)
	}
	if err := w.desk.AnonymizeHolder(t.Context(), system, me.ID); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{gone.ID, ahead.ID} {
		if b := w.kept()[id]; b.Holder != booking.Nobody {
			t.Errorf("%s still has its holder: %+v", id, b)
		}
	}
	// A request that was on its way while they left.
	_, err := w.desk.Reserve(t.Context(), me, booking.Request{Venue: "v", Space: "r1", Start: w.at(today+2, 9, 0), End: w.at(today+2, 10, 0), Party: 1})
	if fault.CodeOf(err) != "account_erased" {
		t.Errorf("somebody who left could book: %v", err)
	}
	_ = w.store.View(t.Context(), func(tx store.Tx) error {
		var record bson.M
		if err := tx.Get("holders", me.ID, &record); err != nil || record["keys"] != nil || len(record["uses"].(bson.A)) != 0 {
			t.Errorf("the record is %v, %v", record, err)
		}
		return nil
	})
	w.verify()
}

func TestOnlyTheProductAnonymizes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if _, err := w.desk.Anonymize(t.Context(), resident(1), w.clock.Now(), 1); !fault.Is(err, fault.Forbidden) {
		t.Error(err)
	}
	if err := w.desk.AnonymizeHolder(t.Context(), resident(1), resident(2).ID); !fault.Is(err, fault.Forbidden) {
		t.Error(err)
	}
}
