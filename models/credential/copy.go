package credential

import (
	"time"

	"wenguan/models/store"
)

// Copy is what is kept of somebody's credentials, for themselves: nothing in it opens anything.
type Copy struct {
	PasswordSet   *time.Time    `json:"password_set,omitempty"`
	Authenticator *time.Time    `json:"authenticator_set,omitempty"`
	Passkeys      []PasskeyCopy `json:"passkeys"`
	RecoveryCodes int           `json:"recovery_codes_left"`
}

// PasskeyCopy is a passkey in a Copy.
type PasskeyCopy struct {
	Name string    `json:"name"`
	Made time.Time `json:"made"`
	Used time.Time `json:"used,omitzero"`
}

// CopyOf is the copy for an account, within a transaction; nil for one that has no credentials. It asks for no permission.
func (v *Vault) CopyOf(tx store.Tx, accountID string) (*Copy, error) {
	k, err := load(tx, accountID)
	if err != nil || k.Password == "" && k.App == nil && len(k.Passkeys) == 0 {
		return nil, err
	}
	c := &Copy{Passkeys: []PasskeyCopy{}, RecoveryCodes: len(k.Recovery)}
	if k.Password != "" {
		c.PasswordSet = &k.PasswordAt
	}
	if k.App != nil {
		c.Authenticator = &k.App.At
	}
	for _, p := range k.Passkeys {
		shown := p.shown()
		c.Passkeys = append(c.Passkeys, PasskeyCopy{shown.Name, shown.Made, shown.Used})
	}
	return c, nil
}
