// Package pass owns the signed pass behind the QR code: its keys, its claims, its verification and its pictures.
// It does not decide whether somebody may come in; booking does, after the pass proved genuine.
package pass

import (
	"context"
	"time"

	"wenguan/models/fault"
	"wenguan/models/store"
)

// Grant is what a pass is made from.
type Grant struct {
	Booking   string
	Number    string
	Venue     string
	Spaces    []string
	Atoms     []string // left out of the pass beyond MaxAtoms
	Party     int32
	NotBefore time.Time
	Expires   time.Time
}

// Claims are what a genuine pass says.
type Claims struct {
	Issuer    string
	Booking   string
	Number    string
	Venue     string
	Spaces    []string
	Atoms     []string
	Party     int32
	NotBefore time.Time
	Expires   time.Time
	IssuedAt  time.Time
	Key       string // key id it was signed with
}

// Office signs and verifies passes.
type Office struct {
	store  store.Store
	clock  func() time.Time
	issuer string
}

// New makes the office of st; issuer goes into every pass.
func New(st store.Store, clock func() time.Time, issuer string) *Office {
	return &Office{store: st, clock: clock, issuer: issuer}
}

var errNotYet = fault.New(fault.Unavailable, "pass_unavailable", "Passes are not available.")

// EnsureKeys makes the first signing key if there is none.
func (o *Office) EnsureKeys(ctx context.Context) error { return errNotYet }

// Issue signs a pass.
func (o *Office) Issue(ctx context.Context, g Grant) (string, error) { return "", errNotYet }

// Verify returns the claims of a genuine pass.
func (o *Office) Verify(ctx context.Context, token string) (Claims, error) {
	return Claims{}, errNotYet
}

// Rotate makes a new signing key.
func (o *Office) Rotate(ctx context.Context) (kid string, err error) { return "", errNotYet }

// Tidy deletes keys whose passes have all expired.
func (o *Office) Tidy(ctx context.Context) (int, error) { return 0, errNotYet }

// JWKS is the public key set (RFC 7517).
func (o *Office) JWKS(ctx context.Context) ([]byte, error) { return nil, errNotYet }

// PNG draws the token as a QR code of size x size pixels.
func PNG(token string, size int) ([]byte, error) { return nil, errNotYet }

// SVG draws the token as a QR code.
func SVG(token string) ([]byte, error) { return nil, errNotYet }

// Collections declares what the office keeps.
func Collections() []store.Collection { return nil }
