package booking_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"wenguan/models/account"
	"wenguan/models/audit"
	"wenguan/models/booking"
	"wenguan/models/rule"
)

func TestWhoWalksInIsCountedOnceForEachKeyAndCanBeTakenBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := readingRoom("library", 3)
	v.Rules.WalkIn, v.Rules.WalkInIfFree = rule.AllDays(), true
	w.save(v)
	door := staff(account.Attendant, "library")
	count := func(people int32, key string) (booking.WalkIn, error) {
		return w.desk.WalkIn(t.Context(), door, booking.WalkInRequest{Venue: "library", People: people, Key: key})
	}
	first, err := count(2, "a")
	if err != nil || first.Today != 2 || first.Free != 1 {
		t.Fatalf("two walk in: %+v %v", first, err)
	}
	again, err := count(2, "a")
	if err != nil || again.ID != first.ID || again.Today != 2 {
		t.Errorf("a repeated tap: %+v %v", again, err)
	}
	_, err = count(2, "b")
	expectCode(t, err, "nothing_free")
	_, err = w.desk.UndoWalkIn(t.Context(), staff(account.Manager, "library"), "library", first.ID)
	expectCode(t, err, "walk_in_not_found")
	for range 2 {
		if today, err := w.desk.UndoWalkIn(t.Context(), door, "library", first.ID); err != nil || today != 0 {
			t.Errorf("taken back: %d %v", today, err)
		}
	}
	late, err := count(1, "c")
	if err != nil {
		t.Fatal(err)
	}
	w.clock.Add(10 * time.Minute)
	_, err = w.desk.UndoWalkIn(t.Context(), door, "library", late.ID)
	expectCode(t, err, "undo_too_late")
	board, err := w.desk.Board(t.Context(), door, "library", 0)
	if err != nil || board.WalkedIn != 1 {
		t.Errorf("the board says %d walked in: %v", board.WalkedIn, err)
	}
	_, err = w.desk.WalkIn(t.Context(), resident(1), booking.WalkInRequest{Venue: "library", People: 1})
	expectCode(t, err, "not_permitted")
	w.verify()
}

func TestOnlyExemptGroupsWalkInOnOtherDays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := readingRoom("library", 3)
	v.Rules.ExemptAge, v.Rules.ExemptGroups = 60, []string{"disabled"}
	w.save(v)
	door := staff(account.Attendant, "library")
	for group, code := range map[account.Group]string{"": "rule_walk_in", "families": "rule_walk_in", "elders": "", "disabled": ""} {
		_, err := w.desk.WalkIn(t.Context(), door, booking.WalkInRequest{Venue: "library", People: 1, Group: group})
		expectCode(t, err, code)
	}
}

// A suspension and the limits are about booking. Who walks in is counted, and lacks no place that ran out.
func TestWhoIsSuspendedCannotBookOnTheSpotAndMayWalkInWherePlacesRanOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := readingRoom("v", 1)
	v.Rules.WalkIn, v.Rules.WalkInIfFree, v.Rules.PerDay = rule.AllDays(), true, 1
	v.Rules.Strikes = []rule.StrikeRule{{
		ID: "misses", Counts: []rule.ViolationKind{rule.NoShowed}, Max: 1, Within: rule.Within{Per: rule.AWeek}, Penalty: rule.Penalty{Kind: rule.ForDays, N: 7},
	}}
	w.save(v)
	who := w.known("+8613800138000")
	missed := w.reserve(who, booking.Request{Venue: "v", Space: "s01", Start: w.at(today, 9, 0), End: w.at(today, 11, 0)})
	walk := func() error {
		_, err := w.desk.WalkIn(t.Context(), staff(account.Attendant, "v"), booking.WalkInRequest{Venue: "v", People: 1, Person: who.ID})
		return err
	}
	w.clock.Set(missed.Closes.Add(-time.Second))
	expectCode(t, walk(), "nothing_free")
	w.clock.Set(missed.Closes) // no job has run
	at, err := w.desk.AtCode(t.Context(), who, w.code("v", "s01"), "")
	if err != nil || at.State != booking.PlaceFree {
		t.Fatalf("the seat is %s: %v", at.State, err)
	}
	expectCode(t, at.Why, "rule_suspended")
	if err := walk(); err != nil {
		t.Errorf("walking in: %v", err)
	}
	w.verify()
}

func TestTheAuditHasWhoWasNamedAndOnceAnHourThatSomebodyCounts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := readingRoom("library", 30)
	v.Rules.WalkIn = rule.AllDays()
	w.save(v)
	door := staff(account.Attendant, "library")
	count := func(person string) string {
		t.Helper()
		in, err := w.desk.WalkIn(t.Context(), door, booking.WalkInRequest{Venue: "library", People: 1, Person: person})
		if err != nil {
			t.Fatal(err)
		}
		return in.ID
	}
	first := count("")
	count("")
	guest, err := w.people.Create(t.Context(), system, account.Account{Kind: account.Person, Name: "王小明"})
	if err != nil {
		t.Fatal(err)
	}
	named := count(guest.ID)
	w.clock.Add(time.Hour)
	last := count("")
	if _, err := w.desk.UndoWalkIn(t.Context(), door, "library", last); err != nil {
		t.Fatal(err)
	}
	records, err := audit.New(w.store).Export(t.Context(), system, audit.Query{Chain: "library", Action: "walk_in"})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range records {
		got = append(got, strings.Join([]string{r.Action, strings.TrimPrefix(r.Subject, "walk_in/"), r.OnBehalf}, " "))
	}
	want := []string{
		"walk_in.counted " + first + " ", "walk_in.counted " + named + " " + guest.ID,
		"walk_in.counted " + last + " ", "walk_in.undone " + last + " ",
	}
	if !slices.Equal(got, want) {
		t.Errorf("the audit has %q, not %q", got, want)
	}
}
