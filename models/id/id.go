// Package id makes the product's identifiers: opaque to clients, sortable by the moment they were made.
package id

import (
	"crypto/rand"
	"strings"
	"time"

	"github.com/oklog/ulid/v2"
)

// New returns a 26-character lower-case ULID for the moment now (https://github.com/ulid/spec).
func New(now time.Time) string {
	return strings.ToLower(ulid.MustNew(ulid.Timestamp(now), rand.Reader).String())
}

// numberAlphabet is Crockford's base 32: no I, L, O or U, so a number can be read out over the telephone.
const numberAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// Number returns a random short number of 8 characters (40 bits) for people to read out and type, such as "7K2M9QXD".
func Number() string {
	b := make([]byte, 8)
	_, _ = rand.Read(b) // never fails since Go 1.24
	for i := range b {
		b[i] = numberAlphabet[b[i]&31]
	}
	return string(b)
}

// Normal returns a number as stored, whatever a person typed: case, spaces and hyphens do not matter, O is 0, I and L are 1.
func Normal(typed string) string {
	s := strings.Map(func(r rune) rune {
		switch r {
		case ' ', '-', '\u3000', '\t', '－':
			return -1
		case 'o', 'O':
			return '0'
		case 'i', 'I', 'l', 'L':
			return '1'
		}
		return r
	}, typed)
	return strings.ToUpper(s)
}
