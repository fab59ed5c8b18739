package app

import (
	"context"
	"time"

	"wenguan/handlers"
	"wenguan/jobs"
	"wenguan/models/civil"
)

// jobList shows the runner to the API, which does not know it.
type jobList struct{ runner *jobs.Runner }

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

// RunNow implements handlers.Jobs.
func (j jobList) RunNow(ctx context.Context, name string, from, to civil.Date) error {
	return j.runner.RunNow(ctx, name, from, to)
}

// orNil is nil for the zero time.
func orNil(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
