package ledger

import "sync"

// Cache keeps days decoded from one transaction to the next: a sheet in demand is decoded once, not for every booking
// of its day. A day is in the cache or in the hands of one working set, never both; it counts only for the very
// revision that the transaction finds in the store. It is safe for concurrent use.
type Cache struct {
	mu   sync.Mutex
	most int
	days map[string]*Day // by sheet id
}

// NewCache keeps at most so many days.
func NewCache(most int) *Cache { return &Cache{most: most, days: map[string]*Day{}} }

// take hands out the day if it is at this revision under these atoms.
func (c *Cache) take(id string, revision int64, atoms *Atoms) *Day {
	if c == nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	d := c.days[id]
	if d == nil {
		return nil
	}
	delete(c.days, id)
	if d.Revision != revision || d.atoms != atoms {
		return nil
	}
	return d
}

// put takes the day in; when there is no room, any other goes.
func (c *Cache) put(d *Day) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for id := range c.days {
		if len(c.days) < c.most {
			break
		}
		delete(c.days, id)
	}
	c.days[d.ID] = d
}

// Keep gives the days of a working set to its cache; do not use the working set any more. What was saved counts only
// once its transaction has committed: call Keep after that, or before it and Forget if it fails.
func (s *Sheets) Keep() {
	if s.cache == nil {
		return
	}
	for _, d := range s.days {
		if !d.absent && !d.changed {
			s.cache.put(d)
		}
	}
}

// Forget drops the days of a working set from its cache: the transaction that saved them failed.
func (s *Sheets) Forget() {
	if s.cache == nil {
		return
	}
	s.cache.mu.Lock()
	defer s.cache.mu.Unlock()
	for date := range s.days {
		delete(s.cache.days, SheetID(s.venue, date))
	}
}
