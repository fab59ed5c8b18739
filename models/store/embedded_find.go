package store

import (
	"bytes"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// checkEvery is how many documents a Find reads between two looks at its ctx.
const checkEvery = 64

// Find implements Tx.
func (t *embeddedTx) Find(name string, q Query, each func(bson.Raw) (bool, error)) error {
	c, err := t.open(name)
	if err != nil {
		return err
	}
	s, err := c.span(q)
	if err != nil {
		return err
	}
	if t.over == nil {
		return t.walk(c, s, each)
	}
	// each may write, which would move the ground under a walk: select first.
	var found []bson.Raw
	err = t.walk(c, s, func(raw bson.Raw) (bool, error) {
		found = append(found, raw)
		return true, nil
	})
	for _, raw := range found {
		if err != nil {
			break
		}
		var more bool
		if more, err = each(raw); !more {
			break
		}
	}
	return err
}

// walk calls each with the documents of the span.
func (t *embeddedTx) walk(c *collection, s span, each func(bson.Raw) (bool, error)) (err error) {
	n := 0
	t.scan(s, func(key, raw []byte) bool {
		if s.limit > 0 && n == s.limit {
			return false
		}
		if n++; s.limit == 0 && n > MaxFind {
			err = fmt.Errorf("find in %s: more than %d documents; give it a limit", c.name, MaxFind)
			return false
		}
		if n%checkEvery == 0 && t.ctx.Err() != nil {
			err = ended(t.ctx)
			return false
		}
		if s.index != nil {
			raw = t.get(c.space, skipValues(key, len(s.index.Fields)))
		}
		var more bool
		more, err = each(raw)
		return more && err == nil
	})
	return err
}

// scan calls visit with the keys of the span and their values, in order, until visit returns false. It merges the file
// with the overlay, whose entry wins where both have a key.
func (t *embeddedTx) scan(s span, visit func(key, value []byte) bool) {
	if s.empty() {
		return
	}
	m := t.merge(s)
	for {
		key, value, ok := m.next()
		if !ok || !s.holds(key) || !visit(key, value) {
			return
		}
	}
}

func (s *span) holds(key []byte) bool {
	if s.desc {
		return bytes.Compare(key, s.low) >= 0
	}
	return s.high == nil || bytes.Compare(key, s.high) < 0
}
