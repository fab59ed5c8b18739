package webui

import (
	"bytes"
	"path"
	"regexp"
	"testing"

	"github.com/andybalholm/brotli"

	"wenguan/static"
)

// statically finds what a module imports before it runs; import() is not in it.
var statically = regexp.MustCompile(`(?:from|import)\s*['"](\.[^'"]+)['"]`)

// reach collects a module and everything it imports before it runs.
func reach(t *testing.T, s *Site, name string, into map[string]int) {
	t.Helper()
	if _, done := into[name]; done {
		return
	}
	a := s.assets[name]
	if a == nil {
		t.Fatalf("%s is imported and not there", name)
	}
	var small bytes.Buffer
	w := brotli.NewWriterLevel(&small, heaviest)
	_, _ = w.Write(a.raw)
	_ = w.Close()
	into[name] = small.Len()
	for _, m := range statically.FindAllSubmatch(a.raw, -1) {
		reach(t, s, path.Join(path.Dir(name), string(m[1])), into)
	}
}

// Residents come by phone, some with little data left: the first page is worth 25 kB of scripts, no more.
func TestAFirstVisitLoadsAtMost25KilobytesOfScripts(t *testing.T) {
	t.Parallel()
	s, err := New(static.Files)
	if err != nil {
		t.Fatal(err)
	}
	sizes := map[string]int{}
	reach(t, s, "js/lib/early.js", sizes)
	reach(t, s, "js/resident/main.js", sizes)
	total := 0
	for name, n := range sizes {
		total += n
		t.Logf("%6d %s", n, name)
	}
	t.Logf("%6d in all", total)
	if total > 25_000 {
		t.Errorf("the first page loads %d bytes of scripts", total)
	}
}

// Without it the browser would find them one after the other, a round trip each.
func TestThePageNamesEveryScriptItStartsWith(t *testing.T) {
	t.Parallel()
	s, err := New(static.Files)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]int{}
	reach(t, s, "js/resident/main.js", want)
	delete(want, "js/resident/main.js")
	named := regexp.MustCompile(`rel="modulepreload" href="/static/[0-9a-f]+/([^"]+)"`)
	for _, m := range named.FindAllSubmatch(s.shells["index.html"].raw, -1) {
		if _, ok := want[string(m[1])]; !ok {
			t.Errorf("%s is loaded ahead and not needed", m[1])
		}
		delete(want, string(m[1]))
	}
	for name := range want {
		t.Errorf("%s is needed and not loaded ahead", name)
	}
}
