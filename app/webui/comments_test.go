package webui

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"wenguan/static"
)

func TestScriptsAreServedWithoutCommentsAndWithTheirLines(t *testing.T) {
	t.Parallel()
	source := "// @ts-check\n/**\n * Adds.\n * @param {number} a\n */\nexport const add = (/** @type {number} */ a) => a + 1; // kept\n" +
		"  // why\nconst url = 'https://example.cn/**';\nconst all = 'image/*';\n"
	want := "\n\n\n\n\nexport const add = ( a) => a + 1; // kept\n\nconst url = 'https://example.cn/**';\nconst all = 'image/*';\n"
	if got := string(withoutComments([]byte(source))); got != want {
		t.Errorf("it became %q, not %q", got, want)
	}
}

// A multi-line template with a line that begins with // would lose it.
func TestNoTemplateOfOursHoldsWhatLooksLikeAComment(t *testing.T) {
	t.Parallel()
	comment := regexp.MustCompile(`^\s*//|/\*\*\s`)
	err := fs.WalkDir(static.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !ownScript(name) {
			return err
		}
		source, err := fs.ReadFile(static.Files, name)
		if err != nil {
			return err
		}
		inside := false // a template literal, by the count of its quotes
		for i, line := range strings.Split(string(source), "\n") {
			if comment.MatchString(line) {
				if inside && strings.HasPrefix(strings.TrimSpace(line), "//") {
					t.Errorf("%s:%d is inside a template and would be taken for a comment: %s", name, i+1, line)
				}
				if strings.HasPrefix(strings.TrimSpace(line), "//") || strings.HasPrefix(strings.TrimSpace(line), "/**") {
					continue
				}
			}
			if strings.Count(line, "`")%2 == 1 {
				inside = !inside
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
