package venue_test

import (
	"encoding/json"
	"errors"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wenguan/models/fault"
	"wenguan/models/rule"
	"wenguan/models/store"
	"wenguan/models/venue"
)

// Rule book R1, of a county library: booking for the same day from 07:00, at most four hours, a seat is kept 15 minutes.
func TestTheCountyLibrarysRulesAreData(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/rules_r1.json")
	if err != nil {
		t.Fatal(err)
	}
	v := room("library")
	v.Rules = venue.Rules{}
	if err := json.Unmarshal(text, &v.Rules); err != nil {
		t.Fatal(err)
	}
	c, _ := opened(t)
	got := saved(t, c, v).Rules
	want := venue.Rules{
		Version:    1,
		Opening:    rule.Opening{HorizonDays: 0, ReleaseAt: 7 * 60},
		Shape:      rule.Shape{SlotStep: 30, Shortest: 30, Longest: 240, PartyMax: 1},
		HowMuch:    rule.HowMuch{OneAtATime: true},
		Attendance: rule.Attendance{CheckInBefore: 15, CheckInAfter: 15},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestEveryBookOfAVenueHasAVersionOfItsOwn(t *testing.T) {
	t.Parallel()
	c, st := opened(t)
	v := saved(t, c, room("library"))
	strict := venue.DefaultRules()
	strict.Longest = 120
	later := venue.DefaultRules()
	later.Longest, later.Starts = 60, day("2026-12-01")
	edited := *v
	edited.Spaces = slices.Clone(v.Spaces)
	edited.Spaces[0].Rules, edited.Next = &strict, &later
	v = saved(t, c, &edited)
	if v.Rules.Version != 1 || v.Next.Version != 2 || v.Spaces[0].Rules.Version != 3 {
		t.Errorf("versions %d, %d, %d", v.Rules.Version, v.Next.Version, v.Spaces[0].Rules.Version)
	}
	same := *v
	same.Phone = "0798-1234567"
	if v = saved(t, c, &same); v.Next.Version != 2 || v.Spaces[0].Rules.Version != 3 {
		t.Error("a change of the telephone made new versions")
	}
	for version, longest := range map[int32]int32{1: 240, 2: 60, 3: 120} {
		err := st.View(t.Context(), func(tx store.Tx) error {
			r, err := c.RulesAt(tx, "library", version)
			if err == nil && r.Longest != longest {
				t.Errorf("version %d has longest %d", version, r.Longest)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}

func TestABookIsInForceFromItsFirstDayOn(t *testing.T) {
	t.Parallel()
	v := room("library")
	later, own := venue.DefaultRules(), venue.DefaultRules()
	later.Starts = day("2026-12-01")
	v.Next, v.Spaces[0].Rules = &later, &own
	if v.Book(nil, day("2026-11-30")) != &v.Rules || v.Book(&v.Spaces[1], day("2026-12-01")) != v.Next {
		t.Error("the venue's books")
	}
	if v.Book(&v.Spaces[0], day("2026-12-01")) != v.Spaces[0].Rules {
		t.Error("a space's own book is in force, whatever its venue's does")
	}
}

func TestABookThatCannotBeObeyedIsRefusedWithItsPath(t *testing.T) {
	t.Parallel()
	c, _ := opened(t)
	v := room("library")
	bad := venue.DefaultRules()
	bad.Longest = 10
	v.Spaces[2].Rules = &bad
	_, err := c.Save(t.Context(), administrator, v)
	faults, ok := errors.AsType[fault.List](err)
	if !ok || !slices.ContainsFunc(faults, func(f *fault.Error) bool { return f.Field == "spaces[2].rules.longest" }) {
		t.Error(err)
	}
}

func TestASeatIsUnderTheRuleBookOfItsRoom(t *testing.T) {
	t.Parallel()
	strict, own := venue.DefaultRules(), venue.DefaultRules()
	strict.Version, own.Version = 2, 3
	v := &venue.Venue{Rules: venue.DefaultRules(), Spaces: []venue.Space{
		{ID: "room", Allocation: venue.AnyOf, Rules: &strict},
		{ID: "seat", Parent: "room", Allocation: venue.Exclusive},
		{ID: "corner", Parent: "room", Allocation: venue.Exclusive, Rules: &own},
		{ID: "hall", Allocation: venue.Exclusive, Rules: &strict},
		{ID: "half", Parent: "hall", Allocation: venue.Exclusive},
	}}
	for i, want := range []int32{2, 2, 3, 2, 0} {
		if got := v.Book(&v.Spaces[i], day("2026-11-24")).Version; got != want {
			t.Errorf("%s is under version %d, not %d", v.Spaces[i].ID, got, want)
		}
	}
}

// A venue with one room cannot give several in one booking.
func TestSeveralSpacesAreNotPromisedWhereThereIsOne(t *testing.T) {
	t.Parallel()
	v := &venue.Venue{Spaces: []venue.Space{{ID: "hall", Allocation: venue.Exclusive}, {ID: "yard", Allocation: venue.Shared}}}
	book := &venue.Rules{}
	book.HorizonDays, book.CheckInAfter, book.SpacesMax = 1, 15, 2
	if faults := v.CheckRules(nil, book); len(faults) != 1 || faults[0].Field != "spaces_max" {
		t.Errorf("one room: %v", faults)
	}
	v.Spaces = append(v.Spaces, venue.Space{ID: "room", Allocation: venue.Exclusive})
	if faults := v.CheckRules(nil, book); len(faults) > 0 {
		t.Errorf("two rooms: %v", faults)
	}
}
