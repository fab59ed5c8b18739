package account

import (
	"time"

	"wenguan/models/fault"
	limits "wenguan/models/limit"
	"wenguan/models/store"
)

// limit is how many codes may be sent within a time, counted over a window that slides.
type limit struct {
	most   int
	within time.Duration
}

// The limits. An address may belong to a victim, so they are tight; a network may be a library's or a carrier's, with
// many people behind one IP address, so it is wide, and stops only a flood.
var (
	addressLimits = []limit{{1, time.Minute}, {5, time.Hour}, {20, 24 * time.Hour}}
	networkLimits = []limit{{30, 10 * time.Minute}, {300, 24 * time.Hour}}
)

// sendings are the moments codes were sent for one address or network, newest last.
type sendings struct {
	ID      string      `bson:"_id"`
	At      []time.Time `bson:"at"`
	Expires time.Time   `bson:"expires"`
}

// countCode counts one more code for the address, the network and everybody, or refuses it with fault.TooMany
// "too_many_codes" or "codes_exhausted". What is refused is not counted.
func (d *Directory) countCode(tx store.Tx, to Address, network string, now time.Time) error {
	if err := countOne(tx, d.secret.mark("to", string(to)), addressLimits, now); err != nil {
		return err
	}
	if network != "" {
		if err := countOne(tx, d.secret.mark("network", neighbourhood(network)), networkLimits, now); err != nil {
			return err
		}
	}
	return d.countOverall(tx, now)
}

func countOne(tx store.Tx, id string, limits []limit, now time.Time) error {
	s := sendings{ID: id}
	if err := tx.Get(codeLimits, id, &s); err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	s, wait := s.add(limits, now)
	if wait > 0 {
		seconds := int((wait + time.Second - 1) / time.Second)
		return fault.New(fault.TooMany, "too_many_codes", "Too many codes were asked for. Try again in %d seconds.", seconds).
			With("retry_after", seconds)
	}
	return put(tx, codeLimits, id, s)
}

// add returns the sendings with one more at now, or how long to wait until that is allowed.
func (s sendings) add(limits []limit, now time.Time) (sendings, time.Duration) {
	var wait, longest time.Duration
	for _, l := range limits {
		longest = max(longest, l.within)
		if len(s.At) >= l.most {
			wait = max(wait, s.At[len(s.At)-l.most].Add(l.within).Sub(now))
		}
	}
	if wait > 0 {
		return s, wait
	}
	kept := make([]time.Time, 0, len(s.At)+1)
	for _, at := range s.At {
		if at.Add(longest).After(now) {
			kept = append(kept, at)
		}
	}
	s.At, s.Expires = append(kept, now), now.Add(longest)
	return s, 0
}

// neighbourhood is what counts as one network.
func neighbourhood(network string) string { return limits.Neighbourhood(network) }
