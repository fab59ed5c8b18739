package booking_test

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"wenguan/models/account"
	"wenguan/models/audit"
	"wenguan/models/booking"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/ledger"
	"wenguan/models/notice"
	"wenguan/models/pass"
	"wenguan/models/store"
	"wenguan/models/venue"
)

// clock is the time of a test; it only moves when the test moves it.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}

func (c *clock) Add(d time.Duration) { c.Set(c.Now().Add(d)) }

// world is a desk with its neighbours on a store of its own.
type world struct {
	t      testing.TB
	store  store.Store
	clock  *clock
	venues *venue.Catalog
	people *account.Directory
	passes *pass.Office
	desk   *booking.Desk
	zone   *time.Location
}

var system = account.Actor{System: true}

// Tuesday, one day before the days most tests book.
var today = civil.NewDate(2026, time.November, 24)

func collections() []store.Collection {
	var all []store.Collection
	for _, of := range [][]store.Collection{
		audit.Collections(), venue.Collections(), account.Collections(), notice.Collections(), pass.Collections(), ledger.Collections(), booking.Collections(),
	} {
		all = append(all, of...)
	}
	return all
}

// newWorld opens at eight in the morning of today in Shanghai.
func newWorld(t testing.TB, wrap ...func(store.Store) store.Store) *world {
	t.Helper()
	opened, err := store.OpenEmbedded(filepath.Join(t.TempDir(), "wenguan.db"), store.EmbeddedOptions{NoSync: true}, collections())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := opened.Close(); err != nil {
			t.Error(err)
		}
	})
	var st store.Store = opened
	for _, by := range wrap {
		st = by(st)
	}
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, store: st, zone: zone, clock: &clock{now: today.At(8*60, zone)}}
	outbox := notice.New(st, notice.Senders{}, slog.New(slog.DiscardHandler), w.clock.Now)
	w.venues = venue.New(st, w.clock.Now)
	w.people = account.New(st, outbox, w.clock.Now)
	w.passes = pass.New(st, w.clock.Now, "test")
	if err := w.passes.EnsureKeys(context.Background()); err != nil {
		t.Fatal(err)
	}
	w.desk = booking.New(st, booking.Deps{Venues: w.venues, Accounts: w.people, Passes: w.passes, Notices: outbox}, w.clock.Now)
	return w
}

// at is the wall clock of the world on a date.
func (w *world) at(date civil.Date, hour, minute int) time.Time {
	return date.At(civil.TimeOfDay(hour*60+minute), w.zone)
}

// save makes the venue.
func (w *world) save(v *venue.Venue) *venue.Venue {
	w.t.Helper()
	saved, err := w.venues.Save(context.Background(), system, v)
	if err != nil {
		w.t.Fatalf("save venue: %v", err)
	}
	return saved
}

func resident(n int) account.Actor {
	return account.Actor{ID: fmt.Sprintf("resident-%04d", n), Kind: account.Person, Name: "王小明", Group: account.Residents, Language: "zh-CN"}
}

func staff(role account.Role, venues ...string) account.Actor {
	return account.Actor{ID: "staff-" + string(role), Kind: account.Person, Name: "李", Grants: []account.Grant{{Role: role, Venues: venues}}}
}

// readingRoom has a group "room" of n seats s01, s02, …; open 08:00 to 21:00 every day.
func readingRoom(id string, n int) *venue.Venue {
	v := blank(id, venue.ReadingRoom)
	group := venue.Space{ID: "room", Name: venue.Text{ZH: "阅览室"}, Type: venue.Seat, Allocation: venue.AnyOf, Seats: int32(n), Bookable: true}
	var seats []venue.Space
	for i := range n {
		seat := fmt.Sprintf("s%02d", i+1)
		v.Atoms = append(v.Atoms, venue.Atom{ID: seat, Capacity: 1})
		group.Atoms = append(group.Atoms, seat)
		seats = append(seats, venue.Space{
			ID: seat, Parent: "room", Name: venue.Text{ZH: "座位" + seat}, Type: venue.Seat,
			Allocation: venue.Exclusive, Atoms: []string{seat}, Seats: 1, Bookable: true,
		})
	}
	v.Spaces = append([]venue.Space{group}, seats...)
	return v
}

// premises has a hall that divides into room-a and room-b, more rooms r1 to r3, and a square for 50 people.
func premises(id string) *venue.Venue {
	v := blank(id, venue.IdleVenue)
	room := func(id string, t venue.SpaceType, seats int32, atoms ...string) venue.Space {
		return venue.Space{ID: id, Name: venue.Text{ZH: id, EN: id}, Type: t, Allocation: venue.Exclusive, Atoms: atoms, Seats: seats, Bookable: true}
	}
	for _, a := range []string{"a", "b", "r1", "r2", "r3"} {
		v.Atoms = append(v.Atoms, venue.Atom{ID: a, Capacity: 1})
	}
	v.Atoms = append(v.Atoms, venue.Atom{ID: "square", Capacity: 50})
	v.Spaces = []venue.Space{
		room("hall", venue.Hall, 80, "a", "b"),
		room("room-a", venue.Room, 40, "a"), room("room-b", venue.Room, 40, "b"),
		room("r1", venue.Room, 12, "r1"), room("r2", venue.Room, 12, "r2"), room("r3", venue.Room, 12, "r3"),
		{ID: "square", Name: venue.Text{ZH: "广场"}, Type: venue.OpenArea, Allocation: venue.Shared, Atoms: []string{"square"}, Seats: 50, Bookable: true},
	}
	return v
}

func blank(id string, kind venue.Kind) *venue.Venue {
	v := &venue.Venue{
		ID: id, Kind: kind, Name: venue.Text{ZH: "清芬书屋", EN: "Qingfen Reading Room"}, Area: "城东", Address: venue.Text{ZH: "文化路1号"},
		Zone: "Asia/Shanghai", Rules: venue.DefaultRules(),
		OnHoliday: venue.HolidayHours{OnHoliday: venue.SameAsWeekday, OnMakeUp: venue.SameAsWeekday},
	}
	for i := range v.Hours {
		v.Hours[i] = []civil.Interval{{Start: 8 * 60, End: 21 * 60}}
	}
	return v
}

// verify holds the whole store against the invariants.
func (w *world) verify() {
	w.t.Helper()
	if err := booking.Verify(context.Background(), w.store); err != nil {
		w.t.Fatalf("the store does not hold:\n%v", err)
	}
}

// reserve books or fails the test.
func (w *world) reserve(actor account.Actor, r booking.Request) booking.Booking {
	w.t.Helper()
	if r.Party == 0 {
		r.Party = 1
	}
	b, err := w.desk.Reserve(context.Background(), actor, r)
	if err != nil {
		w.t.Fatalf("reserve %+v: %v", r, err)
	}
	return b
}

// expectCode fails the test unless err has the code.
func expectCode(t testing.TB, err error, code string) *fault.Error {
	t.Helper()
	if fault.CodeOf(err) != code {
		t.Fatalf("got %v (code %q), want code %q", err, fault.CodeOf(err), code)
	}
	e, _ := err.(*fault.Error)
	return e
}
