package booking_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/civil"
	"wenguan/models/rule"
)

// replay tries the rule book on everything that was wanted for today and tomorrow.
func (w *world) replay(venue, space string, change func(*rule.Book)) booking.Replayed {
	w.t.Helper()
	if _, err := w.desk.WriteUnmet(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	book := rule.Default()
	if change != nil {
		change(&book)
	}
	got, err := w.desk.Replay(w.t.Context(), staff(account.Manager, venue), booking.Trial{Venue: venue, Space: space, Book: &book}, today, today+1)
	if err != nil {
		w.t.Fatal(err)
	}
	return got
}

// short is the outcome on one line: bookings made all the same, and refused by which rule; then the same of requests that
// were refused.
func short(r booking.Replayed) string {
	list := func(of []booking.RuleCount) (s string) {
		for _, c := range of {
			s += fmt.Sprintf(" %s:%d", c.Code, c.Count)
		}
		return s
	}
	return fmt.Sprintf("booked %d%s; refused then %d%s", r.Accepted, list(r.ByRule), r.Unmet.Served, list(r.Unmet.ByRule))
}

func (w *world) expect(want string, got booking.Replayed) {
	w.t.Helper()
	if diff := cmp.Diff(want, short(got)); diff != "" {
		w.t.Error(diff)
	}
}

// asks is a wish for the reading room.
func (w *world) asks(from, to int) booking.Request {
	return booking.Request{Venue: "room", Space: "room", Start: w.at(today, from, 0), End: w.at(today, to, 0)}
}

func longestIs(minutes int32) func(*rule.Book) { return func(b *rule.Book) { b.Longest = minutes } }

func TestAReplayServesWhoWasRefusedAsFullOnlyWhereTheRulesFreeAPlace(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(readingRoom("room", 1))
	w.reserve(resident(1), w.asks(9, 13))
	w.refused(resident(2), w.asks(9, 11), "space_taken")
	w.refused(resident(3), w.asks(10, 12), "space_taken")
	w.expect("booked 1; refused then 0 space_taken:2", w.replay("room", "", nil))

	got := w.replay("room", "", longestIs(120))
	w.expect("booked 0 rule_longest:1; refused then 1 space_taken:1", got)
	want := []booking.Example{{
		Space: "room", Made: w.at(today, 8, 0).UTC(), Start: w.at(today, 9, 0).UTC(), End: w.at(today, 11, 0).UTC(), Party: 1, Then: "space_taken", Rules: 1,
	}}
	if diff := cmp.Diff(want, got.Unmet.Examples); diff != "" {
		t.Error(diff)
	}
}

func TestAReplayHasRoomForAsManyAsWereRefusedByARule(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(readingRoom("room", 2))
	for n := range 3 {
		w.clock.Add(time.Minute)
		w.refused(resident(n), w.asks(9, 15), "rule_longest")
	}
	w.expect("booked 0; refused then 0 rule_longest:3", w.replay("room", "", nil))
	w.expect("booked 0; refused then 2 space_taken:1", w.replay("room", "", longestIs(360)))
	// Who booked in between finds the place taken by who is not refused any more.
	w.clock.Add(time.Minute)
	w.reserve(resident(10), w.asks(9, 13))
	w.expect("booked 0 space_taken:1; refused then 2 space_taken:1", w.replay("room", "", longestIs(360)))
}

func TestAReplayGivesBackWhatWasGivenBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(readingRoom("room", 1))
	left := w.reserve(resident(1), w.asks(9, 12))
	w.clock.Add(time.Minute)
	if _, err := w.desk.Cancel(t.Context(), resident(1), left.ID, ""); err != nil {
		t.Fatal(err)
	}
	w.reserve(resident(2), w.asks(9, 12)) // nobody comes
	w.clock.Set(w.at(today, 9, 20))
	here := w.reserve(resident(3), w.asks(9, 12))
	if _, err := w.desk.CheckIn(t.Context(), staff(account.Attendant, "room"), booking.CheckInRequest{Venue: "room", Number: here.Number}); err != nil {
		t.Fatal(err)
	}
	w.clock.Set(w.at(today, 10, 5))
	if _, err := w.desk.CheckOut(t.Context(), resident(3), here.ID); err != nil {
		t.Fatal(err)
	}
	w.clock.Add(time.Minute)
	w.reserve(resident(4), w.asks(10, 12))
	w.expect("booked 4; refused then 0", w.replay("room", "", func(b *rule.Book) { b.LateBooking = 60 }))
}

func TestTriesOfOneHolderForADateAreOneRequest(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(readingRoom("room", 1))
	w.reserve(resident(1), w.asks(9, 13))
	w.refused(resident(2), w.asks(9, 15), "rule_longest")
	w.clock.Add(time.Minute)
	w.refused(resident(2), w.asks(9, 10), "space_taken")
	w.refused(resident(3), w.asks(14, 19), "rule_longest")
	w.clock.Add(time.Minute)
	w.reserve(resident(3), w.asks(14, 18))
	got := w.replay("room", "", nil)
	w.expect("booked 2; refused then 0 space_taken:1", got)
	if got.Unmet.Met != 1 {
		t.Errorf("%d tries got a place in the end", got.Unmet.Met)
	}
	w.expect("booked 0 rule_longest:2; refused then 1", w.replay("room", "", longestIs(60)))
}

func TestAReplayLeavesWhatIsUnderAnotherRuleBookWhereItIs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := premises("hotel")
	own := rule.Default()
	own.Longest = 600
	v.Spaces[1].Rules = &own // room-a
	w.save(v)
	w.reserve(resident(1), booking.Request{Venue: "hotel", Space: "room-a", Start: w.at(today, 9, 0), End: w.at(today, 18, 0)})
	hall := booking.Request{Venue: "hotel", Space: "hall", Start: w.at(today, 10, 0), End: w.at(today, 12, 0), Party: 50}
	w.refused(resident(2), hall, "space_taken")
	w.expect("booked 0; refused then 0 space_taken:1", w.replay("hotel", "", longestIs(120)))
	w.expect("booked 0 rule_longest:1; refused then 0", w.replay("hotel", "room-a", longestIs(120)))
}

func TestAReplayTellsHowManyTriesWereOnlyCounted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(readingRoom("room", 1))
	w.reserve(resident(0), w.asks(9, 13))
	for n := range 501 {
		w.refused(resident(1+n), w.asks(9, 13), "space_taken")
	}
	got := w.replay("room", "", nil)
	w.expect("booked 1; refused then 0 space_taken:500", got)
	if got.Unmet.Counted != 1 || got.Partial {
		t.Errorf("%d only counted, partial %t", got.Unmet.Counted, got.Partial)
	}
}

func TestAReplayKnowsWhatPeopleHaveBehindThem(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	strict := func(b *rule.Book) {
		b.Strikes = []rule.StrikeRule{{
			ID: "missed", Counts: []rule.ViolationKind{rule.NoShowed}, Max: 2, Within: rule.Within{Per: rule.Rolling, Days: 7}, Penalty: rule.Penalty{Kind: rule.ForDays, N: 7},
		}}
	}
	v := readingRoom("room", 1)
	strict(&v.Rules)
	w.save(v)
	miss := func(n int) {
		t.Helper()
		day := today + civil.Date(n)
		w.clock.Set(w.at(day, 8, 0))
		w.reserve(resident(1), booking.Request{Venue: "room", Space: "room", Start: w.at(day, 9, 0), End: w.at(day, 10, 0)})
		w.clock.Set(w.at(day, 9, 30))
		if _, _, err := w.desk.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	miss(-2)
	miss(-1)
	w.clock.Set(w.at(today, 8, 0))
	w.refused(resident(1), w.asks(9, 12), "rule_suspended")
	w.expect("booked 0; refused then 0 rule_suspended:1", w.replay("room", "", strict))
	w.expect("booked 0; refused then 1", w.replay("room", "", nil))
}
