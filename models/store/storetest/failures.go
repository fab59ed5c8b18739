package storetest

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/fault"
	"wenguan/models/store"
)

var failures = []promise{
	{"an error inside fn leaves nothing behind", errorInside},
	{"a panic inside fn leaves nothing behind and reaches the caller", panicInside},
	{"an exit inside fn leaves nothing behind", exitInside},
	{"a write error ends the transaction", writeErrorEnds},
	{"an error of fn comes back as it is", errorComesBack},
	{"a cancelled context runs nothing", cancelledBefore},
	{"a context cancelled inside fn leaves nothing behind", cancelledInside},
	{"a deadline that has passed is reported as such", deadlinePassed},
	{"an fn that runs more than once is harmless", runsTwice},
	{"a closed store says so", closedStore},
}

var errRefused = errors.New("refused")

// mess writes in every way; base is in the store before.
func mess(tx store.Tx) error {
	return errors.Join(
		tx.Insert("items", doc("new", "name", "n", "phone", "2", "group", "g", "rank", 2)),
		tx.Replace("items", doc("base", "name", "changed", "phone", "3", "group", "g", "rank", 3)),
		tx.Delete("items", "other"),
	)
}

func base(t *testing.T, st store.Store) {
	t.Helper()
	insert(t, st, doc("base", "name", "b", "phone", "1", "group", "g", "rank", 1), doc("other", "name", "o"))
}

// wantBase asserts that nothing of mess is left, in documents and in indexes.
func wantBase(t *testing.T, st store.Store) {
	t.Helper()
	wantAbsent(t, st, "new")
	wantIDs(t, st, store.Query{}, "base", "other")
	wantIDs(t, st, store.Query{Index: "name"}, "base", "other")
	wantIDs(t, st, store.Query{Index: "rank", Equal: []any{"g"}, From: 1}, "base")
	wantIDs(t, st, store.Query{Index: "phone", Equal: []any{"1"}}, "base")
	insert(t, st, doc("later", "phone", "2")) // no index entry keeps the number taken
}

func errorInside(t *testing.T, st store.Store) {
	base(t, st)
	err := st.Update(t.Context(), func(tx store.Tx) error { return errors.Join(mess(tx), errRefused) })
	if !errors.Is(err, errRefused) {
		t.Errorf("the caller got %v", err)
	}
	wantBase(t, st)
}

func panicInside(t *testing.T, st store.Store) {
	base(t, st)
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic did not reach the caller")
			}
		}()
		_ = st.Update(t.Context(), func(tx store.Tx) error {
			if err := mess(tx); err != nil {
				t.Error(err)
			}
			panic("inside fn")
		})
	}()
	func() {
		defer func() { _ = recover() }()
		_ = st.View(t.Context(), func(store.Tx) error { panic("inside a View") })
	}()
	wantBase(t, st)
}

func exitInside(t *testing.T, st store.Store) {
	base(t, st)
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = st.Update(t.Context(), func(tx store.Tx) error {
			if err := mess(tx); err != nil {
				t.Error(err)
			}
			runtime.Goexit() // as t.Fatal in fn does
			return nil
		})
		t.Error("the caller went on after its fn had ended the goroutine")
	}()
	<-done
	wantBase(t, st)
}

func writeErrorEnds(t *testing.T, st store.Store) {
	base(t, st)
	err := st.Update(t.Context(), func(tx store.Tx) error {
		if err := tx.Insert("items", doc("new")); err != nil {
			t.Error(err)
		}
		wantCode(t, tx.Insert("items", doc("base")), fault.Conflict, "duplicate_id")
		var raw bson.Raw
		if tx.Get("items", "other", &raw) == nil || tx.Insert("items", doc("newer")) == nil {
			t.Error("the transaction went on after a write error")
		}
		return nil // forgets the error
	})
	wantCode(t, err, fault.Conflict, "duplicate_id")
	wantAbsent(t, st, "newer")
	wantBase(t, st)
}

func errorComesBack(t *testing.T, st store.Store) {
	refusal := fault.New(fault.Conflict, "space_taken", "Taken.").With("space", "A")
	fn := func(store.Tx) error { return refusal }
	if err := st.Update(t.Context(), fn); !errors.Is(err, refusal) {
		t.Errorf("Update returned %v", err)
	}
	if err := st.View(t.Context(), fn); !errors.Is(err, refusal) {
		t.Errorf("View returned %v", err)
	}
}

func cancelledBefore(t *testing.T, st store.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	fn := func(store.Tx) error {
		t.Error("fn has been run")
		return nil
	}
	if err := st.Update(ctx, fn); !errors.Is(err, context.Canceled) {
		t.Errorf("Update returned %v", err)
	}
	if err := st.View(ctx, fn); !errors.Is(err, context.Canceled) {
		t.Errorf("View returned %v", err)
	}
}

func cancelledInside(t *testing.T, st store.Store) {
	base(t, st)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	err := st.Update(ctx, func(tx store.Tx) error {
		err := mess(tx)
		cancel()
		return err
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Update returned %v", err)
	}
	wantBase(t, st)
}

func deadlinePassed(t *testing.T, st store.Store) {
	ctx, cancel := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
	defer cancel()
	err := st.Update(ctx, func(tx store.Tx) error { return tx.Insert("items", doc("new")) })
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Update returned %v", err)
	}
	wantAbsent(t, st, "new")
}

func runsTwice(t *testing.T, st store.Store) {
	base(t, st)
	runs := 0
	err := Twice(st).Update(t.Context(), func(tx store.Tx) error {
		runs++
		return mess(tx)
	})
	if err != nil || runs != 2 {
		t.Fatalf("fn ran %d times: %v", runs, err)
	}
	wantIDs(t, st, store.Query{}, "base", "new")
	wantIDs(t, st, store.Query{Index: "rank", Equal: []any{"g"}}, "new", "base")
}

func closedStore(t *testing.T, st store.Store) {
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	fn := func(store.Tx) error {
		t.Error("fn has been run")
		return nil
	}
	wantCode(t, st.Update(t.Context(), fn), fault.Unavailable, "store_closed")
	wantCode(t, st.View(t.Context(), fn), fault.Unavailable, "store_closed")
	if err := st.Close(); err != nil {
		t.Errorf("closing again: %v", err)
	}
}
