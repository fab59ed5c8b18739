package audit

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"time"

	"wenguan/models/fault"
	"wenguan/models/store"
)

const (
	records = "audit_records"
	heads   = "audit_heads"
)

// Collections declares what is kept.
func Collections() []store.Collection {
	return []store.Collection{
		{Name: records},
		{Name: heads},
		{Name: looks, Indexes: []store.Index{
			{Name: byWhose, Fields: []string{"whose", "at"}},
			{Name: byWho, Fields: []string{"who", "at"}},
		}},
	}
}

// head is the end of a chain. Whoever appends replaces it, so two writers cannot continue the same record.
type head struct {
	ID     string    `bson:"_id"` // the chain
	Number int64     `bson:"n"`
	Hash   []byte    `bson:"hash"`
	At     time.Time `bson:"at"`
}

// Append adds the entries to their chains, in order. It belongs into the transaction of the change it tells of: both are
// kept or neither.
func Append(tx store.Tx, now time.Time, entries ...Entry) error {
	for _, e := range entries {
		if err := appendOne(tx, now.UTC().Truncate(time.Millisecond), e); err != nil {
			return fmt.Errorf("audit %s: %w", e.Action, err)
		}
	}
	return nil
}

func appendOne(tx store.Tx, now time.Time, e Entry) error {
	if e.Chain == "" {
		e.Chain = District
	}
	h := head{ID: e.Chain}
	err := tx.Get(heads, e.Chain, &h)
	first := fault.Is(err, fault.NotFound)
	if err != nil && !first {
		return err
	}
	r, err := h.next(now, e)
	if err != nil {
		return err
	}
	if err := tx.Insert(records, r); err != nil {
		return err
	}
	h.Number, h.Hash, h.At = r.Number, r.Hash, r.At
	if first {
		return tx.Insert(heads, h)
	}
	return tx.Replace(heads, h)
}

// next is the record that continues the chain. Its time never lies before the one of the record it follows.
func (h head) next(now time.Time, e Entry) (Record, error) {
	if now.Before(h.At) {
		now = h.At
	}
	r := Record{
		ID: recordID(e.Chain, h.Number+1), Chain: e.Chain, Number: h.Number + 1, At: now,
		Action: e.Action, Subject: e.Subject, Actor: e.Actor, Means: e.Means, OnBehalf: e.OnBehalf, Request: e.Request,
		Previous: h.Hash,
	}
	var err error
	if r.Before, err = canonical(e.Before); err != nil {
		return r, err
	}
	if r.After, err = canonical(e.After); err != nil {
		return r, err
	}
	r.Hash = r.sum()
	return r, nil
}

func recordID(chain string, number int64) string { return fmt.Sprintf("%s|%012d", chain, number) }

// canonical is v as JSON, "" for nil: encoding/json sorts the keys of maps and keeps the order of fields.
func canonical(v any) (string, error) {
	if v == nil {
		return "", nil
	}
	b, err := json.Marshal(v)
	return string(b), err
}

// sum is the SHA-256 of the record's fields as a JSON array, which no two different records share.
func (r Record) sum() []byte {
	b, _ := json.Marshal([]any{ // strings, numbers and bytes always marshal
		r.Chain, r.Number, r.At.UnixMilli(), r.Action, r.Subject, r.Actor, r.Means, r.OnBehalf, r.Request, r.Before, r.After, r.Previous,
	})
	sum := sha256.Sum256(b)
	return sum[:]
}
