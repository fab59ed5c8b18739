package rule_test

import (
	"fmt"
	"testing"
	"time"

	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/rule"
)

var shanghai = func() *time.Location {
	z, err := civil.Zone("Asia/Shanghai")
	if err != nil {
		panic(err)
	}
	return z
}()

// story is the smallest desk that obeys a book: it keeps bookings and violations in maps and has a clock that the test
// moves. It exists to walk published rules sentence by sentence.
type story struct {
	*testing.T
	book     *rule.Book
	place    *rule.Place
	now      time.Time
	bookings map[string]*kept
	records  map[string]*rule.Record
	cancels  map[string][]rule.Cancel
	n        int
}

// kept is one booking.
type kept struct {
	id     string
	holder string
	want   rule.Request
	facts  rule.Facts
}

func tell(t *testing.T, template string, weekly civil.WeeklyHours, cal *civil.Calendar) *story {
	t.Helper()
	b, ok := rule.NewFrom(template)
	if !ok {
		t.Fatalf("no template %s", template)
	}
	where := rule.Where{Venue: "v", Kind: "reading_room", Area: "north"}
	return &story{
		T: t, book: b, place: rule.Open(where, shanghai, weekly, cal), bookings: map[string]*kept{},
		records: map[string]*rule.Record{}, cancels: map[string][]rule.Cancel{},
	}
}

// moment reads "2026-11-24 07:00" or "2026-11-24 07:00:30" by the clocks of Shanghai.
func moment(s string) time.Time {
	layout := "2006-01-02 15:04"
	if len(s) > len(layout) {
		layout += ":05"
	}
	t, err := time.ParseInLocation(layout, s, shanghai)
	if err != nil {
		panic(err)
	}
	return t.UTC()
}

// at moves the clock and lets the job run.
func (s *story) at(when string) *story {
	s.now = moment(when)
	for _, k := range s.bookings {
		s.keep(k, rule.Lapse(k.facts, s.now))
	}
	return s
}

// keep notes the facts and what they violate.
func (s *story) keep(k *kept, f rule.Facts) {
	was := k.facts
	k.facts = f
	if was.Violation == "" && f.Violation != "" {
		s.record(k.holder).Violations = append(s.record(k.holder).Violations, rule.Violation{
			ID: k.id, Booking: k.id, Kind: f.Violation, At: *f.ViolatedAt, Where: s.where(), Rules: s.book.Version,
		})
	}
	if was.State != rule.Cancelled && f.State == rule.Cancelled {
		s.cancels[k.holder] = append(s.cancels[k.holder], rule.Cancel{Booking: k.id, Where: s.where(), At: s.now})
	}
}

func (s *story) where() rule.Where { w := s.place.Where; w.Space = "seat"; return w }

func (s *story) record(who string) *rule.Record {
	if s.records[who] == nil {
		s.records[who] = &rule.Record{}
	}
	return s.records[who]
}

func (s *story) standing(who string) rule.Standing {
	return rule.Fold(func(*rule.Violation) *rule.Book { return s.book }, shanghai, s.record(who), s.now)
}

func (s *story) history(who string) *rule.History {
	st := s.standing(who)
	h := &rule.History{Cancels: s.cancels[who], Suspensions: st.InForce(s.now)}
	for _, k := range s.bookings {
		if k.holder == who && k.facts.State != rule.Cancelled {
			h.Uses = append(h.Uses, rule.Use{
				Booking: k.id, Where: s.where(), Start: k.facts.Start, End: k.facts.HeldUntil(),
				Booked: int32(k.facts.End.Sub(k.facts.Start) / time.Minute), State: k.facts.UseState(),
			})
		}
	}
	return h
}

// request is a wish of somebody for one place.
func (s *story) request(who, from, to string, changes ...func(*rule.Request)) rule.Request {
	r := rule.Request{
		Place: s.place, Space: rule.Space{ID: "seat"}, Span: civil.Span{Start: moment(from), End: moment(to)}, Party: 1,
		Holder: rule.Person{ID: who}, Named: true,
	}
	for _, c := range changes {
		c(&r)
	}
	for _, k := range s.bookings {
		if k.facts.State != rule.Cancelled && k.facts.Start.Equal(r.Span.Start) {
			r.Taken += k.want.Party
		}
	}
	return r
}

func (s *story) ask(who, from, to string, changes ...func(*rule.Request)) *fault.Error {
	return rule.Check(s.book, s.request(who, from, to, changes...), s.history(who), s.now)
}

// books makes a booking that must be allowed.
func (s *story) books(who, from, to string, changes ...func(*rule.Request)) *kept {
	s.Helper()
	r := s.request(who, from, to, changes...)
	if err := rule.Check(s.book, r, s.history(who), s.now); err != nil {
		s.Fatalf("%s at %s: %s-%s is refused: %s (%s %v)", who, s.now.In(shanghai), from, to, err.Message, err.Code, err.Params)
	}
	s.n++
	k := &kept{id: fmt.Sprint("b", s.n), holder: who, want: r, facts: rule.Settle(s.book, &r, s.now)}
	s.bookings[k.id] = k
	return k
}

// refused asks for a booking that must be refused with the code, and gives the refusal.
func (s *story) refused(code, who, from, to string, changes ...func(*rule.Request)) *fault.Error {
	s.Helper()
	err := s.ask(who, from, to, changes...)
	if err == nil {
		s.Fatalf("%s at %s: %s-%s is allowed, not refused with %s", who, s.now.In(shanghai), from, to, code)
	}
	if err.Code != code {
		s.Fatalf("%s at %s: %s-%s is refused with %s (%v), not %s", who, s.now.In(shanghai), from, to, err.Code, err.Params, code)
	}
	return err
}

// allowedAt fails unless the refusal says that moment, and the same request is allowed then by the rule.
func (s *story) allowedAt(err *fault.Error, when string) {
	s.Helper()
	if got, ok := err.Params["allowed_at"].(time.Time); !ok || !got.Equal(moment(when)) {
		s.Fatalf("%s is allowed at %v, not at %s", err.Code, err.Params["allowed_at"], when)
	}
}

func (s *story) param(err *fault.Error, key string, want any) {
	s.Helper()
	if got := err.Params[key]; fmt.Sprint(got) != fmt.Sprint(want) {
		s.Fatalf("%s says %s is %v, not %v", err.Code, key, got, want)
	}
}

// does applies a verb that must be answered so: "" allowed, else the code.
func (s *story) does(k *kept, verb rule.Verb, code string, act ...rule.Act) *fault.Error {
	s.Helper()
	a := rule.Act{By: rule.AsHolder}
	if len(act) > 0 {
		a = act[0]
	}
	a.Now = s.now
	var f rule.Facts
	var err *fault.Error
	switch verb {
	case rule.DoCheckIn:
		f, err = rule.CheckIn(s.book, s.place, k.facts, a)
	case rule.DoLeave:
		f, err = rule.Leave(s.book, s.place, k.facts, a, 0)
	case rule.DoReturn:
		f, err = rule.Return(s.place, k.facts, a)
	case rule.DoReport:
		f, err = rule.Report(s.book, s.place, k.facts, a)
	case rule.DoCheckOut:
		f, err = rule.CheckOut(k.facts, a)
	case rule.DoCancel:
		f, err = rule.CancelOf(s.book, s.place, k.facts, s.history(k.holder), a)
	}
	if got := codeOf(err); got != code {
		s.Fatalf("%s of %s at %s answers %q, not %q", verb, k.id, s.now.In(shanghai), got, code)
	}
	s.keep(k, f)
	return err
}

func codeOf(err *fault.Error) string {
	if err == nil {
		return ""
	}
	return err.Code
}

// is fails unless the booking is in the state with the violation.
func (s *story) is(k *kept, state rule.State, violation rule.ViolationKind) {
	s.Helper()
	if k.facts.State != state || k.facts.Violation != violation {
		s.Fatalf("%s is %s (%s) at %s, not %s (%s)", k.id, k.facts.State, k.facts.Violation, s.now.In(shanghai), state, violation)
	}
}

// free fails unless the place of the booking is free again from that moment.
func (s *story) free(k *kept, from string) {
	s.Helper()
	if got := k.facts.HeldUntil(); !got.Equal(moment(from)) {
		s.Fatalf("%s holds its place until %s, not %s", k.id, got.In(shanghai), from)
	}
}

// misses is a booking that somebody does not come for; the clock is left after its release.
func (s *story) misses(who, from, to string) *kept {
	s.Helper()
	k := s.books(who, from, to)
	s.at(k.facts.Closes.In(shanghai).Format("2006-01-02 15:04"))
	s.is(k, rule.NoShow, rule.NoShowed)
	return k
}

func party(n int32) func(*rule.Request) { return func(r *rule.Request) { r.Party = n } }

func as(p rule.Person) func(*rule.Request) { return func(r *rule.Request) { r.Holder = p } }

func with(people ...rule.Person) func(*rule.Request) {
	return func(r *rule.Request) { r.With, r.Party = people, max(r.Party, int32(len(people))+1) }
}
