package booking_test

import (
	"testing"
	"time"

	"wenguan/models/booking"
	"wenguan/models/fault"
)

// leftOf is what availability says is left of a space of v in the slot of today.
func (w *world) leftOf(space, slot string) int32 {
	w.t.Helper()
	a, err := w.desk.Availability(w.t.Context(), booking.AvailabilityQuery{Venue: "v", Space: space, Days: 1})
	if err != nil {
		w.t.Fatal(err)
	}
	for i, name := range a.Days[0].Slots {
		if name == slot {
			return a.Days[0].Spaces[0].Left[i]
		}
	}
	w.t.Fatalf("there is no slot %s", slot)
	return 0
}

// In the middle of a step of half an hour, whatever makes a place free makes it bookable at once.
func TestAPlaceGivenUpWithinAStepCanBeHadAtOnce(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		freed func(w *world, b booking.Booking) error
	}{
		{"checked out", func(w *world, b booking.Booking) error {
			_, err := w.desk.CheckOut(w.t.Context(), resident(1), b.ID)
			return err
		}},
		{"released by staff", func(w *world, b booking.Booking) error {
			_, err := w.desk.Release(w.t.Context(), system, b.ID)
			return err
		}},
		{"not back from a leave", func(w *world, b booking.Booking) error {
			_, err := w.desk.StepOut(w.t.Context(), resident(1), b.ID)
			w.clock.Add(6 * time.Minute)
			return err
		}},
		{"reported away", func(w *world, b booking.Booking) error {
			_, err := w.desk.Report(w.t.Context(), system, b.ID)
			w.clock.Add(6 * time.Minute)
			return err
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			v := readingRoom("v", 2)
			v.Rules.Leave, v.Rules.Report, v.Rules.OneAtATime = 5, 5, true
			w.save(v)
			b := w.reserve(resident(1), booking.Request{Venue: "v", Space: "s01", Start: w.at(today, 9, 0), End: w.at(today, 12, 0)})
			w.clock.Set(w.at(today, 9, 0))
			if _, err := w.desk.CheckIn(t.Context(), system, booking.CheckInRequest{Venue: "v", Number: b.Number}); err != nil {
				t.Fatal(err)
			}
			w.clock.Set(w.at(today, 10, 10).Add(20 * time.Second))
			if n := w.leftOf("s01", "10:00"); n != 0 {
				t.Errorf("%d are left of a seat in use", n)
			}
			if err := c.freed(w, b); err != nil {
				t.Fatal(err)
			}
			if n := w.leftOf("s01", "10:00"); n != 1 {
				t.Errorf("%d are left of the seat given up", n)
			}
			free, _, err := w.desk.Free(t.Context(), booking.FreeQuery{Venue: "v", Parent: "room", Date: today, From: 10 * 60, To: 12 * 60})
			if err != nil || len(free) != 2 {
				t.Errorf("%d seats are found free: %v", len(free), err)
			}
			want := booking.Request{Venue: "v", Space: "s01", Start: w.at(today, 10, 0), End: w.at(today, 12, 0), Party: 1}
			next, err := w.desk.Reserve(t.Context(), resident(2), want)
			if err != nil || !next.HeldFrom().Equal(w.clock.Now().Truncate(time.Minute)) {
				t.Fatalf("the next has it from %s: %v", next.HeldFrom(), err)
			}
			if _, err = w.desk.Reserve(t.Context(), resident(3), want); fault.CodeOf(err) != "space_taken" {
				t.Errorf("a third: %v", err)
			}
			want.Space = "s02" // one place at a time, and the first is given up
			if _, err = w.desk.Reserve(t.Context(), resident(1), want); err != nil {
				t.Errorf("who gave it up: %v", err)
			}
			w.verify()
		})
	}
}
