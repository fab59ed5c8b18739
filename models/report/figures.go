package report

import (
	"cmp"
	"slices"

	"wenguan/models/account"
)

// Figures are the measures of a stretch of time with their two breakdowns. The breakdown by group has no offered: hours
// are offered to everybody.
type Figures struct {
	Total  Measures       `bson:"total"`
	Hours  HourMeasures   `bson:"hours"`
	Groups []GroupMeasure `bson:"groups"` // sorted by group, each once
}

// HourMeasures are sorted by hour; hours of nothing are left out.
type HourMeasures []HourMeasure

// HourMeasure is what one hour of the venue's wall clock comes to, 0 to 23. Counts of bookings belong to the hour they
// begin in. On the day clocks go back the repeated hour has 120 minutes.
type HourMeasure struct {
	Hour     int
	Measures Measures
}

// GroupMeasure is what the bookings of one group come to. A minute given back by one group and booked again by another
// is booked by the second, and released and reused by the first.
type GroupMeasure struct {
	Group    account.Group `bson:"g"`
	Measures Measures      `bson:"m"`
}

// Merge is the sum of all of them: associative and commutative, and the figures given are left as they were.
func Merge(all ...Figures) Figures {
	var sum Figures
	for i := range all {
		sum.add(&all[i])
	}
	return sum
}

func (f *Figures) equal(g *Figures) bool {
	return f.Total == g.Total && slices.Equal(f.Hours, g.Hours) && slices.Equal(f.Groups, g.Groups)
}

func (f *Figures) add(g *Figures) {
	f.Total.add(g.Total)
	for i := range g.Hours {
		f.hour(g.Hours[i].Hour).add(g.Hours[i].Measures)
	}
	for i := range g.Groups {
		f.group(g.Groups[i].Group).add(g.Groups[i].Measures)
	}
}

// hour is the place of one hour's measures, made if there is none yet; valid until the next one is made.
func (f *Figures) hour(h int) *Measures {
	i, found := slices.BinarySearchFunc(f.Hours, h, func(m HourMeasure, h int) int { return cmp.Compare(m.Hour, h) })
	if !found {
		f.Hours = slices.Insert(f.Hours, i, HourMeasure{Hour: h})
	}
	return &f.Hours[i].Measures
}

// group is the place of one group's measures, made if there is none yet; valid until the next one is made.
func (f *Figures) group(name account.Group) *Measures {
	i, found := slices.BinarySearchFunc(f.Groups, name, func(m GroupMeasure, g account.Group) int {
		return cmp.Compare(m.Group, g)
	})
	if !found {
		f.Groups = slices.Insert(f.Groups, i, GroupMeasure{Group: name})
	}
	return &f.Groups[i].Measures
}
