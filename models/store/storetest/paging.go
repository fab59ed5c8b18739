package storetest

import (
	"encoding/base64"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/fault"
	"wenguan/models/store"
)

var paging = []promise{
	{"pages together are the whole, in every order", pagesAreWhole},
	{"a walk is stable while others insert, move and delete", walkIsStable},
	{"a cursor outlives its document", cursorOutlives},
	{"a made-up cursor is refused", madeUpCursor},
}

// pages walks q to its end in pages of n; between pages it calls meanwhile.
func pages(t *testing.T, st store.Store, q store.Query, n int, meanwhile func(seen []string)) (seen []string) {
	t.Helper()
	q.Limit = n
	for {
		var next string
		view(t, st, func(tx store.Tx) error {
			page, after, err := store.Page[bson.M](tx, "items", q)
			for _, d := range page {
				seen = append(seen, d["_id"].(string))
			}
			next = after
			return err
		})
		if next == "" {
			return seen
		}
		q.After = next
		meanwhile(seen)
	}
}

func pagesAreWhole(t *testing.T, st store.Store) {
	for n := range 30 {
		insert(t, st, doc(fmt.Sprintf("%02d", n*7%30), "group", fmt.Sprint(n%3), "rank", n/6, "name", "same", "on", n%2 == 0,
			"phone", fmt.Sprint(n)))
	}
	for _, q := range []store.Query{
		{}, {From: "05", Before: "25"},
		{Index: "name"}, {Index: "name", Equal: []any{"same"}},
		{Index: "rank"}, {Index: "rank", From: "1"}, {Index: "rank", Equal: []any{"1"}},
		{Index: "rank", Equal: []any{"1"}, From: 1, Before: 4}, {Index: "rank", Equal: []any{"1", 2}},
		{Index: "on"}, {Index: "on", Equal: []any{true}},
		{Index: "phone"}, {Index: "phone", From: "2"},
	} {
		for _, q.Desc = range []bool{false, true} {
			var whole []string
			view(t, st, func(tx store.Tx) (err error) { whole, err = ids(tx, q); return err })
			for _, n := range []int{1, 4, len(whole) + 1} {
				if diff := cmp.Diff(whole, pages(t, st, q, n, func([]string) {})); diff != "" {
					t.Errorf("%+v in pages of %d: (-whole +pages)\n%s", q, n, diff)
				}
			}
		}
	}
}

func walkIsStable(t *testing.T, st store.Store) {
	for _, desc := range []bool{false, true} {
		for n := range 60 {
			insert(t, st, doc(fmt.Sprintf("%t-%02d", desc, n), "group", fmt.Sprint(desc), "rank", n/4*10))
		}
		q := store.Query{Index: "rank", Equal: []any{fmt.Sprint(desc)}, Desc: desc}
		gone := map[string]bool{}
		round := 0
		seen := pages(t, st, q, 7, func(seen []string) {
			round++
			last := seen[len(seen)-1]
			gone[last] = true
			update(t, st, func(tx store.Tx) error {
				if err := tx.Delete("items", last); err != nil { // the document the cursor was made from
					return err
				}
				for _, r := range []int{0, round * 20, 149} { // before, about and after the cursor
					id := fmt.Sprintf("%t-x%d-%d", desc, round, r)
					if err := tx.Insert("items", doc(id, "group", fmt.Sprint(desc), "rank", r)); err != nil {
						return err
					}
				}
				return nil
			})
		})
		count := map[string]int{}
		for _, id := range seen {
			count[id]++
		}
		for n := range 60 {
			if id := fmt.Sprintf("%t-%02d", desc, n); count[id] != 1 {
				t.Errorf("%s was seen %d times in a walk (desc %t)", id, count[id], desc)
			}
		}
		for id, n := range count {
			if n > 1 {
				t.Errorf("%s was seen %d times", id, n)
			}
		}
		if len(gone) == 0 {
			t.Error("no document was deleted between pages")
		}
	}
}

func cursorOutlives(t *testing.T, st store.Store) {
	insert(t, st, doc("a", "name", "1"), doc("b", "name", "2"), doc("c", "name", "3"), doc("d", "name", "4"))
	q := store.Query{Index: "name", Limit: 2}
	view(t, st, func(tx store.Tx) (err error) {
		_, q.After, err = store.Page[bson.M](tx, "items", q)
		return err
	})
	update(t, st, func(tx store.Tx) error { return tx.Replace("items", doc("b", "name", "9")) })
	wantIDs(t, st, q, "c", "d")
	update(t, st, func(tx store.Tx) error { return tx.Delete("items", "b") })
	wantIDs(t, st, q, "c", "d")
	insert(t, st, doc("bb", "name", "2")) // the same key again, after the place of b
	wantIDs(t, st, q, "bb", "c")
	q.Before = "3"
	wantIDs(t, st, q, "bb")
	wantIDs(t, st, store.Query{Index: "name", From: "4", After: q.After}, "d")
	wantIDs(t, st, store.Query{Index: "name", Desc: true, Before: "1", After: q.After})
}

func madeUpCursor(t *testing.T, st store.Store) {
	insert(t, st, doc("a", "group", "g", "rank", 1))
	view(t, st, func(tx store.Tx) error {
		for _, after := range []string{
			"a", "!", "AAAA", base64.RawURLEncoding.EncodeToString([]byte{0x10, 0, 0}),
			base64.RawURLEncoding.EncodeToString([]byte{0x40, 7, 'a'}), base64.RawURLEncoding.EncodeToString([]byte{0x20, 'a'}),
		} {
			_, err := ids(tx, store.Query{Index: "rank", Equal: []any{"g"}, After: after})
			wantCode(t, err, fault.Invalid, "bad_cursor")
		}
		return nil
	})
}
