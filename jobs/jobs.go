// Package jobs owns when the product does things by itself: a table of rows (name, schedule, verb) and the runner that
// keeps to it. A job is a verb of models called by name; the package knows nothing of what the verbs do.
//
// Several instances of the service share one table: a job is run by whoever gets its lease in the store, once for each
// time it is due. Runs missed while no instance was up are caught up. Verbs are idempotent, because an instance that
// loses its lease in the middle leaves the rest to another.
package jobs

import (
	"context"
	"time"

	"wenguan/models/civil"
)

// Row is one job of the table.
type Row struct {
	Name    string
	Spec    string         // five cron fields or "@every 10s", as robfig/cron reads them
	Zone    *time.Location // whose wall clock Spec is; nil: UTC
	Timeout time.Duration  // of one run
	// EachMissed runs the verb once for every time that was missed, oldest first; otherwise many missed times are
	// one run.
	EachMissed bool
	Everywhere bool            // every instance runs it for itself, without a lease; see here.go
	Wake       <-chan struct{} // also run at once whenever it receives; nil: never
	Verb       func(ctx context.Context, run Run) error
}

// Run is what a verb is told.
type Run struct {
	Due time.Time // the time of the schedule this run is for, in the row's zone; by hand or woken: now
	// From and To are the days asked for by hand, both zero when nobody asked.
	From, To civil.Date
}

// ByHand reports whether somebody named the days to run for.
func (r Run) ByHand() bool { return r.From != 0 || r.To != 0 }

// Status is what is known of a job, for people.
type Status struct {
	Name      string
	Spec      string
	LastRun   time.Time // when the last run ended, zero if there was none
	LastError string    // of the last run, "" if it went well
	NextDue   time.Time
}
