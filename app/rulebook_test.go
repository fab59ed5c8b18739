package app_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/civil"
	"wenguan/models/rule"
	"wenguan/models/venue"
)

// town is a house with one venue, "place", that a published rule book was entered for through the API. Its days are told
// as residents and staff live them: every step is a request, with a clock that the story moves.
type town struct {
	*apptest.House
	t      *testing.T
	people map[string]*townsman
	zone   *time.Location
}

// townsman is somebody of the story; sessions end, so that a long story signs them in again.
type townsman struct {
	account account.Account
	client  *apptest.Client
	since   time.Time
}

// under starts the story of a venue with the rule book of a template. build makes its spaces and hours.
func under(t *testing.T, template string, build func(*venue.Venue)) *town {
	t.Helper()
	h := apptest.Start(t)
	v := apptest.Blank("place", venue.ReadingRoom)
	build(v)
	h.Save(v)
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	s := &town{House: h, t: t, people: map[string]*townsman{}, zone: zone}
	s.enter(template)
	return s
}

// enter is the manager who puts the template's rule book into the venue and saves it.
func (s *town) enter(template string) {
	s.t.Helper()
	for _, one := range rule.Templates() {
		if one.ID != template {
			continue
		}
		manager := s.Staff(account.Manager, "place")
		page := apptest.Decode[map[string]any](manager.Get("/api/v1/venues/place").Expect(200))
		page["rules"] = one.Book
		manager.Put("/api/v1/venues/place", page).Expect(200)
		return
	}
	s.t.Fatalf("there is no template %s", template)
}

// seats gives a venue so many seats in a group "seats".
func seats(n int, from, to civil.TimeOfDay, closed ...time.Weekday) func(*venue.Venue) {
	return func(v *venue.Venue) {
		group := venue.Space{ID: "seats", Name: venue.Text{ZH: "座位"}, Type: venue.Seat, Allocation: venue.AnyOf, Seats: int32(n), Bookable: true}
		for i := range n {
			id := fmt.Sprintf("s%02d", i+1)
			v.Atoms = append(v.Atoms, venue.Atom{ID: id, Capacity: 1})
			group.Atoms = append(group.Atoms, id)
			v.Spaces = append(v.Spaces, venue.Space{
				ID: id, Parent: "seats", Name: venue.Text{ZH: id}, Type: venue.Seat, Allocation: venue.Exclusive, Atoms: []string{id}, Seats: 1, Bookable: true,
			})
		}
		v.Spaces = append([]venue.Space{group}, v.Spaces...)
		openFor(v, from, to, closed...)
	}
}

// hall gives a venue one shared space "hall" for so many people.
func hall(people int32, from, to civil.TimeOfDay, closed ...time.Weekday) func(*venue.Venue) {
	return func(v *venue.Venue) {
		v.Atoms = []venue.Atom{{ID: "hall", Capacity: people}}
		v.Spaces = []venue.Space{{
			ID: "hall", Name: venue.Text{ZH: "大厅"}, Type: venue.Hall, Allocation: venue.Shared, Atoms: []string{"hall"}, Seats: people, Bookable: true,
		}}
		openFor(v, from, to, closed...)
	}
}

func openFor(v *venue.Venue, from, to civil.TimeOfDay, closed ...time.Weekday) {
	for day := range v.Hours {
		v.Hours[day] = []civil.Interval{{Start: from, End: to}}
	}
	for _, day := range closed {
		v.Hours[day] = nil
	}
}

// at moves the clock to a moment of the district.
func (s *town) at(moment string) *town {
	s.t.Helper()
	layout := "2006-01-02 15:04:05"
	if len(moment) < len(layout) {
		moment += ":00"
	}
	at, err := time.ParseInLocation(layout, moment, s.zone)
	if err != nil {
		s.t.Fatal(err)
	}
	s.Clock.Set(at)
	return s
}

// job is the sweep, which a story runs late, often, or not at all.
func (s *town) job() *town {
	s.t.Helper()
	if err := s.Jobs.RunNow(s.t.Context(), "sweep", 0, 0); err != nil {
		s.t.Fatal(err)
	}
	return s
}

// as signs somebody in: a resident by their name, "staff" the counter of the venue.
func (s *town) as(name string) *apptest.Client {
	s.t.Helper()
	who := s.people[name]
	if who == nil {
		who = &townsman{}
		if name == "staff" {
			who.account = s.Account("服务台", account.Grant{Role: account.Counter, Venues: []string{"place"}})
		} else {
			who.account = s.Account(name)
		}
		s.people[name] = who
	}
	if now := s.Clock.Now(); who.client == nil || now.Sub(who.since).Abs() > time.Hour {
		who.client, who.since = s.As(who.account), now
	}
	return who.client
}

// want is a booking as somebody asks for it; the zero value of a field leaves it out.
type want struct {
	space, from, to, by string // by: whose account it is for, "" for who asks
	party, letter       int32
	with                []string
}

// whole is the wish for a space from one moment to another of the same day: whole("seats", "2026-11-24 08:00", "10:00").
func whole(space, from, to string) want { return want{space: space, from: from, to: from[:11] + to} }

func (s *town) ask(who string, w want) *apptest.Answer {
	s.t.Helper()
	body := map[string]any{
		"venue": "place", "space": w.space, "start": strings.Replace(w.from, " ", "T", 1), "end": strings.Replace(w.to, " ", "T", 1),
		"party": max(w.party, 1), "letter": w.letter,
	}
	if w.with != nil {
		body["with"] = w.with
	}
	if w.by != "" {
		body["for"] = w.by
	}
	return s.as(who).Post("/api/v1/bookings", body)
}

// told is a booking of the story.
type told struct {
	handlers.Booking
	who string // who acts for it
}

func (s *town) books(who string, w want) *told {
	s.t.Helper()
	return &told{apptest.Decode[handlers.Booking](s.ask(who, w).Expect(201)), who}
}

// refused is a wish that a rule says no to; says are parameters it has to name, as "allowed_at=2026-11-24T07:00".
func (s *town) refused(code, who string, w want, says ...string) {
	s.t.Helper()
	s.says(s.ask(who, w), code, says...)
}

func (s *town) says(a *apptest.Answer, code string, says ...string) {
	s.t.Helper()
	var p handlers.Problem
	a.Into(&p)
	if p.Code != code || a.Status < 400 {
		s.t.Fatalf("the answer is %d, not the refusal %s: %s", a.Status, code, a.Body)
	}
	for _, one := range says {
		name, value, _ := strings.Cut(one, "=")
		if got := fmt.Sprint(p.Params[name]); !strings.HasPrefix(got, value) || value == "" && p.Params[name] != nil {
			s.t.Errorf("%s says %s %s, not %s: %s", code, name, got, value, a.Body)
		}
	}
}

// does is a verb on a booking by whoever acts for it, or by somebody else who stands at its place: "check-out", "report as
// li". code is the refusal, "" for none.
func (s *town) does(b *told, verb, code string, says ...string) {
	s.t.Helper()
	verb, who, other := strings.Cut(verb, " as ")
	if !other {
		who = b.who
	}
	if verb == "cancel" {
		verb = "cancellation"
	}
	at := "/api/v1/bookings/" + b.ID
	if other {
		at = "/api/v1/codes/" + s.code(b.Assigned[0].ID)
	}
	a := s.as(who).Post(at+"/"+verb, nil)
	if code != "" {
		s.says(a, code, says...)
		return
	}
	a.Expect(200)
}

// comes is the party at the door, where staff type its number.
func (s *town) comes(b *told) {
	s.t.Helper()
	s.as("staff").Post("/api/v1/check-ins", map[string]string{"venue": "place", "number": b.Number}).Expect(200)
}

// comesLate is the party that the door does not let in any more, or not yet.
func (s *town) comesLate(b *told, code string, says ...string) {
	s.t.Helper()
	s.says(s.as("staff").Post("/api/v1/check-ins", map[string]string{"venue": "place", "number": b.Number}), code, says...)
}

// is fails unless the booking is in the state, with the violation, for whoever looks at it.
func (s *town) is(b *told, state booking.State, violation rule.ViolationKind) {
	s.t.Helper()
	got := apptest.Decode[handlers.Booking](s.as(b.who).Get("/api/v1/bookings/" + b.ID).Expect(200))
	if got.State != state || got.Violation != violation {
		s.t.Errorf("the booking of %s is %s %q, not %s %q", b.who, got.State, got.Violation, state, violation)
	}
	b.Booking = got
	s.shows(b, state)
}

// shows fails unless the board and the person's own lists say so, too, whether the job has run or not.
func (s *town) shows(b *told, state booking.State) {
	s.t.Helper()
	over := state == booking.Completed || state == booking.NoShow
	mine := apptest.Decode[struct{ Items []handlers.Booking }](
		s.as(b.who).Get(fmt.Sprintf("/api/v1/bookings?limit=200&past=%t&for=%s", over, b.Holder.ID)).Expect(200))
	board := apptest.Decode[handlers.BoardView](s.as("staff").Get("/api/v1/venues/place/board?date=" + b.Start[:10]).Expect(200))
	var shown []booking.State
	for _, one := range mine.Items {
		if one.ID == b.ID {
			shown = append(shown, one.State)
		}
	}
	for _, one := range board.Bookings {
		if one.ID == b.ID {
			shown = append(shown, one.State)
		}
	}
	if !slices.Equal(shown, []booking.State{state, state}) {
		s.t.Errorf("the booking of %s is %s; their list and the board say %v", b.who, state, shown)
	}
}

// misses books and does not come.
func (s *town) misses(who string, w want) {
	s.t.Helper()
	b := s.books(who, w)
	closes, err := time.Parse(time.RFC3339, b.CheckIn.Closes)
	if err != nil {
		s.t.Fatal(err)
	}
	s.Clock.Set(closes)
	s.is(b, booking.NoShow, rule.NoShowed)
}

// ends is how every story ends: nothing in the store is wrong.
func (s *town) ends() {
	s.t.Helper()
	s.job().job()
	if err := booking.Verify(s.t.Context(), s.Store); err != nil {
		s.t.Error(err)
	}
}

// explained are the codes that the venue page explains the rules with.
func (s *town) explained() map[string]map[string]any {
	s.t.Helper()
	var page struct {
		Explained []struct {
			Code   string         `json:"code"`
			Params map[string]any `json:"params"`
		} `json:"rules_explained"`
	}
	if err := json.Unmarshal(s.Anonymous().Get("/api/v1/venues/place").Expect(200).Body, &page); err != nil {
		s.t.Fatal(err)
	}
	codes := map[string]map[string]any{}
	for _, e := range page.Explained {
		codes[e.Code] = e.Params
	}
	return codes
}
