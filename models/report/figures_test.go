package report

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.mongodb.org/mongo-driver/v2/bson"
	"pgregory.net/rapid"

	"wenguan/models/civil"
)

func TestRollUpsComeBackFromTheStoreAsTheyWere(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := drawDay(t)
		made := RollUp{
			ID: rollUpID("v", d.date), Venue: "v", Date: d.date, Sheet: 3, Figures: d.figures(),
			RolledAt: time.Date(2026, 11, 25, 2, 10, 0, 0, time.UTC),
		}
		raw, err := bson.Marshal(made)
		if err != nil {
			t.Fatal(err)
		}
		var back RollUp
		if err := bson.Unmarshal(raw, &back); err != nil {
			t.Fatal(err)
		}
		if _, err := bson.Raw(raw).Elements(); err != nil || bson.Raw(raw).Validate() != nil {
			t.Fatalf("not BSON: %v", err)
		}
		month := mergeMonth("v", d.date.MonthStart(), []RollUp{made})
		if raw, err = bson.Marshal(month); err != nil {
			t.Fatal(err)
		}
		var monthBack monthRollUp
		if err := bson.Unmarshal(raw, &monthBack); err != nil || !cmp.Equal(month.Days, monthBack.Days) || monthBack.last() != d.date {
			t.Fatalf("wrote a month and read back %+v, %v", monthBack, err)
		}
		if !back.Figures.equal(&made.Figures) || back.Date != made.Date || back.Sheet != 3 || !back.RolledAt.Equal(made.RolledAt) {
			t.Fatalf("wrote and read back:\n%s", cmp.Diff(made, back))
		}
	})
}

func TestMeasuresOfOtherShapesAreRead(t *testing.T) {
	t.Parallel()
	type doc struct {
		M Measures `bson:"m"`
	}
	for name, c := range map[string]struct {
		stored any
		want   Measures
		fails  bool
	}{
		"doubles from a shell": {bson.A{5.0, 4.0, 3, 0, 0, 0, 0, 0, 0}, Measures{Offered: 5, Booked: 4, Attended: 3}, false},
		"large":                {bson.A{1 << 40, -2, 3, 4, 5, 6, 7, 8, 9}, Measures{1 << 40, -2, 3, 4, 5, 6, 7, 8, 9, 0, 0, 0}, false},
		"too few":              {bson.A{1, 2, 3}, Measures{}, true},
		"words":                {bson.A{"five"}, Measures{}, true},
		"not an array":         {"five", Measures{}, true},
	} {
		raw, err := bson.Marshal(bson.M{"m": c.stored})
		if err != nil {
			t.Fatal(err)
		}
		var got doc
		if err := bson.Unmarshal(raw, &got); (err != nil) != c.fails || !c.fails && got.M != c.want {
			t.Errorf("%s: %+v %v", name, got.M, err)
		}
	}
}

func TestRowsFromBeforeWalkInsWereCountedReadAsNone(t *testing.T) {
	t.Parallel()
	type doc struct {
		H HourMeasures `bson:"h"`
	}
	old := bson.A{}
	for hour := range 11 { // as many numbers as ten rows with walk-ins
		old = append(old, hour, 1, 2, 3, 4, 5, 6, 7, 8, 9)
	}
	raw, err := bson.Marshal(bson.M{"h": old})
	if err != nil {
		t.Fatal(err)
	}
	var got doc
	if err := bson.Unmarshal(raw, &got); err != nil || len(got.H) != 11 || got.H[10] != (HourMeasure{10, Measures{1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 0, 0}}) {
		t.Errorf("read %+v %v", got, err)
	}
	got.H[3].Measures.WalkIns = 12
	if raw, err = bson.Marshal(got); err != nil {
		t.Fatal(err)
	}
	var back doc
	if err := bson.Unmarshal(raw, &back); err != nil || !slices.Equal(got.H, back.H) {
		t.Errorf("wrote and read back %+v %v", back, err)
	}
}

func TestPeriodsBeginAndEndAsOnACalendar(t *testing.T) {
	t.Parallel()
	date := func(s string) civil.Date {
		d, err := civil.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, c := range []struct {
		p              Period
		of, start, end string
	}{
		{Day, "2026-11-24", "2026-11-24", "2026-11-25"},
		{Week, "2026-11-24", "2026-11-23", "2026-11-30"},
		{Week, "2026-11-29", "2026-11-23", "2026-11-30"},
		{Week, "2027-01-01", "2026-12-28", "2027-01-04"},
		{Month, "2026-12-31", "2026-12-01", "2027-01-01"},
		{Month, "2028-02-01", "2028-02-01", "2028-03-01"},
	} {
		if s, e := c.p.Start(date(c.of)), c.p.End(date(c.of)); s != date(c.start) || e != date(c.end) {
			t.Errorf("%s of %s is %s to %s", c.p, c.of, s, e)
		}
	}
}
