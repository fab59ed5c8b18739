package credential

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"slices"
	"strings"

	"wenguan/models/account"
)

// There are ten recovery codes of 80 random bits each. So many bits need no slow hash: nobody can try them all.
const (
	recoveryCodes = 10
	recoveryBytes = 10
)

// typeable is base32 without what is mistaken for something else (Crockford).
var typeable = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// RenewRecovery makes ten new recovery codes, each good once instead of a code of the authenticator app, and makes the
// old ones worthless. They are returned here and never again.
func (v *Vault) RenewRecovery(ctx context.Context, actor account.Actor) ([]string, error) {
	codes := make([]string, recoveryCodes)
	for i := range codes {
		b := make([]byte, recoveryBytes)
		_, _ = rand.Read(b) // never fails since Go 1.24
		s := typeable.EncodeToString(b)
		codes[i] = s[:4] + "-" + s[4:8] + "-" + s[8:12] + "-" + s[12:]
	}
	_, err := v.change(ctx, actor, recoveryMade, account.ByPassword, func(k *keys, _ account.Account) error {
		k.Recovery = nil
		for _, code := range codes {
			k.Recovery = append(k.Recovery, recoveryHash(v.key, k.ID, code))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return codes, nil
}

// spend reports whether the code is one of those that are left, and takes it off them.
func (k *keys) spend(key []byte, typed string) bool {
	want := recoveryHash(key, k.ID, typed)
	found := -1
	for i, h := range k.Recovery {
		if hmac.Equal(h, want) {
			found = i
		}
	}
	if found >= 0 {
		k.Recovery = slices.Delete(slices.Clone(k.Recovery), found, found+1)
	}
	return found >= 0
}

// recoveryHash is the keyed hash of a code as people type it: case, spaces and hyphens do not matter, nor o for 0 and i or
// l for 1.
func recoveryHash(key []byte, owner, typed string) []byte {
	plain := strings.NewReplacer("-", "", " ", "", "o", "0", "i", "1", "l", "1").Replace(strings.ToLower(typed))
	mac := hmac.New(sha256.New, key)
	_, _ = fmt.Fprintf(mac, "recovery %d:%s%s", len(owner), owner, plain)
	return mac.Sum(nil)
}
