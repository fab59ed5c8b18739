package app_test

import (
	"strings"
	"testing"

	"wenguan/app/apptest"
	"wenguan/models/account"
	"wenguan/models/civil"
)

var fullDay = []civil.Interval{{Start: 0, End: 1440}}

func TestInputThatCannotBeMeantIsRefusedWithoutRepeatingIt(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.ReadingRoom("room", 4)
	const secret = "hunter2-secret"
	wish := `{"venue":"room","space":"seats","start":"2026-11-25T09:00","end":"2026-11-25T10:00"`
	check(t, h.Resident("王小明"), []call{
		{"no body", "POST", "/api/v1/bookings", nil, nil, 400, []string{`"code":"malformed_request"`}, nil},
		{"not JSON", "POST", "/api/v1/bookings", "{" + secret, nil, 400, []string{`"code":"malformed_request"`, "cannot be read"}, []string{secret}},
		{"half JSON", "POST", "/api/v1/bookings", wish, nil, 400, []string{`"code":"malformed_request"`}, nil},
		{"JSON and more", "POST", "/api/v1/bookings", wish + "} {}", nil, 400, []string{`"code":"malformed_request"`}, nil},
		{"an array", "POST", "/api/v1/bookings", "[1,2]", nil, 422, []string{`"code":"invalid_input"`}, nil},
		{"null", "POST", "/api/v1/bookings", "null", nil, 422, []string{`"code":"invalid_input"`}, nil},
		{"an unknown field", "POST", "/api/v1/bookings", wish + `,"holder":"` + secret + `"}`, nil, 422, []string{"body.holder", "unexpected property"}, []string{secret}},
		{"a field in the wrong case", "POST", "/api/v1/bookings", wish + `,"Party":2}`, nil, 422, []string{"unexpected property"}, nil},
		{"a number for a text", "POST", "/api/v1/bookings", strings.Replace(wish, `"room"`, "7", 1) + "}", nil, 422, []string{`"field":"venue"`, "expected string"}, nil},
		{"too few people", "POST", "/api/v1/bookings", wish + `,"party":0}`, nil, 422, []string{`"field":"party"`}, nil},
		{"half a person", "POST", "/api/v1/bookings", wish + `,"party":1.5}`, nil, 422, []string{`"code":"invalid_input"`}, []string{"Go struct", "json:"}},
		{"a huge number", "POST", "/api/v1/bookings", wish + `,"party":1e400}`, nil, 400, nil, []string{"Go struct", "1e400", "json:"}},
		{"a long purpose", "POST", "/api/v1/bookings", wish + `,"purpose":"` + strings.Repeat(secret, 20) + `"}`, nil, 422, []string{"body.purpose", "expected length"}, []string{secret}},
		{"a form", "POST", "/api/v1/bookings", "venue=room", []string{"Content-Type", "application/x-www-form-urlencoded"}, 415, []string{`"code":"unsupported_media_type"`}, nil},
		{"XML", "POST", "/api/v1/bookings", "<venue/>", []string{"Content-Type", "text/xml"}, 415, nil, nil},
		{"no such venue", "POST", "/api/v1/bookings", strings.Replace(wish, "room", "none", 1) + "}", nil, 404, []string{`"code":"venue_not_found"`}, nil},
		{"no such space", "POST", "/api/v1/bookings", strings.Replace(wish, "seats", "sofa", 1) + "}", nil, 404, []string{`"code":"space_not_found"`}, nil},
		{"end before start", "POST", "/api/v1/bookings", strings.Replace(wish, "T10:00", "T08:30", 1) + "}", nil, 422, []string{`"field":"end"`}, nil},
		{"a limit of none", "GET", "/api/v1/bookings?limit=0", nil, nil, 422, []string{`"field":"limit"`}, nil},
		{"a limit without end", "GET", "/api/v1/bookings?limit=201", nil, nil, 422, []string{`"field":"limit"`}, nil},
		{"a limit of letters", "GET", "/api/v1/venues?limit=" + secret, nil, nil, 422, []string{`"field":"limit"`}, []string{secret}},
		{"a cursor of one's own", "GET", "/api/v1/bookings?after=" + secret, nil, nil, 422, []string{`"code":"bad_cursor"`}, []string{secret}},
		{"an unknown kind", "GET", "/api/v1/venues?kind=" + secret, nil, nil, 422, []string{`"field":"kind"`}, []string{secret}},
		{"a date that is none", "GET", "/api/v1/venues/room/availability?from=2026-02-30", nil, nil, 422, []string{`"code":"invalid_date"`, `"field":"from"`}, nil},
		{"too many days", "GET", "/api/v1/venues/room/availability?days=15", nil, nil, 422, []string{`"field":"days"`}, nil},
		{"a time that is none", "GET", "/api/v1/free?date=2026-11-25&from=25:00&to=10:00", nil, nil, 422, []string{`"code":"invalid_time"`, `"field":"from"`}, nil},
		{"an end before the start", "GET", "/api/v1/free?date=2026-11-25&from=11:00&to=10:00", nil, nil, 422, []string{`"code":"time_order"`}, nil},
		{"no date", "GET", "/api/v1/free?from=09:00&to=10:00", nil, nil, 422, []string{`"field":"date"`}, nil},
		{"a position that is none", "GET", "/api/v1/free?date=2026-11-25&from=09:00&to=10:00&near=NaN,NaN", nil, nil, 422, []string{`"code":"invalid_position"`}, nil},
		{"within nothing", "GET", "/api/v1/free?date=2026-11-25&from=09:00&to=10:00&within=100", nil, nil, 422, []string{`"code":"near_needed"`}, nil},
		{"a language nobody speaks", "PATCH", "/api/v1/account", `{"language":"` + secret + `"}`, nil, 422, []string{`"field":"language"`}, []string{secret}},
		{"nothing here", "GET", "/api/v1/nothing", nil, nil, 404, []string{`"code":"not_found"`, `"request_id"`}, nil},
		{"another method", "DELETE", "/api/v1/bookings", nil, nil, 405, []string{`"code":"method_not_allowed"`}, nil},
		{"a large body", "POST", "/api/v1/bookings", `{"venue":"` + strings.Repeat("x", 70<<10) + `"}`, nil, 413, []string{`"code":"body_too_large"`}, nil},
		{"a code and no address", "POST", "/api/v1/sessions", `{"code":"123456"}`, nil, 422, nil, nil},
		{"a photo of nothing", "GET", "/api/v1/photos/none", nil, nil, 404, []string{`"code":"photo_not_found"`}, nil},
		{"a QR code as large as a house", "GET", "/api/v1/bookings/none/pass.png?size=99999", nil, nil, 422, []string{`"field":"size"`}, nil},
	})
}

func TestBodiesAreBounded(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.ReadingRoom("room", 4)
	manager := h.Staff(account.Manager, "room")
	check(t, manager, []call{
		{"a photo that is none", "POST", "/api/v1/venues/room/photos", make([]byte, 1<<20), nil, 422, []string{`"code":"photo_type"`}, nil},
		{"a photo one byte too large", "POST", "/api/v1/venues/room/photos", make([]byte, 1<<20+1), nil, 413, []string{`"code":"body_too_large"`}, nil},
	})
	// The server may close the connection while such a body is still being sent.
	if got, err := manager.Try("POST", "/api/v1/venues/room/photos", make([]byte, 8<<20)); err == nil {
		got.Refused(413, "body_too_large")
	}
	h.Anonymous().Get("/health").Expect(200)
}

func TestAVenueThatIsReadCanBeChangedAndPutBack(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.ReadingRoom("room", 4)
	manager := h.Staff(account.Manager, "room")
	read := string(manager.Get("/api/v1/venues/room").Expect(200).Body)
	changed := strings.Replace(read, `"area":"紫阳"`, `"area":"蚺城"`, 1)
	check(t, manager, []call{
		{"put back", "PUT", "/api/v1/venues/room", changed, nil, 200, []string{`"area":"蚺城"`, `"revision":2`}, nil},
		{"put back again", "PUT", "/api/v1/venues/room", changed, nil, 409, []string{`"code":"revision_changed"`}, nil},
		{"without a revision", "PUT", "/api/v1/venues/room", strings.Replace(changed, `"revision":1,`, "", 1), nil, 422, []string{`"code":"revision_needed"`, `"field":"revision"`}, nil},
		{
			"two faults at once", "PUT", "/api/v1/venues/room",
			strings.Replace(strings.Replace(strings.Replace(read, `"revision":1`, `"revision":2`, 1), `"slot_step":30`, `"slot_step":7`, 1), `"Asia/Shanghai"`, `"Mars/Olympus"`, 1),
			nil, 422, []string{`"location":"zone"`, `"location":"rules.slot_step"`}, nil,
		},
		{
			"a closure in the clock of the venue", "PUT", "/api/v1/venues/room",
			strings.Replace(strings.Replace(read, `"revision":1`, `"revision":2`, 1), `"closures":[]`, `"closures":[{"start":"2026-11-25T09:00","end":"2026-11-25T12:00","reason":{"zh-CN":"检修"}}]`, 1),
			nil, 200, []string{`"start":"2026-11-25T09:00:00+08:00"`}, nil,
		},
		{
			"a closure without a time", "PUT", "/api/v1/venues/room",
			strings.Replace(strings.Replace(read, `"revision":1`, `"revision":3`, 1), `"closures":[]`, `"closures":[{"start":"soon","end":"2026-11-25T12:00"}]`, 1),
			nil, 422, []string{`"field":"closures[0].start"`}, nil,
		},
	})
}
