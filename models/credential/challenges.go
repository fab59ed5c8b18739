package credential

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"wenguan/models/account"
	"wenguan/models/fault"
	"wenguan/models/store"
)

// challengeLife is how long somebody may take to answer a challenge.
const challengeLife = 5 * time.Minute

// purpose is what a challenge is for. An answer to one is none to another.
type purpose string

const (
	signingIn   purpose = "sign_in"
	steppingUp  purpose = "step_up"
	registering purpose = "register"
)

// challenge is what a passkey has to sign, once.
type challenge struct {
	ID      string    `bson:"_id"` // the challenge itself: 32 random bytes
	Purpose purpose   `bson:"purpose"`
	Account string    `bson:"account,omitempty"` // whose passkey it has to be, where that is known
	Session string    `bson:"session"`           // webauthn.SessionData as JSON
	Expires time.Time `bson:"expires"`
}

func (v *Vault) newChallenge(p purpose, accountID string, session *webauthn.SessionData) (challenge, error) {
	data, err := json.Marshal(session)
	return challenge{session.Challenge, p, accountID, string(data), v.now().Add(challengeLife)}, err
}

func (v *Vault) keepChallenge(ctx context.Context, c challenge) error {
	return v.store.Update(ctx, func(tx store.Tx) error { return tx.Insert(challenges, c) })
}

// takeChallenge uses a challenge up, whatever becomes of the answer: a second answer to it finds none. One that is
// unknown, for something or somebody else, answered already or expired is fault.Invalid "passkey_refused".
func (v *Vault) takeChallenge(ctx context.Context, asked string, p purpose, accountID string) (session webauthn.SessionData, err error) {
	var c challenge
	err = v.store.Update(ctx, func(tx store.Tx) error {
		c = challenge{}
		if err := tx.Get(challenges, asked, &c); err != nil {
			return err
		}
		return tx.Delete(challenges, c.ID)
	})
	if asked == "" || fault.Is(err, fault.NotFound) {
		return session, errPasskeyRefused()
	}
	if err != nil {
		return session, fmt.Errorf("take a challenge: %w", err)
	}
	if c.Purpose != p || c.Account != accountID || !v.now().Before(c.Expires) {
		return session, errPasskeyRefused()
	}
	return session, json.Unmarshal([]byte(c.Session), &session)
}

// Challenge returns the options of navigator.credentials.get as JSON: for anybody who wants to sign in, or, for somebody
// whose session is strong, to show the second factor again. They are good for five minutes and one answer.
// fault.Conflict "passkeys_unavailable" where the public address is an IP address, "second_factor_missing" for somebody
// who has no passkey to show.
func (v *Vault) Challenge(ctx context.Context, actor account.Actor) (json.RawMessage, error) {
	if v.web() == nil {
		return nil, errNoPasskeys()
	}
	assertion, session, p, err := v.ask(ctx, actor)
	if err != nil {
		return nil, fmt.Errorf("passkey challenge: %w", err)
	}
	whose := ""
	if p == steppingUp {
		whose = actor.ID
	}
	made, err := v.newChallenge(p, whose, session)
	if err != nil {
		return nil, err
	}
	if err := v.keepChallenge(ctx, made); err != nil {
		return nil, err
	}
	return json.Marshal(assertion.Response)
}

func (v *Vault) ask(ctx context.Context, actor account.Actor) (*protocol.CredentialAssertion, *webauthn.SessionData, purpose, error) {
	verified := webauthn.WithUserVerification(protocol.VerificationRequired)
	if !actor.Means.Strong() {
		assertion, session, err := v.web().BeginDiscoverableLogin(verified)
		return assertion, session, signingIn, err
	}
	o := owner{}
	err := v.store.View(ctx, func(tx store.Tx) (err error) {
		if o.who, err = v.accounts.Of(tx, actor.ID); err == nil {
			o.keys, err = load(tx, actor.ID)
		}
		return err
	})
	if err != nil {
		return nil, nil, "", err
	}
	if len(o.keys.Passkeys) == 0 {
		return nil, nil, "", errNoSecondFactor()
	}
	assertion, session, err := v.web().BeginLogin(o, verified)
	return assertion, session, steppingUp, err
}

func errNoSecondFactor() *fault.Error {
	return fault.New(fault.Conflict, "second_factor_missing", "This account has no second factor of this kind. Sign out and in again, or set one up.")
}
