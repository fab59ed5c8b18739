package demo

import (
	"fmt"
	"time"

	"wenguan/models/civil"
	"wenguan/models/venue"
)

const zoneName = "Asia/Shanghai"

// text is a name in both languages.
func text(zh, en string) venue.Text { return venue.Text{ZH: zh, EN: en} }

// hm is a time of day; minutes may be left out.
func hm(hour int, minute ...int) civil.TimeOfDay {
	t := civil.TimeOfDay(hour * 60)
	for _, m := range minute {
		t += civil.TimeOfDay(m)
	}
	return t
}

func interval(from, to civil.TimeOfDay) civil.Interval { return civil.Interval{Start: from, End: to} }

// daily is the same hours every day of the week.
func daily(hours ...civil.Interval) civil.WeeklyHours {
	var w civil.WeeklyHours
	for d := range w {
		w[d] = hours
	}
	return w
}

// base is what all sample venues have in common. north and east are metres from the middle of the district.
func base(id string, kind venue.Kind, name, address venue.Text, area string, north, east float64) *venue.Venue {
	return &venue.Venue{
		ID: id, Kind: kind, Name: name, Area: area, Zone: zoneName,
		Address:   text("景德镇市示例区"+address.ZH, address.EN+", Sample District, Jingdezhen"),
		Position:  &venue.Position{Lat: round(29.29 + north/111_000), Lon: round(117.21 + east/97_000)},
		OnHoliday: venue.HolidayHours{OnHoliday: venue.SameAsWeekday, OnMakeUp: venue.SameAsWeekday},
	}
}

// round keeps a position to about a metre.
func round(degrees float64) float64 { return float64(int(degrees*1e5+0.5)) / 1e5 }

// addSeats adds a room as an any_of group of n seats, each with one atom.
func addSeats(v *venue.Venue, id string, name venue.Text, floor string, n int, features ...venue.Feature) {
	group := venue.Space{
		ID: id, Name: name, Type: venue.Room, Allocation: venue.AnyOf, Seats: int32(n), Floor: floor, Features: features,
		Bookable: true,
	}
	var seats []venue.Space
	for i := 1; i <= n; i++ {
		seat := fmt.Sprintf("%s-%02d", id, i)
		v.Atoms = append(v.Atoms, venue.Atom{ID: seat, Capacity: 1})
		group.Atoms = append(group.Atoms, seat)
		seats = append(seats, venue.Space{
			ID: seat, Parent: id, Name: text(fmt.Sprintf("%02d号座", i), fmt.Sprintf("Seat %02d", i)), Type: venue.Seat,
			Allocation: venue.Exclusive, Atoms: []string{seat}, Seats: 1, Floor: floor, Bookable: true,
		})
	}
	v.Spaces = append(append(v.Spaces, group), seats...)
}

// addWhole adds a space used by one booking at a time, with an atom of its own.
func addWhole(v *venue.Venue, s venue.Space) {
	v.Atoms = append(v.Atoms, venue.Atom{ID: s.ID, Capacity: 1})
	s.Atoms, s.Allocation, s.Bookable = []string{s.ID}, venue.Exclusive, true
	v.Spaces = append(v.Spaces, s)
}

// closure is a closure of some spaces, days from today on by the venue's clocks.
func closure(id string, today civil.Date, from, to int, reason venue.Text, spaces ...string) venue.Closure {
	zone, _ := civil.Zone(zoneName)
	return venue.Closure{
		ID: id, Spaces: spaces, Start: today.Add(from).At(hm(0), zone), End: today.Add(to).At(hm(0), zone), Reason: reason,
	}
}

func minutes(n int) time.Duration { return time.Duration(n) * time.Minute }
