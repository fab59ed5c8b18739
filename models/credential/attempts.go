package credential

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"wenguan/models/fault"
	"wenguan/models/limit"
	"wenguan/models/store"
)

// pace is how fast somebody may fail: so many times free, then after each failure a wait that doubles up to the longest.
// Failures are forgotten after a time without any.
type pace struct {
	free    int
	first   time.Duration
	longest time.Duration
	forgets time.Duration
}

// The paces. A login is somebody's, so few failures are free; but whoever tries is never kept out for longer than a
// quarter of an hour, or a stranger could lock the owner out. A network may be a whole town hall behind one address.
var (
	loginPace   = pace{free: 5, first: time.Second, longest: 15 * time.Minute, forgets: 24 * time.Hour}
	networkPace = pace{free: 50, first: time.Second, longest: 5 * time.Minute, forgets: time.Hour}
)

func (p pace) wait(failures int32) time.Duration {
	if int(failures) <= p.free {
		return 0
	}
	return min(p.first<<min(int(failures)-p.free-1, 20), p.longest)
}

// failures counts the attempts of one key that have not turned out right.
type failures struct {
	ID      string    `bson:"_id"`
	Count   int32     `bson:"count"`
	Until   time.Time `bson:"until"` // no attempt before
	Expires time.Time `bson:"expires"`
}

// counted is one thing attempts are counted by.
type counted struct {
	id   string
	pace pace
}

// charge counts an attempt as failed before it is looked at, so that thousands at the same moment cannot all be the
// first; refund takes it back. It fails with fault.TooMany "too_many_attempts" {retry_after} while there is a wait.
func charge(tx store.Tx, now time.Time, by ...counted) error {
	for _, c := range by {
		f := failures{ID: c.id}
		if err := tx.Get(attempts, c.id, &f); err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		if now.Before(f.Until) {
			seconds := int((f.Until.Sub(now) + time.Second - 1) / time.Second)
			return fault.New(fault.TooMany, "too_many_attempts", "Too many attempts failed. Try again in %d seconds.", seconds).
				With("retry_after", seconds)
		}
		if !now.Before(f.Expires) {
			f.Count = 0
		}
		f.Count++
		f.Until, f.Expires = now.Add(c.pace.wait(f.Count)), now.Add(c.pace.forgets)
		if err := put(tx, attempts, c.id, f); err != nil {
			return err
		}
	}
	return nil
}

// forgive forgets the failures of a key: its owner was there.
func forgive(tx store.Tx, c counted) error { return drop(tx, attempts, c.id) }

// refund takes one failure back.
func refund(tx store.Tx, c counted) error {
	var f failures
	err := tx.Get(attempts, c.id, &f)
	if fault.Is(err, fault.NotFound) || err == nil && f.Count == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	f.Count--
	f.Until = time.Time{}
	return tx.Replace(attempts, f)
}

// byLogin counts by what was typed as the login, whether or not it is anybody's.
func byLogin(key []byte, login string) counted { return counted{mark(key, "login", login), loginPace} }

// byBrowser counts apart for a browser that has signed in to the account before: a stranger's failures do not hold it up.
func byBrowser(b browser) counted { return counted{"browser-" + b.Hash, loginPace} }

// byStep counts second factors shown in a session.
func byStep(key []byte, accountID string) counted {
	return counted{mark(key, "step", accountID), loginPace}
}

func byNetwork(key []byte, network string) counted {
	return counted{mark(key, "network", limit.Neighbourhood(network)), networkPace}
}

// mark is a short stable stand-in for a value in a document's _id.
func mark(key []byte, what, value string) string {
	mac := hmac.New(sha256.New, key)
	_, _ = fmt.Fprintf(mac, "%s %s", what, value)
	return hex.EncodeToString(mac.Sum(nil)[:16])
}
