package notice

import (
	"maps"
	"slices"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/store/wire"
)

// encode writes the entry as its struct tags say: one is written with every booking. wire_test.go holds it against them.
func (e *entry) encode() bson.Raw {
	d, start := wire.Begin(make([]byte, 0, 480))
	d = wire.String(d, "_id", e.ID)
	d = wire.String(d, "to", e.To)
	d = wire.String(d, "lang", e.Language)
	d = wire.String(d, "template", e.Template)
	d = encodeParams(d, e.Params)
	d = wire.Time(d, "due", e.Due)
	d = wire.Time(d, "expires", e.Expires)
	d = wire.SomeString(d, "lane", e.Lane)
	d = someTime(d, "next", e.Next)
	d = wire.SomeString(d, "lease", e.Lease)
	d = wire.Int32(d, "tries", e.Tries)
	d = wire.SomeString(d, "outcome", string(e.Outcome))
	d = someTime(d, "done", e.Done)
	return wire.End(d, start)
}

func encodeParams(d []byte, params map[string]string) []byte {
	if params == nil {
		return wire.Key(d, bson.TypeNull, "params")
	}
	d, start := wire.Begin(wire.Key(d, bson.TypeEmbeddedDocument, "params"))
	for _, name := range slices.Sorted(maps.Keys(params)) {
		d = wire.String(d, name, params[name])
	}
	return wire.End(d, start)
}

func someTime(d []byte, key string, t *time.Time) []byte {
	if t == nil {
		return d
	}
	return wire.Time(d, key, *t)
}
