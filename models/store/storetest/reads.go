package storetest

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/civil"
	"wenguan/models/store"
)

var reads = []promise{
	{"documents come in order of the _id", byID},
	{"numbers are ordered as numbers, int32 and int64 alike", numbersOrdered},
	{"strings are ordered by their bytes", stringsOrdered},
	{"times are ordered as instants, to the millisecond", timesOrdered},
	{"booleans are ordered, false first", boolsOrdered},
	{"documents with the same key are ordered by _id", tiesByID},
	{"a prefix, a range, an order and a limit work together", together},
	{"values of any type that is kept as a plain one select", namedTypes},
	{"each may stop, fail and write", eachDecides},
	{"All and Page decode", allAndPage},
	{"a query that makes no sense is refused", senseless},
}

func byID(t *testing.T, st store.Store) {
	insert(t, st, doc("v1|2026-11-25"), doc("v1|2026-11-24"), doc("v2|2026-11-24"), doc("v"), doc("馆"))
	wantIDs(t, st, store.Query{}, "v", "v1|2026-11-24", "v1|2026-11-25", "v2|2026-11-24", "馆")
	wantIDs(t, st, store.Query{Desc: true, Limit: 2}, "馆", "v2|2026-11-24")
	wantIDs(t, st, store.Query{From: "v1|", Before: "v1}"}, "v1|2026-11-24", "v1|2026-11-25")
	wantIDs(t, st, store.Query{From: "v1|", Before: "v1}", Desc: true}, "v1|2026-11-25", "v1|2026-11-24")
	wantIDs(t, st, store.Query{Equal: []any{"v"}}, "v")
	wantIDs(t, st, store.Query{Equal: []any{"nothing"}})
	wantIDs(t, st, store.Query{From: "w", Before: "a"})
}

func numbersOrdered(t *testing.T, st store.Store) {
	values := []any{
		int64(-1 << 62), int32(-1 << 31), int64(-5), int32(-1), int64(0), int32(7), int64(1 << 31), int64(1<<63 - 1),
	}
	for _, n := range []int{3, 0, 7, 5, 1, 6, 2, 4} {
		insert(t, st, doc(fmt.Sprint(n), "group", "g", "rank", values[n]))
	}
	g := []any{"g"}
	wantIDs(t, st, store.Query{Index: "rank", Equal: g}, "0", "1", "2", "3", "4", "5", "6", "7")
	wantIDs(t, st, store.Query{Index: "rank", Equal: g, From: -5, Before: 7}, "2", "3", "4")
	wantIDs(t, st, store.Query{Index: "rank", Equal: g, From: int64(7), Desc: true}, "7", "6", "5")
	wantIDs(t, st, store.Query{Index: "rank", Equal: []any{"g", int32(0)}}, "4")
	wantIDs(t, st, store.Query{Index: "rank", Equal: []any{"g", int64(7)}}, "5")
}

func stringsOrdered(t *testing.T, st store.Store) {
	values := []string{
		"", "\x00", "\x00\x00", "\x00\x01", "A", "a", "a\x00", "a\x00b", "a\x01", "aa", "b", "é", "书", "文馆", "\U0001F600",
	}
	for n := range values {
		m := n * 7 % len(values)
		insert(t, st, doc(fmt.Sprintf("%02d", m), "name", values[m]))
	}
	view(t, st, func(tx store.Tx) error {
		got, err := ids(tx, store.Query{Index: "name"})
		if len(got) != len(values) || !slices.IsSorted(got) {
			t.Errorf("order is %v", got)
		}
		return err
	})
	wantIDs(t, st, store.Query{Index: "name", Equal: []any{"a"}}, "05")
	wantIDs(t, st, store.Query{Index: "name", From: "a", Before: "aa"}, "05", "06", "07", "08")
	wantIDs(t, st, store.Query{Index: "name", Before: "\x00\x01", Desc: true}, "02", "01", "00")
}

func timesOrdered(t *testing.T, st store.Store) {
	start := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	shanghai := time.FixedZone("", 8*3600)
	insert(t, st, doc("c", "at", start.Add(time.Hour)), doc("a", "at", time.Date(1969, 1, 1, 0, 0, 0, 0, time.UTC)),
		doc("b", "at", start.In(shanghai)), doc("d", "at", start.Add(time.Hour+time.Millisecond)))
	wantIDs(t, st, store.Query{Index: "at"}, "a", "b", "c", "d")
	wantIDs(t, st, store.Query{Index: "at", Desc: true, Limit: 1}, "d")
	wantIDs(t, st, store.Query{Index: "at", Equal: []any{start}}, "b")
	wantIDs(t, st, store.Query{Index: "at", From: start.Add(999 * time.Microsecond), Before: start.Add(time.Hour)}, "b")
}

func boolsOrdered(t *testing.T, st store.Store) {
	insert(t, st, doc("a", "on", true, "rank", 1), doc("b", "on", false, "rank", 2), doc("c", "on", true, "rank", 0))
	wantIDs(t, st, store.Query{Index: "on"}, "b", "c", "a")
	wantIDs(t, st, store.Query{Index: "on", Equal: []any{true}}, "c", "a")
	wantIDs(t, st, store.Query{Index: "on", Before: true}, "b")
	wantIDs(t, st, store.Query{Index: "on", Desc: true}, "a", "c", "b")
}

func tiesByID(t *testing.T, st store.Store) {
	insert(t, st, doc("b", "name", "n"), doc("c", "name", "n"), doc("a", "name", "n"), doc("z", "name", "m"))
	wantIDs(t, st, store.Query{Index: "name"}, "z", "a", "b", "c")
	wantIDs(t, st, store.Query{Index: "name", Desc: true}, "c", "b", "a", "z")
}

func together(t *testing.T, st store.Store) {
	for _, g := range []string{"f", "g", "g\x00", "h"} {
		for r := range 5 {
			insert(t, st, doc(fmt.Sprintf("%s%d", g, r), "group", g, "rank", r))
		}
	}
	q := store.Query{Index: "rank", Equal: []any{"g"}, From: 1, Before: 4, Desc: true, Limit: 2}
	wantIDs(t, st, q, "g3", "g2")
	wantIDs(t, st, store.Query{Index: "rank", From: "g", Before: "g\x00", Limit: 3}, "g0", "g1", "g2")
	wantIDs(t, st, store.Query{Index: "rank", Equal: []any{"g"}, From: 9})
	wantIDs(t, st, store.Query{Index: "rank", Equal: []any{"g"}, From: 3, Before: 3})
	wantIDs(t, st, store.Query{Index: "rank", Equal: []any{"g"}, From: 4, Before: 1})
	for _, q := range []store.Query{ // a bound selects values of its own type only
		{Equal: []any{"g"}, From: "a string"}, {Equal: []any{"g"}, Before: "a string"}, {From: 1}, {Before: true},
	} {
		q.Index = "rank"
		wantIDs(t, st, q)
	}
}

type kind string

func namedTypes(t *testing.T, st store.Store) {
	day := civil.NewDate(2026, 11, 24)
	insert(t, st, doc("a", "name", kind("square")), doc("b", "name", day), doc("c", "name", day.Add(1)))
	wantIDs(t, st, store.Query{Index: "name", Equal: []any{kind("square")}}, "a")
	wantIDs(t, st, store.Query{Index: "name", From: day, Before: day.Add(1)}, "b")
}

func eachDecides(t *testing.T, st store.Store) {
	insert(t, st, doc("a", "name", "1"), doc("b", "name", "2"), doc("c", "name", "3"))
	stop := errors.New("stop")
	err := st.View(t.Context(), func(tx store.Tx) error {
		seen := 0
		if err := tx.Find("items", store.Query{}, func(bson.Raw) (bool, error) { seen++; return seen < 2, nil }); err != nil {
			return err
		}
		if seen != 2 {
			t.Errorf("each was called %d times, wanted to stop at 2", seen)
		}
		return tx.Find("items", store.Query{}, func(bson.Raw) (bool, error) { return true, stop })
	})
	if !errors.Is(err, stop) {
		t.Errorf("the error of each became %v", err)
	}
	update(t, st, func(tx store.Tx) error { // moves each document to where the walk has yet to come
		if err := tx.Insert("items", doc("d", "name", "4")); err != nil {
			return err
		}
		return tx.Find("items", store.Query{Index: "name"}, func(raw bson.Raw) (bool, error) {
			return true, tx.Replace("items", doc(raw.Lookup("_id").StringValue(), "name", "9"+raw.Lookup("name").StringValue()))
		})
	})
	wantIDs(t, st, store.Query{Index: "name", From: "9"}, "a", "b", "c", "d")
	wantIDs(t, st, store.Query{Index: "name", From: "99"})
}

func allAndPage(t *testing.T, st store.Store) {
	insert(t, st, doc("a", "rank", 3), doc("b", "rank", 2), doc("c", "rank", 1))
	type ranked struct {
		ID   string `bson:"_id"`
		Rank int64  `bson:"rank"`
	}
	view(t, st, func(tx store.Tx) error {
		all, err := store.All[ranked](tx, "items", store.Query{})
		if diff := cmp.Diff([]ranked{{"a", 3}, {"b", 2}, {"c", 1}}, all); diff != "" || err != nil {
			t.Errorf("%v (-want +got)\n%s", err, diff)
		}
		q := store.Query{Limit: 2}
		first, next, err := store.Page[ranked](tx, "items", q)
		if len(first) != 2 || next == "" || err != nil {
			t.Errorf("the first page is %v, next %q: %v", first, next, err)
		}
		q.After = next
		second, next, err := store.Page[ranked](tx, "items", q)
		if diff := cmp.Diff([]ranked{{"c", 1}}, second); diff != "" || next != "" || err != nil {
			t.Errorf("%v, next %q (-want +got)\n%s", err, next, diff)
		}
		if _, _, err := store.Page[ranked](tx, "items", store.Query{}); err == nil {
			t.Error("a page without a limit")
		}
		return nil
	})
}

func senseless(t *testing.T, st store.Store) {
	view(t, st, func(tx store.Tx) error {
		for _, q := range []store.Query{
			{Index: "name", Equal: []any{"a", "b"}},
			{Index: "name", Equal: []any{"a"}, From: 1},
			{Index: "name", Equal: []any{0.5}},
			{Index: "name", From: []string{"a"}},
			{Equal: []any{1}},
			{From: 1},
		} {
			if _, err := ids(tx, q); err == nil {
				t.Errorf("%+v was answered", q)
			}
		}
		return nil
	})
}
