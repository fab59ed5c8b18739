package storetest

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/fault"
	"wenguan/models/store"
)

var writes = []promise{
	{"a document comes back as it went in", comesBack},
	{"the _id is the first field of every stored document", idIsFirst},
	{"a taken _id is a conflict", duplicateID},
	{"an _id is free again after a delete", freeAgain},
	{"replace and delete need a document", replaceAbsent},
	{"a document of 1 MB is kept", oneMegabyte},
	{"a document that is too large is refused", tooLarge},
	{"bytes that are no document are refused", brokenBytes},
	{"a transaction sees its own writes", ownWrites},
	{"a View does not write", viewReads},
	{"a Tx is of no use after fn", afterEnd},
	{"an update that writes nothing succeeds", writesNothing},
	{"an undeclared collection or index is refused", undeclared},
}

type sample struct {
	ID    string            `bson:"_id"`
	Name  string            `bson:"name"`
	Rank  int32             `bson:"rank"`
	Big   int64             `bson:"big"`
	At    time.Time         `bson:"at"`
	On    bool              `bson:"on"`
	Share float64           `bson:"share"`
	Data  []byte            `bson:"data"`
	Tags  []string          `bson:"tags"`
	Words map[string]string `bson:"words"`
	Gone  *time.Time        `bson:"gone,omitempty"`
}

func comesBack(t *testing.T, st store.Store) {
	want := sample{
		ID: "甲|2026-11-24", Name: "文馆\x00", Rank: -3, Big: 1 << 60, At: time.UnixMilli(1795503600123).UTC(), On: true,
		Share: 0.25, Data: []byte{0, 255}, Tags: []string{"a", ""}, Words: map[string]string{"zh": "书屋"},
	}
	update(t, st, func(tx store.Tx) error { return tx.Insert("items", want) })
	view(t, st, func(tx store.Tx) error {
		var got sample
		if err := tx.Get("items", want.ID, &got); err != nil {
			return err
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		var raw bson.Raw
		if err := tx.Get("items", want.ID, &raw); err != nil {
			return err
		}
		encoded, err := bson.Marshal(want)
		if !bytes.Equal(encoded, raw) {
			t.Errorf("stored %v, want %v", raw, bson.Raw(encoded))
		}
		return err
	})
}

func idIsFirst(t *testing.T, st store.Store) {
	insert(t, st, bson.D{{Key: "name", Value: "n"}, {Key: "_id", Value: "a"}, {Key: "rank", Value: int32(1)}})
	view(t, st, func(tx store.Tx) error {
		var got bson.D
		if err := tx.Get("items", "a", &got); err != nil {
			return err
		}
		if diff := cmp.Diff(doc("a", "name", "n", "rank", int32(1)), got); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		return nil
	})
}

func duplicateID(t *testing.T, st store.Store) {
	insert(t, st, doc("a", "name", "first"))
	err := st.Update(t.Context(), func(tx store.Tx) error { return tx.Insert("items", doc("a", "name", "second")) })
	wantCode(t, err, fault.Conflict, "duplicate_id")
	wantIDs(t, st, store.Query{Index: "name", Equal: []any{"first"}}, "a")
}

func freeAgain(t *testing.T, st store.Store) {
	insert(t, st, doc("a", "phone", "1"))
	update(t, st, func(tx store.Tx) error {
		if err := tx.Delete("items", "a"); err != nil {
			return err
		}
		return tx.Insert("items", doc("a", "phone", "1", "name", "again"))
	})
	wantIDs(t, st, store.Query{Index: "name"}, "a")
	wantIDs(t, st, store.Query{Index: "phone"}, "a")
}

func replaceAbsent(t *testing.T, st store.Store) {
	err := st.Update(t.Context(), func(tx store.Tx) error { return tx.Replace("items", doc("a")) })
	wantCode(t, err, fault.NotFound, "document_not_found")
	err = st.Update(t.Context(), func(tx store.Tx) error { return tx.Delete("items", "a") })
	wantCode(t, err, fault.NotFound, "document_not_found")
	wantAbsent(t, st, "a")
}

func oneMegabyte(t *testing.T, st store.Store) {
	big := func(id string, fill byte) bson.D { return doc(id, "data", bytes.Repeat([]byte{fill}, 1<<20)) }
	insert(t, st, big("a", 1), big("b", 2))
	update(t, st, func(tx store.Tx) error { return tx.Replace("items", big("a", 3)) })
	view(t, st, func(tx store.Tx) error {
		for id, fill := range map[string]byte{"a": 3, "b": 2} {
			var got struct {
				Data []byte `bson:"data"`
			}
			if err := tx.Get("items", id, &got); err != nil {
				return err
			}
			if !bytes.Equal(got.Data, bytes.Repeat([]byte{fill}, 1<<20)) {
				t.Errorf("%s came back as %d other bytes", id, len(got.Data))
			}
		}
		return nil
	})
}

func tooLarge(t *testing.T, st store.Store) {
	err := st.Update(t.Context(), func(tx store.Tx) error {
		return tx.Insert("items", doc("a", "data", make([]byte, store.MaxDocument)))
	})
	wantCode(t, err, fault.Invalid, "document_too_large")
	wantAbsent(t, st, "a")
}

func brokenBytes(t *testing.T, st store.Store) {
	good, err := bson.Marshal(doc("a", "name", "n"))
	if err != nil {
		t.Fatal(err)
	}
	short, long, wrong := bytes.Clone(good[:len(good)-1]), append(bytes.Clone(good), 0), bytes.Clone(good)
	wrong[len(wrong)-7] = 0x77 // the length of the last string
	for _, raw := range []bson.Raw{nil, {}, {5, 0, 0, 0, 0}, short, long, wrong} {
		if st.Update(t.Context(), func(tx store.Tx) error { return tx.Insert("items", raw) }) == nil {
			t.Errorf("%x was taken", []byte(raw))
		}
	}
	update(t, st, func(tx store.Tx) error { return tx.Insert("items", bson.Raw(good)) })
	wantIDs(t, st, store.Query{}, "a")
}

func ownWrites(t *testing.T, st store.Store) {
	insert(t, st, doc("a", "group", "g", "rank", 1), doc("b", "group", "g", "rank", 2), doc("c", "group", "g", "rank", 3))
	q := store.Query{Index: "rank", Equal: []any{"g"}}
	update(t, st, func(tx store.Tx) error {
		if err := tx.Insert("items", doc("d", "group", "g", "rank", 0)); err != nil {
			return err
		}
		if err := tx.Replace("items", doc("a", "group", "g", "rank", 9)); err != nil {
			return err
		}
		if err := tx.Delete("items", "b"); err != nil {
			return err
		}
		got, err := ids(tx, q)
		if diff := cmp.Diff([]string{"d", "c", "a"}, got); diff != "" {
			t.Errorf("inside the transaction: (-want +got)\n%s", diff)
		}
		var raw bson.Raw
		wantCode(t, tx.Get("items", "b", &raw), fault.NotFound, "document_not_found")
		if err := tx.Get("items", "a", &raw); err != nil || raw.Lookup("rank").AsInt64() != 9 {
			t.Errorf("a is %v (%v) inside the transaction", raw, err)
		}
		return err
	})
	wantIDs(t, st, q, "d", "c", "a")
}

func viewReads(t *testing.T, st store.Store) {
	err := st.View(t.Context(), func(tx store.Tx) error {
		if err := tx.Insert("items", doc("a")); err == nil {
			t.Error("a View took a write")
		}
		return nil
	})
	if err == nil {
		t.Error("a View that wrote reported no error")
	}
	wantAbsent(t, st, "a")
}

func afterEnd(t *testing.T, st store.Store) {
	var kept store.Tx
	update(t, st, func(tx store.Tx) error { kept = tx; return nil })
	if err := kept.Insert("items", doc("a")); err == nil {
		t.Error("a Tx took a write after its fn had returned")
	}
	view(t, st, func(tx store.Tx) error { kept = tx; return nil })
	var raw bson.Raw
	if err := kept.Get("items", "a", &raw); err == nil || fault.Is(err, fault.NotFound) {
		t.Errorf("a Tx read after its fn had returned: %v", err)
	}
}

func writesNothing(t *testing.T, st store.Store) {
	update(t, st, func(store.Tx) error { return nil })
	update(t, st, func(tx store.Tx) error {
		var raw bson.Raw
		wantCode(t, tx.Get("items", "a", &raw), fault.NotFound, "document_not_found")
		return nil
	})
}

func undeclared(t *testing.T, st store.Store) {
	view(t, st, func(tx store.Tx) error {
		var raw bson.Raw
		if err := tx.Get("nowhere", "a", &raw); err == nil || fault.Is(err, fault.NotFound) {
			t.Errorf("get from an undeclared collection: %v", err)
		}
		if _, err := ids(tx, store.Query{Index: "nothing"}); err == nil {
			t.Error("found by an undeclared index")
		}
		return nil
	})
	if st.Update(t.Context(), func(tx store.Tx) error { return tx.Insert("nowhere", doc("a")) }) == nil {
		t.Error("inserted into an undeclared collection")
	}
}
