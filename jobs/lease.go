package jobs

import (
	"context"
	"fmt"
	"time"

	"wenguan/models/fault"
	"wenguan/models/store"
)

const collection = "jobs"

// Collections declares what the runner keeps: one document per job.
func Collections() []store.Collection { return []store.Collection{{Name: collection}} }

// leaseFor is how long a job is held without a sign of life from its holder; renewEvery leaves room for two failures.
const (
	leaseFor   = 60 * time.Second
	renewEvery = 15 * time.Second
)

// record is one job's lease and last run. Whoever wants to run the job replaces it, so of two rivals one wins.
type record struct {
	Name      string    `bson:"_id"`
	Holder    string    `bson:"holder,omitempty"` // of the lease: one run of one runner; "" when nobody runs it
	Until     time.Time `bson:"until"`            // when the lease may be taken over
	LastDue   time.Time `bson:"last_due"`         // the schedule is done up to here
	LastRun   time.Time `bson:"last_run"`
	LastError string    `bson:"last_error,omitempty"`
	Failures  int32     `bson:"failures,omitempty"` // in a row
	RetryAt   time.Time `bson:"retry_at"`           // after a failure
}

func (r *record) busy(now time.Time) bool { return r.Holder != "" && r.Until.After(now) }

// load is the job's record. A job nobody has seen before has missed nothing: its schedule begins now.
func load(tx store.Tx, name string, now time.Time) (rec record, known bool, err error) {
	err = tx.Get(collection, name, &rec)
	if fault.Is(err, fault.NotFound) {
		return record{Name: name, LastDue: now}, false, nil
	}
	return rec, err == nil, err
}

func save(tx store.Tx, rec record, known bool) error {
	if known {
		return tx.Replace(collection, rec)
	}
	return tx.Insert(collection, rec)
}

// renew holds the lease until stop is closed; it calls lost when somebody else has it or the store cannot be asked for
// longer than it lasts.
func (r *Runner) renew(ctx context.Context, name, holder string, lost func()) {
	ticker := time.NewTicker(renewEvery)
	defer ticker.Stop()
	until := r.clock().Add(leaseFor)
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		next := r.clock().Add(leaseFor)
		err := r.change(ctx, name, holder, func(rec *record) { rec.Until = next })
		switch {
		case err == nil:
			until = next
		case ctx.Err() != nil:
			return
		case fault.CodeOf(err) == lostLease || !until.After(r.clock()):
			r.log.WarnContext(ctx, "job lease lost", "job", name, "error", err)
			lost()
			return
		}
	}
}

const lostLease = "job_lease_lost"

// change changes the record under a lease that is still held.
func (r *Runner) change(ctx context.Context, name, holder string, apply func(*record)) error {
	return r.store.Update(ctx, func(tx store.Tx) error {
		var rec record
		if err := tx.Get(collection, name, &rec); err != nil {
			return fmt.Errorf("read the lease of %s: %w", name, err)
		}
		if rec.Holder != holder {
			return fault.New(fault.Conflict, lostLease, "Another instance runs this job now.")
		}
		apply(&rec)
		return tx.Replace(collection, rec)
	})
}
