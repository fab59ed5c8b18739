package rule_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/rule"
)

var sameStanding = cmpopts.IgnoreUnexported(rule.Strike{})

// lawful is the life of a booking as docs/rule-books.md tells it, written down a second time.
var lawful = map[rule.State][]rule.State{
	rule.Confirmed: {rule.Confirmed, rule.CheckedIn, rule.Cancelled, rule.NoShow, rule.Completed},
	rule.CheckedIn: {rule.CheckedIn, rule.Away, rule.Reported, rule.Completed, rule.Cancelled}, // Cancelled by an undo only
	rule.Away:      {rule.Away, rule.CheckedIn, rule.Completed},
	rule.Reported:  {rule.Reported, rule.CheckedIn, rule.Completed},
	rule.Completed: {rule.Completed},
	rule.Cancelled: {rule.Cancelled},
	rule.NoShow:    {rule.NoShow},
}

func someMinutes(rt *rapid.T, name string) int32 {
	return rapid.OneOf(rapid.Just(int32(0)), rapid.Int32Range(1, 90)).Draw(rt, name)
}

// someBook is a book as far as attendance goes.
func someBook(rt *rapid.T) *rule.Book {
	b := &rule.Book{Opening: rule.Opening{Opens: rule.Always, LateBooking: 60}}
	b.NoCheckIn = rapid.IntRange(0, 9).Draw(rt, "no check-in") == 0
	b.CheckInBefore, b.CheckInAfter = someMinutes(rt, "before"), rapid.Int32Range(-30, 90).Draw(rt, "after")
	b.CheckInInside, b.CheckInSameDay = someMinutes(rt, "inside"), someMinutes(rt, "same day")
	b.Leave, b.Report = someMinutes(rt, "leave"), someMinutes(rt, "report")
	b.CheckOut, b.CheckOutGrace, b.OverstayUntil = rapid.Bool().Draw(rt, "check-out"), someMinutes(rt, "grace"), someMinutes(rt, "overstay")
	b.CancelBefore, b.LateCancel = someMinutes(rt, "cancel"), rapid.SampledFrom(rule.LateCancels()).Draw(rt, "late")
	b.MovesMax = rapid.Int32Range(0, 2).Draw(rt, "moves")
	return b
}

// No sequence of verbs, with the clock running or standing still, leads out of the state machine; a verb that is
// refused changes nothing, one that is repeated changes nothing more, and what is final stays.
func TestNoSequenceOfVerbsLeavesTheStateMachine(t *testing.T) {
	t.Parallel()
	zones := []string{"Asia/Shanghai", "Europe/Berlin", "Pacific/Apia"}
	rapid.Check(t, func(rt *rapid.T) {
		zone, _ := civil.Zone(rapid.SampledFrom(zones).Draw(rt, "zone"))
		place := rule.Open(at, zone, hours(0, 1440), nil)
		b := someBook(rt)
		start := civil.NewDate(2026, 10, 25).At(civil.TimeOfDay(30*rapid.IntRange(0, 47).Draw(rt, "start")), zone)
		r := rule.Request{Place: place, Party: 1, Span: civil.Span{Start: start, End: start.Add(time.Duration(rapid.IntRange(1, 240).Draw(rt, "length")) * time.Minute)}}
		now := start.Add(time.Duration(rapid.IntRange(-180, 30).Draw(rt, "made")) * time.Minute)
		f := rule.Settle(b, &r, now)
		for range rapid.IntRange(1, 30).Draw(rt, "steps") {
			now = now.Add(time.Duration(rapid.OneOf(rapid.Just(0), rapid.IntRange(0, 5400)).Draw(rt, "seconds")) * time.Second)
			verb := rapid.SampledFrom([]rule.Verb{
				rule.DoMove, rule.DoCancel, rule.DoCheckIn, rule.DoLeave, rule.DoReturn, rule.DoReport, rule.DoCheckOut, rule.DoRelease, rule.DoUndo, rule.Lapses,
			}).Draw(rt, "verb")
			act := rule.Act{Now: now, By: rapid.SampledFrom([]rule.Role{rule.AsHolder, rule.AsStaff, rule.AsOther}).Draw(rt, "by")}
			next, err := apply(b, place, f, &r, verb, act)
			step(rt, b, place, f, next, err, &r, verb, act)
			f = next
		}
	})
}

func apply(b *rule.Book, p *rule.Place, f rule.Facts, r *rule.Request, verb rule.Verb, act rule.Act) (rule.Facts, *fault.Error) {
	switch verb {
	case rule.DoMove:
		next, err := rule.MoveTo(b, f, r, act)
		if err != nil {
			next = rule.Lapse(f, act.Now)
		}
		return next, err
	case rule.DoCancel:
		return rule.CancelOf(b, p, f, &rule.History{}, act)
	case rule.DoCheckIn:
		return rule.CheckIn(b, p, f, act)
	case rule.DoLeave:
		return rule.Leave(b, p, f, act, 0)
	case rule.DoReturn:
		return rule.Return(p, f, act)
	case rule.DoReport:
		return rule.Report(b, p, f, act)
	case rule.DoCheckOut:
		return rule.CheckOut(f, act)
	case rule.DoRelease:
		return rule.Release(f, act)
	case rule.DoUndo:
		return rule.Undo(f, act.Now)
	}
	return rule.Lapse(f, act.Now), nil
}

func step(rt *rapid.T, b *rule.Book, p *rule.Place, was, is rule.Facts, err *fault.Error, r *rule.Request, verb rule.Verb, act rule.Act) {
	lapsed := rule.Lapse(was, act.Now)
	if !slices.Contains(lawful[was.State], lapsed.State) || !slices.Contains(lawful[lapsed.State], is.State) {
		rt.Fatalf("%s led from %s over %s to %s", verb, was.State, lapsed.State, is.State)
	}
	if was.State == rule.CheckedIn && is.State == rule.Cancelled && verb != rule.DoUndo {
		rt.Fatalf("%s cancelled a visit", verb)
	}
	if err != nil && !cmp.Equal(lapsed, is) {
		rt.Fatalf("%s was refused (%s) and changed: %s", verb, err.Code, cmp.Diff(lapsed, is))
	}
	if !lapsed.Live() && !cmp.Equal(lapsed, is) {
		rt.Fatalf("%s changed what was final: %s", verb, cmp.Diff(lapsed, is))
	}
	if due := is.Due(); is.Live() != (due != nil) || due != nil && !act.Now.Before(*due) {
		rt.Fatalf("%s at %s left %s due at %v", verb, act.Now, is.State, due)
	}
	if from := is.HeldFrom(); from.Before(is.Start) || !from.Before(is.End) || verb != rule.DoMove && !from.Equal(was.HeldFrom()) {
		rt.Fatalf("%s left a place held from %s: %+v", verb, from, is)
	}
	if is.HeldUntil().After(is.End) || is.Violation != "" && (is.Live() || is.ViolatedAt == nil || is.ViolatedAt.After(act.Now)) {
		rt.Fatalf("%s left impossible facts: %+v", verb, is)
	}
	if verb == rule.DoMove || err != nil {
		return
	}
	if again, err := apply(b, p, is, r, verb, act); err != nil || !cmp.Equal(is, again) {
		rt.Fatalf("%s repeated is not the same: %v %s", verb, err, cmp.Diff(is, again))
	}
}

// Check answers whatever it is asked.
func TestCheckIsTotal(t *testing.T) {
	t.Parallel()
	zones := []string{"Asia/Shanghai", "Europe/Berlin", "America/St_Johns", "Pacific/Apia", "Australia/Lord_Howe"}
	number := rapid.OneOf(rapid.Int32(), rapid.Int32Range(-3, 3), rapid.SampledFrom([]int32{math.MinInt32, math.MaxInt32, 30, 60, 1440}))
	instant := rapid.OneOf(
		rapid.Map(rapid.Int64Range(-1<<36, 1<<36), func(s int64) time.Time { return time.Unix(s, 0) }),
		rapid.Map(rapid.Int64Range(-86400, 86400), func(s int64) time.Time { return time.Unix(1774746000+s, 0) }), // 2026-03-29, Berlin
		rapid.Map(rapid.Int64Range(-86400, 86400), func(s int64) time.Time { return time.Unix(1798761600+s, 0) }), // the end of 2026
	)
	rapid.Check(t, func(rt *rapid.T) {
		zone, _ := civil.Zone(rapid.SampledFrom(zones).Draw(rt, "zone"))
		cal := civil.NewCalendar(0, []civil.Holiday{{Date: civil.NewDate(2026, 3, 29)}, {Date: civil.NewDate(2027, 1, 1)}})
		place := rule.Open(at, zone, hours(civil.TimeOfDay(rapid.IntRange(0, 700).Draw(rt, "opens")), 1440), cal)
		b := wildBook(rt, number)
		start := instant.Draw(rt, "start")
		r := rule.Request{
			Place: place, Space: rule.Space{ID: "s", People: number.Draw(rt, "people")}, Spaces: number.Draw(rt, "spaces"), Party: number.Draw(rt, "party"),
			Span: civil.Span{Start: start, End: start.Add(time.Duration(number.Draw(rt, "length")) * time.Minute)}, Taken: number.Draw(rt, "taken"),
			Holder: rule.Person{ID: "a", BirthYear: number.Draw(rt, "born")},
		}
		h := &rule.History{}
		for range rapid.IntRange(0, 4).Draw(rt, "uses") {
			from := instant.Draw(rt, "use")
			h.Uses = append(h.Uses, rule.Use{Booking: "b", Where: at, Start: from, End: from.Add(time.Hour)})
		}
		now := instant.Draw(rt, "now")
		err := rule.Check(b, r, h, now)
		if err == nil {
			f := rule.Settle(b, &r, now)
			_ = rule.Allowed(b, place, f, now)
		}
		_ = rule.Validate(b, rule.Context{Seats: number.Draw(rt, "seats")})
		_ = rule.Explain(b)
		_ = b.Bookable(place, r.Span, now)
	})
}

// wildBook has absurd numbers in every field.
func wildBook(rt *rapid.T, number *rapid.Generator[int32]) *rule.Book {
	n := func() int32 { return number.Draw(rt, "n") }
	within := func() rule.Within {
		return rule.Within{Per: rapid.SampledFrom(append(rule.Periods(), "x")).Draw(rt, "per"), Days: n()}
	}
	b := &rule.Book{
		Opening: rule.Opening{
			Opens: rapid.SampledFrom(append(rule.Modes(), "", "x")).Draw(rt, "opens"), HorizonDays: n(), HorizonMinutes: n(), HorizonToEnd: true,
			ReleaseAt: civil.TimeOfDay(n()), Notice: n(), LateBooking: n(), StopBefore: n(),
		},
		Shape: rule.Shape{
			Times: rapid.SampledFrom(append(rule.TimesOf(), "x")).Draw(rt, "times"), SlotStep: n(), Shortest: n(), Longest: n(), PartyMin: n(), PartyMax: n(),
			SpacesMax: n(), Sessions: []rule.Session{{Start: civil.TimeOfDay(n()), End: civil.TimeOfDay(n()), Quota: n()}},
		},
		Who:     rule.Who{MinAge: n(), MaxAge: n(), ChildUnder: n()},
		HowMuch: rule.HowMuch{PerDay: n(), OneAtATime: true, CoolingOff: n(), Limits: []rule.Limit{{Count: rule.Bookings, Max: n(), Within: within()}, {Count: rule.Active, Max: n()}, {Count: rule.Minutes, Max: n(), Within: within()}}},
		Attendance: rule.Attendance{
			CheckInBefore: n(), CheckInAfter: n(), CheckInInside: n(), CheckInSameDay: n(), CheckOut: true, CheckOutGrace: n(), OverstayUntil: n(),
		},
		Change: rule.Change{CancelBefore: n(), MoveBefore: n(), MovesMax: n()},
	}
	if rapid.Bool().Draw(rt, "weekly") {
		b.Weekly = &rule.Weekly{From: "x", Until: rule.Sun, At: civil.TimeOfDay(n()), Till: civil.TimeOfDay(n()), Ahead: new(n())}
	}
	if rapid.Bool().Draw(rt, "use hours") {
		b.UseHours = []rule.UseTime{{Interval: civil.Interval{Start: civil.TimeOfDay(n()), End: civil.TimeOfDay(n())}}}
	}
	if rapid.Bool().Draw(rt, "terms") {
		b.Organizations = &rule.Terms{Opening: &rule.Opening{HorizonDays: n()}, Longest: n(), SpacesMax: n()}
	}
	if rapid.Bool().Draw(rt, "hours") {
		b.BookingHours = []civil.Interval{{Start: civil.TimeOfDay(n()), End: civil.TimeOfDay(n())}}
	}
	return b
}

// The order of a history changes neither the answer nor what it says.
func TestTheOrderOfAHistoryNeverMatters(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		w := plain()
		w.book.OneAtATime, w.book.PerDay, w.book.CoolingOff = rapid.Bool().Draw(rt, "one"), rapid.Int32Range(0, 2).Draw(rt, "per day"), rapid.Int32Range(0, 90).Draw(rt, "cooling")
		w.book.NextAfter = rapid.SampledFrom(rule.NextAfters()).Draw(rt, "next")
		for _, m := range rule.Measures() {
			per := rapid.SampledFrom(rule.Periods()).Draw(rt, "per")
			w.book.Limits = append(w.book.Limits, rule.Limit{Count: m, Max: rapid.Int32Range(1, 400).Draw(rt, "max"), Within: rule.Within{Per: per, Days: 5}})
		}
		for i := range rapid.IntRange(0, 8).Draw(rt, "uses") {
			from := w.now.Add(time.Duration(rapid.IntRange(-200, 200).Draw(rt, "hours")) * 30 * time.Minute)
			w.history.Uses = append(w.history.Uses, rule.Use{
				Booking: fmt.Sprint(i), Where: at, Start: from, End: from.Add(time.Hour), State: rapid.SampledFrom([]rule.UseState{"", rule.UseAhead, rule.UseIn, rule.UseOver}).Draw(rt, "state"),
			})
		}
		first := w.check()
		w.history.Uses = rapid.Permutation(w.history.Uses).Draw(rt, "order")
		if diff := cmp.Diff(first, w.check()); diff != "" {
			rt.Fatal(diff)
		}
	})
}

// Folding is deterministic in whatever order and however often violations are told; no strike leads to two suspensions
// of one rule; nothing that has begun disappears as time goes on.
func TestNoStrikeIsCountedTwice(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		book := someDiscipline(rt)
		shelf := func(*rule.Violation) *rule.Book { return book }
		r := someRecord(rt)
		now := moment("2026-11-24 08:00").Add(time.Duration(rapid.IntRange(0, 24*200).Draw(rt, "now")) * time.Hour)
		st := rule.Fold(shelf, shanghai, &r, now)
		seen := map[string]bool{}
		for _, s := range st.Suspensions {
			if s.Until != nil && s.Until.Before(s.From) || len(s.Strikes) < int(s.Max) {
				rt.Fatalf("an impossible suspension: %+v", s)
			}
			for _, v := range s.Strikes {
				if seen[s.Rule+v] {
					rt.Fatalf("%s is counted twice by %s", v, s.Rule)
				}
				seen[s.Rule+v] = true
			}
		}
		strikes := map[string]bool{}
		for _, k := range st.Strikes {
			if strikes[k.Rule+k.Violation] {
				rt.Fatalf("%s is in the list of %s twice", k.Violation, k.Rule)
			}
			strikes[k.Rule+k.Violation] = true
			if (k.State == rule.StrikeUsed) != seen[k.Rule+k.Violation] {
				rt.Fatalf("%s is %s", k.Violation, k.State)
			}
		}
		mixed := r
		mixed.Violations = rapid.Permutation(append(slices.Clone(r.Violations), r.Violations...)).Draw(rt, "order")
		if diff := cmp.Diff(st, rule.Fold(shelf, shanghai, &mixed, now), sameStanding); diff != "" {
			rt.Fatalf("the order or repetition matters: %s", diff)
		}
		r.Pardons, r.Lifts = nil, nil
		before := rule.Fold(shelf, shanghai, &r, now)
		after := rule.Fold(shelf, shanghai, &r, now.Add(time.Duration(rapid.IntRange(0, 2000).Draw(rt, "later"))*time.Hour))
		if n := len(before.Suspensions); n > len(after.Suspensions) || !cmp.Equal(before.Suspensions, after.Suspensions[:n], cmpopts.EquateEmpty()) {
			rt.Fatalf("time took a suspension away: %s", cmp.Diff(before.Suspensions, after.Suspensions))
		}
	})
}

func someDiscipline(rt *rapid.T) *rule.Book {
	b := &rule.Book{Discipline: rule.Discipline{Waives: []rule.FaultOf{rule.FaultClosure}}}
	for i := range rapid.IntRange(1, 3).Draw(rt, "rules") {
		s := rule.StrikeRule{
			ID: fmt.Sprint("r", i), Counts: []rule.ViolationKind{rule.NoShowed, rule.NotBack}, Each: rapid.Bool().Draw(rt, "each"), Max: rapid.Int32Range(1, 4).Draw(rt, "max"),
			Within:  rule.Within{Per: rapid.SampledFrom(rule.Periods()).Draw(rt, "per"), Days: rapid.Int32Range(1, 60).Draw(rt, "days")},
			Across:  rapid.SampledFrom(rule.Scopes()).Draw(rt, "across"),
			Penalty: rule.Penalty{Kind: rapid.SampledFrom([]rule.PenaltyKind{rule.ForDays, rule.ForMonths, rule.RestOfWeek, rule.RestOfMonth, rule.UntilLifted}).Draw(rt, "penalty"), N: 3},
		}
		if rapid.Bool().Draw(rt, "escalates") {
			s.Escalation = []rule.Escalation{{Nth: 2, Days: 90, Penalty: rule.Penalty{Kind: rule.ForDays, N: 30}}}
		}
		b.Strikes = append(b.Strikes, s)
	}
	return b
}

func someRecord(rt *rapid.T) rule.Record {
	var r rule.Record
	for i := range rapid.IntRange(0, 14).Draw(rt, "violations") {
		v := rule.Violation{
			ID: fmt.Sprint("v", i), Kind: rapid.SampledFrom([]rule.ViolationKind{rule.NoShowed, rule.NotBack, rule.Misconduct}).Draw(rt, "kind"),
			At:    moment("2026-11-24 08:00").Add(time.Duration(rapid.IntRange(0, 24*150).Draw(rt, "at")) * time.Hour),
			Where: rapid.SampledFrom([]rule.Where{at, {Venue: "w", Kind: "reading_room"}, {Venue: "v", Space: "t", Kind: "reading_room"}}).Draw(rt, "where"),
			Fault: rapid.SampledFrom([]rule.FaultOf{"", "", "", rule.FaultClosure}).Draw(rt, "fault"),
		}
		r.Violations = append(r.Violations, v)
		if rapid.IntRange(0, 5).Draw(rt, "pardoned") == 0 {
			kind := rapid.SampledFrom([]rule.PardonKind{rule.WaivedByStaff, rule.EarnedBack}).Draw(rt, "how")
			r.Pardons = append(r.Pardons, rule.Pardon{Violation: v.ID, Kind: kind, At: v.At.Add(24 * time.Hour)})
		}
	}
	return r
}
