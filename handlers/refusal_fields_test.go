package handlers

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// A refusal of the rules names the field of the request it is about, as clients write it.
func TestRefusalsOfTheRulesNameFieldsOfTheRequest(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for f := range reflect.TypeFor[reserveInput]().Fields() {
		if f.Name != "Body" {
			continue
		}
		for field := range f.Type.Fields() {
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			known[name] = true
		}
	}
	files, err := filepath.Glob("../models/rule/*.go")
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`\.On\("(\w+)"\)|\bfield(?:, \w+)* :?= .*?"(\w+)"`)
	seen := map[string]bool{}
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") || strings.HasPrefix(filepath.Base(path), "validate") {
			continue
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range named.FindAllStringSubmatch(string(text), -1) {
			field := m[1] + m[2]
			seen[field] = true
			if !known[field] {
				t.Errorf("%s refuses on %q, which no request has", filepath.Base(path), field)
			}
		}
	}
	for _, field := range []string{"start", "end", "space", "party", "for", "with", "purpose", "letter"} {
		if !seen[field] {
			t.Errorf("no rule was found that refuses on %s", field)
		}
	}
}
