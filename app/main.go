package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/alecthomas/kong"
)

// cli is the command line. Settings come from flags, else from the environment.
type cli struct {
	Config

	Serve   serveCmd   `cmd:"" default:"withargs" help:"Run the service (the default command)."`
	Demo    demoCmd    `cmd:"" help:"Run the service with a sample district in a fresh folder."`
	User    userCmd    `cmd:"" help:"Accounts: make one with a sign-in link, make a link, list who has a role."`
	Import  importCmd  `cmd:"" help:"Read venues, spaces and hours from CSV files. Nothing changes unless every row is good."`
	Job     jobCmd     `cmd:"" help:"Run a job by hand: sweep, deliver, summarize, weekly, monthly, organizations, roles, retain or tidy."`
	Backup  backupCmd  `cmd:"" help:"Write the embedded store into a file, while the service runs or not."`
	Copy    copyCmd    `cmd:"" help:"Copy everything from one store into another, empty one."`
	Keys    keysCmd    `cmd:"" help:"The keys that passes are signed with."`
	Verify  verifyCmd  `cmd:"" help:"Check that every booking has its claims and every claim its booking."`
	Audit   auditCmd   `cmd:"" help:"The record of who changed what."`
	Health  healthCmd  `cmd:"" help:"Ask the service on this machine whether it can answer; for containers."`
	Version versionCmd `cmd:"" help:"Print the version."`
}

// session is one run of the command line.
type session struct {
	args     []string
	out, err io.Writer // answers, and everything else
	dir      string    // what relative paths are relative to
	running  *App      // the service this command is run inside of; nil: it is a process of its own
}

// path makes the path of a file somebody named absolute.
func (s *session) path(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(s.dir, name)
}

// Main runs the command line and returns the exit code: 0, 1 for a failure, 2 for a command line that cannot be meant.
// SIGINT and SIGTERM end what runs, in order.
func Main(args []string, _ io.Reader, out, errs io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends at once
	dir, err := os.Getwd()
	if err != nil {
		fmt.Fprintf(errs, "wenguan: %v\n", err)
		return 1
	}
	return (&session{args: args, out: out, err: errs, dir: dir}).run(ctx)
}

// exit is how kong's own output, such as help, ends the command.
type exit int

func (s *session) run(ctx context.Context) (code int) {
	defer func() {
		if p := recover(); p != nil {
			e, ok := p.(exit)
			if !ok {
				panic(p)
			}
			code = int(e)
		}
	}()
	var line cli
	parser := kong.Must(&line, kong.Name("wenguan"), kong.Writers(s.out, s.err), kong.Exit(func(code int) { panic(exit(code)) }),
		kong.Description("Wenguan 文馆: the public cultural facilities of a district, booked, entered and accounted for."),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	command, err := parser.Parse(s.args)
	if err != nil {
		fmt.Fprintf(s.err, "wenguan: %v\nTry wenguan --help.\n", err)
		return 2
	}
	if s.running != nil && !insideService(command.Command()) {
		fmt.Fprintln(s.err, "wenguan: this command is not for a running service")
		return 1
	}
	command.BindTo(ctx, (*context.Context)(nil))
	if err := command.Run(&line.Config, s); err != nil && !errors.Is(err, context.Canceled) {
		var told toldAlready
		if !errors.As(err, &told) {
			fmt.Fprintf(s.err, "wenguan: %v\n", err)
		}
		return 1
	}
	return 0
}

// toldAlready is a failure whose sentence somebody has read.
type toldAlready struct{ error }

type versionCmd struct{}

// Run prints the version.
func (versionCmd) Run(s *session) error {
	_, err := fmt.Fprintln(s.out, Version)
	return err
}
