package booking_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/rule"
	"wenguan/models/venue"
)

// side is one of two houses to which the same happens. In one of them the job runs before everything else, in the other
// one seldom or never.
type side struct {
	*world
	swept   bool
	venue   *venue.Venue
	people  []account.Actor // three residents, each in the directory
	clerk   account.Actor
	codes   map[string]string // by space
	made    []booking.Booking // as they were seen last, in the order they were made
	appeals []string
	walked  []string
	blamed  []string // violations that staff wrote down
}

// pair is both houses.
type pair struct {
	rt    *rapid.T
	sides [2]*side
	n     int  // of the world, and so of its venue
	known bool // the rules are published ones: they count some violations only, and limit what somebody may do in a day
}

// bothDo does the same in both houses and fails unless it comes to the same.
func (p *pair) bothDo(what string, do func(s *side) (string, error)) {
	var said [2]string
	for i, s := range p.sides {
		s.clock.Add(time.Second) // no two things happen at once, so that their order is never drawn by lot
		if s.swept {
			s.sweep(p.rt)
		}
		answer, err := do(s)
		if kind := fault.KindOf(err); err != nil && (kind == fault.Internal || kind == fault.Unavailable || kind == fault.Unauthenticated || kind == "") {
			p.rt.Fatalf("%s: not an answer: %v", what, err)
		}
		said[i] = fmt.Sprintf("%s %s", answer, fault.CodeOf(err))
	}
	if said[0] != said[1] {
		p.rt.Fatalf("%s at %s: with the job %q, without %q", what, p.sides[0].clock.Now().In(p.sides[0].zone).Format("15:04:05"), said[0], said[1])
	}
	p.look(what)
}

// look compares everything that is shown in the two houses, and holds it against what can be.
func (p *pair) look(after string) {
	p.sides[0].sweep(p.rt)
	seen := [2]view{p.sides[0].view(p.rt), p.sides[1].view(p.rt)}
	if diff := cmp.Diff(seen[0].shown, seen[1].shown); diff != "" {
		p.rt.Fatalf("after %s at %s (-with the job +without):\n%s", after, p.sides[0].clock.Now().In(p.sides[0].zone).Format("15:04:05"), diff)
	}
	for i, s := range p.sides {
		s.lawful(p.rt, after, seen[i].bookings)
		s.possible(p.rt, &seen[i].shown)
		for n := range s.people {
			s.once(p.rt, &seen[i].standings[n])
			if !p.known {
				s.every(p.rt, n, &seen[i].standings[n])
			}
		}
	}
}

// lawful compares every booking with how it was: one request and the clock lead to one state that the machine has.
func (s *side) lawful(rt *rapid.T, after string, now []booking.Booking) {
	for i, old := range s.made {
		b := now[i]
		undone := old.State == booking.CheckedIn && b.State == booking.Cancelled && after == "undo"
		if old.State != b.State && !undone && !slices.Contains(machine[old.State], b.State) {
			rt.Fatalf("%s led booking %d from %s to %s", after, i, old.State, b.State)
		}
		if old.Violation != "" && old.Violation != b.Violation || old.Number != b.Number || b.Revision < old.Revision {
			rt.Fatalf("after %s, what never changes of booking %d changed: %+v, then %+v", after, i, old, b)
		}
		s.made[i] = b
	}
}

func (s *side) sweep(rt *rapid.T) {
	if _, _, err := s.desk.Sweep(context.Background()); err != nil {
		rt.Fatal(err)
	}
}

// some is one of the last bookings, by its place in the order.
func (p *pair) some() int {
	n := len(p.sides[0].made)
	if n == 0 {
		p.rt.Skip("no booking yet")
	}
	return rapid.IntRange(max(0, n-5), n-1).Draw(p.rt, "booking")
}

// started makes the same venue and the same people in a house.
func (p *pair) start(s *side, book func(*rule.Book), at time.Time) {
	s.clock.Set(at)
	v := readingRoom(fmt.Sprintf("unswept%d", p.n), 3)
	v.Atoms = append(v.Atoms, venue.Atom{ID: "square", Capacity: 4})
	v.Spaces = append(v.Spaces, venue.Space{
		ID: "square", Name: venue.Text{ZH: "广场"}, Type: venue.OpenArea, Allocation: venue.Shared, Atoms: []string{"square"}, Seats: 4, Bookable: true,
	})
	if book(&v.Rules); v.Rules.Longest > 1440 { // open day and night
		for i := range v.Hours {
			v.Hours[i] = []civil.Interval{{Start: 0, End: civil.DayEnd}}
		}
	}
	var err error
	if s.venue, err = s.venues.Save(context.Background(), system, v); err != nil {
		p.rt.Fatal(err)
	}
	list, err := s.desk.MakeSeatCodes(context.Background(), system, v.ID, "")
	if err != nil {
		p.rt.Fatal(err)
	}
	s.codes = map[string]string{}
	for _, c := range list {
		s.codes[c.Space] = c.ID
	}
	s.people, s.made, s.appeals, s.walked, s.blamed = nil, nil, nil, nil, nil
	for n := range 3 {
		a, err := s.world.people.Create(context.Background(), system, account.Account{
			Kind: account.Person, Name: "王小明", Phone: fmt.Sprintf("+861390%03d%04d", n, p.n), Group: account.Residents,
		})
		if err != nil {
			p.rt.Fatal(err)
		}
		s.people = append(s.people, account.Actor{ID: a.ID, Kind: account.Person, Name: a.Name, Group: a.Group, RealName: true})
	}
	s.clerk = staff(account.Manager, v.ID)
	s.clerk.Grants = append(s.clerk.Grants, account.Grant{Role: account.Counter, Venues: []string{v.ID}})
}

// Whatever happens and whenever somebody looks, a house in which the job has not run answers and shows what one shows in
// which it runs all the time. And no sequence of anything leads out of the state machine, to less than nothing that is
// left, or to a strike that counts twice.
func TestWithoutTheJobEverybodySeesWhatTheyWouldSeeWithIt(t *testing.T) {
	t.Parallel()
	p := &pair{sides: [2]*side{{world: newWorld(t), swept: true}, {world: newWorld(t)}}}
	rapid.Check(t, func(rt *rapid.T) {
		p.n++
		p.rt = rt
		book := someRules(rt)
		if p.known = rapid.Bool().Draw(rt, "published"); p.known {
			of, _ := rule.NewFrom(rapid.SampledFrom(published).Draw(rt, "rule book"))
			book = func(b *rule.Book) { *b = *of }
		}
		at := p.sides[0].at(today.Add(10*p.n), 8, rapid.IntRange(0, 59).Draw(rt, "minute"))
		for _, s := range p.sides {
			p.start(s, book, at)
		}
		rt.Repeat(p.verbs())
		for _, s := range p.sides {
			s.sweep(rt)
			if err := booking.Verify(context.Background(), s.store); err != nil {
				rt.Fatal(err)
			}
		}
		p.look("the last sweep")
	})
}

// someRules are rules under which everything can happen.
func someRules(rt *rapid.T) func(*rule.Book) {
	draw := func(name string, from ...int32) int32 { return rapid.SampledFrom(from).Draw(rt, name) }
	in, leave, report := draw("check-in", 10, 15, 30), draw("leave", 0, 10, 25), draw("report", 0, 10)
	out, grace, overstay := rapid.Bool().Draw(rt, "check-out"), draw("grace", 0, 5), draw("overstay", 0, 20)
	before, after, late := draw("buffer before", 0, 0, 10), draw("buffer after", 0, 0, 15), draw("late booking", 0, 45)
	one, next, perDay := rapid.Bool().Draw(rt, "one"), rapid.SampledFrom(rule.NextAfters()).Draw(rt, "next"), draw("per day", 0, 3)
	miss := rapid.SampledFrom(rule.LateCancels()).Draw(rt, "late cancel")
	quota, count, ifFree := draw("quota", 0, 2), draw("strikes", 1, 2), rapid.Bool().Draw(rt, "if free")
	sessions, longest := rapid.Bool().Draw(rt, "sessions"), draw("longest", 240, 240, 3*1440)
	return func(b *rule.Book) {
		b.Longest = longest
		b.CheckInBefore, b.CheckInAfter, b.Leave, b.Report, b.LateBooking = 15, in, leave, report, late
		if out {
			b.CheckOut, b.CheckOutGrace, b.OverstayUntil = true, grace, overstay
		}
		b.BufferBefore, b.BufferAfter, b.OneAtATime, b.NextAfter, b.PerDay = before, after, one, next, perDay
		b.CancelBefore, b.LateCancel = 30, miss
		if sessions {
			b.Times, b.SlotStep, b.Shortest, b.Longest, b.BufferBefore, b.BufferAfter = rule.InSessions, 0, 0, 0, 0, 0
			b.Sessions = []rule.Session{{Start: 8 * 60, End: 12 * 60, Quota: quota}, {Start: 13 * 60, End: 17 * 60, Quota: quota}}
		}
		b.WalkIn, b.WalkInIfFree = rule.AllDays(), ifFree
		b.Strikes = []rule.StrikeRule{{
			ID: "all", Counts: everyKind(b), Max: count, Within: rule.Within{Per: rule.Rolling, Days: 30}, Penalty: rule.Penalty{Kind: rule.ForDays, N: 2},
		}}
		b.EarnBack = &rule.EarnBack{How: rule.Text{ZH: "志愿服务", EN: "Volunteering"}}
	}
}

// everyKind is every violation that can happen under the rules.
func everyKind(b *rule.Book) []rule.ViolationKind {
	return slices.DeleteFunc(rule.ViolationKinds(), func(k rule.ViolationKind) bool {
		switch k {
		case rule.LateCanceled:
			return b.LateCancel != rule.LateMiss
		case rule.NotBack:
			return b.Leave == 0
		case rule.ReportedAway:
			return b.Report == 0
		case rule.NoCheckOut:
			return !b.CheckOut
		case rule.Overstayed:
			return b.OverstayUntil == 0
		}
		return false
	})
}
