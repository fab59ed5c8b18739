package report

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"sync"
	"time"

	"wenguan/models/civil"
	"wenguan/models/ledger"
	"wenguan/models/store"
	"wenguan/models/venue"
)

// cache remembers answers. Nothing in it is ever trusted without asking the store for the revisions it was made from,
// so any number of instances and caches are right at the same time.
type cache struct {
	mu      sync.Mutex
	answers map[string]*answer
	live    map[string]*live
}

// maxAnswers and maxLive bound the maps; a full one is emptied.
const (
	maxAnswers = 256
	maxLive    = 8192
)

func newCache() *cache { return &cache{answers: map[string]*answer{}, live: map[string]*live{}} }

// answer is a summary and what it was made from.
type answer struct {
	base  *base
	stamp []int64
	*Summary
}

// base is the part of an answer that comes from roll-ups.
type base struct {
	head   int64     // revision of the roll-ups
	venues []int64   // revisions
	since  time.Time // holds from since until the next midnight at one of the venues
	until  time.Time
	tally  *tally
	days   []liveDay // what has to be computed as it stands
}

// liveDay is a day that is not over, or not rolled up yet.
type liveDay struct {
	venue *venue.Venue
	date  civil.Date
}

// live is the figures of a live day and what they were made from.
type live struct {
	stamp   [4]int64
	figures Figures
}

func (c *cache) answer(key string) *answer {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.answers[key]
}

func (c *cache) keepAnswer(key string, a *answer) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.answers) >= maxAnswers {
		clear(c.answers)
	}
	c.answers[key] = a
}

func (c *cache) liveDay(key string) *live {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.live[key]
}

func (c *cache) keepLive(key string, l *live) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.live) >= maxLive {
		clear(c.live)
	}
	c.live[key] = l
}

// answer is the summary of the venues in scope, remembered if nothing it was made from changed since.
func (b *Bureau) answer(tx store.Tx, q Query, in scope) (*Summary, error) {
	key := fmt.Sprintf("%d|%d|%s|%s", q.From, q.To, q.By, in.key())
	now := b.clock()
	known := b.cache.answer(key)
	if known == nil {
		known = &answer{}
	}
	base, err := b.base(tx, known.base, q, in, now)
	if err != nil {
		return nil, err
	}
	stamp, err := b.stamp(tx, base, now)
	if err != nil {
		return nil, err
	}
	if base == known.base && slices.Equal(stamp, known.stamp) {
		return known.Summary, nil
	}
	sum := base.tally
	if len(base.days) > 0 {
		sum = sum.clone()
	}
	for i, d := range base.days {
		f, err := b.liveFigures(tx, d, [4]int64{d.venue.Revision, stamp[0], stamp[1], stamp[2+i]}, now)
		if err != nil {
			return nil, err
		}
		sum.add(d.venue.ID, d.date, f)
	}
	made := &answer{base: base, stamp: stamp, Summary: sum.summary(q, in.venues)}
	made.ComputedAt = base.tally.newest
	if len(base.days) > 0 {
		made.ComputedAt = now.Truncate(time.Minute)
	}
	if len(in.venues) > 0 && !made.ComputedAt.IsZero() {
		made.ComputedAt = made.ComputedAt.In(in.venues[0].Location())
	}
	made.Tag = tag(key, base, stamp)
	b.cache.keepAnswer(key, made)
	return made.Summary, nil
}

// base is known if it still holds, else read from the roll-ups.
func (b *Bureau) base(tx store.Tx, known *base, q Query, in scope, now time.Time) (*base, error) {
	head, err := headRevision(tx)
	if err != nil {
		return nil, err
	}
	if known.holds(head, in.venues, now) {
		return known, nil
	}
	made := &base{head: head, since: now, until: now.AddDate(1, 0, 0)}
	first, last := q.To+2, civil.Date(0) // earliest and latest of the dates that are today at some venue
	for _, v := range in.venues {
		today := civil.DateOf(now, v.Location())
		first, last = min(first, today), max(last, today)
		made.venues = append(made.venues, v.Revision)
		if midnight := today.Add(1).Start(v.Location()); midnight.Before(made.until) {
			made.until = midnight
		}
	}
	if made.tally, err = newTally(tx, in, q.From, q.To, last-1, first-1); err != nil {
		return nil, err
	}
	for _, v := range in.venues {
		today := civil.DateOf(now, v.Location())
		for _, date := range [2]civil.Date{today - 1, today} {
			if !v.Retired && q.From <= date && date <= q.To && !made.tally.rolled[rollUpID(v.ID, date)] {
				made.days = append(made.days, liveDay{v, date})
			}
		}
	}
	return made, nil
}

func (b *base) holds(head int64, venues []*venue.Venue, now time.Time) bool {
	if b == nil || b.head != head || now.Before(b.since) || !now.Before(b.until) || len(venues) != len(b.venues) {
		return false
	}
	for i, v := range venues {
		if b.venues[i] != v.Revision {
			return false
		}
	}
	return true
}

// stamp is what the live days are made from: the minute, the holiday calendar, and their sheets.
func (b *Bureau) stamp(tx store.Tx, base *base, now time.Time) ([]int64, error) {
	if len(base.days) == 0 {
		return nil, nil
	}
	calendar, err := b.venues.Calendar(tx)
	if err != nil {
		return nil, err
	}
	stamp := append(make([]int64, 0, 2+len(base.days)), now.Unix()/60, calendar.Revision)
	for _, d := range base.days {
		rev, err := ledger.Revision(tx, d.venue.ID, d.date)
		if err != nil {
			return nil, err
		}
		stamp = append(stamp, rev)
	}
	return stamp, nil
}

// liveFigures computes a live day unless it was computed from the same before.
func (b *Bureau) liveFigures(tx store.Tx, d liveDay, stamp [4]int64, now time.Time) (*Figures, error) {
	key := rollUpID(d.venue.ID, d.date)
	known := b.cache.liveDay(key)
	if known != nil && known.stamp == stamp {
		return &known.figures, nil
	}
	r, err := b.compute(tx, d.venue, d.date, now)
	if err != nil {
		return nil, err
	}
	made := &live{stamp, r.Figures}
	b.cache.keepLive(key, made)
	return &made.figures, nil
}

// tag names an answer for everybody: answers are kept by it, so no two may share one.
func tag(key string, base *base, stamp []int64) string {
	sum := sha256.Sum256(fmt.Append(nil, key, "|", base.head, base.venues, stamp))
	return hex.EncodeToString(sum[:12])
}
