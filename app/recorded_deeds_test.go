package app_test

import (
	"time"

	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/rule"
)

// deed is a change that the table of access has only as it is refused, or as it changes nothing.
type deed struct {
	operation string
	ready     func(*scene) func() // makes what it needs and returns the deed itself
}

var deeds = []deed{
	{"return", func(s *scene) func() {
		b := s.in()
		s.holder.Post("/api/v1/bookings/"+b+"/leave", nil).Expect(200)
		return func() { s.holder.Post("/api/v1/bookings/"+b+"/return", nil).Expect(200) }
	}},
	{"checkInHere", func(s *scene) func() { return s.here("s01", "check-in") }},
	{"leaveHere", func(s *scene) func() { return s.here("s02", "check-in", "leave") }},
	{"returnHere", func(s *scene) func() { return s.here("s03", "check-in", "leave", "return") }},
	{"checkOutHere", func(s *scene) func() { return s.here("s04", "check-in", "check-out") }},
	{"reportHere", func(s *scene) func() {
		s.here("s05", "check-in")()
		return func() { s.callers["resident"].Post("/api/v1/codes/"+s.seatCode("s05")+"/report", nil).Expect(200) }
	}},
	{"walkIn", func(s *scene) func() { return func() { s.walkedIn() } }},
	{"undoWalkIn", func(s *scene) func() {
		id := s.walkedIn()
		return func() {
			s.callers["administrator"].Do("DELETE", "/api/v1/venues/open/walk-ins/"+id, nil).Expect(200)
		}
	}},
	{"createVenue", func(s *scene) func() {
		var room map[string]any
		s.Anonymous().Get("/api/v1/venues/room").Expect(200).Into(&room)
		fields := map[string]any{}
		for name := range room {
			if apptest.Takes(s.OpenAPI, "POST", "/api/v1/venues", name) {
				fields[name] = room[name]
			}
		}
		fields["id"] = "another"
		return func() { s.callers["administrator"].Post("/api/v1/venues", fields).Expect(201) }
	}},
	{"updateAccount", func(s *scene) func() {
		return func() { s.callers["resident"].Do("PATCH", "/api/v1/account", `{"name":"李磊"}`).Expect(200) }
	}},
	{"endSession", func(s *scene) func() {
		s.As(s.holder.Account)
		var list struct{ Items []handlers.OwnSession }
		s.holder.Get("/api/v1/account/sessions").Expect(200).Into(&list)
		for _, one := range list.Items {
			if !one.Here {
				return func() { s.holder.Do("DELETE", "/api/v1/account/sessions/"+one.ID, nil).Expect(204) }
			}
		}
		s.t.Fatal("there is no other session")
		return nil
	}},
	{"endOtherSessions", func(s *scene) func() {
		s.As(s.holder.Account)
		return func() { s.holder.Do("DELETE", "/api/v1/account/sessions", nil).Expect(204) }
	}},
	{"changeAddress", func(s *scene) func() {
		to := "+8613700001111"
		s.holder.Post("/api/v1/sign-in-codes", map[string]string{"to": to}).Expect(202)
		code := s.Code(to)
		return func() {
			s.holder.Post("/api/v1/account/addresses", map[string]string{"to": to, "code": code}).Expect(200)
		}
	}},
	{"writePrivacyText", func(s *scene) func() {
		first := apptest.Decode[handlers.PrivacyText](s.Anonymous().Get("/api/v1/privacy/texts/current").Expect(200))
		next := map[string]any{"after": first.Version, "body": map[string]string{"zh-CN": first.Body.ZH + "新", "en": first.Body.EN + "New"}}
		return func() { s.callers["administrator"].Post("/api/v1/privacy/texts", next).Expect(201) }
	}},
	{"bindIdentity", func(s *scene) func() {
		return func() {
			s.holder.Post("/api/v1/account/identity", `{"name":"王小明","number":"00000019900307009X"}`).Expect(200)
		}
	}},
	{"attendByCard", func(s *scene) func() { // by what was bound just before
		s.here("s06", "check-in")
		return func() {
			s.callers["administrator"].Post("/api/v1/venues/open/card-attendance", `{"identity_number":"00000019900307009X"}`).Expect(200)
		}
	}},
	{"unbindIdentity", func(s *scene) func() { // what was bound just before
		return func() {
			s.callers["counter"].Do("DELETE", "/api/v1/people/"+s.holder.Account.ID+"/identity?venue=room", nil).Expect(204)
		}
	}},
	{"signIn", func(s *scene) func() {
		c := enrol(s.t, s.House, manager)
		s.Clock.Advance(time.Minute)
		return func() { s.Anonymous().Post(sessions, c.tries(goodPassword, c.code(s.House))).Expect(201) }
	}},
	{"confirmAuthenticator", func(s *scene) func() {
		c := enrol(s.t, s.House, manager)
		c.secret = apptest.Decode[struct{ Secret string }](c.Post("/api/v1/account/totp", nil).Expect(200)).Secret
		return func() {
			c.Post("/api/v1/account/totp/confirmation", map[string]string{"code": c.code(s.House)}).Expect(200)
		}
	}},
	{"stepUp", func(s *scene) func() {
		c := enrol(s.t, s.House, manager)
		return func() { c.Post("/api/v1/session/proofs", map[string]string{"totp": c.code(s.House)}).Expect(204) }
	}},
}

// in is a booking of the holder that is checked in.
func (s *scene) in() string {
	s.t.Helper()
	b := s.booked()
	s.callers["attendant"].Post("/api/v1/check-ins", map[string]string{"venue": "room", "number": b.Number}).Expect(200)
	return b.ID
}

// here books a seat for the holder and returns the last of what they do at its code, when the others are done.
func (s *scene) here(seat string, verbs ...string) func() {
	s.t.Helper()
	s.open()
	s.holder.Post("/api/v1/bookings", map[string]string{
		"venue": "open", "space": seat, "start": "2026-11-24T09:30", "end": "2026-11-24T11:30",
	}).Expect(201)
	do := func(verb string) { s.holder.Post("/api/v1/codes/"+s.seatCode(seat)+"/"+verb, nil).Expect(200) }
	last := len(verbs) - 1
	for _, verb := range verbs[:last] {
		do(verb)
	}
	return func() { do(verbs[last]) }
}

func (s *scene) seatCode(seat string) string {
	s.t.Helper()
	list, err := s.Desk.MakeSeatCodes(s.t.Context(), apptest.System, "open", "")
	if err != nil {
		s.t.Fatal(err)
	}
	for _, c := range list {
		if c.Space == seat {
			return c.ID
		}
	}
	s.t.Fatalf("seat %s has no code", seat)
	return ""
}

// open makes the venue "open", where one may walk in, leave for a while and be reported, in whatever way.
func (s *scene) open() {
	s.t.Helper()
	if _, err := s.Venues.Get(s.t.Context(), "open"); err == nil {
		return
	}
	v := s.ReadingRoom("open", 9)
	v.Rules.WalkIn, v.Rules.Leave, v.Rules.Report = rule.AllDays(), 15, 15
	s.Save(v)
}

// walkedIn counts somebody named.
func (s *scene) walkedIn() string {
	s.t.Helper()
	s.open()
	return apptest.Decode[struct{ ID string }](s.callers["administrator"].Post("/api/v1/venues/open/walk-ins",
		map[string]string{"person": s.holder.Account.ID}).Expect(200)).ID
}
