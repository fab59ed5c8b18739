package rule_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/rule"
)

// short writes a preview as one line a day: the date, when it opens, and its times with the code of their refusal.
func short(days []rule.PreviewDay) []string {
	var out []string
	for _, d := range days {
		line := d.Date.String()
		if d.Closed != "" {
			line += " closed " + d.Closed
		}
		if d.WalkIn {
			line += " walk-in"
		}
		if d.Opens != nil {
			line += " opens " + d.Opens.In(shanghai).Format("01-02T15:04")
		}
		for _, t := range d.Times {
			line += " " + t.Start.In(shanghai).Format("15:04")
			if t.Bookable != (t.Code == "") {
				line += "?"
			}
			if t.Code != "" {
				line += "=" + t.Code
			}
		}
		out = append(out, line)
	}
	return out
}

func TestAManagerSeesWhatCouldBeBookedAtAMoment(t *testing.T) {
	t.Parallel()
	s := cityEntry(t)
	got := short(rule.Preview(s.book, s.place, civil.NewDate(2026, 11, 28), 4, moment("2026-11-28 14:00")))
	want := []string{
		"2026-11-28 09:00=in_past 13:00",
		"2026-11-29 09:00 13:00",
		"2026-11-30 closed weekly",
		"2026-12-01 opens 11-30T10:00 09:00=rule_horizon 13:00=rule_horizon",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	r := readingRoom(t)
	got = short(rule.Preview(r.book, r.place, civil.NewDate(2026, 12, 2), 2, moment("2026-12-01 14:00")))
	want = []string{
		"2026-12-02 walk-in 09:00=rule_booking_days 14:00=rule_booking_days",
		"2026-12-03 09:00 14:00",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if n := len(rule.Preview(s.book, s.place, 0, 1000, s.now)); n != 62 {
		t.Errorf("a preview of %d days", n)
	}
	if n := len(rule.Preview(s.book, s.place, 0, -1, s.now)); n != 0 {
		t.Errorf("a preview of -1 days has %d", n)
	}
}

func TestSlotsAreWhatADayOffers(t *testing.T) {
	t.Parallel()
	week := hours(8*60, 10*60)
	week[time.Wednesday] = []civil.Interval{{Start: 480, End: 575}, {Start: 840, End: 900}}
	place := rule.Open(at, shanghai, week, civil.NewCalendar(0, []civil.Holiday{{Date: civil.NewDate(2026, 11, 26)}}))
	for _, c := range []struct {
		name  string
		shape rule.Shape
		day   int
		want  string
	}{
		{"steps of each opening, whole ones only", rule.Shape{SlotStep: 30}, 25, "08:00-08:30 08:30-09:00 09:00-09:30 14:00-14:30 14:30-15:00"},
		{"thirty minutes where no step is given", rule.Shape{}, 24, "08:00-08:30 08:30-09:00 09:00-09:30 09:30-10:00"},
		{"a whole day, the break included", rule.Shape{Times: rule.WholeDays}, 25, "08:00-15:00"},
		{"sessions in order, those of the day only, those in the hours only", rule.Shape{Times: rule.InSessions, Sessions: []rule.Session{
			session(540, 600), session(480, 540), session(500, 520, rule.Mon), session(570, 660),
		}}, 24, "08:00-09:00 09:00-10:00"},
		{"a session of holidays", rule.Shape{Times: rule.InSessions, Sessions: []rule.Session{session(480, 540, rule.Thu), session(540, 600, rule.Holiday)}}, 26, "09:00-10:00"},
	} {
		b := &rule.Book{Shape: c.shape}
		var got []string
		for _, s := range b.Slots(place, civil.NewDate(2026, 11, c.day)) {
			got = append(got, s.Start.In(shanghai).Format("15:04")+"-"+s.End.In(shanghai).Format("15:04"))
		}
		if diff := cmp.Diff(c.want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

// On days when clocks change, a slot that clocks skip is not there and one that they show twice is there twice.
func TestSlotsAreRightWhenClocksChange(t *testing.T) {
	t.Parallel()
	berlin, err := civil.Zone("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	place := rule.Open(at, berlin, hours(60, 240), nil)
	b := &rule.Book{Shape: rule.Shape{SlotStep: 60}}
	for date, want := range map[civil.Date]int{civil.NewDate(2026, 3, 29): 2, civil.NewDate(2026, 10, 25): 4, civil.NewDate(2026, 6, 1): 3} {
		if got := b.Slots(place, date); len(got) != want {
			t.Errorf("%s has %d slots, not %d", date, len(got), want)
		}
	}
	skipped := &rule.Book{Shape: rule.Shape{Times: rule.InSessions, Sessions: []rule.Session{session(120, 180)}}}
	if got := skipped.Slots(place, civil.NewDate(2026, 3, 29)); len(got) != 0 {
		t.Errorf("a session that clocks skip is there: %v", got)
	}
}

func TestAReplayTellsWhatRealRequestsWouldHaveMet(t *testing.T) {
	t.Parallel()
	s := county(t)
	made := func(id, who, when, from, to string, changes ...func(*rule.Case)) rule.Case {
		s.now = moment(when)
		c := rule.Case{ID: id, At: s.now, Request: s.request(who, from, to)}
		for _, ch := range changes {
			ch(&c)
		}
		return c
	}
	missed := func(c *rule.Case) {
		c.Ended, c.Violation = c.Request.Span.Start.Add(15*time.Minute), rule.NoShowed
	}
	cancelled := func(c *rule.Case) { c.Ended, c.Cancelled = c.At.Add(time.Minute), true }
	cases := []rule.Case{
		made("long", "li", "2026-11-23 07:30", "2026-11-23 08:00", "2026-11-23 13:00"),
		made("early", "li", "2026-11-22 07:30", "2026-11-23 08:00", "2026-11-23 10:00"),
		made("first", "wang", "2026-11-23 07:30", "2026-11-23 08:00", "2026-11-23 10:00", missed),
		made("second", "wang", "2026-11-24 07:30", "2026-11-24 08:00", "2026-11-24 10:00", missed),
		made("both", "wang", "2026-11-24 07:40", "2026-11-24 09:00", "2026-11-24 11:00"),
		made("third", "wang", "2026-11-25 07:30", "2026-11-25 08:00", "2026-11-25 10:00", missed),
		made("suspended", "wang", "2026-11-26 07:30", "2026-11-26 08:00", "2026-11-26 10:00"),
		made("given up", "zhao", "2026-11-26 07:30", "2026-11-26 08:00", "2026-11-26 10:00", cancelled),
		made("again", "zhao", "2026-11-26 07:40", "2026-11-26 08:00", "2026-11-26 10:00"),
	}
	got := rule.Replay(s.book, cases, nil)
	if diff := cmp.Diff(map[string]int{"rule_longest": 1, "rule_horizon": 1, "one_at_a_time": 1, "rule_suspended": 1}, got.ByRule); diff != "" {
		t.Error(diff)
	}
	if got.Accepted != 5 || got.Refused != 4 || len(got.Verdicts) != len(cases) {
		t.Errorf("%d accepted, %d refused of %d", got.Accepted, got.Refused, len(cases))
	}
	for _, v := range got.Verdicts {
		if v.ID == "suspended" && !v.Params["allowed_at"].(time.Time).Equal(moment("2026-11-30 00:00")) {
			t.Errorf("suspended: %v", v.Params)
		}
	}
	if cases[0].ID != "long" {
		t.Error("the argument was put in another order")
	}
}

func TestAReplayFillsSessionsAndEmptiesThemAgain(t *testing.T) {
	t.Parallel()
	s := cityEntry(t)
	s.book.Sessions[0].Quota = 2
	var cases []rule.Case
	for i := range 5 {
		s.now = moment("2026-11-24 10:00").Add(time.Duration(i) * time.Minute)
		c := rule.Case{ID: fmt.Sprint(i), At: s.now, Request: s.request(fmt.Sprint("reader ", i), "2026-11-25 09:00", "2026-11-25 13:00")}
		if i == 0 {
			c.Cancelled, c.Ended = true, moment("2026-11-24 10:03")
		}
		cases = append(cases, c)
	}
	codes := map[string]string{}
	for _, v := range rule.Replay(s.book, cases, nil).Verdicts {
		codes[v.ID] = v.Code
	}
	if diff := cmp.Diff(map[string]string{"0": "", "1": "", "2": "session_full", "3": "", "4": "session_full"}, codes); diff != "" {
		t.Error(diff)
	}
}

func TestWhoMayWalkInOnADate(t *testing.T) {
	t.Parallel()
	s := readingRoom(t) // walks in from Monday to Friday
	saturday, friday, far := civil.NewDate(2026, 11, 28), civil.NewDate(2026, 11, 27), civil.NewDate(2026, 11, 23)
	everybody := []string{"residents", "families", "elders", "disabled"}
	on := func(date civil.Date) []string { return rule.WalkersOn(s.book, s.place, date) }
	if diff := cmp.Diff([][]string{nil, everybody}, [][]string{on(saturday), on(friday)}); diff != "" {
		t.Error(diff)
	}
	s.book.ExemptAge, s.book.ExemptGroups = 60, []string{"disabled"}
	if diff := cmp.Diff([]string{"elders", "disabled"}, on(saturday)); diff != "" {
		t.Error(diff)
	}
	s.place = rule.Open(at, shanghai, civil.WeeklyHours{}, nil)
	if got := on(far); got != nil {
		t.Errorf("while it is closed: %v", got)
	}
}

func TestExemptGroupsWalkInOnAnyDay(t *testing.T) {
	t.Parallel()
	s := readingRoom(t)
	s.book.ExemptAge, s.book.ExemptGroups = 60, []string{"disabled"}
	saturday := moment("2026-11-28 10:00")
	for _, c := range []struct {
		name string
		who  rule.Person
		at   time.Time
		code string
	}{
		{"nobody in particular", rule.Person{}, saturday, "rule_walk_in"},
		{"of sixty", rule.Person{BirthYear: 1966}, saturday, ""},
		{"of fifty-nine", rule.Person{BirthYear: 1967}, saturday, "rule_walk_in"},
		{"disabled", rule.Person{Groups: []string{"disabled"}}, saturday, ""},
		{"elders, where they are not named", rule.Person{Groups: []string{"elders"}}, saturday, "rule_walk_in"},
		{"of sixty, at night", rule.Person{BirthYear: 1966}, moment("2026-11-28 20:00"), "outside_hours"},
	} {
		if err := rule.WalkIn(s.book, s.place, c.who, 1, -1, c.at); codeOf(err) != c.code {
			t.Errorf("%s: %v", c.name, err)
		} else if err != nil && err.Kind != fault.Invalid {
			t.Errorf("%s: %s", c.name, err.Kind)
		}
	}
}

// seats is a room with so many places.
type seats struct {
	free int
	has  map[string]bool
}

func (s *seats) Take(c *rule.Case) bool {
	if s.free == 0 {
		return false
	}
	s.free, s.has[c.ID] = s.free-1, true
	return true
}

func (s *seats) Give(c *rule.Case) {
	if s.has[c.ID] {
		s.free, s.has[c.ID] = s.free+1, false
	}
}

func TestAReplayHasNoMorePlacesThanThereAre(t *testing.T) {
	t.Parallel()
	s := county(t)
	wanted := func(id, who, at string, changes ...func(*rule.Case)) rule.Case {
		s.now = moment(at)
		c := rule.Case{ID: id, At: s.now, Request: s.request(who, "2026-11-23 08:00", "2026-11-23 10:00")}
		for _, ch := range changes {
			ch(&c)
		}
		return c
	}
	wish := func(c *rule.Case) { c.Wish = c.Request.Holder.ID }
	given := func(c *rule.Case) { c.Given = true }
	cancelled := func(c *rule.Case) { c.Cancelled, c.Ended = true, moment("2026-11-23 07:40") }
	cases := []rule.Case{
		wanted("a wish of the same moment", "wu", "2026-11-23 07:30", wish),
		wanted("booked", "li", "2026-11-23 07:30"),
		wanted("given", "wang", "2026-11-23 07:29", given, cancelled),
		wanted("full", "zhao", "2026-11-23 07:35", wish),
		wanted("again", "zhao", "2026-11-23 07:41", wish),
		wanted("once more", "zhao", "2026-11-23 07:42", wish),
		wanted("late", "sun", "2026-11-23 07:43"),
	}
	codes := map[string]string{}
	for _, v := range rule.Replay(s.book, cases, &seats{free: 2, has: map[string]bool{}}).Verdicts {
		codes[v.ID] = v.Code
	}
	want := map[string]string{"booked": "", "a wish of the same moment": rule.Full, "full": rule.Full, "again": "", "late": rule.Full}
	if diff := cmp.Diff(want, codes); diff != "" {
		t.Error(diff)
	}
}
