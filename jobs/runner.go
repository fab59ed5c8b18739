package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"github.com/robfig/cron/v3"

	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/id"
	"wenguan/models/store"
)

// Runner runs the jobs of a table when they are due.
type Runner struct {
	store store.Store
	jobs  []job
	clock func() time.Time
	log   *slog.Logger

	cancel context.CancelFunc
	done   sync.WaitGroup

	mu   sync.Mutex
	look chan struct{} // closed when the clock was moved
}

// job is a row with its schedule read.
type job struct {
	Row
	schedule cron.Schedule
	here     record // of one that runs everywhere
}

// New makes the runner of a table. It panics on a schedule that cannot be read or a name that comes twice: a table is
// part of the program.
func New(st store.Store, table []Row, clock func() time.Time, log *slog.Logger) *Runner {
	r := &Runner{store: st, clock: clock, log: log, look: make(chan struct{})}
	seen := map[string]bool{}
	for _, row := range table {
		schedule, err := cron.ParseStandard(row.Spec)
		if err != nil {
			panic(fmt.Sprintf("job %s: %v", row.Name, err))
		}
		if seen[row.Name] {
			panic("two jobs are named " + row.Name)
		}
		seen[row.Name] = true
		if row.Zone == nil {
			row.Zone = time.UTC
		}
		r.jobs = append(r.jobs, job{Row: row, schedule: schedule})
	}
	return r
}

// Start catches up what was missed and keeps to the table until Stop or until ctx is done. It returns at once.
func (r *Runner) Start(ctx context.Context) {
	ctx, r.cancel = context.WithCancel(ctx)
	for i := range r.jobs {
		r.done.Go(func() { r.keep(ctx, &r.jobs[i]) })
	}
}

// Stop tells running jobs to end and waits until they have. What they leave undone is due again at the next Start.
func (r *Runner) Stop() {
	if r.cancel != nil {
		r.cancel()
	}
	r.done.Wait()
}

// Look lets every job look at the clock now, which has been moved: what became due runs.
func (r *Runner) Look() {
	r.mu.Lock()
	defer r.mu.Unlock()
	close(r.look)
	r.look = make(chan struct{})
}

func (r *Runner) looks() <-chan struct{} {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.look
}

// Has reports whether there is a job of this name.
func (r *Runner) Has(name string) bool {
	return slices.ContainsFunc(r.jobs, func(j job) bool { return j.Name == name })
}

// RunNow runs the job by hand and returns its error; from and to are the days to run for, both zero for none.
// It returns fault.NotFound ("job_not_found"), or fault.Conflict ("job_running") while it runs already.
// The schedule goes on as if it had not been run.
func (r *Runner) RunNow(ctx context.Context, name string, from, to civil.Date) error {
	for i := range r.jobs {
		j := &r.jobs[i]
		if j.Name != name {
			continue
		}
		now := r.clock()
		if j.Everywhere {
			return r.runHere(ctx, j, Run{Due: now.In(j.Zone), From: from, To: to}, false)
		}
		c, err := r.claim(ctx, j, func(*record) (time.Time, bool) { return now.In(j.Zone), true })
		if err != nil {
			return err
		}
		if c.holder == "" {
			return fault.New(fault.Conflict, "job_running", "This job is running now; wait until it is done.")
		}
		run := Run{Due: c.due, From: from, To: to}
		return r.run(ctx, j, c, run, false)
	}
	return fault.New(fault.NotFound, "job_not_found", "There is no job of this name.")
}

// List is every job of the table with its last run, in the table's order.
func (r *Runner) List(ctx context.Context) ([]Status, error) {
	now := r.clock()
	var list []Status
	err := r.store.View(ctx, func(tx store.Tx) error {
		list = list[:0]
		for i := range r.jobs {
			j := &r.jobs[i]
			rec, _, err := load(tx, j.Name, now)
			if err != nil {
				return fmt.Errorf("read job %s: %w", j.Name, err)
			}
			if j.Everywhere {
				rec = r.recordHere(j)
			}
			list = append(list, Status{
				Name: j.Name, Spec: j.Spec, LastRun: rec.LastRun, LastError: rec.LastError, NextDue: j.next(&rec),
			})
		}
		return nil
	})
	return list, err
}

// maxWait bounds how long a job sleeps: a computer that was asleep, or a clock that was set, is noticed within it.
const maxWait = time.Minute

// keep runs one job whenever it is due.
func (r *Runner) keep(ctx context.Context, j *job) {
	woken := false
	for {
		moved := r.looks() // before the clock is read, so that no move is missed
		next := r.step(ctx, j, woken)
		timer := time.NewTimer(min(max(next.Sub(r.clock()), 0), maxWait))
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-timer.C:
			woken = false
		case <-moved:
			timer.Stop()
			woken = false
		case <-j.Wake:
			timer.Stop()
			woken = true
		}
	}
}

// step runs the job as often as it is due now and returns when to look again.
func (r *Runner) step(ctx context.Context, j *job, woken bool) time.Time {
	if j.Everywhere {
		return r.stepHere(ctx, j)
	}
	for {
		now := r.clock()
		c, err := r.claim(ctx, j, func(rec *record) (time.Time, bool) { return j.due(rec, now, woken) })
		if err != nil {
			if ctx.Err() == nil {
				r.log.ErrorContext(ctx, "job cannot be claimed", "job", j.Name, "error", err)
			}
			return now.Add(10 * time.Second)
		}
		if c.holder == "" {
			return c.next
		}
		if err := r.run(ctx, j, c, Run{Due: c.due}, !woken); err != nil && ctx.Err() != nil {
			return now
		}
		woken = false
	}
}

// next is when the job should run next, by its record.
func (j *job) next(rec *record) time.Time {
	due := j.schedule.Next(rec.LastDue.In(j.Zone))
	if rec.RetryAt.After(due) {
		return rec.RetryAt
	}
	return due
}

// due is the time of the schedule to run for now, false when there is none.
func (j *job) due(rec *record, now time.Time, woken bool) (time.Time, bool) {
	switch next := j.next(rec); {
	case woken:
		return now.In(j.Zone), true
	case next.After(now):
		return time.Time{}, false
	case j.EachMissed:
		return j.schedule.Next(rec.LastDue.In(j.Zone)), true
	}
	return now.In(j.Zone), true
}

// claim is a lease on a job, or (without a holder) when to ask again.
type claim struct {
	holder string
	due    time.Time
	next   time.Time
}

// claim takes the lease if due says so and nobody else has it.
func (r *Runner) claim(ctx context.Context, j *job, due func(*record) (time.Time, bool)) (claim, error) {
	var c claim
	look := func(tx store.Tx) (rec record, known bool, err error) {
		now := r.clock()
		rec, known, err = load(tx, j.Name, now)
		if err != nil {
			return rec, known, fmt.Errorf("read job %s: %w", j.Name, err)
		}
		c = claim{next: j.next(&rec)}
		if rec.busy(now) {
			c.next = rec.Until
		} else if at, ok := due(&rec); ok {
			c.holder, c.due = id.New(now), at
			rec.Holder, rec.Until = c.holder, now.Add(leaseFor)
		}
		return rec, known, nil
	}
	// Most looks find nothing to do, so look without writing first. A job seen for the first time is written down.
	var known bool
	err := r.store.View(ctx, func(tx store.Tx) (err error) {
		_, known, err = look(tx)
		return err
	})
	if err != nil || known && c.holder == "" {
		return c, err
	}
	err = r.store.Update(ctx, func(tx store.Tx) error {
		rec, known, err := look(tx)
		if err != nil || known && c.holder == "" {
			return err
		}
		return save(tx, rec, known)
	})
	return c, err
}

// run calls the verb under the lease and records how it went. scheduled says that the schedule is done up to the run's
// due time if it goes well.
func (r *Runner) run(ctx context.Context, j *job, c claim, run Run, scheduled bool) error {
	working, stop := context.WithTimeout(ctx, j.Timeout)
	renewed := make(chan struct{})
	go func() {
		defer close(renewed)
		r.renew(working, j.Name, c.holder, stop)
	}()
	began := r.clock()
	err := r.call(working, j, run)
	stop()
	<-renewed

	if err != nil && ctx.Err() != nil {
		err = errStopped
	}
	end := r.clock()
	saved := r.change(context.WithoutCancel(ctx), j.Name, c.holder, func(rec *record) {
		rec.Holder, rec.Until = "", time.Time{}
		if !errors.Is(err, errStopped) {
			j.note(rec, run, scheduled, end, err)
		}
	})
	switch {
	case saved != nil:
		r.log.WarnContext(ctx, "job run not recorded", "job", j.Name, "error", saved)
		return errors.Join(err, saved)
	case err == nil:
		r.log.DebugContext(ctx, "job done", "job", j.Name, "due", run.Due, "took", end.Sub(began))
	case !errors.Is(err, errStopped):
		r.log.ErrorContext(ctx, "job failed", "job", j.Name, "due", run.Due, "error", err)
	}
	return err
}

// errStopped is the error of a run that was told to stop: neither done nor failed.
var errStopped = fault.New(fault.Unavailable, "job_stopped", "The job was stopped before it was done.")

// note records how a run ended.
func (j *job) note(rec *record, run Run, scheduled bool, end time.Time, err error) {
	rec.LastRun, rec.LastError = end, ""
	switch {
	case err != nil:
		rec.LastError = err.Error()
		if scheduled {
			rec.Failures++
			rec.RetryAt = j.retryAt(rec.Failures, end)
		}
	case scheduled:
		rec.LastDue, rec.Failures, rec.RetryAt = run.Due, 0, time.Time{}
	}
}

// retryAt is a minute after the first failure, then twice as long each time up to an hour, but never later than the
// schedule would run it anyway.
func (j *job) retryAt(failures int32, now time.Time) time.Time {
	at := now.Add(min(time.Minute<<min(failures-1, 6), time.Hour))
	if next := j.schedule.Next(now.In(j.Zone)); next.Before(at) {
		return next
	}
	return at
}

// call calls the verb; a panic becomes its error.
func (r *Runner) call(ctx context.Context, j *job, run Run) (err error) {
	defer func() {
		if p := recover(); p != nil {
			r.log.ErrorContext(ctx, "job panicked", "job", j.Name, "panic", p, "stack", string(debug.Stack()))
			err = fmt.Errorf("job %s panicked: %v", j.Name, p)
		}
	}()
	return j.Verb(ctx, run)
}
