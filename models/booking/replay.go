package booking

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"wenguan/models/account"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/rule"
	"wenguan/models/store"
	"wenguan/models/venue"
)

// Trial is a rule book that is tried before it is in force, for a venue or for one of its spaces.
type Trial struct {
	Venue string
	Space string // "" for the venue: all spaces that have no rule book of their own
	Book  *rule.Book
}

// Replayed is what the real bookings of some days would have met under a rule book.
type Replayed struct {
	Accepted int
	ByRule   []RuleCount // the rule that refuses most comes first
	Partial  bool        // there were more bookings than a replay takes; the latest were left out
}

// RuleCount is how many bookings a rule would have refused.
type RuleCount struct {
	Code     string
	Count    int
	Examples []Example // at most three, without whose they were
}

// Example is a booking that would have been refused.
type Example struct {
	Space  string
	Made   time.Time
	Start  time.Time
	End    time.Time
	Party  int32
	Params fault.Params
}

const (
	replayDays     = 31
	replayBookings = 5000
	replayExamples = 3
)

// Preview is what a resident without a history could book under the trial's rule book at the moment now, for so many days.
// For EditVenue. Refusals: fault.NotFound "venue_not_found", "space_not_found".
func (d *Desk) Preview(ctx context.Context, actor account.Actor, t Trial, days int, now time.Time) (out []rule.PreviewDay, err error) {
	err = d.try(ctx, actor, t, func(_ store.Tx, p *place, _ *spot) error {
		out = rule.Preview(t.Book, p.rules, civil.DateOf(now, p.zone), days, now)
		return nil
	})
	return out, err
}

// Replay is what the bookings that started on the dates, both included, would have met under the trial's rule book. For
// EditVenue. Refusals: those of Preview, fault.Invalid "range_backwards", "range_too_long".
func (d *Desk) Replay(ctx context.Context, actor account.Actor, t Trial, from, to civil.Date) (out Replayed, err error) {
	switch {
	case to < from:
		return out, fault.New(fault.Invalid, "range_backwards", "The last day must not be before the first.").On("to")
	case to-from >= replayDays:
		return out, fault.New(fault.Invalid, "range_too_long", "A replay takes at most %d days.", replayDays).On("to").With("max", replayDays)
	}
	err = d.try(ctx, actor, t, func(tx store.Tx, p *place, s *spot) error {
		list, err := store.All[Booking](tx, bookings, store.Query{
			Index: byVenue, Equal: []any{p.ID}, From: from.Start(p.zone), Before: (to + 1).Start(p.zone), Limit: replayBookings + 1,
		})
		if err != nil {
			return fmt.Errorf("read bookings of %s: %w", p.ID, err)
		}
		out.Partial = len(list) > replayBookings
		r := replayer{desk: d, tx: tx, place: p, spot: s, people: map[string]rule.Person{}, named: map[string]bool{}}
		return r.run(t.Book, asOf(list[:min(len(list), replayBookings)], d.now()), &out)
	})
	return out, err
}

// try finds where the trial's rule book would hold.
func (d *Desk) try(ctx context.Context, actor account.Actor, t Trial, do func(store.Tx, *place, *spot) error) error {
	if err := actor.Check(account.EditVenue, t.Venue); err != nil {
		return err
	}
	return d.store.View(ctx, func(tx store.Tx) error {
		p, err := d.placeIn(tx, t.Venue)
		if err != nil {
			return err
		}
		var s *spot
		if t.Space != "" {
			if s, err = p.spot(t.Space); err != nil {
				return err
			}
		}
		return do(tx, p, s)
	})
}

// replayer makes cases of bookings.
type replayer struct {
	desk   *Desk
	tx     store.Tx
	place  *place
	spot   *spot // nil: the venue's rule book
	people map[string]rule.Person
	named  map[string]bool // who has bound a real name
}

func (r *replayer) run(book *rule.Book, list []Booking, out *Replayed) error {
	var cases []rule.Case
	byID := map[string]*Booking{}
	for i := range list {
		b := &list[i]
		if !r.concerns(b) {
			continue
		}
		c, err := r.asCase(b)
		if err != nil {
			return err
		}
		cases = append(cases, c)
		byID[b.ID] = b
	}
	done := rule.Replay(book, cases)
	out.Accepted = done.Accepted
	for _, v := range done.Verdicts {
		if v.Code != "" {
			out.refused(v, byID[v.ID])
		}
	}
	slices.SortStableFunc(out.ByRule, func(a, b RuleCount) int { return cmp.Compare(b.Count, a.Count) })
	return nil
}

// refused counts a refusal.
func (r *Replayed) refused(v rule.Verdict, b *Booking) {
	i := slices.IndexFunc(r.ByRule, func(c RuleCount) bool { return c.Code == v.Code })
	if i < 0 {
		i = len(r.ByRule)
		r.ByRule = append(r.ByRule, RuleCount{Code: v.Code})
	}
	c := &r.ByRule[i]
	c.Count++
	if len(c.Examples) < replayExamples {
		c.Examples = append(c.Examples, Example{Space: b.Space, Made: b.Made, Start: b.Start, End: b.End, Party: b.Party, Params: v.Params})
	}
}

// concerns reports whether the booking would be under the trial's rule book: one of its space, or of a seat of its space;
// of the venue's, one of any space without a rule book of its own.
func (r *replayer) concerns(b *Booking) bool {
	s := r.place.byID[b.Space]
	if s == nil {
		return false // the space is gone, and with it what the rules would ask of it
	}
	group := r.place.byID[s.Parent]
	inGroup := group != nil && group.Allocation == venue.AnyOf
	if r.spot != nil {
		return s == r.spot || inGroup && group == r.spot && s.Rules == nil
	}
	return s.Rules == nil && (!inGroup || group.Rules == nil)
}

func (r *replayer) asCase(b *Booking) (rule.Case, error) {
	s := r.place.byID[b.Space]
	holder, err := r.person(b.Holder)
	if err != nil {
		return rule.Case{}, err
	}
	holder.Organization = b.HolderKind == account.Organization
	c := rule.Case{ID: b.ID, At: b.Made, Cancelled: b.State == Cancelled, Violation: b.Violation, Request: rule.Request{
		Place: r.place.rules, Spaces: int32(max(len(b.Assigned), 1)), Span: civil.Span{Start: b.Start, End: b.End}, Party: b.Party,
		Holder: holder, Named: r.named[b.Holder] || b.ByStaff, Purpose: b.Purpose, Chosen: r.place.member(s),
		Space: rule.Space{ID: s.ID, Group: s.Allocation == venue.AnyOf, People: s.people},
	}}
	if s.Allocation == venue.AnyOf {
		c.Request.Spaces = 1
	}
	if c.Request.Chosen {
		c.Request.Space.Of = s.Parent
	}
	if b.EndedAt != nil {
		c.Ended = *b.EndedAt
	}
	if c.Violation != "" {
		c.Fault = r.place.faultDuring(civil.Span{Start: b.Start, End: b.End}, b.Space)
	}
	for _, id := range b.With {
		p, err := r.person(id)
		if err != nil {
			return c, err
		}
		c.Request.With = append(c.Request.With, p)
	}
	return c, nil
}

// person is what the rules ask about an account; nothing of one that is gone.
func (r *replayer) person(id string) (rule.Person, error) {
	if p, known := r.people[id]; known {
		return p, nil
	}
	p := rule.Person{ID: id}
	if r.desk.Accounts != nil && id != "" {
		of, err := r.desk.Accounts.Of(r.tx, id)
		switch {
		case err == nil:
			p.BirthYear, p.Guardian, p.Groups = of.BirthYear, of.Guardian, []string{string(of.Group)}
			r.named[id] = of.Identity != nil
			p.Verified = of.Kind == account.Organization && of.Verified(r.desk.now())
		case !fault.Is(err, fault.NotFound):
			return p, err
		}
	}
	r.people[id] = p
	return p, nil
}
