package booking_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wenguan/models/booking"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/rule"
	"wenguan/models/venue"
)

func TestEveryRuleNamesItsLimitAndWhatItWouldAllow(t *testing.T) {
	t.Parallel()
	tomorrow := today.Add(1)
	open := []civil.Interval{{Start: 8 * 60, End: 12 * 60}, {Start: 13*60 + 15, End: 21 * 60}}
	for _, c := range []struct {
		name   string
		change func(*venue.Venue)
		space  string
		date   civil.Date
		from   civil.TimeOfDay
		till   civil.TimeOfDay
		party  int32
		code   string // "" if it is allowed
		field  string
		params fault.Params
	}{
		{name: "a plain wish is granted", date: tomorrow, from: 9 * 60, till: 11 * 60},
		{name: "before opening", date: tomorrow, from: 7 * 60, till: 9 * 60, code: "outside_hours", field: "start", params: fault.Params{"open": open}},
		{name: "after closing", date: tomorrow, from: 20 * 60, till: 22 * 60, code: "outside_hours", field: "start", params: fault.Params{"open": open}},
		{name: "over the lunch break", date: tomorrow, from: 11 * 60, till: 14*60 + 15, code: "outside_hours", field: "start", params: fault.Params{"open": open}},
		{name: "until closing", date: tomorrow, from: 19*60 + 15, till: 21 * 60},
		{name: "a closed weekday", date: today.Add(5), from: 9 * 60, till: 10 * 60, code: "closed_day", field: "start", params: fault.Params{"reason": "weekly"}},
		{name: "a closure of the space", date: today.Add(2), from: 9 * 60, till: 10 * 60, code: "in_closure", field: "start", params: fault.Params{
			"reason": rule.Text{ZH: "维修"},
			"from":   time.Date(2026, 11, 26, 8, 0, 0, 0, time.UTC).Add(-8 * time.Hour), "to": time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC).Add(-8 * time.Hour),
		}},
		{name: "another space is not closed with it", space: "r2", date: today.Add(2), from: 9 * 60, till: 10 * 60},
		{name: "a start between steps", date: tomorrow, from: 9*60 + 10, till: 11 * 60, code: "rule_step", field: "start", params: fault.Params{"minutes": int32(30)}},
		{name: "an end between steps", date: tomorrow, from: 9 * 60, till: 10*60 + 10, code: "rule_step", field: "end", params: fault.Params{"minutes": int32(30)}},
		{name: "steps count from the opening", date: tomorrow, from: 13*60 + 45, till: 14*60 + 45},
		{name: "not from the full hour", date: tomorrow, from: 14 * 60, till: 15 * 60, code: "rule_step", field: "start", params: fault.Params{"minutes": int32(30)}},
		{name: "too short", date: tomorrow, from: 9 * 60, till: 9*60 + 30, code: "rule_shortest", field: "end", params: fault.Params{"minutes": int32(60)}},
		{name: "backwards", date: tomorrow, from: 11 * 60, till: 9 * 60, code: "rule_shortest", field: "end", params: fault.Params{"minutes": int32(60)}},
		{name: "too long", date: tomorrow, from: 13*60 + 15, till: 18*60 + 15, code: "rule_longest", field: "end", params: fault.Params{"minutes": int32(240)}},
		{name: "past", date: today.Add(-1), from: 9 * 60, till: 10 * 60, code: "in_past", field: "start"},
		{name: "beyond the horizon", date: today.Add(8), from: 9 * 60, till: 10 * 60, code: "rule_horizon", field: "start", params: fault.Params{
			"days": 7, "last": "2026-11-30", "opens": time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC).Add(-8 * time.Hour),
		}},
		{name: "a day not released yet this morning", date: today.Add(7), from: 9 * 60, till: 10 * 60, code: "rule_horizon", field: "start", params: fault.Params{
			"days": 7, "last": "2026-11-30", "opens": time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC).Add(-8 * time.Hour),
		}},
		{name: "too short notice", change: func(v *venue.Venue) { v.Rules.Notice = 120 }, date: today, from: 9 * 60, till: 10 * 60, code: "rule_notice", field: "start",
			params: fault.Params{"minutes": int32(120), "earliest": time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC).Add(-8 * time.Hour)}},
		{name: "long enough notice", change: func(v *venue.Venue) { v.Rules.Notice = 120 }, date: today, from: 10 * 60, till: 11 * 60},
		{name: "more people than the rule book allows", date: tomorrow, from: 9 * 60, till: 10 * 60, party: 11, code: "rule_party", field: "party", params: fault.Params{"max": int32(10)}},
		{name: "more people than the room takes", change: func(v *venue.Venue) { v.Rules.PartyMax = 0 }, date: tomorrow, from: 9 * 60, till: 10 * 60, party: 13, code: "rule_party", field: "party", params: fault.Params{"max": int32(12)}},
		{name: "nobody", date: tomorrow, from: 9 * 60, till: 10 * 60, party: -1, code: "rule_party", field: "party", params: fault.Params{"max": int32(10)}},
		{name: "a space that is not booked by itself", space: "room-a", date: tomorrow, from: 9 * 60, till: 10 * 60, code: "space_not_bookable", field: "space"},
		{name: "no such space", space: "cellar", date: tomorrow, from: 9 * 60, till: 10 * 60, code: "space_not_found", field: "space"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			v := premises("v")
			for i := range v.Hours {
				v.Hours[i] = open
			}
			v.Hours[time.Sunday] = nil
			v.Spaces[1].Bookable = false
			v.Closures = []venue.Closure{{ID: "c1", Spaces: []string{"r1"}, Start: w.at(today.Add(2), 8, 0), End: w.at(today.Add(2), 12, 0), Reason: venue.Text{ZH: "维修"}}}
			v.Rules = venue.Rules{
				Opening:    rule.Opening{HorizonDays: 7, ReleaseAt: 10 * 60},
				Shape:      rule.Shape{SlotStep: 30, Shortest: 60, Longest: 240, PartyMax: 10},
				Attendance: rule.Attendance{CheckInBefore: 15, CheckInAfter: 15},
			}
			if c.change != nil {
				c.change(v)
			}
			w.save(v)
			if c.space == "" {
				c.space = "r1"
			}
			_, err := w.desk.Reserve(context.Background(), resident(1), booking.Request{
				Venue: "v", Space: c.space, Start: c.date.At(c.from, w.zone), End: c.date.At(c.till, w.zone), Party: people(c.party),
			})
			if c.code == "" {
				if err != nil {
					t.Fatalf("refused: %v", err)
				}
				return
			}
			e := expectCode(t, err, c.code)
			if e.Field != c.field {
				t.Errorf("on field %q, want %q", e.Field, c.field)
			}
			for key, want := range c.params {
				if diff := cmp.Diff(want, e.Params[key], cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) })); diff != "" {
					t.Errorf("param %s (-want +got):\n%s", key, diff)
				}
			}
		})
	}
}

func TestHoldersHistoryLimitsPerDayAndPlace(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := readingRoom("v", 8)
	v.Rules.PerDay = 2
	w.save(v)
	other := readingRoom("other", 8)
	other.Rules.OneAtATime = true
	w.save(other)
	ctx := context.Background()
	date := today.Add(1)
	book := func(venue string, hour int) (booking.Booking, error) {
		return w.desk.Reserve(ctx, resident(1), booking.Request{Venue: venue, Space: "room", Start: w.at(date, hour, 0), End: w.at(date, hour+1, 0), Party: 1})
	}
	first, err := book("v", 9)
	if err != nil {
		t.Fatal(err)
	}
	_, err = book("other", 9)
	if e := expectCode(t, err, "one_at_a_time"); e.Params["booking"] != first.ID {
		t.Errorf("names booking %v, want %s", e.Params["booking"], first.ID)
	}
	if _, err = book("v", 9); err != nil { // the first venue does not mind
		t.Fatal(err)
	}
	_, err = book("v", 12)
	if e := expectCode(t, err, "rule_per_day"); fmt.Sprint(e.Params["n"], e.Params["mine"]) != "2 2" {
		t.Errorf("params %v", e.Params)
	}
	if _, err := w.desk.Cancel(ctx, resident(1), first.ID, ""); err != nil {
		t.Fatal(err)
	}
	if _, err = book("v", 12); err != nil { // a cancelled one does not count
		t.Fatal(err)
	}
	w.clock.Set(w.at(date, 13, 0)) // both are no-shows now, and still count
	if _, _, err := w.desk.Sweep(ctx); err != nil {
		t.Fatal(err)
	}
	_, err = book("v", 15)
	expectCode(t, err, "rule_per_day")
	w.verify()
}

func TestTheStepThatRunsNowCanStillBeHad(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(readingRoom("v", 1))
	w.clock.Set(w.at(today, 10, 20))
	_, err := w.desk.Reserve(context.Background(), resident(1), booking.Request{
		Venue: "v", Space: "room", Start: w.at(today, 9, 30), End: w.at(today, 11, 0), Party: 1,
	})
	expectCode(t, err, "in_past")
	b := w.reserve(resident(1), booking.Request{Venue: "v", Space: "room", Start: w.at(today, 10, 0), End: w.at(today, 11, 0)})
	if want := w.at(today, 10, 35); !b.Closes.Equal(want) {
		t.Errorf("check-in closes at %s, want 15 minutes from now, %s", b.Closes, want)
	}
	w.verify()
}

func TestAnExhibitionStaysOvernight(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := premises("v")
	v.Rules.Longest = 14 * 1440
	v.Rules.HorizonDays = 60
	w.save(v)
	from, till := today.Add(3), today.Add(10)
	b := w.reserve(resident(1), booking.Request{Venue: "v", Space: "r1", Start: w.at(from, 9, 0), End: w.at(till, 18, 0)})
	for date := from; date <= till; date++ {
		start, end := w.at(date, 9, 0), w.at(date, 10, 0)
		if date == till {
			start, end = w.at(date, 17, 0), w.at(date, 18, 0)
		}
		_, err := w.desk.Reserve(context.Background(), resident(2), booking.Request{Venue: "v", Space: "r1", Start: start, End: end, Party: 1})
		expectCode(t, err, "space_taken")
		board, err := w.desk.Board(context.Background(), system, "v", date)
		if err != nil || len(board.Bookings) != 1 || board.Bookings[0].ID != b.ID {
			t.Errorf("board of %s shows %v, %v", date, board.Bookings, err)
		}
	}
	w.reserve(resident(2), booking.Request{Venue: "v", Space: "r1", Start: w.at(till, 18, 0), End: w.at(till, 19, 0)})
	_, err := w.desk.Reserve(context.Background(), resident(2), booking.Request{
		Venue: "v", Space: "r2", Start: w.at(from, 9, 0), End: w.at(till, 23, 0), Party: 1,
	})
	expectCode(t, err, "outside_hours")
	w.verify()
}

// people is one unless the case says otherwise; -1 stands for nobody.
func people(n int32) int32 {
	switch n {
	case 0:
		return 1
	case -1:
		return 0
	}
	return n
}
