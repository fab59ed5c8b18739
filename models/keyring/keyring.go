// Package keyring owns the keys that other packages hash and seal with. They lie in a file apart from the store, so that
// whoever has the store or a backup of it has no key. It refuses to make new keys for a store that has its own, and to go
// on with the keys of another.
package keyring

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"

	"wenguan/models/fault"
	"wenguan/models/store"
)

// bytesOfKey is how long each key is.
const bytesOfKey = 32

// Slot is a key that a package needs.
type Slot struct {
	Name string // in the file: a word of small letters

	// Stored is the key that a store has inside, as all had before there were files; nil for none. Forget deletes it.
	Stored func(store.Tx) ([]byte, error)
	Forget func(store.Tx) error
}

// Ring is the keys of a store, by the names of their slots.
type Ring map[string][]byte

const (
	marks  = "keyring"
	markID = "keys"
)

// Collections declares what is kept in the store: by what its keys are recognized.
func Collections() []store.Collection { return []store.Collection{{Name: marks}} }

// mark recognizes the keys. They are random, so it tells nothing of them.
type mark struct {
	ID  string `bson:"_id"`
	Sum []byte `bson:"sum"`
}

// Open returns the keys of the store from the file. A store that is new gets keys, and a file; one that has its keys
// inside gets them moved out. Several instances on one store have the same file. It fails in a sentence for who runs the
// service when the file is not there and the store has keys, or is that of another store.
func Open(ctx context.Context, st store.Store, path string, slots []Slot) (Ring, error) {
	stored, known, err := look(ctx, st, slots)
	if err != nil {
		return nil, fmt.Errorf("read what the store knows of its keys: %w", err)
	}
	ring, err := read(path, slots)
	made := false
	switch {
	case errors.Is(err, os.ErrNotExist) && known != nil:
		return nil, errMissing(path)
	case errors.Is(err, os.ErrNotExist):
		ring, made, err = create(path, complete(stored, slots), slots)
	}
	if err != nil {
		return nil, err
	}
	if err := ring.belongs(path, known, stored, slots); err != nil {
		return nil, err
	}
	if err := ring.settle(ctx, st, path, slots); err != nil {
		if made {
			err = errors.Join(err, os.Remove(path)) // another instance has just made the keys, elsewhere
		}
		return nil, err
	}
	return ring, nil
}

// look reads the keys that are in the store, and by what its keys are recognized.
func look(ctx context.Context, st store.Store, slots []Slot) (stored Ring, known []byte, err error) {
	err = st.View(ctx, func(tx store.Tx) error {
		stored = Ring{}
		for _, s := range slots {
			key, err := s.Stored(tx)
			if err != nil {
				return err
			}
			if key != nil {
				stored[s.Name] = key
			}
		}
		known, err = marked(tx)
		return err
	})
	return stored, known, err
}

func marked(tx store.Tx) ([]byte, error) {
	var m mark
	err := tx.Get(marks, markID, &m)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	return m.Sum, err
}

// complete is the keys with new ones for the slots that have none.
func complete(stored Ring, slots []Slot) Ring {
	ring := Ring{}
	for _, s := range slots {
		if ring[s.Name] = stored[s.Name]; ring[s.Name] == nil {
			ring[s.Name] = make([]byte, bytesOfKey)
			_, _ = rand.Read(ring[s.Name]) // never fails since Go 1.24
		}
	}
	return ring
}

// belongs says whether these are the keys of the store.
func (r Ring) belongs(path string, known []byte, stored Ring, slots []Slot) error {
	if known != nil && !bytes.Equal(known, r.sum(slots)) {
		return errForeign(path)
	}
	for name, key := range stored {
		if !bytes.Equal(key, r[name]) {
			return errForeign(path)
		}
	}
	return nil
}

// settle writes into the store by what its keys are recognized, and takes those out that it has inside.
func (r Ring) settle(ctx context.Context, st store.Store, path string, slots []Slot) error {
	sum := r.sum(slots)
	return st.Update(ctx, func(tx store.Tx) error {
		known, err := marked(tx)
		switch {
		case err != nil:
			return err
		case known != nil && !bytes.Equal(known, sum):
			return errForeign(path)
		case known == nil:
			if err := tx.Insert(marks, mark{markID, sum}); err != nil {
				return err
			}
		}
		for _, s := range slots {
			if err := s.Forget(tx); err != nil {
				return fmt.Errorf("take the key %s out of the store: %w", s.Name, err)
			}
		}
		return nil
	})
}

// sum recognizes the keys.
func (r Ring) sum(slots []Slot) []byte {
	all := sha256.New()
	for _, s := range slots {
		fmt.Fprintf(all, "%s %x\n", s.Name, r[s.Name])
	}
	return all.Sum(nil)
}

func errMissing(path string) error {
	return fmt.Errorf("the keys of this store are not at %s: put their file back there, or say with --key-file where it is. "+
		"Without it nobody can use their authenticator app, and no bound identity is recognized", path)
}

func errForeign(path string) error {
	return fmt.Errorf("the keys at %s are those of another store: say with --key-file where those of this store are", path)
}
