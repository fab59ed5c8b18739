package limit

import (
	"context"
	"sync"
	"time"
)

// Local counts in this process. It is bounded; a forgotten bucket starts full, so bounding never refuses anybody wrongly.
type Local struct {
	rate  Rate
	clock func() time.Time

	mu      sync.Mutex
	buckets recent[bucket]
}

// NewLocal counts by this rate for about most keys at a time. A rate of nothing refuses nobody.
func NewLocal(rate Rate, clock func() time.Time, most int) *Local {
	return &Local{rate: rate, clock: clock, buckets: newRecent[bucket](most)}
}

// Take implements Counter.
func (l *Local) Take(_ context.Context, key string) error {
	if l.rate.Burst == 0 {
		return nil
	}
	now := l.clock()
	l.mu.Lock()
	defer l.mu.Unlock()
	full, wait := l.rate.take(l.buckets.get(key), 1, now)
	l.buckets.put(key, full)
	if wait > 0 {
		return tooMany(wait)
	}
	return nil
}
