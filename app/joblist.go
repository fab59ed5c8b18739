package app

import (
	"context"
	"time"

	"wenguan/handlers"
	"wenguan/jobs"
	"wenguan/models/account"
	"wenguan/models/civil"
)

// jobList shows the runner to the API, which does not know it.
type jobList struct {
	runner *jobs.Runner
	app    *App
}

// List implements handlers.Jobs.
func (j jobList) List(ctx context.Context) ([]handlers.Job, error) {
	known, err := j.runner.List(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]handlers.Job, len(known))
	for i, s := range known {
		list[i] = handlers.Job{Name: s.Name, Spec: s.Spec, LastError: s.LastError, LastRun: orNil(s.LastRun), NextDue: orNil(s.NextDue)}
	}
	return list, nil
}

// RunNow implements handlers.Jobs. That it was asked for is in the audit before it runs.
func (j jobList) RunNow(ctx context.Context, actor account.Actor, name string, from, to civil.Date) error {
	if j.runner.Has(name) {
		asked := actor.Entry("job.run", "job/"+name)
		if from != 0 {
			asked.After = map[string]civil.Date{"from": from, "to": to}
		}
		if err := j.app.record(ctx, asked); err != nil {
			return err
		}
	}
	return j.runner.RunNow(ctx, name, from, to)
}

// orNil is nil for the zero time.
func orNil(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
