package credential

import (
	"context"
	"fmt"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"wenguan/models/account"
	"wenguan/models/audit"
	"wenguan/models/fault"
	"wenguan/models/store"
)

// SignInByPasskey exchanges a passkey's answer to a challenge, a PublicKeyCredential as JSON, for a session of staff. The
// passkey says itself whose it is. fault.Invalid "passkey_refused" for every answer that is not good, the same one twice
// too.
func (v *Vault) SignInByPasskey(ctx context.Context, response []byte) (account.Session, error) {
	parsed, session, err := v.answered(ctx, response, signingIn, "")
	if err != nil {
		return account.Session{}, err
	}
	var in account.Session
	var right bool
	err = v.store.Update(ctx, func(tx store.Tx) error {
		in, right = account.Session{}, false
		k, who, err := v.claimed(tx, string(parsed.Response.UserHandle))
		if err != nil || k.Revision == 0 {
			return err
		}
		if right, err = v.checkPasskey(tx, &k, who, session, parsed); err != nil || !right {
			return err
		}
		if k.App != nil {
			k.App.Misses = 0
		}
		if in, err = v.accounts.Open(tx, who, account.ByPasskey); err != nil {
			return err
		}
		if err := audit.Append(tx, v.now(), in.Actor.Entry("session.opened", "account/"+who.ID)); err != nil {
			return err
		}
		return k.save(tx)
	})
	if err != nil {
		return account.Session{}, fmt.Errorf("sign in by passkey: %w", err)
	}
	if !right {
		return account.Session{}, errPasskeyRefused()
	}
	return in, nil
}

// claimed is the account a passkey says it belongs to, with revision 0 if there is none that has credentials.
func (v *Vault) claimed(tx store.Tx, accountID string) (keys, account.Account, error) {
	if accountID == "" {
		return keys{}, account.Account{}, nil
	}
	who, err := v.accounts.Of(tx, accountID)
	if fault.Is(err, fault.NotFound) || err == nil && who.ErasedAt != nil {
		return keys{}, who, nil
	}
	if err != nil {
		return keys{}, who, err
	}
	k, err := load(tx, accountID)
	return k, who, err
}

// answered reads a passkey's answer and uses up the challenge it answers.
func (v *Vault) answered(ctx context.Context, response []byte, p purpose, accountID string) (*protocol.ParsedCredentialAssertionData, webauthn.SessionData, error) {
	if v.web() == nil {
		return nil, webauthn.SessionData{}, errNoPasskeys()
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(response)
	if err != nil {
		return nil, webauthn.SessionData{}, errPasskeyRefused()
	}
	session, err := v.takeChallenge(ctx, parsed.Response.CollectedClientData.Challenge, p, accountID)
	return parsed, session, err
}

// checkPasskey is verify, and tells the person of a passkey that may have been copied. Then it keeps that, too.
func (v *Vault) checkPasskey(tx store.Tx, k *keys, who account.Account, session webauthn.SessionData, parsed *protocol.ParsedCredentialAssertionData) (bool, error) {
	right, doubt := v.verify(k, who, session, parsed)
	if !doubt {
		return right, nil
	}
	if err := v.tell(tx, who.Actor(), who, passkeyDoubted); err != nil {
		return false, err
	}
	return false, k.save(tx)
}

// Proof is a second factor shown again. One of them is set.
type Proof struct {
	Code     string // of the authenticator app
	Recovery string
	Passkey  []byte // PublicKeyCredential as JSON, answering Challenge
}

// StepUp takes a second factor of the actor, whose session is strong: for some minutes it may do what needs one.
// fault.Invalid "totp_wrong", "recovery_wrong" or "passkey_refused"; fault.TooMany "too_many_attempts" after several.
func (v *Vault) StepUp(ctx context.Context, actor account.Actor, p Proof) error {
	if err := mayStepUp(actor); err != nil {
		return err
	}
	by := byStep(v.key, actor.ID)
	if err := v.store.Update(ctx, func(tx store.Tx) error { return charge(tx, v.now(), by) }); err != nil {
		return err
	}
	check, wrong, err := v.checkOf(ctx, actor, p)
	if err != nil {
		return err
	}
	var right bool
	err = v.store.Update(ctx, func(tx store.Tx) error {
		k, who, err := v.claimed(tx, actor.ID)
		if err != nil {
			return err
		}
		if right, err = check(tx, &k, who); err != nil {
			return err
		}
		if right {
			if err := v.accounts.Prove(tx, actor); err != nil {
				return err
			}
			if err := forgive(tx, by); err != nil {
				return err
			}
		}
		if k.Revision == 0 || !right && len(p.Passkey) > 0 { // what a passkey did wrong is kept already
			return nil
		}
		return k.save(tx)
	})
	if err != nil {
		return fmt.Errorf("step up: %w", err)
	}
	if !right {
		return wrong
	}
	return nil
}

func mayStepUp(actor account.Actor) error {
	switch {
	case actor.ID == "":
		return fault.New(fault.Unauthenticated, "sign_in_needed", "Sign in first.")
	case !actor.Means.Strong() && actor.Staff:
		return fault.New(fault.Forbidden, "staff_sign_in_needed", "Sign in as staff: with your password and second factor, or a passkey.")
	case !actor.Means.Strong():
		return fault.New(fault.Forbidden, "not_permitted", "Your role does not permit this here.")
	}
	return nil
}

// checkOf is how to check the proof within a transaction, and what to say when it is wrong.
func (v *Vault) checkOf(ctx context.Context, actor account.Actor, p Proof) (func(store.Tx, *keys, account.Account) (bool, error), *fault.Error, error) {
	switch {
	case len(p.Passkey) > 0:
		parsed, session, err := v.answered(ctx, p.Passkey, steppingUp, actor.ID)
		return func(tx store.Tx, k *keys, who account.Account) (bool, error) {
			return v.checkPasskey(tx, k, who, session, parsed)
		}, errPasskeyRefused(), err
	case p.Recovery != "":
		return func(tx store.Tx, k *keys, who account.Account) (bool, error) {
			return v.second(tx, k, who, "", p.Recovery)
		}, fault.New(fault.Invalid, "recovery_wrong", "This recovery code is wrong or was used already.").On("recovery"), nil
	}
	return func(tx store.Tx, k *keys, who account.Account) (bool, error) {
		return v.second(tx, k, who, p.Code, "")
	}, fault.New(fault.Invalid, "totp_wrong", "This code is wrong or was used already. Wait for the next one.").On("totp"), nil
}
