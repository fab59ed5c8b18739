package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"wenguan/models/fault"
	"wenguan/models/store"
	"wenguan/models/store/internal/mongofake"
	"wenguan/models/store/storetest"
)

// uriVariable names a MongoDB replica set that the tests may make databases on.
const uriVariable = "WENGUAN_TEST_MONGODB_URI"

func TestMongoKeepsThePromises(t *testing.T) {
	t.Parallel()
	uri := os.Getenv(uriVariable)
	if uri == "" {
		t.Skip("set " + uriVariable + " to a MongoDB replica set")
	}
	run, n := time.Now().UnixNano(), atomic.Int64{}
	storetest.Run(t, func(t *testing.T, collections []store.Collection) store.Store {
		return openMongo(t, databaseURI(uri, fmt.Sprintf("wenguan_test_%d_%d", run, n.Add(1))), collections)
	})
}

// databaseURI is the connection string with another database.
func databaseURI(uri, name string) string {
	base, query, _ := strings.Cut(uri, "?")
	scheme, rest, _ := strings.Cut(base, "://")
	hosts, _, _ := strings.Cut(rest, "/")
	if query != "" {
		query = "?" + query
	}
	return scheme + "://" + hosts + "/" + name + query
}

func TestMongoKeepsThePromisesToAStandIn(t *testing.T) {
	t.Parallel()
	server := mongofake.Start(t, mongofake.Options{})
	var n atomic.Int64
	storetest.Run(t, func(t *testing.T, collections []store.Collection) store.Store {
		return openMongo(t, server.URI(fmt.Sprint("test", n.Add(1))), collections)
	})
}

// openMongo opens a store whose database is dropped when the test ends.
func openMongo(t *testing.T, uri string, collections []store.Collection) *store.Mongo {
	t.Helper()
	st, err := store.OpenMongo(t.Context(), uri, collections)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(st.Close(), dropDatabase(uri)); err != nil {
			t.Error(err)
		}
	})
	return st
}

func dropDatabase(uri string) error {
	client, err := mongo.Connect(options.Client().ApplyURI(uri))
	if err != nil {
		return err
	}
	_, rest, _ := strings.Cut(uri, "://")
	_, name, _ := strings.Cut(rest, "/")
	name, _, _ = strings.Cut(name, "?")
	return errors.Join(client.Database(name).Drop(context.Background()), client.Disconnect(context.Background()))
}

func TestMongoStartsOnlyOnServersThatKeepTheContract(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		options mongofake.Options
		code    string
	}{
		"a server that stands alone":  {mongofake.Options{Standalone: true}, "replica_set_required"},
		"a server of an old version":  {mongofake.Options{Old: true}, "server_too_old"},
		"a replica set of one member": {mongofake.Options{}, ""},
	} {
		st, err := store.Open(t.Context(), mongofake.Start(t, c.options).URI("start"), people)
		if fault.CodeOf(err) != c.code || (err == nil) != (c.code == "") {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil {
			err = st.Close()
		}
		if err != nil && c.code == "" {
			t.Error(err)
		}
	}
	if _, err := store.Open(t.Context(), "mongodb://", people); fault.CodeOf(err) != "store_url" {
		t.Errorf("a URL without a host: %v", err)
	}
	_, err := store.Open(t.Context(), "mongodb://127.0.0.1:1/none?serverSelectionTimeoutMS=100", people)
	if !fault.Is(err, fault.Unavailable) || fault.CodeOf(err) != "store_unreachable" {
		t.Errorf("nobody there: %v", err)
	}
}

func TestMongoOpensAgainAndFollowsChangedIndexes(t *testing.T) {
	t.Parallel()
	uri := mongofake.Start(t, mongofake.Options{}).URI("again")
	putPeople(t, openMongo(t, uri, people), person{"1", "Li", "B"}, person{"2", "Wang", "A"})
	found, err := findPeople(t, openMongo(t, uri, people), store.Query{Index: "name", Desc: true})
	if len(found) != 2 || found[0].Name != "Wang" || err != nil {
		t.Errorf("opened again: %v %v", found, err)
	}
	byTown := []store.Collection{{Name: "people", Indexes: []store.Index{{Name: "name", Fields: []string{"town"}}}}}
	found, err = findPeople(t, openMongo(t, uri, byTown), store.Query{Index: "name"})
	if len(found) != 2 || found[0].Town != "A" || err != nil {
		t.Errorf("with the index over another field: %v %v", found, err)
	}
}

func TestMongoTriesAgainAndTellsWhenItCannot(t *testing.T) {
	t.Parallel()
	const transient, unknown = "TransientTransactionError", "UnknownTransactionCommitResult"
	conflict := mongofake.Failure{Code: 112, Labels: []string{transient}}
	lost := mongofake.Failure{Code: 91, Labels: []string{unknown}, After: true}
	for name, c := range map[string]struct {
		command  string
		failures []mongofake.Failure
		runs     int
		code     string
	}{
		"a write conflict":               {"insert", []mongofake.Failure{conflict, conflict}, 3, ""},
		"a conflict found by the commit": {"commitTransaction", []mongofake.Failure{conflict}, 2, ""},
		"a commit whose answer is lost":  {"commitTransaction", []mongofake.Failure{lost, lost}, 1, ""},
		"a commit cut off":               {"commitTransaction", []mongofake.Failure{{HangUp: true}}, 1, ""},
		"an insert cut off":              {"insert", []mongofake.Failure{{HangUp: true}}, 2, ""},
		"an error of another kind":       {"insert", []mongofake.Failure{{Code: 8000}}, 1, "internal"},
	} {
		server := mongofake.Start(t, mongofake.Options{})
		st := openMongo(t, server.URI("retry"), people)
		server.Fail(c.command, c.failures...)
		runs := 0
		err := st.Update(t.Context(), func(tx store.Tx) error {
			runs++
			if err := tx.Insert("people", person{ID: "a", Name: "n"}); err != nil {
				return fmt.Errorf("put: %w", err) // as callers wrap it
			}
			return nil
		})
		if runs != c.runs || (err == nil) != (c.code == "") {
			t.Errorf("%s: %d runs, want %d: %v", name, runs, c.runs, err)
		}
		found, err := findPeople(t, st, store.Query{})
		if want := c.code == ""; (len(found) == 1) != want || err != nil {
			t.Errorf("%s left %v: %v", name, found, err)
		}
	}
}

func TestMongoForgottenConflictIsTriedAgain(t *testing.T) {
	t.Parallel()
	server := mongofake.Start(t, mongofake.Options{})
	st := openMongo(t, server.URI("forgotten"), people)
	server.Fail("find", mongofake.Failure{Code: 112, Labels: []string{"TransientTransactionError"}})
	runs := 0
	err := st.Update(t.Context(), func(tx store.Tx) error {
		runs++
		var p person
		if err := tx.Get("people", "a", &p); fault.Is(err, fault.NotFound) {
			return tx.Insert("people", person{ID: "a", Name: "n"})
		}
		return errors.New("another error altogether")
	})
	if err != nil || runs != 2 {
		t.Errorf("%d runs: %v", runs, err)
	}
}

func TestMongoOutOfReachIsUnavailable(t *testing.T) {
	t.Parallel()
	server := mongofake.Start(t, mongofake.Options{})
	st, err := store.OpenMongo(t.Context(), server.URI("reach")+"&serverSelectionTimeoutMS=100", people)
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	server.Stop()
	_, err = findPeople(t, st, store.Query{})
	if !fault.Is(err, fault.Unavailable) || fault.CodeOf(err) != "store_unreachable" {
		t.Errorf("View: %v", err)
	}
	err = st.Update(t.Context(), func(tx store.Tx) error { return tx.Delete("people", "a") })
	if !fault.Is(err, fault.Unavailable) || fault.CodeOf(err) != "store_unreachable" {
		t.Errorf("Update: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 1)
	defer cancel()
	if err := st.Update(ctx, func(store.Tx) error { return nil }); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Update with a deadline: %v", err)
	}
}
