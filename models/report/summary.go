package report

import (
	"context"
	"slices"
	"strings"
	"time"

	"wenguan/models/account"
	"wenguan/models/civil"
	"wenguan/models/store"
	"wenguan/models/venue"
)

// Query asks for a summary of the days From to To, both included; days still to come count nothing.
type Query struct {
	From, To civil.Date
	Venue    string // "": all that the actor may see
	By       Period // what Periods are; "" means by day
}

// Summary is how well venues were used (使用率简报). It is shared between callers: read-only.
type Summary struct {
	From, To civil.Date
	By       Period
	Total    Measures
	Venues   []VenueMeasure  // by id; retired venues only where they count something
	Periods  []PeriodMeasure // every period that From to To touches, in order
	Hours    []HourMeasure   // all 24
	Groups   []GroupMeasure  // those that booked, by name

	// ComputedAt is when the newest figures were computed, by the clock of the first venue: this minute where a day is
	// counted that is not rolled up yet, else the newest roll-up; zero where there is none.
	ComputedAt time.Time

	Tag string // changes whenever anything above does; for an ETag
}

// VenueMeasure is one venue's part.
type VenueMeasure struct {
	ID       string
	Name     venue.Text
	Measures Measures
}

// PeriodMeasure is one period's part. The first and last may lie only partly within the summary's days.
type PeriodMeasure struct {
	Start    civil.Date
	Measures Measures
}

// Query answers from roll-ups; today, and yesterday until it is rolled up, are computed as they stand. It returns
// fault.Forbidden or Unauthenticated, fault.NotFound ("venue_not_found") and fault.Invalid ("range_backwards",
// "range_too_long", "period_unknown").
func (b *Bureau) Query(ctx context.Context, actor account.Actor, q Query) (Summary, error) {
	if q.By == "" {
		q.By = Day
	}
	if err := q.check(actor); err != nil {
		return Summary{}, err
	}
	var s *Summary
	err := b.store.View(ctx, func(tx store.Tx) error {
		list, err := b.scope(tx, actor, q.Venue)
		if err != nil {
			return err
		}
		s, err = b.answer(tx, q, list)
		return err
	})
	if err != nil {
		return Summary{}, err
	}
	return *s, nil
}

func (q Query) check(actor account.Actor) error {
	if err := actor.Check(account.ViewSummary, q.Venue); err != nil {
		return err
	}
	if err := q.By.check(); err != nil {
		return err
	}
	return checkRange(q.From, q.To)
}

// scope is which venues an answer is about.
type scope struct {
	venues []*venue.Venue // by id
	all    bool           // the whole district
}

// key names the scope for the cache.
func (s scope) key() string {
	if s.all {
		return "*"
	}
	var ids []string
	for _, v := range s.venues {
		ids = append(ids, v.ID)
	}
	return strings.Join(ids, "|")
}

func (b *Bureau) scope(tx store.Tx, actor account.Actor, venueID string) (scope, error) {
	if venueID != "" {
		v, err := b.venues.In(tx, venueID)
		return scope{venues: []*venue.Venue{v}}, err
	}
	list, err := b.venues.All(tx)
	ids, all := actor.Scope(account.ViewSummary)
	if !all {
		list = slices.DeleteFunc(list, func(v *venue.Venue) bool { return !slices.Contains(ids, v.ID) })
	}
	return scope{list, all}, err
}

// summary puts a tally into the shape of an answer.
func (t *tally) summary(q Query, venues []*venue.Venue) *Summary {
	s := &Summary{From: q.From, To: q.To, By: q.By}
	var all Figures
	for _, v := range venues {
		f := t.venues[v.ID]
		if f == nil && v.Retired {
			continue
		}
		m := VenueMeasure{ID: v.ID, Name: v.Name}
		if f != nil {
			m.Measures = f.Total
			all.add(f)
		}
		s.Venues = append(s.Venues, m)
	}
	s.Total, s.Groups = all.Total, all.Groups
	for h := range 24 {
		s.Hours = append(s.Hours, HourMeasure{h, *all.hour(h)})
	}
	for start := q.By.Start(q.From); start <= q.To; start = q.By.End(start) {
		p := PeriodMeasure{Start: start}
		for d := max(start, q.From); d < min(q.By.End(start), q.To+1); d++ {
			p.Measures.add(t.days[d-q.From])
		}
		s.Periods = append(s.Periods, p)
	}
	return s
}
