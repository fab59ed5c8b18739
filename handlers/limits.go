package handlers

import (
	"sync"
	"time"

	"golang.org/x/time/rate"

	"wenguan/models/fault"
)

// Limits refuse whoever asks too often. A nil bucket refuses nobody.
type Limits struct {
	SignIns  *Buckets // by network address: signing in and asking for codes
	Bookings *Buckets // by account: reserving and moving
	Searches *Buckets // by account: looking for people
	Reports  *Buckets // by network address: reports of browsers, which go to the log
}

func signInAttempt(l Limits, who *Caller) error  { return l.SignIns.take(who.Network) }
func bookingAttempt(l Limits, who *Caller) error { return l.Bookings.take(who.Actor.ID) }
func searchAttempt(l Limits, who *Caller) error  { return l.Searches.take(who.Actor.ID) }
func reportAttempt(l Limits, who *Caller) error  { return l.Reports.take(who.Network) }

// Buckets are token buckets by key. They are bounded: the buckets of two generations are kept, and the older generation
// is forgotten when the younger is full. A forgotten bucket starts full, so bounding never refuses anybody wrongly.
type Buckets struct {
	clock       func() time.Time
	every       rate.Limit
	burst, most int

	mu           sync.Mutex
	young, older map[string]*rate.Limiter
}

// NewBuckets makes buckets of burst tokens that gain perMinute tokens a minute, for about most keys at a time.
// perMinute 0 means no limit at all.
func NewBuckets(clock func() time.Time, perMinute, burst, most int) *Buckets {
	if perMinute <= 0 {
		return nil
	}
	return &Buckets{
		clock: clock, every: rate.Limit(float64(perMinute) / 60), burst: burst, most: most / 2,
		young: map[string]*rate.Limiter{},
	}
}

func (b *Buckets) take(key string) error {
	if b == nil {
		return nil
	}
	now := b.clock()
	b.mu.Lock()
	defer b.mu.Unlock()
	reservation := b.of(key).ReserveN(now, 1)
	wait := reservation.DelayFrom(now)
	if wait == 0 {
		return nil
	}
	reservation.CancelAt(now)
	return fault.New(fault.TooMany, "too_many_requests", "Too many requests. Wait a moment and try again.").
		With("retry_after", int((wait+time.Second-1)/time.Second))
}

func (b *Buckets) of(key string) *rate.Limiter {
	if l, ok := b.young[key]; ok {
		return l
	}
	l, ok := b.older[key]
	if !ok {
		l = rate.NewLimiter(b.every, b.burst)
	}
	if len(b.young) >= b.most {
		b.older, b.young = b.young, map[string]*rate.Limiter{}
	}
	b.young[key] = l
	return l
}
