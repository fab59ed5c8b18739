package jobs

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestAJobThatRunsEverywhereRunsAtEachInstance(t *testing.T) {
	t.Parallel()
	st, clock := openStore(t), &moved{now: noon(1)}
	diaries := make([]diary, 2)
	var runners []*Runner
	for i := range diaries {
		row := minutelyRow(diaries[i].verb)
		row.Everywhere = true
		runners = append(runners, New(st, []Row{row}, clock.Now, quiet()))
	}
	for minute := range 3 {
		clock.set(noon(1).Add(time.Duration(minute)*time.Minute + time.Second))
		for _, r := range runners {
			stepAll(t, r)
			stepAll(t, r)
		}
	}
	for i := range diaries {
		if diff := cmp.Diff([]string{"11-01 04:01", "11-01 04:02"}, diaries[i].sorted()); diff != "" {
			t.Errorf("instance %d (-want +got):\n%s", i, diff)
		}
	}
	if err := runners[0].RunNow(t.Context(), "sweep", 0, 0); err != nil || len(diaries[0].sorted()) != 3 || len(diaries[1].sorted()) != 2 {
		t.Errorf("by hand: %v, %v, %v", err, diaries[0].sorted(), diaries[1].sorted())
	}
	for i, last := range []time.Time{clock.Now(), clock.Now()} {
		list, err := runners[i].List(t.Context())
		if err != nil || !list[0].LastRun.Equal(last) || !list[0].NextDue.Equal(noon(1).Add(3*time.Minute)) {
			t.Errorf("instance %d is listed as %+v: %v", i, list, err)
		}
	}
}

func TestAJobThatRunsEverywhereTellsOfItsFailure(t *testing.T) {
	t.Parallel()
	clock := &moved{now: noon(1)}
	failing := minutelyRow(func(context.Context, Run) error { return errors.New("no paper") })
	failing.Everywhere = true
	r := New(openStore(t), []Row{failing}, clock.Now, quiet())
	stepAll(t, r)
	clock.set(noon(1).Add(time.Minute))
	stepAll(t, r)
	if list, err := r.List(t.Context()); err != nil || list[0].LastError != "no paper" || list[0].NextDue.After(noon(1).Add(2*time.Minute)) {
		t.Errorf("it is listed as %+v: %v", list, err)
	}
}
