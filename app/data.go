package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"wenguan/models/booking"
	"wenguan/models/civil"
	"wenguan/models/store"
)

type jobCmd struct {
	Name string `arg:"" help:"Name of the job."`
	From string `placeholder:"DATE" help:"First date to run for, such as 2026-11-01; for jobs that take dates."`
	To   string `placeholder:"DATE" help:"Last date, included. Default: the first."`

	from, to civil.Date
}

// Validate reads the dates.
func (j *jobCmd) Validate() (err error) {
	if j.From == "" && j.To != "" {
		return errors.New("--to needs --from")
	}
	if j.From == "" {
		return nil
	}
	if j.from, err = civil.ParseDate(j.From); err != nil {
		return fmt.Errorf("--from: %w", err)
	}
	j.to = j.from
	if j.To != "" {
		if j.to, err = civil.ParseDate(j.To); err != nil {
			return fmt.Errorf("--to: %w", err)
		}
	}
	if j.to < j.from {
		return errors.New("--to is before --from")
	}
	return nil
}

// Run runs the job here and now.
func (j *jobCmd) Run(ctx context.Context, c *Config, s *session) error {
	return s.onExisting(ctx, c, func(a *App) error { return jobList{a.Jobs, a}.RunNow(ctx, system, j.Name, j.from, j.to) })
}

type copyCmd struct {
	From string `required:"" placeholder:"URL" help:"Store to read."`
	To   string `required:"" placeholder:"URL" help:"Store to fill; it must be empty."`
}

// Run copies a store.
func (cmd *copyCmd) Run(ctx context.Context, s *session) (err error) {
	if err := mustExist(cmd.From); err != nil {
		return err
	}
	from, err := store.Open(ctx, cmd.From, Collections())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	to, err := openStore(ctx, cmd.To)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	err = store.Copy(ctx, from, to, Collections(), func(collection string, n int) {
		fmt.Fprintf(s.out, "%s\t%d\n", collection, n)
	})
	if err == nil {
		fmt.Fprintln(s.err, "The keys are not in the store: take the file wenguan.keys along, or name it with --key-file.")
	}
	return err
}

type backupCmd struct {
	File string `arg:"" help:"File to write; it must not exist."`
}

// Run writes a backup.
func (b *backupCmd) Run(ctx context.Context, c *Config, s *session) error {
	return s.onExisting(ctx, c, func(a *App) error {
		embedded, ok := a.Store.(interface {
			Backup(ctx context.Context, w io.Writer) error
		})
		if !ok {
			return errors.New("only the embedded store is backed up here; a MongoDB has its own tools, or copy it with wenguan copy")
		}
		return writeNew(s.path(b.File), func(w io.Writer) error { return embedded.Backup(ctx, w) })
	})
}

// writeNew writes a file that did not exist, and leaves none behind if that fails.
func writeNew(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(write(f), f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}

type verifyCmd struct{}

// Run checks the store.
func (verifyCmd) Run(ctx context.Context, c *Config, s *session) error {
	return s.onExisting(ctx, c, func(a *App) error {
		if err := booking.Verify(ctx, a.Store); err != nil {
			return err
		}
		_, err := fmt.Fprintln(s.out, "Every booking has its claims and every claim its booking.")
		return err
	})
}
