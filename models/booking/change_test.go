package booking_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/civil"
)

func TestAMoveMayOverlapItselfAndARefusedMoveChangesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(premises("v"))
	ctx := context.Background()
	date := today.Add(1)
	b := w.reserve(resident(1), booking.Request{Venue: "v", Space: "r1", Start: w.at(date, 9, 0), End: w.at(date, 11, 0)})
	w.reserve(resident(2), booking.Request{Venue: "v", Space: "r1", Start: w.at(date, 12, 0), End: w.at(date, 13, 0)})
	moved, err := w.desk.Move(ctx, resident(1), b.ID, booking.MoveRequest{Start: w.at(date, 10, 0), End: w.at(date, 12, 0), Key: "k"})
	if err != nil {
		t.Fatal(err)
	}
	if moved.ID != b.ID || moved.Number != b.Number || moved.Moves != 1 || moved.Revision != b.Revision+1 {
		t.Errorf("moved to %+v", moved)
	}
	again, err := w.desk.Move(ctx, resident(1), b.ID, booking.MoveRequest{Start: w.at(date, 10, 0), End: w.at(date, 12, 0), Key: "k"})
	if err != nil || again.Moves != 1 {
		t.Errorf("a double tap moved again: %+v, %v", again, err)
	}
	for _, want := range []booking.MoveRequest{
		{Start: w.at(date, 11, 0), End: w.at(date, 12, 30)},
		{Space: "cellar", Start: w.at(date, 14, 0), End: w.at(date, 15, 0)},
		{Start: w.at(date, 22, 0), End: w.at(date, 23, 0)},
	} {
		if _, err := w.desk.Move(ctx, resident(1), b.ID, want); err == nil {
			t.Errorf("moved to %+v", want)
		}
	}
	after, err := w.desk.Get(ctx, resident(1), b.ID)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(moved, after); diff != "" {
		t.Errorf("refused moves changed the booking:\n%s", diff)
	}
	if to, err := w.desk.Move(ctx, resident(1), b.ID, booking.MoveRequest{Space: "hall", Start: w.at(date, 10, 0), End: w.at(date, 12, 0)}); err != nil ||
		!cmp.Equal(to.Atoms, []string{"a", "b"}) {
		t.Errorf("moved to the hall: %+v, %v", to, err)
	}
	w.reserve(resident(3), booking.Request{Venue: "v", Space: "r1", Start: w.at(date, 10, 0), End: w.at(date, 12, 0)})
	w.verify()
}

func TestTheHolderChangesInTimeAndTheManagerAlways(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := readingRoom("v", 4)
	v.Rules.CancelBefore = 60
	w.save(v)
	ctx := context.Background()
	book := func() booking.Booking {
		return w.reserve(resident(1), booking.Request{Venue: "v", Space: "room", Start: w.at(today, 10, 0), End: w.at(today, 12, 0)})
	}
	a, b, c := book(), book(), book()
	w.clock.Set(w.at(today, 9, 0))
	if _, err := w.desk.Cancel(ctx, resident(1), a.ID, ""); err != nil {
		t.Fatalf("one hour before: %v", err)
	}
	w.clock.Set(w.at(today, 9, 1))
	_, err := w.desk.Cancel(ctx, resident(1), b.ID, "")
	if e := expectCode(t, err, "rule_cancel_before"); e.Params["minutes"] != int32(60) || fmt.Sprint(e.Params["until"]) != "2026-11-24 09:00:00 +0800 CST" {
		t.Errorf("params %v", e.Params)
	}
	_, err = w.desk.Move(ctx, resident(1), b.ID, booking.MoveRequest{Start: w.at(today, 14, 0), End: w.at(today, 15, 0)})
	expectCode(t, err, "rule_cancel_before")
	rules, err := w.venues.RulesOf(ctx, "v", b.Rules)
	if err != nil {
		t.Fatal(err)
	}
	late, early := b.Allowed(rules, resident(1), w.clock.Now()), b.Allowed(rules, resident(1), w.at(today, 9, 0))
	if late != (booking.Allowed{Pass: true}) || early != (booking.Allowed{Move: true, Cancel: true, Pass: true}) {
		t.Error("Allowed says something else")
	}
	_, err = w.desk.Cancel(ctx, staff(account.Attendant, "v"), b.ID, "")
	expectCode(t, err, "not_permitted")
	_, err = w.desk.Cancel(ctx, resident(2), b.ID, "")
	expectCode(t, err, "booking_not_found")
	_, err = w.desk.Cancel(ctx, account.Actor{}, b.ID, "")
	expectCode(t, err, "sign_in_needed")
	done, err := w.desk.Cancel(ctx, staff(account.Manager, "v"), b.ID, "停电")
	if err != nil || done.State != booking.Cancelled || done.Reason != "停电" || done.By != "staff-manager" {
		t.Fatalf("%+v, %v", done, err)
	}
	again, err := w.desk.Cancel(ctx, resident(1), b.ID, "")
	if err != nil || again.Revision != done.Revision {
		t.Errorf("cancelling again: %+v, %v", again, err)
	}
	w.clock.Set(w.at(today, 10, 15))
	_, err = w.desk.Cancel(ctx, staff(account.Manager, "v"), c.ID, "")
	expectCode(t, err, "too_late")
	w.verify()
}

func TestChangedRulesDoNotTouchWhatWasPromised(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := w.save(readingRoom("v", 4))
	ctx := context.Background()
	b := w.reserve(resident(1), booking.Request{Venue: "v", Space: "room", Start: w.at(today, 10, 0), End: w.at(today, 12, 0)})
	edited := *v
	edited.Rules.CheckInAfter = 5
	edited.Rules.CancelBefore = 600
	w.save(&edited)
	if _, err := w.desk.Cancel(ctx, resident(1), b.ID, ""); err != nil {
		t.Errorf("the rules were not those when it was booked: %v", err)
	}
	b = w.reserve(resident(1), booking.Request{Venue: "v", Space: "room", Start: w.at(today, 10, 0), End: w.at(today, 12, 0)})
	if !b.Closes.Equal(w.at(today, 10, 5)) || b.Rules != v.Rules.Version+1 {
		t.Errorf("booked under version %d, closes %s", b.Rules, b.Closes)
	}
}

func TestMineListsWhatIsAheadAndWhatIsPast(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(readingRoom("v", 4))
	ctx := context.Background()
	for hour := 9; hour < 19; hour++ {
		w.reserve(resident(1), booking.Request{Venue: "v", Space: "room", Start: w.at(today, hour, 0), End: w.at(today, hour+1, 0)})
	}
	w.reserve(resident(2), booking.Request{Venue: "v", Space: "room", Start: w.at(today, 9, 0), End: w.at(today, 10, 0)})
	given := w.reserve(resident(1), booking.Request{Venue: "v", Space: "room", Start: w.at(today, 19, 0), End: w.at(today, 20, 0)})
	if _, err := w.desk.Cancel(ctx, resident(1), given.ID, ""); err != nil {
		t.Fatal(err)
	}
	w.clock.Set(w.at(today, 13, 30)) // nobody came at one
	hours := func(past bool, limit int) (out []int) {
		for after := ""; ; {
			page, next, err := w.desk.Mine(ctx, resident(1), booking.MineQuery{Past: past, Limit: limit, After: after})
			if err != nil {
				t.Fatal(err)
			}
			for _, b := range page {
				out = append(out, b.Start.In(w.zone).Hour())
			}
			if next == "" {
				return out
			}
			after = next
		}
	}
	for _, limit := range []int{0, 1, 2, 5} {
		if diff := cmp.Diff([]int{14, 15, 16, 17, 18, 19}, hours(false, limit)); diff != "" {
			t.Errorf("ahead, %d a page (-want +got):\n%s", limit, diff)
		}
		if diff := cmp.Diff([]int{13, 12, 11, 10, 9}, hours(true, limit)); diff != "" {
			t.Errorf("past, %d a page (-want +got):\n%s", limit, diff)
		}
	}
	_, _, err := w.desk.Mine(ctx, account.Actor{}, booking.MineQuery{})
	expectCode(t, err, "sign_in_needed")
}

func TestOnlyTheHolderAndStaffSeeABooking(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(readingRoom("v", 4))
	ctx := context.Background()
	b := w.reserve(resident(1), booking.Request{Venue: "v", Space: "room", Start: w.at(today, 9, 0), End: w.at(today, 10, 0)})
	for _, c := range []struct {
		actor account.Actor
		code  string
	}{
		{resident(1), ""}, {resident(2), "booking_not_found"}, {account.Actor{}, "sign_in_needed"},
		{staff(account.Attendant, "v"), ""}, {staff(account.Attendant, "other"), "booking_not_found"}, {staff(account.Administrator), ""},
	} {
		if _, err := w.desk.Get(ctx, c.actor, b.ID); c.code == "" && err != nil || c.code != "" && expectCode(t, err, c.code) == nil {
			t.Errorf("%s: %v", c.actor.ID, err)
		}
		if _, err := w.desk.ByNumber(ctx, c.actor, b.Number); c.code == "" && err != nil || c.code != "" && expectCode(t, err, c.code) == nil {
			t.Errorf("%s by number: %v", c.actor.ID, err)
		}
	}
	_, err := w.desk.Get(ctx, system, "")
	expectCode(t, err, "booking_not_found")
	_, err = w.desk.Board(ctx, resident(1), "v", today)
	expectCode(t, err, "not_permitted")
}

func TestKeysAreForgottenAfterTwoDays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(readingRoom("v", 4))
	again := func(day civil.Date) error {
		_, err := w.desk.Reserve(context.Background(), resident(1),
			booking.Request{Venue: "v", Space: "room", Start: w.at(day, 16, 0), End: w.at(day, 17, 0), Party: 1, Key: "key"})
		return err
	}
	if err := again(today); err != nil {
		t.Fatal(err)
	}
	w.clock.Add(47 * time.Hour)
	expectCode(t, again(today.Add(2)), "idempotency_key_reused")
	w.clock.Add(2 * time.Hour)
	if err := again(today.Add(2)); err != nil {
		t.Errorf("after 49 hours: %v", err)
	}
}

func TestTheNewestKeysAreKnownHoweverManyThereWere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(openFor(readingRoom("v", 4), 400))
	ask := func(n int) booking.Request {
		day := today.Add(1 + n)
		return booking.Request{Venue: "v", Space: "room", Start: w.at(day, 9, 0), End: w.at(day, 10, 0), Party: 1, Key: fmt.Sprint(n)}
	}
	const many = 230
	var last booking.Booking
	for n := range many {
		last = w.reserve(resident(1), ask(n))
	}
	if again := w.reserve(resident(1), ask(many-1)); again.ID != last.ID {
		t.Errorf("a retry made booking %s, not %s again", again.ID, last.ID)
	}
	if early := w.reserve(resident(1), ask(many-150)); early.Start != ask(many-150).Start || early.Made != last.Made {
		t.Errorf("an earlier retry made %+v", early)
	}
}
