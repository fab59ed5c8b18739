package venue

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// entry is one decoded version of a venue. It was made by change number venue.Seq and is known to be the current one
// up to change number checked, so a transaction whose snapshot lies between the two may use it without reading.
type entry struct {
	seq     int64
	venue   *Venue
	search  string // what a text query looks in, folded
	checked atomic.Int64
}

// current reports whether the entry is the venue as of this change number.
func (e *entry) current(head int64) bool { return e.seq <= head && head <= e.checked.Load() }

// confirm notes that the entry still was the current version at this change number.
func (e *entry) confirm(head int64) {
	for {
		known := e.checked.Load()
		if known >= head || e.checked.CompareAndSwap(known, head) {
			return
		}
	}
}

// cache holds the newest decoded version of every venue. It is bounded because the number of venues is (MaxVenues) and
// ids that do not exist are not kept.
type cache struct {
	mu      sync.RWMutex
	entries map[string]*entry
	head    int64 // change number that all is complete for, -1 at first
	all     []*entry
}

func newCache() *cache { return &cache{entries: map[string]*entry{}, head: -1} }

func (c *cache) get(id string) *entry {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.entries[id]
}

// put keeps the newer of e and what is there, and returns e.
func (c *cache) put(e *entry) *entry {
	c.mu.Lock()
	defer c.mu.Unlock()
	if old := c.entries[e.venue.ID]; old == nil || old.seq < e.seq {
		c.entries[e.venue.ID] = e
	}
	return e
}

// list is the last complete list and the change number it is complete for.
func (c *cache) list() ([]*entry, int64) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.all, c.head
}

// keep remembers a complete list unless a newer one is there.
func (c *cache) keep(all []*entry, head int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if head > c.head {
		c.all, c.head = all, head
	}
}

// forget drops everything, to be read again.
func (c *cache) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries, c.all, c.head = map[string]*entry{}, nil, -1
}

// merge is the list, ordered by id, with the changed entries in the places of their older versions. The arguments are
// not changed.
func merge(list, changed []*entry) []*entry {
	newer := make(map[string]bool, len(changed))
	for _, e := range changed {
		newer[e.venue.ID] = true
	}
	out := slices.Clone(changed)
	for _, e := range list {
		if !newer[e.venue.ID] {
			out = append(out, e)
		}
	}
	slices.SortFunc(out, func(a, b *entry) int { return cmp.Compare(a.venue.ID, b.venue.ID) })
	return out
}

func newEntry(r *record, head int64) *entry {
	v := r.Venue
	e := &entry{seq: r.Seq, venue: &v, search: searchText(&v)}
	e.checked.Store(max(head, r.Seq))
	return e
}

func searchText(v *Venue) string {
	return fold(strings.Join([]string{v.Name.ZH, v.Name.EN, v.Address.ZH, v.Address.EN, v.Area, v.ID}, "\n"))
}
