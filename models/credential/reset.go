package credential

import (
	"context"
	"encoding/base32"
	"fmt"
	"time"

	"wenguan/models/account"
	"wenguan/models/store"
)

// EnrolTime is how long a link to set up credentials is good.
const EnrolTime = 24 * time.Hour

// Reset takes every credential from an account, ends all its sessions and returns the token of a link with which its owner
// sets up new ones. It is for somebody who lost them, or whose were stolen; the person is told. Links made before are
// worth nothing. Needs ManageRoles, which asks for the actor's own second factor; fault.Invalid "not_staff" for somebody
// without a role.
func (v *Vault) Reset(ctx context.Context, actor account.Actor, accountID string) (string, error) {
	if err := actor.Check(account.ManageRoles, ""); err != nil {
		return "", err
	}
	var token string
	err := v.store.Update(ctx, func(tx store.Tx) error {
		who, err := v.accounts.Of(tx, accountID)
		if err != nil {
			return err
		}
		if err := v.Forget(tx, accountID); err != nil {
			return err
		}
		if err := v.accounts.EndSessions(tx, accountID, ""); err != nil {
			return err
		}
		if err := v.tell(tx, actor, who, wasReset); err != nil {
			return err
		}
		token, err = v.accounts.MakeLinkIn(tx, actor, accountID, account.LinkOptions{TTL: EnrolTime, Enrol: true})
		return err
	})
	if err != nil {
		return "", fmt.Errorf("reset credentials of %s: %w", accountID, err)
	}
	return token, nil
}

// Ready reports whether an account can sign in as staff.
func (v *Vault) Ready(ctx context.Context, accountID string) (bool, error) {
	var k keys
	err := v.store.View(ctx, func(tx store.Tx) (err error) {
		k, err = load(tx, accountID)
		return err
	})
	return k.complete(), err
}

// Equip gives an account a password and an authenticator app that everybody may know: for sample data. Only the product
// itself can, and only a demo does. secret is base32.
func (v *Vault) Equip(ctx context.Context, actor account.Actor, accountID, password, secret string) error {
	if !actor.System {
		return actor.Check("", "")
	}
	raw, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(secret)
	if err != nil {
		return fmt.Errorf("equip %s: %w", accountID, err)
	}
	hash, err := v.hasher.hash(ctx, prepared(password))
	if err != nil {
		return fmt.Errorf("equip %s: %w", accountID, err)
	}
	return v.store.Update(ctx, func(tx store.Tx) error {
		k, err := load(tx, accountID)
		if err != nil {
			return err
		}
		k.Password, k.PasswordAt = hash, v.now()
		k.App = &app{Secret: seal(v.key, accountID, raw), At: v.now()}
		return k.save(tx)
	})
}
