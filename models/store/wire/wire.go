// Package wire writes and reads BSON without reflection, for the few documents that are written with every booking. A
// document in this form is the one that struct tags describe (each user has a test that compares the two), only
// several times faster. It knows the types those documents need and refuses the others.
package wire

import (
	"encoding/binary"
	"strconv"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// Begin opens a document, or an array after Array, and returns where it starts, for End.
func Begin(b []byte) ([]byte, int) { return append(b, 0, 0, 0, 0), len(b) }

// End closes the document that started there.
func End(b []byte, start int) []byte {
	b = append(b, 0)
	binary.LittleEndian.PutUint32(b[start:], uint32(len(b)-start))
	return b
}

// Key begins an element of the given type.
func Key(b []byte, kind bson.Type, key string) []byte {
	b = append(b, byte(kind))
	b = append(b, key...)
	return append(b, 0)
}

// Item begins an element of an array.
func Item(b []byte, kind bson.Type, n int) []byte {
	b = append(b, byte(kind))
	b = strconv.AppendInt(b, int64(n), 10)
	return append(b, 0)
}

// Text appends a string value without its key.
func Text(b []byte, s string) []byte {
	b = binary.LittleEndian.AppendUint32(b, uint32(len(s)+1))
	b = append(b, s...)
	return append(b, 0)
}

// String appends a string.
func String(b []byte, key, s string) []byte { return Text(Key(b, bson.TypeString, key), s) }

// SomeString appends a string unless it is empty, as omitempty has it.
func SomeString(b []byte, key, s string) []byte {
	if s == "" {
		return b
	}
	return String(b, key, s)
}

// Bytes appends binary data; nil is null, as struct tags have it.
func Bytes(b []byte, key string, data []byte) []byte {
	if data == nil {
		return Key(b, bson.TypeNull, key)
	}
	b = binary.LittleEndian.AppendUint32(Key(b, bson.TypeBinary, key), uint32(len(data)))
	return append(append(b, 0), data...) // the generic kind
}

// Int32 appends a 32-bit number.
func Int32(b []byte, key string, v int32) []byte {
	return binary.LittleEndian.AppendUint32(Key(b, bson.TypeInt32, key), uint32(v))
}

// Int64 appends a 64-bit number.
func Int64(b []byte, key string, v int64) []byte {
	return binary.LittleEndian.AppendUint64(Key(b, bson.TypeInt64, key), uint64(v))
}

// True appends a true.
func True(b []byte, key string) []byte { return append(Key(b, bson.TypeBoolean, key), 1) }

// Time appends an instant, in milliseconds.
func Time(b []byte, key string, t time.Time) []byte {
	return binary.LittleEndian.AppendUint64(Key(b, bson.TypeDateTime, key), uint64(t.UnixMilli()))
}

// Moment appends an instant without a key, for an Item of an array.
func Moment(b []byte, t time.Time) []byte {
	return binary.LittleEndian.AppendUint64(b, uint64(t.UnixMilli()))
}

// Strings appends an array of strings; nil is null, as struct tags have it.
func Strings(b []byte, key string, list []string) []byte {
	if list == nil {
		return Key(b, bson.TypeNull, key)
	}
	b, start := Begin(Key(b, bson.TypeArray, key))
	for i, s := range list {
		b = Text(Item(b, bson.TypeString, i), s)
	}
	return End(b, start)
}
