package venue_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wenguan/models/civil"
	"wenguan/models/venue"
)

func at(s string, v *venue.Venue) time.Time {
	t, err := v.ParseWall(s)
	if err != nil {
		panic(err)
	}
	return t
}

// The National Day week of 2026 as the State Council announced it: off from 1 to 7 October, work on Sunday
// 20 September and Saturday 10 October. Mid-autumn Festival: off from 25 to 27 September.
func TestNationalDay2026(t *testing.T) {
	t.Parallel()
	c, _ := opened(t)
	cal, err := c.CalendarOf(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	office := room("office") // like an office: closed at weekends and on holidays, open on make-up days
	office.Hours = civil.WeeklyHours{}
	for wd := time.Monday; wd <= time.Friday; wd++ {
		office.Hours[wd] = hours("09:00-17:00")
	}
	office.Hours[time.Friday] = hours("09:00-16:00")
	office.OnHoliday = venue.HolidayHours{OnHoliday: venue.ClosedThen, OnMakeUp: venue.AsWorkday}
	museum := room("museum") // special hours on holidays, weekend hours on make-up days
	museum.OnHoliday = venue.HolidayHours{OnHoliday: venue.SpecialHours, HolidayTime: hours("09:00-20:00"), OnMakeUp: venue.SameAsWeekday}
	plain := room("plain") // the calendar changes nothing; closed on Mondays
	plain.OnHoliday = venue.HolidayHours{OnHoliday: venue.SameAsWeekday, OnMakeUp: venue.SameAsWeekday}

	two := hours("08:30-12:00", "14:00-18:00")
	for _, tc := range []struct {
		v    *venue.Venue
		date string
		want venue.Day
	}{
		{office, "2026-09-20", venue.Day{Open: hours("09:00-16:00"), Holiday: "国庆节", MakeUp: true}}, // Sunday as Friday
		{office, "2026-09-24", venue.Day{Open: hours("09:00-17:00")}},
		{office, "2026-09-25", venue.Day{Reason: venue.ClosedOnHoliday, Holiday: "中秋节"}},
		{office, "2026-09-27", venue.Day{Reason: venue.ClosedOnHoliday, Holiday: "中秋节"}},
		{office, "2026-09-30", venue.Day{Open: hours("09:00-17:00")}},
		{office, "2026-10-01", venue.Day{Reason: venue.ClosedOnHoliday, Holiday: "国庆节"}},
		{office, "2026-10-03", venue.Day{Reason: venue.ClosedOnHoliday, Holiday: "国庆节"}}, // a Saturday, closed anyway
		{office, "2026-10-07", venue.Day{Reason: venue.ClosedOnHoliday, Holiday: "国庆节"}},
		{office, "2026-10-08", venue.Day{Open: hours("09:00-17:00")}},
		{office, "2026-10-10", venue.Day{Open: hours("09:00-16:00"), Holiday: "国庆节", MakeUp: true}}, // Saturday as Friday
		{office, "2026-10-11", venue.Day{Reason: venue.ClosedWeekly}},
		{museum, "2026-10-05", venue.Day{Open: hours("09:00-20:00"), Holiday: "国庆节"}}, // a Monday, closed otherwise
		{museum, "2026-10-10", venue.Day{Open: two, Holiday: "国庆节", MakeUp: true}},
		{museum, "2026-10-12", venue.Day{Reason: venue.ClosedWeekly}},
		{plain, "2026-10-01", venue.Day{Open: two, Holiday: "国庆节"}},
		{plain, "2026-10-05", venue.Day{Reason: venue.ClosedWeekly, Holiday: "国庆节"}},
		{plain, "2027-10-01", venue.Day{Open: two}}, // nothing is known of 2027 yet
	} {
		tc.want.Date = day(tc.date)
		if diff := cmp.Diff(tc.want, tc.v.Day(day(tc.date), cal)); diff != "" {
			t.Errorf("%s on %s: %s", tc.v.ID, tc.date, diff)
		}
	}
}

func TestASpecialDayWinsOverEverythingButClosures(t *testing.T) {
	t.Parallel()
	cal := civil.NewCalendar(0, []civil.Holiday{{Date: day("2026-10-01"), Name: "国庆节"}})
	v := room("qingfen")
	v.OnHoliday.OnHoliday = venue.ClosedThen
	gala, stock := venue.Text{ZH: "国庆晚会"}, venue.Text{ZH: "盘点"}
	v.Special = []venue.SpecialDay{
		{Date: day("2026-10-01"), Hours: hours("18:00-22:00"), Reason: gala},
		{Date: day("2026-10-08"), Reason: stock},
	}
	for _, want := range []venue.Day{
		{Date: day("2026-10-01"), Open: hours("18:00-22:00"), Holiday: "国庆节", Note: gala},
		{Date: day("2026-10-08"), Reason: venue.ClosedSpecially, Note: stock},
	} {
		if diff := cmp.Diff(want, v.Day(want.Date, cal)); diff != "" {
			t.Error(diff)
		}
	}
	flood := venue.Text{ZH: "防汛"}
	v.Closures = []venue.Closure{{Start: at("2026-10-01T20:00", v), End: at("2026-10-02T10:00", v), Reason: flood}}
	for _, want := range []venue.Day{
		{Date: day("2026-10-01"), Open: hours("18:00-20:00"), Holiday: "国庆节", Note: flood},
		{Date: day("2026-10-02"), Open: hours("10:00-12:00", "14:00-18:00"), Note: flood},
	} {
		if diff := cmp.Diff(want, v.Day(want.Date, cal)); diff != "" {
			t.Error(diff)
		}
	}
}

func TestClosuresOfTheWholeVenueAreTakenOutOfItsHours(t *testing.T) {
	t.Parallel()
	v := room("qingfen")
	paint := venue.Text{ZH: "粉刷"}
	v.Closures = []venue.Closure{
		{ID: "some", Spaces: []string{"A-01"}, Start: at("2026-11-24T08:00", v), End: at("2026-11-24T20:00", v)},
		{ID: "all", Start: at("2026-11-25T10:00", v), End: at("2026-11-26T24:00", v), Reason: paint},
	}
	for _, want := range []venue.Day{
		{Date: day("2026-11-24"), Open: hours("08:30-12:00", "14:00-18:00")}, // one seat is closed, not the venue
		{Date: day("2026-11-25"), Open: hours("08:30-10:00"), Note: paint},
		{Date: day("2026-11-26"), Reason: venue.ClosedByClosure, Note: paint},
		{Date: day("2026-11-27"), Open: hours("08:30-12:00", "14:00-18:00")},
	} {
		if diff := cmp.Diff(want, v.Day(want.Date, nil)); diff != "" {
			t.Error(diff)
		}
	}
	monday := v.Day(day("2026-11-23"), nil)
	v.Closures[1].Start = at("2026-11-22T10:00", v)
	if diff := cmp.Diff(monday, v.Day(day("2026-11-23"), nil)); diff != "" {
		t.Errorf("a day that is closed anyway: %s", diff)
	}
}

func TestAClosedRoomClosesTheHallItIsPartOf(t *testing.T) {
	t.Parallel()
	v := room("qingfen")
	v.Closures = []venue.Closure{{ID: "c", Spaces: []string{"A-02"}, Start: at("2026-11-24T08:00", v), End: at("2026-11-24T20:00", v)}}
	morning := civil.Span{Start: at("2026-11-24T09:00", v), End: at("2026-11-24T10:00", v)}
	evening := civil.Span{Start: at("2026-11-24T20:00", v), End: at("2026-11-24T21:00", v)}
	for _, tc := range []struct {
		atoms []string
		span  civil.Span
		want  bool
	}{
		{[]string{"A-02"}, morning, true},
		{[]string{"A-01", "A-02"}, morning, true},
		{[]string{"A-01"}, morning, false},
		{[]string{"A-02"}, evening, false},
	} {
		if _, got := v.ClosureOf(tc.atoms, tc.span); got != tc.want {
			t.Errorf("%v: %v", tc.atoms, got)
		}
	}
}

func TestOpenHoursAreRightOnDaysWhenClocksChange(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, zone, date string
		open             []civil.Interval
		hours            float64 // that the day is really open
		shown            []civil.Interval
	}{
		{"Berlin, an ordinary day", "Europe/Berlin", "2026-03-28", hours("01:00-05:00"), 4, hours("01:00-05:00")},
		{"Berlin springs forward: an hour is missing", "Europe/Berlin", "2026-03-29", hours("01:00-05:00"), 3, hours("01:00-05:00")},
		{"Berlin springs forward: hours inside the gap are not there", "Europe/Berlin", "2026-03-29", hours("02:00-03:00"), 0, nil},
		{"Berlin falls back: an hour is there twice", "Europe/Berlin", "2026-10-25", hours("01:00-05:00"), 5, hours("01:00-05:00")},
		{"Berlin falls back: round the clock", "Europe/Berlin", "2026-10-25", hours("00:00-24:00"), 25, hours("00:00-24:00")},
		{"Santiago starts its day at 01:00", "America/Santiago", "2026-09-06", hours("00:00-06:00"), 5, hours("01:00-06:00")},
		{"Cairo starts its day at 01:00", "Africa/Cairo", "2026-04-24", hours("00:00-24:00"), 23, hours("01:00-24:00")},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			v := room("qingfen")
			v.Zone = tc.zone
			v.Hours[day(tc.date).Weekday()] = tc.open
			var sum time.Duration
			for _, s := range v.OpenSpans(day(tc.date), nil) {
				sum += s.End.Sub(s.Start)
			}
			if sum.Hours() != tc.hours {
				t.Errorf("open %v hours, want %v", sum.Hours(), tc.hours)
			}
			if diff := cmp.Diff(tc.shown, v.Day(day(tc.date), nil).Open); diff != "" {
				t.Errorf("shown: %s", diff)
			}
		})
	}
}

func TestOpenThroughoutFollowsHoursOverMidnight(t *testing.T) {
	t.Parallel()
	v := room("qingfen")
	v.Hours = civil.WeeklyHours{}
	for wd := range v.Hours {
		v.Hours[wd] = hours("00:00-24:00")
	}
	v.Hours[time.Thursday] = hours("00:00-12:00", "12:00-18:00")
	for name, tc := range map[string]struct {
		from, to string
		want     bool
	}{
		"an hour":                        {"2026-11-24T09:00", "2026-11-24T10:00", true},
		"two nights":                     {"2026-11-23T20:00", "2026-11-25T08:00", true},
		"up to the very end":             {"2026-11-25T20:00", "2026-11-26T18:00", true},
		"over hours that touch":          {"2026-11-26T11:00", "2026-11-26T13:00", true},
		"past the end":                   {"2026-11-25T20:00", "2026-11-26T18:30", false},
		"over a night that is closed":    {"2026-11-26T17:00", "2026-11-27T01:00", false},
		"from a closed hour":             {"2026-11-26T18:00", "2026-11-26T19:00", false},
		"until midnight":                 {"2026-11-24T23:00", "2026-11-24T24:00", true},
		"a whole day from midnight":      {"2026-11-24T00:00", "2026-11-25T00:00", true},
		"from a closed hour to midnight": {"2026-11-26T18:00", "2026-11-26T24:00", false},
	} {
		if got := v.OpenThroughout(civil.Span{Start: at(tc.from, v), End: at(tc.to, v)}, nil); got != tc.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
