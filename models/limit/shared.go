package limit

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"wenguan/models/fault"
	"wenguan/models/store"
)

const (
	counts   = "limits"
	byExpiry = "expires"

	storeTime = 2 * time.Second // for one count
)

// Collections declares what is kept: buckets that are not full.
func Collections() []store.Collection {
	return []store.Collection{{Name: counts, Indexes: []store.Index{{Name: byExpiry, Fields: []string{"expires"}}}}}
}

// count is a bucket as stored. It expires when it is full again, which says all there is to say.
type count struct {
	ID      string    `bson:"_id"` // of the limit and the key, hashed
	Expires time.Time `bson:"expires"`
}

// Shared counts in the store, for all instances of the service together. Whom the store has refused this process refuses
// by itself until they could be let through, so a flood costs no transactions.
type Shared struct {
	Options
	store store.Store
	clock func() time.Time
	log   *slog.Logger
	alone *Local // decides while the store cannot count

	mu   sync.Mutex
	held recent[held]
}

// held is what this process knows of a key.
type held struct {
	until time.Time // refused until then
	left  int       // counted in the store and not used yet
	ends  time.Time // when those are worth nothing, because the bucket would have filled again
}

// Options are what one limit is.
type Options struct {
	Name   string // tells its keys from those of other limits
	Rate   Rate
	Keys   int    // how many are remembered in this process
	Secret []byte // keys the hashes of keys, which may be addresses of people
	Lump   int    // how many attempts are counted in the store at once; 1 unless said
	Closed bool   // refuses everybody while the store cannot count; else the bucket of this process decides alone
}

// NewShared counts in st.
func NewShared(o Options, st store.Store, clock func() time.Time, log *slog.Logger) *Shared {
	o.Lump = max(1, min(o.Lump, o.Rate.Burst))
	return &Shared{
		Options: o, store: st, clock: clock, log: log, alone: NewLocal(o.Rate, clock, o.Keys), held: newRecent[held](o.Keys),
	}
}

// Take implements Counter. With Closed it can also fail with fault.Unavailable "limit_unavailable".
func (s *Shared) Take(ctx context.Context, key string) error {
	if s.Rate.Burst == 0 {
		return nil
	}
	if decided, wait := s.known(key); decided {
		return refusal(wait)
	}
	wait, err := s.count(ctx, key)
	switch {
	case err != nil && s.Closed:
		return fmt.Errorf("count %s: %w", s.Name, unavailable(err))
	case err != nil:
		s.log.WarnContext(ctx, "attempts are not counted across instances", "limit", s.Name, "err", err)
		return s.alone.Take(ctx, key)
	}
	return refusal(wait)
}

func refusal(wait time.Duration) error {
	if wait > 0 {
		return tooMany(wait)
	}
	return nil
}

// known decides without the store where it can: whom it refused until later, and who has something left of a lump.
func (s *Shared) known(key string) (decided bool, wait time.Duration) {
	now := s.clock()
	s.mu.Lock()
	defer s.mu.Unlock()
	h := s.held.get(key)
	switch {
	case h.left > 0 && now.Before(h.ends):
		h.left--
		s.held.put(key, h)
		return true, 0
	case now.Before(h.until):
		return true, h.until.Sub(now)
	}
	return false, 0
}

func unavailable(err error) error {
	if fault.Is(err, fault.Unavailable) {
		return err
	}
	return fault.New(fault.Unavailable, "limit_unavailable", "The service cannot answer just now. Try again in a moment.")
}

// count takes a lump from the bucket in the store, or the one attempt if a lump does not fit, and returns how long to wait
// if that does not fit either.
func (s *Shared) count(ctx context.Context, key string) (wait time.Duration, err error) {
	ctx, cancel := context.WithTimeout(ctx, storeTime)
	defer cancel()
	taken := 0
	for range 2 { // of two instances that count a key for the first time one does so again
		err = s.store.Update(ctx, func(tx store.Tx) (err error) {
			taken, wait, err = s.countIn(tx, key)
			return err
		})
		if !fault.Is(err, fault.Conflict) {
			break
		}
	}
	if err == nil {
		s.learn(key, taken, wait)
	}
	return wait, err
}

func (s *Shared) countIn(tx store.Tx, key string) (taken int, wait time.Duration, err error) {
	kept := count{ID: s.id(key)}
	err = tx.Get(counts, kept.ID, &kept)
	first := fault.Is(err, fault.NotFound)
	if err != nil && !first {
		return 0, 0, err
	}
	now := s.clock().UTC().Truncate(time.Millisecond)
	taken = s.Lump
	full, wait := s.Rate.take(bucket(kept.Expires), taken, now)
	if wait > 0 && taken > 1 {
		taken = 1
		full, wait = s.Rate.take(bucket(kept.Expires), taken, now)
	}
	if wait > 0 {
		return 0, wait, nil
	}
	kept.Expires = time.Time(full)
	if first {
		return taken, 0, tx.Insert(counts, kept)
	}
	return taken, 0, tx.Replace(counts, kept)
}

// learn keeps what the store has said. The one attempt is used already.
func (s *Shared) learn(key string, taken int, wait time.Duration) {
	now := s.clock()
	s.mu.Lock()
	defer s.mu.Unlock()
	if wait > 0 {
		s.held.put(key, held{until: now.Add(wait)})
		return
	}
	if taken > 1 {
		h := held{left: taken - 1, ends: now.Add(time.Duration(taken) * s.Rate.Every)}
		if before := s.held.get(key); now.Before(before.ends) { // another request took a lump at the same moment
			h.left += before.left
		}
		s.held.put(key, h)
	}
}

func (s *Shared) id(key string) string {
	mac := hmac.New(sha256.New, s.Secret)
	_, _ = fmt.Fprintf(mac, "%d:%s%s", len(s.Name), s.Name, key)
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

// Tidy deletes the buckets that are full again, and returns how many.
func Tidy(ctx context.Context, st store.Store, now time.Time) (int, error) {
	return store.DeleteBefore(ctx, st, counts, byExpiry, now)
}
