package booking_test

import (
	"testing"
	"time"

	"wenguan/models/booking"
	"wenguan/models/rule"
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
