package booking_test

import (
	"cmp"
	"context"
	"slices"
	"time"

	"pgregory.net/rapid"

	"wenguan/models/booking"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/rule"
	"wenguan/models/store"
	"wenguan/models/venue"
)

// shown is everything that a house shows, with bookings by their place in the order in which they were made.
type shown struct {
	Bookings  []rule.Facts
	Due       []*time.Time
	Mine      [3][2][]int // of each person: ahead, over
	Ahead     [3][]int
	Board     []listed
	In        int
	BookedNow int
	WalkedIn  int
	Days      []booking.AvailabilityDay
	Free      []free
	Occupied  []booking.Occupancy
	Codes     map[string]code
	Standing  [3]standing
}

type listed struct {
	Booking int
	State   booking.State
}

type free struct {
	Space string
	Left  int32
}

type code struct {
	State       booking.Presence
	Until, Next *time.Time
	Mine        []int
	Report      bool
	Offer       *booking.Offer
	Why         string
}

type standing struct {
	Strikes     []strike
	Suspensions []suspension
}

type strike struct {
	Booking int
	Kind    rule.ViolationKind
	State   rule.StrikeState
	At      time.Time
}

type suspension struct {
	From   time.Time
	Until  *time.Time
	Lifted bool
	By     []int // which bookings led to it
}

// view is what a house shows, and what that was made of.
type view struct {
	shown
	bookings  []booking.Booking
	standings []booking.Standing
}

func (s *side) view(rt *rapid.T) view {
	ctx := context.Background()
	must := func(err error) {
		if err != nil {
			rt.Fatal(err)
		}
	}
	out := view{shown: shown{Codes: map[string]code{}}}
	for _, b := range s.made {
		is, err := s.desk.Get(ctx, system, b.ID)
		must(err)
		out.bookings = append(out.bookings, is)
		out.Bookings, out.Due = append(out.Bookings, is.Facts), append(out.Due, is.Due)
	}
	for n, who := range s.people {
		for i, past := range []bool{false, true} {
			list, _, err := s.desk.Mine(ctx, who, booking.MineQuery{Past: past, Limit: 200})
			must(err)
			out.Mine[n][i] = s.places(list)
		}
		must(s.store.View(ctx, func(tx store.Tx) error {
			list, err := s.desk.Ahead(tx, who.ID)
			out.Ahead[n] = s.places(list)
			return err
		}))
		st, err := s.desk.Standing(ctx, who, "")
		must(err)
		out.standings = append(out.standings, st)
		out.Standing[n] = s.standingOf(&st)
	}
	board, err := s.desk.Board(ctx, system, s.venue.ID, 0)
	must(err)
	out.In, out.BookedNow, out.WalkedIn = board.In, board.BookedNow, board.WalkedIn
	for _, b := range board.Bookings {
		out.Board = append(out.Board, listed{s.place(b.ID), b.State})
	}
	slices.SortFunc(out.Board, func(a, b listed) int { return cmp.Compare(a.Booking, b.Booking) })
	left, err := s.desk.Availability(ctx, booking.AvailabilityQuery{Venue: s.venue.ID, Days: 2, Members: true})
	must(err)
	out.Days = left.Days
	out.Occupied, err = s.desk.OccupiedNow(ctx, []*venue.Venue{s.venue})
	must(err)
	out.Free = s.freeNow(rt)
	for space, id := range s.codes {
		at, err := s.desk.AtCode(ctx, s.people[0], id, "")
		must(err)
		out.Codes[space] = code{at.State, at.Until, at.Next, s.places(at.Mine), at.Report, at.Offer, fault.CodeOf(at.Why)}
	}
	return out
}

// freeNow is what is found free for the next two hours.
func (s *side) freeNow(rt *rapid.T) (out []free) {
	now := s.clock.Now()
	from := civil.ClockOf(now, s.zone) / 30 * 30
	list, _, err := s.desk.Free(context.Background(), booking.FreeQuery{
		Venue: s.venue.ID, Parent: "room", Date: civil.DateOf(now, s.zone), From: from, To: min(from+120, civil.DayEnd),
	})
	if err != nil {
		rt.Fatal(err)
	}
	for _, f := range list {
		out = append(out, free{f.Space.ID, f.Left})
	}
	return out
}

func (s *side) place(id string) int {
	return slices.IndexFunc(s.made, func(b booking.Booking) bool { return b.ID == id })
}

func (s *side) places(list []booking.Booking) []int {
	out := make([]int, len(list))
	for i := range list {
		out[i] = s.place(list[i].ID)
	}
	slices.Sort(out)
	return out
}

func (s *side) standingOf(st *booking.Standing) (out standing) {
	for _, k := range st.Strikes {
		out.Strikes = append(out.Strikes, strike{s.place(k.Booking), k.Kind, k.State, k.At})
	}
	slices.SortFunc(out.Strikes, func(a, b strike) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Booking, b.Booking), cmp.Compare(a.Kind, b.Kind))
	})
	for _, k := range st.Suspensions {
		by := suspension{From: k.From, Until: k.Until, Lifted: k.Lifted}
		for _, violation := range k.Strikes {
			by.By = append(by.By, s.place(violation))
		}
		slices.Sort(by.By)
		out.Suspensions = append(out.Suspensions, by)
	}
	return out
}

// possible holds what is left against what can be, and against what the codes say.
func (s *side) possible(rt *rapid.T, is *shown) {
	now := s.clock.Now()
	for _, day := range is.Days {
		for _, space := range day.Spaces {
			for i, n := range space.Left {
				if n < -1 || n > 4 {
					rt.Fatalf("%d of %s are left in slot %d of %s", n, space.ID, i, day.Date)
				}
				if at, coded := is.Codes[space.ID]; coded && n >= 0 && s.runs(day, i, now) {
					s.agrees(rt, space.ID, at.State, n)
				}
			}
		}
	}
}

// agrees: what is left of a space at this minute is what its code says.
func (s *side) agrees(rt *rapid.T, space string, state booking.Presence, left int32) {
	r := &s.venue.Rules
	plain := r.BufferBefore == 0 && r.BufferAfter == 0 && !slices.ContainsFunc(r.Sessions, func(s rule.Session) bool { return s.Quota > 0 })
	if left > 0 && state != booking.PlaceFree || left == 0 && plain && state == booking.PlaceFree {
		rt.Fatalf("%d are left of %s now, and its code shows %s", left, space, state)
	}
}

// runs reports whether the slot of the day is under way.
func (s *side) runs(day booking.AvailabilityDay, slot int, now time.Time) bool {
	return civil.DateOf(now, s.zone) == day.Date && !now.Before(s.startOf(day, slot))
}

func (s *side) startOf(day booking.AvailabilityDay, slot int) time.Time {
	var start civil.TimeOfDay
	if err := start.UnmarshalText([]byte(day.Slots[slot])); err != nil {
		panic(err)
	}
	return day.Date.At(start, s.zone)
}

// once: every violation of a person counts once for a rule, and is used for one of its suspensions at most.
func (s *side) once(rt *rapid.T, st *booking.Standing) {
	counted, used := map[string]int{}, map[string]int{}
	for _, k := range st.Strikes {
		if counted[k.Violation+k.Rule]++; counted[k.Violation+k.Rule] > 1 {
			rt.Fatalf("a strike counts twice: %+v", st.Strikes)
		}
	}
	for _, sus := range st.Suspensions {
		for _, k := range sus.Strikes {
			if used[k+sus.Rule]++; used[k+sus.Rule] > 1 {
				rt.Fatalf("a strike suspends twice: %+v", st.Suspensions)
			}
		}
	}
}

// every: where all violations count, a person's strikes are those of their bookings, no more and no fewer.
func (s *side) every(rt *rapid.T, person int, st *booking.Standing) {
	counted := map[string]int{}
	for _, k := range st.Strikes {
		counted[k.Violation]++
	}
	for i, b := range s.made {
		if b.Holder == s.people[person].ID && (counted[b.ID] == 1) != (b.Violation != "") {
			rt.Fatalf("booking %d broke a rule (%q), counted %d times: %+v", i, b.Violation, counted[b.ID], st.Strikes)
		}
	}
}
