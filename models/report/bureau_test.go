package report_test

import (
	"io"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wenguan/models/account"
	"wenguan/models/audit"
	"wenguan/models/booking"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/ledger"
	"wenguan/models/notice"
	"wenguan/models/pass"
	"wenguan/models/report"
	"wenguan/models/rule"
	"wenguan/models/store"
	"wenguan/models/venue"
)

var (
	system = account.Actor{System: true}
	zone   = time.FixedZone("CST", 8*3600)
)

// world is a reading room of two seats and a hall, open 09:00 to 17:00 but not on Mondays, on a clock the test moves.
type world struct {
	store  store.Store
	venues *venue.Catalog
	people *account.Directory
	desk   *booking.Desk
	bureau *report.Bureau

	mu  sync.Mutex
	now time.Time
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

// at moves the clock to a time of November 2026.
func (w *world) at(day, hour, minute int) time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = time.Date(2026, 11, day, hour, minute, 0, 0, zone)
	return w.now
}

func november(day int) civil.Date { return civil.NewDate(2026, 11, day) }

func newWorld(t testing.TB) *world {
	t.Helper()
	all := slices.Concat(audit.Collections(), venue.Collections(), account.Collections(), notice.Collections(), pass.Collections(),
		ledger.Collections(), booking.Collections(), report.Collections())
	st, err := store.OpenEmbedded(filepath.Join(t.TempDir(), "report.db"), store.EmbeddedOptions{NoSync: true}, all)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	w := &world{store: st}
	w.at(1, 12, 0)
	outbox := notice.New(st, notice.Senders{}, slog.New(slog.NewTextHandler(io.Discard, nil)), w.clock)
	w.venues = venue.New(st, w.clock)
	w.people = account.New(st, outbox, w.clock)
	w.desk = booking.New(st, booking.Deps{
		Venues: w.venues, Accounts: w.people, Passes: pass.New(st, w.clock, "https://report.example"), Notices: notice.Discard(),
	}, w.clock)
	w.bureau = report.New(st, w.venues, w.desk, w.clock)
	w.open(t, "reading-room", "seat-1", "seat-2")
	w.open(t, "hotel", "hall")
	return w
}

// open makes a venue of rooms, each of one unit.
func (w *world) open(t testing.TB, id string, rooms ...string) {
	t.Helper()
	w.openIn(t, "Asia/Shanghai", id, rooms...)
}

func (w *world) openIn(t testing.TB, zone, id string, rooms ...string) {
	t.Helper()
	v := &venue.Venue{
		ID: id, Kind: venue.ReadingRoom, Name: venue.Text{ZH: "场馆 " + id, EN: "Venue " + id}, Area: "青花街道",
		Address: venue.Text{ZH: "青花路1号"}, Zone: zone,
		Rules: venue.Rules{
			Opening:    rule.Opening{HorizonDays: 30},
			Shape:      rule.Shape{SlotStep: 30, Shortest: 30, Longest: 480},
			Attendance: rule.Attendance{CheckInBefore: 30, CheckInAfter: 15},
			Change:     rule.Change{CancelBefore: 60},
		},
	}
	for _, r := range rooms {
		v.Atoms = append(v.Atoms, venue.Atom{ID: r, Capacity: 1})
		v.Spaces = append(v.Spaces, venue.Space{ID: r, Name: venue.Text{ZH: r}, Type: venue.Room, Allocation: venue.Exclusive,
			Atoms: []string{r}, Seats: 4, Bookable: true})
	}
	for d := time.Tuesday; d <= time.Saturday; d++ {
		v.Hours[d] = []civil.Interval{{Start: 9 * 60, End: 17 * 60}}
	}
	v.Hours[time.Sunday] = v.Hours[time.Saturday]
	if _, err := w.venues.Save(t.Context(), system, v); err != nil {
		t.Fatal(err)
	}
}

// exhibits lets the venue be booked over night, and people come until the next morning.
func (w *world) exhibits(t testing.TB, id string) {
	t.Helper()
	v, err := w.venues.Get(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	next := *v
	next.Rules.Shortest, next.Rules.Longest, next.Rules.CheckInAfter = 24*60, 48*60, 20*60
	if _, err := w.venues.Save(t.Context(), system, &next); err != nil {
		t.Fatal(err)
	}
}

func (w *world) person(t testing.TB, name string, group account.Group, grants ...account.Grant) account.Actor {
	t.Helper()
	a, err := w.people.Create(t.Context(), system, account.Account{
		Kind: account.Person, Name: name, Email: strings.ToLower(name) + "@report.example", Group: group, Grants: grants,
	})
	if err != nil {
		t.Fatal(err)
	}
	return a.Actor()
}

// reserve books from one hour to another of the day of November.
func (w *world) reserve(t testing.TB, who account.Actor, venueID, space string, day, from, to int) booking.Booking {
	t.Helper()
	b, err := w.desk.Reserve(t.Context(), who, booking.Request{
		Venue: venueID, Space: space, Party: 2,
		Start: time.Date(2026, 11, day, from, 0, 0, 0, zone), End: time.Date(2026, 11, day, to, 0, 0, 0, zone),
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (w *world) checkIn(t testing.TB, b booking.Booking) {
	t.Helper()
	if _, err := w.desk.CheckIn(t.Context(), system, booking.CheckInRequest{Venue: b.Venue, Number: b.Number}); err != nil {
		t.Fatal(err)
	}
}

func (w *world) sweep(t testing.TB) {
	t.Helper()
	if _, _, err := w.desk.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func (w *world) query(t testing.TB, b *report.Bureau, from, to int) report.Summary {
	t.Helper()
	s, err := b.Query(t.Context(), system, report.Query{From: november(from), To: november(to)})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// tellStory lets a day with everything in it happen on Tuesday the 3rd, up to the evening.
func (w *world) tellStory(t *testing.T) {
	t.Helper()
	li, wang, elder := w.person(t, "Li", account.Residents), w.person(t, "Wang", account.Residents), w.person(t, "Elder", account.Elders)
	w.at(2, 12, 0)
	w.reserve(t, li, "reading-room", "seat-1", 3, 9, 12)
	visit := w.reserve(t, wang, "reading-room", "seat-2", 3, 10, 14)
	inTime := w.reserve(t, elder, "reading-room", "seat-1", 3, 13, 15)
	late := w.reserve(t, elder, "hotel", "hall", 3, 14, 16)
	if _, err := w.desk.Cancel(t.Context(), elder, inTime.ID, ""); err != nil {
		t.Fatal(err)
	}
	w.at(3, 9, 20)
	w.sweep(t) // Li did not come; the seat is free again from 09:15 on
	w.at(3, 9, 40)
	again := w.reserve(t, elder, "reading-room", "seat-1", 3, 10, 12)
	w.at(3, 10, 5)
	w.checkIn(t, visit)
	w.checkIn(t, again)
	w.at(3, 12, 0)
	w.sweep(t)
	w.at(3, 13, 0)
	if _, err := w.desk.CheckOut(t.Context(), wang, visit.ID); err != nil {
		t.Fatal(err)
	}
	w.at(3, 13, 30) // less than an hour ahead, so only staff can
	if _, err := w.desk.Cancel(t.Context(), system, late.ID, "power cut"); err != nil {
		t.Fatal(err)
	}
	w.at(3, 20, 0)
	w.sweep(t)
}

// storyTotal is the day of tellStory, counted by hand, in minutes. Offered: three units for eight hours. Booked: Li 180,
// of which 10:00-12:00 was booked again and counts once; Wang 240; the hall 120. Attended: Wang 10:05-13:00, Elder
// 10:05-12:00. Released: Li 09:15-12:00, Wang 13:00-14:00, the hall.
var storyTotal = report.Measures{
	Offered: 3 * 480, Booked: 180 + 240 + 120, Attended: 175 + 115, Released: 165 + 60 + 120, Reused: 120,
	Bookings: 4, People: 4, NoShows: 1, Cancelled: 2,
}

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
