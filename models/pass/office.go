package pass

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"

	"wenguan/models/fault"
	"wenguan/models/store"
)

// maxToken bounds what Verify looks at; a genuine pass has well under half of it.
const maxToken = 2048

// Office signs and verifies passes. It is safe for concurrent use.
type Office struct {
	store  store.Store
	clock  func() time.Time
	issuer string

	mu   sync.RWMutex
	keys map[string]key // by id; a key never changes but for its retirement
}

// New makes the office of st. The issuer, a short name or the public address of the service, goes into every pass for
// devices that know several issuers; here the key decides, so a change of address leaves printed passes good.
func New(st store.Store, clock func() time.Time, issuer string) *Office {
	return &Office{store: st, clock: clock, issuer: issuer, keys: map[string]key{}}
}

// Issue signs a pass with the current key and returns it as a compact JWS (RFC 7515, alg EdDSA of RFC 8037), a JWT with
// the claims iss, sub (booking id), num, ven, spc, atm, pty, nbf, exp, iat. A grant that expires before it begins, or
// more than MaxLife from now, is fault.Invalid "pass_span".
func (o *Office) Issue(ctx context.Context, g Grant) (string, error) {
	token, _, err := o.issue(ctx, g)
	return token, err
}

func (o *Office) issue(ctx context.Context, g Grant) (string, key, error) {
	now := o.clock()
	if !g.NotBefore.Before(g.Expires) || g.Expires.Sub(now) > MaxLife {
		return "", key{}, fault.New(fault.Invalid, "pass_span", "A pass ends after it begins and within two years.")
	}
	k, err := o.current(ctx)
	if err != nil {
		return "", k, fmt.Errorf("issue pass for booking %s: %w", g.Booking, err)
	}
	token, err := k.sign(payloadOf(g, o.issuer, now))
	if err != nil {
		return "", k, fmt.Errorf("issue pass for booking %s: %w", g.Booking, err)
	}
	return token, k, nil
}

func (k *key) sign(p payload) (string, error) {
	body, err := json.Marshal(p)
	if err != nil {
		return "", err
	}
	signer, err := jose.NewSigner(jose.SigningKey{
		Algorithm: jose.EdDSA,
		Key:       jose.JSONWebKey{Key: ed25519.NewKeyFromSeed(k.Seed), KeyID: k.ID},
	}, nil)
	if err != nil {
		return "", err
	}
	signed, err := signer.Sign(body)
	if err != nil {
		return "", err
	}
	return signed.CompactSerialize()
}

// Verify returns the claims of a genuine pass, with or without a live code: signed by a key of this office with EdDSA and
// not expired. Live says whether the code was that of this moment; one that is stale or wrong is as none. Anything else is
// fault.Invalid "pass_invalid", without saying why, or fault.Gone "pass_expired" for a genuine one past its time.
// It does not look at NotBefore: how early somebody may come is the check-in window of the booking, which can have moved
// since the pass was made, and "too early, opens at …" is an answer only the booking can give.
func (o *Office) Verify(ctx context.Context, shown string) (Claims, error) {
	token, live := split(shown)
	if len(token) > maxToken || !canonical(token) {
		return Claims{}, errInvalid()
	}
	signed, err := jose.ParseSignedCompact(token, []jose.SignatureAlgorithm{jose.EdDSA})
	if err != nil || len(signed.Signatures) != 1 {
		return Claims{}, errInvalid()
	}
	kid := signed.Signatures[0].Protected.KeyID
	k, err := o.byID(ctx, kid)
	if fault.Is(err, fault.NotFound) {
		return Claims{}, errInvalid()
	}
	if err != nil {
		return Claims{}, fmt.Errorf("verify pass: %w", err)
	}
	body, err := signed.Verify(ed25519.PublicKey(k.Public))
	if err != nil {
		return Claims{}, errInvalid()
	}
	var p payload
	if err := json.Unmarshal(body, &p); err != nil || p.Booking == "" {
		return Claims{}, errInvalid()
	}
	claims := p.claims(kid)
	claims.Live = k.isLive(p.Booking, live, o.clock())
	if !o.clock().Before(claims.Expires) {
		return Claims{}, fault.New(fault.Gone, "pass_expired", "This pass has expired.").
			On("token").With("expired", claims.Expires)
	}
	return claims, nil
}

// canonical reports whether each part is the one base64url spelling of its bytes, so that a pass has exactly one form.
func canonical(token string) bool {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return false
	}
	for _, part := range parts {
		if _, err := base64.RawURLEncoding.Strict().DecodeString(part); err != nil || strings.ContainsAny(part, "\r\n") {
			return false
		}
	}
	return true
}

func errInvalid() *fault.Error {
	return fault.New(fault.Invalid, "pass_invalid", "This is not a pass of ours, or it was changed.").On("token")
}
