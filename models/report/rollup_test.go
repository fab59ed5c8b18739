package report_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/fault"
	"wenguan/models/ledger"
	"wenguan/models/report"
	"wenguan/models/store"
)

func TestALateChangeIsRolledUpTheNextNightInEveryInstance(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	other := report.New(w.store, w.venues, w.desk, w.clock)
	li := w.person(t, "Li", account.Residents)
	w.exhibits(t, "hotel")
	w.at(2, 12, 0)
	b := w.reserve(t, li, "hotel", "hall", 3, 15, 24+17)
	w.at(4, 2, 10)
	if err := w.bureau.Nightly(t.Context(), november(3)); err != nil {
		t.Fatal(err)
	}
	for _, bureau := range []*report.Bureau{w.bureau, other} {
		if s := w.query(t, bureau, 1, 3); s.Total.Booked != 120 || s.Total.People != 0 {
			t.Errorf("before: %+v", s.Total)
		}
	}
	w.at(4, 9, 0)
	w.checkIn(t, b) // on the second day of the booking, which began on one that is rolled up
	w.at(5, 2, 10)
	if err := w.bureau.Nightly(t.Context(), november(4)); err != nil {
		t.Fatal(err)
	}
	for i, bureau := range []*report.Bureau{w.bureau, other} {
		if s := w.query(t, bureau, 1, 3); s.Total.People != 2 {
			t.Errorf("instance %d still says %+v", i, s.Total)
		}
	}
	err := w.store.View(t.Context(), func(tx store.Tx) error {
		dirty, err := ledger.DirtyDays(tx, november(30))
		if len(dirty) > 0 {
			t.Errorf("still dirty: %+v", dirty)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestWhoStayedAwayIsCountedSoWhetherTheSweepHasRunOrNot(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.at(2, 12, 0)
	w.reserve(t, w.person(t, "Li", account.Residents), "hotel", "hall", 3, 15, 17)
	w.at(3, 15, 15)
	today := w.query(t, w.bureau, 1, 3)
	w.at(4, 2, 10)
	for _, swept := range []bool{false, true} {
		if swept {
			w.sweep(t)
		}
		if err := w.bureau.Nightly(t.Context(), november(3)); err != nil {
			t.Fatal(err)
		}
		if s := w.query(t, w.bureau, 1, 3); s.Total.NoShows != 1 || s.Total.Released != 105 || s.Total != today.Total {
			t.Errorf("swept %t: %+v, and the day before %+v", swept, s.Total, today.Total)
		}
	}
}

func TestTodayIsLiveInEveryInstanceAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	other := report.New(w.store, w.venues, w.desk, w.clock)
	li := w.person(t, "Li", account.Residents)
	w.at(3, 9, 50)
	if s := w.query(t, other, 1, 30); s.Total.Booked != 0 || s.Total.Offered != 3*480 {
		t.Errorf("nothing booked yet: %+v", s.Total)
	}
	b := w.reserve(t, li, "hotel", "hall", 3, 10, 12)
	if s := w.query(t, other, 1, 30); s.Total.Booked != 120 || s.Total.Attended != 0 {
		t.Errorf("booked: %+v", s.Total)
	}
	w.checkIn(t, b)
	if s := w.query(t, other, 1, 30); s.Total.People != 2 || s.Total.Attended != 0 {
		t.Errorf("checked in before the start: %+v", s.Total)
	}
	w.at(3, 10, 45)
	if s := w.query(t, other, 1, 30); s.Total.Attended != 45 {
		t.Errorf("after three quarters of an hour: %+v", s.Total)
	}
}

func TestYesterdayCountsUntilItIsRolledUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.tellStory(t)
	w.at(4, 0, 30)
	want := storyTotal
	want.Offered *= 2 // and today
	if diff := cmp.Diff(want, w.query(t, w.bureau, 3, 4).Total); diff != "" {
		t.Errorf("half past midnight (-want +got):\n%s", diff)
	}
	if err := w.bureau.RollUp(t.Context(), "reading-room", november(3)); err != nil { // one of the two
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, w.query(t, w.bureau, 3, 4).Total); diff != "" {
		t.Errorf("half rolled up (-want +got):\n%s", diff)
	}
}

func TestNightlyReachesEveryDayOfAVenueFurtherWest(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.openIn(t, "America/Los_Angeles", "west", "hall")
	for day := 3; day <= 8; day++ {
		w.at(day+1, 2, 10) // in the morning of the day itself, there
		if err := w.bureau.Nightly(t.Context(), november(day)); err != nil {
			t.Fatal(err)
		}
	}
	w.at(20, 12, 0)
	for id, days := range map[string]int64{"west": 5, "hotel": 6} { // there the 8th is not over yet on the last night
		s, err := w.bureau.Query(t.Context(), system, report.Query{From: november(2), To: november(10), Venue: id})
		if err != nil {
			t.Fatal(err)
		}
		if s.Total.Offered != days*480 {
			t.Errorf("%s offered %d, want %d days", id, s.Total.Offered, days)
		}
	}
}

func TestADayThatIsNotOverIsNotRolledUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.at(3, 12, 0)
	if err := w.bureau.Range(t.Context(), november(3), november(9)); err != nil {
		t.Fatal(err)
	}
	if s := w.query(t, w.bureau, 1, 30); s.Total.Offered != 3*480 {
		t.Errorf("offered %d, want today only", s.Total.Offered)
	}
}

func TestWhatWasAskedForAndNotServedIsCounted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	li, wang := w.person(t, "Li", account.Residents), w.person(t, "Wang", account.Residents)
	w.at(3, 9, 50)
	w.reserve(t, li, "hotel", "hall", 3, 10, 12)
	refused := func(from, to int, code string) {
		t.Helper()
		_, err := w.desk.Reserve(t.Context(), wang, booking.Request{
			Venue: "hotel", Space: "hall", Party: 2,
			Start: time.Date(2026, 11, 3, from, 0, 0, 0, zone), End: time.Date(2026, 11, 3, to, 0, 0, 0, zone),
		})
		if fault.CodeOf(err) != code {
			t.Fatalf("from %d to %d: %v", from, to, err)
		}
	}
	refused(10, 11, "space_taken")
	refused(11, 12, "space_taken")
	refused(7, 9, "in_past") // nobody can be helped with that
	refused(10, 22, "rule_longest")
	if _, err := w.desk.WriteUnmet(t.Context()); err != nil {
		t.Fatal(err)
	}
	counted := func(when string) {
		t.Helper()
		if s := w.query(t, w.bureau, 1, 30); s.Total.Full != 2 || s.Total.Refused != 1 {
			t.Errorf("%s: %+v", when, s.Total)
		}
	}
	counted("today")
	w.at(4, 2, 10)
	if err := w.bureau.Nightly(t.Context(), november(3)); err != nil {
		t.Fatal(err)
	}
	counted("once it is rolled up")
}
