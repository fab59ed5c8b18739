package app_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
	"wenguan/models/store"
)

// changed is a house with some history in its audit.
func changed(t *testing.T) *apptest.House {
	t.Helper()
	h := apptest.Start(t)
	h.ReadingRoom("room", 4)
	h.Square("square", 50)
	holder := h.Resident("王小明")
	made := apptest.Decode[handlers.Booking](holder.Post("/api/v1/bookings",
		`{"venue":"room","space":"seats","start":"2026-11-24T09:30","end":"2026-11-24T11:30"}`).Expect(201))
	h.Staff(account.Counter, "room").Post("/api/v1/check-ins", map[string]string{"venue": "room", "number": made.Number}).Expect(200)
	return h
}

func TestTheAuditIsReadPageByPageAndTakenAlong(t *testing.T) {
	t.Parallel()
	h := changed(t)
	auditor := h.Staff(account.Auditor)
	type page struct {
		Items []handlers.AuditRecord `json:"items"`
		Next  string                 `json:"next"`
	}
	seen := map[string]bool{}
	for after := ""; ; {
		p := apptest.Decode[page](auditor.Get("/api/v1/audit?limit=2&after=" + after).Expect(200))
		for _, r := range p.Items {
			seen[fmt.Sprint(r.Chain, r.Number, r.Action)] = true
		}
		if after = p.Next; after == "" {
			break
		}
	}
	lines := strings.Split(strings.TrimSpace(string(auditor.Get("/api/v1/audit.jsonl").Expect(200).Body)), "\n")
	if len(seen) != len(lines) || len(lines) < 4 {
		t.Errorf("%d records by pages, %d exported", len(seen), len(lines))
	}
	if !seen["room1venue.created"] {
		t.Error(seen)
	}
	table := string(auditor.Get("/api/v1/audit.csv?chain=room").Expect(200).Body)
	if !strings.Contains(table, "venue.created") || strings.Contains(table, "王小明") {
		t.Error(table)
	}
}

// TestAnybodyCanCheckAnExport checks the lines as docs/audit.md says, without the product's own code.
func TestAnybodyCanCheckAnExport(t *testing.T) {
	t.Parallel()
	h := changed(t)
	before := ""
	for line := range strings.Lines(string(h.Staff(account.Auditor).Get("/api/v1/audit.jsonl?chain=room").Expect(200).Body)) {
		var r map[string]json.RawMessage
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatal(err)
		}
		var parts []string
		for _, name := range strings.Fields("chain number at_ms action subject actor means on_behalf request before after previous") {
			parts = append(parts, string(r[name]))
		}
		sum := sha256.Sum256([]byte("[" + strings.Join(parts, ",") + "]"))
		if got := `"` + base64.StdEncoding.EncodeToString(sum[:]) + `"`; got != string(r["hash"]) {
			t.Errorf("record %s hashes to %s, not %s", r["number"], got, r["hash"])
		}
		if before != "" && string(r["previous"]) != before {
			t.Errorf("record %s does not continue the one before", r["number"])
		}
		before = string(r["hash"])
	}
	if before == "" {
		t.Error("nothing was exported")
	}
}

func TestTheCommandProvesTheAuditAndSeesTampering(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if code, _, errs := run("user", "add", "--role", "administrator", "--email", "a@wenguan.example", "--data", dir); code != 0 {
		t.Fatal(errs)
	}
	code, marks, errs := run("audit", "verify", "--data", dir)
	if code != 0 || !strings.HasPrefix(marks, "district\t") || !strings.Contains(errs, "follows from the one before") {
		t.Fatal(code, marks, errs)
	}
	kept := filepath.Join(t.TempDir(), "marks.txt")
	if err := os.WriteFile(kept, []byte(marks), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := run("audit", "verify", "--data", dir, "--marks", kept); code != 0 {
		t.Error(errs)
	}
	tamper(t, dir)
	code, _, errs = run("audit", "verify", "--data", dir, "--marks", kept)
	if code == 0 || !strings.Contains(errs, "district, record 1: it was altered") {
		t.Errorf("%d %s", code, errs)
	}
	if err := os.WriteFile(kept, []byte("not a mark\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := run("audit", "verify", "--data", dir, "--marks", kept); code == 0 || !strings.Contains(errs, "line 1") {
		t.Errorf("%d %s", code, errs)
	}
}

// tamper changes the first record of the district as somebody with the data file could.
func tamper(t *testing.T, dir string) {
	t.Helper()
	st, err := store.Open(t.Context(), "file:"+filepath.Join(dir, "wenguan.db"), []store.Collection{{Name: "audit_records"}})
	if err != nil {
		t.Fatal(err)
	}
	err = st.Update(t.Context(), func(tx store.Tx) error {
		var r map[string]any
		if err := tx.Get("audit_records", "district|000000000001", &r); err != nil {
			return err
		}
		r["actor"] = "somebody else"
		return tx.Replace("audit_records", r)
	})
	if err := st.Close(); err != nil {
		t.Error(err)
	}
	if err != nil {
		t.Fatal(err)
	}
}
