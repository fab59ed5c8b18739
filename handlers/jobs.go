package handlers

import (
	"context"
	"time"

	"wenguan/models/account"
	"wenguan/models/civil"
)

// Jobs are what the product does by itself. Handlers do not know the runner; app hands one over.
type Jobs interface {
	List(ctx context.Context) ([]Job, error)
	RunNow(ctx context.Context, actor account.Actor, name string, from, to civil.Date) error
}

// Job is one of them and how it went last.
type Job struct {
	Name      string     `json:"name"`
	Spec      string     `json:"spec" doc:"When, as cron says it." example:"10 2 * * *"`
	LastRun   *time.Time `json:"last_run,omitempty"`
	LastError string     `json:"last_error,omitempty"`
	NextDue   *time.Time `json:"next_due,omitempty"`
}

type jobsOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         []Job
}

func (a *API) listJobs(ctx context.Context, _ *struct{}) (*jobsOutput, error) {
	jobs, err := a.Jobs.List(ctx)
	return &jobsOutput{"no-store", list(jobs)}, err
}

type runJobInput struct {
	Job  string `path:"job" maxLength:"40"`
	Body *days
}

type days struct {
	From string `json:"from,omitempty" maxLength:"10" doc:"First date to run for, for the jobs that take dates." example:"2026-11-01"`
	To   string `json:"to,omitempty" maxLength:"10" doc:"Last date, included; the first if missing."`
}

func (a *API) runJob(ctx context.Context, in *runJobInput) (*struct{}, error) {
	if in.Body == nil {
		in.Body = &days{}
	}
	from, err := dateOf(in.Body.From, "from", 0)
	if err != nil {
		return nil, err
	}
	to, err := dateOf(in.Body.To, "to", from)
	if err != nil {
		return nil, err
	}
	return nil, a.Jobs.RunNow(ctx, ActorOf(ctx), in.Job, from, to)
}
