package report_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wenguan/models/account"
	"wenguan/models/report"
	"wenguan/models/venue"
)

func table(t *testing.T, s report.Summary, language string) [][]string {
	t.Helper()
	var b bytes.Buffer
	if err := report.CSV(&b, s, language); err != nil {
		t.Fatal(err)
	}
	body, marked := strings.CutPrefix(b.String(), "\ufeff")
	if !marked {
		t.Error("no byte order mark: Excel would garble the names")
	}
	rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestCSVHasEveryPartOfASummary(t *testing.T) {
	t.Parallel()
	m := report.Measures{Offered: 60, Booked: 45, Attended: 33, Released: 6, Reused: 3, Bookings: 4, People: 5, NoShows: 1, Cancelled: 2, Full: 7, Refused: 8}
	s := report.Summary{
		From: november(1), To: november(30), By: report.Week, Total: m,
		Venues:  []report.VenueMeasure{{ID: "hotel", Name: venue.Text{ZH: "宾馆, 三层", EN: "Hotel \"third\" floor"}, Measures: m}},
		Periods: []report.PeriodMeasure{{Start: november(2), Measures: m}},
		Hours:   []report.HourMeasure{{Hour: 9, Measures: m}},
		Groups:  []report.GroupMeasure{{Group: account.Elders, Measures: m}},
	}
	cells := []string{"1.0", "0.8", "0.6", "0.1", "0.1", "4", "5", "1", "2", "0"}
	row := func(first ...string) []string { return append(append(first, cells...), "7", "8") }
	part := func(first ...string) []string { return append(append(first, cells...), "", "") }
	want := [][]string{
		row("合计", "2026-11-01/2026-11-30", ""), row("场馆", "hotel", "宾馆, 三层"), row("周", "2026-11-02", ""),
		part("时段", "09:00", ""), part("群体", "elders", "老年人"),
	}
	rows := table(t, s, "zh-CN")
	if diff := cmp.Diff(want, rows[1:]); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	rows = table(t, s, "en")
	want[0][0], want[1][0], want[2][0], want[3][0], want[4][0] = "total", "venue", "week", "hour", "group"
	want[1][2], want[4][2] = "Hotel \"third\" floor", "elders"
	if diff := cmp.Diff(want, rows[1:]); diff != "" {
		t.Errorf("rows in English (-want +got):\n%s", diff)
	}
	if len(rows[0]) != len(rows[1]) {
		t.Errorf("%d headings for %d columns", len(rows[0]), len(rows[1]))
	}
}

func TestCSVNamesAreNeverFormulas(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"=HYPERLINK(\"http://evil.example\")": "'=HYPERLINK(\"http://evil.example\")",
		"+1":                                  "'+1",
		"-1":                                  "'-1",
		"@SUM(A1)":                            "'@SUM(A1)",
		"\tTab":                               "'\tTab",
		"\rReturn":                            "'Return", // the csv writer drops it
		"  =1":                                "'  =1",
		"＝1":                                  "'＝1",
		"青花书屋":                                "青花书屋",
		"24小时=好":                              "24小时=好",
		"'already":                            "'already",
		"Room 3 - 4":                          "Room 3 - 4",
	} {
		s := report.Summary{Venues: []report.VenueMeasure{{ID: "v", Name: venue.Text{ZH: name}}}}
		if got := table(t, s, "zh-CN")[2][2]; got != want {
			t.Errorf("%q became %q, want %q", name, got, want)
		}
	}
}
