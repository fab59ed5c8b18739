package app_test

import (
	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/booking"
)

// accessOfStanding is who sees strikes and suspensions, appeals them and decides about them.
var accessOfStanding = []row{
	{method: "GET", path: "/account/standing", want: outcomes{200: "people"}},
	{method: "GET", path: "/account/standing?for={family}", want: outcomes{200: "holder", 403: "people"}},
	{method: "GET", path: "/account/appeals", want: outcomes{200: "people"}},
	{method: "GET", path: "/account/appeals?for={family}", want: outcomes{200: "holder", 403: "people"}},
	{method: "POST", path: "/account/appeals", body: `{"violation":"{strike}","text":"我到了"}`, want: outcomes{201: "holder", 404: "people"}},
	{method: "PUT", path: "/account/appeals/{appeal}/photo", body: "{picture}", want: outcomes{204: "holder", 404: "people"}},
	{method: "GET", path: "/appeals/{pictured}/photo", want: outcomes{200: "holder managers", 404: "people"}},
	{method: "GET", path: "/venues/room/appeals?state=open", want: outcomes{200: "managers"}},
	{method: "POST", path: "/appeals/{appeal}/answer", body: `{"grant":true,"text":"已核实"}`, want: outcomes{200: "managers", 404: "manager-elsewhere"}},
	{method: "GET", path: "/venues/room/strikes?person={culprit}", want: outcomes{200: "counters"}},
	{method: "POST", path: "/venues/room/strikes", body: `{"person":"{culprit}","reason":"大声喧哗"}`, want: outcomes{201: "managers"}},
	{method: "POST", path: "/strikes/{strike}/pardon", body: `{"person":"{culprit}","kind":"waived","reason":"停电"}`,
		want: outcomes{204: "managers", 404: "manager-elsewhere"}},
	{method: "POST", path: "/suspensions/lift", body: `{"person":"{culprit}","suspension":"{suspension}","reason":"已谈话"}`,
		want: outcomes{204: "managers", 404: "manager-elsewhere"}},
}

// A {strike} is what the holder, the {culprit}, did at "room"; an {appeal} is theirs, a {pictured} one has a photo. Each
// strike leads to a {suspension}, which covers no space that anybody books.
var fillersOfStanding = map[string]filler{
	"{strike}": func(s *scene) map[string]string {
		return map[string]string{"{strike}": s.struck(), "{culprit}": s.culprit()}
	},
	"{culprit}":    func(s *scene) map[string]string { return map[string]string{"{culprit}": s.culprit()} },
	"{suspension}": func(s *scene) map[string]string { s.struck(); return map[string]string{"{suspension}": s.suspension()} },
	"{appeal}":     func(s *scene) map[string]string { return map[string]string{"{appeal}": s.appealed()} },
	"{pictured}": func(s *scene) map[string]string {
		appeal := s.appealed()
		s.holder.Do("PUT", "/api/v1/account/appeals/"+appeal+"/photo", string(picture(s.t))).Expect(204)
		return map[string]string{"{pictured}": appeal}
	},
}

func (s *scene) struck() string {
	s.t.Helper()
	id, err := s.Desk.WriteDown(s.t.Context(), apptest.System, booking.Misconduct{
		Decision: booking.Decision{Holder: s.culprit(), Reason: "大声喧哗"}, Venue: "room",
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return id
}

func (s *scene) culprit() string {
	s.t.Helper()
	return apptest.Decode[handlers.StandingView](s.holder.Get("/api/v1/account/standing").Expect(200)).Holder
}

func (s *scene) appealed() string {
	s.t.Helper()
	made := apptest.Decode[handlers.AppealView](s.holder.Post("/api/v1/account/appeals",
		map[string]string{"violation": s.struck(), "text": "我没有喧哗"}).Expect(201))
	return made.ID
}

func (s *scene) suspension() string {
	s.t.Helper()
	standing := apptest.Decode[handlers.StandingView](s.holder.Get("/api/v1/account/standing").Expect(200))
	for _, held := range standing.Suspensions {
		if held.InForce {
			return held.ID
		}
	}
	s.t.Fatal("nobody is suspended")
	return ""
}
