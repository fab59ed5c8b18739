package civil_test

import (
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/civil"
)

func TestDatesAreReadAndWrittenAsPeopleDo(t *testing.T) {
	t.Parallel()
	d := civil.NewDate(2026, time.November, 24)
	if d.String() != "2026-11-24" || d.Weekday() != time.Tuesday || d.Add(8).String() != "2026-12-02" {
		t.Errorf("%s is a %s, and a week and a day later it is %s", d, d.Weekday(), d.Add(8))
	}
	if d.WeekStart().String() != "2026-11-23" || d.MonthStart().String() != "2026-11-01" {
		t.Errorf("its week starts %s, its month %s", d.WeekStart(), d.MonthStart())
	}
	if sunday := civil.NewDate(2026, 11, 29); sunday.WeekStart().String() != "2026-11-23" {
		t.Errorf("the week of a Sunday starts %s", sunday.WeekStart())
	}
	for _, bad := range []string{"", "2026-2-3", "2026-02-29", "24.11.2026", "2026-11-24T00:00"} {
		if _, err := civil.ParseDate(bad); err == nil {
			t.Errorf("%q is a date", bad)
		}
	}
}

func TestTimesOfDayReachFromMidnightToMidnight(t *testing.T) {
	t.Parallel()
	for text, minutes := range map[string]civil.TimeOfDay{"00:00": 0, "09:30": 570, "23:59": 1439, "24:00": 1440} {
		got, err := civil.ParseTimeOfDay(text)
		if err != nil || got != minutes || got.String() != text {
			t.Errorf("%s is %d (%s), %v", text, got, got, err)
		}
	}
	for _, bad := range []string{"", "9:30", "24:01", "12:60", "12", "12:00:00"} {
		if _, err := civil.ParseTimeOfDay(bad); err == nil {
			t.Errorf("%q is a time", bad)
		}
	}
}

func TestDatesAreStoredAsTextSoThatTheyOrder(t *testing.T) {
	t.Parallel()
	type doc struct {
		Day civil.Date `bson:"day"`
	}
	raw, err := bson.Marshal(doc{Day: civil.NewDate(2026, 1, 9)})
	if err != nil {
		t.Fatal(err)
	}
	if text, _ := bson.Raw(raw).Lookup("day").StringValueOK(); text != "2026-01-09" {
		t.Errorf("stored as %q", text)
	}
	var back doc
	if err := bson.Unmarshal(raw, &back); err != nil || back.Day.String() != "2026-01-09" {
		t.Errorf("read back %s, %v", back.Day, err)
	}
}
