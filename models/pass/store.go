package pass

import (
	"context"
	"time"

	"wenguan/models/store"
)

// The collections: every key by its id, and one document that names the key that signs. Whoever changes the signing key
// replaces that document, so two instances never end up with two.
const (
	keys    = "pass_keys"
	signing = "pass_signing"
	signs   = "current" // the _id of that one document
)

type pointer struct {
	ID  string `bson:"_id"`
	Key string `bson:"key"`
}

// Collections declares what the office keeps.
func Collections() []store.Collection {
	return []store.Collection{{Name: keys}, {Name: signing}}
}

// current returns the key that signs; fault.NotFound before the first one is made. It asks the store each time which key
// that is, so a rotation by another instance takes effect at once.
func (o *Office) current(ctx context.Context) (key, error) {
	var k key
	err := o.store.View(ctx, func(tx store.Tx) error {
		var p pointer
		if err := tx.Get(signing, signs, &p); err != nil {
			return err
		}
		if known, ok := o.cached(p.Key); ok {
			k = known
			return nil
		}
		k = key{}
		return tx.Get(keys, p.Key, &k)
	})
	if err == nil {
		o.remember(k)
	}
	return k, err
}

// byID returns any key that still verifies.
func (o *Office) byID(ctx context.Context, kid string) (key, error) {
	if k, ok := o.cached(kid); ok {
		return k, nil
	}
	var k key
	err := o.store.View(ctx, func(tx store.Tx) error {
		k = key{}
		return tx.Get(keys, kid, &k)
	})
	if err == nil {
		o.remember(k)
	}
	return k, err
}

func (o *Office) cached(kid string) (key, bool) {
	o.mu.RLock()
	defer o.mu.RUnlock()
	k, ok := o.keys[kid]
	return k, ok
}

func (o *Office) remember(k key) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.keys[k.ID] = k
}

func (o *Office) addFirstKey(ctx context.Context, k key) error {
	return o.store.Update(ctx, func(tx store.Tx) error {
		if err := tx.Insert(signing, pointer{ID: signs, Key: k.ID}); err != nil {
			return err
		}
		return tx.Insert(keys, k)
	})
}

func (o *Office) replaceKey(ctx context.Context, fresh key, now time.Time) error {
	return o.store.Update(ctx, func(tx store.Tx) error {
		var p pointer
		if err := tx.Get(signing, signs, &p); err != nil {
			return err
		}
		var old key
		if err := tx.Get(keys, p.Key, &old); err != nil {
			return err
		}
		retired := now.UTC()
		old.RetiredAt, old.Seed = &retired, nil
		if err := tx.Replace(keys, old); err != nil {
			return err
		}
		if err := tx.Insert(keys, fresh); err != nil {
			return err
		}
		return tx.Replace(signing, pointer{ID: signs, Key: fresh.ID})
	})
}

func (o *Office) all(ctx context.Context) ([]key, error) {
	var list []key
	err := o.store.View(ctx, func(tx store.Tx) (err error) {
		list, err = store.All[key](tx, keys, store.Query{})
		return err
	})
	return list, err
}

// deleteRetired deletes the keys retired before the given moment.
func (o *Office) deleteRetired(ctx context.Context, before time.Time) (n int, err error) {
	err = o.store.Update(ctx, func(tx store.Tx) error {
		n = 0
		list, err := store.All[key](tx, keys, store.Query{})
		if err != nil {
			return err
		}
		for _, k := range list {
			if k.RetiredAt == nil || !k.RetiredAt.Before(before) {
				continue
			}
			if err := tx.Delete(keys, k.ID); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, err
}
