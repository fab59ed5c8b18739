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

	"wenguan/models/account"
	"wenguan/models/audit"
	"wenguan/models/booking"
	"wenguan/models/civil"
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
