package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"wenguan/models/fault"
)

// document is an encoded document with what the store needs to know of it.
type document struct {
	raw    bson.Raw
	id     string
	values []bsoncore.Value // of collection.fields; the zero Value where the document lacks the field
}

// encode makes the one form of doc that both engines keep: BSON, its _id first, as MongoDB would put it. It uses room for
// the document's values, as read does.
func (c *collection) encode(doc any, room []bsoncore.Value) (document, error) {
	var raw bson.Raw
	var err error
	switch doc := doc.(type) {
	case bson.Raw: // read checks its elements; what is inside them is for whoever wrote it to get right
		if raw = bytes.Clone(doc); !framed(raw) {
			err = errBroken
		}
	default:
		raw, err = bson.Marshal(doc)
	}
	if err != nil {
		return document{}, fmt.Errorf("encode a document of %s: %w", c.name, err)
	}
	if len(raw) > MaxDocument {
		return document{}, fault.New(fault.Invalid, "document_too_large", "This is too large to be kept.").With("max", MaxDocument)
	}
	if first, _, ok := bsoncore.ReadElement(raw[4:]); !ok || string(first.KeyBytes()) != "_id" {
		raw = idFirst(raw)
	}
	d, err := c.read(raw, room)
	if err != nil {
		return document{}, fmt.Errorf("document of %s: %w", c.name, err)
	}
	return d, nil
}

var errBroken = errors.New("it is not BSON")

// framed reports whether the length at the beginning and the zero byte at the end are those of a document.
func framed(raw bson.Raw) bool {
	n := len(raw)
	return n > 4 && binary.LittleEndian.Uint32(raw) == uint32(n) && raw[n-1] == 0
}

// read finds the _id and the indexed values of an encoded document. The values are put into room if it is large enough.
func (c *collection) read(raw bson.Raw, room []bsoncore.Value) (document, error) {
	d := document{raw: raw, values: room[:0]}
	if n := len(c.fields); n > cap(room) {
		d.values = make([]bsoncore.Value, n)
	} else {
		d.values = room[:n]
		clear(d.values)
	}
	rest := raw[4:]
	for len(rest) > 1 {
		e, after, ok := bsoncore.ReadElement(rest)
		if !ok {
			return d, errBroken
		}
		rest = after
		key := e.KeyBytes()
		if string(key) == "_id" {
			d.id, _ = e.Value().StringValueOK()
			continue
		}
		for slot, f := range c.fields {
			if string(key) == f {
				d.values[slot] = e.Value()
			}
		}
	}
	if len(rest) != 1 {
		return d, errBroken
	}
	if d.id == "" || len(d.id) > MaxKey {
		return d, fmt.Errorf("its _id must be a string of 1 to %d bytes", MaxKey)
	}
	return d, nil
}

// idFirst is the document with its _id before its other elements.
func idFirst(raw bson.Raw) bson.Raw {
	elements, err := bsoncore.Document(raw).Elements()
	if err != nil {
		return raw // read says what is wrong
	}
	out := make([]byte, 4, len(raw))
	for _, first := range []bool{true, false} {
		for _, e := range elements {
			if (e.Key() == "_id") == first {
				out = append(out, e...)
			}
		}
	}
	out = append(out, 0)
	return bson.Raw(bsoncore.UpdateLength(out, 0, int32(len(out))))
}

// appendKey appends the document's key in the index without the _id; ok is false if it is not in the index.
func (i *index) appendKey(key []byte, d document) (_ []byte, ok bool, err error) {
	start := len(key)
	for n, slot := range i.slots {
		v := d.values[slot]
		if v.Type == 0 {
			return key[:start], false, nil
		}
		if key, err = appendValue(key, v); err != nil {
			return nil, false, fmt.Errorf("field %q of index %q: %w", i.Fields[n], i.Name, err)
		}
	}
	if len(key)-start > MaxKey {
		return nil, false, fault.New(fault.Invalid, "key_too_long", "This value is too long.").On(i.Fields[0]).With("max", MaxKey)
	}
	return key, true, nil
}
