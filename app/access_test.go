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

// row is what one request answers each caller.
//
// want names callers, or groups of them, by status; of several words that name a caller the narrowest counts. A caller
// whom no word names is refused: 401 for anonymous, 403 for everybody else. Status notAsked leaves them out.
//
// Words in braces in the path and the body are what fillers make: a {booking} of the holder, a {photo} of the venue.
type row struct {
	method, path, body string
	want               outcomes
	alone              bool // it ends sessions or accounts, so it has callers of its own
}

type outcomes map[int]string

const notAsked = 0

// accessTable is every row; each area of the product has a file of them.
var accessTable = slices.Concat(accessOfVenues, accessOfBookings, accessOfCodes, accessOfFamily, accessOfReports, accessOfAccounts, accessOfCredentials, accessOfPeople, accessOfOrganizations, accessOfPrivacy, accessOfStaff, accessOfAudit, accessOfTheService, accessOfStanding)

func TestEveryOperationAnswersEveryCallerAsTheTableSays(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	for _, row := range accessTable {
		one := s
		if row.alone {
			callers := signIn(s.House)
			one = &scene{House: s.House, t: t, callers: callers, holder: callers["holder"]}
		}
		one.try(row)
	}
}

// try asks one row as every caller. What it is about is made again once somebody has used it up.
func (s *scene) try(row row) {
	s.t.Helper()
	var path string
	var body any
	for _, name := range everyone {
		client, want := s.callers[name], row.outcome(s.t, name)
		if client == nil || want == notAsked {
			continue
		}
		if path == "" || row.alone {
			path, body = s.fill(row)
		}
		got := client.Do(row.method, path, body)
		if got.Status != want {
			s.t.Errorf("%s %s as %s: %d, not %d: %.300s", row.method, row.path, name, got.Status, want, got.Body)
		}
		asDescribed(s.t, s.House, row.method, path, got)
		if got.Status < 300 && row.method != "GET" {
			path = ""
		}
	}
}

// outcome is the status that the row says for a caller.
func (r row) outcome(t *testing.T, caller string) int {
	t.Helper()
	want, narrowest := 403, len(everyone)+1
	if caller == "anonymous" {
		want = 401
	}
	for status, words := range r.want {
		for word := range strings.FieldsSeq(words) {
			named := members(t, word)
			if !slices.Contains(named, caller) {
				continue
			}
			if len(named) == narrowest && want != status {
				t.Errorf("%s %s names %s twice, as %d and %d", r.method, r.path, caller, want, status)
			}
			if len(named) < narrowest {
				want, narrowest = status, len(named)
			}
		}
	}
	return want
}

// address is a path of the table as a request has it.
func address(path string) string {
	if strings.HasPrefix(path, "/health") || strings.HasPrefix(path, "/.well-known") {
		return path
	}
	return handlers.Prefix + path
}

// asDescribed compares an answer with what the description of the API says about this status of the operation.
func asDescribed(t *testing.T, h *apptest.House, method, path string, got *apptest.Answer) {
	t.Helper()
	op := apptest.Operation(h.OpenAPI, method, path)
	if op == nil {
		t.Fatalf("the description has no %s %s", method, path)
	}
	response := op.Responses[fmt.Sprint(got.Status)]
	if response == nil {
		return // the client has said so
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
	if kind != "application/json" && !strings.HasSuffix(kind, "+json") {
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
	tested := map[string]bool{}
	for _, row := range accessTable {
		op := apptest.Operation(h.OpenAPI, row.method, address(row.path))
		if op == nil {
			t.Errorf("there is no operation %s %s", row.method, row.path)
			continue
		}
		tested[op.OperationID] = true
	}
	for path, item := range h.OpenAPI.Paths {
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Patch, item.Delete} {
			if op != nil && !tested[op.OperationID] {
				t.Errorf("no row for %s %s", op.Method, path)
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
