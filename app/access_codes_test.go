package app_test

import (
	"wenguan/app/apptest"
)

// accessOfCodes is who may look at the code of a place, act there, and print the stickers.
var accessOfCodes = []row{
	{method: "GET", path: "/codes/{code}", want: outcomes{200: "everyone"}},
	{method: "GET", path: "/codes/{code}/picture.svg", want: outcomes{200: "everyone"}},
	{method: "POST", path: "/codes/{code}/bookings", body: `{"start":"2026-11-24T09:30","end":"2026-11-24T10:30"}`, want: outcomes{201: "people"}},
	{method: "POST", path: "/codes/{code}/check-in", want: outcomes{404: "people"}},
	{method: "POST", path: "/codes/{code}/leave", want: outcomes{404: "people"}},
	{method: "POST", path: "/codes/{code}/return", want: outcomes{404: "people"}},
	{method: "POST", path: "/codes/{code}/check-out", want: outcomes{404: "people"}},
	{method: "POST", path: "/codes/{code}/report", want: outcomes{409: "people"}},
	{method: "POST", path: "/attendance", body: `{"venue":"room","number":"{number}","do":"check_in"}`, want: outcomes{200: "attendants door kiosk"}},
	{method: "POST", path: "/venues/room/walk-ins", body: `{"people":2}`, want: outcomes{422: "attendants door kiosk"}},
	{method: "DELETE", path: "/venues/room/walk-ins/none", want: outcomes{404: "attendants door kiosk"}},
	{method: "GET", path: "/venues/room/codes", want: outcomes{200: "managers"}},
	{method: "POST", path: "/venues/room/codes", body: `{"renew":"s01"}`, want: outcomes{200: "managers"}},
}

// A {code} is one of a seat that nobody had in the half hour that is running, in a room of its own.
var fillersOfCodes = map[string]filler{
	"{code}": func(s *scene) map[string]string {
		if _, err := s.Venues.Get(s.t.Context(), "corner"); err != nil {
			s.ReadingRoom("corner", 60)
		}
		list, err := s.Desk.MakeSeatCodes(s.t.Context(), apptest.System, "corner", "")
		if err != nil {
			s.t.Fatal(err)
		}
		for _, c := range list {
			at, err := s.Desk.AtCode(s.t.Context(), apptest.System, c.ID, "")
			if err != nil {
				s.t.Fatal(err)
			}
			if at.Offer != nil && at.Offer.Start.Before(s.Clock.Now()) {
				return map[string]string{"{code}": c.ID}
			}
		}
		s.t.Fatal("no seat is free")
		return nil
	},
}
