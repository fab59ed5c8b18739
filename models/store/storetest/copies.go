package storetest

import (
	"bytes"
	"fmt"
	"testing"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/fault"
	"wenguan/models/store"
)

// copies hold store.Copy to its word, from the embedded engine to the one under test and back.
var copies = []promise{
	{"a whole store is copied there and back", thereAndBack},
	{"a target that is not empty is refused", targetNotEmpty},
}

func thereAndBack(t *testing.T, st store.Store) {
	from, back := New(t, Collections()...), New(t, Collections()...)
	const n = 1203 // more than two batches
	update(t, from, func(tx store.Tx) error {
		for m := range n {
			d := doc(fmt.Sprintf("%05d", m*7%n), "phone", fmt.Sprint(m), "group", "g", "rank", m)
			if err := tx.Insert("items", d); err != nil {
				return err
			}
		}
		for m := range 6 { // large ones fill a batch by their bytes
			if err := tx.Insert("accounts", doc(fmt.Sprint(m), "data", make([]byte, 1<<20))); err != nil {
				return err
			}
		}
		return nil
	})
	told, batches := map[string]int{}, map[string]int{}
	progress := func(collection string, n int) { told[collection] = n; batches[collection]++ }
	if err := store.Copy(t.Context(), from, st, Collections(), progress); err != nil {
		t.Fatal(err)
	}
	if told["items"] != n || told["accounts"] != 6 || batches["items"] < 3 || batches["accounts"] < 2 {
		t.Errorf("progress said %v in %v batches", told, batches)
	}
	if err := store.Copy(t.Context(), st, back, Collections(), nil); err != nil {
		t.Fatal(err)
	}
	for _, c := range Collections() {
		want, got := dump(t, from, c.Name), dump(t, back, c.Name)
		if len(want) == 0 || !bytes.Equal(want, got) {
			t.Errorf("%s came back as %d bytes, was %d", c.Name, len(got), len(want))
		}
	}
	wantIDs(t, back, store.Query{Index: "rank", Equal: []any{"g"}, Limit: 1}, "00000")
}

func dump(t *testing.T, st store.Store, collection string) (all []byte) {
	t.Helper()
	view(t, st, func(tx store.Tx) error {
		return tx.Find(collection, store.Query{}, func(raw bson.Raw) (bool, error) {
			all = append(all, raw...)
			return true, nil
		})
	})
	return all
}

func targetNotEmpty(t *testing.T, st store.Store) {
	from := New(t, Collections()...)
	insert(t, from, doc("a"))
	insert(t, st, doc("b"))
	err := store.Copy(t.Context(), from, st, Collections(), nil)
	wantCode(t, err, fault.Conflict, "target_not_empty")
	wantAbsent(t, st, "a")
}
