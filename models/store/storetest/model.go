package storetest

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"strconv"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"go.mongodb.org/mongo-driver/v2/bson"
	"pgregory.net/rapid"

	"wenguan/models/fault"
	"wenguan/models/store"
)

var model = []promise{{"random transactions do what a map would do", likeAMap}}

// record is a document of the model test; a nil field is left out.
type record struct {
	ID    string  `bson:"_id"`
	Group *string `bson:"group,omitempty"`
	Rank  *int64  `bson:"rank,omitempty"`
	Phone *string `bson:"phone,omitempty"`
	Extra int64   `bson:"extra"`
}

// likeAMap runs random transactions on the store and on a map, and random queries inside them and after each.
func likeAMap(t *testing.T, st store.Store) {
	rapid.Check(t, func(r *rapid.T) {
		empty(t, st)
		kept := map[string]record{}
		for range rapid.IntRange(1, 12).Draw(r, "transactions") {
			steps := rapid.SliceOfN(drawStep(), 0, 8).Draw(r, "steps")
			abort := rapid.IntRange(0, 4).Draw(r, "abort") == 0
			work, failed := maps.Clone(kept), error(nil)
			err := st.Update(t.Context(), func(tx store.Tx) error {
				work, failed = maps.Clone(kept), nil
				for _, s := range steps {
					want := s.onMap(work)
					err := s.onStore(r, tx, work)
					if fault.CodeOf(err) != fault.CodeOf(want) {
						r.Fatalf("%s %+v: %v, want %v", s.verb, s.doc, err, want)
					}
					if err != nil {
						failed = err
						return err
					}
				}
				if abort {
					return errRefused
				}
				return nil
			})
			switch {
			case failed != nil || abort:
				if err == nil {
					r.Fatal("a failed transaction succeeded")
				}
			case err != nil:
				r.Fatal(err)
			default:
				kept = work
			}
			q := drawQuery().Draw(r, "query")
			if err := st.View(t.Context(), func(tx store.Tx) error { return compare(r, tx, q, kept) }); err != nil {
				r.Fatal(err)
			}
		}
	})
}

func empty(t *testing.T, st store.Store) {
	t.Helper()
	update(t, st, func(tx store.Tx) error {
		return tx.Find("items", store.Query{}, func(raw bson.Raw) (bool, error) {
			return true, tx.Delete("items", raw.Lookup("_id").StringValue())
		})
	})
}

type step struct {
	verb string
	doc  record
	q    store.Query
}

func drawStep() *rapid.Generator[step] {
	return rapid.Custom(func(r *rapid.T) step {
		optional := func(name string, g *rapid.Generator[string]) *string {
			if !rapid.Bool().Draw(r, name) {
				return nil
			}
			s := g.Draw(r, name)
			return &s
		}
		d := record{ID: drawID().Draw(r, "id"), Extra: rapid.Int64().Draw(r, "extra")}
		d.Group = optional("group", drawGroup())
		d.Phone = optional("phone", rapid.StringMatching(`[0-9]{1,2}`))
		if rapid.IntRange(0, 3).Draw(r, "ranked") > 0 {
			rank := drawRank().Draw(r, "rank")
			d.Rank = &rank
		}
		verbs := []string{"insert", "insert", "insert", "replace", "delete", "get", "find", "find"}
		return step{rapid.SampledFrom(verbs).Draw(r, "verb"), d, drawQuery().Draw(r, "query")}
	})
}

func drawID() *rapid.Generator[string] { return rapid.StringMatching(`[a-d][a-c]?`) }
func drawGroup() *rapid.Generator[string] {
	return rapid.SampledFrom([]string{"", "g", "g\x00", "h", "馆"})
}
func drawRank() *rapid.Generator[int64] {
	return rapid.SampledFrom([]int64{-1 << 40, -2, -1, 0, 1, 2, 1 << 40})
}

func drawQuery() *rapid.Generator[store.Query] {
	return rapid.Custom(func(r *rapid.T) store.Query {
		q := store.Query{
			Index: rapid.SampledFrom([]string{"", "rank", "rank", "phone"}).Draw(r, "index"),
			Desc:  rapid.Bool().Draw(r, "desc"), Limit: rapid.IntRange(0, 4).Draw(r, "limit"),
		}
		bound := func(name string) any {
			switch {
			case rapid.Bool().Draw(r, name):
				return nil
			case q.Index == "rank" && len(q.Equal) == 1:
				return drawRank().Draw(r, name)
			case q.Index == "rank":
				return drawGroup().Draw(r, name)
			case q.Index == "phone":
				return strconv.Itoa(rapid.IntRange(0, 99).Draw(r, name))
			}
			return drawID().Draw(r, name)
		}
		if q.Index == "rank" && rapid.Bool().Draw(r, "equal") {
			q.Equal = []any{drawGroup().Draw(r, "equal")}
		}
		q.From, q.Before = bound("from"), bound("before")
		return q
	})
}

// onMap does the step to the map and returns the error that the store should give.
func (s step) onMap(m map[string]record) error {
	_, there := m[s.doc.ID]
	switch s.verb {
	case "insert":
		if there {
			return fault.New(fault.Conflict, "duplicate_id", "")
		}
	case "replace", "delete":
		if !there {
			return fault.New(fault.NotFound, "document_not_found", "")
		}
	default:
		return nil
	}
	if s.verb == "delete" {
		delete(m, s.doc.ID)
		return nil
	}
	for id, other := range m {
		if id != s.doc.ID && s.doc.Phone != nil && other.Phone != nil && *other.Phone == *s.doc.Phone {
			return fault.New(fault.Conflict, "duplicate_key", "")
		}
	}
	m[s.doc.ID] = s.doc
	return nil
}

func (s step) onStore(r *rapid.T, tx store.Tx, m map[string]record) error {
	switch s.verb {
	case "insert":
		return tx.Insert("items", s.doc)
	case "replace":
		return tx.Replace("items", s.doc)
	case "delete":
		return tx.Delete("items", s.doc.ID)
	case "find":
		return compare(r, tx, s.q, m)
	}
	var got record
	err := tx.Get("items", s.doc.ID, &got)
	want, there := m[s.doc.ID]
	if there != (err == nil) || gocmp.Diff(want, got) != "" {
		r.Fatalf("get %s: %+v (%v), want %+v", s.doc.ID, got, err, want)
	}
	return nil
}

// compare asks the store and the map the same, whole and in pages of two.
func compare(r *rapid.T, tx store.Tx, q store.Query, m map[string]record) error {
	want := findInMap(m, q)
	got, err := store.All[record](tx, "items", q)
	if diff := gocmp.Diff(want, got); diff != "" {
		r.Fatalf("find %+v: (-want +got)\n%s", q, diff)
	}
	q.Limit = 0
	want, q.Limit, got = findInMap(m, q), 2, nil
	for err == nil {
		var page []record
		page, q.After, err = store.Page[record](tx, "items", q)
		if got = append(got, page...); q.After == "" {
			break
		}
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		r.Fatalf("pages of %+v: (-want +got)\n%s", q, diff)
	}
	return err
}

func findInMap(m map[string]record, q store.Query) (found []record) {
	keys := map[string][]any{}
	for id, d := range m {
		key, ok := d.key(q.Index)
		if !ok || len(q.Equal) > 0 && key[0] != q.Equal[0] {
			continue
		}
		next := key[len(q.Equal)]
		if q.From != nil && compareAny(next, q.From) < 0 || q.Before != nil && compareAny(next, q.Before) >= 0 {
			continue
		}
		keys[id] = key
		found = append(found, d)
	}
	slices.SortFunc(found, func(a, b record) int {
		order := slices.CompareFunc(keys[a.ID], keys[b.ID], compareAny)
		if q.Desc {
			return -order
		}
		return order
	})
	if q.Limit > 0 && len(found) > q.Limit {
		found = found[:q.Limit]
	}
	return found
}

// key is the document's key in an index, with the _id; ok is false if it lacks a field.
func (d record) key(index string) (key []any, ok bool) {
	switch index {
	case "rank":
		if d.Group == nil || d.Rank == nil {
			return nil, false
		}
		return []any{*d.Group, *d.Rank, d.ID}, true
	case "phone":
		if d.Phone == nil {
			return nil, false
		}
		return []any{*d.Phone, d.ID}, true
	}
	return []any{d.ID}, true
}

func compareAny(a, b any) int {
	if n, ok := a.(int64); ok {
		return cmp.Compare(n, b.(int64))
	}
	return bytes.Compare([]byte(a.(string)), []byte(b.(string)))
}
