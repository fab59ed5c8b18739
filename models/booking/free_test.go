package booking_test

import (
	"context"
	"fmt"
	"testing"

	"wenguan/models/booking"
	"wenguan/models/civil"
	"wenguan/models/rule"
)

func TestFreeOffersTheSessionOrTheDayThatSharesMostWithTheTimeAskedFor(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := premises("hall")
	v.Rules = rule.Book{Opening: rule.Opening{HorizonDays: 7}, Shape: rule.Shape{Times: rule.InSessions, Sessions: []rule.Session{
		{Start: 9 * 60, End: 13 * 60, Quota: 12}, {Start: 13 * 60, End: 17 * 60, Quota: 12},
	}}, Attendance: rule.Attendance{CheckInBefore: 15, CheckInAfter: 15}}
	panel := rule.Book{Opening: rule.Opening{HorizonDays: 7}, Shape: rule.Shape{Times: rule.WholeDays}, Attendance: rule.Attendance{NoCheckIn: true}}
	for i := range v.Spaces {
		if v.Spaces[i].ID == "r1" {
			v.Spaces[i].Rules = &panel
		}
	}
	w.save(v)
	w.reserve(resident(1), booking.Request{
		Venue: "hall", Space: "square", Start: w.at(today+1, 9, 0), End: w.at(today+1, 13, 0), Party: 12,
	})
	free := func(space string, from, to civil.TimeOfDay) string {
		t.Helper()
		list, _, err := w.desk.Free(context.Background(), booking.FreeQuery{Date: today + 1, From: from, To: to})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range list {
			if f.Space.ID == space {
				return fmt.Sprintf("%s-%s %d", f.Start.In(w.zone).Format("15:04"), f.End.In(w.zone).Format("15:04"), f.Left)
			}
		}
		return ""
	}
	for _, c := range []struct {
		space    string
		from, to civil.TimeOfDay
		want     string
	}{
		{"square", 13*60 + 30, 15 * 60, "13:00-17:00 12"},
		{"square", 10 * 60, 14 * 60, "13:00-17:00 12"}, // the morning is full
		{"square", 10 * 60, 12 * 60, ""},
		{"square", 18 * 60, 20 * 60, ""},
		{"r2", 10 * 60, 14 * 60, "09:00-13:00 1"},
		{"r1", 10 * 60, 12 * 60, "08:00-21:00 1"},
	} {
		if got := free(c.space, c.from, c.to); got != c.want {
			t.Errorf("%s %v-%v: %q, not %q", c.space, c.from, c.to, got, c.want)
		}
	}
}
