package report_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wenguan/models/account"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/report"
)

func TestASummaryCountsWhatHappened(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.tellStory(t)
	live := w.query(t, w.bureau, 3, 3)
	if diff := cmp.Diff(storyTotal, live.Total); diff != "" {
		t.Errorf("the same evening (-want +got):\n%s", diff)
	}
	w.at(4, 2, 10)
	if err := w.bureau.Nightly(t.Context(), november(3)); err != nil {
		t.Fatal(err)
	}
	rolled := w.query(t, w.bureau, 3, 3)
	if rolled.Tag == live.Tag {
		t.Error("the tag stayed the same over a roll-up")
	}
	if evening, night := live.ComputedAt.Format("2 15:04"), rolled.ComputedAt.Format("2 15:04"); evening == night || night != "4 02:10" {
		t.Errorf("computed in the evening at %s, by the nightly job at %s", evening, night)
	}
	w.at(4, 9, 0)
	if month := w.query(t, w.bureau, 1, 3); !month.ComputedAt.Equal(rolled.ComputedAt) {
		t.Errorf("the month up to yesterday was computed at %s", month.ComputedAt)
	}
	rolled.Tag, live.Tag, rolled.ComputedAt, live.ComputedAt = "", "", time.Time{}, time.Time{}
	if diff := cmp.Diff(live, rolled); diff != "" {
		t.Errorf("rolled up (-live +rolled):\n%s", diff)
	}
	want := []report.GroupMeasure{
		{Group: account.Elders, Measures: report.Measures{Booked: 240, Attended: 115, Released: 120, Bookings: 2, People: 2, Cancelled: 2}},
		{Group: account.Residents, Measures: report.Measures{Booked: 300, Attended: 175, Released: 225, Reused: 120, Bookings: 2,
			People: 2, NoShows: 1}},
	}
	if diff := cmp.Diff(want, rolled.Groups); diff != "" {
		t.Errorf("groups (-want +got):\n%s", diff)
	}
	ten := report.Measures{Offered: 180, Booked: 120, Attended: 110, Released: 60, Reused: 60, Bookings: 2, People: 4}
	if diff := cmp.Diff(report.HourMeasure{Hour: 10, Measures: ten}, rolled.Hours[10]); diff != "" {
		t.Errorf("ten o'clock (-want +got):\n%s", diff)
	}
}

func TestDaysWithoutBookingsAreOfferedAndClosedDaysAreNot(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.at(15, 12, 0)
	if err := w.bureau.Range(t.Context(), november(2), november(8)); err != nil { // Monday to Sunday
		t.Fatal(err)
	}
	s := w.query(t, w.bureau, 2, 8)
	if diff := cmp.Diff(report.Measures{Offered: 6 * 3 * 480}, s.Total); diff != "" {
		t.Errorf("total (-want +got):\n%s", diff)
	}
	if !s.Periods[0].Measures.Zero() || s.Periods[1].Measures.Offered != 3*480 {
		t.Errorf("periods %+v", s.Periods)
	}
}

func TestEveryCutOfAYearAddsUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.tellStory(t)
	w.now = time.Date(2027, 2, 10, 12, 0, 0, 0, zone)
	first, last := civil.NewDate(2026, 9, 20), civil.NewDate(2027, 2, 9)
	if err := w.bureau.Range(t.Context(), first, last); err != nil {
		t.Fatal(err)
	}
	for _, cut := range []struct{ from, to civil.Date }{
		{first, last}, {november(1), november(30)}, {november(2), november(30)}, {november(1), november(29)}, {november(3), november(3)},
		{civil.NewDate(2026, 10, 15), november(3)}, {november(3), civil.NewDate(2026, 12, 31)}, {november(3), last + 1},
	} {
		for _, by := range []report.Period{report.Day, report.Week, report.Month} {
			for _, id := range []string{"", "reading-room"} {
				s, err := w.bureau.Query(t.Context(), system, report.Query{From: cut.from, To: cut.to, By: by, Venue: id})
				if err != nil {
					t.Fatal(err)
				}
				var periods, venues, hours report.Measures
				for _, p := range s.Periods {
					periods = periods.Plus(p.Measures)
				}
				for _, v := range s.Venues {
					venues = venues.Plus(v.Measures)
				}
				for _, h := range s.Hours {
					hours = hours.Plus(h.Measures)
				}
				days := 0 // open ones
				for d := cut.from; d <= cut.to; d++ {
					if d.Weekday() != time.Monday {
						days++
					}
				}
				units := map[string]int{"": 3, "reading-room": 2}[id]
				if want := int64(days * units * 480); s.Total.Offered != want {
					t.Errorf("%s-%s %s %q: offered %d, want %d", cut.from, cut.to, by, id, s.Total.Offered, want)
				}
				if periods != s.Total || venues != s.Total || hours != s.Total || s.Total.NoShows != 1 {
					t.Errorf("%s-%s %s %q does not add up: %+v", cut.from, cut.to, by, id, s)
				}
			}
		}
	}
}

func TestAClockThatWentBackMakesNoDifferenceToDaysThatAreOver(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.at(20, 12, 0)
	if err := w.bureau.Range(t.Context(), november(1), november(19)); err != nil {
		t.Fatal(err)
	}
	w.at(11, 12, 0)
	if s := w.query(t, w.bureau, 1, 8); s.Total.Offered != 7*3*480 {
		t.Errorf("offered %d", s.Total.Offered)
	}
	if s := w.query(t, w.bureau, 1, 12); s.Total.Offered != 10*3*480 {
		t.Errorf("with today and tomorrow offered %d", s.Total.Offered)
	}
}

func TestSummariesAreWrittenOnceAndFollowLateChanges(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.tellStory(t)
	if err := w.bureau.WriteSummaries(t.Context(), report.Week, november(3)); fault.CodeOf(err) != "period_not_over" {
		t.Errorf("a week that is not over: %v", err)
	}
	w.at(9, 3, 0)
	if err := w.bureau.Range(t.Context(), november(2), november(8)); err != nil {
		t.Fatal(err)
	}
	read := func() []report.Written {
		t.Helper()
		list, err := w.bureau.ReadWritten(t.Context(), system, report.Week, november(5))
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	for range 2 {
		if err := w.bureau.WriteSummaries(t.Context(), report.Week, november(4)); err != nil {
			t.Fatal(err)
		}
		w.at(9, 3, 5)
	}
	before := read()
	if len(before) != 3 || before[0].Venue != "" || before[0].Figures.Total.Booked != storyTotal.Booked ||
		before[0].WrittenAt.Minute() != 0 {
		t.Fatalf("written %+v", before)
	}
	w.open(t, "new-hall", "hall") // and the days before are rolled up with it
	if err := w.bureau.Range(t.Context(), november(2), november(8)); err != nil {
		t.Fatal(err)
	}
	after := read()
	if len(after) != 4 || after[0].Figures.Total.Offered != 6*4*480 {
		t.Errorf("after a late change %+v", after)
	}
}

func TestManagersSeeTheirVenuesOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.tellStory(t)
	manager := w.person(t, "Manager", "", account.Grant{Role: account.Manager, Venues: []string{"hotel"}})
	admin := w.person(t, "Admin", "", account.Grant{Role: account.Administrator})
	attendant := w.person(t, "Attendant", "", account.Grant{Role: account.Attendant, Venues: []string{"hotel"}})
	q := report.Query{From: november(3), To: november(3)}
	for name, c := range map[string]struct {
		actor  account.Actor
		venue  string
		code   string
		venues []string
	}{
		"administrator":             {admin, "", "", []string{"hotel", "reading-room"}},
		"manager":                   {manager, "", "", []string{"hotel"}},
		"manager, own venue":        {manager, "hotel", "", []string{"hotel"}},
		"manager, another's venue":  {manager, "reading-room", "not_permitted", nil},
		"attendant":                 {attendant, "", "not_permitted", nil},
		"nobody":                    {account.Actor{}, "", "sign_in_needed", nil},
		"administrator, no such":    {admin, "nowhere", "venue_not_found", nil},
		"manager again, from cache": {manager, "", "", []string{"hotel"}},
	} {
		q.Venue = c.venue
		s, err := w.bureau.Query(t.Context(), c.actor, q)
		if fault.CodeOf(err) != c.code {
			t.Errorf("%s: %v", name, err)
		}
		var got []string
		var sum report.Measures
		for _, v := range s.Venues {
			got, sum = append(got, v.ID), sum.Plus(v.Measures)
		}
		if !slices.Equal(got, c.venues) || sum != s.Total {
			t.Errorf("%s sees %v, %+v of %+v", name, got, sum, s.Total)
		}
	}
}

func TestImpossibleRangesAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for code, q := range map[string]report.Query{
		"range_backwards": {From: november(2), To: november(1)},
		"range_too_long":  {From: november(2), To: november(2).Add(4000)},
		"period_unknown":  {From: november(1), To: november(2), By: "fortnight"},
	} {
		if _, err := w.bureau.Query(t.Context(), system, q); fault.CodeOf(err) != code {
			t.Errorf("want %s, got %v", code, err)
		}
	}
	if err := w.bureau.Range(t.Context(), november(2), november(1)); fault.CodeOf(err) != "range_backwards" {
		t.Errorf("range backwards: %v", err)
	}
}

func TestANewNameIsInTheNextAnswer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.at(10, 12, 0)
	before := w.query(t, w.bureau, 1, 5)
	v, err := w.venues.Get(t.Context(), "hotel")
	if err != nil {
		t.Fatal(err)
	}
	renamed := *v
	renamed.Name.ZH = "新名"
	if _, err := w.venues.Save(t.Context(), system, &renamed); err != nil {
		t.Fatal(err)
	}
	after := w.query(t, w.bureau, 1, 5)
	if after.Venues[0].Name.ZH != "新名" || after.Tag == before.Tag {
		t.Errorf("%+v, tag %s before %s", after.Venues[0], after.Tag, before.Tag)
	}
}
