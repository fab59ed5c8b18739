package static

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// catalogues are the pairs of text modules; the Chinese one is the source.
var catalogues = []string{
	"zh-CN.js en.js",
	"booking.zh-CN.js booking.en.js",
	"manage.zh-CN.js manage.en.js",
	"account.zh-CN.js account.en.js",
	"privacy.zh-CN.js privacy.en.js",
	"organization.zh-CN.js organization.en.js",
	"security.zh-CN.js security.en.js",
	"roles.zh-CN.js roles.en.js",
	"audit.zh-CN.js audit.en.js",
	"counter.zh-CN.js counter.en.js",
	"rules.zh-CN.js rules.en.js",
	"seats.zh-CN.js seats.en.js",
	"standing.zh-CN.js standing.en.js",
	"rulebook.zh-CN.js rulebook.en.js",
}

var (
	entry       = regexp.MustCompile(`^  '([^']+)':(.*)$`)
	placeholder = regexp.MustCompile(`\{(\w+)`)
	han         = regexp.MustCompile(`\p{Han}`)
	aside       = regexp.MustCompile(`\([^)]*\)`)
)

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := fs.ReadFile(Files, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// texts reads a text module: key to text, as written; a long text goes on in the lines below its key.
func texts(t *testing.T, name string) map[string]string {
	t.Helper()
	found := map[string]string{}
	key := ""
	for line := range strings.Lines(read(t, "i18n/"+name)) {
		m := entry.FindStringSubmatch(strings.TrimRight(line, "\n"))
		switch {
		case m != nil:
			key = m[1]
			if _, twice := found[key]; twice {
				t.Errorf("%s has %s twice", name, key)
			}
			found[key] = m[2]
		case strings.HasPrefix(line, "    "):
			found[key] += line
		}
	}
	if len(found) == 0 {
		t.Fatalf("%s holds no texts", name)
	}
	return found
}

func placeholders(text string) []string {
	var names []string
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		names = append(names, m[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func TestBothLanguagesSayTheSameThings(t *testing.T) {
	t.Parallel()
	for _, pair := range catalogues {
		source, translation, _ := strings.Cut(pair, " ")
		zh, en := texts(t, source), texts(t, translation)
		for key, text := range zh {
			other, ok := en[key]
			switch {
			case !ok:
				t.Errorf("%s lacks %s", translation, key)
			case !slices.Equal(placeholders(text), placeholders(other)):
				t.Errorf("%s has the parameters %v in %s and %v in %s", key, placeholders(text), source, placeholders(other), translation)
			case han.MatchString(aside.ReplaceAllString(other, "")): // a Chinese term may stand in brackets
				t.Errorf("%s still has Chinese in %s", key, translation)
			}
		}
		for key := range en {
			if _, ok := zh[key]; !ok {
				t.Errorf("%s has %s, which %s lacks", translation, key, source)
			}
		}
	}
}

// scripts are the product's own, by name.
func scripts(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := fs.WalkDir(Files, "js", func(name string, d fs.DirEntry, err error) error {
		if err == nil && path.Ext(name) == ".js" {
			found[name] = read(t, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

var (
	literal = regexp.MustCompile(`['"]([a-z_]+(?:\.[\w-]+)*)['"]`)
	begun   = regexp.MustCompile("`([a-z_.]+)\\$\\{")
	asked   = regexp.MustCompile(`\bt\('([^']+)'`)
)

func TestEveryTextIsUsedAndEveryTextUsedIsThere(t *testing.T) {
	t.Parallel()
	all := map[string]string{}
	for _, pair := range catalogues {
		source, _, _ := strings.Cut(pair, " ")
		for key := range texts(t, source) {
			if other, twice := all[key]; twice {
				t.Errorf("%s is in %s and in %s", key, other, source)
			}
			all[key] = source
		}
	}
	used, prefixes := map[string]bool{}, []string{}
	for name, script := range scripts(t) {
		for _, m := range asked.FindAllStringSubmatch(script, -1) {
			if _, ok := all[m[1]]; !ok {
				t.Errorf("%s asks for %s, which no language has", name, m[1])
			}
		}
		for _, m := range literal.FindAllStringSubmatch(script, -1) {
			used[m[1]] = true
		}
		for _, m := range begun.FindAllStringSubmatch(script, -1) {
			prefixes = append(prefixes, m[1])
		}
	}
	for key, source := range all {
		made := slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(key, p) })
		if !used[key] && !made {
			t.Errorf("%s in %s is never shown", key, source)
		}
	}
}

// What the content security policy would refuse at run time, and what would open a door to injected markup.
func TestNoScriptWritesMarkup(t *testing.T) {
	t.Parallel()
	forbidden := regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|\son[a-z]+="`)
	for name, script := range scripts(t) {
		for i, line := range strings.Split(script, "\n") {
			if found := forbidden.FindString(line); found != "" {
				t.Errorf("%s:%d has %q", name, i+1, strings.TrimSpace(found))
			}
		}
	}
}

// Only lib/api.js talks to the server, so that errors, timeouts and keys are dealt with in one place; lib/upload.js sends
// files, because only XMLHttpRequest tells how far they are.
func TestOnlyOneModuleTalksToTheServer(t *testing.T) {
	t.Parallel()
	network := regexp.MustCompile(`\bfetch\(|XMLHttpRequest|EventSource|WebSocket|sendBeacon`)
	for name, script := range scripts(t) {
		if name != "js/lib/api.js" && name != "js/lib/upload.js" && network.MatchString(script) {
			t.Errorf("%s talks to the server by itself", name)
		}
	}
}
