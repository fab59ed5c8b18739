package static

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
)

// seen finds why staff look at somebody and at what, where it is recorded.
var seen = regexp.MustCompile(`audit\.Look\{[^}]*\bWhy: "([a-z]+)"[^}]*\bWhat: "([a-z]+)`)

// A look that the person reads as "needed it for work" says nothing.
func TestEveryLookHasWordsOnThePageAndInTheCopy(t *testing.T) {
	t.Parallel()
	words, copied := texts(t, "privacy.zh-CN.js"), source(t, "../models/privacy/words.go")
	found := 0
	err := fs.WalkDir(os.DirFS("../models"), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		for _, m := range seen.FindAllStringSubmatch(source(t, "../models/"+path), -1) {
			found++
			for _, word := range []string{"why." + m[1], "what." + m[2]} {
				if _, ok := words["privacy."+word]; !ok {
					t.Errorf("%s records a look with %s, for which the page has no words", path, word)
				}
				if !strings.Contains(copied, `"`+word+`":`) {
					t.Errorf("%s records a look with %s, for which the copy has no words", path, word)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found < 4 {
		t.Errorf("found %d looks only", found)
	}
}

func source(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
