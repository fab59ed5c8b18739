package booking_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/fault"
	"wenguan/models/store"
)

// TestWhoMaySeeAndChangeABooking is the whole table: whose booking, who asks, what they are told when they want to see
// it, its pass, to move it and to cancel it. Whoever is not named does not learn that it exists.
func TestWhoMaySeeAndChangeABooking(t *testing.T) {
	t.Parallel()
	type answers struct{ see, pass, move, cancel string }
	all, watch := answers{}, answers{"", denied, denied, denied}
	stranger := answers{unseen, unseen, unseen, unseen}
	for _, c := range []struct {
		whose string
		want  map[string]answers
	}{
		{"mother", map[string]answers{"mother": all}},
		{"child", map[string]answers{"mother": all}},
		{"choir", map[string]answers{"owner": all, "booker": all, "member": watch}},
	} {
		t.Run(c.whose, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.save(readingRoom("v", 60))
			w.save(readingRoom("u", 4))
			r := w.relations()
			for name, actor := range r.everyone() {
				want, known := c.want[name]
				if !known {
					want = stranger
				}
				switch name {
				case "counter", "manager":
					want = all
				case "attendant", "display":
					want = watch
				case "anonymous":
					want = answers{"sign_in_needed", "sign_in_needed", "sign_in_needed", "sign_in_needed"}
				}
				if got := (answers{
					w.answer(r, c.whose, func(b booking.Booking) error { _, err := w.desk.Get(t.Context(), actor, b.ID); return err }),
					w.answer(r, c.whose, func(b booking.Booking) error { _, err := w.desk.Pass(t.Context(), actor, b.ID); return err }),
					w.answer(r, c.whose, func(b booking.Booking) error {
						_, err := w.desk.Move(t.Context(), actor, b.ID, booking.MoveRequest{Start: b.Start.Add(time.Hour), End: b.End.Add(time.Hour)})
						return err
					}),
					w.answer(r, c.whose, func(b booking.Booking) error { _, err := w.desk.Cancel(t.Context(), actor, b.ID, ""); return err }),
				}); got != want {
					t.Errorf("%s: %+v, want %+v", name, got, want)
				}
			}
			w.verify()
		})
	}
}

// answer is the code with which something done to a new booking is refused, "" if it is not.
func (w *world) answer(r relations, whose string, do func(booking.Booking) error) string {
	w.t.Helper()
	b := w.reserveFor(r, whose, 1)
	err := do(b)
	if _, again := w.desk.Cancel(context.Background(), staff(account.Administrator), b.ID, ""); again != nil {
		w.t.Fatal(again)
	}
	return fault.CodeOf(err)
}

func (w *world) reserveFor(r relations, whose string, day int) booking.Booking {
	w.t.Helper()
	want := booking.Request{Venue: "v", Space: "room", Start: w.at(today.Add(day), 10, 0), End: w.at(today.Add(day), 11, 0)}
	actor := r.mother
	switch whose {
	case "child":
		want.For = r.child
	case "choir":
		actor, want.For = r.booker, r.choir
	}
	return w.reserve(actor, want)
}

func TestWhoMayBookForWhom(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(readingRoom("v", 60))
	r := w.relations()
	const no = "for_not_permitted"
	people := map[string]string{"child": r.child, "choir": r.choir, "father": r.father.ID, "nobody": "01zzzzzzzzzzzzzzzzzzzzzzzz", "number": "1"}
	for name, want := range map[string]map[string]string{
		"mother":             {"child": ""},
		"father":             {"father": ""},
		"owner":              {"choir": ""},
		"booker":             {"choir": ""},
		"member":             {"choir": "booker_needed"},
		"other organization": {},
		"attendant":          {},
		"counter elsewhere":  {},
		"manager elsewhere":  {},
		"counter":            {"child": "", "choir": "", "father": "", "nobody": "account_not_found", "number": "account_not_found"},
		"manager":            {"child": "", "choir": "", "father": "", "nobody": "account_not_found", "number": "account_not_found"},
	} {
		actor := r.everyone()[name]
		for whom, id := range people {
			expected, listed := want[whom]
			if !listed {
				expected = no
			}
			start := w.at(today.Add(2), 9, 0)
			b, err := w.desk.Reserve(t.Context(), actor, booking.Request{For: id, Venue: "v", Space: "room", Start: start, End: start.Add(time.Hour), Party: 1})
			if got := fault.CodeOf(err); got != expected {
				t.Errorf("%s for %s: %q, want %q", name, whom, got, expected)
			}
			if err == nil && (b.Holder != id || b.By != actor.ID || b.ByStaff != (name == "counter" || name == "manager")) {
				t.Errorf("%s for %s: held by %s, made by %s, as staff %t", name, whom, b.Holder, b.By, b.ByStaff)
			}
		}
	}
	w.verify()
}

// A stale actor is one whose request was authenticated before the family member was removed.
func TestWhoWasRemovedFromAFamilyIsNotBookedFor(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(readingRoom("v", 4))
	r := w.relations()
	b := w.reserveFor(r, "child", 1)
	expectCode(t, w.desk.RemoveFamily(t.Context(), r.mother, r.child), "still_booked")
	expectCode(t, w.desk.RemoveFamily(t.Context(), r.father, r.child), "family_not_found")
	if _, err := w.desk.Cancel(t.Context(), r.mother, b.ID, ""); err != nil {
		t.Fatal(err)
	}
	if err := w.desk.RemoveFamily(t.Context(), r.mother, r.child); err != nil {
		t.Fatal(err)
	}
	start := w.at(today.Add(1), 10, 0)
	_, err := w.desk.Reserve(t.Context(), r.mother, booking.Request{For: r.child, Venue: "v", Space: "room", Start: start, End: start.Add(time.Hour), Party: 1})
	expectCode(t, err, "for_not_permitted")
	if gone, err := w.people.Get(t.Context(), system, r.child); err != nil || gone.Name != "" || gone.Guardian != "" || gone.ErasedAt == nil {
		t.Errorf("the account still says %+v, %v", gone, err)
	}
	if mother, err := w.people.Get(t.Context(), system, r.mother.ID); err != nil || len(mother.Family) != 0 {
		t.Errorf("the mother still has %v, %v", mother.Family, err)
	}
	err = w.store.View(t.Context(), func(tx store.Tx) error {
		kept, _, err := w.desk.All(tx, r.child, 10, "")
		if len(kept) != 0 {
			t.Errorf("%d bookings still name the child", len(kept))
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestOnesListHasTheFamilyAndAnOrganizationsIsItsOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(readingRoom("v", 60))
	w.save(readingRoom("u", 60))
	r := w.relations()
	var want []string
	for day := 1; day <= 6; day++ {
		whose := []string{"mother", "child"}[day%2]
		want = append(want, w.reserveFor(r, whose, day).ID)
	}
	same := w.reserveFor(r, "child", 6).ID // ends with another
	want = append(want, same)
	choir := w.reserveFor(r, "choir", 3).ID

	for limit := 1; limit <= 8; limit++ {
		if got := w.pages(r.mother, booking.MineQuery{Limit: limit}); len(got) != len(want) {
			t.Fatalf("pages of %d: %v, want %v", limit, got, want)
		} else {
			for i := range want[:5] {
				if got[i] != want[i] {
					t.Errorf("pages of %d: place %d is %s, want %s", limit, i, got[i], want[i])
				}
			}
		}
	}
	if got := w.pages(r.mother, booking.MineQuery{For: r.child}); len(got) != 4 {
		t.Errorf("the child has %v", got)
	}
	for _, actor := range []account.Actor{r.owner, r.booker, r.member} {
		if got := w.pages(actor, booking.MineQuery{For: r.choir}); len(got) != 1 || got[0] != choir {
			t.Errorf("%s sees %v of the choir", actor.Name, got)
		}
		if got := w.pages(actor, booking.MineQuery{}); len(got) != 0 {
			t.Errorf("%s's own list has %v", actor.Name, got)
		}
	}
	// The counter sees what somebody has at its venues, no more.
	start := w.at(today.Add(2), 15, 0)
	w.reserve(r.mother, booking.Request{Venue: "u", Space: "room", Start: start, End: start.Add(time.Hour)})
	if got := w.pages(r.staff["counter"], booking.MineQuery{For: r.mother.ID}); len(got) != 3 {
		t.Errorf("the counter of v sees %d, want 3", len(got))
	}
	for _, who := range []account.Actor{r.father, r.others, r.staff["attendant"]} {
		for _, whose := range []string{r.child, r.choir, r.mother.ID, "x"} {
			_, _, err := w.desk.Mine(t.Context(), who, booking.MineQuery{For: whose})
			expectCode(t, err, "for_not_permitted")
		}
	}
	_, _, err := w.desk.Mine(t.Context(), r.mother, booking.MineQuery{After: "x"})
	expectCode(t, err, "bad_cursor")
	w.clock.Set(w.at(today.Add(30), 8, 0))
	if got := w.pages(r.mother, booking.MineQuery{Past: true, Limit: 3}); len(got) != 8 || got[7] != want[0] {
		t.Errorf("the past is %v, want the oldest %s last", got, want[0])
	}
}

// pages is the whole list, page by page.
func (w *world) pages(actor account.Actor, q booking.MineQuery) (ids []string) {
	w.t.Helper()
	for {
		list, next, err := w.desk.Mine(context.Background(), actor, q)
		if err != nil {
			w.t.Fatal(err)
		}
		for _, b := range list {
			ids = append(ids, b.ID)
		}
		if next == "" {
			return ids
		}
		q.After = next
	}
}

func TestAVenueMayAskWhoSomebodyIs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	named, verified := readingRoom("v", 60), readingRoom("u", 60)
	named.Rules.RealNameOnly, verified.Rules.VerifiedOnly = true, true
	w.save(named)
	w.save(verified)
	r := w.relations()
	hour := 8
	try := func(venue string, actor account.Actor, whom string) string {
		hour = 8 + (hour-7)%12
		_, err := w.desk.Reserve(t.Context(), actor, booking.Request{For: whom, Venue: venue, Space: "room", Party: 1,
			Start: w.at(today.Add(2), hour, 0), End: w.at(today.Add(2), hour+1, 0)})
		return fault.CodeOf(err)
	}
	bound := r.mother
	bound.RealName = true
	counter := staff(account.Counter, "v", "u")
	for _, c := range []struct {
		name, venue string
		actor       account.Actor
		whom, want  string
	}{
		{"without a real name", "v", r.mother, "", "rule_real_name"},
		{"with one", "v", bound, "", ""},
		{"for a child, by a guardian without", "v", r.mother, r.child, "rule_real_name"},
		{"for a child, by a guardian with", "v", bound, r.child, ""},
		{"for an organization, by a booker without", "v", r.booker, r.choir, "rule_real_name"},
		{"for somebody at the counter", "v", counter, r.father.ID, ""},
		{"staff for themselves", "v", counter, "", "rule_real_name"},
		{"a person where organizations are verified", "u", bound, "", "rule_verified_only"},
		{"an organization that is not", "u", r.booker, r.choir, "rule_verified_only"},
		{"an organization that is not, at the counter", "u", counter, r.choir, "rule_verified_only"},
	} {
		if got := try(c.venue, c.actor, c.whom); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	until := w.clock.Now().Add(24 * time.Hour)
	w.verifyOrganization(r.choir, &until)
	if got := try("u", r.booker, r.choir); got != "" {
		t.Errorf("a verified organization: %q", got)
	}
	w.clock.Set(until)
	if got := try("u", r.booker, r.choir); got != "rule_verified_only" {
		t.Errorf("once that has run out: %q", got)
	}
	w.verify()
}

func (w *world) verifyOrganization(org string, until *time.Time) {
	w.t.Helper()
	err := w.store.Update(context.Background(), func(tx store.Tx) error { return w.people.SetVerified(tx, org, until) })
	if err != nil {
		w.t.Fatal(err)
	}
}

func TestWhoIsToldIsWhoCanBeReached(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(readingRoom("v", 60))
	r := w.relations()
	child := w.reserveFor(r, "child", 1)
	choir := w.reserveFor(r, "choir", 1)
	nobody, err := w.people.Create(t.Context(), system, account.Account{Name: "赵奶奶"})
	if err != nil {
		t.Fatal(err)
	}
	start := w.at(today.Add(1), 15, 0)
	w.reserve(r.staff["counter"], booking.Request{For: nobody.ID, Venue: "v", Space: "room", Start: start, End: start.Add(time.Hour)})
	byCounter := w.reserve(r.staff["counter"], booking.Request{For: r.father.ID, Venue: "v", Space: "room", Start: start, End: start.Add(time.Hour)})
	// The manager who cancels for the choir does not become the one who is told.
	if _, err := w.desk.Cancel(t.Context(), r.staff["manager"], choir.ID, "停电"); err != nil {
		t.Fatal(err)
	}
	type told struct{ to, number, whom string }
	want := map[string][]told{
		"booking_confirmed": {
			{"+8613800000001", child.Number, "王小宝"}, {"+8613800000004", choir.Number, "晨光合唱团"}, {"+8613800000002", byCounter.Number, ""},
		},
		"booking_cancelled": {{"+8613800000004", choir.Number, "晨光合唱团"}},
	}
	got := map[string][]told{}
	for template, list := range w.notices() {
		for _, n := range list {
			got[template] = append(got[template], told{n["to"], n["number"], n["for"]})
		}
	}
	byNumber := cmpopts.SortSlices(func(a, b told) bool { return a.number < b.number })
	if diff := cmp.Diff(want, got, byNumber, cmp.AllowUnexported(told{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
