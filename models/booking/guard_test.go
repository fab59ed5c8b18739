package booking_test

import (
	"context"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"wenguan/models/booking"
	"wenguan/models/ledger"
	"wenguan/models/store"
	"wenguan/models/venue"
)

// without is the venue as it is stored, without a space and its atom.
func (w *world) without(id, space string) *venue.Venue {
	w.t.Helper()
	now, err := w.venues.Get(context.Background(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	v := *now
	v.Spaces, v.Atoms = nil, nil
	for _, s := range now.Spaces {
		s.Atoms = slices.DeleteFunc(slices.Clone(s.Atoms), func(a string) bool { return a == space })
		if s.Allocation == venue.AnyOf {
			s.Seats = int32(len(s.Atoms))
		}
		if s.ID != space {
			v.Spaces = append(v.Spaces, s)
		}
	}
	for _, a := range now.Atoms {
		if a.ID != space {
			v.Atoms = append(v.Atoms, a)
		}
	}
	return &v
}

func TestASeatThatSomebodyHasBookedCannotBeTakenAway(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(readingRoom("v", 3))
	ctx := context.Background()
	b := w.reserve(resident(1), booking.Request{Venue: "v", Space: "s01", Start: w.at(today.Add(1), 9, 0), End: w.at(today.Add(1), 10, 0), Party: 1})

	_, err := w.venues.Save(ctx, system, w.without("v", "s01"))
	refused := expectCode(t, err, "space_in_use")
	if refused.Params["bookings"] != 1 || !refused.Params["first"].(time.Time).Equal(b.Start) || refused.Field != "spaces" {
		t.Errorf("refused with %+v", refused)
	}
	if _, err := w.venues.Save(ctx, system, w.without("v", "s02")); err != nil {
		t.Errorf("a seat nobody has booked stays: %v", err)
	}
	if _, err := w.desk.Cancel(ctx, resident(1), b.ID, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := w.venues.Save(ctx, system, w.without("v", "s01")); err != nil {
		t.Errorf("a seat whose booking was cancelled stays: %v", err)
	}
	w.verify()
}

func TestASeatOfThePastCanBeTakenAway(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(readingRoom("v", 3))
	w.reserve(resident(1), booking.Request{Venue: "v", Space: "s01", Start: w.at(today.Add(1), 9, 0), End: w.at(today.Add(1), 10, 0), Party: 1})
	w.clock.Set(w.at(today.Add(2), 9, 0))
	if _, err := w.venues.Save(context.Background(), system, w.without("v", "s01")); err != nil {
		t.Error(err)
	}
}

func TestASquareCannotBecomeTooSmallForWhoIsComing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(premises("v"))
	for n := range 2 {
		w.reserve(resident(n), booking.Request{Venue: "v", Space: "square", Start: w.at(today.Add(1), 9, 0), End: w.at(today.Add(1), 10, 0), Party: 10})
	}
	smaller := func(capacity int32) error {
		v := w.without("v", "")
		v.Atoms[slices.IndexFunc(v.Atoms, func(a venue.Atom) bool { return a.ID == "square" })].Capacity = capacity
		v.Spaces[len(v.Spaces)-1].Seats = capacity
		_, err := w.venues.Save(context.Background(), system, v)
		return err
	}
	if refused := expectCode(t, smaller(19), "space_in_use"); refused.Params["bookings"] != 2 || refused.Params["space"] != "square" {
		t.Errorf("refused with %v", refused.Params)
	}
	if err := smaller(20); err != nil {
		t.Errorf("20 are coming and 20 fit: %v", err)
	}
	w.verify()
}

func TestTakingAPlaceAwayCollidesWithEveryReserveThatMightWantIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := w.save(openFor(readingRoom("v", 2), 5))
	if _, err := w.venues.Save(context.Background(), system, w.without("v", "s02")); err != nil {
		t.Fatal(err)
	}
	err := w.store.View(context.Background(), func(tx store.Tx) error {
		for ahead := range int(v.Rules.HorizonDays) + 2 { // one more for a midnight in between
			day, err := ledger.ReadDay(tx, "v", today.Add(ahead), ledger.NewAtoms(nil))
			if err != nil {
				return err
			}
			if day.Revision != 1 {
				t.Errorf("the sheet %d days ahead has revision %d, so a reserve would not notice", ahead, day.Revision)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAHorizonThatIsCutShortCollidesWithWhoStillSeesTheLongOne(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(openFor(readingRoom("v", 2), 5))
	v := w.without("v", "")
	v.Rules.HorizonDays = 1
	if _, err := w.venues.Save(context.Background(), system, v); err != nil {
		t.Fatal(err)
	}
	err := w.store.View(context.Background(), func(tx store.Tx) error {
		rev, err := ledger.Revision(tx, "v", today.Add(5))
		if rev == 0 {
			t.Error("the last day of the long horizon was left alone")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestWhoseTimeIsOverKeepsNoSquareLarge(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(premises("v"))
	ctx := context.Background()
	w.reserve(resident(1), booking.Request{Venue: "v", Space: "square", Start: w.at(today, 9, 0), End: w.at(today, 10, 0), Party: 40})
	came := w.reserve(resident(2), booking.Request{Venue: "v", Space: "square", Start: w.at(today, 9, 0), End: w.at(today, 12, 0), Party: 10})
	smaller := func(capacity int32) error {
		v := w.without("v", "")
		v.Atoms[slices.IndexFunc(v.Atoms, func(a venue.Atom) bool { return a.ID == "square" })].Capacity = capacity
		v.Spaces[len(v.Spaces)-1].Seats = capacity
		_, err := w.venues.Save(ctx, system, v)
		return err
	}
	w.clock.Set(w.at(today, 9, 10))
	expectCode(t, smaller(49), "space_in_use")
	if _, err := w.desk.CheckIn(ctx, system, booking.CheckInRequest{Venue: "v", Number: came.Number}); err != nil {
		t.Fatal(err)
	}
	w.clock.Set(w.at(today, 9, 15)) // nobody came for the 40, and no job has said so yet
	expectCode(t, smaller(9), "space_in_use")
	if err := smaller(10); err != nil {
		t.Errorf("only 10 are there: %v", err)
	}
}

func TestAnImportTakesNoBookedSpaceAway(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(premises("v"))
	ctx := context.Background()
	b := w.reserve(resident(1), booking.Request{Venue: "v", Space: "r1", Start: w.at(today.Add(1), 9, 0), End: w.at(today.Add(1), 10, 0)})
	only := func(dry bool) error {
		report, err := w.venues.Import(ctx, system, map[string]io.Reader{
			"spaces.csv": strings.NewReader("venue,id,name,type,seats\nv,r2,r2,room,12\n"),
		}, dry)
		if err != nil && (len(report.Faults) != 1 || report.Faults[0].Line != 2 || len(report.Venues) > 0) {
			t.Errorf("reported is %+v", report)
		}
		return err
	}
	expectCode(t, only(true), "space_in_use")
	expectCode(t, only(false), "space_in_use")
	if v, err := w.venues.Get(ctx, "v"); err != nil || len(v.Spaces) != 7 {
		t.Fatalf("the import left %d spaces, %v", len(v.Spaces), err)
	}
	if _, err := w.desk.Cancel(ctx, resident(1), b.ID, ""); err != nil {
		t.Fatal(err)
	}
	for _, dry := range []bool{true, false} {
		if err := only(dry); err != nil {
			t.Error(err)
		}
		if v, err := w.venues.Get(ctx, "v"); err != nil || len(v.Spaces) != map[bool]int{true: 7, false: 1}[dry] {
			t.Errorf("after an import, dry %t, there are %d spaces, %v", dry, len(v.Spaces), err)
		}
	}
	w.verify()
}
