package ledger

import (
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/store/wire"
)

// A sheet is read and written for every booking of its day, so it has its own BSON reader and writer: the documents are
// the ones the struct tags describe (wire_test.go compares), and the bytes of claims that did not change are copied.

// keep says that only the first n claims are still what the stored bytes hold.
func (d *Day) keep(n int) {
	if n < len(d.ends) {
		d.ends = d.ends[:n]
	}
}

// kept is how many bytes of body still count.
func (d *Day) kept() int {
	if n := len(d.ends); n > 0 {
		return int(d.ends[n-1])
	}
	return 0
}

// encode is the sheet as BSON, which then is what the day is known to be stored as.
func (d *Day) encode() bson.Raw {
	kept := d.kept()
	b, start := wire.Begin(make([]byte, 0, 160+kept+128*(len(d.Claims)-len(d.ends))))
	b = wire.String(b, "_id", d.ID)
	b = wire.Int64(b, "rev", d.Revision)
	if d.Dirty {
		b = wire.True(b, "dirty")
	}
	b = wire.String(b, "venue", d.Venue)
	b = wire.String(b, "date", d.Date.String())
	b, array := wire.Begin(wire.Key(b, bson.TypeArray, "claims"))
	body := len(b)
	b = append(b, d.body[:kept]...)
	for i := len(d.ends); i < len(d.Claims); i++ {
		b = appendClaim(wire.Item(b, bson.TypeEmbeddedDocument, i), &d.Claims[i])
		d.ends = append(d.ends, int32(len(b)-body))
	}
	d.body = b[body:len(b):len(b)]
	b = wire.End(b, array)
	return wire.End(b, start)
}

func appendClaim(b []byte, c *Claim) []byte {
	b, start := wire.Begin(b)
	b = wire.String(b, "b", c.Booking)
	b = wire.Strings(b, "a", c.Atoms)
	b = wire.Int32(b, "s", c.Start)
	b = wire.Int32(b, "e", c.End)
	if c.Before != 0 {
		b = wire.Int32(b, "p", c.Before)
	}
	if c.After != 0 {
		b = wire.Int32(b, "q", c.After)
	}
	b = wire.Int32(b, "n", c.Quantity)
	if c.Lapses != 0 {
		b = wire.Int32(b, "l", c.Lapses)
	}
	return wire.End(b, start)
}

// decode reads a stored sheet.
func decode(raw bson.Raw, atoms *Atoms) (*Day, error) {
	d := &Day{atoms: atoms}
	r := wire.NewReader(raw)
	r.Document(func(kind bson.Type, key string) {
		switch key {
		case "_id":
			d.ID = r.Text()
		case "rev":
			d.Revision = r.Int64(kind)
		case "dirty":
			d.Dirty = r.Bool()
		case "venue":
			d.Venue = r.Text()
		case "date":
			if err := d.Date.UnmarshalText([]byte(r.Text())); err != nil {
				r.Broken = true
			}
		case "claims":
			if kind != bson.TypeArray {
				r.Skip(kind)
				break
			}
			d.readClaims(r)
		default:
			r.Skip(kind)
		}
	})
	if r.Broken {
		return nil, fmt.Errorf("sheet %q is not a sheet", d.ID)
	}
	d.index()
	return d, nil
}

func (d *Day) readClaims(r *wire.Reader) {
	room := r.Size()/90 + 8
	d.Claims, d.ends = make([]Claim, 0, room), make([]int32, 0, room)
	arena := make([]string, 0, room)
	start := r.At + 4
	r.Document(func(kind bson.Type, _ string) {
		if kind != bson.TypeEmbeddedDocument {
			r.Broken = true
			return
		}
		d.Claims = append(d.Claims, Claim{})
		arena = d.Claims[len(d.Claims)-1].read(r, arena)
		d.ends = append(d.ends, int32(r.At-start))
	})
	if !r.Broken {
		d.body = []byte(r.Part(start, r.At-1))
	}
}

// read fills the claim; its atoms are a stretch of the arena, which is returned grown.
func (c *Claim) read(r *wire.Reader, arena []string) []string {
	r.Document(func(kind bson.Type, key string) {
		switch key {
		case "b":
			c.Booking = r.Text()
		case "a":
			from := len(arena)
			r.Document(func(bson.Type, string) { arena = append(arena, r.Text()) })
			c.Atoms = arena[from:len(arena):len(arena)]
		case "s":
			c.Start = r.Int32(kind)
		case "e":
			c.End = r.Int32(kind)
		case "p":
			c.Before = r.Int32(kind)
		case "q":
			c.After = r.Int32(kind)
		case "n":
			c.Quantity = r.Int32(kind)
		case "l":
			c.Lapses = r.Int32(kind)
		default:
			r.Skip(kind)
		}
	})
	return arena
}
