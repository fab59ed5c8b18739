package spreadsheet_test

import (
	"encoding/csv"
	"errors"
	"slices"
	"strings"
	"testing"

	"wenguan/models/spreadsheet"
)

func TestNoCellIsAFormula(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"=1+1", "'=1+1"}, {"+86", "'+86"}, {"-2", "'-2"}, {"@SUM(A1)", "'@SUM(A1)"}, {"  =1", "'  =1"}, {"\t=1", "'\t=1"},
		{"\r1", "'\r1"}, {"\n1", "'\n1"}, {"＝1", "'＝1"}, {"　=1", "'　=1"},
		{"青花合唱团", "青花合唱团"}, {"a=1", "a=1"}, {"12.5", "12.5"}, {"", ""},
	} {
		if got := spreadsheet.Safe(c.text); got != c.want {
			t.Errorf("%q: %q, not %q", c.text, got, c.want)
		}
	}
}

func TestATableIsReadBackAsWritten(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	w, err := spreadsheet.NewWriter(&b)
	if err != nil {
		t.Fatal(err)
	}
	w.Row("名称", "a \"quoted\" name", "two\nlines", "=cmd|' /C calc'!A0")
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	rest, marked := strings.CutPrefix(b.String(), "\ufeff")
	got, err := csv.NewReader(strings.NewReader(rest)).Read()
	want := []string{"名称", "a \"quoted\" name", "two\nlines", "'=cmd|' /C calc'!A0"}
	if err != nil || !marked || !slices.Equal(got, want) {
		t.Errorf("%q, %v, marked %t", got, err, marked)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestAFullDiskIsTold(t *testing.T) {
	t.Parallel()
	if _, err := spreadsheet.NewWriter(full{}); err == nil {
		t.Error("a table was begun on a full disk")
	}
}
