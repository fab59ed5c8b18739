package storetest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"wenguan/models/fault"
	"wenguan/models/store"
)

var indexes = []promise{
	{"a taken unique key is a conflict", duplicateKey},
	{"a unique index covers only documents that have all its fields", uniqueNeedsAll},
	{"a unique key can pass from one document to another in one transaction", keyPasses},
	{"a replaced document keeps its own unique key", keepsOwnKey},
	{"a unique key taken earlier in the transaction is a conflict", duplicateInside},
	{"a replacement moves a document within its indexes", replaceMoves},
	{"a replacement that lacks a field leaves the index", replaceLeaves},
	{"a deleted document leaves its indexes", deleteLeaves},
	{"a document that lacks a field is not in the index", lacksField},
	{"an indexed field holds a plain value", plainValues},
	{"a key that is too long is refused", longKeys},
	{"DeleteBefore deletes what is past, and no more", deletesPast},
}

func duplicateKey(t *testing.T, st store.Store) {
	insert(t, st, doc("a", "phone", "1", "left", "l", "right", 1), doc("b", "phone", "2", "left", "l", "right", 2))
	for name, fn := range map[string]func(store.Tx) error{
		"insert":   func(tx store.Tx) error { return tx.Insert("items", doc("c", "phone", "1")) },
		"replace":  func(tx store.Tx) error { return tx.Replace("items", doc("b", "phone", "1")) },
		"two keys": func(tx store.Tx) error { return tx.Insert("items", doc("c", "left", "l", "right", int64(2))) },
	} {
		err := st.Update(t.Context(), fn)
		if wantCode(t, err, fault.Conflict, "duplicate_key"); t.Failed() {
			t.Fatal(name)
		}
	}
	wantIDs(t, st, store.Query{Index: "phone"}, "a", "b")
	wantAbsent(t, st, "c")
}

func uniqueNeedsAll(t *testing.T, st store.Store) {
	insert(t, st, doc("a", "left", "l"), doc("b", "left", "l"), doc("c", "right", 1), doc("d"), doc("e"))
	wantIDs(t, st, store.Query{Index: "pair"})
	insert(t, st, doc("f", "left", "l", "right", 1))
	wantIDs(t, st, store.Query{Index: "pair"}, "f")
}

func keyPasses(t *testing.T, st store.Store) {
	insert(t, st, doc("a", "phone", "1"), doc("b", "phone", "2"))
	update(t, st, func(tx store.Tx) error {
		if err := tx.Replace("items", doc("a")); err != nil {
			return err
		}
		if err := tx.Replace("items", doc("b", "phone", "1")); err != nil {
			return err
		}
		return tx.Insert("items", doc("c", "phone", "2"))
	})
	wantIDs(t, st, store.Query{Index: "phone"}, "b", "c")
}

func keepsOwnKey(t *testing.T, st store.Store) {
	insert(t, st, doc("a", "phone", "1"))
	update(t, st, func(tx store.Tx) error { return tx.Replace("items", doc("a", "phone", "1", "name", "n")) })
	wantIDs(t, st, store.Query{Index: "phone", Equal: []any{"1"}}, "a")
}

func duplicateInside(t *testing.T, st store.Store) {
	err := st.Update(t.Context(), func(tx store.Tx) error {
		if err := tx.Insert("items", doc("a", "phone", "1")); err != nil {
			return err
		}
		return tx.Insert("items", doc("b", "phone", "1"))
	})
	wantCode(t, err, fault.Conflict, "duplicate_key")
	wantAbsent(t, st, "a", "b")
}

func replaceMoves(t *testing.T, st store.Store) {
	insert(t, st, doc("a", "group", "g", "rank", 1), doc("b", "group", "g", "rank", 2))
	update(t, st, func(tx store.Tx) error { return tx.Replace("items", doc("a", "group", "g", "rank", 3)) })
	wantIDs(t, st, store.Query{Index: "rank", Equal: []any{"g"}}, "b", "a")
	wantIDs(t, st, store.Query{Index: "rank", Equal: []any{"g", 1}})
	update(t, st, func(tx store.Tx) error { return tx.Replace("items", doc("a", "group", "h", "rank", 3)) })
	wantIDs(t, st, store.Query{Index: "rank", Equal: []any{"g"}}, "b")
	wantIDs(t, st, store.Query{Index: "rank", Equal: []any{"h"}}, "a")
}

func replaceLeaves(t *testing.T, st store.Store) {
	insert(t, st, doc("a", "name", "n", "phone", "1"))
	update(t, st, func(tx store.Tx) error { return tx.Replace("items", doc("a", "rank", 1)) })
	wantIDs(t, st, store.Query{Index: "name"})
	wantIDs(t, st, store.Query{Index: "phone"})
	insert(t, st, doc("b", "phone", "1"))
}

func deleteLeaves(t *testing.T, st store.Store) {
	insert(t, st, doc("a", "name", "n", "phone", "1"), doc("b", "name", "n"))
	update(t, st, func(tx store.Tx) error { return tx.Delete("items", "a") })
	wantIDs(t, st, store.Query{Index: "name", Equal: []any{"n"}}, "b")
	insert(t, st, doc("c", "phone", "1"))
}

func lacksField(t *testing.T, st store.Store) {
	insert(t, st, doc("a", "group", "g"), doc("b", "rank", 1), doc("c", "group", "g", "rank", 1))
	wantIDs(t, st, store.Query{Index: "rank"}, "c")
	wantIDs(t, st, store.Query{Index: "rank", Equal: []any{"g"}}, "c")
	wantIDs(t, st, store.Query{Index: "rank", Equal: []any{"g"}, Desc: true}, "c")
	wantIDs(t, st, store.Query{}, "a", "b", "c")
}

func plainValues(t *testing.T, st store.Store) {
	for what, value := range map[string]any{
		"array": []string{"a"}, "null": nil, "document": doc("x"), "double": 0.5, "binary": []byte("a"),
	} {
		err := st.Update(t.Context(), func(tx store.Tx) error { return tx.Insert("items", doc("a", "name", value)) })
		if err == nil {
			t.Errorf("an index took a value that is: %s", what)
		}
	}
	wantAbsent(t, st, "a")
	insert(t, st, doc("a", "name", "n", "rank", 1, "group", "g", "at", time.UnixMilli(0), "on", true))
}

func longKeys(t *testing.T, st store.Store) {
	long := strings.Repeat("长", store.MaxKey)
	err := st.Update(t.Context(), func(tx store.Tx) error { return tx.Insert("items", doc("a", "name", long)) })
	wantCode(t, err, fault.Invalid, "key_too_long")
	if st.Update(t.Context(), func(tx store.Tx) error { return tx.Insert("items", doc(long)) }) == nil {
		t.Error("an _id that is too long was taken")
	}
	if st.Update(t.Context(), func(tx store.Tx) error { return tx.Insert("items", doc("")) }) == nil {
		t.Error("an empty _id was taken")
	}
	insert(t, st, doc("a", "other", long), doc(long[:store.MaxKey/3*3]))
}

func deletesPast(t *testing.T, st store.Store) {
	start := time.UnixMilli(1795503600000)
	const n = 1100 // more than two of its transactions
	update(t, st, func(tx store.Tx) error {
		for m := range n {
			if err := tx.Insert("items", doc(fmt.Sprintf("%04d", m), "at", start.Add(time.Duration(m)*time.Second))); err != nil {
				return err
			}
		}
		return tx.Insert("items", doc("timeless"))
	})
	moment := start.Add((n - 1) * time.Second)
	if deleted, err := store.DeleteBefore(t.Context(), st, "items", "at", moment); deleted != n-1 || err != nil {
		t.Errorf("deleted %d: %v", deleted, err)
	}
	wantIDs(t, st, store.Query{}, fmt.Sprint(n-1), "timeless")
	if deleted, err := store.DeleteBefore(t.Context(), st, "items", "at", moment); deleted != 0 || err != nil {
		t.Errorf("then deleted %d: %v", deleted, err)
	}
}
