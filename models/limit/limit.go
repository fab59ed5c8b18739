// Package limit counts attempts, so that nobody takes more than their part: by token buckets that fill again evenly.
// It owns the counting, in one process (Local) or in the store that several instances share (Shared), with the same
// answers. It refuses to know what is attempted, or by whom: a key is a text.
package limit

import (
	"context"
	"time"

	"wenguan/models/fault"
)

// Rate is how many attempts a key has: Burst at once, and one more every Every.
type Rate struct {
	Every time.Duration
	Burst int
}

// PerMinute is the rate of so many attempts a minute, all of which may come at once. 0 is no limit at all.
func PerMinute(n int) Rate {
	if n <= 0 {
		return Rate{}
	}
	every := (time.Minute / time.Duration(n)).Truncate(time.Millisecond) // what the store keeps of a moment
	return Rate{Every: max(every, time.Millisecond), Burst: n}
}

// Counter counts attempts by key.
type Counter interface {
	// Take counts one attempt, or refuses it with fault.TooMany "too_many_requests" {retry_after: seconds} and does not
	// count it. It is safe for concurrent use.
	Take(ctx context.Context, key string) error
}

// bucket is a token bucket as the moment at which it is full again: the "theoretical arrival time" of the generic cell
// rate algorithm (ITU-T I.371). A moment in the past is a full bucket, so nothing need be kept of it.
type bucket time.Time

// take returns the bucket with n attempts more, or how long to wait until they fit.
func (r Rate) take(full bucket, n int, now time.Time) (bucket, time.Duration) {
	at := time.Time(full)
	if at.Before(now) {
		at = now
	}
	at = at.Add(time.Duration(n) * r.Every)
	if wait := at.Sub(now) - time.Duration(r.Burst)*r.Every; wait > 0 {
		return full, wait
	}
	return bucket(at), 0
}

func tooMany(wait time.Duration) error {
	return fault.New(fault.TooMany, "too_many_requests", "Too many requests. Wait a moment and try again.").
		With("retry_after", int((wait+time.Second-1)/time.Second))
}
