package booking

import (
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/rule"
	"wenguan/models/store/wire"
)

// A booking and its holder's record are written with every reserve, so they have BSON writers of their own.
// wire_test.go holds them against the struct tags.

func (b *Booking) encode() bson.Raw {
	d, start := wire.Begin(make([]byte, 0, 640))
	d = wire.String(d, "_id", b.ID)
	d = wire.String(d, "number", b.Number)
	d = wire.Int64(d, "rev", b.Revision)
	d = wire.String(d, "venue", b.Venue)
	d = wire.String(d, "space", b.Space)
	d = wire.Strings(d, "assigned", b.Assigned)
	d = wire.Strings(d, "atoms", b.Atoms)
	d = wire.Int32(d, "n", b.Quantity)
	d = someInt32(d, "p", b.Before)
	d = someInt32(d, "q", b.After)
	d = wire.String(d, "holder", b.Holder)
	d = wire.String(d, "holder_name", b.HolderName)
	d = wire.SomeString(d, "holder_kind", string(b.HolderKind))
	d = wire.String(d, "by", b.By)
	d = someTrue(d, "by_staff", b.ByStaff)
	d = wire.SomeString(d, "tell", b.Tell)
	d = wire.String(d, "group", string(b.Group))
	d = wire.Int32(d, "party", b.Party)
	d = wire.SomeString(d, "purpose", b.Purpose)
	if len(b.With) > 0 {
		d = wire.Strings(d, "with", b.With)
	}
	d = someInt32(d, "letter", b.Letter)
	d = wire.Int32(d, "rules", b.Rules)
	d = encodeFacts(d, &b.Facts)
	d = wire.SomeString(d, "reason", b.Reason)
	d = someTime(d, "due", b.Due)
	d = someTime(d, "long", b.LongEnds)
	return wire.End(d, start)
}

func encodeFacts(d []byte, f *rule.Facts) []byte {
	d = wire.String(d, "state", string(f.State))
	d = wire.Time(d, "start", f.Start)
	d = wire.Time(d, "end", f.End)
	d = wire.Time(d, "created_at", f.Made)
	d = someInt32(d, "moves", f.Moves)
	d = wire.Time(d, "opens", f.Opens)
	d = wire.Time(d, "closes", f.Closes)
	d = wire.Time(d, "cancel_until", f.CancelUntil)
	d = wire.Time(d, "move_until", f.MoveUntil)
	d = someTrue(d, "must_out", f.MustOut)
	d = givenTime(d, "out_by", f.OutBy)
	d = givenTime(d, "over_by", f.OverBy)
	d = someTrue(d, "no_in", f.NoCheckIn)
	d = someTime(d, "taken", f.TakenAt)
	d = someTime(d, "in_at", f.InAt)
	d = someTime(d, "out_at", f.OutAt)
	if len(f.Leaves) > 0 {
		var list int
		d, list = wire.Begin(wire.Key(d, bson.TypeArray, "leaves"))
		for i, at := range f.Leaves {
			d = wire.Moment(wire.Item(d, bson.TypeDateTime, i), at)
		}
		d = wire.End(d, list)
	}
	d = someTime(d, "back_by", f.BackBy)
	d = someTime(d, "reported_at", f.ReportedAt)
	d = someTime(d, "return_by", f.ReturnBy)
	d = someTime(d, "ended_at", f.EndedAt)
	d = someTime(d, "released", f.ReleasedAt)
	d = wire.SomeString(d, "violation", string(f.Violation))
	return someTime(d, "violated_at", f.ViolatedAt)
}

func (h *holder) encode() bson.Raw {
	d, start := wire.Begin(make([]byte, 0, 80+150*len(h.Uses)+150*len(h.Keys)))
	d = wire.String(d, "_id", h.ID)
	d, list := wire.Begin(wire.Key(d, bson.TypeArray, "uses"))
	for i := range h.Uses {
		d = h.Uses[i].encode(wire.Item(d, bson.TypeEmbeddedDocument, i))
	}
	d = wire.End(d, list)
	if len(h.Keys) > 0 {
		d = h.encodeKeys(d)
	}
	d = someTrue(d, "closed", h.Closed)
	if h.Past != nil {
		raw, err := bson.Marshal(h.Past)
		if err != nil { // texts, numbers and times always marshal
			panic(err)
		}
		d = append(wire.Key(d, bson.TypeEmbeddedDocument, "past"), raw...)
	}
	return wire.End(d, start)
}

func (u *use) encode(d []byte) []byte {
	d, item := wire.Begin(d)
	d = wire.String(d, "b", u.Booking)
	d = wire.SomeString(d, "v", u.Venue)
	d = wire.SomeString(d, "sp", u.Space)
	d = wire.SomeString(d, "ty", u.Type)
	d = wire.SomeString(d, "k", u.Kind)
	d = wire.SomeString(d, "a", u.Area)
	d = wire.Time(d, "s", u.Start)
	d = wire.Time(d, "e", u.End)
	d = wire.Int32(d, "m", u.Booked)
	d = wire.SomeString(d, "x", string(u.State))
	d = wire.Time(d, "f", u.Forget)
	d = givenTime(d, "d", u.Due)
	return wire.End(d, item)
}

func (h *holder) encodeKeys(d []byte) []byte {
	d, list := wire.Begin(wire.Key(d, bson.TypeArray, "keys"))
	for i := range h.Keys {
		k := &h.Keys[i]
		var item int
		d, item = wire.Begin(wire.Item(d, bson.TypeEmbeddedDocument, i))
		d = wire.String(d, "k", k.Key)
		d = wire.String(d, "h", k.Request)
		d = wire.String(d, "b", k.Booking)
		d = wire.Time(d, "t", k.At)
		d = wire.End(d, item)
	}
	return wire.End(d, list)
}

func decodeHolder(raw bson.Raw) (*holder, error) {
	h := &holder{}
	r := wire.NewReader(raw)
	r.Document(func(kind bson.Type, key string) {
		switch {
		case key == "_id":
			h.ID = r.Text()
		case key == "uses" && kind == bson.TypeArray:
			h.Uses = make([]use, 0, r.Size()/90+2)
			r.Document(func(bson.Type, string) { h.Uses = append(h.Uses, readUse(r)) })
		case key == "keys" && kind == bson.TypeArray:
			r.Document(func(bson.Type, string) { h.Keys = append(h.Keys, readKey(r)) })
		case key == "closed" && kind == bson.TypeBoolean:
			h.Closed = r.Bool()
		case key == "past" && kind == bson.TypeEmbeddedDocument:
			from := r.At
			r.Skip(kind)
			h.Past = &past{}
			if bson.Unmarshal([]byte(r.Part(from, r.At)), h.Past) != nil {
				r.Broken = true
			}
		default:
			r.Skip(kind)
		}
	})
	if r.Broken {
		return nil, fmt.Errorf("holder %q is not a holder", h.ID)
	}
	return h, nil
}

func readUse(r *wire.Reader) (u use) {
	r.Document(func(kind bson.Type, key string) {
		switch key {
		case "b":
			u.Booking = r.Text()
		case "v":
			u.Venue = r.Text()
		case "sp":
			u.Space = r.Text()
		case "ty":
			u.Type = r.Text()
		case "k":
			u.Kind = r.Text()
		case "a":
			u.Area = r.Text()
		case "s":
			u.Start = r.Time()
		case "e":
			u.End = r.Time()
		case "m":
			u.Booked = r.Int32(kind)
		case "x":
			u.State = rule.UseState(r.Text())
		case "f":
			u.Forget = r.Time()
		case "d":
			u.Due = r.Time()
		default:
			r.Skip(kind)
		}
	})
	return u
}

func readKey(r *wire.Reader) (k keyUse) {
	r.Document(func(kind bson.Type, key string) {
		switch key {
		case "k":
			k.Key = r.Text()
		case "h":
			k.Request = r.Text()
		case "b":
			k.Booking = r.Text()
		case "t":
			k.At = r.Time()
		default:
			r.Skip(kind)
		}
	})
	return k
}

func someTrue(d []byte, key string, v bool) []byte {
	if !v {
		return d
	}
	return wire.True(d, key)
}

func someInt32(d []byte, key string, v int32) []byte {
	if v == 0 {
		return d
	}
	return wire.Int32(d, key, v)
}

func someTime(d []byte, key string, t *time.Time) []byte {
	if t == nil {
		return d
	}
	return wire.Time(d, key, *t)
}

func givenTime(d []byte, key string, t time.Time) []byte {
	if t.IsZero() {
		return d
	}
	return wire.Time(d, key, t)
}
