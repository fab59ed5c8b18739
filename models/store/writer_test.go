package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"

	"go.etcd.io/bbolt"
	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/fault"
)

var notes = []Collection{{Name: "notes", Indexes: []Index{{Name: "word", Fields: []string{"word"}}}}}

type note struct {
	ID   string `bson:"_id"`
	Word string `bson:"word"`
	Data []byte `bson:"data,omitempty"`
}

func openNotes(t *testing.T, change func(*bbolt.Options)) (*Embedded, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "notes.db")
	opts := boltOptions(EmbeddedOptions{})
	change(opts)
	e, err := openEmbedded(path, opts, notes)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	return e, path
}

// oneBatch runs the fns as one batch, in their order: the writer is held until all of them wait.
func oneBatch(t *testing.T, e *Embedded, fns ...func(Tx) error) []error {
	t.Helper()
	errs := make([]error, len(fns))
	var wg sync.WaitGroup
	err := e.Update(t.Context(), func(Tx) error {
		for n, fn := range fns {
			wg.Go(func() { errs[n] = e.Update(t.Context(), fn) })
			awaitWaiting(e, n+1)
		}
		return nil
	})
	if err != nil && !fault.Is(err, fault.Unavailable) {
		t.Fatal(err)
	}
	wg.Wait()
	return errs
}

func awaitWaiting(e *Embedded, n int) {
	for waiting := 0; waiting < n; runtime.Gosched() {
		e.writer.mu.Lock()
		waiting = len(e.writer.waiting)
		e.writer.mu.Unlock()
	}
}

func ids(t *testing.T, e *Embedded, q Query) (found []string) {
	t.Helper()
	err := e.View(t.Context(), func(tx Tx) error {
		all, err := All[note](tx, "notes", q)
		for _, n := range all {
			found = append(found, n.ID)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestBatchSeesEarlierWritesAndNoneOfTheFailed(t *testing.T) {
	t.Parallel()
	e, _ := openNotes(t, func(*bbolt.Options) {})
	word := Query{Index: "word", Equal: []any{"w"}}
	errs := oneBatch(t, e,
		func(tx Tx) error { return tx.Insert("notes", note{ID: "a", Word: "w"}) },
		func(tx Tx) error {
			return errors.Join(tx.Insert("notes", note{ID: "b", Word: "w"}), tx.Delete("notes", "a"), errors.New("no"))
		},
		func(tx Tx) error {
			found, err := All[note](tx, "notes", word)
			if len(found) != 1 || found[0].ID != "a" {
				t.Errorf("the third of the batch finds %v", found)
			}
			return errors.Join(err, tx.Replace("notes", note{ID: "a", Word: "x"}), tx.Insert("notes", note{ID: "c", Word: "w"}))
		},
		func(tx Tx) error { return tx.Insert("notes", note{ID: "c"}) },
	)
	if errs[0] != nil || errs[1] == nil || errs[2] != nil || fault.CodeOf(errs[3]) != "duplicate_id" {
		t.Errorf("answers are %v", errs)
	}
	if got := fmt.Sprint(ids(t, e, word), ids(t, e, Query{})); got != "[c] [a c]" {
		t.Errorf("kept %s", got)
	}
}

func TestFailedCommitIsReportedToEveryCallerOfTheBatch(t *testing.T) {
	t.Parallel()
	e, path := openNotes(t, func(o *bbolt.Options) { o.MaxSize, o.InitialMmapSize = 1<<20, 0 })
	insert := func(id string, size int) func(Tx) error {
		return func(tx Tx) error { return tx.Insert("notes", note{ID: id, Word: id, Data: make([]byte, size)}) }
	}
	if err := e.Update(t.Context(), insert("before", 10)); err != nil {
		t.Fatal(err)
	}
	nothing := func(Tx) error { return nil }
	for n, err := range oneBatch(t, e, insert("small", 10), insert("large", 4<<20), insert("other", 10), nothing) {
		if !fault.Is(err, fault.Unavailable) || fault.CodeOf(err) != "not_saved" {
			t.Errorf("caller %d got %v", n, err)
		}
	}
	if got := ids(t, e, Query{}); fmt.Sprint(got) != "[before]" {
		t.Errorf("after the failed commit there is %v", got)
	}
	if err := e.Update(t.Context(), insert("after", 10)); err != nil {
		t.Errorf("the store is of no use any more: %v", err)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := OpenEmbedded(path, EmbeddedOptions{}, notes)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if got := fmt.Sprint(ids(t, again, Query{}), ids(t, again, Query{Index: "word"})); got != "[after before] [after before]" {
		t.Errorf("the file has %s", got)
	}
	sound(t, again)
}

// sound asserts that bbolt finds its own file consistent.
func sound(t *testing.T, e *Embedded) {
	t.Helper()
	err := e.db.View(func(tx *bbolt.Tx) error {
		for err := range tx.Check() {
			t.Error(err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestNothingIsWrittenAfterTheDiskLostWrites(t *testing.T) {
	t.Parallel()
	e, _ := openNotes(t, func(*bbolt.Options) {})
	e.writer.broken = syscall.EIO // as flush sets it after a failed fsync
	err := e.Update(t.Context(), func(tx Tx) error { return tx.Insert("notes", note{ID: "a"}) })
	if !fault.Is(err, fault.Unavailable) || !errors.Is(err, syscall.EIO) {
		t.Errorf("got %v", err)
	}
	if got := ids(t, e, Query{}); got != nil {
		t.Errorf("it wrote %v", got)
	}
}

func TestGivingUpInTheQueueRunsNothing(t *testing.T) {
	t.Parallel()
	e, _ := openNotes(t, func(*bbolt.Options) {})
	ctx, cancel := context.WithCancel(t.Context())
	err := e.Update(t.Context(), func(tx Tx) error {
		gaveUp := make(chan error)
		go func() {
			gaveUp <- e.Update(ctx, func(Tx) error { t.Error("fn has been run"); return nil })
		}()
		awaitWaiting(e, 1)
		cancel()
		if err := <-gaveUp; !errors.Is(err, context.Canceled) { // while the writer is still here
			t.Errorf("got %v", err)
		}
		return tx.Insert("notes", note{ID: "a"})
	})
	if err != nil || fmt.Sprint(ids(t, e, Query{})) != "[a]" {
		t.Errorf("the one before it: %v", err)
	}
}

func TestPanicNamesItsPlace(t *testing.T) {
	t.Parallel()
	e, _ := openNotes(t, func(*bbolt.Options) {})
	defer func() {
		if said := fmt.Sprint(recover()); !strings.HasPrefix(said, "inside fn") || !strings.Contains(said, "writer_test.go") {
			t.Errorf("the panic says %s", said)
		}
	}()
	_ = e.Update(t.Context(), func(Tx) error { panic("inside fn") })
}

func TestCloseWaitsForWhatIsUnderWay(t *testing.T) {
	t.Parallel()
	e, path := openNotes(t, func(*bbolt.Options) {})
	closing := make(chan error, 1)
	var second error
	var wg sync.WaitGroup
	err := e.Update(t.Context(), func(tx Tx) error {
		wg.Go(func() { second = e.Update(t.Context(), func(tx Tx) error { return tx.Insert("notes", note{ID: "b"}) }) })
		awaitWaiting(e, 1)
		go func() { closing <- e.Close() }()
		return tx.Insert("notes", note{ID: "a"})
	})
	wg.Wait()
	if err := errors.Join(err, second, <-closing); err != nil {
		t.Fatal(err)
	}
	again, err := OpenEmbedded(path, EmbeddedOptions{}, notes)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if got := fmt.Sprint(ids(t, again, Query{})); got != "[a b]" {
		t.Errorf("the file has %s", got)
	}
}

func TestOverlayHoldsManyWritesInOrder(t *testing.T) {
	t.Parallel()
	e, _ := openNotes(t, func(o *bbolt.Options) { o.NoSync = true })
	const n = 5000
	err := e.Update(t.Context(), func(tx Tx) error {
		for m := range n { // n and 1237 have no common factor: every number once, in no order
			if err := tx.Insert("notes", note{ID: fmt.Sprintf("%05d", m*1237%n), Word: "w"}); err != nil {
				return err
			}
		}
		for m := 0; m < n; m += 2 {
			if err := tx.Delete("notes", fmt.Sprintf("%05d", m)); err != nil {
				return err
			}
		}
		want := 1
		return tx.Find("notes", Query{Index: "word"}, func(raw bson.Raw) (bool, error) {
			if id := raw.Lookup("_id").StringValue(); id != fmt.Sprintf("%05d", want) {
				return false, fmt.Errorf("%s comes where %05d should", id, want)
			}
			want += 2
			return true, nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := ids(t, e, Query{Desc: true}); len(got) != n/2 || got[0] != "04999" {
		t.Errorf("kept %d, last %s", len(got), got[0])
	}
}
