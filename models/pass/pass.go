// Package pass owns the signed pass behind the QR code: its keys, its claims, its verification and its pictures.
// It does not decide whether somebody may come in; booking does, after the pass proved genuine.
package pass

import (
	"slices"
	"time"
)

// MaxAtoms is how many spaces or atoms a pass names. Beyond it the list is left out, so that the QR code stays readable;
// the booking itself always has them.
const MaxAtoms = 6

// MaxLife is the longest time between the making of a pass and its expiry. A retired key is kept for as long.
const MaxLife = 2 * 366 * 24 * time.Hour

// Grant is what a pass is made from.
type Grant struct {
	Booking   string
	Number    string
	Venue     string
	Spaces    []string
	Atoms     []string
	Party     int32
	NotBefore time.Time
	Expires   time.Time
}

// Claims are what a genuine pass says. Times are whole seconds, UTC.
type Claims struct {
	Issuer    string
	Booking   string
	Number    string
	Venue     string
	Spaces    []string // empty: more than MaxAtoms
	Atoms     []string // empty: more than MaxAtoms
	Party     int32
	NotBefore time.Time
	Expires   time.Time
	IssuedAt  time.Time
	Key       string // id of the key it was signed with
	Live      bool   // it was shown with the live code of this moment
}

// payload is the JWT claim set (RFC 7519); times are seconds since 1970. Names have three letters because every byte makes the QR code denser.
type payload struct {
	Issuer    string   `json:"iss,omitempty"`
	Booking   string   `json:"sub"`
	Number    string   `json:"num"`
	Venue     string   `json:"ven"`
	Spaces    []string `json:"spc,omitempty"`
	Atoms     []string `json:"atm,omitzero"` // absent: the same as spc; empty: too many to name
	Party     int32    `json:"pty"`
	NotBefore int64    `json:"nbf"`
	Expires   int64    `json:"exp"`
	IssuedAt  int64    `json:"iat"`
}

func payloadOf(g Grant, issuer string, now time.Time) payload {
	p := payload{
		Issuer: issuer, Booking: g.Booking, Number: g.Number, Venue: g.Venue, Party: g.Party,
		NotBefore: g.NotBefore.Unix(),
		Expires:   g.Expires.Unix(),
		IssuedAt:  now.Unix(),
	}
	if len(g.Spaces) <= MaxAtoms {
		p.Spaces = g.Spaces
	}
	switch {
	case len(g.Atoms) > MaxAtoms:
		p.Atoms = []string{}
	case !slices.Equal(g.Atoms, p.Spaces):
		p.Atoms = append([]string{}, g.Atoms...)
	}
	return p
}

func (p payload) claims(kid string) Claims {
	atoms := p.Atoms
	if atoms == nil {
		atoms = p.Spaces
	}
	at := func(seconds int64) time.Time { return time.Unix(seconds, 0).UTC() }
	return Claims{
		Issuer: p.Issuer, Booking: p.Booking, Number: p.Number, Venue: p.Venue, Party: p.Party,
		Spaces: p.Spaces, Atoms: atoms, Key: kid,
		NotBefore: at(p.NotBefore), Expires: at(p.Expires), IssuedAt: at(p.IssuedAt),
	}
}
