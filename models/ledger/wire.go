package ledger

import (
	"encoding/binary"
	"fmt"
	"math"
	"strconv"
	"strings"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// A sheet is read and written for every booking of its day, so it has its own BSON reader and writer: the documents are
// the ones the struct tags describe (wire_test.go compares), without reflection, without an allocation per string, and
// the bytes of claims that did not change are copied instead of written anew.

// keep says that only the first n claims are still what the stored bytes hold.
func (d *Day) keep(n int) {
	if n >= d.kept {
		return
	}
	d.kept, d.keptEnd = n, 0
	if n > 0 {
		d.keptEnd = int(d.ends[n-1])
	}
}

// encode is the sheet as BSON.
func (d *Day) encode() bson.Raw {
	b := make([]byte, 4, 160+d.keptEnd+128*(len(d.Claims)-d.kept))
	b = appendString(b, "_id", d.ID)
	b = appendInt64(b, "rev", d.Revision)
	if d.Dirty {
		b = append(b, byte(bson.TypeBoolean))
		b = append(b, "dirty\x00\x01"...)
	}
	b = appendString(b, "venue", d.Venue)
	b = appendString(b, "date", d.Date.String())
	b = append(b, byte(bson.TypeArray))
	b = append(b, "claims\x00"...)
	array := len(b)
	b = append(b, 0, 0, 0, 0)
	b = append(b, d.body[:d.keptEnd]...)
	for i := d.kept; i < len(d.Claims); i++ {
		b = append(b, byte(bson.TypeEmbeddedDocument))
		b = strconv.AppendInt(b, int64(i), 10)
		b = append(b, 0)
		b = appendClaim(b, &d.Claims[i])
	}
	b = closeDocument(b, array)
	return closeDocument(b, 0)
}

func appendClaim(b []byte, c *Claim) []byte {
	start := len(b)
	b = append(b, 0, 0, 0, 0)
	b = appendString(b, "b", c.Booking)
	b = appendString(b, "h", c.Holder)
	b = append(b, byte(bson.TypeArray), 'a', 0)
	array := len(b)
	b = append(b, 0, 0, 0, 0)
	for i, atom := range c.Atoms {
		b = append(b, byte(bson.TypeString))
		b = strconv.AppendInt(b, int64(i), 10)
		b = append(b, 0)
		b = appendText(b, atom)
	}
	b = closeDocument(b, array)
	b = appendInt32(b, 's', c.Start)
	b = appendInt32(b, 'e', c.End)
	if c.Before != 0 {
		b = appendInt32(b, 'p', c.Before)
	}
	if c.After != 0 {
		b = appendInt32(b, 'q', c.After)
	}
	b = appendInt32(b, 'n', c.Quantity)
	if c.Lapses != 0 {
		b = appendInt32(b, 'l', c.Lapses)
	}
	return closeDocument(b, start)
}

func appendString(b []byte, key, s string) []byte {
	b = append(b, byte(bson.TypeString))
	b = append(b, key...)
	return appendText(append(b, 0), s)
}

func appendText(b []byte, s string) []byte {
	b = binary.LittleEndian.AppendUint32(b, uint32(len(s)+1))
	b = append(b, s...)
	return append(b, 0)
}

func appendInt64(b []byte, key string, v int64) []byte {
	b = append(b, byte(bson.TypeInt64))
	b = append(b, key...)
	return binary.LittleEndian.AppendUint64(append(b, 0), uint64(v))
}

func appendInt32(b []byte, key byte, v int32) []byte {
	return binary.LittleEndian.AppendUint32(append(b, byte(bson.TypeInt32), key, 0), uint32(v))
}

func closeDocument(b []byte, start int) []byte {
	b = append(b, 0)
	binary.LittleEndian.PutUint32(b[start:], uint32(len(b)-start))
	return b
}

// decode reads a stored sheet. Every string of it shares one copy of the document.
func decode(raw bson.Raw, atoms *Atoms) (*Day, error) {
	d := &Day{atoms: atoms}
	r := reader{s: string(raw)}
	r.document(func(kind bson.Type, key string) {
		switch key {
		case "_id":
			d.ID = r.text()
		case "rev":
			d.Revision = r.integer(kind)
		case "dirty":
			d.Dirty = r.take(1) == "\x01"
		case "venue":
			d.Venue = r.text()
		case "date":
			if err := d.Date.UnmarshalText([]byte(r.text())); err != nil {
				r.broken = true
			}
		case "claims":
			d.readClaims(&r)
		default:
			r.skip(kind)
		}
	})
	if r.broken {
		return nil, fmt.Errorf("sheet %q is not a sheet", d.ID)
	}
	d.index()
	return d, nil
}

func (d *Day) readClaims(r *reader) {
	size := r.size()
	d.Claims = make([]Claim, 0, size/100+8)
	d.ends = make([]int32, 0, size/100+8)
	arena := make([]string, 0, size/100+8)
	start := r.at + 4
	r.document(func(kind bson.Type, _ string) {
		if kind != bson.TypeEmbeddedDocument {
			r.broken = true
			return
		}
		var c Claim
		arena = c.read(r, arena)
		d.Claims = append(d.Claims, c)
		d.ends = append(d.ends, int32(r.at-start))
	})
	if !r.broken {
		d.body = r.s[start : r.at-1]
		d.kept, d.keptEnd = len(d.Claims), len(d.body)
	}
}

// read fills the claim; its atoms are a stretch of the arena, which is returned grown.
func (c *Claim) read(r *reader, arena []string) []string {
	r.document(func(kind bson.Type, key string) {
		switch key {
		case "b":
			c.Booking = r.text()
		case "h":
			c.Holder = r.text()
		case "a":
			from := len(arena)
			r.document(func(bson.Type, string) { arena = append(arena, r.text()) })
			c.Atoms = arena[from:len(arena):len(arena)]
		case "s":
			c.Start = r.integer32(kind)
		case "e":
			c.End = r.integer32(kind)
		case "p":
			c.Before = r.integer32(kind)
		case "q":
			c.After = r.integer32(kind)
		case "n":
			c.Quantity = r.integer32(kind)
		case "l":
			c.Lapses = r.integer32(kind)
		default:
			r.skip(kind)
		}
	})
	return arena
}

// reader walks a BSON document. Once broken it stays so and gives nothing.
type reader struct {
	s      string
	at     int
	broken bool
}

func (r *reader) take(n int) string {
	if r.broken || n < 0 || len(r.s)-r.at < n {
		r.broken = true
		return ""
	}
	r.at += n
	return r.s[r.at-n : r.at]
}

func (r *reader) uint32() uint32 {
	b := r.take(4)
	if len(b) < 4 {
		return 0
	}
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}

// size looks at the length of the document ahead.
func (r *reader) size() int {
	at := r.at
	n := int(r.uint32())
	r.at = at
	return min(n, len(r.s)-at)
}

func (r *reader) text() string {
	n := r.uint32()
	if n == 0 || n > math.MaxInt32 {
		r.broken = true
		return ""
	}
	return strings.TrimSuffix(r.take(int(n)), "\x00")
}

func (r *reader) integer(kind bson.Type) int64 {
	switch kind {
	case bson.TypeInt32:
		return int64(int32(r.uint32()))
	case bson.TypeInt64:
		low := int64(r.uint32())
		return low | int64(r.uint32())<<32
	}
	r.broken = true
	return 0
}

func (r *reader) integer32(kind bson.Type) int32 { return int32(r.integer(kind)) }

// document calls each for every element, which has to take its value.
func (r *reader) document(each func(kind bson.Type, key string)) {
	end := r.at + r.size()
	r.uint32()
	for !r.broken {
		kind := r.take(1)
		if kind == "\x00" || r.broken {
			break
		}
		n := strings.IndexByte(r.s[r.at:], 0)
		if n < 0 {
			r.broken = true
			return
		}
		key := r.take(n)
		r.take(1)
		each(bson.Type(kind[0]), key)
	}
	if r.at != end {
		r.broken = true
	}
}

// skip passes over a value of a field that this version does not know.
func (r *reader) skip(kind bson.Type) {
	switch kind {
	case bson.TypeString:
		r.text()
	case bson.TypeInt32:
		r.take(4)
	case bson.TypeInt64, bson.TypeDouble, bson.TypeDateTime:
		r.take(8)
	case bson.TypeBoolean:
		r.take(1)
	case bson.TypeNull:
	case bson.TypeEmbeddedDocument, bson.TypeArray:
		r.take(r.size())
	default:
		r.broken = true
	}
}
