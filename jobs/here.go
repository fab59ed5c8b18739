package jobs

import (
	"context"
	"time"
)

// A job that runs everywhere has no lease and its record is in memory: each instance runs it for what it has in its own
// memory, so no other can run it in its place.

// stepHere runs such a job if it is due and returns when to look again.
func (r *Runner) stepHere(ctx context.Context, j *job) time.Time {
	now := r.clock()
	if rec := r.recordHere(j); j.next(&rec).After(now) {
		return j.next(&rec)
	}
	_ = r.runHere(ctx, j, Run{Due: now.In(j.Zone)}, true) // it is in the log and in the record
	rec := r.recordHere(j)
	return j.next(&rec)
}

// runHere calls the verb and records how it went.
func (r *Runner) runHere(ctx context.Context, j *job, run Run, scheduled bool) error {
	working, stop := context.WithTimeout(ctx, j.Timeout)
	defer stop()
	err := r.call(working, j, run)
	if err != nil && ctx.Err() != nil {
		return errStopped
	}
	if err != nil {
		r.log.ErrorContext(ctx, "job failed", "job", j.Name, "due", run.Due, "error", err)
	}
	end := r.clock()
	r.mu.Lock()
	defer r.mu.Unlock()
	j.note(&j.here, run, scheduled, end, err)
	return err
}

// recordHere is the record of such a job. Its schedule begins when it is first looked at.
func (r *Runner) recordHere(j *job) record {
	r.mu.Lock()
	defer r.mu.Unlock()
	if j.here.LastDue.IsZero() {
		j.here.LastDue = r.clock()
	}
	return j.here
}
