package rule_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/rule"
)

// wish is a book, a request, a history and a moment that plainly fit each other: tomorrow (2026-11-25, a Wednesday),
// 10:00 to 12:00, at 08:00 of a Tuesday.
type wish struct {
	book    rule.Book
	ask     rule.Request
	history rule.History
	now     time.Time
}

var at = rule.Where{Venue: "v", Space: "s", Kind: "reading_room", Area: "north"}

func plain() *wish {
	place := rule.Open(rule.Where{Venue: "v", Kind: "reading_room", Area: "north"}, shanghai, hours(8*60, 20*60, time.Sunday), nil)
	return &wish{
		book: rule.Book{
			Opening: rule.Opening{HorizonDays: 7}, Shape: rule.Shape{SlotStep: 30},
			Attendance: rule.Attendance{CheckInBefore: 15, CheckInAfter: 15},
		},
		ask: rule.Request{
			Place: place, Space: rule.Space{ID: "s", Type: "room", People: 40}, Party: 1, Holder: rule.Person{ID: "wang"},
			Span: civil.Span{Start: moment("2026-11-25 10:00"), End: moment("2026-11-25 12:00")},
		},
		now: moment("2026-11-24 08:00"),
	}
}

func (w *wish) check() *fault.Error { return rule.Check(&w.book, w.ask, &w.history, w.now) }

func (w *wish) from(start, end string) {
	w.ask.Span = civil.Span{Start: moment(start), End: moment(end)}
}

// use adds a booking of the holder at the place.
func (w *wish) use(start, end string, changes ...func(*rule.Use)) {
	u := rule.Use{Booking: fmt.Sprint("u", len(w.history.Uses)), Where: at, Start: moment(start), End: moment(end)}
	for _, c := range changes {
		c(&u)
	}
	w.history.Uses = append(w.history.Uses, u)
}

func elsewhere(u *rule.Use) {
	u.Where = rule.Where{Venue: "w", Space: "t", Kind: "square", Area: "south"}
}
func in(u *rule.Use)   { u.State = rule.UseIn }
func over(u *rule.Use) { u.State = rule.UseOver }

// checkCase is one row: what is changed about the plain wish, and the answer; code "" is allowed.
type checkCase struct {
	name   string
	change func(*wish)
	code   string
	field  string
	params fault.Params // those that matter
}

func runCases(t *testing.T, cases []checkCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := plain()
			c.change(w)
			err := w.check()
			if codeOf(err) != c.code {
				t.Fatalf("answered %v (%q), not %q", err, codeOf(err), c.code)
			}
			if err == nil {
				return
			}
			if err.Field != c.field {
				t.Errorf("it is about %q, not %q", err.Field, c.field)
			}
			for key, want := range c.params {
				if diff := cmp.Diff(want, err.Params[key]); diff != "" {
					t.Errorf("%s: %s", key, diff)
				}
			}
			if fault.Is(err, fault.Internal) || err.Message == "" {
				t.Errorf("not an answer: %#v", err)
			}
		})
	}
}
