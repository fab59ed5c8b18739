package venue

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"wenguan/models/civil"
)

// trimAll trims texts and fills in what was left out, so that Check sees what will be stored. Positions in lists stay
// as the caller knows them.
func trimAll(v *Venue) {
	v.Name, v.About, v.Address = trim(v.Name), trim(v.About), trim(v.Address)
	v.Area, v.Phone = strings.TrimSpace(v.Area), strings.TrimSpace(v.Phone)
	for i := range v.Spaces {
		v.Spaces[i].Name, v.Spaces[i].Floor = trim(v.Spaces[i].Name), strings.TrimSpace(v.Spaces[i].Floor)
	}
	for i := range v.Special {
		v.Special[i].Reason = trim(v.Special[i].Reason)
	}
	for i := range v.Closures {
		v.Closures[i].Reason = trim(v.Closures[i].Reason)
	}
	v.OnHoliday.OnHoliday = cmp.Or(v.OnHoliday.OnHoliday, SameAsWeekday)
	v.OnHoliday.OnMakeUp = cmp.Or(v.OnHoliday.OnMakeUp, SameAsWeekday)
}

// arrange puts a valid venue in the one order in which it is stored, without changing what it means.
func arrange(v *Venue) {
	for i := range v.Spaces {
		slices.Sort(v.Spaces[i].Atoms)
	}
	arrangeDays(v)
	slices.SortStableFunc(v.Closures, func(a, b Closure) int { return a.Start.Compare(b.Start) })
	v.Atoms = used(v.Atoms, v.Spaces)
	if len(v.Spaces) == 0 { // none is stored in one way
		v.Spaces, v.Atoms = nil, nil
	}
}

func arrangeDays(v *Venue) {
	for day := range v.Hours {
		v.Hours[day] = civil.Sorted(v.Hours[day])
	}
	v.OnHoliday.HolidayTime = civil.Sorted(v.OnHoliday.HolidayTime)
	for i := range v.Special {
		v.Special[i].Hours = append([]civil.Interval{}, civil.Sorted(v.Special[i].Hours)...) // closed is [], not null
	}
	slices.SortStableFunc(v.Special, func(a, b SpecialDay) int { return cmp.Compare(a.Date, b.Date) })
}

// used is the atoms that some space has; an atom that none has could not be booked, only counted by mistake.
func used(atoms []Atom, spaces []Space) []Atom {
	named := map[string]bool{}
	for i := range spaces {
		for _, a := range spaces[i].Atoms {
			named[a] = true
		}
	}
	return slices.DeleteFunc(atoms, func(a Atom) bool { return !named[a.ID] })
}

func trim(t Text) Text { return Text{ZH: strings.TrimSpace(t.ZH), EN: strings.TrimSpace(t.EN)} }

// fold makes texts comparable as people type them: case and full or half width do not matter.
func fold(s string) string {
	return strings.Map(unicode.ToLower, width.Fold.String(s))
}
