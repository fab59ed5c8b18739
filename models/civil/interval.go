package civil

import (
	"cmp"
	"slices"
	"time"
)

// DayEnd is 24:00.
const DayEnd TimeOfDay = 1440

// Valid reports whether the interval is not empty and lies inside a day.
func (i Interval) Valid() bool { return i.Start >= 0 && i.Start < i.End && i.End <= DayEnd }

// Contains reports whether the time lies in [Start, End).
func (i Interval) Contains(t TimeOfDay) bool { return i.Start <= t && t < i.End }

// Overlaps reports whether the two intervals share a minute; intervals that only touch do not.
func (i Interval) Overlaps(j Interval) bool { return i.Start < j.End && j.Start < i.End }

// Sorted is a copy of the list ordered by start, then end; nil if it is empty.
func Sorted(list []Interval) []Interval {
	if len(list) == 0 {
		return nil
	}
	out := slices.Clone(list)
	slices.SortFunc(out, func(a, b Interval) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	return out
}

// Normalize is the same time said with the fewest intervals: sorted, overlapping and touching ones merged, empty ones
// dropped. The argument is not changed.
func Normalize(list []Interval) []Interval {
	var out []Interval
	for _, i := range Sorted(list) {
		if i.Start >= i.End {
			continue
		}
		if n := len(out); n > 0 && i.Start <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, i.End)
			continue
		}
		out = append(out, i)
	}
	return out
}

// Covers reports whether one of the normalized intervals holds all of want.
func Covers(normalized []Interval, want Interval) bool {
	for _, i := range normalized {
		if i.Start <= want.Start && want.End <= i.End {
			return true
		}
	}
	return false
}

// Span is a stretch of real time, half-open.
type Span struct {
	Start time.Time `bson:"start" json:"start"`
	End   time.Time `bson:"end" json:"end"`
}

// Overlaps reports whether the two spans share an instant.
func (s Span) Overlaps(o Span) bool { return s.Start.Before(o.End) && o.Start.Before(s.End) }

// Minus is what is left of the sorted spans when cut is taken out of them.
func Minus(spans []Span, cut Span) []Span {
	out := make([]Span, 0, len(spans)+1)
	for _, s := range spans {
		if !s.Overlaps(cut) {
			out = append(out, s)
			continue
		}
		if s.Start.Before(cut.Start) {
			out = append(out, Span{Start: s.Start, End: cut.Start})
		}
		if cut.End.Before(s.End) {
			out = append(out, Span{Start: cut.End, End: s.End})
		}
	}
	return out
}
