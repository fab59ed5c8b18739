package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"wenguan/models/venue"
)

type importCmd struct {
	Venues string `placeholder:"FILE" help:"venues.csv"`
	Spaces string `placeholder:"FILE" help:"spaces.csv"`
	Hours  string `placeholder:"FILE" help:"hours.csv"`
	DryRun bool   `help:"Show what it would do and change nothing."`
}

// Validate refuses an import of nothing.
func (i *importCmd) Validate() error {
	if i.Venues+i.Spaces+i.Hours == "" {
		return errors.New("name at least one file: --venues, --spaces or --hours")
	}
	return nil
}

// Run imports and reports every fault with its place, or what was done.
func (i *importCmd) Run(ctx context.Context, c *Config, s *session) error {
	files := map[string]io.Reader{}
	for name, file := range map[string]string{"venues.csv": i.Venues, "spaces.csv": i.Spaces, "hours.csv": i.Hours} {
		if file == "" {
			continue
		}
		f, err := os.Open(s.path(file))
		if err != nil {
			return err
		}
		defer f.Close()
		files[name] = f
	}
	return s.onStore(ctx, c, func(a *App) error {
		report, err := a.Venues.Import(ctx, system, files, i.DryRun)
		for _, f := range report.Faults {
			fmt.Fprintf(s.out, "%s:%d:%d: %s: %s\n", f.File, f.Line, f.ColumnNumber, f.Column, f.Message)
		}
		if err != nil {
			return err
		}
		if n := len(report.Faults); n > 0 {
			return fmt.Errorf("%d faults, nothing was changed", n)
		}
		tell(s.out, report)
		return nil
	})
}

func tell(out io.Writer, report venue.ImportReport) {
	for _, v := range report.Venues {
		fmt.Fprintf(out, "%s\t%s\t%s\t+%d -%d spaces\n", v.Outcome, v.ID, v.Name.ZH, v.SpacesAdded, v.SpacesRemoved)
	}
	if report.DryRun {
		fmt.Fprintln(out, "A dry run: nothing was changed.")
	}
}
