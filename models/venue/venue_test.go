package venue_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"wenguan/models/account"
	"wenguan/models/audit"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/store"
	"wenguan/models/venue"
)

var (
	administrator = account.Actor{ID: "admin", Grants: []account.Grant{{Role: account.Administrator}}}
	managerOfRoom = account.Actor{ID: "manager", Grants: []account.Grant{{Role: account.Manager, Venues: []string{"qingfen"}}}}
	resident      = account.Actor{ID: "resident"}

	noon = time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)
)

// opened is a catalog over a throw-away store.
func opened(t testing.TB) (*venue.Catalog, store.Store) {
	t.Helper()
	st, err := store.OpenEmbedded(filepath.Join(t.TempDir(), "test.db"), store.EmbeddedOptions{NoSync: true}, slices.Concat(audit.Collections(), venue.Collections()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	return venue.New(st, func() time.Time { return noon }), st
}

func day(s string) civil.Date {
	d, err := civil.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// hours reads "08:00-12:00" and the like.
func hours(spans ...string) []civil.Interval {
	var out []civil.Interval
	for _, s := range spans {
		var i civil.Interval
		if i.Start.UnmarshalText([]byte(s[:5])) != nil || i.End.UnmarshalText([]byte(s[6:])) != nil {
			panic(s)
		}
		out = append(out, i)
	}
	return out
}

// room is a valid reading room: a group of four seats, open all week but Monday.
func room(id string) *venue.Venue {
	v := &venue.Venue{
		ID: id, Kind: venue.ReadingRoom, Zone: "Asia/Shanghai", Area: "城北街道",
		Name:    venue.Text{ZH: "清芬书屋", EN: "Qingfen Reading Room"},
		Address: venue.Text{ZH: "城北街道 12 号", EN: "12 Chengbei Street"},
		Rules:   venue.DefaultRules(),
		OnHoliday: venue.HolidayHours{
			OnHoliday: venue.SameAsWeekday, OnMakeUp: venue.AsWorkday,
		},
	}
	group := venue.Space{
		ID: "seats", Name: venue.Text{ZH: "阅览座位"}, Type: venue.Seat, Allocation: venue.AnyOf, Seats: 4, Bookable: true,
	}
	for i := range 4 {
		seat := fmt.Sprintf("A-%02d", i+1)
		v.Atoms = append(v.Atoms, venue.Atom{ID: seat, Capacity: 1})
		group.Atoms = append(group.Atoms, seat)
		v.Spaces = append(v.Spaces, venue.Space{
			ID: seat, Parent: "seats", Name: venue.Text{ZH: seat}, Type: venue.Seat,
			Allocation: venue.Exclusive, Atoms: []string{seat}, Seats: 1, Bookable: true,
		})
	}
	v.Spaces = append(v.Spaces, group)
	for wd := range v.Hours {
		if time.Weekday(wd) != time.Monday {
			v.Hours[wd] = hours("08:30-12:00", "14:00-18:00")
		}
	}
	return v
}

func saved(t testing.TB, c *venue.Catalog, v *venue.Venue) *venue.Venue {
	t.Helper()
	out, err := c.Save(t.Context(), administrator, v)
	if err != nil {
		t.Fatalf("save %s: %v (%v)", v.ID, err, err)
	}
	return out
}

func wantFault(t testing.TB, err error, kind fault.Kind, code string) {
	t.Helper()
	if fault.KindOf(err) != kind || fault.CodeOf(err) != code {
		t.Errorf("got %q %q (%v), want %q %q", fault.KindOf(err), fault.CodeOf(err), err, kind, code)
	}
}
