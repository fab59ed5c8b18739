package booking_test

import (
	"context"
	"strings"
	"testing"

	"wenguan/models/account"
	"wenguan/models/audit"
	"wenguan/models/booking"
)

func TestEveryChangeOfABookingIsAudited(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(readingRoom("v", 4))
	ctx, me, attendant := context.Background(), resident(1), staff(account.Attendant, "v")
	book := func(hour int) booking.Booking {
		return w.reserve(me, booking.Request{Venue: "v", Space: "room", Start: w.at(today, hour, 0), End: w.at(today, hour+2, 0)})
	}
	came, missed, given := book(10), book(14), book(18)
	must := func(_ booking.Booking, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(w.desk.Move(ctx, me, came.ID, booking.MoveRequest{Start: w.at(today, 9, 0), End: w.at(today, 12, 0)}))
	must(w.desk.Cancel(ctx, me, given.ID, ""))
	w.clock.Set(w.at(today, 9, 0))
	must(w.desk.CheckIn(ctx, attendant, booking.CheckInRequest{Venue: "v", Number: came.Number}))
	must(w.desk.CheckOut(ctx, me, came.ID))
	w.clock.Set(w.at(today, 17, 0))
	if _, _, err := w.desk.Sweep(ctx); err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]string{
		came.ID: "booking.reserved by resident-0001, booking.moved by resident-0001, " +
			"booking.checked_in by staff-attendant for resident-0001, booking.checked_out by resident-0001",
		given.ID:  "booking.reserved by resident-0001, booking.cancelled by resident-0001",
		missed.ID: "booking.reserved by resident-0001, booking.missed by system",
	} {
		records, err := audit.New(w.store).Export(ctx, system, audit.Query{Chain: "v", Subject: "booking/" + id})
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		for _, r := range records {
			line := r.Action + " by " + r.Actor
			if r.OnBehalf != "" {
				line += " for " + r.OnBehalf
			}
			said = append(said, line)
			if strings.Contains(r.Before+r.After, me.Name) {
				t.Errorf("%s names a person: %s %s", r.Action, r.Before, r.After)
			}
		}
		if got := strings.Join(said, ", "); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	if _, broken, err := audit.New(w.store).Verify(ctx); err != nil || len(broken) > 0 {
		t.Error(broken, err)
	}
}
