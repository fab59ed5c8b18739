package static

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
)

// told finds the actions that the audit is told of, where they happen.
var told = regexp.MustCompile(`(?:Entry|audited|attend)\((?:actor, (?:id, )?|ctx, actor, id, |account\.Actor\{System: true\}, )?"([a-z_]+\.[a-z_]+)"`)

func TestEveryActionOfTheAuditHasWords(t *testing.T) {
	t.Parallel()
	words := texts(t, "audit.zh-CN.js")
	found := 0
	for _, folder := range []string{"../models", "../app", "../handlers"} {
		err := fs.WalkDir(os.DirFS(folder), ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			code, err := os.ReadFile(folder + "/" + path)
			for _, m := range told.FindAllStringSubmatch(string(code), -1) {
				found++
				about, _, _ := strings.Cut(m[1], ".")
				if _, ok := words["audit.did."+m[1]]; !ok {
					t.Errorf("%s tells the audit of %s, for which its page has no words", path, m[1])
				}
				if _, ok := words["audit.about."+about]; !ok {
					t.Errorf("%s tells the audit about %s, which its page does not offer", path, about)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if found < 5 {
		t.Errorf("found %d actions only", found)
	}
}
