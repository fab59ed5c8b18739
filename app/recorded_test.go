package app_test

import (
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"wenguan/app/apptest"
)

// unrecorded are the operations that leave no record in the audit, each with the reason.
var unrecorded = map[string]string{
	"checkRules":         "it changes nothing",
	"replayRules":        "it changes nothing",
	"previewInvitation":  "it changes nothing",
	"startAuthenticator": "nothing counts before the app is confirmed",
	"startPasskey":       "nothing counts before the passkey is added",
	"askPasskey":         "it is a question that a passkey answers",
	"sendSignInCode":     "it changes nothing, and a record would tell whether the account exists",
	"signOut":            "it takes nothing from anybody but the session that asks",
	"stepUp":             "it changes nothing; what it opens the way to is recorded",
	"reportViolation":    "a browser tells it of a page, not a person of a change",
	"addPasskey":         "it needs a browser: e2e/passkey_test.go",
	"removePasskey":      "it needs a browser: e2e/passkey_test.go",
}

func TestEveryChangeLeavesARecord(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	left := map[string]bool{} // by operation that has succeeded
	try := func(op string, do func()) {
		before := records(t, s.House)
		do()
		left[op] = left[op] || records(t, s.House) > before
	}
	for _, row := range accessTable {
		name := s.succeeds(row)
		if name == "" || row.method == http.MethodGet {
			continue
		}
		one := s
		if row.alone {
			callers := signIn(s.House)
			one = &scene{House: s.House, t: t, callers: callers, holder: callers["holder"]}
		}
		path, body := one.fill(row)
		try(apptest.Operation(s.OpenAPI, row.method, path).OperationID, func() {
			if got := one.callers[name].Do(row.method, path, body); got.Status >= 300 {
				t.Errorf("%s %s as %s: %d %.200s", row.method, row.path, name, got.Status, got.Body)
			}
		})
	}
	s = setScene(t)
	for _, deed := range deeds {
		try(deed.operation, deed.ready(s))
	}
	excused := maps.Clone(unrecorded)
	for _, op := range changing(s.House) {
		recorded, succeeded := left[op]
		switch reason := unrecorded[op]; {
		case reason == "" && !succeeded:
			t.Errorf("%s never succeeds in this test; add a deed", op)
		case reason == "" && !recorded:
			t.Errorf("%s leaves no record in the audit", op)
		case reason != "" && recorded:
			t.Errorf("%s leaves a record although %s", op, reason)
		}
		delete(excused, op)
	}
	for op := range excused {
		t.Errorf("there is no operation %s", op)
	}
}

// succeeds is a caller for whom the row ends well, "" for none; staff before others.
func (s *scene) succeeds(r row) string {
	for _, name := range append([]string{"administrator", "holder"}, everyone...) {
		if want := r.outcome(s.t, name); want >= 200 && want < 300 {
			return name
		}
	}
	return ""
}

// changing are the operations that are not GET.
func changing(h *apptest.House) (ids []string) {
	for _, item := range h.OpenAPI.Paths {
		for _, op := range []*huma.Operation{item.Post, item.Put, item.Patch, item.Delete} {
			if op != nil {
				ids = append(ids, op.OperationID)
			}
		}
	}
	return ids
}

// records is how many records the audit has.
func records(t *testing.T, h *apptest.House) (n int64) {
	t.Helper()
	ends, broken, err := h.Audit.Verify(t.Context())
	if err != nil || len(broken) > 0 {
		t.Fatal(broken, err)
	}
	for _, end := range ends {
		n += end.Number
	}
	return n
}

// unseen are the reads that name somebody to staff and record no look, each with the reason.
var unseen = map[string]string{
	"findPeople":  "names are masked, and the audit has who searched where",
	"listAudit":   "it is what auditors are for, and names people by id and masked",
	"exportAudit": "the same as a file",
}

func TestEveryLookAtAPersonIsRecordedOnce(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	s.booked()
	excused, named := maps.Clone(unseen), false
	for _, row := range accessTable {
		if row.method != http.MethodGet {
			continue
		}
		op := apptest.Operation(s.OpenAPI, row.method, address(row.path)).OperationID
		for name := range strings.FieldsSeq("attendant counter manager officer auditor administrator door kiosk display") {
			if row.outcome(t, name) != 200 {
				continue
			}
			shown, looks, again := s.lookedAt(row, name)
			delete(excused, op)
			named = named || shown
			switch {
			case shown && s.callers[name].Account.ID == "":
				t.Errorf("%s names somebody to a %s", op, name)
			case shown && unseen[op] == "" && looks == 0:
				t.Errorf("%s names somebody to a %s and records no look", op, name)
			case looks > 0 && unseen[op] != "":
				t.Errorf("%s records a look although %s", op, unseen[op])
			case again > 0:
				t.Errorf("%s as %s records %d looks more when it is loaded again", op, name, again)
			}
		}
	}
	for op := range excused {
		t.Errorf("nobody of the staff reads %s", op)
	}
	if !named {
		t.Error("no answer names anybody")
	}
}

// lookedAt asks the row twice. It reports whether an answer names somebody, by id or in clear, or the address says whom it
// is about, and how many looks either was.
func (s *scene) lookedAt(r row, name string) (shown bool, first, again int) {
	s.t.Helper()
	path, _ := s.fill(r)
	before := s.looks()
	text := string(s.callers[name].Get(path).Expect(200).Body)
	between := s.looks()
	s.callers[name].Get(path).Expect(200)
	for _, trace := range []string{"王小明", "王小宝", "王秀英", s.holder.Account.ID, strings.TrimPrefix(s.holder.Account.Phone, "+86")} {
		shown = shown || strings.Contains(text, trace)
	}
	for _, word := range []string{"{family}", "{person}", "{culprit}"} {
		shown = shown || strings.Contains(r.path, word)
	}
	return shown, between - before, s.looks() - between
}

// looks is how many looks are kept.
func (s *scene) looks() int {
	s.t.Helper()
	return strings.Count(everything(s.t, s.House)["audit_looks"], `"whose":`)
}
