package app_test

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
)

// asked finds the actions that verbs ask for: Check(EditVenue, …), Scope(account.ViewBoard).
var asked = regexp.MustCompile(`\b(?:Check|Scope)\((?:account\.)?([A-Z]\w+)[,)]`)

func TestEveryActionOfTheTableIsAskedForAndEveryRouteAsksForOne(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	inTable := map[account.Action]bool{}
	for _, p := range account.Permissions() {
		inTable[p.Action] = true
	}
	used := map[account.Action]bool{}
	for path, item := range h.OpenAPI.Paths {
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Patch, item.Delete} {
			if op == nil {
				continue
			}
			needs, _ := op.Metadata[handlers.Needs].(account.Action)
			used[needs] = true
			if !inTable[needs] {
				t.Errorf("%s %s asks for %q, which is not in the table", op.Method, path, needs)
			}
		}
	}
	verbs := actionsAskedFor(t)
	for action := range inTable {
		if !used[action] && !verbs[strings.ReplaceAll(string(action), "_", "")] {
			t.Errorf("nothing asks for %s", action)
		}
	}
}

// actionsAskedFor are the names of the actions that models and handlers ask for, in lower case.
func actionsAskedFor(t *testing.T) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	for _, dir := range []string{"../models", "../handlers"} {
		source := os.DirFS(dir)
		err := fs.WalkDir(source, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return err
			}
			text, err := fs.ReadFile(source, name)
			for _, m := range asked.FindAllStringSubmatch(string(text), -1) {
				found[strings.ToLower(m[1])] = true
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return found
}
