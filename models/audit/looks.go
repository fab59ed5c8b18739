package audit

import (
	"fmt"
	"time"

	"wenguan/models/id"
	"wenguan/models/store"
)

const (
	looks   = "audit_looks"
	byWhose = "whose"
	byWho   = "who"
)

// Look is one time somebody of the staff saw personal data of a person in clear. The person is shown every one.
type Look struct {
	ID      string    `bson:"_id"`
	Whose   string    `bson:"whose"` // account id of the person
	Who     string    `bson:"who"`   // account id of who looked
	Why     string    `bson:"why"`   // "counter", "booking", "verification", "export", … ; a word for each is in the pages
	What    string    `bson:"what"`  // what was shown: "person", "phone", "documents", "booking/01j…"
	At      time.Time `bson:"at"`
	Request string    `bson:"request,omitempty"`
}

// Saw records a look in the transaction that reads what is looked at. Of somebody who looks at themselves nothing is kept.
func Saw(tx store.Tx, now time.Time, l Look) error {
	if l.Who == l.Whose {
		return nil
	}
	l.ID, l.At = id.New(now), now.UTC().Truncate(time.Millisecond)
	if err := tx.Insert(looks, l); err != nil {
		return fmt.Errorf("record a look at %s: %w", l.Whose, err)
	}
	return nil
}

// LooksAt lists who looked at a person's data, latest first; next is the cursor of the page that follows.
func LooksAt(tx store.Tx, whose string, limit int, after string) (list []Look, next string, err error) {
	return store.Page[Look](tx, looks, store.Query{Index: byWhose, Equal: []any{whose}, Desc: true, Limit: limit, After: after})
}
