package apptest

import (
	"fmt"
	"sync/atomic"

	"wenguan/models/account"
	"wenguan/models/civil"
	"wenguan/models/rule"
	"wenguan/models/venue"
)

var phones atomic.Int64

// Account makes an account with these grants and a phone number of its own.
func (h *House) Account(name string, grants ...account.Grant) account.Account {
	h.t.Helper()
	made, err := h.Accounts.Create(h.t.Context(), System, account.Account{
		Kind: account.Person, Name: name, Phone: fmt.Sprintf("+86138%08d", phones.Add(1)), Grants: grants,
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return made
}

// As signs an account in.
func (h *House) As(who account.Account) *Client {
	h.t.Helper()
	session, err := h.Accounts.MakeSession(h.t.Context(), System, who.ID)
	if err != nil {
		h.t.Fatal(err)
	}
	return h.client(session.Token, who)
}

// Resident makes a resident and signs them in.
func (h *House) Resident(name string) *Client {
	h.t.Helper()
	return h.As(h.Account(name))
}

// Staff makes somebody with a role at some venues (none: the whole district) and signs them in.
func (h *House) Staff(role account.Role, venues ...string) *Client {
	h.t.Helper()
	return h.As(h.Account("员工"+string(role), account.Grant{Role: role, Venues: venues}))
}

// ByCode signs an account in by a one-time code, as residents do: a session that carries no grant.
func (h *House) ByCode(who account.Account) *Client {
	h.t.Helper()
	if err := h.Accounts.SendCode(h.t.Context(), who.Phone, ""); err != nil {
		h.t.Fatal(err)
	}
	session, err := h.Accounts.SignIn(h.t.Context(), who.Phone, h.Code(who.Phone))
	if err != nil {
		h.t.Fatal(err)
	}
	return h.client(session.Token, who)
}

// Device makes a door, kiosk or display of a venue; it is signed in by its token.
func (h *House) Device(purpose account.Role, venue string) *Client {
	h.t.Helper()
	return h.client(h.makeDevice(purpose, venue).token, account.Account{})
}

// MakeDevice makes a device that nobody has signed in.
func (h *House) MakeDevice(purpose account.Role, venue string) account.Device {
	h.t.Helper()
	return h.makeDevice(purpose, venue).Device
}

type madeDevice struct {
	account.Device
	token string
}

func (h *House) makeDevice(purpose account.Role, venue string) madeDevice {
	h.t.Helper()
	made, token, err := h.Accounts.MakeDevice(h.t.Context(), System, venue, purpose, "设备"+string(purpose))
	if err != nil {
		h.t.Fatal(err)
	}
	return madeDevice{made, token}
}

// Organization makes the account of an organization.
func (h *House) Organization(name string) account.Account {
	h.t.Helper()
	made, err := h.Accounts.Create(h.t.Context(), System, account.Account{Kind: account.Organization, Name: name})
	if err != nil {
		h.t.Fatal(err)
	}
	return made
}

// Member makes somebody who acts for an organization and signs them in.
func (h *House) Member(role account.MemberRole, organization string) *Client {
	h.t.Helper()
	made, err := h.Accounts.Create(h.t.Context(), System, account.Account{
		Name: "成员" + string(role), Phone: fmt.Sprintf("+86138%08d", phones.Add(1)),
		Members: []account.Member{{Organization: organization, Role: role}},
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return h.As(made)
}

// Save stores a venue as the system.
func (h *House) Save(v *venue.Venue) *venue.Venue {
	h.t.Helper()
	saved, err := h.Venues.Save(h.t.Context(), System, v)
	if err != nil {
		h.t.Fatal(err)
	}
	return saved
}

// ReadingRoom makes a reading room of so many seats "s01", "s02", … in one group "seats", open every day from 08:00 to
// 22:00, bookable for two weeks in half hours of up to four hours, without further limits.
func (h *House) ReadingRoom(id string, seats int) *venue.Venue {
	h.t.Helper()
	v := Blank(id, venue.ReadingRoom)
	group := venue.Space{
		ID: "seats", Name: venue.Text{ZH: "阅览座位", EN: "Reading seats"}, Type: venue.Seat, Allocation: venue.AnyOf,
		Seats: int32(seats), Bookable: true,
	}
	v.Spaces = append(v.Spaces, group)
	for n := range seats {
		seat := fmt.Sprintf("s%02d", n+1)
		v.Atoms = append(v.Atoms, venue.Atom{ID: seat, Capacity: 1})
		v.Spaces[0].Atoms = append(v.Spaces[0].Atoms, seat)
		v.Spaces = append(v.Spaces, venue.Space{
			ID: seat, Parent: "seats", Name: venue.Text{ZH: fmt.Sprintf("%d 号座", n+1), EN: fmt.Sprintf("Seat %d", n+1)},
			Type: venue.Seat, Allocation: venue.Exclusive, Atoms: []string{seat}, Seats: 1, Bookable: true,
		})
	}
	return h.Save(v)
}

// Hotel makes an idle hotel floor with a hall that can be divided (hall = a + b) and two more rooms "c" and "d".
func (h *House) Hotel(id string) *venue.Venue {
	h.t.Helper()
	v := Blank(id, venue.IdleVenue)
	room := func(id, name, english string, seats int32, atoms ...string) venue.Space {
		return venue.Space{
			ID: id, Name: venue.Text{ZH: name, EN: english}, Type: venue.Room, Allocation: venue.Exclusive, Atoms: atoms,
			Seats: seats, Bookable: true,
		}
	}
	for _, atom := range []string{"a", "b", "c", "d"} {
		v.Atoms = append(v.Atoms, venue.Atom{ID: atom, Capacity: 1})
	}
	v.Spaces = []venue.Space{
		room("hall", "多功能厅", "Hall", 60, "a", "b"), room("a", "A 厅", "Room A", 30, "a"), room("b", "B 厅", "Room B", 30, "b"),
		room("c", "C 室", "Room C", 12, "c"), room("d", "D 室", "Room D", 12, "d"),
	}
	v.Spaces[0].Type = venue.Hall
	return h.Save(v)
}

// Square makes a square with one shared area "lawn" for so many people.
func (h *House) Square(id string, people int32) *venue.Venue {
	h.t.Helper()
	v := Blank(id, venue.Square)
	v.Atoms = []venue.Atom{{ID: "lawn", Capacity: people}}
	v.Spaces = []venue.Space{{
		ID: "lawn", Name: venue.Text{ZH: "草坪", EN: "Lawn"}, Type: venue.OpenArea, Allocation: venue.Shared,
		Atoms: []string{"lawn"}, Seats: people, Bookable: true,
	}}
	return h.Save(v)
}

// Blank is a venue without spaces, open every day from 08:00 to 22:00.
func Blank(id string, kind venue.Kind) *venue.Venue {
	v := &venue.Venue{
		ID: id, Kind: kind, Name: venue.Text{ZH: "场馆" + id, EN: "Venue " + id}, Area: "紫阳", Zone: "Asia/Shanghai",
		Address:   venue.Text{ZH: "紫阳路 1 号", EN: "1 Ziyang Road"},
		Position:  &venue.Position{Lat: 29.25, Lon: 117.86},
		OnHoliday: venue.HolidayHours{OnHoliday: venue.SameAsWeekday, OnMakeUp: venue.SameAsWeekday},
		Rules: venue.Rules{
			Opening:    rule.Opening{HorizonDays: 14},
			Shape:      rule.Shape{SlotStep: 30, Shortest: 30, Longest: 240},
			Attendance: rule.Attendance{CheckInBefore: 15, CheckInAfter: 15},
		},
	}
	for day := range v.Hours {
		v.Hours[day] = []civil.Interval{{Start: 8 * 60, End: 22 * 60}}
	}
	return v
}
