package audit

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"strconv"
	"unicode/utf8"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/store/wire"
)

// A record and the end of its chain are written with every booking, so they have BSON writers of their own, and the text
// that is hashed one without reflection. wire_test.go holds them against the struct tags and encoding/json.

func (r *Record) encode() bson.Raw {
	d, start := wire.Begin(make([]byte, 0, 320+len(r.Before)+len(r.After)))
	d = wire.String(d, "_id", r.ID)
	d = wire.String(d, "chain", r.Chain)
	d = wire.Int64(d, "n", r.Number)
	d = wire.Time(d, "at", r.At)
	d = wire.String(d, "action", r.Action)
	d = wire.String(d, "subject", r.Subject)
	d = wire.String(d, "actor", r.Actor)
	d = wire.SomeString(d, "means", r.Means)
	d = wire.SomeString(d, "behalf", r.OnBehalf)
	d = wire.SomeString(d, "request", r.Request)
	d = wire.SomeString(d, "before", r.Before)
	d = wire.SomeString(d, "after", r.After)
	d = wire.Bytes(d, "prev", r.Previous)
	d = wire.Bytes(d, "hash", r.Hash)
	return wire.End(d, start)
}

func (h *head) encode() bson.Raw {
	d, start := wire.Begin(make([]byte, 0, 128))
	d = wire.String(d, "_id", h.ID)
	d = wire.Int64(d, "n", h.Number)
	d = wire.Bytes(d, "hash", h.Hash)
	d = wire.Time(d, "at", h.At)
	return wire.End(d, start)
}

// appendHashed appends the text that the record's hash is of; see sum.
func (r *Record) appendHashed(b []byte) []byte {
	b = append(appendText(append(b, '['), r.Chain), ',')
	b = append(strconv.AppendInt(b, r.Number, 10), ',')
	b = strconv.AppendInt(b, r.At.UnixMilli(), 10)
	for _, s := range []string{r.Action, r.Subject, r.Actor, r.Means, r.OnBehalf, r.Request, r.Before, r.After} {
		b = appendText(append(b, ','), s)
	}
	if len(r.Previous) == 0 { // however a store gives nothing back
		return append(b, ",null]"...)
	}
	b = base64.StdEncoding.AppendEncode(append(b, `,"`...), r.Previous)
	return append(b, `"]`...)
}

// appendText appends s as encoding/json writes it when it does not escape for HTML.
func appendText(b []byte, s string) []byte {
	start := len(b)
	b = append(b, '"')
	for i := range len(s) {
		switch c := s[i]; {
		case c < ' ' || c >= utf8.RuneSelf: // what else is escaped is for encoding/json to say
			var text bytes.Buffer
			plain := json.NewEncoder(&text)
			plain.SetEscapeHTML(false)    // as other languages write JSON
			_ = plain.Encode(s)           // a string always encodes
			text.Truncate(text.Len() - 1) // the newline behind every value
			return append(b[:start], text.Bytes()...)
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		default:
			b = append(b, c)
		}
	}
	return append(b, '"')
}
