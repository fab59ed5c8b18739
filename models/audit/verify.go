package audit

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"wenguan/models/fault"
	"wenguan/models/store"
)

// Mark is how far a chain had come at some moment. Kept outside the store, it proves later that nothing before it was
// rewritten, not even by somebody who can write the whole store.
type Mark struct {
	Chain  string
	Number int64
	Hash   []byte
}

// Broken is a place where a chain does not hold.
type Broken struct {
	Chain  string
	Number int64
	Why    string
}

// String says it in a sentence.
func (b Broken) String() string { return fmt.Sprintf("%s, record %d: %s", b.Chain, b.Number, b.Why) }

// Verify reads every record of every chain as of now and recomputes its hash. It returns how far each chain has come, in
// order of their names, and every place where one does not hold: a record that is missing, altered, put in, or does not
// continue the one before it, a chain that ends elsewhere than its end says, or that was rewritten since a mark.
func (l *Log) Verify(ctx context.Context, marks ...Mark) (ends []Mark, broken []Broken, err error) {
	var known []head
	err = l.store.View(ctx, func(tx store.Tx) (err error) {
		known, err = store.All[head](tx, heads, store.Query{})
		return err
	})
	if err != nil {
		return nil, nil, fmt.Errorf("read the ends of the audit: %w", err)
	}
	v := verifier{ends: map[string]head{}, marks: marks}
	for _, h := range known {
		v.ends[h.ID] = h
	}
	for after := ""; ; {
		var page []Record
		err := l.store.View(ctx, func(tx store.Tx) (err error) {
			page, after, err = store.Page[Record](tx, records, store.Query{Limit: 1000, After: after})
			return err
		})
		if err != nil {
			return nil, nil, fmt.Errorf("read the audit: %w", err)
		}
		for i := range page {
			v.see(&page[i])
		}
		if after == "" {
			break
		}
	}
	v.leave()
	v.remaining()
	if err := l.endless(ctx, &v); err != nil {
		return nil, nil, err
	}
	slices.SortFunc(v.seen, func(a, b Mark) int { return strings.Compare(a.Chain, b.Chain) })
	return v.seen, v.broken, nil
}

// endless complains about chains without an end, unless they began while the walk was under way.
func (l *Log) endless(ctx context.Context, v *verifier) error {
	return l.store.View(ctx, func(tx store.Tx) error {
		for _, m := range v.open {
			err := tx.Get(heads, m.Chain, new(head))
			if fault.Is(err, fault.NotFound) {
				v.broken = append(v.broken, Broken{m.Chain, m.Number, "the chain has no end"})
				v.seen = append(v.seen, m)
			} else if err != nil {
				return fmt.Errorf("read the end of %s: %w", m.Chain, err)
			}
		}
		return nil
	})
}

// verifier walks over all records in the order of their ids: chain after chain, each by number.
type verifier struct {
	ends   map[string]head
	marks  []Mark
	at     Mark // the record before this one; no chain yet: ""
	seen   []Mark
	open   []Mark // chains that had no end when the walk began
	broken []Broken
}

func (v *verifier) complain(number int64, why string) {
	v.broken = append(v.broken, Broken{v.at.Chain, number, why})
}

func (v *verifier) see(r *Record) {
	if r.Chain != v.at.Chain {
		v.leave()
		v.at = Mark{Chain: r.Chain}
	}
	h, known := v.ends[r.Chain]
	if known && r.Number > h.Number && v.at.Number >= h.Number {
		if v.at.Number == h.Number { // appended while this walk was under way; the next walk reads it
			v.close(h)
		}
		v.at.Number = r.Number
		return
	}
	switch {
	case r.ID != recordID(r.Chain, r.Number):
		v.complain(r.Number, "it is kept under another number")
	case r.Number != v.at.Number+1:
		v.complain(v.at.Number+1, "records are missing before number "+fmt.Sprint(r.Number))
	case !bytes.Equal(r.Previous, v.at.Hash):
		v.complain(r.Number, "it does not continue the record before it")
	}
	if !bytes.Equal(r.Hash, r.sum()) {
		v.complain(r.Number, "it was altered")
	}
	v.at.Number, v.at.Hash = r.Number, r.Hash
	for _, m := range v.marks {
		if m.Chain == r.Chain && m.Number == r.Number && !bytes.Equal(m.Hash, r.Hash) {
			v.complain(r.Number, "the chain was rewritten since it was marked")
		}
	}
}

// close compares the chain's last record with what its end says.
func (v *verifier) close(h head) {
	if !bytes.Equal(h.Hash, v.at.Hash) {
		v.complain(h.Number, "the chain ends in another record than its end says")
	}
	v.seen = append(v.seen, Mark{h.ID, h.Number, h.Hash})
	delete(v.ends, h.ID)
}

// leave ends the chain that was walked.
func (v *verifier) leave() {
	if v.at.Chain == "" {
		return
	}
	h, open := v.ends[v.at.Chain]
	switch {
	case open && h.Number > v.at.Number:
		v.complain(v.at.Number+1, fmt.Sprintf("the records up to number %d are missing", h.Number))
		v.seen = append(v.seen, v.at)
		delete(v.ends, h.ID)
	case open:
		v.close(h)
	case !slices.ContainsFunc(v.seen, func(m Mark) bool { return m.Chain == v.at.Chain }):
		v.open = append(v.open, v.at)
	}
}

// remaining complains about chains that have an end and no records, and marks that lie behind every end.
func (v *verifier) remaining() {
	for _, h := range v.ends {
		v.broken = append(v.broken, Broken{h.ID, 1, fmt.Sprintf("the records up to number %d are missing", h.Number)})
	}
	for _, m := range v.marks {
		i := slices.IndexFunc(v.seen, func(s Mark) bool { return s.Chain == m.Chain })
		if i < 0 || v.seen[i].Number < m.Number {
			v.broken = append(v.broken, Broken{m.Chain, m.Number, "the chain was cut since it was marked"})
		}
	}
}
