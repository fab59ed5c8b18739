package audit_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/audit"
	"wenguan/models/fault"
	"wenguan/models/store"
)

var noon = time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)

func open(t *testing.T) (store.Store, *audit.Log) {
	t.Helper()
	st, err := store.OpenEmbedded(filepath.Join(t.TempDir(), "audit.db"), store.EmbeddedOptions{NoSync: true}, audit.Collections())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	return st, audit.New(st)
}

func add(t *testing.T, st store.Store, at time.Time, entries ...audit.Entry) {
	t.Helper()
	if err := st.Update(t.Context(), func(tx store.Tx) error { return audit.Append(tx, at, entries...) }); err != nil {
		t.Fatal(err)
	}
}

func moved(venue, booking string) audit.Entry {
	return audit.Entry{
		Chain: venue, Action: "booking.moved", Subject: "booking/" + booking, Actor: "staff", OnBehalf: "elder", Means: "password",
		Request: "r1", Before: map[string]string{"space": "a"}, After: map[string]string{"space": "b"},
	}
}

// everyone may read everything; nobody nothing.
type everyone struct{}

func (everyone) Audits(string) error { return nil }

type onlyOf string

func (o onlyOf) Audits(chain string) error {
	if chain == string(o) {
		return nil
	}
	return fault.New(fault.Forbidden, "not_permitted", "no")
}

func TestARecordSaysWhoDidWhatForWhom(t *testing.T) {
	t.Parallel()
	st, log := open(t)
	add(t, st, noon, moved("room", "b1"))
	got, next, err := log.Find(t.Context(), everyone{}, audit.Query{Limit: 10})
	if err != nil || next != "" || len(got) != 1 {
		t.Fatal(got, next, err)
	}
	want := audit.Record{
		ID: "room|000000000001", Chain: "room", Number: 1, At: noon, Action: "booking.moved", Subject: "booking/b1", Actor: "staff",
		Means: "password", OnBehalf: "elder", Request: "r1", Before: `{"space":"a"}`, After: `{"space":"b"}`, Hash: got[0].Hash,
	}
	if diff := cmp.Diff(want, got[0]); diff != "" || len(got[0].Hash) != 32 {
		t.Error(diff)
	}
}

func TestWhatIsNotCommittedIsNotRecorded(t *testing.T) {
	t.Parallel()
	st, log := open(t)
	_ = st.Update(t.Context(), func(tx store.Tx) error {
		if err := audit.Append(tx, noon, moved("room", "b1")); err != nil {
			return err
		}
		return fmt.Errorf("the change itself failed")
	})
	got, _, err := log.Find(t.Context(), everyone{}, audit.Query{Limit: 10})
	if err != nil || len(got) != 0 {
		t.Error(got, err)
	}
}

func TestTimeNeverRunsBackwardsInAChain(t *testing.T) {
	t.Parallel()
	st, log := open(t)
	add(t, st, noon, moved("room", "b1"))
	add(t, st, noon.Add(-time.Hour), moved("room", "b2"))
	got, _, _ := log.Find(t.Context(), everyone{}, audit.Query{Chain: "room", Limit: 10})
	if len(got) != 2 || !got[0].At.Equal(noon) || got[0].Subject != "booking/b2" {
		t.Error(got)
	}
}

func TestAQuerySelectsAndPages(t *testing.T) {
	t.Parallel()
	st, log := open(t)
	for n := range 250 {
		e := moved([]string{"room", "square"}[n%2], fmt.Sprint("b", n))
		if n%10 == 0 {
			e.Action, e.Actor = "venue.saved", "manager"
		}
		add(t, st, noon.Add(time.Duration(n)*time.Minute), e)
	}
	for name, c := range map[string]struct {
		q    audit.Query
		want int
	}{
		"all":                          {audit.Query{}, 250},
		"a chain":                      {audit.Query{Chain: "room"}, 125},
		"a chain nobody wrote":         {audit.Query{Chain: "none"}, 0},
		"a chain within a time":        {audit.Query{Chain: "room", From: noon.Add(time.Hour), Before: noon.Add(2 * time.Hour)}, 30},
		"all within a time":            {audit.Query{From: noon.Add(time.Hour), Before: noon.Add(2 * time.Hour)}, 60},
		"a chain before all":           {audit.Query{Chain: "room", Before: noon}, 0},
		"a chain after all":            {audit.Query{Chain: "room", From: noon.Add(1000 * time.Hour)}, 0},
		"an action":                    {audit.Query{Action: "venue"}, 25},
		"the beginning of a word only": {audit.Query{Action: "ven"}, 0},
		"who did it":                   {audit.Query{Actor: "manager"}, 25},
		"for whom":                     {audit.Query{Actor: "elder", Chain: "square"}, 125},
		"what it happened to":          {audit.Query{Subject: "booking/b7"}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seen := map[string]bool{}
			c.q.Limit = 7
			for {
				page, next, err := log.Find(context.Background(), everyone{}, c.q)
				if err != nil {
					t.Fatal(err)
				}
				for _, r := range page {
					seen[r.ID] = true
				}
				if c.q.After = next; next == "" {
					break
				}
			}
			c.q.After = ""
			all, err := log.Export(context.Background(), everyone{}, c.q)
			if err != nil || len(seen) != c.want || len(all) != c.want {
				t.Errorf("%d by pages, %d exported, not %d; %v", len(seen), len(all), c.want, err)
			}
			for i := 1; i < len(all); i++ {
				if all[i].At.Before(all[i-1].At) {
					t.Error("an export begins with the oldest")
				}
			}
		})
	}
}

func TestOnlyAuditorsRead(t *testing.T) {
	t.Parallel()
	st, log := open(t)
	add(t, st, noon, moved("room", "b1"), moved("square", "b2"), audit.Entry{Action: "grant.given", Subject: "account/a"})
	for _, chain := range []string{"", audit.District, "square"} {
		if _, _, err := log.Find(t.Context(), onlyOf("room"), audit.Query{Chain: chain, Limit: 10}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("found in %q: %v", chain, err)
		}
		if _, err := log.Export(t.Context(), onlyOf("room"), audit.Query{Chain: chain}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("exported %q: %v", chain, err)
		}
	}
}

func TestManyWritersMakeOneChain(t *testing.T) {
	t.Parallel()
	st, log := open(t)
	var wg sync.WaitGroup
	for w := range 16 {
		wg.Go(func() {
			for n := range 20 {
				if err := st.Update(context.Background(), func(tx store.Tx) error {
					return audit.Append(tx, noon, moved("room", fmt.Sprint(w, ".", n)), moved("square", fmt.Sprint(w, ".", n)), moved("room", "x"))
				}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	ends, broken, err := log.Verify(t.Context())
	if err != nil || len(broken) != 0 || len(ends) != 2 || ends[0].Number != 640 || ends[1].Number != 320 {
		t.Error(ends, broken, err)
	}
}

func TestEveryWayToTamperIsSeen(t *testing.T) {
	t.Parallel()
	const records, heads = "audit_records", "audit_heads"
	get := func(tx store.Tx, collection, id string) bson.M {
		var m bson.M
		if err := tx.Get(collection, id, &m); err != nil {
			t.Error(err)
		}
		return m
	}
	for name, c := range map[string]struct {
		tamper func(tx store.Tx) error
		want   string
	}{
		"nothing": {func(store.Tx) error { return nil }, ""},
		"a changed actor": {func(tx store.Tx) error {
			m := get(tx, records, "room|000000000002")
			m["actor"] = "somebody else"
			return tx.Replace(records, m)
		}, "room, record 2: it was altered"},
		"a record taken out": {func(tx store.Tx) error { return tx.Delete(records, "room|000000000002") }, "room, record 2: records are missing"},
		"the last taken out": {func(tx store.Tx) error { return tx.Delete(records, "room|000000000003") }, "room, record 3: the records up to number 3"},
		"the first taken out": {func(tx store.Tx) error {
			return tx.Delete(records, "room|000000000001")
		}, "room, record 1: records are missing"},
		"a whole chain taken out": {func(tx store.Tx) error {
			for n := 1; n <= 3; n++ {
				if err := tx.Delete(records, fmt.Sprintf("room|%012d", n)); err != nil {
					return err
				}
			}
			return nil
		}, "room, record 1: the records up to number 3"},
		"an end taken out": {func(tx store.Tx) error { return tx.Delete(heads, "room") }, "room, record 3: the chain has no end"},
		"an end turned back": {func(tx store.Tx) error {
			m := get(tx, heads, "room")
			m["n"] = int64(2)
			return tx.Replace(heads, m)
		}, "room, record 2: the chain ends in another record"},
		"a record under another number": {func(tx store.Tx) error {
			m := get(tx, records, "room|000000000002")
			m["_id"] = "room|000000000004"
			return tx.Insert(records, m)
		}, "kept under another number"},
		"two records exchanged": {func(tx store.Tx) error {
			a, b := get(tx, records, "room|000000000001"), get(tx, records, "room|000000000002")
			a["_id"], b["_id"] = b["_id"], a["_id"]
			if err := tx.Replace(records, a); err != nil {
				return err
			}
			return tx.Replace(records, b)
		}, "kept under another number"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			st, log := open(t)
			add(t, st, noon, moved("room", "1"), moved("room", "2"), moved("room", "3"), moved("square", "1"))
			if err := st.Update(t.Context(), c.tamper); err != nil {
				t.Fatal(err)
			}
			_, broken, err := log.Verify(t.Context())
			if err != nil || c.want == "" && len(broken) > 0 || c.want != "" && !strings.Contains(fmt.Sprint(broken), c.want) {
				t.Errorf("%v, %v; want %q", broken, err, c.want)
			}
		})
	}
}

func TestAChainThatIsWrittenAnewIsSeenByAMark(t *testing.T) {
	t.Parallel()
	st, log := open(t)
	add(t, st, noon, moved("room", "1"), moved("room", "2"))
	marks, _, err := log.Verify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	add(t, st, noon, moved("room", "3"))
	if _, broken, err := log.Verify(t.Context(), marks...); err != nil || len(broken) > 0 {
		t.Errorf("an honest chain: %v, %v", broken, err)
	}
	forged, forger := open(t)
	add(t, forged, noon, moved("room", "1"), moved("room", "another"), moved("room", "3"))
	if _, broken, _ := forger.Verify(t.Context()); len(broken) > 0 {
		t.Errorf("a forged chain holds by itself: %v", broken)
	}
	if _, broken, _ := forger.Verify(t.Context(), marks...); !strings.Contains(fmt.Sprint(broken), "rewritten since it was marked") {
		t.Errorf("a forged chain against the mark: %v", broken)
	}
	cut, cutter := open(t)
	add(t, cut, noon, moved("room", "1"))
	if _, broken, _ := cutter.Verify(t.Context(), marks...); !strings.Contains(fmt.Sprint(broken), "cut since it was marked") {
		t.Errorf("a cut chain against the mark: %v", broken)
	}
}

func TestChangesAreTheFieldsThatDiffer(t *testing.T) {
	t.Parallel()
	type venue struct {
		Name  string `json:"name"`
		Hours []int  `json:"hours"`
		Phone string `json:"phone,omitempty"`
	}
	was, is, err := audit.Changes(venue{"a", []int{1}, "0798"}, venue{"a", []int{1, 2}, ""})
	if err != nil || fmt.Sprintf("%s %s", was, is) != `map[hours:[1] phone:"0798"] map[hours:[1,2]]` {
		t.Errorf("%s %s %v", was, is, err)
	}
	if was, is, err = audit.Changes(nil, venue{Name: "a"}); err != nil || len(was) != 0 || string(is["name"]) != `"a"` {
		t.Errorf("%s %s %v", was, is, err)
	}
}
