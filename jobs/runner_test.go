package jobs

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/store"
)

var shanghai = mustZone("Asia/Shanghai")

func mustZone(name string) *time.Location {
	zone, err := civil.Zone(name)
	if err != nil {
		panic(err)
	}
	return zone
}

func openStore(t *testing.T) store.Store {
	t.Helper()
	st, err := store.OpenEmbedded(filepath.Join(t.TempDir(), "jobs.db"), store.EmbeddedOptions{NoSync: true}, Collections())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	return st
}

// moved is a clock that tests move.
type moved struct {
	mu  sync.Mutex
	now time.Time
}

func (m *moved) Now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

func (m *moved) set(t time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = t
}

// diary notes the runs of a verb.
type diary struct {
	mu   sync.Mutex
	runs []string
}

func (d *diary) verb(_ context.Context, run Run) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.runs = append(d.runs, run.Due.Format("01-02 15:04"))
	return nil
}

func (d *diary) sorted() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Sorted(slices.Values(d.runs))
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

// stepAll does what every loop of the runner does at the present moment.
func stepAll(t *testing.T, r *Runner) {
	t.Helper()
	for i := range r.jobs {
		r.step(t.Context(), &r.jobs[i], false)
	}
}

func nightlyRow(verb func(context.Context, Run) error) Row {
	return Row{Name: "nightly", Spec: "10 2 * * *", Zone: shanghai, Timeout: time.Hour, EachMissed: true, Verb: verb}
}

func minutelyRow(verb func(context.Context, Run) error) Row {
	return Row{Name: "sweep", Spec: "* * * * *", Timeout: time.Minute, Verb: verb}
}

func noon(day int) time.Time { return time.Date(2026, 11, day, 12, 0, 0, 0, shanghai) }

func TestTwoRunnersOnOneStoreRunEachJobOnce(t *testing.T) {
	t.Parallel()
	st, clock := openStore(t), &moved{now: noon(1)}
	var nightly, sweep diary
	var runners []*Runner
	for range 2 {
		runners = append(runners, New(st, []Row{nightlyRow(nightly.verb), minutelyRow(sweep.verb)}, clock.Now, quiet()))
	}
	for _, r := range runners {
		stepAll(t, r)
	}
	for minute := range 24*60 + 1 {
		clock.set(noon(1).Add(time.Duration(minute) * time.Minute))
		var all sync.WaitGroup
		for _, r := range runners {
			all.Go(func() { stepAll(t, r) })
		}
		all.Wait()
	}
	if diff := cmp.Diff([]string{"11-02 02:10"}, nightly.sorted()); diff != "" {
		t.Errorf("nightly runs (-want +got):\n%s", diff)
	}
	got := sweep.sorted()
	if len(got) != 24*60 || len(slices.Compact(got)) != 24*60 {
		t.Errorf("the sweep ran %d times, want once in each of %d minutes", len(sweep.runs), 24*60)
	}
}

func TestMissedRunsAreCaughtUpOldestFirst(t *testing.T) {
	t.Parallel()
	st, clock := openStore(t), &moved{now: noon(1)}
	var nightly, sweep diary
	table := []Row{nightlyRow(nightly.verb), minutelyRow(sweep.verb)}
	stepAll(t, New(st, table, clock.Now, quiet()))

	clock.set(noon(5)) // nobody was up for four days
	stepAll(t, New(st, table, clock.Now, quiet()))
	if diff := cmp.Diff([]string{"11-02 02:10", "11-03 02:10", "11-04 02:10", "11-05 02:10"}, nightly.runs); diff != "" {
		t.Errorf("nightly runs (-want +got):\n%s", diff)
	}
	if len(sweep.runs) != 1 {
		t.Errorf("the sweep ran %d times for what it missed, want once", len(sweep.runs))
	}
	stepAll(t, New(st, table, clock.Now, quiet()))
	if len(nightly.runs) != 4 || len(sweep.runs) != 1 {
		t.Errorf("another start ran the jobs again: %v %v", nightly.runs, sweep.runs)
	}
}

func TestAJobNeverSeenBeforeHasMissedNothing(t *testing.T) {
	t.Parallel()
	st, clock := openStore(t), &moved{now: noon(1)}
	var nightly diary
	r := New(st, []Row{nightlyRow(nightly.verb)}, clock.Now, quiet())
	if next := r.step(t.Context(), &r.jobs[0], false); !next.Equal(time.Date(2026, 11, 2, 2, 10, 0, 0, shanghai)) {
		t.Errorf("next at %s", next)
	}
	if len(nightly.runs) != 0 {
		t.Errorf("ran %v", nightly.runs)
	}
}

func TestALeaseIsTakenOverOnlyAfterItExpired(t *testing.T) {
	t.Parallel()
	st, clock := openStore(t), &moved{now: noon(1)}
	died := errors.New("killed")
	r := New(st, []Row{minutelyRow(func(context.Context, Run) error { return died })}, clock.Now, quiet())
	stepAll(t, r)
	clock.set(noon(1).Add(time.Minute))
	// An instance that is killed leaves its lease behind.
	c, err := r.claim(t.Context(), &r.jobs[0], func(*record) (time.Time, bool) { return clock.Now(), true })
	if err != nil || c.holder == "" {
		t.Fatalf("claim: %+v %v", c, err)
	}
	var sweep diary
	other := New(st, []Row{minutelyRow(sweep.verb)}, clock.Now, quiet())
	stepAll(t, other)
	clock.set(clock.Now().Add(leaseFor - time.Second))
	stepAll(t, other)
	if len(sweep.runs) != 0 {
		t.Fatalf("ran under the lease of another: %v", sweep.runs)
	}
	clock.set(clock.Now().Add(time.Second))
	stepAll(t, other)
	if len(sweep.runs) != 1 {
		t.Fatalf("ran %d times after the lease expired", len(sweep.runs))
	}
	if err := r.change(t.Context(), "sweep", c.holder, func(*record) {}); fault.CodeOf(err) != lostLease {
		t.Errorf("the old holder may still write: %v", err)
	}
}

func TestAFailedRunIsTriedAgainLaterAndLater(t *testing.T) {
	t.Parallel()
	for name, fail := range map[string]func() error{
		"error": func() error { return errors.New("disk on fire") },
		"panic": func() error { panic("disk on fire") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			st, clock := openStore(t), &moved{now: noon(1)}
			var tries []string
			broken := true
			r := New(st, []Row{nightlyRow(func(_ context.Context, run Run) error {
				tries = append(tries, clock.Now().In(shanghai).Format("15:04"))
				if broken {
					return fail()
				}
				return nil
			})}, clock.Now, quiet())
			stepAll(t, r)
			for at := time.Date(2026, 11, 2, 2, 9, 0, 0, shanghai); at.Hour() < 4; at = at.Add(time.Minute) {
				clock.set(at)
				broken = at.Hour() < 3
				stepAll(t, r)
			}
			if diff := cmp.Diff([]string{"02:10", "02:11", "02:13", "02:17", "02:25", "02:41", "03:13"}, tries); diff != "" {
				t.Errorf("tries (-want +got):\n%s", diff)
			}
			list, err := r.List(t.Context())
			if err != nil || list[0].LastError != "" || !list[0].NextDue.Equal(time.Date(2026, 11, 3, 2, 10, 0, 0, shanghai)) {
				t.Errorf("after it went well: %+v %v", list, err)
			}
		})
	}
}

func TestFailuresNeverPutAFrequentJobOffItsSchedule(t *testing.T) {
	t.Parallel()
	st, clock := openStore(t), &moved{now: noon(1)}
	tries := 0
	r := New(st, []Row{minutelyRow(func(context.Context, Run) error { tries++; return errors.New("no") })}, clock.Now, quiet())
	for minute := range 11 {
		clock.set(noon(1).Add(time.Duration(minute) * time.Minute))
		stepAll(t, r)
	}
	if tries != 10 {
		t.Errorf("tried %d times in ten minutes", tries)
	}
}

func TestRunNowRunsByHandAndLeavesTheScheduleAlone(t *testing.T) {
	t.Parallel()
	st, clock := openStore(t), &moved{now: noon(1)}
	var got []Run
	wrong := errors.New("wrong days")
	r := New(st, []Row{nightlyRow(func(_ context.Context, run Run) error {
		got = append(got, run)
		if run.From > run.To {
			return wrong
		}
		return nil
	})}, clock.Now, quiet())
	stepAll(t, r)
	from, to := civil.NewDate(2026, 10, 1), civil.NewDate(2026, 10, 31)
	if err := r.RunNow(t.Context(), "nightly", from, to); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Run{{Due: noon(1), From: from, To: to}}, got, cmp.Comparer(time.Time.Equal)); diff != "" {
		t.Errorf("run (-want +got):\n%s", diff)
	}
	if err := r.RunNow(t.Context(), "nightly", to, from); !errors.Is(err, wrong) {
		t.Errorf("the verb's error is %v", err)
	}
	list, err := r.List(t.Context())
	if err != nil || list[0].LastError != "wrong days" || !list[0].NextDue.Equal(time.Date(2026, 11, 2, 2, 10, 0, 0, shanghai)) {
		t.Errorf("status %+v %v", list, err)
	}
	if err := r.RunNow(t.Context(), "weekly", 0, 0); fault.CodeOf(err) != "job_not_found" {
		t.Errorf("a job that is not there: %v", err)
	}
}

func TestRunNowRefusesAJobThatIsRunning(t *testing.T) {
	t.Parallel()
	st, clock := openStore(t), &moved{now: noon(1)}
	var r *Runner
	var inner error
	r = New(st, []Row{minutelyRow(func(ctx context.Context, _ Run) error {
		inner = r.RunNow(ctx, "sweep", 0, 0)
		return nil
	})}, clock.Now, quiet())
	if err := r.RunNow(t.Context(), "sweep", 0, 0); err != nil {
		t.Fatal(err)
	}
	if fault.CodeOf(inner) != "job_running" {
		t.Errorf("a second run at the same time: %v", inner)
	}
}

func TestALeaseIsRenewedWhileAJobRuns(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		st := openStore(t)
		var starts atomic.Int32
		long := Row{Name: "long", Spec: "0 * * * *", Timeout: time.Hour, Verb: func(ctx context.Context, _ Run) error {
			starts.Add(1)
			time.Sleep(10 * leaseFor)
			return ctx.Err()
		}}
		one, two := New(st, []Row{long}, time.Now, quiet()), New(st, []Row{long}, time.Now, quiet())
		one.Start(t.Context())
		two.Start(t.Context())
		time.Sleep(65 * time.Minute) // over the full hour, into the run
		if n := starts.Load(); n != 1 {
			t.Errorf("started %d times", n)
		}
		time.Sleep(10 * time.Minute)
		list, err := one.List(t.Context())
		if err != nil || list[0].LastError != "" || list[0].LastRun.IsZero() {
			t.Errorf("status %+v %v", list, err)
		}
		one.Stop()
		two.Stop()
	})
}

func TestStartKeepsTheScheduleAndWakesAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		st := openStore(t)
		wake := make(chan struct{}, 1)
		var every, woken diary
		r := New(st, []Row{
			{Name: "every", Spec: "@every 10s", Timeout: time.Minute, Verb: every.verb},
			{Name: "woken", Spec: "0 0 1 1 *", Timeout: time.Minute, Wake: wake, Verb: woken.verb},
		}, time.Now, quiet())
		r.Start(t.Context())
		time.Sleep(61 * time.Second)
		if n := len(every.sorted()); n != 6 {
			t.Errorf("every ten seconds ran %d times in 61 seconds", n)
		}
		wake <- struct{}{}
		synctest.Wait()
		if n := len(woken.sorted()); n != 1 {
			t.Errorf("woken ran %d times", n)
		}
		r.Stop()
		before := len(every.sorted())
		time.Sleep(time.Minute)
		if len(every.sorted()) != before {
			t.Error("ran after Stop")
		}
	})
}

func TestJobsRunWhenTheClockWasMovedAndTheyAreToldToLook(t *testing.T) {
	t.Parallel()
	clock, ran := &moved{now: noon(24)}, make(chan time.Time, 10)
	verb := func(_ context.Context, run Run) error {
		ran <- run.Due
		return nil
	}
	r := New(openStore(t), []Row{minutelyRow(verb)}, clock.Now, quiet())
	stepAll(t, r) // seen for the first time, it has missed nothing
	r.Start(t.Context())
	defer r.Stop()
	clock.set(noon(25))
	r.Look()
	if due := <-ran; !due.Equal(noon(25)) {
		t.Errorf("ran for %s", due)
	}
}

func TestStopWaitsAndWhatItStoppedIsDueAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		st := openStore(t)
		ended, runs := false, 0
		row := Row{Name: "slow", Spec: "* * * * *", Timeout: time.Hour, Verb: func(ctx context.Context, _ Run) error {
			runs++
			if runs > 1 {
				return nil
			}
			<-ctx.Done()
			time.Sleep(3 * time.Second)
			ended = true
			return ctx.Err()
		}}
		r := New(st, []Row{row}, time.Now, quiet())
		r.Start(t.Context())
		time.Sleep(90 * time.Second)
		r.Stop()
		if !ended {
			t.Fatal("Stop did not wait")
		}
		again := New(st, []Row{row}, time.Now, quiet())
		again.step(t.Context(), &again.jobs[0], false)
		if runs != 2 {
			t.Errorf("%d runs: what was stopped is not due at the next start", runs)
		}
	})
}

func TestNewPanicsOnAScheduleThatCannotBeRead(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	New(nil, []Row{{Name: "x", Spec: "every now and then"}}, time.Now, quiet())
}
