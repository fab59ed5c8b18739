package rule_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/rule"
)

func TestWhereASuspensionHolds(t *testing.T) {
	t.Parallel()
	end := moment("2026-11-26 00:00")
	suspended := func(s rule.Suspension) func(*wish) {
		return func(w *wish) {
			s.From, s.Strikes, s.Max = moment("2026-11-20 00:00"), []string{"a", "b"}, 2
			w.history.Suspensions = append(w.history.Suspensions, s)
		}
	}
	there := rule.Where{Venue: "w", Space: "t", Kind: "reading_room", Area: "south"}
	runCases(t, []checkCase{
		{name: "at the venue of the strike", change: suspended(rule.Suspension{Where: at, Until: &end}), code: "rule_suspended",
			params: fault.Params{"allowed_at": end, "mine": 2, "max": int32(2), "covers": rule.AtVenue}},
		{name: "not at another", change: suspended(rule.Suspension{Where: there, Until: &end})},
		{name: "at venues of the kind", change: suspended(rule.Suspension{Where: there, Covers: rule.OfKind, Until: &end}), code: "rule_suspended"},
		{name: "not in another neighbourhood", change: suspended(rule.Suspension{Where: there, Covers: rule.InArea, Until: &end})},
		{name: "in the district", change: suspended(rule.Suspension{Where: there, Covers: rule.InDistrict}), code: "rule_suspended_until_lifted", params: fault.Params{"allowed_at": nil, "until": nil}},
		{name: "not when it is over", change: func(w *wish) {
			suspended(rule.Suspension{Where: at, Until: &end})(w)
			w.now = moment("2026-11-25 09:00")
			end := w.now
			w.history.Suspensions[0].Until = &end
		}},
		{name: "the longest is named", change: func(w *wish) {
			soon := moment("2026-11-25 00:00")
			suspended(rule.Suspension{ID: "a", Where: at, Until: &soon})(w)
			suspended(rule.Suspension{ID: "b", Where: at, Until: &end})(w)
		}, code: "rule_suspended", params: fault.Params{"allowed_at": end}},
	})
}

// Of two that end together, the same one is named whatever their order.
func TestTheSameSuspensionIsNamedInAnyOrder(t *testing.T) {
	t.Parallel()
	end := moment("2026-11-26 00:00")
	w := plain()
	for _, id := range []string{"b", "a", "c"} {
		w.history.Suspensions = append(w.history.Suspensions, rule.Suspension{ID: id, Rule: id, Where: at, From: moment("2026-11-20 00:00"), Until: &end})
	}
	for range 3 {
		if got := w.check().Params["rule"]; got != "a" {
			t.Errorf("%v is named", got)
		}
		w.history.Suspensions = append(w.history.Suspensions[1:], w.history.Suspensions[0])
	}
}

func TestARequestOfNobodyInParticularIsNotAskedAboutOtherBookings(t *testing.T) {
	t.Parallel()
	w := plain()
	w.book.PerDay, w.book.OneAtATime, w.book.NextAfter, w.book.CoolingOff = 1, true, rule.NextCheckOut, 30
	w.book.Limits = []rule.Limit{{Count: rule.Active, Max: 1}}
	if err := rule.Check(&w.book, w.ask, nil, w.now); err != nil {
		t.Error(err)
	}
}

// Whatever a refusal says will be allowed must be allowed by that rule then.
func TestWhatIsSaidToBeAllowedIsAllowed(t *testing.T) {
	t.Parallel()
	w := plain()
	w.book.Limits = []rule.Limit{{Count: rule.Minutes, Max: 400, Within: rule.Within{Per: rule.Rolling, Days: 7}}}
	for d := range 6 {
		day := w.now.AddDate(0, 0, d-2)
		w.history.Uses = append(w.history.Uses, rule.Use{Booking: fmt.Sprint(d), Where: at, Start: day, End: day.Add(time.Duration(30+20*d) * time.Minute)})
	}
	w.book.HorizonDays = 60
	err := w.check()
	if codeOf(err) != "rule_minutes" {
		t.Fatalf("not refused: %v", err)
	}
	next := civil.DateOf(err.Params["allowed_start"].(time.Time), shanghai)
	w.ask.Span = civil.Span{Start: next.At(600, shanghai), End: next.At(720, shanghai)}
	if err := w.check(); err != nil {
		t.Errorf("%s is refused: %v", next, err)
	}
	before := next - 1
	w.ask.Span = civil.Span{Start: before.At(600, shanghai), End: before.At(720, shanghai)}
	if err := w.check(); codeOf(err) != "rule_minutes" {
		t.Errorf("%s is already allowed: %v", before, err)
	}
}

func TestTheOrderOfAHistoryDoesNotMatter(t *testing.T) {
	t.Parallel()
	w := plain()
	w.book.OneAtATime = true
	w.use("2026-11-25 11:00", "2026-11-25 13:00")
	w.use("2026-11-25 09:00", "2026-11-25 11:00")
	first := w.check()
	slices.Reverse(w.history.Uses)
	if diff := cmp.Diff(first, w.check()); diff != "" {
		t.Error(diff)
	}
}
