package booking_test

import (
	"testing"
	"time"

	"wenguan/models/booking"
	"wenguan/models/civil"
	"wenguan/models/rule"
	"wenguan/models/venue"
)

// codes gives the library's seats s01 and s02 their codes; places are left for 30 minutes and reported for 20.
func codes(t *testing.T, w *world) map[string]string {
	t.Helper()
	v := readingRoom("library", 2)
	v.Rules.Leave, v.Rules.Report = 30, 20
	w.save(v)
	list, err := w.desk.MakeSeatCodes(t.Context(), system, "library", "")
	if err != nil || len(list) != 2 {
		t.Fatalf("codes %v %v", list, err)
	}
	return map[string]string{list[0].Space: list[0].ID, list[1].Space: list[1].ID}
}

func (w *world) shows(code string, want booking.Presence) booking.AtCode {
	w.t.Helper()
	at, err := w.desk.AtCode(w.t.Context(), resident(9), code, "")
	if err != nil || at.State != want {
		w.t.Fatalf("the code shows %q, not %q: %v", at.State, want, err)
	}
	return at
}

func TestTheCodeOfASeatShowsHowItStandsAndAttends(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	code := codes(t, w)["s01"]
	offer := w.shows(code, booking.PlaceFree).Offer
	want := booking.Request{Start: offer.Start, End: offer.Ends[3], Party: 1, Key: "k"}
	b, err := w.desk.BookHere(t.Context(), resident(1), code, want)
	if err != nil || b.State != booking.CheckedIn {
		t.Fatalf("booked on the spot: %s %v", b.State, err)
	}
	if again, err := w.desk.BookHere(t.Context(), resident(1), code, want); err != nil || again.ID != b.ID {
		t.Errorf("the same tap again: %v %v", again.ID, err)
	}
	if at := w.shows(code, booking.PlaceInUse); !at.Report || len(at.Mine) != 0 {
		t.Errorf("a stranger sees %+v", at)
	}
	for _, step := range []struct {
		do   booking.SpotVerb
		want booking.Presence
	}{{booking.SpotLeave, booking.PlaceAway}, {booking.SpotReturn, booking.PlaceInUse}, {booking.SpotCheckOut, booking.PlaceFree}} {
		for range 2 { // every verb may be repeated
			if _, err := w.desk.AtSpot(t.Context(), resident(1), code, "", step.do); err != nil {
				t.Fatalf("%s: %v", step.do, err)
			}
		}
		w.shows(code, step.want)
	}
	_, err = w.desk.AtSpot(t.Context(), resident(2), code, "", booking.SpotCheckIn)
	expectCode(t, err, "nothing_booked_here")
	_, err = w.desk.AtSpot(t.Context(), resident(2), code, "", booking.SpotReport)
	expectCode(t, err, "nobody_here")
	w.verify()
}

func TestAReportRunsOutForTheNextReaderBeforeAnyJob(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	code := codes(t, w)["s01"]
	offer := w.shows(code, booking.PlaceFree).Offer
	b, err := w.desk.BookHere(t.Context(), resident(1), code, booking.Request{Start: offer.Start, End: offer.Ends[5], Party: 1})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.desk.AtSpot(t.Context(), resident(2), code, "", booking.SpotReport); err != nil {
		t.Fatal(err)
	}
	w.shows(code, booking.PlaceReported)
	w.clock.Add(40 * time.Minute) // late, and no job has run
	at := w.shows(code, booking.PlaceFree)
	if _, err := w.desk.BookHere(t.Context(), resident(3), code, booking.Request{Start: at.Offer.Start, End: at.Offer.Ends[0], Party: 1}); err != nil {
		t.Errorf("the next reader books: %v", err)
	}
	for range 2 {
		if _, _, err := w.desk.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	over, err := w.desk.Get(t.Context(), resident(1), b.ID)
	if err != nil || over.State != booking.Completed || over.Violation != rule.ReportedAway || !over.ReleasedAt.Equal(b.Start.Add(20*time.Minute)) {
		t.Errorf("reported and not back: %s %s %v %v", over.State, over.Violation, over.ReleasedAt, err)
	}
	w.verify()
}

// code is the code of a space of the venue.
func (w *world) code(venueID, space string) string {
	w.t.Helper()
	list, err := w.desk.MakeSeatCodes(w.t.Context(), system, venueID, "")
	if err != nil {
		w.t.Fatal(err)
	}
	for _, c := range list {
		if c.Space == space {
			return c.ID
		}
	}
	w.t.Fatalf("%s has no code", space)
	return ""
}

func TestAFreePlaceIsOfferedFromTheRunningStepOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	code := codes(t, w)["s01"]
	w.clock.Set(w.at(today, 9, 3))
	offer := w.shows(code, booking.PlaceFree).Offer
	if _, err := w.desk.BookHere(t.Context(), resident(1), code, booking.Request{Start: offer.Start, End: offer.Ends[2], Party: 1}); err != nil {
		t.Fatal(err)
	}
	for n, minute := range []int{14, 15, 16} { // three people after each other, all within one step
		w.clock.Set(w.at(today, 9, minute).Add(40 * time.Second))
		if _, err := w.desk.AtSpot(t.Context(), resident(n+1), code, "", booking.SpotCheckOut); err != nil {
			t.Fatal(err)
		}
		offer := w.shows(code, booking.PlaceFree).Offer
		if !offer.Start.Equal(w.at(today, 9, 0)) {
			t.Fatalf("the offer begins at %s", offer.Start.In(w.zone))
		}
		b, err := w.desk.BookHere(t.Context(), resident(n+2), code, booking.Request{Start: offer.Start, End: offer.Ends[2], Party: 1})
		if err != nil || b.State != booking.CheckedIn || !b.HeldFrom().Equal(w.at(today, 9, minute)) {
			t.Fatalf("%s from %s: %v", b.State, b.HeldFrom().In(w.zone), err)
		}
		w.shows(code, booking.PlaceInUse)
	}
	w.verify()
}

func TestWhoLeavesAfterMidnightChecksOutByTheCode(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := readingRoom("v", 2)
	v.Rules.CheckOut, v.Rules.CheckOutGrace = true, 10
	for i := range v.Hours {
		v.Hours[i] = []civil.Interval{{Start: 0, End: civil.DayEnd}}
	}
	w.save(v)
	code := w.code("v", "s01")
	b := w.reserve(resident(1), booking.Request{Venue: "v", Space: "s01", Start: w.at(today, 22, 0), End: w.at(today+1, 0, 0)})
	w.clock.Set(w.at(today, 22, 0))
	if _, err := w.desk.AtSpot(t.Context(), resident(1), code, "", booking.SpotCheckIn); err != nil {
		t.Fatal(err)
	}
	w.clock.Set(w.at(today+1, 0, 10))
	w.shows(code, booking.PlaceFree)
	if at, err := w.desk.AtCode(t.Context(), resident(1), code, ""); err != nil || len(at.Mine) != 1 || at.Mine[0].ID != b.ID {
		t.Errorf("their visit is not shown: %v %v", at.Mine, err)
	}
	if out, err := w.desk.AtSpot(t.Context(), resident(1), code, "", booking.SpotCheckOut); err != nil || out.Violation != "" {
		t.Errorf("checked out in time: %q %v", out.Violation, err)
	}
	w.verify()
}

func TestTheTimeKeptFreeAroundABookingIsNobodysAndNotFree(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := premises("v")
	v.Rules.BufferBefore, v.Rules.BufferAfter = 10, 20
	w.save(v)
	code := w.code("v", "r1")
	b := w.reserve(resident(1), booking.Request{Venue: "v", Space: "r1", Start: w.at(today, 10, 0), End: w.at(today, 11, 0)})
	w.clock.Set(w.at(today, 9, 49))
	w.shows(code, booking.PlaceFree)
	w.clock.Set(w.at(today, 9, 50))
	if at := w.shows(code, booking.PlaceKept); !at.Until.Equal(w.at(today, 10, 0)) {
		t.Errorf("before the booking it is kept until %v", at.Until)
	}
	if _, err := w.desk.CheckIn(t.Context(), system, booking.CheckInRequest{Venue: "v", Number: b.Number}); err != nil {
		t.Fatal(err)
	}
	w.clock.Set(w.at(today, 10, 0))
	w.shows(code, booking.PlaceInUse)
	w.clock.Set(w.at(today, 10, 40).Add(30 * time.Second))
	if _, err := w.desk.CheckOut(t.Context(), resident(1), b.ID); err != nil {
		t.Fatal(err)
	}
	at := w.shows(code, booking.PlaceKept)
	if !at.Until.Equal(w.at(today, 11, 0)) || !at.Offer.Start.Equal(w.at(today, 11, 0)) {
		t.Errorf("after the booking it is kept until %v and offered from %v", at.Until, at.Offer.Start)
	}
	w.clock.Set(*at.Until)
	offer := w.shows(code, booking.PlaceFree).Offer
	if _, err := w.desk.BookHere(t.Context(), resident(2), code, booking.Request{Start: offer.Start, End: offer.Ends[0], Party: 1}); err != nil {
		t.Error(err)
	}
	w.verify()
}

// A booking of all of a shared place leaves no room in it, though it counts no units.
func TestASharedPlaceThatIsWhollyTakenIsInUse(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := premises("v")
	square, _ := v.FindSpace("square")
	whole := *square
	whole.ID, whole.Allocation = "whole", venue.Exclusive
	v.Spaces = append(v.Spaces, whole)
	w.save(v)
	code := w.code("v", "square")
	w.reserve(resident(1), booking.Request{Venue: "v", Space: "square", Start: w.at(today, 9, 0), End: w.at(today, 10, 0), Party: 49})
	w.reserve(resident(2), booking.Request{Venue: "v", Space: "whole", Start: w.at(today, 10, 0), End: w.at(today, 11, 0)})
	w.clock.Set(w.at(today, 9, 5))
	w.shows(code, booking.PlaceFree)
	w.clock.Set(w.at(today, 10, 5))
	w.shows(code, booking.PlaceInUse)
	w.verify()
}

func TestARenewedCodeMakesTheOldOneWorthless(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	old := codes(t, w)["s02"]
	if _, err := w.desk.MakeSeatCodes(t.Context(), system, "library", "s02"); err != nil {
		t.Fatal(err)
	}
	_, err := w.desk.AtCode(t.Context(), resident(1), old, "")
	expectCode(t, err, "code_unknown")
}
