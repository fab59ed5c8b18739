package keyring_test

import (
	"bytes"
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/fault"
	"wenguan/models/keyring"
	"wenguan/models/store"
)

// inside is a document of another package that has a key in it, as all had.
type inside struct {
	ID  string `bson:"_id"`
	Key []byte `bson:"key"`
}

func slot(name string) keyring.Slot {
	read := func(tx store.Tx) ([]byte, error) {
		var kept inside
		err := tx.Get("facts", name, &kept)
		if fault.Is(err, fault.NotFound) {
			return nil, nil
		}
		return kept.Key, err
	}
	return keyring.Slot{Name: name, Stored: read, Forget: func(tx store.Tx) error {
		if key, err := read(tx); key == nil || err != nil {
			return err
		}
		return tx.Delete("facts", name)
	}}
}

var slots = []keyring.Slot{slot("hashing"), slot("sealing")}

func opened(t *testing.T) store.Store {
	t.Helper()
	st, err := store.OpenEmbedded(filepath.Join(t.TempDir(), "wenguan.db"), store.EmbeddedOptions{NoSync: true},
		append(keyring.Collections(), store.Collection{Name: "facts"}))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	return st
}

func open(t *testing.T, st store.Store, path string) keyring.Ring {
	t.Helper()
	ring, err := keyring.Open(t.Context(), st, path, slots)
	if err != nil {
		t.Fatal(err)
	}
	return ring
}

// refused expects a sentence that says what to do.
func refused(t *testing.T, st store.Store, path, says string) {
	t.Helper()
	_, err := keyring.Open(t.Context(), st, path, slots)
	if err == nil || !strings.Contains(err.Error(), says) || !strings.Contains(err.Error(), path) {
		t.Errorf("opened with %v, which does not say %q", err, says)
	}
}

func TestANewStoreGetsKeysInAFileThatItsOwnerAloneReads(t *testing.T) {
	t.Parallel()
	st, path := opened(t), filepath.Join(t.TempDir(), "new", "wenguan.keys")
	ring := open(t, st, path)
	if len(ring["hashing"]) != 32 || len(ring["sealing"]) != 32 || bytes.Equal(ring["hashing"], ring["sealing"]) {
		t.Errorf("the keys are %x", ring)
	}
	if is, err := os.Stat(path); err != nil || is.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v, %v", is.Mode(), err)
	}
	if diff := cmp.Diff(ring, open(t, st, path)); diff != "" {
		t.Error("the keys are others the next time", diff)
	}
	for name, key := range ring {
		if strings.Contains(documents(t, st), base64.StdEncoding.EncodeToString(key)) {
			t.Errorf("the key %s is in the store", name)
		}
	}
}

func TestAStoreDoesNotOpenWithoutItsKeysOrWithThoseOfAnother(t *testing.T) {
	t.Parallel()
	st, folder := opened(t), t.TempDir()
	own, foreign := filepath.Join(folder, "own"), filepath.Join(folder, "foreign")
	open(t, st, own)
	open(t, opened(t), foreign)
	refused(t, st, foreign, "those of another store")
	refused(t, st, filepath.Join(folder, "nowhere"), "put their file back")
	if _, err := os.Stat(filepath.Join(folder, "nowhere")); err == nil {
		t.Error("a file with other keys was made")
	}
	for _, damage := range []string{"", "hashing AAAA\n", "hashing !\nsealing !\n"} {
		if err := os.WriteFile(foreign, []byte(damage), 0o600); err != nil {
			t.Fatal(err)
		}
		refused(t, st, foreign, "damaged")
	}
	open(t, st, own)
}

func TestKeysThatAreInTheStoreMoveOut(t *testing.T) {
	t.Parallel()
	st, path := opened(t), filepath.Join(t.TempDir(), "wenguan.keys")
	old := bytes.Repeat([]byte{7}, 32)
	err := st.Update(t.Context(), func(tx store.Tx) error { return tx.Insert("facts", inside{"hashing", old}) })
	if err != nil {
		t.Fatal(err)
	}
	foreign := filepath.Join(t.TempDir(), "foreign")
	open(t, opened(t), foreign)
	refused(t, st, foreign, "those of another store")
	ring := open(t, st, path)
	if !bytes.Equal(ring["hashing"], old) || len(ring["sealing"]) != 32 {
		t.Errorf("the keys are %x", ring)
	}
	if text := documents(t, st); strings.Contains(text, `"key"`) {
		t.Errorf("the store still has %s", text)
	}
	if diff := cmp.Diff(ring, open(t, st, path)); diff != "" {
		t.Error(diff)
	}
}

// A process that died after it had written the file has to find its keys again.
func TestAMoveThatWasInterruptedGoesOn(t *testing.T) {
	t.Parallel()
	st, path := opened(t), filepath.Join(t.TempDir(), "wenguan.keys")
	ring := open(t, opened(t), path)
	err := st.Update(t.Context(), func(tx store.Tx) error { return tx.Insert("facts", inside{"hashing", ring["hashing"]}) })
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(ring, open(t, st, path)); diff != "" {
		t.Error(diff)
	}
	if text := documents(t, st); strings.Contains(text, `"key"`) {
		t.Errorf("the store still has %s", text)
	}
}

func TestInstancesThatStartTogetherHaveTheSameKeysOrDoNotStart(t *testing.T) {
	t.Parallel()
	st, folder := opened(t), t.TempDir()
	paths := []string{"shared", "shared", "shared", "apart", "elsewhere"}
	rings, errs := make([]keyring.Ring, len(paths)), make([]error, len(paths))
	var group sync.WaitGroup
	for i, path := range paths {
		group.Go(func() { rings[i], errs[i] = keyring.Open(t.Context(), st, filepath.Join(folder, path), slots) })
	}
	group.Wait()
	var first keyring.Ring
	for i, ring := range rings {
		switch {
		case errs[i] != nil:
		case first == nil:
			first = ring
		case !cmp.Equal(first, ring):
			t.Errorf("%s works with other keys", paths[i])
		}
	}
	if first == nil {
		t.Errorf("none started: %v", errs)
	}
}

// documents is all the store keeps, as text.
func documents(t *testing.T, st store.Store) string {
	t.Helper()
	var text strings.Builder
	err := st.View(t.Context(), func(tx store.Tx) error {
		for _, collection := range []string{"facts", "keyring"} {
			if err := tx.Find(collection, store.Query{}, func(raw bson.Raw) (bool, error) {
				text.WriteString(raw.String())
				return true, nil
			}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return text.String()
}
