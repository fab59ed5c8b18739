package app_test

import (
	"wenguan/app/apptest"
	"wenguan/handlers"
)

// accessOfPeople is who may find, make and see people at a counter.
var accessOfPeople = []row{
	{method: "GET", path: "/people?q=王&venue=room", want: outcomes{200: "counters"}},
	{method: "GET", path: "/people?q=王&venue=elsewhere", want: outcomes{200: "counter-elsewhere manager-elsewhere district"}},
	{method: "POST", path: "/people", body: `{"venue":"room","name":"王秀英","birth_year":1948}`, want: outcomes{201: "counters"}},
	{method: "GET", path: "/people/{person}?why=counter&venue=room", want: outcomes{200: "counters"}},
	{method: "PATCH", path: "/people/{person}", body: `{"venue":"room","birth_year":1948}`, want: outcomes{200: "counters"}},
	{method: "PATCH", path: "/people/{person}", body: `{"venue":"elsewhere","birth_year":1948}`, want: outcomes{200: "counter-elsewhere manager-elsewhere district"}},
	{method: "GET", path: "/people/{person}?why=counter&venue=elsewhere", want: outcomes{200: "counter-elsewhere manager-elsewhere district"}},
}

// A {person} was made at the counter and has no phone.
var fillersOfPeople = map[string]filler{
	"{person}": func(s *scene) map[string]string {
		made := apptest.Decode[handlers.PersonView](s.callers["counter"].Post("/api/v1/people",
			`{"venue":"room","name":"王秀英"}`).Expect(201))
		return map[string]string{"{person}": made.ID}
	},
}
