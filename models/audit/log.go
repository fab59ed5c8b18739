package audit

import (
	"context"
	"fmt"
	"strings"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/fault"
	"wenguan/models/store"
)

// Log is the chains as auditors read them.
type Log struct{ store store.Store }

// New opens the log of st.
func New(st store.Store) *Log { return &Log{st} }

// Auditor is who reads. Audits is nil if they may read the chain ("": all of them).
type Auditor interface{ Audits(chain string) error }

// Query selects records, the latest first.
type Query struct {
	Chain   string    // a venue's id or District; "" for all
	From    time.Time // zero: from the first
	Before  time.Time // zero: to the last
	Action  string    // of these beginnings: "booking" selects "booking.moved"; "" for all
	Subject string    // exactly; "" for all
	Actor   string    // who did it or on whose behalf it was done; "" for all
	Limit   int       // 1 to 200
	After   string    // the next of the page before
}

// searched is how many records one page looks at, found or not; exported how many one export has at most.
const (
	searched = 5_000
	exported = 20_000
)

// Find returns a page of what the query selects. A page may be short, even empty, and still have a next one: a search for
// something rare is cut into pages of a bounded effort.
func (l *Log) Find(ctx context.Context, who Auditor, q Query) (list []Record, next string, err error) {
	if err := who.Audits(q.Chain); err != nil {
		return nil, "", err
	}
	err = l.store.View(ctx, func(tx store.Tx) (err error) {
		list, next, err = q.page(tx)
		return err
	})
	return list, next, err
}

// Export returns everything the query selects, the oldest first; fault.Invalid "export_too_large" {max} when that is more
// than 20,000 records.
func (l *Log) Export(ctx context.Context, who Auditor, q Query) ([]Record, error) {
	if err := who.Audits(q.Chain); err != nil {
		return nil, err
	}
	var all []Record
	for q.Limit, q.After = 1000, ""; ; {
		var page []Record
		err := l.store.View(ctx, func(tx store.Tx) (err error) {
			page, q.After, err = q.page(tx)
			return err
		})
		if err != nil {
			return nil, err
		}
		if all = append(all, page...); len(all) > exported {
			return nil, fault.New(fault.Invalid, "export_too_large", "This is more than %d records; choose fewer days or one venue.", exported).
				On("from").With("max", exported)
		}
		if q.After == "" {
			break
		}
	}
	for i, j := 0, len(all)-1; i < j; i, j = i+1, j-1 {
		all[i], all[j] = all[j], all[i]
	}
	return all, nil
}

func (q *Query) page(tx store.Tx) (list []Record, next string, err error) {
	find, done, err := q.find(tx)
	if err != nil || done {
		return nil, "", err
	}
	limit, left := q.Limit, searched
	find.Limit = left + 1
	var last string
	err = tx.Find(records, find, func(raw bson.Raw) (bool, error) {
		if len(list) == limit || left == 0 {
			next = last
			return false, nil
		}
		left--
		var r Record
		if err := bson.Unmarshal(raw, &r); err != nil {
			return false, err
		}
		if q.selects(&r) {
			list = append(list, r)
		}
		if len(list) == limit || left == 0 {
			last, err = tx.Cursor(records, find, raw)
		}
		return err == nil, err
	})
	if err != nil {
		return nil, "", fmt.Errorf("read the audit: %w", err)
	}
	return list, next, nil
}

// find is the walk of the query; done when nothing can be on it.
func (q *Query) find(tx store.Tx) (find store.Query, done bool, err error) {
	find = store.Query{Desc: true, After: q.After}
	if q.Chain == "" {
		find.Index = byTime
		if !q.From.IsZero() {
			find.From = q.From
		}
		if !q.Before.IsZero() {
			find.Before = q.Before
		}
		return find, false, nil
	}
	first, last, err := q.numbers(tx)
	find.From, find.Before = recordID(q.Chain, first), recordID(q.Chain, last)
	return find, first >= last, err
}

// numbers are the first record of the chain within the time, and the one after the last. Times of a chain only grow.
func (q *Query) numbers(tx store.Tx) (first, last int64, err error) {
	var h head
	if err := tx.Get(heads, q.Chain, &h); fault.Is(err, fault.NotFound) {
		return 1, 1, nil
	} else if err != nil {
		return 0, 0, err
	}
	first, last = 1, h.Number+1
	if !q.From.IsZero() {
		if first, err = numberAt(tx, q.Chain, h.Number, q.From); err != nil {
			return 0, 0, err
		}
	}
	if !q.Before.IsZero() {
		last, err = numberAt(tx, q.Chain, h.Number, q.Before)
	}
	return first, last, err
}

// numberAt is the number of the chain's first record at t or later, by halving.
func numberAt(tx store.Tx, chain string, most int64, t time.Time) (int64, error) {
	low, high := int64(1), most+1
	for low < high {
		mid := (low + high) / 2
		var r Record
		if err := tx.Get(records, recordID(chain, mid), &r); err != nil {
			return 0, fmt.Errorf("read the audit: record %d of %s: %w", mid, chain, err)
		}
		if r.At.Before(t) {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low, nil
}

func (q *Query) selects(r *Record) bool {
	return (q.Action == "" || r.Action == q.Action || strings.HasPrefix(r.Action, q.Action+".")) &&
		(q.Subject == "" || r.Subject == q.Subject) &&
		(q.Actor == "" || r.Actor == q.Actor || r.OnBehalf == q.Actor)
}
