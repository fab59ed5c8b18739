package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"
)

// Index keys are the values of the index's fields, one after the other, then the _id, so that comparing bytes compares
// documents as MongoDB does: by type, then by value, ties by _id. A value is a type byte and
//
//	numbers (int32, int64)  8 bytes, big-endian, sign bit flipped
//	strings                 the bytes, 0x00 written as 0x00 0xFF, then 0x00 0x01
//	booleans                one byte
//	times                   milliseconds since 1970 as a number
//
// No encoded value is the beginning of another. The gaps between type bytes keep room for more types.
const (
	keyNumber byte = 0x10
	keyString byte = 0x20
	keyBool   byte = 0x40
	keyTime   byte = 0x50
)

var errKeyType = errors.New("an index holds strings, int32, int64, booleans and times only")

func appendNumber(key []byte, kind byte, n int64) []byte {
	return binary.BigEndian.AppendUint64(append(key, kind), uint64(n)^1<<63)
}

func appendString[T string | []byte](key []byte, s T) []byte {
	key = append(key, keyString)
	for i := range len(s) {
		key = append(key, s[i])
		if s[i] == 0 {
			key = append(key, 0xFF)
		}
	}
	return append(key, 0, 1)
}

func appendBool(key []byte, b bool) []byte {
	if b {
		return append(key, keyBool, 1)
	}
	return append(key, keyBool, 0)
}

// appendValue appends the key of a BSON value of a document.
func appendValue(key []byte, v bsoncore.Value) ([]byte, error) {
	switch v.Type {
	case bsoncore.TypeInt32:
		if n, ok := v.Int32OK(); ok {
			return appendNumber(key, keyNumber, int64(n)), nil
		}
	case bsoncore.TypeInt64:
		if n, ok := v.Int64OK(); ok {
			return appendNumber(key, keyNumber, n), nil
		}
	case bsoncore.TypeString:
		if len(v.Data) > 4 { // its length, its bytes and a zero byte
			return appendString(key, v.Data[4:len(v.Data)-1]), nil
		}
	case bsoncore.TypeBoolean:
		if b, ok := v.BooleanOK(); ok {
			return appendBool(key, b), nil
		}
	case bsoncore.TypeDateTime:
		if ms, ok := v.DateTimeOK(); ok {
			return appendNumber(key, keyTime, ms), nil
		}
	}
	return nil, fmt.Errorf("%w, not %s", errKeyType, v.Type)
}

// appendGo appends the key of a Go value of a query: the plain types, or whatever the driver writes as one of them.
func appendGo(key []byte, v any) ([]byte, error) {
	switch v := v.(type) {
	case string:
		return appendString(key, v), nil
	case int:
		return appendNumber(key, keyNumber, int64(v)), nil
	case int32:
		return appendNumber(key, keyNumber, int64(v)), nil
	case int64:
		return appendNumber(key, keyNumber, v), nil
	case bool:
		return appendBool(key, v), nil
	case time.Time:
		return appendNumber(key, keyTime, v.UnixMilli()), nil
	}
	kind, data, err := bson.MarshalValue(v)
	if err != nil {
		return nil, fmt.Errorf("%w, not %T", errKeyType, v)
	}
	return appendValue(key, bsoncore.Value{Type: bsoncore.Type(kind), Data: data})
}

// splitValue cuts the first value off an index key.
func splitValue(key []byte) (value any, rest []byte, err error) {
	if len(key) == 0 {
		return nil, nil, errKeyType
	}
	kind, body := key[0], key[1:]
	switch kind {
	case keyNumber, keyTime:
		if len(body) < 8 {
			return nil, nil, errKeyType
		}
		n := int64(binary.BigEndian.Uint64(body) ^ 1<<63)
		if kind == keyTime {
			return bson.DateTime(n), body[8:], nil
		}
		return n, body[8:], nil
	case keyBool:
		if len(body) < 1 || body[0] > 1 {
			return nil, nil, errKeyType
		}
		return body[0] == 1, body[1:], nil
	case keyString:
		n := stringEnd(body)
		if n < 0 {
			return nil, nil, errKeyType
		}
		text := make([]byte, 0, n)
		for i := 0; i < n; i++ {
			if text = append(text, body[i]); body[i] == 0 {
				i++
			}
		}
		return string(text), body[n+2:], nil
	}
	return nil, nil, errKeyType
}

// stringEnd is where the closing 0x00 0x01 of an encoded string is, -1 if there is none.
func stringEnd(body []byte) int {
	for i := 0; i+1 < len(body); i++ {
		switch {
		case body[i] != 0:
		case body[i+1] == 0xFF:
			i++
		case body[i+1] == 1:
			return i
		default:
			return -1
		}
	}
	return -1
}

// skipValues is the part of an index key after n values; the key is one that this package wrote.
func skipValues(key []byte, n int) []byte {
	for range n {
		switch key[0] {
		case keyNumber, keyTime:
			key = key[9:]
		case keyBool:
			key = key[2:]
		default:
			key = key[3+stringEnd(key[1:]):]
		}
	}
	return key
}

// beyond is the first key that is greater than every key beginning with prefix; nil if there is none.
func beyond(prefix []byte) []byte {
	for i := len(prefix) - 1; i >= 0; i-- {
		if prefix[i] < 0xFF {
			next := append([]byte(nil), prefix[:i+1]...)
			next[i]++
			return next
		}
	}
	return nil
}
