package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"wenguan/models/fault"
	"wenguan/models/store"
)

// childFile is set for a re-executed test binary: the data file it works on.
const childFile = "WENGUAN_STORE_TEST_CHILD_FILE"

func TestMain(m *testing.M) {
	if path := os.Getenv(childFile); path != "" {
		if err := writeForEver(path, os.Getenv(childFile+"_ROUND")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

var tallies = []store.Collection{
	{Name: "tallies", Indexes: []store.Index{{Name: "of", Fields: []string{"of", "n"}, Unique: true}}},
}

type tally struct {
	ID   string `bson:"_id"`
	Of   string `bson:"of"`
	N    int64  `bson:"n"`
	Fill []byte `bson:"fill"`
}

// writeForEver is the child: writers that each insert a document and count it up in one transaction, and say so on
// stdout when Update has returned.
func writeForEver(path, round string) error {
	st, err := store.OpenEmbedded(path, store.EmbeddedOptions{}, tallies)
	if err != nil {
		return err
	}
	failed := make(chan error)
	for w := range 8 {
		go func() {
			for n := int64(1); ; n++ {
				name := fmt.Sprintf("%s-%d", round, w)
				if err := writeTally(st, name, n); err != nil {
					failed <- err
				}
				fmt.Fprintf(os.Stdout, "%s %d\n", name, n) // one write(2): never half a line
			}
		}()
	}
	return <-failed
}

func writeTally(st store.Store, name string, n int64) error {
	return st.Update(context.Background(), func(tx store.Tx) error {
		d := tally{ID: fmt.Sprintf("%s-%d", name, n), Of: name, N: n, Fill: make([]byte, 300*(n%7))}
		if err := tx.Insert("tallies", d); err != nil {
			return err
		}
		last := tally{ID: name, Of: "last " + name, N: -n}
		if n == 1 {
			return tx.Insert("tallies", last)
		}
		return tx.Replace("tallies", last)
	})
}

func TestNothingAcknowledgedIsLostWhenKilled(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "killed.db")
	acknowledged := map[string]int64{}
	for round := range 20 {
		killOne(t, path, fmt.Sprint(round), acknowledged)
		st, err := store.OpenEmbedded(path, store.EmbeddedOptions{}, tallies)
		if err != nil {
			t.Fatalf("after kill %d: %v", round, err)
		}
		for name, n := range acknowledged {
			wantTally(t, st, name, n)
		}
		if err := st.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if len(acknowledged) < 20 {
		t.Errorf("only %d writers got as far as one acknowledgement", len(acknowledged))
	}
}

// killOne runs a child until it has acknowledged a random number of writes, kills it, and notes the last of each writer.
func killOne(t *testing.T, path, round string, acknowledged map[string]int64) {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(os.Environ(), childFile+"="+path, childFile+"_ROUND="+round)
	var said strings.Builder
	child.Stderr = &said
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	killAt := 1 + rand.IntN(400)
	for seen := 0; lines.Scan(); {
		var name string
		var n int64
		if _, err := fmt.Sscan(lines.Text(), &name, &n); err != nil {
			break // not a whole line: killed while it wrote
		}
		acknowledged[name] = max(acknowledged[name], n)
		if seen++; seen == killAt {
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	_, _ = io.Copy(io.Discard, out)
	if err := child.Wait(); err == nil || said.Len() > 0 {
		t.Fatalf("the child ended by itself: %v %s", err, &said)
	}
}

// wantTally asserts that writer name has at least n documents without a gap, and counted all of them.
func wantTally(t *testing.T, st store.Store, name string, n int64) {
	t.Helper()
	err := st.View(t.Context(), func(tx store.Tx) error {
		found, err := store.All[tally](tx, "tallies", store.Query{Index: "of", Equal: []any{name}})
		if err != nil {
			return err
		}
		var last tally
		if err := tx.Get("tallies", name, &last); err != nil {
			return err
		}
		if int64(len(found)) < n || int64(len(found)) != -last.N || found[len(found)-1].N != -last.N {
			t.Errorf("writer %s: %d acknowledged, %d found, %d counted", name, n, len(found), -last.N)
		}
		return nil
	})
	if err != nil {
		t.Errorf("writer %s: %v", name, err)
	}
}

func TestSecondOpenerIsRefusedInOneSentence(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "one.db")
	first, err := store.OpenEmbedded(path, store.EmbeddedOptions{}, tallies)
	if err != nil {
		t.Fatal(err)
	}
	_, err = store.OpenEmbedded(path, store.EmbeddedOptions{}, tallies)
	if !fault.Is(err, fault.Unavailable) || fault.CodeOf(err) != "data_file_in_use" ||
		!strings.HasPrefix(err.Error(), "Another process has this data file open: "+path) {
		t.Errorf("in this process: %v", err)
	}
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(os.Environ(), childFile+"="+path)
	said, err := child.CombinedOutput()
	if exit, ok := errors.AsType[*exec.ExitError](err); !ok || exit.ExitCode() != 1 || strings.Count(string(said), "\n") != 1 {
		t.Errorf("another process: %v, said %q", err, said)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	second, err := store.OpenEmbedded(path, store.EmbeddedOptions{}, tallies)
	if err != nil {
		t.Fatal(err)
	}
	if err := second.Close(); err != nil {
		t.Error(err)
	}
}
