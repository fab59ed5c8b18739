package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
)

// Who asks, in the order of the columns below. Elsewhere means: of another venue.
const who = "anonymous holder other attendant-elsewhere attendant manager-elsewhere manager administrator"

// access is what each operation answers each of them. {booking} is a new booking of the holder at the venue, {in} one
// that is checked in, {photo} a new photo of the venue.
var access = []struct{ method, path, body, want string }{
	{"GET", "/venues", "", "200 200 200 200 200 200 200 200"},
	{"POST", "/venues", `{"kind":"square","name":{"zh-CN":"广场"},"atoms":[],"spaces":[],"hours":[[],[],[],[],[],[],[]]}`, "401 403 403 403 403 403 403 422"},
	{"GET", "/venues/room", "", "200 200 200 200 200 200 200 200"},
	{"PUT", "/venues/room", "{room}", "401 403 403 403 403 403 200 200"},
	{"POST", "/venues/room/photos", "{picture}", "401 403 403 403 403 403 201 201"},
	{"DELETE", "/venues/room/photos/{photo}", "", "401 403 403 403 403 403 204 204"},
	{"GET", "/photos/{photo}", "", "200 200 200 200 200 200 200 200"},
	{"GET", "/venues/room/availability", "", "200 200 200 200 200 200 200 200"},
	{"GET", "/free?date=2026-11-25&from=09:00&to=10:00", "", "200 200 200 200 200 200 200 200"},
	{"GET", "/holidays", "", "200 200 200 200 200 200 200 200"},
	{"PUT", "/holidays", `{"days":[{"date":"2026-10-01","name":"国庆节","work":false}]}`, "401 403 403 403 403 403 403 200"},

	{"POST", "/bookings", `{"venue":"room","space":"seats","start":"2026-11-26T09:00","end":"2026-11-26T10:00"}`, "401 201 201 201 201 201 201 201"},
	{"GET", "/bookings", "", "401 200 200 200 200 200 200 200"},
	{"GET", "/bookings/{booking}", "", "401 200 404 404 200 404 200 200"},
	{"POST", "/bookings/{booking}/moves", `{"start":"2026-11-25T09:00","end":"2026-11-25T10:00"}`, "401 200 404 404 403 404 200 200"},
	{"POST", "/bookings/{booking}/cancellation", `{"reason":"有事"}`, "401 200 404 404 403 404 200 200"},
	{"POST", "/bookings/{in}/check-out", "", "401 200 404 404 200 404 200 200"},
	{"GET", "/bookings/{booking}/pass", "", "401 200 404 404 200 404 200 200"},
	{"GET", "/bookings/{booking}/pass.png", "", "401 200 404 404 200 404 200 200"},
	{"GET", "/bookings/{booking}/pass.svg", "", "401 200 404 404 200 404 200 200"},
	{"POST", "/check-ins", `{"venue":"room","number":"{number}"}`, "401 403 403 403 200 403 200 200"},
	{"GET", "/venues/room/board", "", "401 403 403 403 200 403 200 200"},

	{"GET", "/summaries?from=2026-11-01&to=2026-11-30", "", "401 403 403 403 403 200 200 200"},
	{"GET", "/summaries?from=2026-11-01&to=2026-11-30&venue=room", "", "401 403 403 403 403 403 200 200"},
	{"GET", "/summaries.csv?from=2026-11-01&to=2026-11-30", "", "401 403 403 403 403 200 200 200"},
	{"GET", "/summaries/written?period=month&of=2026-10-01", "", "401 403 403 403 403 200 200 200"},

	{"POST", "/sign-in-codes", `{"to":"13700000000"}`, "202 - - - - - - -"},
	{"POST", "/sessions", `{"to":"13700000000","code":"000000"}`, "422 422 422 422 422 422 422 422"},
	{"GET", "/session", "", "200 200 200 200 200 200 200 200"},
	{"PATCH", "/account", `{"language":"en"}`, "401 200 200 200 200 200 200 200"},

	{"GET", "/jobs", "", "401 403 403 403 403 403 403 200"},
	{"POST", "/jobs/tidy/runs", "{}", "401 403 403 403 403 403 403 204"},
	{"GET", "/health", "", "200 200 200 200 200 200 200 200"},
	{"GET", "/.well-known/jwks.json", "", "200 200 200 200 200 200 200 200"},
	{"POST", "/csp-reports", `{"csp-report":{"violated-directive":"script-src"}}`, "204 204 204 204 204 204 204 204"},
	{"DELETE", "/session", "", "204 204 204 204 204 204 204 204"}, // last: it ends their sessions
}

func TestEveryOperationAnswersEveryRoleAsTheTableSays(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.ReadingRoom("room", 80)
	h.Square("elsewhere", 50)
	holder := h.Resident("王小明")
	clients := []*apptest.Client{
		h.Anonymous(), holder, h.Resident("李雷"), h.Staff(account.Attendant, "elsewhere"), h.Staff(account.Attendant, "room"),
		h.Staff(account.Manager, "elsewhere"), h.Staff(account.Manager, "room"), h.Staff(account.Administrator),
	}
	names := strings.Fields(who)
	for _, row := range access {
		for i, want := range strings.Fields(row.want) {
			if want == "-" {
				continue
			}
			path, body := fill(t, h, holder, row.path, row.body)
			got := clients[i].Do(row.method, path, body)
			if fmt.Sprint(got.Status) != want {
				t.Errorf("%s %s as %s: %d, not %s: %.300s", row.method, row.path, names[i], got.Status, want, got.Body)
			}
			asDescribed(t, h, row.method, template(row.path), got)
		}
	}
}

// fill makes what the path and body name.
func fill(t *testing.T, h *apptest.House, holder *apptest.Client, path, body string) (string, any) {
	t.Helper()
	if strings.Contains(path, "{photo}") {
		id, err := h.Venues.AddPhoto(t.Context(), apptest.System, "room", picture(t))
		if err != nil {
			t.Fatal(err)
		}
		path = strings.Replace(path, "{photo}", id, 1)
	}
	if strings.Contains(path+body, "{booking}") || strings.Contains(path+body, "{in}") || strings.Contains(body, "{number}") {
		b := apptest.Decode[handlers.Booking](holder.Post("/api/v1/bookings",
			`{"venue":"room","space":"seats","start":"2026-11-24T09:30","end":"2026-11-24T11:30"}`).Expect(201))
		if strings.Contains(path, "{in}") {
			h.Staff(account.Administrator).Post("/api/v1/check-ins", map[string]string{"venue": "room", "number": b.Number}).Expect(200)
		}
		path = strings.NewReplacer("{booking}", b.ID, "{in}", b.ID).Replace(path)
		body = strings.Replace(body, "{number}", b.Number, 1)
	}
	if !strings.HasPrefix(path, "/health") && !strings.HasPrefix(path, "/.well-known") {
		path = handlers.Prefix + path
	}
	switch body {
	case "":
		return path, nil
	case "{room}":
		return path, h.Anonymous().Get("/api/v1/venues/room").Expect(200).Body
	case "{picture}":
		return path, picture(t)
	}
	return path, body
}

// template is the path of a row as the description of the API has it.
func template(path string) string {
	path, _, _ = strings.Cut(path, "?")
	path = strings.NewReplacer("/venues/room", "/venues/{venue}", "{in}", "{booking}", "/jobs/tidy", "/jobs/{job}").Replace(path)
	if path != "/health" && !strings.HasPrefix(path, "/.well-known") {
		path = handlers.Prefix + path
	}
	return path
}

// asDescribed compares an answer with what the description of the API says about this status of the operation.
func asDescribed(t *testing.T, h *apptest.House, method, path string, got *apptest.Answer) {
	t.Helper()
	item := h.OpenAPI.Paths[path]
	if item == nil {
		t.Fatalf("the description has no %s", path)
	}
	op := map[string]*huma.Operation{"GET": item.Get, "POST": item.Post, "PUT": item.Put, "PATCH": item.Patch, "DELETE": item.Delete}[method]
	response := op.Responses[fmt.Sprint(got.Status)]
	if response == nil {
		t.Errorf("%s %s: the description has no %d", method, path, got.Status)
		return
	}
	kind, _, _ := strings.Cut(got.Header.Get("Content-Type"), ";")
	if len(response.Content) == 0 || strings.HasPrefix(kind, "image/") {
		return
	}
	content := response.Content[kind]
	if content == nil {
		t.Errorf("%s %s: %d is %q, which the description does not have", method, path, got.Status, kind)
		return
	}
	if !strings.Contains(kind, "json") {
		return
	}
	var value any
	got.Into(&value)
	var found huma.ValidateResult
	huma.Validate(h.OpenAPI.Components.Schemas, content.Schema, huma.NewPathBuffer(nil, 0), huma.ModeReadFromServer, value, &found)
	for _, err := range found.Errors {
		t.Errorf("%s %s: %d is not as described: %v: %.500s", method, path, got.Status, err, got.Body)
	}
}

func TestTheTableOfAccessHasEveryOperation(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	var tested []string
	for _, row := range access {
		tested = append(tested, row.method+" "+template(row.path))
	}
	for path, item := range h.OpenAPI.Paths {
		for method, op := range map[string]bool{
			"GET": item.Get != nil, "POST": item.Post != nil, "PUT": item.Put != nil, "PATCH": item.Patch != nil, "DELETE": item.Delete != nil,
		} {
			if op && !slices.Contains(tested, method+" "+path) {
				t.Errorf("no row for %s %s", method, path)
			}
		}
	}
}

// The house's clients hold every answer of every test against the description; these are the ones no other test asks for.
func TestAnswersThatAreRareAreDescribedToo(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.ReadingRoom("room", 2)
	nobody, administrator := h.Anonymous(), h.Staff(account.Administrator)
	nobody.Get("/api/v1/free?date=2026-11-25&from=09:00&to=10:00&venue=nowhere").Refused(404, "venue_not_found")
	nobody.Get("/api/v1/venues/room/availability?space=nowhere").Refused(404, "space_not_found")
	nobody.Get("/api/v1/photos/none").Refused(404, "photo_not_found")
	nobody.Post("/api/v1/csp-reports", nil).Refused(400, "malformed_request")
	nobody.Post("/api/v1/sign-in-codes", nil).Refused(400, "malformed_request")
	nobody.Do("DELETE", "/api/v1/session", nil, "Origin", "https://elsewhere.example").Refused(403, "foreign_origin")
	administrator.Post("/api/v1/venues/room/photos", nil).Refused(400, "malformed_request")
	administrator.Post("/api/v1/jobs/none/runs", nil).Refused(404, "job_not_found")
	administrator.Get("/api/v1/summaries?from=2026-11-01&to=2026-11-02&venue=nowhere").Refused(404, "venue_not_found")
	administrator.Put("/api/v1/holidays", `{"days":[],"revision":99}`).Refused(409, "revision_changed")
}
