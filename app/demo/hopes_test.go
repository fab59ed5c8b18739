package demo_test

import (
	"testing"
	"time"

	"wenguan/app/demo"
	"wenguan/models/booking"
	"wenguan/models/civil"
	"wenguan/models/rule"
)

// A manager who tries rules in the demo finds requests that were refused, and a replay that says something: under the rules
// as they were, nearly all comes out as it did.
func TestAReplayOfTheSampleDistrictMeansSomething(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 15, 10, 0, 0, shanghai)
	w, people := seed(t, demo.Options{Days: 14, Now: now})
	today := civil.DateOf(now, shanghai)
	replay := func(venue string, change func(*rule.Book)) booking.Replayed {
		t.Helper()
		v, err := w.Venues.Get(t.Context(), venue)
		if err != nil {
			t.Fatal(err)
		}
		book := v.Rules
		change(&book)
		got, err := w.Desk.Replay(t.Context(), people.Administrator.Actor(), booking.Trial{Venue: venue, Book: &book}, today-13, today)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	for _, venue := range []string{"library", "reading-room"} { // their rules are those of their history
		got := replay(venue, func(*rule.Book) {})
		if got.Accepted < 300 || len(got.ByRule) > 0 || got.Unmet.Served > 0 || len(got.Unmet.ByRule) == 0 || got.Partial {
			t.Errorf("%s under the rules it has: %+v", venue, got)
		}
	}
	longer := replay("library", func(b *rule.Book) { b.Longest = 360 })
	if len(longer.ByRule) > 0 || longer.Unmet.Served < 5 || longer.Unmet.Examples[0].Then != "rule_longest" {
		t.Errorf("the library for six hours: %+v", longer)
	}
	shorter := replay("reading-room", func(b *rule.Book) { b.Longest = 120 })
	if len(shorter.ByRule) != 1 || shorter.ByRule[0].Code != "rule_longest" || shorter.Accepted < 300 || shorter.ByRule[0].Count < 100 {
		t.Errorf("the reading room for two hours: %+v", shorter)
	}
	if full := replay("square", func(*rule.Book) {}).Unmet.ByRule; len(full) == 0 || full[0].Code != rule.Full {
		t.Errorf("nobody was refused because the square was full: %+v", full)
	}
}
