package app_test

import (
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// rules say which way imports go. A package that matches From (and not Except) must not import one that matches Never
// (and not But). A pattern that ends in /... covers what is below, too.
var rules = []struct {
	From, Except, Never, But []string
	Why                      string
}{
	{
		From: []string{"wenguan/models/..."}, Never: []string{"wenguan/handlers/...", "wenguan/jobs/...", "wenguan/app/...", "wenguan/static/..."},
		Why: "a model does not know who calls it",
	},
	{
		From: []string{"wenguan/models/..."}, Never: []string{"github.com/gofiber/...", "github.com/danielgtaylor/huma/...", "github.com/valyala/..."},
		Why: "the rules of the district do not depend on HTTP",
	},
	{
		From: []string{"wenguan/..."}, Never: []string{"go.mongodb.org/mongo-driver/v2/mongo/...", "go.etcd.io/bbolt/..."},
		Except: []string{"wenguan/models/store", "wenguan/models/store/..."},
		Why:    "only the store knows its engines; bson, the form of documents, is everybody's",
	},
	{
		From: []string{"wenguan/..."}, Never: []string{"github.com/coreos/...", "golang.org/x/oauth2/..."}, Except: []string{"wenguan/models/provider"},
		Why: "one package talks to the provider, and the rest knows what it vouches for",
	},
	{
		From: []string{"wenguan/models/limit"}, Never: []string{"wenguan/..."}, But: []string{"wenguan/models/fault", "wenguan/models/store"},
		Why: "counting does not depend on what is counted",
	},
	{
		From: []string{"wenguan/handlers/..."}, Never: []string{"wenguan/jobs/...", "wenguan/app/..."},
		Why: "HTTP and the clock are two doors of the same house; app puts them together",
	},
	{
		From: []string{"wenguan/jobs/..."}, Never: []string{"wenguan/handlers/...", "wenguan/app/..."},
		Why: "a job calls a verb of a model, not a handler",
	},
	{
		From: []string{"wenguan/jobs"}, Never: []string{"wenguan/models/booking", "wenguan/models/report", "wenguan/models/account", "wenguan/models/notice", "wenguan/models/venue"},
		Why: "the runner gets its verbs from app and keeps to leases and times",
	},
	{
		From: []string{"wenguan/static/..."}, Never: []string{"wenguan/..."},
		Why: "the web client is files",
	},
	{
		From: []string{"wenguan/models/fault", "wenguan/models/id"}, Never: []string{"wenguan/..."},
		Why: "they are leaves that everything may use",
	},
	{
		From: []string{"wenguan/models/civil/..."}, Never: []string{"wenguan/..."}, But: []string{"wenguan/models/fault"},
		Why: "the wall clock needs nothing but a way to say what is wrong",
	},
	{
		From: []string{"wenguan/models/store/..."}, Never: []string{"wenguan/..."}, But: []string{"wenguan/models/fault", "wenguan/models/civil", "wenguan/models/store/..."},
		Why: "the store keeps documents and does not know what they mean",
	},
	{
		From:  []string{"wenguan/models/ledger/..."},
		Never: []string{"wenguan/models/booking", "wenguan/models/account", "wenguan/models/venue", "wenguan/models/pass", "wenguan/models/notice", "wenguan/models/report"},
		Why:   "the gate against double booking knows atoms and minutes, not people, rules or reasons",
	},
	{
		From:  []string{"wenguan/models/venue/...", "wenguan/models/account/...", "wenguan/models/organization/...", "wenguan/models/pass/...", "wenguan/models/notice/..."},
		Never: []string{"wenguan/models/booking", "wenguan/models/report", "wenguan/models/ledger"},
		Why:   "what is booked depends on venues, people, passes and notices, not the other way round",
	},
	{
		From: []string{"wenguan/models/..."}, Except: []string{"wenguan/models/privacy"}, Never: []string{"wenguan/models/privacy"},
		Why: "it asks everybody what they keep about a person, so nobody below may depend on it",
	},
	{
		From: []string{"wenguan/models/privacy"}, Never: []string{"wenguan/models/ledger", "wenguan/models/pass", "wenguan/models/report", "wenguan/models/credential", "wenguan/models/organization"},
		Why: "it knows people and bookings; what others keep about a person they tell it through a Part that app hands over",
	},
	{
		From: []string{"wenguan/models/audit"}, Never: []string{"wenguan/..."}, But: []string{"wenguan/models/fault", "wenguan/models/id", "wenguan/models/store", "wenguan/models/store/wire"},
		Why: "every verb may tell the audit; it knows none of them",
	},
	{
		From: []string{"wenguan/models/spreadsheet"}, Never: []string{"wenguan/..."},
		Why: "a table is a leaf that everything may write",
	},
	{
		From: []string{"wenguan/models/rule"}, Never: []string{"wenguan/..."}, But: []string{"wenguan/models/civil", "wenguan/models/fault"},
		Why: "rules are pure functions of values: no store, no people, no venues",
	},
	{
		From: []string{"wenguan/models/booking/..."}, Never: []string{"wenguan/models/report"},
		Why: "booking does not know how it is counted",
	},
}

// goPackage is what go list says of a package.
type goPackage struct {
	ImportPath string
	Imports    []string
}

func TestImportsGoOneWay(t *testing.T) {
	t.Parallel()
	listed, err := exec.Command("go", "list", "-json=ImportPath,Imports", "wenguan/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	used := make([]bool, len(rules))
	for list := json.NewDecoder(strings.NewReader(string(listed))); list.More(); {
		var p goPackage
		if err := list.Decode(&p); err != nil {
			t.Fatal(err)
		}
		for i, r := range rules {
			if !matches(r.From, p.ImportPath) || matches(r.Except, p.ImportPath) {
				continue
			}
			used[i] = true
			for _, imported := range p.Imports {
				if matches(r.Never, imported) && !matches(r.But, imported) {
					t.Errorf("%s imports %s, but %s", p.ImportPath, imported, r.Why)
				}
			}
		}
	}
	for i, u := range used {
		if !u {
			t.Errorf("the rule for %v matches no package any more", rules[i].From)
		}
	}
}

func matches(patterns []string, path string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		below, all := strings.CutSuffix(pattern, "/...")
		return path == below || all && strings.HasPrefix(path, below+"/")
	})
}

func TestARuleOfImportsIsBrokenByWhatItForbids(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pattern, path string
		want          bool
	}{
		{"wenguan/models/...", "wenguan/models/venue", true},
		{"wenguan/models/...", "wenguan/models", true},
		{"wenguan/models/...", "wenguan/modelsx", false},
		{"wenguan/jobs", "wenguan/jobs/x", false},
		{"go.mongodb.org/mongo-driver/v2/mongo/...", "go.mongodb.org/mongo-driver/v2/bson", false},
	} {
		if got := matches([]string{c.pattern}, c.path); got != c.want {
			t.Errorf("%s matches %s: %t", c.pattern, c.path, got)
		}
	}
}
