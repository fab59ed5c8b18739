package venue

import (
	"context"
	"fmt"
	"sync"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/store"
)

// MaxVenues bounds one district, so that all of it can be held decoded in memory.
const MaxVenues = 20_000

// Catalog is the district's venues, their rule books and photos, and the holiday calendar. Every *Venue it returns from
// Get, In, List and All is shared and READ-ONLY; Save takes and returns copies. Safe for concurrent use.
//
// A transaction that has written through the catalog must not read venues through it any more: what it sees is not
// committed yet, and the cache would keep it.
type Catalog struct {
	store    store.Store
	clock    func() time.Time
	cache    *cache
	drawing  chan struct{} // room for one
	guard    func(tx store.Tx, old, next *Venue) error
	versions sync.Map // ruleVersionID -> *Rules; versions never change, and only those of stored bookings are asked for

	holidays struct {
		sync.RWMutex
		*civil.Calendar
	}
}

// New makes the catalog kept in st.
func New(st store.Store, clock func() time.Time) *Catalog {
	return &Catalog{store: st, clock: clock, cache: newCache(), drawing: make(chan struct{}, 1)}
}

// now is the clock in the precision the store keeps.
func (c *Catalog) now() time.Time { return c.clock().UTC().Truncate(time.Millisecond) }

// update is an Update after which no reader keeps what was never stored: transactions that share a commit may have seen
// this one's writes before the commit failed.
func (c *Catalog) update(ctx context.Context, fn func(store.Tx) error) error {
	err := c.store.Update(ctx, fn)
	if fault.Is(err, fault.Internal) || fault.Is(err, fault.Unavailable) {
		c.cache.forget()
		c.holidays.Lock()
		c.holidays.Calendar = nil
		c.holidays.Unlock()
	}
	return err
}

// Guard has every change of a stored venue checked in its transaction, before the venue is written; an error
// refuses the change. Set it before the catalog is used.
func (c *Catalog) Guard(check func(tx store.Tx, old, next *Venue) error) { c.guard = check }

// Get is the venue; fault.NotFound ("venue_not_found") if there is none.
func (c *Catalog) Get(ctx context.Context, id string) (*Venue, error) {
	var v *Venue
	err := c.store.View(ctx, func(tx store.Tx) (err error) {
		v, err = c.In(tx, id)
		return err
	})
	return v, err
}

// In is the venue as this transaction sees it; fault.NotFound ("venue_not_found") if there is none. It reads one tiny
// document to learn whether any venue changed, and the venue itself only if one did; it decodes only a new revision.
func (c *Catalog) In(tx store.Tx, id string) (*Venue, error) {
	at, err := headRev(tx)
	if err != nil {
		return nil, err
	}
	if e := c.cache.get(id); e != nil && e.current(at) {
		return e.venue, nil
	}
	var raw bson.Raw
	err = tx.Get(venues, id, &raw)
	if fault.Is(err, fault.NotFound) {
		return nil, notFound()
	}
	if err != nil {
		return nil, fmt.Errorf("read venue %s: %w", id, err)
	}
	e, err := c.decode(raw, id, at)
	if err != nil {
		return nil, err
	}
	return e.venue, nil
}

// All is every venue of the district, retired ones too, ordered by id, as this transaction sees it. After a change only
// the changed venues are read. The slice is the caller's, the venues are shared.
func (c *Catalog) All(tx store.Tx) ([]*Venue, error) {
	list, err := c.entries(tx)
	if err != nil {
		return nil, err
	}
	out := make([]*Venue, len(list))
	for i, e := range list {
		out[i] = e.venue
	}
	return out, nil
}

func (c *Catalog) entries(tx store.Tx) ([]*entry, error) {
	at, err := headRev(tx)
	if err != nil {
		return nil, err
	}
	list, known := c.cache.list()
	if known == at {
		return list, nil
	}
	q := store.Query{Index: "by_seq", From: known + 1}
	if known < 0 || known > at { // the first time, or a snapshot older than the list: everything
		list, q = nil, store.Query{Index: "by_seq"}
	}
	var changed []*entry
	err = tx.Find(venues, q, func(raw bson.Raw) (bool, error) {
		e, err := c.decode(raw, raw.Lookup("_id").StringValue(), at)
		changed = append(changed, e)
		return true, err
	})
	if err != nil {
		return nil, fmt.Errorf("read venues: %w", err)
	}
	list = merge(list, changed)
	c.cache.keep(list, at)
	return list, nil
}

// decode is the raw document as an entry: the one in the cache if it is the same revision.
func (c *Catalog) decode(raw bson.Raw, id string, at int64) (*entry, error) {
	if e := c.cache.get(id); e != nil && e.venue.Revision == int64Of(raw, "rev") {
		e.confirm(at)
		return e, nil
	}
	var r record
	if err := bson.Unmarshal(raw, &r); err != nil {
		return nil, fmt.Errorf("decode venue %s: %w", id, err)
	}
	return c.cache.put(newEntry(&r, at)), nil
}

// RulesOf is RulesAt outside a transaction.
func (c *Catalog) RulesOf(ctx context.Context, venue string, version int32) (book *Rules, err error) {
	if r, ok := c.versions.Load(ruleVersionID(venue, version)); ok {
		return r.(*Rules), nil
	}
	err = c.store.View(ctx, func(tx store.Tx) error {
		book, err = c.RulesAt(tx, venue, version)
		return err
	})
	return book, err
}

// RulesAt is the version of a rule book of a venue or its spaces that a booking was made under; fault.NotFound
// ("rule_version_not_found") if there is none. It is shared and READ-ONLY.
func (c *Catalog) RulesAt(tx store.Tx, venue string, version int32) (*Rules, error) {
	id := ruleVersionID(venue, version)
	if r, ok := c.versions.Load(id); ok {
		return r.(*Rules), nil
	}
	var kept ruleVersion
	err := tx.Get(ruleVersions, id, &kept)
	if fault.Is(err, fault.NotFound) {
		return nil, fault.New(fault.NotFound, "rule_version_not_found", "This venue never had that version of its rules.")
	}
	if err != nil {
		return nil, fmt.Errorf("read rules %s: %w", id, err)
	}
	c.versions.Store(id, &kept.Rules)
	return &kept.Rules, nil
}
