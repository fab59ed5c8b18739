// Package storetest is the conformance suite of the store: what package store promises, as tests that any engine must
// pass. It also lends other packages' tests a throw-away store. It knows the contract only, never an engine's insides.
package storetest

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/fault"
	"wenguan/models/store"
)

// New opens an embedded store in a folder of its own, closed when the test ends. Its commits do not wait for the disk.
func New(t testing.TB, collections ...store.Collection) *store.Embedded {
	t.Helper()
	path := filepath.Join(t.TempDir(), "wenguan.db")
	st, err := store.OpenEmbedded(path, store.EmbeddedOptions{NoSync: true}, collections)
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

// Twice is st with every Update run twice: first in a transaction that is thrown away, as after a conflict, then for
// good. What a verb does must be the same on it.
func Twice(st store.Store) store.Store { return twice{st} }

type twice struct{ store.Store }

var errAgain = errors.New("again")

func (s twice) Update(ctx context.Context, fn func(store.Tx) error) error {
	err := s.Store.Update(ctx, func(tx store.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return errAgain
	})
	if !errors.Is(err, errAgain) {
		return err
	}
	return s.Store.Update(ctx, fn)
}

// Open opens an empty store with the collections; it is closed, and what it kept is gone, when the test ends.
type Open func(t *testing.T, collections []store.Collection) store.Store

// Run holds an engine to everything that package store promises.
func Run(t *testing.T, open Open) {
	for _, s := range []struct {
		name  string
		tests []promise
	}{
		{"writes", writes}, {"failures", failures}, {"indexes", indexes}, {"reads", reads}, {"paging", paging},
		{"concurrency", concurrency}, {"model", model}, {"copy", copies},
	} {
		for _, p := range s.tests {
			t.Run(s.name+"/"+p.name, func(t *testing.T) {
				t.Parallel()
				p.test(t, open(t, Collections()))
			})
		}
	}
}

// promise is one sentence of the contract with its test.
type promise struct {
	name string
	test func(*testing.T, store.Store)
}

// Collections are what the suite works with.
func Collections() []store.Collection {
	return []store.Collection{
		{Name: "accounts"},
		{Name: "items", Indexes: []store.Index{
			{Name: "rank", Fields: []string{"group", "rank"}},
			{Name: "name", Fields: []string{"name"}},
			{Name: "at", Fields: []string{"at"}},
			{Name: "on", Fields: []string{"on", "rank"}},
			{Name: "phone", Fields: []string{"phone"}, Unique: true},
			{Name: "pair", Fields: []string{"left", "right"}, Unique: true},
		}},
	}
}

func update(t *testing.T, st store.Store, fn func(store.Tx) error) {
	t.Helper()
	if err := st.Update(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

func insert(t *testing.T, st store.Store, docs ...bson.D) {
	t.Helper()
	update(t, st, func(tx store.Tx) error {
		for _, d := range docs {
			if err := tx.Insert("items", d); err != nil {
				return err
			}
		}
		return nil
	})
}

func view(t *testing.T, st store.Store, fn func(store.Tx) error) {
	t.Helper()
	if err := st.View(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// ids are the identifiers of what q selects in items, in order.
func ids(tx store.Tx, q store.Query) (found []string, err error) {
	err = tx.Find("items", q, func(raw bson.Raw) (bool, error) {
		found = append(found, raw.Lookup("_id").StringValue())
		return true, nil
	})
	return found, err
}

func wantIDs(t *testing.T, st store.Store, q store.Query, want ...string) {
	t.Helper()
	view(t, st, func(tx store.Tx) error {
		got, err := ids(tx, q)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("find %+v: (-want +got)\n%s", q, diff)
		}
		return err
	})
}

func wantCode(t *testing.T, err error, kind fault.Kind, code string) {
	t.Helper()
	if !fault.Is(err, kind) || fault.CodeOf(err) != code {
		t.Errorf("error is %v (%s %s), want %s %s", err, fault.KindOf(err), fault.CodeOf(err), kind, code)
	}
}

// wantAbsent asserts that nothing is left of the items.
func wantAbsent(t *testing.T, st store.Store, names ...string) {
	t.Helper()
	view(t, st, func(tx store.Tx) error {
		for _, id := range names {
			var raw bson.Raw
			wantCode(t, tx.Get("items", id, &raw), fault.NotFound, "document_not_found")
		}
		return nil
	})
}

func doc(id string, pairs ...any) bson.D {
	d := bson.D{{Key: "_id", Value: id}}
	for n := 0; n < len(pairs); n += 2 {
		d = append(d, bson.E{Key: pairs[n].(string), Value: pairs[n+1]})
	}
	return d
}
