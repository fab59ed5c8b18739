package rule_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/civil"
	"wenguan/models/rule"
)

// weekdays are the hours 09:00-17:00 on every day but those closed.
func hours(from, to civil.TimeOfDay, closed ...time.Weekday) civil.WeeklyHours {
	var h civil.WeeklyHours
	for d := range h {
		h[d] = []civil.Interval{{Start: from, End: to}}
	}
	for _, d := range closed {
		h[d] = nil
	}
	return h
}

func TestEveryTemplateCanBeObeyed(t *testing.T) {
	t.Parallel()
	open := hours(9*60, 17*60, time.Monday)
	sources := map[string]bool{}
	for _, tpl := range rule.Templates() {
		t.Run(tpl.ID, func(t *testing.T) {
			t.Parallel()
			for _, ctx := range []rule.Context{{}, {Weekly: &open}, {Weekly: &open, Seats: 500}} {
				for _, f := range rule.Validate(&tpl.Book, ctx) {
					t.Errorf("%s: %s (%s)", f.Field, f.Message, f.Code)
				}
			}
			if tpl.Book.Based != tpl.ID || tpl.Name.EN == "" || tpl.About.EN == "" {
				t.Errorf("it does not say what it is: %+v", tpl)
			}
			again, ok := rule.NewFrom(tpl.ID)
			if diff := cmp.Diff(&tpl.Book, again); !ok || diff != "" {
				t.Errorf("a book started from it differs: %s", diff)
			}
		})
		sources[tpl.Source] = true
	}
	plain := rule.Default()
	if faults := rule.Validate(&plain, rule.Context{Weekly: &open}); len(faults) > 0 {
		t.Errorf("the book of a new venue: %v", faults)
	}
	for _, r := range []string{"R1", "R2", "R3", "R4", "R5", "R6", "R7"} {
		if !sources[r] {
			t.Errorf("%s has no template", r)
		}
	}
	if _, ok := rule.NewFrom("../check.go"); ok {
		t.Error("a file that is no template is one")
	}
}

// A book must come back from the store and from a client as it was, with no field lost to another of the same name.
func TestABookSurvivesTheStoreAndTheWire(t *testing.T) {
	t.Parallel()
	for name, b := range map[string]*rule.Book{"full": full(), "empty": {}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			raw, err := bson.Marshal(b)
			if err != nil {
				t.Fatal(err)
			}
			var stored rule.Book
			if err := bson.Unmarshal(raw, &stored); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(b, &stored); diff != "" {
				t.Errorf("from the store: %s", diff)
			}
			text, err := json.Marshal(b)
			if err != nil {
				t.Fatal(err)
			}
			var sent rule.Book
			if err := json.Unmarshal(text, &sent); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(b, &sent); diff != "" {
				t.Errorf("from the wire: %s", diff)
			}
			if name == "empty" && string(text) != `{}` {
				t.Errorf("an empty book says %s", text)
			}
			if name == "empty" && len(raw) > 20 {
				t.Errorf("an empty book takes %d bytes: %s", len(raw), bson.Raw(raw))
			}
		})
	}
}

// What the desk keeps of a booking and its holder must come back as it was.
func TestFactsAndHistorySurviveTheStore(t *testing.T) {
	t.Parallel()
	when := moment("2026-11-24 08:00")
	type kept struct {
		Facts   rule.Facts
		History rule.History
		Record  rule.Record
	}
	want := kept{
		Facts: rule.Facts{State: rule.Away, Start: when, End: when, Made: when, Opens: when, Closes: when, CancelUntil: when, MoveUntil: when, OutBy: when, OverBy: when, BackBy: &when, Leaves: []time.Time{when}},
		History: rule.History{
			Uses: []rule.Use{{Booking: "b", Where: at, Start: when, End: when, Booked: 60, State: rule.UseIn}}, Cancels: []rule.Cancel{{Booking: "c", Where: at, At: when}},
			Suspensions: []rule.Suspension{{ID: "s", Where: at, From: when, Until: &when, Strikes: []string{"a"}, Max: 1, Nth: 1}},
		},
		Record: rule.Record{
			Violations: []rule.Violation{{ID: "v", Booking: "b", Kind: rule.NoShowed, At: when, Where: at, Rules: 2, Fault: rule.FaultOutage}},
			Pardons:    []rule.Pardon{{Violation: "v", Kind: rule.EarnedBack, At: when}}, Lifts: []rule.Lift{{Suspension: "s", At: when}},
		},
	}
	raw, err := bson.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got kept
	if err := bson.Unmarshal(raw, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// A holder's record of before there was more to know is read as it was.
func TestAHolderOfBeforeIsRead(t *testing.T) {
	t.Parallel()
	when := moment("2026-11-24 08:00")
	raw, err := bson.Marshal(bson.M{"b": "booking", "v": "venue", "s": when, "e": when.Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	var got rule.Use
	if err := bson.Unmarshal(raw, &got); err != nil {
		t.Fatal(err)
	}
	want := rule.Use{Booking: "booking", Where: rule.Where{Venue: "venue"}, Start: when, End: when.Add(time.Hour)}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// A rule book that a venue was saved with before rule books had more to say means the same now.
func TestARuleBookOfBeforeMeansTheSame(t *testing.T) {
	t.Parallel()
	var b rule.Book
	old := `{"version":3,"slot_step":30,"shortest":60,"longest":240,"notice":15,"horizon_days":7,"release_at":"10:00","per_day":2,
		"one_at_a_time":true,"party_max":30,"buffer_before":5,"buffer_after":10,"check_in_before":10,"check_in_after":15,"cancel_before":60}`
	if err := json.Unmarshal([]byte(old), &b); err != nil {
		t.Fatal(err)
	}
	want := rule.Book{
		Version: 3,
		Opening: rule.Opening{Notice: 15, HorizonDays: 7, ReleaseAt: 600},
		Shape:   rule.Shape{SlotStep: 30, Shortest: 60, Longest: 240, PartyMax: 30, BufferBefore: 5, BufferAfter: 10},
		HowMuch: rule.HowMuch{PerDay: 2, OneAtATime: true}, Attendance: rule.Attendance{CheckInBefore: 10, CheckInAfter: 15},
		Change: rule.Change{CancelBefore: 60},
	}
	if diff := cmp.Diff(want, b); diff != "" {
		t.Error(diff)
	}
	doc := bson.M{"v": 3, "step": 30, "shortest": 60, "longest": 240, "notice": 15, "horizon": 7, "release": 600, "per_day": 2, "one": true,
		"party_max": 30, "buf_before": 5, "buf_after": 10, "in_before": 10, "in_after": 15, "cancel_before": 60}
	raw, err := bson.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	var stored rule.Book
	if err := bson.Unmarshal(raw, &stored); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, stored); diff != "" {
		t.Error(diff)
	}
}

func TestTheBookInForceIsTheOneThatStartedLast(t *testing.T) {
	t.Parallel()
	day := civil.NewDate(2026, 11, 24)
	first, second, next := &rule.Book{Version: 1}, &rule.Book{Version: 2, Starts: day}, &rule.Book{Version: 3, Starts: day + 7}
	for _, books := range [][]*rule.Book{{first, second, next}, {next, second, first}} {
		for on, want := range map[civil.Date]*rule.Book{day - 1: first, day: second, day + 6: second, day + 7: next, day + 400: next} {
			if got := rule.InForce(books, on); got != want {
				t.Errorf("on %s version %d is in force, not %d", on, got.Version, want.Version)
			}
		}
	}
	if rule.InForce([]*rule.Book{next}, day) != nil {
		t.Error("a book is in force before it starts")
	}
	if rule.Of(nil, first) != first || rule.Of(second, first) != second {
		t.Error("a space has its venue's book unless it has its own")
	}
}
