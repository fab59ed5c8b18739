package rule_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wenguan/models/rule"
)

// strikes is a record of violations of one kind at these moments.
func strikes(kind rule.ViolationKind, when ...string) rule.Record {
	var r rule.Record
	for i, w := range when {
		r.Violations = append(r.Violations, rule.Violation{ID: fmt.Sprint(kind, i), Kind: kind, At: moment(w), Where: at})
	}
	return r
}

func foldAt(s rule.StrikeRule, r rule.Record, when string) rule.Standing {
	s.ID = "r"
	if s.Counts == nil {
		s.Counts = []rule.ViolationKind{rule.NoShowed, rule.NotBack}
	}
	book := &rule.Book{Discipline: rule.Discipline{Strikes: []rule.StrikeRule{s}, Waives: []rule.FaultOf{rule.FaultOutage}}}
	return rule.Fold(func(*rule.Violation) *rule.Book { return book }, shanghai, &r, moment(when))
}

// states are the states of the strikes in order.
func states(s rule.Standing) []rule.StrikeState {
	var out []rule.StrikeState
	for _, k := range s.Strikes {
		out = append(out, k.State)
	}
	return out
}

func TestSuspensionsEndAsThePenaltySays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		penalty rule.Penalty
		at, end string
	}{
		{"days", rule.Penalty{Kind: rule.ForDays, N: 7}, "2026-11-24 10:05:30", "2026-12-01 10:05"},
		{"a month", rule.Penalty{Kind: rule.ForMonths, N: 1}, "2026-11-24 10:05", "2026-12-24 10:05"},
		{"a month from the 31st", rule.Penalty{Kind: rule.ForMonths, N: 1}, "2026-01-31 10:05", "2026-02-28 10:05"},
		{"over the end of the year", rule.Penalty{Kind: rule.ForMonths, N: 3}, "2026-11-30 10:05", "2027-02-28 10:05"},
		{"the rest of the week", rule.Penalty{Kind: rule.RestOfWeek}, "2026-11-24 10:05", "2026-11-30 00:00"},
		{"of a week that ends today", rule.Penalty{Kind: rule.RestOfWeek}, "2026-11-29 23:59", "2026-11-30 00:00"},
		{"the rest of the month", rule.Penalty{Kind: rule.RestOfMonth}, "2026-12-24 10:05", "2027-01-01 00:00"},
		{"until lifted", rule.Penalty{Kind: rule.UntilLifted}, "2026-11-24 10:05", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			st := foldAt(rule.StrikeRule{Max: 1, Penalty: c.penalty}, strikes(rule.NoShowed, c.at), "2027-06-01 00:00")
			if len(st.Suspensions) != 1 || !st.Suspensions[0].From.Equal(moment(c.at)) {
				t.Fatalf("suspended: %+v", st.Suspensions)
			}
			switch until := st.Suspensions[0].Until; {
			case c.end == "" && until != nil, c.end != "" && (until == nil || !until.Equal(moment(c.end))):
				t.Errorf("until %v, not %s", until, c.end)
			}
		})
	}
}

func TestStrikesCountWithinTheirPeriod(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		within rule.Within
		when   []string
		now    string
		want   []rule.StrikeState // used: they suspended
	}{
		{"in one week", rule.Within{Per: rule.AWeek}, []string{"2026-11-23 00:00", "2026-11-29 23:59"}, "2026-11-29 23:59", []rule.StrikeState{"used", "used"}},
		{"in two weeks", rule.Within{Per: rule.AWeek}, []string{"2026-11-22 23:59", "2026-11-23 00:00"}, "2026-11-23 00:00", []rule.StrikeState{"expired", "active"}},
		{"in one month", rule.Within{Per: rule.AMonth}, []string{"2026-11-01 00:00", "2026-11-30 23:59"}, "2026-11-30 23:59", []rule.StrikeState{"used", "used"}},
		{"in two months", rule.Within{Per: rule.AMonth}, []string{"2026-10-31 23:59", "2026-11-01 00:00"}, "2026-12-01 00:00", []rule.StrikeState{"expired", "expired"}},
		{"in thirty days", rule.Within{Per: rule.Rolling, Days: 30}, []string{"2026-11-01 10:00", "2026-11-30 10:00"}, "2026-11-30 10:00", []rule.StrikeState{"used", "used"}},
		{"on the thirty-first day", rule.Within{Per: rule.Rolling, Days: 30}, []string{"2026-11-01 10:00", "2026-12-01 00:00"}, "2026-12-01 00:00", []rule.StrikeState{"expired", "active"}},
		{"ever", rule.Within{}, []string{"2020-11-01 10:00", "2026-12-01 00:00"}, "2026-12-01 00:00", []rule.StrikeState{"used", "used"}},
		{"not yet", rule.Within{}, []string{"2020-11-01 10:00", "2026-12-01 00:00"}, "2026-11-30 23:59", []rule.StrikeState{"active"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			st := foldAt(rule.StrikeRule{Max: 2, Within: c.within, Penalty: rule.Penalty{Kind: rule.ForDays, N: 1}}, strikes(rule.NotBack, c.when...), c.now)
			if diff := cmp.Diff(c.want, states(st)); diff != "" {
				t.Error(diff)
			}
			used := 0
			for _, k := range st.Strikes {
				if k.State == rule.StrikeUsed && k.Penalty == st.Suspensions[0].ID {
					used++
				}
			}
			if want := 2 * len(st.Suspensions); used != want {
				t.Errorf("%d strikes led to %d suspensions", used, len(st.Suspensions))
			}
		})
	}
}

func TestKindsCountTogetherOrEachForItself(t *testing.T) {
	t.Parallel()
	r := strikes(rule.NoShowed, "2026-11-23 10:00")
	r.Violations = append(r.Violations, strikes(rule.NotBack, "2026-11-24 10:00").Violations...)
	r.Violations = append(r.Violations, strikes(rule.Misconduct, "2026-11-24 11:00").Violations...) // not counted
	two := rule.StrikeRule{Max: 2, Penalty: rule.Penalty{Kind: rule.ForDays, N: 1}}
	if st := foldAt(two, r, "2026-11-25 00:00"); len(st.Suspensions) != 1 || len(st.Strikes) != 2 {
		t.Errorf("together: %+v", st)
	}
	two.Each = true
	if st := foldAt(two, r, "2026-11-25 00:00"); len(st.Suspensions) != 0 {
		t.Errorf("each for itself: %+v", st)
	}
}

func TestCancellingTooLateIsANoShowUnlessItIsNamed(t *testing.T) {
	t.Parallel()
	r := strikes(rule.NoShowed, "2026-11-23 10:00")
	r.Violations = append(r.Violations, strikes(rule.LateCanceled, "2026-11-24 10:00").Violations...)
	for _, c := range []struct {
		name   string
		counts []rule.ViolationKind
		want   int
	}{
		{"not named", []rule.ViolationKind{rule.NoShowed}, 1},
		{"named beside", []rule.ViolationKind{rule.NoShowed, rule.LateCanceled}, 0},
		{"no-shows do not count", []rule.ViolationKind{rule.NotBack}, 0},
	} {
		st := foldAt(rule.StrikeRule{Counts: c.counts, Each: true, Max: 2, Penalty: rule.Penalty{Kind: rule.ForDays, N: 1}}, r, "2026-11-25 00:00")
		if len(st.Suspensions) != c.want {
			t.Errorf("%s: %+v", c.name, st)
		}
	}
}

func TestStrikesAtOtherPlacesCountOnlyAcrossThem(t *testing.T) {
	t.Parallel()
	r := strikes(rule.NoShowed, "2026-11-23 10:00", "2026-11-24 10:00")
	r.Violations[1].Where = rule.Where{Venue: "w", Kind: "square"}
	for across, want := range map[rule.Scope]int{"": 0, rule.OfKind: 0, rule.InDistrict: 1} {
		st := foldAt(rule.StrikeRule{Max: 2, Across: across, Covers: rule.InDistrict, Penalty: rule.Penalty{Kind: rule.ForDays, N: 1}}, r, "2026-11-25 00:00")
		if len(st.Suspensions) != want {
			t.Errorf("across %q: %+v", across, st.Suspensions)
		}
	}
}

func TestPardonsTakeStrikesOutOfTheCount(t *testing.T) {
	t.Parallel()
	two := rule.StrikeRule{Max: 2, Penalty: rule.Penalty{Kind: rule.ForDays, N: 30}}
	r := func() rule.Record { return strikes(rule.NoShowed, "2026-11-02 10:00", "2026-11-10 10:00") }
	pardon := func(kind rule.PardonKind, when string) rule.Record {
		out := r()
		out.Pardons = []rule.Pardon{{Violation: "no_show0", Kind: kind, At: moment(when)}}
		return out
	}
	outage := r()
	outage.Violations[0].Fault = rule.FaultOutage
	for _, c := range []struct {
		name   string
		record rule.Record
		want   []rule.StrikeState
	}{
		{"without", r(), []rule.StrikeState{"used", "used"}},
		{"waived before", pardon(rule.WaivedByStaff, "2026-11-05 10:00"), []rule.StrikeState{"waived", "active"}},
		{"waived after: as if it had never been", pardon(rule.WaivedByStaff, "2026-11-20 10:00"), []rule.StrikeState{"waived", "active"}},
		{"earned back before", pardon(rule.EarnedBack, "2026-11-05 10:00"), []rule.StrikeState{"earned_back", "active"}},
		{"earned back after the suspension began: it stays", pardon(rule.EarnedBack, "2026-11-20 10:00"), []rule.StrikeState{"used", "used"}},
		{"a power cut", outage, []rule.StrikeState{"waived", "active"}},
	} {
		st := foldAt(two, c.record, "2026-11-25 00:00")
		if diff := cmp.Diff(c.want, states(st)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
		if suspended := len(st.Suspensions) == 1; suspended != (c.want[0] == "used") {
			t.Errorf("%s: %+v", c.name, st.Suspensions)
		}
	}
}

func TestStaffLiftASuspension(t *testing.T) {
	t.Parallel()
	rest := rule.StrikeRule{Max: 1, Penalty: rule.Penalty{Kind: rule.UntilLifted}}
	r := strikes(rule.NoShowed, "2026-11-02 10:00")
	id := foldAt(rest, r, "2026-11-25 00:00").Suspensions[0].ID
	r.Lifts = []rule.Lift{
		{Suspension: "another", At: moment("2026-11-03 10:00")}, {Suspension: id, At: moment("2026-11-20 10:00")}, {Suspension: id, At: moment("2026-11-22 10:00")},
	}
	for now, want := range map[string]int{"2026-11-19 00:00": 1, "2026-11-20 10:00": 0} {
		st := foldAt(rest, r, now)
		if got := st.InForce(moment(now)); len(got) != want {
			t.Errorf("at %s: %+v", now, got)
		}
	}
}

func TestEscalationCountsSuspensionsWithinItsTime(t *testing.T) {
	t.Parallel()
	ladder := rule.StrikeRule{
		Max: 1, Penalty: rule.Penalty{Kind: rule.OnlyWarning}, Escalation: []rule.Escalation{
			{Nth: 2, Days: 30, Penalty: rule.Penalty{Kind: rule.ForDays, N: 7}}, {Nth: 3, Penalty: rule.Penalty{Kind: rule.UntilLifted}},
		},
	}
	for _, c := range []struct {
		name string
		when []string
		want []string // when the suspensions end; "" never
	}{
		{"the first is a warning", []string{"2026-01-05 10:00"}, nil},
		{"the second within thirty days", []string{"2026-01-05 10:00", "2026-02-03 10:00"}, []string{"2026-02-10 10:00"}},
		{"the second after thirty days", []string{"2026-01-05 10:00", "2026-02-04 10:00"}, nil},
		{"the third ever, and the fourth", []string{"2025-01-05 10:00", "2026-02-04 10:00", "2026-06-04 10:00", "2026-11-04 10:00"}, []string{"", ""}},
	} {
		st := foldAt(ladder, strikes(rule.NoShowed, c.when...), "2026-11-25 00:00")
		var got []string
		for _, s := range st.Suspensions {
			end := ""
			if s.Until != nil {
				end = s.Until.In(shanghai).Format("2006-01-02 15:04")
			}
			got = append(got, end)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
		if len(st.Warnings)+len(st.Suspensions) != len(c.when) {
			t.Errorf("%s: %d warnings, %d suspensions", c.name, len(st.Warnings), len(st.Suspensions))
		}
	}
}

// A violation is judged by the book it was made under, also when a new one is in force.
func TestEachViolationIsJudgedByItsOwnBook(t *testing.T) {
	t.Parallel()
	book := func(version, most int32) *rule.Book {
		return &rule.Book{Version: version, Discipline: rule.Discipline{Strikes: []rule.StrikeRule{{
			ID: "r", Counts: []rule.ViolationKind{rule.NoShowed}, Max: most, Penalty: rule.Penalty{Kind: rule.ForDays, N: 1},
		}}}}
	}
	shelf := map[int32]*rule.Book{1: book(1, 3), 2: book(2, 2)}
	r := strikes(rule.NoShowed, "2026-11-02 10:00", "2026-11-03 10:00", "2026-11-04 10:00")
	r.Violations[0].Rules, r.Violations[1].Rules, r.Violations[2].Rules = 1, 1, 9 // 9 is lost
	fold := func() rule.Standing {
		return rule.Fold(func(v *rule.Violation) *rule.Book { return shelf[v.Rules] }, shanghai, &r, moment("2026-11-25 00:00"))
	}
	if st := fold(); len(st.Suspensions) != 0 || len(st.Strikes) != 2 {
		t.Errorf("two of three: %+v", st)
	}
	r.Violations[1].Rules = 2
	if st := fold(); len(st.Suspensions) != 1 {
		t.Errorf("the second under a stricter book: %+v", st)
	}
}

func TestStrikesAreEarnedBackWithinTheLimitOfTheBook(t *testing.T) {
	t.Parallel()
	r := strikes(rule.NoShowed, "2026-11-02 10:00", "2026-11-03 10:00")
	now := moment("2026-11-25 00:00")
	five := rule.StrikeRule{Max: 5, Penalty: rule.Penalty{Kind: rule.ForDays, N: 1}}
	st := foldAt(five, r, "2026-11-25 00:00")
	book := &rule.Book{}
	may := func(id string) string {
		return codeOf(rule.MayEarnBack(book, shanghai, &r, &st, id, now))
	}
	if got := may("no_show0"); got != "rule_no_earning_back" {
		t.Errorf("without the rule: %q", got)
	}
	book.EarnBack = &rule.EarnBack{Max: 1, Within: rule.Within{Per: rule.AMonth}}
	if got := may("no_show0"); got != "" {
		t.Errorf("the first: %q", got)
	}
	if got := may("other"); got != "strike_not_active" {
		t.Errorf("no strike: %q", got)
	}
	r.Pardons = []rule.Pardon{{Violation: "no_show0", Kind: rule.EarnedBack, At: now.Add(-time.Hour)}}
	st = foldAt(five, r, "2026-11-25 00:00")
	if got := may("no_show0"); got != "strike_not_active" {
		t.Errorf("again: %q", got)
	}
	err := rule.MayEarnBack(book, shanghai, &r, &st, "no_show1", now)
	if codeOf(err) != "rule_earned_back" || !err.Params["allowed_at"].(time.Time).Equal(moment("2026-12-01 00:00")) {
		t.Errorf("the second of the month: %v", err)
	}
}

// A book may ask more of who does not come than of who cancels too late; a late cancellation is then not both.
func TestALateCancellationIsNoMissWhereARuleNamesIt(t *testing.T) {
	t.Parallel()
	miss := rule.StrikeRule{ID: "miss", Counts: []rule.ViolationKind{rule.NoShowed}, Max: 1, Penalty: rule.Penalty{Kind: rule.ForMonths, N: 3}}
	late := rule.StrikeRule{ID: "late", Counts: []rule.ViolationKind{rule.LateCanceled}, Max: 1, Penalty: rule.Penalty{Kind: rule.ForMonths, N: 1}}
	both := rule.StrikeRule{ID: "both", Counts: []rule.ViolationKind{rule.NoShowed, rule.LateCanceled}, Max: 9, Penalty: rule.Penalty{Kind: rule.ForDays, N: 7}}
	for _, c := range []struct {
		name   string
		rules  []rule.StrikeRule
		did    rule.ViolationKind
		counts []string
	}{
		{"named, cancelled", []rule.StrikeRule{miss, late}, rule.LateCanceled, []string{"late"}},
		{"named, missed", []rule.StrikeRule{miss, late}, rule.NoShowed, []string{"miss"}},
		{"named twice, cancelled", []rule.StrikeRule{miss, late, both}, rule.LateCanceled, []string{"late", "both"}},
		{"not named, cancelled", []rule.StrikeRule{miss}, rule.LateCanceled, []string{"miss"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			book := &rule.Book{Change: rule.Change{CancelBefore: 60, LateCancel: rule.LateMiss}, Discipline: rule.Discipline{Strikes: c.rules}}
			record := strikes(c.did, "2026-11-24 09:00")
			st := rule.Fold(func(*rule.Violation) *rule.Book { return book }, shanghai, &record, moment("2026-11-24 12:00"))
			var got []string
			for _, s := range st.Strikes {
				got = append(got, s.Rule)
			}
			if diff := cmp.Diff(c.counts, got); diff != "" {
				t.Error(diff)
			}
			says := "late_cancel_counts"
			if len(c.rules) == 1 {
				says = "late_cancel_miss"
			}
			said := rule.Explain(book)
			if !slices.ContainsFunc(said, func(e rule.Explained) bool { return e.Code == says }) {
				t.Errorf("it does not say %s: %v", says, said)
			}
		})
	}
}

func TestOneStrikeIsNotCalledStrikes(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{1: "because of one strike", 3: "because of 3 strikes"} {
		w := plain()
		end := w.now.AddDate(0, 0, 7)
		w.history.Suspensions = []rule.Suspension{{Where: at, From: w.now.AddDate(0, 0, -1), Until: &end, Strikes: make([]string, n)}}
		if err := w.check(); err == nil || !strings.Contains(err.Message, want) {
			t.Errorf("of %d strikes it says %v", n, err)
		}
	}
}
