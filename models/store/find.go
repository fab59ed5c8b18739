package store

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// span is a query as both engines see it: the keys from low (inclusive) to high (exclusive; nil: to the end) of a
// keyspace. In a keyspace of documents the key is the _id, in one of an index it is the index key with the _id.
type span struct {
	index     *index // nil: by _id
	space     int
	equal     int // bytes of the keys that Equal fixes
	low, high []byte
	desc      bool
	limit     int
}

// span resolves q. Errors other than fault.Invalid ("bad_cursor") are a programmer's mistakes.
func (c *collection) span(q Query) (span, error) {
	s := span{space: c.space, desc: q.Desc, limit: q.Limit}
	appendBound, fields := appendID, 1
	if q.Index != "" {
		if s.index = c.index(q.Index); s.index == nil {
			return s, fmt.Errorf("find in %s: index %q is not declared", c.name, q.Index)
		}
		s.space, appendBound, fields = s.index.space, appendGo, len(s.index.Fields)
	}
	bounds := 0
	if q.From != nil || q.Before != nil {
		bounds = 1
	}
	if len(q.Equal)+bounds > fields {
		return s, fmt.Errorf("find in %s by %q: more values than fields", c.name, q.Index)
	}
	if err := s.bounds(q, appendBound); err != nil {
		return s, fmt.Errorf("find in %s by %q: %w", c.name, q.Index, err)
	}
	return s, s.startAfter(q.After)
}

func (s *span) bounds(q Query, appendBound func([]byte, any) ([]byte, error)) (err error) {
	var prefix []byte
	for _, v := range q.Equal {
		if prefix, err = appendBound(prefix, v); err != nil {
			return err
		}
	}
	s.low, s.high = prefix, beyond(prefix)
	if s.index == nil && len(prefix) > 0 { // an _id is a whole key, not the beginning of one
		s.high = append(bytes.Clone(prefix), 0)
		return nil
	}
	s.equal = len(prefix)
	prefix = prefix[:s.equal:s.equal]
	if q.From != nil {
		if s.low, err = appendBound(prefix, q.From); err != nil {
			return err
		}
		if s.index != nil {
			s.high = append(bytes.Clone(prefix), s.low[s.equal]+1) // values of the bound's type only
		}
	}
	if q.Before != nil {
		high, err := appendBound(prefix, q.Before)
		if err != nil {
			return err
		}
		if s.high == nil || bytes.Compare(high, s.high) < 0 {
			s.high = high
		}
		if s.index != nil {
			s.raiseLow(append(bytes.Clone(prefix), high[s.equal]))
		}
	}
	return nil
}

func (s *span) raiseLow(key []byte) {
	if bytes.Compare(key, s.low) > 0 {
		s.low = key
	}
}

// appendID appends an _id as it is: it is the whole key.
func appendID(key []byte, v any) ([]byte, error) {
	id, ok := v.(string)
	if !ok {
		return nil, errors.New("an _id is a string")
	}
	return append(key, id...), nil
}

func (s *span) empty() bool { return s.high != nil && bytes.Compare(s.low, s.high) >= 0 }

// startAfter narrows the span to what comes after the cursor: the part of the last key that Equal does not fix.
func (s *span) startAfter(cursor string) error {
	if cursor == "" {
		return nil
	}
	rest, err := decodeCursor(cursor)
	if err != nil {
		return err
	}
	if s.index != nil {
		if _, _, err := s.place(rest); err != nil {
			return badCursor()
		}
	}
	key := append(bytes.Clone(s.low[:s.equal]), rest...)
	if s.desc {
		if s.high == nil || bytes.Compare(key, s.high) < 0 {
			s.high = key
		}
		return nil
	}
	s.raiseLow(append(key, 0))
	return nil
}

func decodeCursor(cursor string) ([]byte, error) {
	rest, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || len(rest) == 0 || len(rest) > 2*MaxKey {
		return nil, badCursor()
	}
	return rest, nil
}

// place splits the part of an index key that Equal does not fix into its values and the _id.
func (s *span) place(rest []byte) (values []any, id string, err error) {
	fixed := 0
	for key := s.low[:s.equal]; len(key) > 0; fixed++ {
		key = skipValues(key, 1)
	}
	for range len(s.index.Fields) - fixed {
		var v any
		if v, rest, err = splitValue(rest); err != nil {
			return nil, "", err
		}
		values = append(values, v)
	}
	if len(rest) == 0 {
		return nil, "", errKeyType
	}
	return values, string(rest), nil
}

// cursor is the place of doc in the order of q.
func (c *collection) cursor(q Query, raw bson.Raw) (string, error) {
	d, err := c.read(raw, nil)
	if err != nil {
		return "", err
	}
	if q.Index == "" {
		return base64.RawURLEncoding.EncodeToString([]byte(d.id)), nil
	}
	i := c.index(q.Index)
	if i == nil {
		return "", fmt.Errorf("cursor in %s: index %q is not declared", c.name, q.Index)
	}
	key, ok, err := i.appendKey(nil, d)
	if err != nil || !ok {
		return "", errors.Join(err, fmt.Errorf("cursor in %s: the document is not in index %q", c.name, q.Index))
	}
	if len(q.Equal) > len(i.Fields) {
		return "", fmt.Errorf("cursor in %s by %q: more values than fields", c.name, q.Index)
	}
	return base64.RawURLEncoding.EncodeToString(append(skipValues(key, len(q.Equal)), d.id...)), nil
}
