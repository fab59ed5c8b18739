// Command bench measures what the product promises to be fast at, in one run on one machine, and prints ratios: machines
// are noisy, ratios are less so. Run it with `make bench`; see docs/performance.md.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"runtime/pprof"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
)

type options struct {
	clients []int
	span    time.Duration
	year    int
	profile string
}

func main() {
	var o options
	clients := flag.String("clients", "1,16,64", "numbers of clients, one after the other")
	flag.DurationVar(&o.span, "for", 3*time.Second, "how long each measurement runs")
	flag.StringVar(&o.profile, "profile", "", "write a CPU profile of the measurements to this file")
	flag.IntVar(&o.year, "bookings", 100_000, "bookings behind the year's summary")
	flag.Parse()
	for s := range strings.SplitSeq(*clients, ",") {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 {
			fmt.Fprintln(os.Stderr, "bench: -clients is a list such as 1,16,64")
			os.Exit(2)
		}
		o.clients = append(o.clients, n)
	}
	if err := run(context.Background(), o); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) error {
	dir, err := os.MkdirTemp("", "wenguan-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	started := time.Now()
	w, err := newWorld(ctx, dir, o.year)
	if err != nil {
		return err
	}
	defer w.close()
	fmt.Fprintf(os.Stderr, "made %d bookings of a year and a reading room of 108 seats in %.1f s\n", o.year, time.Since(started).Seconds())
	stop, err := profile(o.profile)
	if err != nil {
		return err
	}
	defer stop()
	var rows []row
	for _, n := range o.clients {
		r, err := measure(ctx, w, n, o.span)
		if err != nil {
			return err
		}
		rows = append(rows, r)
	}
	if err := report(rows, w); err != nil {
		return err
	}
	return reportUse(rows)
}

// profile starts a CPU profile into the file, if one is named.
func profile(path string) (stop func(), err error) {
	if path == "" {
		return func() {}, nil
	}
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, err
	}
	return func() { pprof.StopCPUProfile(); _ = f.Close() }, nil
}

// row is one number of clients.
type row struct {
	clients                                     int
	plain, week, unchanged, reserve, bare, year result
}

// turns is how often each measurement gets its turn: what else the machine does in a second then meets all of them.
const turns = 10

func measure(ctx context.Context, w *world, clients int, span time.Duration) (row, error) {
	r := row{clients: clients}
	span /= turns
	for range turns {
		for _, m := range []struct {
			into *result
			what func() (result, error)
		}{
			{&r.plain, func() (result, error) { return load(w.plain, clients, span, w.get("/plain", "", "")) }},
			{&r.week, func() (result, error) { return load(w.address, clients, span, w.get(w.weekPath, "", "")) }},
			{&r.unchanged, func() (result, error) { return load(w.address, clients, span, w.get(w.weekPath, "", w.weekTag)) }},
			{&r.year, func() (result, error) { return load(w.address, clients, span, w.get(w.yearPath, w.manager, "")) }},
			{&r.reserve, func() (result, error) { return load(w.address, clients, span, w.reserve) }},
			{&r.bare, func() (result, error) { return w.bare(ctx, clients, span) }},
		} {
			part, err := m.what()
			if err != nil {
				return r, err
			}
			m.into.add(part)
		}
	}
	return r, nil
}

func report(rows []row, w *world) error {
	t := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "clients\tplain/s\tweek/s\t304/s\tyear/s\treserve/s\tbare store/s\tweek:plain\treserve:store\treserve:plain\tplain:year\treserve p99\t")
	for _, r := range rows {
		fmt.Fprintf(t, "%d\t%.0f\t%.0f\t%.0f\t%.0f\t%.0f\t%.0f\t%.2f\t%.2f\t%.2f\t%.1f\t%.1f ms\t\n", r.clients,
			r.plain.rate(), r.week.rate(), r.unchanged.rate(), r.year.rate(), r.reserve.rate(), r.bare.rate(),
			r.week.rate()/r.plain.rate(), r.reserve.rate()/r.bare.rate(), r.reserve.rate()/r.plain.rate(), r.plain.rate()/r.year.rate(),
			float64(r.reserve.p99())/float64(time.Millisecond))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	fmt.Printf("\nA week of the reading room is %d bytes, the plain answer %d. A year's summary is over %d bookings.\n"+
		"Aims: week:plain >= 0.35, reserve:store >= 0.4, reserve:plain >= 0.1, plain:year <= 5.\n",
		w.weekSize, w.plainSize, w.bookings)
	return nil
}

// reportUse says what one booking costs, whatever else the machine does meanwhile.
func reportUse(rows []row) error {
	t := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "\nclients\tplain CPU\treserve CPU\tbare store CPU\treserve writes\tbare store writes\t")
	for _, r := range rows {
		fmt.Fprintf(t, "%d\t%.0f us\t%.0f us\t%.0f us\t%.1f kB\t%.1f kB\t\n", r.clients,
			micros(r.plain), micros(r.reserve), micros(r.bare), kilobytes(r.reserve), kilobytes(r.bare))
	}
	return t.Flush()
}

func micros(r result) float64 {
	return float64(r.spent.cpu) / float64(time.Microsecond) / float64(len(r.times))
}

func kilobytes(r result) float64 { return float64(r.spent.written) / 1024 / float64(len(r.times)) }
