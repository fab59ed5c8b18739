package venue_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wenguan/models/account"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/store"
	"wenguan/models/venue"
)

func TestSaveCreatesAndGetReadsBackTheSame(t *testing.T) {
	t.Parallel()
	c, _ := opened(t)
	given := room("qingfen")
	given.Name.ZH = "  清芬书屋 "
	given.Hours[2] = hours("14:00-18:00", "08:30-12:00")
	given.Atoms = append(given.Atoms, venue.Atom{ID: "nobody-uses-it", Capacity: 1})
	made := saved(t, c, given)
	if made.Revision != 1 || made.Rules.Version != 1 || !made.UpdatedAt.Equal(noon) {
		t.Errorf("revision %d, rules version %d, updated %s", made.Revision, made.Rules.Version, made.UpdatedAt)
	}
	if made.Name.ZH != "清芬书屋" || len(made.Atoms) != 4 {
		t.Errorf("name %q, %d atoms: not tidied", made.Name.ZH, len(made.Atoms))
	}
	if diff := cmp.Diff(hours("08:30-12:00", "14:00-18:00"), made.Hours[2]); diff != "" {
		t.Error(diff)
	}
	if given.Name.ZH != "  清芬书屋 " || given.Revision != 0 || len(given.Atoms) != 5 {
		t.Error("Save changed its argument")
	}
	read, err := c.Get(t.Context(), "qingfen")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(made, read); diff != "" {
		t.Error(diff)
	}
}

func TestSaveGivesIdsToVenuesAndClosuresWithoutOne(t *testing.T) {
	t.Parallel()
	c, _ := opened(t)
	v := room("")
	v.Closures = []venue.Closure{{Start: noon, End: noon.Add(60 * 60 * 1e9)}}
	made := saved(t, c, v)
	if made.ID == "" || made.Closures[0].ID == "" {
		t.Errorf("id %q, closure id %q", made.ID, made.Closures[0].ID)
	}
}

func TestSaveNeedsTheRevisionThatWasRead(t *testing.T) {
	t.Parallel()
	c, _ := opened(t)
	first := saved(t, c, room("qingfen"))
	first.Phone = "0790 123456"
	second := saved(t, c, first)
	if second.Revision != 2 {
		t.Errorf("revision %d", second.Revision)
	}
	_, err := c.Save(t.Context(), administrator, first)
	wantFault(t, err, fault.Conflict, "revision_changed")
	if e, _ := errors.AsType[*fault.Error](err); e.Params["revision"] != int64(2) {
		t.Errorf("params %v", e.Params)
	}
	_, err = c.Save(t.Context(), administrator, room("qingfen"))
	wantFault(t, err, fault.Conflict, "venue_exists")
	ahead := room("qingfen")
	ahead.Revision = 9
	_, err = c.Save(t.Context(), administrator, ahead)
	wantFault(t, err, fault.Conflict, "revision_changed")
	ahead.ID = "nowhere"
	_, err = c.Save(t.Context(), administrator, ahead)
	wantFault(t, err, fault.NotFound, "venue_not_found")
}

func TestOfManyWhoCreateTheSameVenueOneWins(t *testing.T) {
	t.Parallel()
	c, _ := opened(t)
	errs := together(16, func(int) error { _, err := c.Save(t.Context(), administrator, room("qingfen")); return err })
	countOneWinner(t, errs, "venue_exists")
}

func TestOfManyWhoChangeTheSameRevisionOneWins(t *testing.T) {
	t.Parallel()
	c, _ := opened(t)
	made := saved(t, c, room("qingfen"))
	errs := together(16, func(int) error { _, err := c.Save(t.Context(), administrator, made); return err })
	countOneWinner(t, errs, "revision_changed")
}

func together(n int, do func(int) error) []error {
	errs := make([]error, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { errs[i] = do(i) })
	}
	wg.Wait()
	return errs
}

func countOneWinner(t *testing.T, errs []error, code string) {
	t.Helper()
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
		} else {
			wantFault(t, err, fault.Conflict, code)
		}
	}
	if won != 1 {
		t.Errorf("%d won", won)
	}
}

func TestOnlyWhoMayEditSaves(t *testing.T) {
	t.Parallel()
	c, _ := opened(t)
	for name, tc := range map[string]struct {
		actor account.Actor
		kind  fault.Kind
	}{
		"nobody":                               {account.Actor{}, fault.Unauthenticated},
		"a resident":                           {resident, fault.Forbidden},
		"a manager, who edits but not creates": {managerOfRoom, fault.Forbidden},
	} {
		if _, err := c.Save(t.Context(), tc.actor, room("qingfen")); fault.KindOf(err) != tc.kind {
			t.Errorf("%s: %v", name, err)
		}
	}
	mine, other := saved(t, c, room("qingfen")), saved(t, c, room("other"))
	if _, err := c.Save(t.Context(), managerOfRoom, mine); err != nil {
		t.Errorf("the manager of the venue: %v", err)
	}
	if _, err := c.Save(t.Context(), managerOfRoom, other); !fault.Is(err, fault.Forbidden) {
		t.Errorf("the manager of another venue: %v", err)
	}
}

func TestABookingFindsTheRulesItWasMadeUnder(t *testing.T) {
	t.Parallel()
	c, st := opened(t)
	v := saved(t, c, room("qingfen"))
	v.Phone = "0790 123456"
	v = saved(t, c, v)
	if v.Rules.Version != 1 {
		t.Errorf("a change of the telephone made rules version %d", v.Rules.Version)
	}
	v.Rules.Longest = 120
	v.Rules.Version = 77 // what the client says does not count
	v = saved(t, c, v)
	if v.Rules.Version != 2 {
		t.Errorf("changed rules have version %d", v.Rules.Version)
	}
	err := st.View(t.Context(), func(tx store.Tx) error {
		for version, longest := range map[int32]int32{1: 240, 2: 120} {
			for range 2 { // the second time from memory
				r, err := c.RulesAt(tx, "qingfen", version)
				if err != nil || r.Longest != longest || r.Version != version {
					t.Errorf("version %d: %+v, %v", version, r, err)
				}
			}
		}
		_, err := c.RulesAt(tx, "qingfen", 3)
		wantFault(t, err, fault.NotFound, "rule_version_not_found")
		_, err = c.RulesAt(tx, "nowhere", 1)
		wantFault(t, err, fault.NotFound, "rule_version_not_found")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAVenueIsDecodedOncePerRevision(t *testing.T) {
	t.Parallel()
	c, _ := opened(t)
	v := saved(t, c, room("qingfen"))
	saved(t, c, room("other"))
	first, again := get(t, c, "qingfen"), get(t, c, "qingfen")
	if first != again {
		t.Error("read twice, decoded twice")
	}
	saved(t, c, room("third"))
	if get(t, c, "qingfen") != first {
		t.Error("decoded again because another venue changed")
	}
	v.Phone = "0790 123456"
	saved(t, c, v)
	changed := get(t, c, "qingfen")
	if changed == first || changed.Phone != "0790 123456" {
		t.Error("the change is not seen")
	}
	if first.Phone != "" {
		t.Error("a shared venue was written to")
	}
}

func get(t *testing.T, c *venue.Catalog, id string) *venue.Venue {
	t.Helper()
	v, err := c.Get(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Two services over one store: what one saves the other sees, though it has an older version in memory.
func TestAnotherCatalogOverTheSameStoreSeesChanges(t *testing.T) {
	t.Parallel()
	c, st := opened(t)
	v := saved(t, c, room("qingfen"))
	other := venue.New(st, nil)
	_ = get(t, other, "qingfen")
	if page, _, err := other.List(t.Context(), venue.Filter{}); err != nil || len(page) != 1 {
		t.Fatalf("%d venues, %v", len(page), err)
	}
	v.Phone = "0790 123456"
	saved(t, c, v)
	saved(t, c, room("another"))
	if got := get(t, other, "qingfen"); got.Phone != "0790 123456" {
		t.Error("Get has the old version")
	}
	page, _, err := other.List(t.Context(), venue.Filter{})
	if err != nil || len(page) != 2 || page[0].ID != "another" || page[1].Phone != "0790 123456" {
		t.Errorf("List has the old state: %d venues, %v", len(page), err)
	}
}

// A reader with an old snapshot gets the old venue, even after others have put a newer one in memory.
func TestAnOldSnapshotSeesOldVenues(t *testing.T) {
	t.Parallel()
	c, st := opened(t)
	v := saved(t, c, room("qingfen"))
	err := st.View(t.Context(), func(tx store.Tx) error {
		if before, err := c.In(tx, "qingfen"); err != nil || before.Revision != 1 {
			t.Errorf("before: %v, %v", before, err)
		}
		saved(t, c, v)
		saved(t, c, room("another"))
		_ = get(t, c, "qingfen")
		if _, _, err := c.List(t.Context(), venue.Filter{}); err != nil {
			return err
		}
		after, err := c.In(tx, "qingfen")
		if err != nil || after.Revision != 1 {
			t.Errorf("after: revision %d, %v", after.Revision, err)
		}
		all, err := c.All(tx)
		if err != nil || len(all) != 1 || all[0].Revision != 1 {
			t.Errorf("all: %d, %v", len(all), err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := get(t, c, "qingfen"); got.Revision != 2 {
		t.Errorf("afterwards the venue has revision %d", got.Revision)
	}
}

func TestReadersAndWritersMeet(t *testing.T) {
	t.Parallel()
	c, st := opened(t)
	saved(t, c, room("qingfen"))
	errs := together(8, func(n int) error {
		for range 30 {
			if n == 0 {
				v, err := c.Get(t.Context(), "qingfen")
				if err != nil {
					return err
				}
				if _, err := c.Save(t.Context(), administrator, v); err != nil {
					return err
				}
				continue
			}
			err := st.View(t.Context(), func(tx store.Tx) error {
				one, err := c.In(tx, "qingfen")
				if err != nil {
					return err
				}
				all, err := c.All(tx)
				if err == nil && all[0].Revision != one.Revision {
					return errors.New("one transaction saw two revisions")
				}
				return err
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	if got := get(t, c, "qingfen"); got.Revision != 31 {
		t.Errorf("revision %d after 30 saves", got.Revision)
	}
}

// lossy is a store whose commits fail after another transaction of the same batch has read what was written.
type lossy struct {
	store.Store
	reader func(store.Tx) error
	broken bool
}

func (l *lossy) Update(ctx context.Context, fn func(store.Tx) error) error {
	if !l.broken {
		return l.Store.Update(ctx, fn)
	}
	return l.Store.Update(ctx, func(tx store.Tx) error {
		if err := errors.Join(fn(tx), l.reader(tx)); err != nil {
			return err
		}
		return errors.New("no space left on device")
	})
}

func TestAFailedCommitLeavesNothingInMemory(t *testing.T) {
	t.Parallel()
	_, st := opened(t)
	disk := &lossy{Store: st}
	c := venue.New(disk, func() time.Time { return noon })
	disk.reader = func(tx store.Tx) error {
		_, err := c.In(tx, "qingfen")
		_, errAll := c.All(tx)
		_, errCal := c.Calendar(tx)
		return errors.Join(err, errAll, errCal)
	}
	v := saved(t, c, room("qingfen"))
	disk.broken = true
	v.Phone = "0790 111111"
	if _, err := c.Save(t.Context(), administrator, v); !fault.Is(err, fault.Internal) {
		t.Fatalf("got %v", err)
	}
	if err := c.SaveCalendar(t.Context(), administrator, &civil.Calendar{}); !fault.Is(err, fault.Internal) {
		t.Fatalf("got %v", err)
	}
	disk.broken = false
	v.Phone = "0790 222222"
	saved(t, c, v)
	if got := get(t, c, "qingfen").Phone; got != "0790 222222" {
		t.Errorf("the telephone is %s", got)
	}
	cal := civil.NewCalendar(0, []civil.Holiday{{Date: day("2027-10-01"), Name: "国庆节"}})
	if err := c.SaveCalendar(t.Context(), administrator, cal); err != nil {
		t.Fatal(err)
	}
	if got, err := c.CalendarOf(t.Context()); err != nil || len(got.Days) != 1 {
		t.Errorf("the calendar has %d days, %v", len(got.Days), err)
	}
}

func TestAbsentVenuesAreNotFound(t *testing.T) {
	t.Parallel()
	c, _ := opened(t)
	_, err := c.Get(t.Context(), "nowhere")
	wantFault(t, err, fault.NotFound, "venue_not_found")
}
