package app_test

import (
	"maps"
	"strings"
	"testing"

	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
	"wenguan/models/rule"
)

// scene is a house with a venue "room" in the area 紫阳, a venue "elsewhere" in another area, and everybody who asks.
type scene struct {
	*apptest.House
	t       *testing.T
	callers map[string]*apptest.Client
	holder  *apptest.Client
}

func setScene(t *testing.T) *scene {
	t.Helper()
	h := apptest.Start(t)
	room := h.ReadingRoom("room", 99)
	room.Rules.Leave, room.Rules.Report = 15, 15
	room.Rules.CheckInBy = []rule.Means{rule.ByPhone, rule.ByNumber, rule.ByStaff}
	room.Rules.Strikes = []rule.StrikeRule{{
		ID: "manners", Counts: []rule.ViolationKind{rule.Misconduct}, Max: 1, Penalty: rule.Penalty{Kind: rule.UntilLifted}, Covers: rule.AtSpace,
	}}
	h.Save(room)
	elsewhere := h.Square("elsewhere", 50)
	elsewhere.Area = "星江"
	h.Save(elsewhere)
	s := &scene{House: h, t: t, callers: signIn(h)}
	s.holder = s.callers["holder"]
	return s
}

// filler makes something and returns what stands for each of its words.
type filler func(*scene) map[string]string

// fillers make what the words in braces name; an area adds its own. A word is filled by the filler that has its name.
var fillers = merged(fillersOfVenues, fillersOfBookings, fillersOfCodes, fillersOfFamily, fillersOfPeople, fillersOfOrganizations, fillersOfStaff, fillersOfCredentials, fillersOfStanding)

func merged(areas ...map[string]filler) map[string]filler {
	all := map[string]filler{}
	for _, area := range areas {
		maps.Copy(all, area)
	}
	return all
}

// fill makes what the path and the body of a row name.
func (s *scene) fill(r row) (path string, body any) {
	s.t.Helper()
	text := r.body
	path = address(r.path)
	for word, make := range fillers {
		if !strings.Contains(path+text, word) {
			continue
		}
		for name, value := range make(s) {
			path, text = strings.ReplaceAll(path, name, value), strings.ReplaceAll(text, name, value)
		}
	}
	if text == "" {
		return path, nil
	}
	return path, text
}

var fillersOfVenues = map[string]filler{
	"{photo}": func(s *scene) map[string]string {
		id, err := s.Venues.AddPhoto(s.t.Context(), apptest.System, "room", picture(s.t))
		if err != nil {
			s.t.Fatal(err)
		}
		return map[string]string{"{photo}": id}
	},
	"{room}": func(s *scene) map[string]string {
		return map[string]string{"{room}": string(s.Anonymous().Get("/api/v1/venues/room").Expect(200).Body)}
	},
	"{picture}": func(s *scene) map[string]string { return map[string]string{"{picture}": string(picture(s.t))} },
}

// A {booking} of the holder has begun, {in} is one that is checked in, {number} the number of one.
var fillersOfBookings = map[string]filler{
	"{booking}": func(s *scene) map[string]string { return map[string]string{"{booking}": s.booked().ID} },
	"{number}":  func(s *scene) map[string]string { return map[string]string{"{number}": s.booked().Number} },
	"{in}": func(s *scene) map[string]string {
		b := s.booked()
		s.Staff(account.Administrator).Post("/api/v1/check-ins", map[string]string{"venue": "room", "number": b.Number}).Expect(200)
		return map[string]string{"{in}": b.ID}
	},
}

func (s *scene) booked() handlers.Booking {
	s.t.Helper()
	return apptest.Decode[handlers.Booking](s.holder.Post("/api/v1/bookings",
		`{"venue":"room","space":"seats","start":"2026-11-24T09:30","end":"2026-11-24T11:30"}`).Expect(201))
}
