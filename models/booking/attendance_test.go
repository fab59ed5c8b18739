package booking_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/fault"
)

func TestTheDoorHasAClearAnswerForEveryCase(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(readingRoom("v", 4))
	w.save(readingRoom("other", 4))
	ctx := context.Background()
	book := func() booking.Booking {
		return w.reserve(resident(1), booking.Request{Venue: "v", Space: "room", Start: w.at(today, 10, 0), End: w.at(today, 12, 0)})
	}
	door := func(venue, number string) error {
		_, err := w.desk.CheckIn(ctx, staff(account.Attendant, "v", "other"), booking.CheckInRequest{Venue: venue, Number: number})
		return err
	}
	b, cancelled, late := book(), book(), book()
	if _, err := w.desk.Cancel(ctx, resident(1), cancelled.ID, "生病了"); err != nil {
		t.Fatal(err)
	}
	expectCode(t, door("v", "NOSUCHNR"), "booking_not_found")
	if e := expectCode(t, door("other", b.Number), "wrong_venue"); e.Params["venue"] != "v" {
		t.Errorf("params %v", e.Params)
	}
	elsewhere := staff(account.Attendant, "other")
	_, err := w.desk.CheckIn(ctx, elsewhere, booking.CheckInRequest{Venue: "other", Number: b.Number})
	if e := expectCode(t, err, "wrong_venue"); len(e.Params) > 0 {
		t.Errorf("a number tells staff who do not work there %v", e.Params)
	}
	token, err := w.desk.Pass(ctx, resident(1), b.ID)
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.desk.AtDoor(ctx, elsewhere, booking.CheckInRequest{Venue: "other", Token: token}, booking.SpotLeave)
	if e := expectCode(t, err, "wrong_venue"); e.Params["venue"] != "v" {
		t.Errorf("who shows the pass is told %v", e.Params)
	}
	if e := expectCode(t, door("v", b.Number), "too_early"); fmt.Sprint(e.Params["opens"]) != "2026-11-24 09:45:00 +0800 CST" {
		t.Errorf("params %v", e.Params)
	}
	expectCode(t, door("v", cancelled.Number), "booking_cancelled")
	_, err = w.desk.CheckIn(ctx, resident(1), booking.CheckInRequest{Venue: "v", Number: b.Number})
	expectCode(t, err, "not_permitted")
	_, err = w.desk.CheckIn(ctx, staff(account.Attendant, "other"), booking.CheckInRequest{Venue: "v", Number: b.Number})
	expectCode(t, err, "not_permitted")

	w.clock.Set(w.at(today, 9, 45))
	if err := door("v", " "+b.Number[:4]+"-"+b.Number[4:]); err != nil {
		t.Fatalf("at the minute it opens: %v", err)
	}
	if e := expectCode(t, door("v", b.Number), "already_in"); fmt.Sprint(e.Params["at"]) != "2026-11-24 09:45:00 +0800 CST" {
		t.Errorf("params %v", e.Params)
	}
	w.clock.Set(w.at(today, 10, 15))
	if e := expectCode(t, door("v", late.Number), "too_late"); e.Kind != fault.Gone || fmt.Sprint(e.Params["closed"]) != "2026-11-24 10:15:00 +0800 CST" {
		t.Errorf("%s, params %v", e.Kind, e.Params)
	}
	if _, _, err := w.desk.Sweep(ctx); err != nil {
		t.Fatal(err)
	}
	expectCode(t, door("v", late.Number), "too_late")
	w.verify()
}

func TestThePassOpensTheDoorAndOnlyItsOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(readingRoom("v", 4))
	ctx := context.Background()
	b := w.reserve(resident(1), booking.Request{Venue: "v", Space: "room", Start: w.at(today, 10, 0), End: w.at(today, 12, 0)})
	token, err := w.desk.Pass(ctx, resident(1), b.ID)
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.desk.Pass(ctx, resident(2), b.ID)
	expectCode(t, err, "booking_not_found")
	attendant := staff(account.Attendant, "v")
	_, err = w.desk.CheckIn(ctx, attendant, booking.CheckInRequest{Venue: "v", Token: token + "x"})
	expectCode(t, err, "pass_invalid")
	moved, err := w.desk.Move(ctx, resident(1), b.ID, booking.MoveRequest{Start: w.at(today, 11, 0), End: w.at(today, 13, 0)})
	if err != nil {
		t.Fatal(err)
	}
	w.clock.Set(moved.Opens)
	in, err := w.desk.CheckIn(ctx, attendant, booking.CheckInRequest{Venue: "v", Token: token})
	if err != nil || in.State != booking.CheckedIn || in.ID != b.ID {
		t.Fatalf("the pass made before the move: %+v, %v", in, err)
	}
	w.clock.Set(moved.End.Add(time.Minute))
	if _, completed, err := w.desk.Sweep(ctx); completed != 1 || err != nil {
		t.Fatalf("completed %d, %v", completed, err)
	}
	_, err = w.desk.CheckIn(ctx, attendant, booking.CheckInRequest{Venue: "v", Token: token})
	expectCode(t, err, "too_late")
	_, err = w.desk.Pass(ctx, resident(1), b.ID)
	expectCode(t, err, "too_late")
	w.verify()
}

func TestWhoLeavesEarlyGivesTheRestBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(readingRoom("v", 1))
	ctx := context.Background()
	b := w.reserve(resident(1), booking.Request{Venue: "v", Space: "s01", Start: w.at(today, 10, 0), End: w.at(today, 14, 0)})
	_, err := w.desk.CheckOut(ctx, resident(1), b.ID)
	expectCode(t, err, "not_checked_in")
	w.clock.Set(w.at(today, 10, 0))
	if _, err := w.desk.CheckIn(ctx, system, booking.CheckInRequest{Venue: "v", Number: b.Number}); err != nil {
		t.Fatal(err)
	}
	w.clock.Set(w.at(today, 11, 12).Add(20 * time.Second))
	_, err = w.desk.CheckOut(ctx, resident(2), b.ID)
	expectCode(t, err, "booking_not_found")
	out, err := w.desk.CheckOut(ctx, resident(1), b.ID)
	if err != nil {
		t.Fatal(err)
	}
	if want := w.at(today, 11, 12); out.State != booking.Completed || !out.HeldUntil().Equal(want) {
		t.Errorf("%s, held until %s; want completed, %s", out.State, out.HeldUntil(), want)
	}
	next := w.reserve(resident(2), booking.Request{Venue: "v", Space: "s01", Start: w.at(today, 11, 0), End: w.at(today, 12, 0)})
	if !next.HeldFrom().Equal(out.HeldUntil()) {
		t.Errorf("in the same minute the next has it from %s", next.HeldFrom())
	}
	_, err = w.desk.Reserve(ctx, resident(3), booking.Request{Venue: "v", Space: "s01", Start: w.at(today, 11, 0), End: w.at(today, 12, 0), Party: 1})
	expectCode(t, err, "space_taken")
	w.verify()
}

func TestLeavingBeforeTheStartFreesAllOfIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(readingRoom("v", 1))
	ctx := context.Background()
	b := w.reserve(resident(1), booking.Request{Venue: "v", Space: "s01", Start: w.at(today, 10, 0), End: w.at(today, 14, 0)})
	w.clock.Set(w.at(today, 9, 50))
	if _, err := w.desk.CheckIn(ctx, system, booking.CheckInRequest{Venue: "v", Number: b.Number}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.desk.CheckOut(ctx, resident(1), b.ID); err != nil {
		t.Fatal(err)
	}
	w.reserve(resident(2), booking.Request{Venue: "v", Space: "s01", Start: w.at(today, 10, 0), End: w.at(today, 14, 0)})
	w.verify()
}

func TestTheSweepReleasesNoShowsAndCompletesVisitsOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(readingRoom("v", 30))
	w.save(readingRoom("w", 30))
	ctx := context.Background()
	var came booking.Booking
	for i := range 50 {
		b := w.reserve(resident(i), booking.Request{
			Venue: []string{"v", "w"}[i%2], Space: "room", Start: w.at(today, 10, 0), End: w.at(today, 12, 0),
		})
		if i == 7 {
			came = b
		}
	}
	w.clock.Set(w.at(today, 10, 14))
	if _, err := w.desk.CheckIn(ctx, system, booking.CheckInRequest{Venue: came.Venue, Number: came.Number}); err != nil {
		t.Fatal(err)
	}
	expect := func(at time.Time, noShows, completed int) {
		t.Helper()
		w.clock.Set(at)
		n, c, err := w.desk.Sweep(ctx)
		if n != noShows || c != completed || err != nil {
			t.Fatalf("at %s: %d no-shows, %d completed, %v; want %d and %d", at, n, c, err, noShows, completed)
		}
		w.verify()
	}
	expect(w.at(today, 10, 14), 0, 0)
	expect(w.at(today, 10, 15), 49, 0)
	expect(w.at(today, 10, 16), 0, 0)
	expect(w.at(today, 12, 0), 0, 1)
	expect(w.at(today, 13, 0), 0, 0)
	board, err := w.desk.Board(ctx, staff(account.Attendant, "w"), "w", today)
	if err != nil || len(board.Bookings) != 25 {
		t.Fatalf("the board forgot who did not come: %d, %v", len(board.Bookings), err)
	}
	for _, b := range board.Bookings {
		if b.ID != came.ID && (b.State != booking.NoShow || !b.HeldUntil().Equal(w.at(today, 10, 15)) || b.Assigned[0] == "") {
			t.Errorf("a no-show is remembered as %+v", b)
		}
	}
}

func TestTheNextVisitorGetsTheSeatOfANoShowWithoutAnyJob(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(readingRoom("v", 1))
	ctx := context.Background()
	missed := w.reserve(resident(1), booking.Request{Venue: "v", Space: "s01", Start: w.at(today, 10, 0), End: w.at(today, 14, 0)})
	wish := booking.Request{Venue: "v", Space: "s01", Start: w.at(today, 10, 0), End: w.at(today, 12, 0), Party: 1}
	w.clock.Set(w.at(today, 10, 14))
	_, err := w.desk.Reserve(ctx, resident(2), wish)
	expectCode(t, err, "space_taken")
	w.clock.Set(w.at(today, 10, 15))
	week, err := w.desk.Availability(ctx, booking.AvailabilityQuery{Venue: "v", Days: 1})
	if err != nil || week.Days[0].Spaces[0].Left[4] != 1 {
		t.Errorf("the 10:00 slot shows %v, %v", week.Days[0].Spaces[0].Left, err)
	}
	w.reserve(resident(2), wish)
	if b, err := w.desk.Get(ctx, resident(1), missed.ID); err != nil || b.State != booking.NoShow {
		t.Errorf("the missed booking is %s, %v", b.State, err)
	}
	w.verify()
}
