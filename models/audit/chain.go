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
	byTime  = "time"
)

// Collections declares what is kept.
func Collections() []store.Collection {
	return []store.Collection{
		{Name: records, Indexes: []store.Index{{Name: byTime, Fields: []string{"at"}}}},
		{Name: heads},
		{Name: looks, Indexes: []store.Index{
			{Name: byWhose, Fields: []string{"whose", "at"}},
			{Name: byWho, Fields: []string{"who", "at"}},
			{Name: byAt, Fields: []string{"at"}},
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
// kept or neither. Entries of one chain in one call cost one write of its end.
func Append(tx store.Tx, now time.Time, entries ...Entry) error {
	now = now.UTC().Truncate(time.Millisecond)
	ends := map[string]*end{}
	for _, e := range entries {
		if e.Chain == "" {
			e.Chain = District
		}
		if err := appendOne(tx, now, ends, e); err != nil {
			return fmt.Errorf("audit %s: %w", e.Action, err)
		}
	}
	for chain, h := range ends {
		if err := h.write(tx); err != nil {
			return fmt.Errorf("audit the end of %s: %w", chain, err)
		}
	}
	return nil
}

// end is the end of a chain while a transaction moves it.
type end struct {
	head
	first bool // there was none
}

func (e *end) write(tx store.Tx) error {
	if e.first {
		return tx.Insert(heads, e.encode())
	}
	return tx.Replace(heads, e.encode())
}

func appendOne(tx store.Tx, now time.Time, ends map[string]*end, e Entry) error {
	at := ends[e.Chain]
	if at == nil {
		at = &end{head: head{ID: e.Chain}}
		err := tx.Get(heads, e.Chain, &at.head)
		if at.first = fault.Is(err, fault.NotFound); err != nil && !at.first {
			return err
		}
		ends[e.Chain] = at
	}
	r, err := at.next(now, e)
	if err != nil {
		return err
	}
	at.Number, at.Hash, at.At = r.Number, r.Hash, r.At
	return tx.Insert(records, r.encode())
}

// next is the record that continues the chain. Its time never lies before the one of the record it follows.
func (h *head) next(now time.Time, e Entry) (Record, error) {
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

// recordID sorts as the numbers do: they have twelve digits.
func recordID(chain string, number int64) string { return fmt.Sprintf("%s|%012d", chain, number) }

// canonical is v as JSON, "" for nil: encoding/json sorts the keys of maps and keeps the order of fields.
func canonical(v any) (string, error) {
	if v == nil {
		return "", nil
	}
	b, err := json.Marshal(v)
	return string(b), err
}

// sum is the SHA-256 of the record's fields as one JSON array: chain, number, milliseconds since 1970, action, subject,
// actor, means, on behalf of, request, before, after, and the hash of the record before it in standard base64 (null for
// the first). docs/audit.md says it again for those who check with tools of their own.
func (r *Record) sum() []byte {
	sum := sha256.Sum256(r.appendHashed(make([]byte, 0, 512+len(r.Before)+len(r.After))))
	return sum[:]
}
