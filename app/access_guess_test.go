package app_test

import (
	"encoding/json"
	"strings"
	"testing"

	"wenguan/app/apptest"
	"wenguan/handlers"
)

// TestWhoGuessesAnIdLearnsNothing asks for what there is and for what there is not: to somebody who may not see it, both
// are the same, whatever the row of the table is about.
func TestWhoGuessesAnIdLearnsNothing(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	for _, row := range accessTable {
		if !strings.Contains(row.path, "{") || row.alone {
			continue
		}
		real, body := s.fill(row)
		for _, caller := range []string{"resident", "member", "ended-manager", "manager-elsewhere", "door-elsewhere"} {
			client := s.callers[caller]
			if want := row.outcome(t, caller); want != 404 && want != 403 {
				continue
			}
			there := client.Do(row.method, real, body)
			gone := client.Do(row.method, guess(row, real), body)
			if there.Status != gone.Status || codeOf(there) != codeOf(gone) {
				t.Errorf("%s %s as %s: %d %s for one that is there, %d %s for one that is not", row.method, row.path, caller,
					there.Status, codeOf(there), gone.Status, codeOf(gone))
			}
		}
	}
}

// guess is the path of a row with ids that nobody has in the place of those that fill made.
func guess(r row, filled string) string {
	template, _, _ := strings.Cut(address(r.path), "?")
	filled, query, asks := strings.Cut(filled, "?")
	want, got := strings.Split(template, "/"), strings.Split(filled, "/")
	for i, segment := range want {
		if strings.Contains(segment, "{") && len(got[i]) >= 20 {
			got[i] = "01zzzzzzzzzzzzzzzzzzzzzzzz"
		}
	}
	path := strings.Join(got, "/")
	if asks {
		path += "?" + query
	}
	return path
}

func codeOf(a *apptest.Answer) string {
	var p handlers.Problem
	if json.Unmarshal(a.Body, &p) != nil {
		return ""
	}
	return p.Code
}
