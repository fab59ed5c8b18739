package civil_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wenguan/models/civil"
)

func iv(from, to string) civil.Interval {
	var i civil.Interval
	if i.Start.UnmarshalText([]byte(from)) != nil || i.End.UnmarshalText([]byte(to)) != nil {
		panic(from + "-" + to)
	}
	return i
}

func TestNormalizeSaysTheSameTimeWithTheFewestIntervals(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ in, want []civil.Interval }{
		"nothing is nothing":           {nil, nil},
		"out of order is put in order": {[]civil.Interval{iv("14:00", "18:00"), iv("08:00", "12:00")}, []civil.Interval{iv("08:00", "12:00"), iv("14:00", "18:00")}},
		"touching becomes one":         {[]civil.Interval{iv("08:00", "12:00"), iv("12:00", "18:00")}, []civil.Interval{iv("08:00", "18:00")}},
		"overlapping becomes one":      {[]civil.Interval{iv("08:00", "13:00"), iv("12:00", "18:00")}, []civil.Interval{iv("08:00", "18:00")}},
		"inside another disappears":    {[]civil.Interval{iv("08:00", "18:00"), iv("09:00", "10:00")}, []civil.Interval{iv("08:00", "18:00")}},
		"empty and reversed disappear": {[]civil.Interval{iv("09:00", "09:00"), iv("12:00", "10:00")}, nil},
		"the whole day stays":          {[]civil.Interval{iv("00:00", "24:00")}, []civil.Interval{iv("00:00", "24:00")}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			before := append([]civil.Interval(nil), c.in...)
			if diff := cmp.Diff(c.want, civil.Normalize(c.in)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(before, c.in); diff != "" {
				t.Errorf("the argument changed: %s", diff)
			}
		})
	}
}

func TestIntervalsAreHalfOpen(t *testing.T) {
	t.Parallel()
	morning, afternoon := iv("08:00", "12:00"), iv("12:00", "18:00")
	if morning.Overlaps(afternoon) || afternoon.Overlaps(morning) {
		t.Error("touching intervals overlap")
	}
	if !morning.Overlaps(iv("11:59", "12:01")) {
		t.Error("a shared minute is no overlap")
	}
	if !morning.Contains(8*60) || morning.Contains(12*60) {
		t.Error("an interval holds its start and not its end")
	}
	if !civil.Covers([]civil.Interval{morning}, iv("08:00", "12:00")) || civil.Covers([]civil.Interval{morning, afternoon}, iv("11:00", "13:00")) {
		t.Error("Covers asks for one interval that holds all of it")
	}
	for _, bad := range []civil.Interval{iv("12:00", "12:00"), iv("12:00", "08:00"), {Start: -1, End: 5}, {Start: 5, End: 1441}} {
		if bad.Valid() {
			t.Errorf("%v is valid", bad)
		}
	}
}

func TestMinusCutsSpans(t *testing.T) {
	t.Parallel()
	base := time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC)
	span := func(from, to int) civil.Span {
		return civil.Span{Start: base.Add(time.Duration(from) * time.Hour), End: base.Add(time.Duration(to) * time.Hour)}
	}
	day := []civil.Span{span(8, 12), span(14, 18)}
	for name, c := range map[string]struct {
		cut  civil.Span
		want []civil.Span
	}{
		"between changes nothing":   {span(12, 14), []civil.Span{span(8, 12), span(14, 18)}},
		"the middle leaves two":     {span(9, 10), []civil.Span{span(8, 9), span(10, 12), span(14, 18)}},
		"across leaves the ends":    {span(11, 15), []civil.Span{span(8, 11), span(15, 18)}},
		"the whole leaves nothing":  {span(0, 24), []civil.Span{}},
		"one of two leaves another": {span(8, 12), []civil.Span{span(14, 18)}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, civil.Minus(day, c.cut)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
