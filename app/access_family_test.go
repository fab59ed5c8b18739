package app_test

import "wenguan/app/apptest"

// accessOfFamily is who may see and change a family, bind a real name and take a binding off.
var accessOfFamily = []row{
	{method: "GET", path: "/account", want: outcomes{200: "people"}},
	{method: "GET", path: "/account/family", want: outcomes{200: "people"}},
	{method: "POST", path: "/account/family", body: `{"relation":"child","name":"小宝","birth_year":2018}`, want: outcomes{201: "people"}},
	{method: "PATCH", path: "/account/family/{family}", body: `{"relation":"elder","name":"王奶奶"}`, want: outcomes{200: "holder", 404: "people"}},
	{method: "DELETE", path: "/account/family/{family}", want: outcomes{204: "holder", 404: "people"}},
	{method: "POST", path: "/bookings", body: `{"venue":"room","space":"seats","start":"2026-11-24T13:00","end":"2026-11-24T14:00","for":"{family}"}`,
		want: outcomes{201: "holder counters", 403: "people"}},
	{method: "GET", path: "/bookings?for={family}", want: outcomes{200: "holder counters counter-elsewhere manager-elsewhere", 403: "people"}},
	{method: "GET", path: "/account/identity", want: outcomes{200: "people"}},
	{method: "POST", path: "/account/identity", body: `{"name":"王小明","number":"000000190001010000"}`, want: outcomes{422: "people"}},
	{method: "DELETE", path: "/people/{family}/identity?venue=room", want: outcomes{204: "counters"}},
}

// A {family} is a child that the holder books for.
var fillersOfFamily = map[string]filler{
	"{family}": func(s *scene) map[string]string {
		kept := apptest.Decode[struct{ Items []struct{ ID string } }](s.holder.Get("/api/v1/account/family").Expect(200))
		if len(kept.Items) > 0 {
			return map[string]string{"{family}": kept.Items[0].ID}
		}
		made := apptest.Decode[struct{ ID string }](s.holder.Post("/api/v1/account/family",
			`{"relation":"child","name":"王小宝","birth_year":2019}`).Expect(201))
		return map[string]string{"{family}": made.ID}
	},
}
