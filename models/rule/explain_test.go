package rule_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"wenguan/models/civil"
	"wenguan/models/rule"
)

var update = flag.Bool("update", false, "write the golden files")

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if want := string(read(t, path)); got != want {
		t.Errorf("%s differs; run with -update and look at the difference\n%s", path, got)
	}
}

// sources are the package's own files, without its tests.
func sources(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range files {
		if !strings.HasSuffix(f, "_test.go") {
			out = append(out, f)
		}
	}
	return out
}

// silent are the fields that a resident need not be told, and why.
var silent = map[string]string{
	"Version":        "a number for records",
	"Name.ZH":        "what managers call the book",
	"Name.EN":        "what managers call the book",
	"Based":          "where a manager started",
	"Letter.Body.ZH": "the letter is shown as a whole where it is accepted",
	"Letter.Body.EN": "the letter is shown as a whole where it is accepted",
	"Strikes.ID":     "a name for records",
}

// bases are books in which every field of a rule book has an effect on what is said.
func bases() []*rule.Book {
	always := &rule.Book{Opening: rule.Opening{Opens: rule.Always}}
	weekly := &rule.Book{Opening: rule.Opening{Opens: rule.WeekWindow, Weekly: &rule.Weekly{From: rule.Mon, Until: rule.Fri}}}
	monthly := &rule.Book{Opening: rule.Opening{Opens: rule.MonthWindow, Monthly: &rule.Monthly{From: 1, Until: 5}}}
	rich := &rule.Book{
		Opening: rule.Opening{HorizonDays: 3, BookBy: &rule.DayTime{Days: 2}},
		Shape:   rule.Shape{Times: rule.InSessions, Sessions: []rule.Session{{Days: rule.Days{rule.Mon}, Quota: 3}}},
		Who:     rule.Who{Letter: &rule.Letter{}, ChildUnder: 5},
		HowMuch: rule.HowMuch{Limits: []rule.Limit{{Count: rule.Bookings, Max: 1}}},
		Attendance: rule.Attendance{
			CheckInBefore: 5, CheckInAfter: 5, Report: 5, MealLeaves: []rule.MealTime{{Interval: civil.Interval{Start: 1, End: 2}, Minutes: 3}},
		},
		Change: rule.Change{CancelBefore: 5, CancelBy: &rule.DayTime{Days: 2}, CancelLimits: []rule.CancelLimit{{Max: 1}}},
		Discipline: rule.Discipline{
			Strikes: []rule.StrikeRule{{
				Counts: []rule.ViolationKind{rule.NoShowed, rule.NotBack}, Max: 2, Penalty: rule.Penalty{Kind: rule.ForDays, N: 1},
				Escalation: []rule.Escalation{{Nth: 2, Days: 5, Penalty: rule.Penalty{Kind: rule.ForDays, N: 2}}},
			}},
			EarnBack: &rule.EarnBack{Max: 1},
		},
	}
	all := []*rule.Book{{}, always, weekly, monthly, rich}
	for _, b := range all[:5:5] { // when organizations may book is said as when everybody may
		all = append(all, &rule.Book{Organizations: &rule.Terms{Opening: &b.Opening}})
	}
	return all
}

// Nothing a manager can set may stay unsaid: every field of a book, changed alone, changes the explanation of one of the
// bases, or is listed as silent.
func TestNothingInABookStaysUnexplained(t *testing.T) {
	t.Parallel()
	said := map[string]bool{}
	for i := range bases() {
		walk(reflect.ValueOf(bases()[i]).Elem(), "", func(path string, _ reflect.Value) {
			said[path] = said[path] || changes(t, i, path)
		})
	}
	for path, ok := range said {
		_, quiet := silent[path]
		switch {
		case !ok && !quiet:
			t.Errorf("%s is never explained", path)
		case ok && quiet:
			t.Errorf("%s is explained, though it is listed as silent", path)
		}
	}
	if len(said) < 90 {
		t.Errorf("only %d fields were looked at", len(said))
	}
}

// walk visits every leaf below v: fields that are no struct, of structs, of what pointers point to and of list elements.
// A list is a leaf, too: it can be empty or not.
func walk(v reflect.Value, path string, visit func(string, reflect.Value)) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			f, name := v.Type().Field(i), path
			if !f.Anonymous {
				name = strings.TrimPrefix(path+"."+f.Name, ".")
			}
			walk(v.Field(i), name, visit)
		}
	case reflect.Pointer:
		visit(path, v)
		if !v.IsNil() {
			walk(v.Elem(), path, visit)
		}
	case reflect.Slice:
		visit(path, v)
		if v.Len() > 0 && v.Index(0).Kind() == reflect.Struct {
			walk(v.Index(0), path, visit)
		}
	default:
		visit(path, v)
	}
}

// changes reports whether changing the field at the path of a base changes what is said.
func changes(t *testing.T, base int, path string) bool {
	t.Helper()
	saying := func(b *rule.Book) string {
		text, err := json.Marshal(rule.Explain(b))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	plain, changed := saying(bases()[base]), false
	for n := range 3 {
		b := bases()[base]
		walk(reflect.ValueOf(b).Elem(), "", func(at string, v reflect.Value) {
			if at == path {
				other(v, n)
			}
		})
		changed = changed || saying(b) != plain
	}
	return changed
}

// other gives a leaf another value; n tries different ones.
func other(v reflect.Value, n int) {
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Int32:
		v.SetInt(v.Int() + int64(7+40*n))
	case reflect.String:
		v.SetString(choice(v.Type(), n))
	case reflect.Pointer:
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		} else {
			v.SetZero()
		}
	case reflect.Slice:
		if v.Len() > 0 {
			v.SetZero()
		} else {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			fill(v.Index(0), 1)
		}
	default:
		panic(fmt.Sprint("no other value for ", v.Type()))
	}
}

// choice is the n-th choice of an enumeration that matters, or any text.
func choice(t reflect.Type, n int) string {
	last := func(list ...string) string { return list[n%len(list)] }
	switch t {
	case reflect.TypeFor[rule.Mode]():
		return last("always", "weekly")
	case reflect.TypeFor[rule.Times]():
		return last("sessions", "days")
	case reflect.TypeFor[rule.Assignment]():
		return last("automatic", "chosen")
	case reflect.TypeFor[rule.Audience]():
		return last("residents", "organizations")
	case reflect.TypeFor[rule.NextAfter]():
		return last("check_in", "check_out")
	case reflect.TypeFor[rule.ReportBy]():
		return "staff"
	case reflect.TypeFor[rule.LateCancel]():
		return last("miss", "allowed")
	case reflect.TypeFor[rule.Scope]():
		return "district"
	}
	return fmt.Sprint("other ", n)
}
