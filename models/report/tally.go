package report

import (
	"math"
	"slices"
	"time"

	"wenguan/models/civil"
	"wenguan/models/store"
)

// tally is what the days of a query come to, before names and order.
type tally struct {
	from   civil.Date
	venues map[string]*Figures
	days   []Measures      // of all venues, by days since from
	rolled map[string]bool // ids of the roll-ups counted, of the days from recent on
	newest time.Time       // when the newest of the roll-ups counted was computed
}

// newTally reads the roll-ups of the dates from one to another, both included: whole months from their merges, the days
// at either end one by one. No roll-up should be later than last, so the month up to last counts as whole. Days from
// recent on are remembered by name.
func newTally(tx store.Tx, in scope, from, to, last, recent civil.Date) (*tally, error) {
	t := &tally{from: from, venues: map[string]*Figures{}, days: make([]Measures, to-from+1), rolled: map[string]bool{}}
	ids := []string{""}
	if !in.all {
		ids = ids[:0]
		for _, v := range in.venues {
			ids = append(ids, v.ID)
		}
	}
	whole, end := wholeMonths(from, to, last)
	for _, id := range ids {
		for _, days := range [2][2]civil.Date{{from, whole}, {end, to + 1}} {
			if err := t.readDays(tx, id, days[0], days[1], recent); err != nil {
				return nil, err
			}
		}
		if err := t.readMonths(tx, id, whole, end, recent); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// never is a date later than any.
const never civil.Date = math.MaxInt32

// wholeMonths cuts [from, to] into days before the first whole month, whole months [first, end), and days from end on.
func wholeMonths(from, to, last civil.Date) (first, end civil.Date) {
	first = from.MonthStart()
	if first < from {
		first = Month.End(from)
	}
	if end = to.MonthStart(); Month.End(to)-1 <= to || to >= last {
		end = Month.End(to)
	}
	if end <= first {
		return to + 1, to + 1
	}
	return first, end
}

func (t *tally) readDays(tx store.Tx, venue string, from, before, recent civil.Date) error {
	if before <= from {
		return nil
	}
	list, err := rollUpsOf(tx, venue, from, before)
	for i := range list {
		t.add(list[i].Venue, list[i].Date, &list[i].Figures)
		t.newest = later(t.newest, list[i].RolledAt)
		if list[i].Date >= recent {
			t.rolled[list[i].ID] = true
		}
	}
	return err
}

func (t *tally) readMonths(tx store.Tx, venue string, from, before, recent civil.Date) error {
	if before <= from {
		return nil
	}
	list, err := monthsOf(tx, venue, from, before)
	for i := range list {
		m := &list[i]
		if t.past(m.last()) { // the clock went back, or nobody said when last is
			if err := t.readDays(tx, m.Venue, m.Month, t.from.Add(len(t.days)), recent); err != nil {
				return err
			}
			continue
		}
		t.of(m.Venue).add(&m.Figures)
		t.newest = later(t.newest, m.RolledAt)
		for _, d := range m.Days {
			date := m.Month.Add(d.Day)
			t.days[date-t.from].add(d.Total)
			if date >= recent {
				t.rolled[rollUpID(m.Venue, date)] = true
			}
		}
	}
	return err
}

// past reports whether the date is after the last one asked for.
func (t *tally) past(date civil.Date) bool { return int(date-t.from) >= len(t.days) }

func (t *tally) of(venue string) *Figures {
	f := t.venues[venue]
	if f == nil {
		f = &Figures{}
		t.venues[venue] = f
	}
	return f
}

func (t *tally) add(venue string, date civil.Date, f *Figures) {
	t.of(venue).add(f)
	t.days[date-t.from].add(f.Total)
}

// clone is a tally that can be added to without changing t.
func (t *tally) clone() *tally {
	c := &tally{from: t.from, venues: make(map[string]*Figures, len(t.venues)), days: slices.Clone(t.days)}
	for id, f := range t.venues {
		sum := Merge(*f)
		c.venues[id] = &sum
	}
	return c
}
