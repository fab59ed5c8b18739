package jobs

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wenguan/models/civil"
)

func TestJobsAskTheVerbsForTheDaysBeforeTheyAreDue(t *testing.T) {
	t.Parallel()
	var asked []string
	note := func(what string) func(context.Context, civil.Date) error {
		return func(_ context.Context, d civil.Date) error {
			asked = append(asked, what+" "+d.String())
			return nil
		}
	}
	nothing := func(context.Context) error { return nil }
	table := Table(Verbs{
		Zone: shanghai, Sweep: nothing, Unmet: nothing, Deliver: nothing, Organizations: nothing, Roles: nothing, Retain: nothing,
		Nightly: note("nightly"), Weekly: note("weekly"), Monthly: note("monthly"),
		Range: func(_ context.Context, from, to civil.Date) error {
			asked = append(asked, "range "+from.String()+" "+to.String())
			return nil
		},
		Tidy: []func(context.Context) error{nothing},
	})
	// Nobody was up from Friday 2026-10-30 to Tuesday 2026-11-03.
	st, clock := openStore(t), &moved{now: time.Date(2026, 10, 30, 12, 0, 0, 0, shanghai)}
	r := New(st, table, clock.Now, quiet())
	stepAll(t, r)
	clock.set(time.Date(2026, 11, 3, 12, 0, 0, 0, shanghai))
	stepAll(t, r)
	want := []string{
		"nightly 2026-10-30", "nightly 2026-10-31", "nightly 2026-11-01", "nightly 2026-11-02",
		"weekly 2026-11-01", "monthly 2026-10-31",
	}
	if diff := cmp.Diff(want, asked); diff != "" {
		t.Errorf("asked (-want +got):\n%s", diff)
	}

	asked = nil
	from, to := civil.NewDate(2026, 9, 1), civil.NewDate(2026, 9, 30)
	for _, name := range []string{"summarize", "weekly"} {
		if err := r.RunNow(t.Context(), name, from, to); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]string{"range 2026-09-01 2026-09-30", "weekly 2026-09-01"}, asked); diff != "" {
		t.Errorf("asked by hand (-want +got):\n%s", diff)
	}
}
