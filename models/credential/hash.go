package credential

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"sync/atomic"

	"golang.org/x/crypto/argon2"

	"wenguan/models/fault"
)

// params are the costs of argon2id (RFC 9106).
type params struct {
	memory uint32 // KiB
	time   uint32 // passes
	lanes  uint8
}

// current is what new hashes cost: the OWASP Password Storage Cheat Sheet's choice for argon2id, 19 MiB in two passes.
// Raise it, and every password is hashed anew when it is next used.
var current = params{memory: 19 * 1024, time: 2, lanes: 1}

const (
	saltBytes = 16
	hashBytes = 32

	// parallel bounds how many hashes are made at once: a flood of sign-ins waits, and never holds more than 76 MiB.
	parallel = 4
	// The bounds of what is believed of a stored hash.
	maxMemory, maxTime = 1 << 20, 16
)

// hasher makes and checks hashes of passwords.
type hasher struct {
	params
	slots chan struct{}
	dummy string // of no password; checked where there is none to check, so that both take the same time
	made  atomic.Int64
}

func newHasher(p params) *hasher {
	h := &hasher{params: p, slots: make(chan struct{}, parallel)}
	h.dummy = p.encode(make([]byte, saltBytes), make([]byte, hashBytes))
	return h
}

// hash is the PHC string of a password under a salt of its own.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltBytes)
	_, _ = rand.Read(salt) // never fails since Go 1.24
	sum, err := h.sum(ctx, h.params, password, salt, hashBytes)
	if err != nil {
		return "", err
	}
	return h.encode(salt, sum), nil
}

// check reports whether the password is the one of the PHC string; "" stands for no password, which nothing is, after
// the same work.
func (h *hasher) check(ctx context.Context, password, phc string) (bool, error) {
	none := phc == ""
	if none {
		phc = h.dummy
	}
	p, salt, want, err := decode(phc)
	if err != nil {
		return false, err
	}
	got, err := h.sum(ctx, p, password, salt, len(want))
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1 && !none, nil
}

// outdated reports whether a hash costs less than new ones.
func (h *hasher) outdated(phc string) bool {
	p, _, _, err := decode(phc)
	return err != nil || p.memory < h.memory || p.time < h.time
}

func (h *hasher) sum(ctx context.Context, p params, password string, salt []byte, size int) ([]byte, error) {
	select {
	case h.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, fault.New(fault.Unavailable, "unavailable", "Too many people sign in at this moment. Try again.")
	}
	defer func() { <-h.slots }()
	h.made.Add(1)
	return argon2.IDKey([]byte(password), salt, p.time, p.memory, p.lanes, uint32(size)), nil
}

// encode writes the PHC string: $argon2id$v=19$m=19456,t=2,p=1$salt$hash.
func (p params) encode(salt, sum []byte) string {
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, p.memory, p.time, p.lanes, b64(salt), b64(sum))
}

func decode(phc string) (p params, salt, sum []byte, err error) {
	parts := strings.Split(phc, "$")
	bad := fmt.Errorf("this is not a hash of argon2id")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return p, nil, nil, bad
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &p.memory, &p.time, &p.lanes); err != nil {
		return p, nil, nil, bad
	}
	if salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err != nil {
		return p, nil, nil, bad
	}
	if sum, err = base64.RawStdEncoding.DecodeString(parts[5]); err != nil {
		return p, nil, nil, bad
	}
	if p.memory == 0 || p.memory > maxMemory || p.time == 0 || p.time > maxTime || p.lanes == 0 || len(salt) < 8 || len(sum) < 16 {
		return p, nil, nil, bad
	}
	return p, salt, sum, nil
}
