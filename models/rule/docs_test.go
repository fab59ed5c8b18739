package rule_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"wenguan/models/rule"
)

const guide = "../../docs/rule-books.md"

// part replaces what lies between the marks of a name, with -update; else it must be there already.
func part(t *testing.T, name, text string) {
	t.Helper()
	doc := string(read(t, guide))
	before, rest, ok := strings.Cut(doc, "<!-- "+name+" -->\n")
	was, after, ok2 := strings.Cut(rest, "<!-- /"+name+" -->")
	if !ok || !ok2 {
		t.Fatalf("%s has no part %s", guide, name)
	}
	if was == text {
		return
	}
	if !*update {
		t.Errorf("the part %s of %s is old; run with -update", name, guide)
		return
	}
	doc = before + "<!-- " + name + " -->\n" + text + "<!-- /" + name + " -->" + after
	if err := os.WriteFile(guide, []byte(doc), 0o600); err != nil {
		t.Fatal(err)
	}
}

// The guide for managers shows the template as it is, and the words as clients are proposed them.
func TestTheGuideShowsWhatIs(t *testing.T) {
	w := readWords(t)
	b, _ := rule.NewFrom("county-library-seats")
	text, err := json.MarshalIndent(b, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	part(t, "r1", "```json\n"+string(text)+"\n```\n")
	var said strings.Builder
	for i, en := range explained(t, w, "en", b) {
		fmt.Fprintf(&said, "- %s %s\n", explained(t, w, "zh-CN", b)[i], en)
	}
	part(t, "r1-words", said.String())
	var table strings.Builder
	for _, group := range []struct {
		title string
		words map[string]map[string]string
	}{{"The rules", w.Explain}, {"Values", w.Values}, {"Refusals", w.Refusals}, {"Faults of a book", w.Faults}} {
		fmt.Fprintf(&table, "\n### %s\n\n| code | 中文 | English |\n|---|---|---|\n", group.title)
		for _, code := range slices.Sorted(maps.Keys(group.words)) {
			row := strings.ReplaceAll(group.words[code]["zh-CN"]+" \x00 "+group.words[code]["en"], "|", `\|`)
			fmt.Fprintf(&table, "| `%s` | %s |\n", code, strings.ReplaceAll(row, "\x00", "|"))
		}
	}
	part(t, "words", table.String()+"\n")
}

// Every field that a client can write is in the guide.
func TestTheGuideNamesEveryField(t *testing.T) {
	t.Parallel()
	doc := string(read(t, guide))
	names := map[string]bool{}
	fields(reflect.TypeFor[rule.Book](), names)
	if len(names) < 80 {
		t.Fatalf("only %d fields", len(names))
	}
	for name := range names {
		if name == "zh-CN" || name == "en" {
			continue
		}
		if !strings.Contains(doc, "`"+name+"`") && !strings.Contains(doc, "{"+name+",") && !strings.Contains(doc, " "+name+",") && !strings.Contains(doc, " "+name+"}") {
			t.Errorf("%s is not in the guide", name)
		}
	}
}

// fields collects the JSON names below a type.
func fields(t reflect.Type, into map[string]bool) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice:
		fields(t.Elem(), into)
	case reflect.Struct:
		for i := range t.NumField() {
			f := t.Field(i)
			if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" {
				into[name] = true
			}
			fields(f.Type, into)
		}
	}
}
