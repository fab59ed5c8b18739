package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wenguan/models/fault"
	"wenguan/models/store"
	"wenguan/models/store/storetest"
)

func TestEmbeddedKeepsThePromises(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, collections []store.Collection) store.Store {
		return storetest.New(t, collections...)
	})
}

var people = []store.Collection{{Name: "people", Indexes: []store.Index{{Name: "name", Fields: []string{"name"}}}}}

type person struct {
	ID   string `bson:"_id"`
	Name string `bson:"name"`
	Town string `bson:"town,omitempty"`
}

func openPeople(t *testing.T, path string, collections []store.Collection) *store.Embedded {
	t.Helper()
	st, err := store.OpenEmbedded(path, store.EmbeddedOptions{}, collections)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	return st
}

func putPeople(t *testing.T, st store.Store, all ...person) {
	t.Helper()
	err := st.Update(t.Context(), func(tx store.Tx) error {
		for _, p := range all {
			if err := tx.Insert("people", p); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func findPeople(t *testing.T, st store.Store, q store.Query) (found []person, err error) {
	t.Helper()
	err = st.View(t.Context(), func(tx store.Tx) (err error) {
		found, err = store.All[person](tx, "people", q)
		return err
	})
	return found, err
}

func TestIndexesFollowTheirDeclaration(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "people.db")
	st := openPeople(t, path, people)
	putPeople(t, st, person{"1", "Li", "B"}, person{"2", "Wang", "A"}, person{"3", "An", ""})
	declared := func(indexes ...store.Index) []store.Collection {
		return []store.Collection{{Name: "people", Indexes: indexes}}
	}
	reopen := func(collections []store.Collection) {
		t.Helper()
		if err := st.Close(); err != nil {
			t.Fatal(err)
		}
		st = openPeople(t, path, collections)
	}
	byName, byTown := store.Index{Name: "name", Fields: []string{"name"}}, store.Index{Name: "name", Fields: []string{"town"}}

	reopen(declared(byTown)) // the same name over another field
	found, err := findPeople(t, st, store.Query{Index: "name"})
	if diff := cmp.Diff([]person{{"2", "Wang", "A"}, {"1", "Li", "B"}}, found); diff != "" || err != nil {
		t.Errorf("an index declared otherwise: %v (-want +got)\n%s", err, diff)
	}

	reopen(declared()) // dropped, and written without
	putPeople(t, st, person{"4", "Bo", "C"})
	reopen(declared(byName)) // and back
	found, err = findPeople(t, st, store.Query{Index: "name", Limit: 2})
	if diff := cmp.Diff([]person{{"3", "An", ""}, {"4", "Bo", "C"}}, found); diff != "" || err != nil {
		t.Errorf("an index that comes back: %v (-want +got)\n%s", err, diff)
	}

	putPeople(t, st, person{"5", "Bo", "C"})
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	byName.Unique = true
	if _, err := store.OpenEmbedded(path, store.EmbeddedOptions{}, declared(byName)); fault.CodeOf(err) != "duplicate_key" {
		t.Errorf("a unique index over documents that are not: %v", err)
	}
}

func TestDeclarationsAreChecked(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]store.Collection{
		"a name with a slash":   {Name: "a/b"},
		"an index without name": {Name: "a", Indexes: []store.Index{{Fields: []string{"f"}}}},
		"an index of nothing":   {Name: "a", Indexes: []store.Index{{Name: "i"}}},
		"an index over _id":     {Name: "a", Indexes: []store.Index{{Name: "i", Fields: []string{"f", "_id"}}}},
		"a field twice":         {Name: "a", Indexes: []store.Index{{Name: "i", Fields: []string{"f", "f"}}}},
		"a nested field":        {Name: "a", Indexes: []store.Index{{Name: "i", Fields: []string{"f.g"}}}},
		"an index twice": {Name: "a", Indexes: []store.Index{
			{Name: "i", Fields: []string{"f"}}, {Name: "i", Fields: []string{"g"}},
		}},
	} {
		path := filepath.Join(t.TempDir(), "no.db")
		if _, err := store.OpenEmbedded(path, store.EmbeddedOptions{}, []store.Collection{c}); err == nil {
			t.Errorf("%s was taken", name)
		}
		if _, err := os.Stat(path); err == nil {
			t.Errorf("%s left a file", name)
		}
	}
}

func TestBackupIsAWholeStoreWhileOthersWrite(t *testing.T) {
	t.Parallel()
	st := storetest.New(t, people...)
	putPeople(t, st, person{ID: "a1", Name: "a"}, person{ID: "b1", Name: "b"})
	ctx, cancel := context.WithCancel(t.Context())
	var writer sync.WaitGroup
	writer.Go(func() { // always the same number of a and b
		for n := 2; ctx.Err() == nil; n++ {
			putPeople(t, st, person{ID: fmt.Sprint("a", n), Name: "a"}, person{ID: fmt.Sprint("b", n), Name: "b"})
		}
	})
	path := filepath.Join(t.TempDir(), "backup.db")
	for range 5 {
		file, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(st.Backup(t.Context(), file), file.Close()); err != nil {
			t.Fatal(err)
		}
		copied := openPeople(t, path, people)
		as, err := findPeople(t, copied, store.Query{Index: "name", Equal: []any{"a"}})
		bs, err2 := findPeople(t, copied, store.Query{From: "b"})
		if len(as) == 0 || len(as) != len(bs) || err != nil || err2 != nil {
			t.Errorf("the backup has %d and %d: %v %v", len(as), len(bs), err, err2)
		}
		if err := copied.Close(); err != nil {
			t.Fatal(err)
		}
	}
	cancel()
	writer.Wait()
	if err := st.Backup(ctx, io.Discard); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled backup: %v", err)
	}
}

func TestOpenByURL(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "new", "wenguan.db")
	for _, url := range []string{"file:" + path, path} {
		st, err := store.Open(t.Context(), url, people)
		if err != nil {
			t.Fatal(err)
		}
		if err := st.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(path, bytes.Repeat([]byte("not a store "), 2000), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(t.Context(), path, people); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("a file that is none of ours: %v", err)
	}
}

func TestUnsyncedStoreIsThereAfterSync(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "seed.db")
	st, err := store.OpenEmbedded(path, store.EmbeddedOptions{NoSync: true}, people)
	if err != nil {
		t.Fatal(err)
	}
	putPeople(t, st, person{ID: "a", Name: "a"})
	if err := errors.Join(st.Sync(), st.Close()); err != nil {
		t.Fatal(err)
	}
	found, err := findPeople(t, openPeople(t, path, people), store.Query{})
	if len(found) != 1 || err != nil {
		t.Errorf("found %v: %v", found, err)
	}
}
