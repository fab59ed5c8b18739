package wire

import (
	"strings"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// Reader walks a BSON document. Its strings share the memory of the document. Once Broken it stays so and gives
// nothing.
type Reader struct {
	s      string
	At     int // how far it has read
	Broken bool
}

// NewReader reads one copy of the document.
func NewReader(raw bson.Raw) *Reader { return &Reader{s: string(raw)} }

// Part is what lies between two places of the document.
func (r *Reader) Part(from, till int) string { return r.s[from:till] }

func (r *Reader) take(n int) string {
	if r.Broken || n < 0 || len(r.s)-r.At < n {
		r.Broken = true
		return ""
	}
	r.At += n
	return r.s[r.At-n : r.At]
}

func (r *Reader) uint32() uint32 {
	b := r.take(4)
	if len(b) < 4 {
		return 0
	}
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}

func (r *Reader) uint64() uint64 {
	low := uint64(r.uint32())
	return low | uint64(r.uint32())<<32
}

// Size looks at the length of the document or array ahead.
func (r *Reader) Size() int {
	at := r.At
	n := int(r.uint32())
	r.At = at
	return min(n, len(r.s)-at)
}

// Text takes a string value.
func (r *Reader) Text() string {
	n := r.uint32()
	if n == 0 {
		r.Broken = true
		return ""
	}
	return strings.TrimSuffix(r.take(int(n)), "\x00")
}

// Bool takes a truth value.
func (r *Reader) Bool() bool { return r.take(1) == "\x01" }

// Int64 takes a number of either width.
func (r *Reader) Int64(kind bson.Type) int64 {
	switch kind {
	case bson.TypeInt32:
		return int64(int32(r.uint32()))
	case bson.TypeInt64:
		return int64(r.uint64())
	}
	r.Broken = true
	return 0
}

// Int32 takes a number that fits.
func (r *Reader) Int32(kind bson.Type) int32 { return int32(r.Int64(kind)) }

// Time takes an instant, UTC.
func (r *Reader) Time() time.Time { return time.UnixMilli(int64(r.uint64())).UTC() }

// Document calls each for every element of the document or array ahead; each has to take or Skip the value.
func (r *Reader) Document(each func(kind bson.Type, key string)) {
	end := r.At + r.Size()
	r.uint32()
	for !r.Broken {
		kind := r.take(1)
		if kind == "\x00" || r.Broken {
			break
		}
		n := strings.IndexByte(r.s[r.At:], 0)
		if n < 0 {
			r.Broken = true
			return
		}
		key := r.take(n)
		r.take(1)
		each(bson.Type(kind[0]), key)
	}
	if r.At != end {
		r.Broken = true
	}
}

// Skip passes over the value of a field that the caller does not know.
func (r *Reader) Skip(kind bson.Type) {
	switch kind {
	case bson.TypeString:
		r.Text()
	case bson.TypeInt32:
		r.take(4)
	case bson.TypeInt64, bson.TypeDouble, bson.TypeDateTime:
		r.take(8)
	case bson.TypeBoolean:
		r.take(1)
	case bson.TypeNull:
	case bson.TypeEmbeddedDocument, bson.TypeArray:
		r.take(r.Size())
	default:
		r.Broken = true
	}
}
