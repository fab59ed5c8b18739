package venue_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/venue"
)

func TestTheProductComesWithTheHolidaysOf2024To2026(t *testing.T) {
	t.Parallel()
	c, _ := opened(t)
	cal, err := c.CalendarOf(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for y, want := range map[int]bool{2023: false, 2024: true, 2025: true, 2026: true, 2027: false} {
		if cal.KnowsYear(y) != want {
			t.Errorf("it knows %d: %v", y, !want)
		}
	}
	if cal.Revision != 0 || len(cal.Days) != 110 {
		t.Errorf("revision %d, %d days", cal.Revision, len(cal.Days))
	}
}

func TestAnAdministratorReplacesTheHolidays(t *testing.T) {
	t.Parallel()
	c, st := opened(t)
	next := &civil.Calendar{Days: []civil.Holiday{
		{Date: day("2027-10-09"), Name: "国庆节", Work: true},
		{Date: day("2027-10-01"), Name: "国庆节"},
	}}
	if err := c.SaveCalendar(t.Context(), administrator, next); err != nil {
		t.Fatal(err)
	}
	want := civil.NewCalendar(1, next.Days)
	for _, reader := range []*venue.Catalog{c, venue.New(st, nil)} {
		got, err := reader.CalendarOf(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		if again, _ := reader.CalendarOf(t.Context()); again != got {
			t.Error("read twice, decoded twice")
		}
	}
	wantFault(t, c.SaveCalendar(t.Context(), administrator, next), fault.Conflict, "revision_changed")
	if err := c.SaveCalendar(t.Context(), administrator, want); err != nil {
		t.Error(err)
	}
	wantFault(t, c.SaveCalendar(t.Context(), managerOfRoom, next), fault.Forbidden, "not_permitted")
}

func TestImpossibleHolidaysAreRefused(t *testing.T) {
	t.Parallel()
	c, _ := opened(t)
	holiday := civil.Holiday{Date: day("2027-10-01"), Name: "国庆节"}
	for name, tc := range map[string]struct {
		days        []civil.Holiday
		field, code string
	}{
		"a day twice":              {[]civil.Holiday{holiday, holiday}, "days[1].date", "not_unique"},
		"a day without a name":     {[]civil.Holiday{{Date: holiday.Date, Name: " "}}, "days[0].name", "required"},
		"a make-up day on Friday":  {[]civil.Holiday{{Date: holiday.Date, Name: "国庆节", Work: true}}, "days[0].work", "make_up_on_weekday"},
		"a day of another century": {[]civil.Holiday{{Date: day("0027-10-01"), Name: "国庆节"}}, "days[0].date", "out_of_range"},
		"thousands of days":        {make([]civil.Holiday, 2001), "days", "too_many"},
	} {
		err := c.SaveCalendar(t.Context(), administrator, &civil.Calendar{Days: tc.days})
		wantFault(t, err, fault.Invalid, tc.code)
		if list, ok := err.(fault.List); !ok || list[0].Field != tc.field {
			t.Errorf("%s: field of %v", name, err)
		}
	}
}
