package static

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
)

// refused finds the codes of refusals where they are made.
var refused = regexp.MustCompile(`(?:fault\.New\(fault\.(\w+), |refuse\()"(\w+)"`)

// unseen are codes that no page can cause: they belong to commands, tools that use the API, or the store.
var unseen = map[string]string{
	"bad_cursor":             "pages send the cursor they were given",
	"group_unknown":          "no page offers it",
	"invalid_date":           "pages send dates of a list",
	"invalid_position":       "no page asks by position",
	"invalid_time":           "pages send times of a list",
	"kind_unknown":           "accounts are made by commands",
	"language_unknown":       "pages offer two",
	"limit_unavailable":      "what is said of any failure of the service serves",
	"link_ttl":               "links are made by commands",
	"member_role":            "pages offer three",
	"near_needed":            "no page asks by position",
	"pass_span":              "passes are made from bookings",
	"period_not_over":        "jobs are run by commands",
	"period_unknown":         "pages offer three",
	"photo_not_found":        "pages show the photos that are there",
	"range_backwards":        "the summary page sends ranges that run forward",
	"range_too_long":         "the summary page sends shorter ones",
	"revision_needed":        "the editor sends the one it read",
	"too_many_venues":        "thousands",
	"rule_version_not_found": "the booking's own",
	"token_or_number":        "the scan page sends one of them",
	"why_unknown":            "the counter page gives one of the two",
	"verdict_unknown":        "pages offer three",
	"venue_needed":           "pages ask for members within a venue",
}

func TestEveryRefusalThatAPersonCanMeetHasWords(t *testing.T) {
	t.Parallel()
	all := map[string]bool{}
	for _, pair := range catalogues {
		source, _, _ := strings.Cut(pair, " ")
		for key := range texts(t, source) {
			code := key[strings.LastIndex(key, ".")+1:]
			all[code] = true // err.too_late, and scan.too_late where the door says it in its own words
		}
	}
	met := map[string]bool{}
	for _, dir := range []string{"models/account", "models/provider", "models/limit", "models/booking", "models/credential", "models/organization", "models/pass", "models/privacy", "models/report", "models/rule", "models/venue", "handlers"} {
		source := os.DirFS("../" + dir)
		err := fs.WalkDir(source, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") ||
				strings.HasPrefix(name, "import") {
				return err
			}
			b, err := fs.ReadFile(source, name)
			if err != nil {
				return err
			}
			for _, m := range refused.FindAllStringSubmatch(string(b), -1) {
				met[m[2]] = true
				if !all[m[2]] && unseen[m[2]] == "" {
					t.Errorf("%s/%s refuses with %s, for which no page has words", dir, name, m[2])
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for code := range unseen {
		if !met[code] {
			t.Errorf("%s is listed as unseen and made nowhere", code)
		}
	}
}
