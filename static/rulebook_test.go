package static

import (
	"reflect"
	"strings"
	"testing"

	"wenguan/models/rule"
)

// unasked are what a rule book holds that no question is about: where it came from, and the date that is chosen beside it.
var unasked = map[string]bool{"version": true, "template": true, "starts": true, "id": true}

// A rule that no manager can reach in the editor would be a rule that only programmers can set.
func TestTheEditorAsksForEveryFieldOfARuleBook(t *testing.T) {
	t.Parallel()
	asked := read(t, "js/manage/editor/rulebook/schema.js") + read(t, "js/manage/editor/rulebook/schema-after.js")
	var look func(of reflect.Type)
	look = func(of reflect.Type) {
		for of.Kind() == reflect.Pointer || of.Kind() == reflect.Slice {
			of = of.Elem()
		}
		if of.Kind() != reflect.Struct || of == reflect.TypeFor[rule.Text]() {
			return
		}
		for i := range of.NumField() {
			field := of.Field(i)
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			if name != "" && !unasked[name] && !strings.Contains(asked, "'"+name+"'") {
				t.Errorf("the editor has no question for %s of %s", name, of)
			}
			look(field.Type)
		}
	}
	look(reflect.TypeFor[rule.Book]())
}
