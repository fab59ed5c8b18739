package pass

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log/slog"
	"time"

	"github.com/go-jose/go-jose/v4"

	"wenguan/models/fault"
)

// key is one signing key. Its seed leaves the store when it is retired; its public half stays for verification, and so does
// the secret of the live codes, for the phones that still show a pass it signed.
type key struct {
	ID        string     `bson:"_id"`
	Public    []byte     `bson:"public"`
	Seed      []byte     `bson:"seed,omitempty"` // RFC 8032 private key; never logged, never in JWKS
	Live      []byte     `bson:"live,omitempty"` // nil for a key from before there were live codes
	CreatedAt time.Time  `bson:"created_at"`
	RetiredAt *time.Time `bson:"retired_at,omitempty"`
}

// String and LogValue keep the secrets out of any text a key could end up in.
func (k key) String() string { return "pass key " + k.ID }

// GoString is what %#v prints.
func (k key) GoString() string { return k.String() }

// LogValue implements slog.LogValuer.
func (k key) LogValue() slog.Value { return slog.StringValue(k.ID) }

// newKey makes a key with a random id of eight characters: short, because it is in every pass.
func newKey(now time.Time) key {
	seed := make([]byte, ed25519.SeedSize)
	live := make([]byte, sha256.Size)
	kid := make([]byte, 6)
	_, _ = rand.Read(seed) // never fails since Go 1.24
	_, _ = rand.Read(live)
	_, _ = rand.Read(kid)
	return key{
		ID:        base64.RawURLEncoding.EncodeToString(kid),
		Public:    ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey),
		Seed:      seed,
		Live:      live,
		CreatedAt: now.UTC(),
	}
}

// EnsureKeys makes the first signing key if there is none. Of several instances that start at once exactly one makes
// it and the others use it. A key from before there were live codes is replaced by one that has them.
func (o *Office) EnsureKeys(ctx context.Context) error {
	k, err := o.current(ctx)
	if err == nil && len(k.Live) == 0 {
		now := o.clock()
		return o.replaceKey(ctx, newKey(now), now)
	}
	if !fault.Is(err, fault.NotFound) {
		return err
	}
	err = o.addFirstKey(ctx, newKey(o.clock()))
	if err != nil && !fault.Is(err, fault.Conflict) {
		return fmt.Errorf("make first pass key: %w", err)
	}
	if _, err = o.current(ctx); err != nil {
		return fmt.Errorf("make first pass key: %w", err)
	}
	return nil
}

// Rotate makes a new signing key, which signs from now on, and returns its id. The old key can sign no more, but what
// it signed stays good until it expires.
func (o *Office) Rotate(ctx context.Context) (kid string, err error) {
	if err := o.EnsureKeys(ctx); err != nil {
		return "", err
	}
	now := o.clock()
	fresh := newKey(now)
	if err := o.replaceKey(ctx, fresh, now); err != nil {
		return "", fmt.Errorf("rotate pass key: %w", err)
	}
	return fresh.ID, nil
}

// Tidy deletes keys retired longer ago than any pass lives and returns how many.
func (o *Office) Tidy(ctx context.Context) (int, error) {
	n, err := o.deleteRetired(ctx, o.clock().Add(-MaxLife))
	if err != nil {
		return 0, fmt.Errorf("tidy pass keys: %w", err)
	}
	return n, nil
}

// JWKS is the JSON Web Key Set (RFC 7517) of every key whose passes can still be good; public halves only.
func (o *Office) JWKS(ctx context.Context) ([]byte, error) {
	keys, err := o.all(ctx)
	if err != nil {
		return nil, fmt.Errorf("list pass keys: %w", err)
	}
	set := jose.JSONWebKeySet{Keys: []jose.JSONWebKey{}}
	for _, k := range keys {
		set.Keys = append(set.Keys, jose.JSONWebKey{
			Key: ed25519.PublicKey(k.Public), KeyID: k.ID, Algorithm: string(jose.EdDSA), Use: "sig",
		})
	}
	return json.Marshal(set)
}
