package booking_test

import (
	"slices"
	"testing"
	"time"

	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/rule"
	"wenguan/models/store"
)

// states are what a list of bookings says of the one.
func states(list []booking.Booking, id string) (out []booking.State) {
	for _, b := range list {
		if b.ID == id {
			out = append(out, b.State)
		}
	}
	return out
}

// mine is what a person's list of bookings ahead, or of past ones, says of the one.
func (w *world) mine(b booking.Booking, past bool) []booking.State {
	w.t.Helper()
	list, _, err := w.desk.Mine(w.t.Context(), account.Actor{ID: b.Holder, Kind: account.Person}, booking.MineQuery{Past: past})
	if err != nil {
		w.t.Fatal(err)
	}
	return states(list, b.ID)
}

// everywhere fails unless every list says that the booking is in the state; no job runs.
func (w *world) everywhere(b booking.Booking, want booking.State) booking.Booking {
	w.t.Helper()
	got, err := w.desk.ByNumber(w.t.Context(), system, b.Number)
	if err != nil {
		w.t.Fatal(err)
	}
	board, err := w.desk.Board(w.t.Context(), system, b.Venue, today)
	if err != nil {
		w.t.Fatal(err)
	}
	shown := map[string][]booking.State{
		"its number": {got.State}, "the board": states(board.Bookings, b.ID), "one's own": append(w.mine(b, false), w.mine(b, true)...),
	}
	err = w.store.View(w.t.Context(), func(tx store.Tx) error {
		day, err := w.desk.OfDay(tx, b.Venue, today)
		shown["the day"] = states(day, b.ID)
		if err != nil {
			return err
		}
		all, _, err := w.desk.All(tx, b.Holder, 10, "")
		shown["all of theirs"] = states(all, b.ID)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	for where, is := range shown {
		if !slices.Equal(is, []booking.State{want}) {
			w.t.Errorf("at %s %s shows %v, not %s", w.clock.Now().In(w.zone).Format("15:04"), where, is, want)
		}
	}
	return got
}

func TestWhatRanOutShowsEverywhereBeforeAnyJob(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := readingRoom("v", 3)
	v.Rules.Leave = 30
	w.save(v)
	ctx := t.Context()
	missed := w.reserve(resident(1), booking.Request{Venue: "v", Space: "s01", Start: w.at(today, 9, 0), End: w.at(today, 11, 0)})
	left := w.reserve(resident(2), booking.Request{Venue: "v", Space: "s02", Start: w.at(today, 9, 0), End: w.at(today, 11, 0)})
	stayed := w.reserve(resident(3), booking.Request{Venue: "v", Space: "s03", Start: w.at(today, 9, 0), End: w.at(today, 10, 0)})
	w.clock.Set(w.at(today, 9, 0))
	for _, b := range []booking.Booking{left, stayed} {
		if _, err := w.desk.CheckIn(ctx, system, booking.CheckInRequest{Venue: "v", Number: b.Number}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.desk.StepOut(ctx, resident(2), left.ID); err != nil {
		t.Fatal(err)
	}
	w.clock.Set(missed.Closes.Add(-time.Second))
	w.everywhere(missed, booking.Confirmed)
	w.clock.Set(missed.Closes)
	w.everywhere(missed, booking.NoShow)
	w.everywhere(left, booking.Away)
	w.clock.Set(w.at(today, 9, 30))
	if got := w.everywhere(left, booking.Completed); got.Violation != rule.NotBack {
		t.Errorf("broke %q", got.Violation)
	}
	board, err := w.desk.Board(ctx, system, "v", today)
	if err != nil || board.In != 1 || board.BookedNow != 1 {
		t.Errorf("one is in and one booked, but the board counts %d and %d: %v", board.In, board.BookedNow, err)
	}
	w.clock.Set(w.at(today, 10, 0))
	w.everywhere(stayed, booking.Completed)
	_, err = w.desk.CheckIn(ctx, system, booking.CheckInRequest{Venue: "v", Number: stayed.Number})
	expectCode(t, err, "too_late")
	err = w.store.View(ctx, func(tx store.Tx) error {
		ahead, err := w.desk.Ahead(tx, missed.Holder)
		if len(ahead) != 0 {
			t.Errorf("still ahead: %v", ahead)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// What a person sees of their standing they can appeal, and staff can decide about, at once.
func TestAStrikeThatNoJobHasWrittenDownCanBeDecidedAbout(t *testing.T) {
	t.Parallel()
	for name, decide := range map[string]func(w *world, who account.Actor, first, second booking.Booking) error{
		"an appeal that is granted": func(w *world, who account.Actor, _, second booking.Booking) error {
			made, err := w.desk.Appeal(w.t.Context(), who, "", second.ID, "那天停电")
			if err == nil {
				_, err = w.desk.Decide(w.t.Context(), staff(account.Manager, "v"), made.ID, booking.Verdict{Grant: true, Text: "确实停电"})
			}
			return err
		},
		"a waiver of the first": func(w *world, who account.Actor, first, _ booking.Booking) error {
			return w.desk.Waive(w.t.Context(), staff(account.Manager, "v"), first.ID, booking.Decision{Holder: who.ID, Reason: "停电"})
		},
		"a lift": func(w *world, who account.Actor, _, _ booking.Booking) error {
			id := w.standing(who).Suspensions[0].ID
			return w.desk.LiftSuspension(w.t.Context(), staff(account.Manager, "v"), id, booking.Decision{Holder: who.ID, Reason: "停电"})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			strict(w)
			who := w.known("+8613800138000")
			var missed [2]booking.Booking
			for i := range missed {
				w.clock.Set(w.at(today.Add(i), 8, 0))
				missed[i] = w.reserve(who, booking.Request{Venue: "v", Space: "room", Start: w.at(today.Add(i), 9, 0), End: w.at(today.Add(i), 11, 0)})
			}
			w.clock.Set(missed[1].Closes)
			want := booking.Request{Venue: "v", Space: "room", Start: w.at(today.Add(1), 12, 0), End: w.at(today.Add(1), 13, 0), Party: 1}
			_, err := w.desk.Reserve(t.Context(), who, want)
			expectCode(t, err, "rule_suspended")
			if err := decide(w, who, missed[0], missed[1]); err != nil {
				t.Fatal(err)
			}
			if _, err := w.desk.Reserve(t.Context(), who, want); err != nil {
				t.Errorf("afterwards: %v", err)
			}
			if _, _, err := w.desk.Sweep(t.Context()); err != nil {
				t.Fatal(err)
			}
			if s := w.standing(who); len(s.Strikes) != 2 || len(s.InForce(w.clock.Now())) != 0 {
				t.Errorf("after the job: %+v", s.Standing)
			}
			w.verify()
		})
	}
}

func TestAFamilyMemberWhoseBookingRanOutCanBeRemovedBeforeAnyJob(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(readingRoom("v", 4))
	r := w.relations()
	b := w.reserveFor(r, "child", 1)
	w.clock.Set(b.Closes)
	if err := w.desk.RemoveFamily(t.Context(), r.mother, r.child); err != nil {
		t.Fatal(err)
	}
	if missed, err := w.desk.Get(t.Context(), system, b.ID); err != nil || missed.State != booking.NoShow || missed.Holder != booking.Nobody {
		t.Errorf("it is %s of %q: %v", missed.State, missed.Holder, err)
	}
	w.verify()
}

// Where check-out is required a visit goes on past its end for everybody who looks, until the clock ends it for good.
func TestAVisitPastItsEndWaitsForItsCheckOutInEveryList(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := readingRoom("v", 2)
	v.Rules.CheckOut, v.Rules.CheckOutGrace, v.Rules.OverstayUntil = true, 5, 30
	v.Rules.Strikes = []rule.StrikeRule{{
		ID: "all", Counts: []rule.ViolationKind{rule.NoCheckOut, rule.Overstayed}, Max: 2, Within: rule.Within{Per: rule.AWeek}, Penalty: rule.Penalty{Kind: rule.ForDays, N: 7},
	}}
	w.save(v)
	ctx := t.Context()
	var stay [2]booking.Booking
	for i := range stay {
		stay[i] = w.reserve(resident(i), booking.Request{Venue: "v", Space: "room", Start: w.at(today, 9, 0), End: w.at(today, 10, 0)})
	}
	w.clock.Set(w.at(today, 9, 0))
	for _, b := range stay {
		if _, err := w.desk.CheckIn(ctx, system, booking.CheckInRequest{Venue: "v", Number: b.Number}); err != nil {
			t.Fatal(err)
		}
	}
	late, gone := stay[0], stay[1]
	for _, minutes := range []int{0, 5, 30} {
		w.clock.Set(w.at(today, 10, minutes))
		w.everywhere(late, booking.CheckedIn)
		if ahead, past := w.mine(late, false), w.mine(late, true); len(ahead) != 1 || len(past) != 0 {
			t.Errorf("at 10:%02d it is %v ahead and %v past", minutes, ahead, past)
		}
	}
	next := w.reserve(resident(5), booking.Request{Venue: "v", Space: late.Assigned[0], Start: w.at(today, 10, 30), End: w.at(today, 11, 0)})
	if next.Assigned[0] != late.Assigned[0] {
		t.Errorf("the seat whose time is over went to nobody: %v", next.Assigned)
	}
	if out, err := w.desk.CheckOut(ctx, resident(0), late.ID); err != nil || out.Violation != rule.Overstayed {
		t.Errorf("late check-out is %q: %v", out.Violation, err)
	}
	w.clock.Set(w.at(today, 10, 31))
	if got := w.everywhere(gone, booking.Completed); got.Violation != rule.NoCheckOut || !got.ViolatedAt.Equal(w.at(today, 10, 30)) {
		t.Errorf("gone without: %q at %v", got.Violation, got.ViolatedAt)
	}
	if ahead, past := w.mine(gone, false), w.mine(gone, true); len(ahead) != 0 || len(past) != 1 {
		t.Errorf("afterwards it is %v ahead and %v past", ahead, past)
	}
	for i := range stay {
		if s, err := w.desk.Standing(ctx, resident(i), ""); err != nil || len(s.Strikes) != 1 {
			t.Errorf("strikes %v: %v", s.Strikes, err)
		}
	}
	w.verify()
}
