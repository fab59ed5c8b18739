package rule_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wenguan/models/civil"
	"wenguan/models/rule"
)

// visit is a booking of 10:00 to 12:00 on 2026-11-25, made the day before, under a book that the case changes.
func visit(t *testing.T, change func(*rule.Book)) (*story, *kept) {
	t.Helper()
	w := plain()
	w.book.Leave, w.book.Report = 20, 10
	change(&w.book)
	s := &story{
		T: t, book: &w.book, place: w.ask.Place, now: w.now, bookings: map[string]*kept{}, records: map[string]*rule.Record{},
		cancels: map[string][]rule.Cancel{},
	}
	return s, s.books("wang", "2026-11-25 10:00", "2026-11-25 12:00")
}

func TestCheckInHasAWindow(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name          string
		change        func(*rule.Book)
		opens, closes string // the last second before, and the first second of it
	}{
		{"before and after", func(*rule.Book) {}, "2026-11-25 09:45", "2026-11-25 10:15"},
		{"only before", func(b *rule.Book) { b.CheckInBefore, b.CheckInAfter = 30, -10 }, "2026-11-25 09:30", "2026-11-25 09:50"},
		{"longer than the booking", func(b *rule.Book) { b.CheckInAfter = 600 }, "2026-11-25 09:45", "2026-11-25 12:00"},
		{"on its own day does not matter to one made before", func(b *rule.Book) { b.CheckInSameDay = 5 }, "2026-11-25 09:45", "2026-11-25 10:15"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s, k := visit(t, c.change)
			if !k.facts.Opens.Equal(moment(c.opens)) || !k.facts.Closes.Equal(moment(c.closes)) {
				t.Fatalf("check-in from %s to %s", k.facts.Opens.In(shanghai), k.facts.Closes.In(shanghai))
			}
			s.now = moment(c.opens).Add(-1)
			err := s.does(k, rule.DoCheckIn, "too_early")
			s.allowedAt(err, c.opens)
			s.now = moment(c.closes)
			s.does(k, rule.DoCheckIn, "too_late")
			s.is(k, rule.NoShow, rule.NoShowed)
			s.free(k, c.closes)
		})
	}
}

func TestWhoBooksInsideHasAsLongFromTheBooking(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, made, closes string
		change             func(*rule.Book)
	}{
		{"as long as others", "2026-11-25 10:05:01", "2026-11-25 10:21", func(*rule.Book) {}},
		{"shorter", "2026-11-25 10:05", "2026-11-25 10:10", func(b *rule.Book) { b.CheckInInside = 5 }},
		{"same day, before the start", "2026-11-25 09:30", "2026-11-25 09:50", func(b *rule.Book) { b.CheckInSameDay = 20 }},
		{"never after the end", "2026-11-25 11:55", "2026-11-25 12:00", func(b *rule.Book) { b.LateBooking = 119 }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s, _ := visit(t, c.change)
			s.now = moment(c.made)
			k := s.books("li", "2026-11-25 10:00", "2026-11-25 12:00")
			if !k.facts.Closes.Equal(moment(c.closes)) {
				t.Errorf("check-in closes %s", k.facts.Closes.In(shanghai))
			}
			s.does(k, rule.DoCheckIn, "")
		})
	}
}

func TestLeavesHaveAMaximumADay(t *testing.T) {
	t.Parallel()
	s, k := visit(t, func(b *rule.Book) { b.LeavesPerDay = 3 })
	s.at("2026-11-25 10:00").does(k, rule.DoCheckIn, "")
	s.does(k, rule.DoLeave, "")
	s.does(k, rule.DoReturn, "")
	s.does(k, rule.DoReturn, "") // again
	_, err := rule.Leave(s.book, s.place, k.facts, rule.Act{Now: s.now}, 1)
	if err != nil {
		t.Errorf("the third of three is refused: %v", err)
	}
	_, err = rule.Leave(s.book, s.place, k.facts, rule.Act{Now: s.now}, 2) // two in another booking of the day
	if codeOf(err) != "rule_leaves_per_day" {
		t.Fatalf("the fourth: %v", err)
	}
	s.param(err, "max", 3)
	s.param(err, "mine", 3)
	s.allowedAt(err, "2026-11-26 00:00")
}

func TestALeaveEndsWithTheBooking(t *testing.T) {
	t.Parallel()
	s, k := visit(t, func(*rule.Book) {})
	s.at("2026-11-25 10:00").does(k, rule.DoCheckIn, "")
	s.at("2026-11-25 11:50").does(k, rule.DoLeave, "")
	if !k.facts.BackBy.Equal(k.facts.End) {
		t.Errorf("back by %s", k.facts.BackBy)
	}
	s.at("2026-11-25 12:00").is(k, rule.Completed, "")
}

func TestWhatIsNotInTheBookIsRefused(t *testing.T) {
	t.Parallel()
	s, k := visit(t, func(b *rule.Book) { b.Leave, b.Report = 0, 0 })
	s.at("2026-11-25 10:00").does(k, rule.DoCheckIn, "")
	s.does(k, rule.DoLeave, "rule_no_leave")
	s.does(k, rule.DoReport, "rule_no_report", rule.Act{By: rule.AsStaff})
	s.does(k, rule.DoReturn, "")

	s, k = visit(t, func(b *rule.Book) { b.ReportBy = rule.StaffOnly })
	s.at("2026-11-25 09:50").does(k, rule.DoReport, "not_checked_in", rule.Act{By: rule.AsStaff})
	s.at("2026-11-25 10:00").does(k, rule.DoCheckIn, "")
	s.does(k, rule.DoReport, "rule_report_by_staff", rule.Act{By: rule.AsOther})
	s.does(k, rule.DoReport, "", rule.Act{By: rule.AsStaff})
	s.does(k, rule.DoLeave, "reported_away")
	s.does(k, rule.DoReport, "", rule.Act{By: rule.AsStaff}) // again: the time does not start again
	if !k.facts.ReturnBy.Equal(moment("2026-11-25 10:10")) {
		t.Errorf("return by %s", k.facts.ReturnBy)
	}
	s.does(k, rule.DoReturn, "")
	s.does(k, rule.DoLeave, "")
	err := s.does(k, rule.DoReport, "on_leave", rule.Act{By: rule.AsStaff})
	s.allowedAt(err, "2026-11-25 10:20")
}

func TestCheckOutMayBeLateAndLaterIsOverstaying(t *testing.T) {
	t.Parallel()
	strict := func(b *rule.Book) { b.CheckOut, b.CheckOutGrace, b.OverstayUntil = true, 5, 30 }
	for _, c := range []struct {
		name, at  string
		violation rule.ViolationKind
	}{
		{"early", "2026-11-25 11:00", ""},
		{"at the end", "2026-11-25 12:00", ""},
		{"within the grace", "2026-11-25 12:05:30", ""},
		{"after it", "2026-11-25 12:06", rule.Overstayed},
		{"at the last moment", "2026-11-25 12:30", rule.Overstayed},
		{"never", "", rule.NoCheckOut},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s, k := visit(t, strict)
			s.at("2026-11-25 10:00").does(k, rule.DoCheckIn, "")
			if c.at == "" {
				s.at("2026-11-25 12:30:59").is(k, rule.CheckedIn, "")
				s.does(k, rule.DoLeave, "booking_over")
				s.at("2026-11-25 12:31").is(k, rule.Completed, rule.NoCheckOut)
				s.does(k, rule.DoCheckOut, "booking_over")
				return
			}
			s.at(c.at).does(k, rule.DoCheckOut, "")
			s.is(k, rule.Completed, c.violation)
			s.does(k, rule.DoCheckOut, "") // again
			if k.facts.HeldUntil().After(k.facts.End) {
				t.Error("a late check-out keeps the place")
			}
		})
	}
	s, k := visit(t, func(*rule.Book) {}) // not required
	s.at("2026-11-25 10:00").does(k, rule.DoCheckIn, "")
	s.at("2026-11-25 12:00").is(k, rule.Completed, "")
}

func TestWhereNobodyChecksInABookingSimplyEnds(t *testing.T) {
	t.Parallel()
	s, k := visit(t, func(b *rule.Book) { b.NoCheckIn, b.CheckInAfter, b.CheckInBefore = true, 0, 0 })
	s.at("2026-11-25 10:00").does(k, rule.DoCheckIn, "no_check_in")
	s.does(k, rule.DoCancel, "")
	s, k = visit(t, func(b *rule.Book) { b.NoCheckIn = true })
	s.at("2026-11-25 10:01").does(k, rule.DoCancel, "rule_cancel_by")
	s.at("2026-11-25 12:00").is(k, rule.Completed, "")
	s.free(k, "2026-11-25 12:00")
}

func TestCancellingAndMovingHaveALastMoment(t *testing.T) {
	t.Parallel()
	hour := func(b *rule.Book) { b.CancelBefore = 60 }
	staff := rule.Act{By: rule.AsStaff}
	s, k := visit(t, hour)
	s.at("2026-11-25 09:00").does(k, rule.DoCancel, "")
	s.does(k, rule.DoCancel, "")
	s.does(k, rule.DoCheckIn, "booking_cancelled")
	s, k = visit(t, hour)
	err := s.at("2026-11-25 09:00:01").does(k, rule.DoCancel, "rule_cancel_before")
	s.param(err, "minutes", 60)
	if err := rule.MayMove(s.book, s.place, k.facts, rule.Act{Now: s.now}); codeOf(err) != "rule_cancel_before" {
		t.Errorf("moving late: %v", err)
	}
	s.does(k, rule.DoCancel, "", staff)
	s.is(k, rule.Cancelled, "")
	s, k = visit(t, func(b *rule.Book) { b.CancelBefore, b.LateCancel, b.MoveBefore = 60, rule.LateAllowed, 120 })
	s.at("2026-11-25 09:30").does(k, rule.DoCancel, "")
	s.is(k, rule.Cancelled, "")
	for at, code := range map[string]string{"2026-11-25 08:00": "", "2026-11-25 08:01": "rule_cancel_before", "2026-11-25 10:15": "too_late"} {
		_, k = visit(t, func(b *rule.Book) { b.CancelBefore, b.MoveBefore = 60, 120 })
		if err := rule.MayMove(s.book, s.place, k.facts, rule.Act{Now: moment(at)}); codeOf(err) != code {
			t.Errorf("moving at %s: %v", at, err)
		}
	}
	k.facts.MoveUntil = time.Time{} // of a booking made before moving had a limit of its own
	for at, code := range map[string]string{"2026-11-25 09:00": "", "2026-11-25 09:01": "rule_cancel_before"} {
		if err := rule.MayMove(s.book, s.place, k.facts, rule.Act{Now: moment(at)}); codeOf(err) != code {
			t.Errorf("moving an old booking at %s: %v", at, err)
		}
	}
	for at, code := range map[string]string{"2026-11-24 18:00": "", "2026-11-24 18:01": "rule_cancel_by"} {
		s, k = visit(t, func(b *rule.Book) { b.CancelBefore, b.CancelBy = 60, &rule.DayTime{Days: 1, At: 18 * 60} })
		s.at(at).does(k, rule.DoCancel, code)
	}
	_, k = visit(t, func(*rule.Book) {})
	if err := rule.MayMove(&rule.Book{Change: rule.Change{NoMoves: true}}, s.place, k.facts, rule.Act{Now: s.now}); codeOf(err) != "rule_no_moves" {
		t.Errorf("moving where nothing moves: %v", err)
	}
}

// Where a time of the day before is published, a refusal names that moment and invents no length before the start.
func TestATimeOfTheDayBeforeIsToldAsThatTime(t *testing.T) {
	t.Parallel()
	s, k := visit(t, func(b *rule.Book) { b.CancelBy = &rule.DayTime{Days: 1, At: 20 * 60} })
	err := s.at("2026-11-24 20:01").does(k, rule.DoCancel, "rule_cancel_by")
	s.param(err, "until", moment("2026-11-24 20:00"))
	if _, invented := err.Params["minutes"]; invented {
		t.Errorf("cancelling: %v minutes", err.Params["minutes"])
	}
	err = rule.MayMove(s.book, s.place, k.facts, rule.Act{Now: s.now})
	if _, invented := err.Params["minutes"]; codeOf(err) != "rule_cancel_by" || invented {
		t.Errorf("moving: %v", err)
	}
	s.param(err, "until", moment("2026-11-24 20:00"))
	s, k = visit(t, func(b *rule.Book) { b.CancelBy, b.MoveBefore = &rule.DayTime{Days: 1, At: 20 * 60}, 90 })
	if err := rule.MayMove(s.book, s.place, k.facts, rule.Act{Now: moment("2026-11-25 08:31")}); codeOf(err) != "rule_cancel_before" {
		t.Errorf("moving with a limit of its own: %v", err)
	} else {
		s.param(err, "minutes", 90)
	}
}

func TestStaffReleaseAPlace(t *testing.T) {
	t.Parallel()
	_, k := visit(t, func(*rule.Book) {})
	now := moment("2026-11-25 09:00:10")
	f, err := rule.Release(k.facts, rule.Act{Now: now, By: rule.AsStaff})
	if err != nil || f.State != rule.Cancelled || f.Violation != "" || !f.HeldUntil().Equal(moment("2026-11-25 09:00")) {
		t.Errorf("released: %+v, %v", f, err)
	}
	if again, err := rule.Release(f, rule.Act{Now: now.Add(time.Hour), By: rule.AsStaff}); err != nil || !cmp.Equal(f, again) {
		t.Errorf("again: %v", err)
	}
	if _, err := rule.Release(k.facts, rule.Act{Now: now, By: rule.AsHolder}); codeOf(err) != "not_permitted" {
		t.Errorf("by the holder: %v", err)
	}
}

func TestThePageKnowsWhatCanBeDone(t *testing.T) {
	t.Parallel()
	s, k := visit(t, func(*rule.Book) {})
	can := func() []rule.Verb { return rule.Allowed(s.book, s.place, k.facts, s.now) }
	for _, step := range []struct {
		at   string
		verb rule.Verb
		want []rule.Verb
	}{
		{"2026-11-24 09:00", "", []rule.Verb{rule.DoMove, rule.DoCancel}},
		{"2026-11-25 09:50", "", []rule.Verb{rule.DoMove, rule.DoCancel, rule.DoCheckIn}},
		{"2026-11-25 09:50", rule.DoCheckIn, []rule.Verb{rule.DoLeave, rule.DoCheckOut}},
		{"2026-11-25 10:00", rule.DoLeave, []rule.Verb{rule.DoReturn, rule.DoCheckOut}},
		{"2026-11-25 10:20", "", nil},
	} {
		s.at(step.at)
		if step.verb != "" {
			s.does(k, step.verb, "")
		}
		if diff := cmp.Diff(step.want, can()); diff != "" {
			t.Errorf("at %s after %q: %s", step.at, step.verb, diff)
		}
	}
}

// A job that runs late, twice or not at all leaves the same facts.
func TestLateAndRepeatedRunsGiveTheSame(t *testing.T) {
	t.Parallel()
	s, k := visit(t, func(b *rule.Book) { b.CheckOut = true })
	for name, f := range map[string]rule.Facts{
		"not come": k.facts,
		"not back": inside(t, s, k, rule.DoLeave),
		"not seen": inside(t, s, k, rule.DoReport),
		"not out":  inside(t, s, k, rule.DoReturn),
	} {
		due := f.Due()
		if due == nil {
			t.Errorf("%s: nothing is due", name)
			continue
		}
		if diff := cmp.Diff(f, rule.Lapse(f, due.Add(-1))); diff != "" {
			t.Errorf("%s: it lapsed before it was due: %s", name, diff)
		}
		prompt := rule.Lapse(f, *due)
		if prompt.Live() || prompt.Violation == "" || prompt.Due() != nil {
			t.Errorf("%s: it did not lapse when it was due: %+v", name, prompt)
		}
		if diff := cmp.Diff(prompt, rule.Lapse(f, due.Add(1000*time.Hour))); diff != "" {
			t.Errorf("%s: late is different: %s", name, diff)
		}
		if diff := cmp.Diff(prompt, rule.Lapse(prompt, due.Add(time.Hour))); diff != "" {
			t.Errorf("%s: twice is different: %s", name, diff)
		}
	}
}

// inside is the visit checked in, and then the verb, at 10:30.
func inside(t *testing.T, s *story, k *kept, verb rule.Verb) rule.Facts {
	t.Helper()
	act := rule.Act{Now: moment("2026-11-25 10:00")}
	f, err := rule.CheckIn(s.book, s.place, k.facts, act)
	if err != nil {
		t.Fatal(err)
	}
	act.Now = moment("2026-11-25 10:30")
	switch verb {
	case rule.DoLeave:
		f, err = rule.Leave(s.book, s.place, f, act, 0)
	case rule.DoReport:
		f, err = rule.Report(s.book, s.place, f, act)
	}
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestAVenueFaultIsFoundInTheTimeThatMatters(t *testing.T) {
	t.Parallel()
	_, k := visit(t, func(*rule.Book) {})
	missed := rule.Lapse(k.facts, k.facts.Closes)
	outage := func(from, to string) []rule.Outage {
		return []rule.Outage{{Span: civil.Span{Start: moment(from), End: moment(to)}, Fault: rule.FaultOutage}}
	}
	if f := rule.FaultDuring(&missed, outage("2026-11-25 10:10", "2026-11-25 11:00")); f != rule.FaultOutage {
		t.Errorf("in check-in time: %q", f)
	}
	if f := rule.FaultDuring(&missed, outage("2026-11-25 08:00", "2026-11-25 09:45")); f != "" {
		t.Errorf("before check-in: %q", f)
	}
	if f := rule.FaultDuring(&k.facts, outage("2026-11-25 08:00", "2026-11-25 12:00")); f != "" {
		t.Errorf("without a violation: %q", f)
	}
}
