package jobs

import (
	"context"
	"time"

	"wenguan/models/civil"
)

// Verbs are what the table calls.
type Verbs struct {
	Zone *time.Location // the district's, for the nightly, weekly and monthly times

	Sweep         func(ctx context.Context) error // marks no-shows, completes what is over
	Organizations func(ctx context.Context) error // ends verifications that ran out, warns of those that soon will
	Unmet         func(ctx context.Context) error // writes down what this instance has refused
	Deliver       func(ctx context.Context) error // sends what waits in the outbox
	Delivered     <-chan struct{}                 // receives when something waits there
	Nightly       func(ctx context.Context, of civil.Date) error
	Range         func(ctx context.Context, from, to civil.Date) error
	Weekly        func(ctx context.Context, of civil.Date) error
	Monthly       func(ctx context.Context, of civil.Date) error
	Roles         func(ctx context.Context) error   // takes away roles that have ended or lapsed, warns of those that will
	Retain        func(ctx context.Context) error   // lets go of what is no longer needed to know of people
	Tidy          []func(ctx context.Context) error // deletes what has expired
}

// Table is every job of the product.
func Table(v Verbs) []Row {
	return []Row{
		{Name: "sweep", Spec: "* * * * *", Timeout: 50 * time.Second, Verb: plain(v.Sweep)},
		{Name: "unmet", Spec: "* * * * *", Timeout: 50 * time.Second, Everywhere: true, Verb: plain(v.Unmet)},
		{Name: "deliver", Spec: "@every 10s", Timeout: time.Minute, Wake: v.Delivered, Verb: plain(v.Deliver)},
		{Name: "summarize", Spec: "10 2 * * *", Zone: v.Zone, Timeout: time.Hour, EachMissed: true, Verb: v.summarize},
		{Name: "weekly", Spec: "0 3 * * 1", Zone: v.Zone, Timeout: time.Hour, EachMissed: true, Verb: before(v.Weekly)},
		{Name: "monthly", Spec: "30 3 1 * *", Zone: v.Zone, Timeout: time.Hour, EachMissed: true, Verb: before(v.Monthly)},
		{Name: "organizations", Spec: "20 * * * *", Zone: v.Zone, Timeout: 10 * time.Minute, Verb: plain(v.Organizations)},
		{Name: "roles", Spec: "50 3 * * *", Zone: v.Zone, Timeout: 10 * time.Minute, Verb: plain(v.Roles)},
		{Name: "retain", Spec: "15 4 * * *", Zone: v.Zone, Timeout: time.Hour, Verb: plain(v.Retain)},
		{Name: "tidy", Spec: "40 4 * * *", Zone: v.Zone, Timeout: 10 * time.Minute, Verb: v.tidy},
	}
}

// summarize rolls up the day before it is due; by hand, the days asked for.
func (v Verbs) summarize(ctx context.Context, run Run) error {
	if run.ByHand() {
		return v.Range(ctx, run.From, run.To)
	}
	return v.Nightly(ctx, dayBefore(run.Due))
}

func (v Verbs) tidy(ctx context.Context, _ Run) error {
	for _, verb := range v.Tidy {
		if err := verb(ctx); err != nil {
			return err
		}
	}
	return nil
}

func plain(verb func(context.Context) error) func(context.Context, Run) error {
	return func(ctx context.Context, _ Run) error { return verb(ctx) }
}

// before calls the verb for the period that ended before the run was due; by hand, for the one with the day asked for.
func before(verb func(context.Context, civil.Date) error) func(context.Context, Run) error {
	return func(ctx context.Context, run Run) error {
		if run.ByHand() {
			return verb(ctx, run.From)
		}
		return verb(ctx, dayBefore(run.Due))
	}
}

func dayBefore(t time.Time) civil.Date { return civil.DateOf(t, t.Location()).Add(-1) }
