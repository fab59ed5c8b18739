package audit

import (
	"context"
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/id"
	"wenguan/models/store"
)

const (
	looks   = "audit_looks"
	byWhose = "whose"
	byWho   = "who"
	byAt    = "at"
)

// Look is one time somebody of the staff saw personal data of a person in clear. The person is shown every one.
type Look struct {
	ID      string    `bson:"_id"`
	Whose   string    `bson:"whose"`           // account id of the person
	Who     string    `bson:"who"`             // account id of who looked
	Why     string    `bson:"why"`             // "counter", "booking", "verification", "export", … ; a word for each is in the pages
	What    string    `bson:"what"`            // what was shown: "person", "phone", "documents", "booking/01j…"
	Venue   string    `bson:"venue,omitempty"` // where they are served; "" for what is of no venue
	At      time.Time `bson:"at"`
	Request string    `bson:"request,omitempty"`
}

// sameLook is how long a page that is loaded again is still the same look.
const sameLook = 10 * time.Minute

// Saw records a look in the transaction that reads what is looked at. Of somebody who looks at themselves nothing is kept,
// and who sees the same again within ten minutes of a recorded look is not recorded twice.
func Saw(tx store.Tx, now time.Time, l Look) error {
	if l.Who == l.Whose {
		return nil
	}
	l.ID, l.At = id.New(now), now.UTC().Truncate(time.Millisecond)
	recent, err := store.All[Look](tx, looks, store.Query{
		Index: byWhose, Equal: []any{l.Whose}, From: l.At.Add(time.Millisecond - sameLook), Desc: true, Limit: 100,
	})
	if err != nil {
		return fmt.Errorf("read the looks at %s: %w", l.Whose, err)
	}
	for _, r := range recent {
		if r.Who == l.Who && r.Why == l.Why && r.What == l.What && r.Venue == l.Venue {
			return nil
		}
	}
	if err := tx.Insert(looks, l); err != nil {
		return fmt.Errorf("record a look at %s: %w", l.Whose, err)
	}
	return nil
}

// LooksAt lists who looked at a person's data, latest first; next is the cursor of the page that follows.
func LooksAt(tx store.Tx, whose string, limit int, after string) (list []Look, next string, err error) {
	return store.Page[Look](tx, looks, store.Query{Index: byWhose, Equal: []any{whose}, Desc: true, Limit: limit, After: after})
}

// ForgetLooksAt deletes within a transaction the looks at somebody's data, at most so many, and returns how many it did.
// They are kept for that person alone.
func ForgetLooksAt(tx store.Tx, whose string, most int) (n int, err error) {
	err = tx.Find(looks, store.Query{Index: byWhose, Equal: []any{whose}, Limit: most}, func(raw bson.Raw) (bool, error) {
		n++
		id, _ := raw.Lookup("_id").StringValueOK()
		return true, tx.Delete(looks, id)
	})
	return n, err
}

// TidyLooks deletes the looks of before the moment, at most 10,000 a call, and returns how many it did.
func TidyLooks(ctx context.Context, st store.Store, before time.Time) (int, error) {
	n, err := store.DeleteBefore(ctx, st, looks, byAt, before)
	if err != nil {
		return n, fmt.Errorf("tidy looks: %w", err)
	}
	return n, nil
}
