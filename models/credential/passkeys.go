package credential

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"wenguan/models/account"
	"wenguan/models/fault"
	"wenguan/models/id"
)

// Bounds of an account's passkeys and of their names in characters.
const (
	mostPasskeys = 10
	maxName      = 40
)

// passkey is a passkey of an account (WebAuthn Level 3): a public key, which is of no use to who reads it.
type passkey struct {
	ID     string    `bson:"id"` // names it to its owner
	Name   string    `bson:"name"`
	Record string    `bson:"record"` // webauthn.Credential as JSON
	Made   time.Time `bson:"made"`
	Used   time.Time `bson:"used,omitempty"`
	Doubt  bool      `bson:"doubt,omitempty"`
}

// record is the passkey as the library has it; one that does not decode is one that signs nobody in.
func (p passkey) record() (c webauthn.Credential) {
	_ = json.Unmarshal([]byte(p.Record), &c)
	return c
}

func (p passkey) shown() Passkey {
	return Passkey{ID: p.ID, Name: p.Name, Made: p.Made, Used: p.Used, Doubt: p.Doubt, Synced: p.record().Flags.BackupState}
}

// owner is an account as the library asks for it.
type owner struct {
	who  account.Account
	keys keys
}

// WebAuthnID implements webauthn.User. An account's id says nothing about a person.
func (o owner) WebAuthnID() []byte { return []byte(o.keys.ID) }

// WebAuthnName implements webauthn.User.
func (o owner) WebAuthnName() string {
	for _, name := range []string{o.who.Email, o.who.Phone} {
		if name != "" {
			return name
		}
	}
	return o.who.Called()
}

// WebAuthnDisplayName implements webauthn.User.
func (o owner) WebAuthnDisplayName() string { return o.who.Called() }

// WebAuthnCredentials implements webauthn.User.
func (o owner) WebAuthnCredentials() []webauthn.Credential {
	list := make([]webauthn.Credential, len(o.keys.Passkeys))
	for i, p := range o.keys.Passkeys {
		list[i] = p.record()
	}
	return list
}

// StartPasskey returns the options of navigator.credentials.create for a new passkey of the actor, as JSON. They are
// good for five minutes and one passkey. fault.Conflict "passkeys_unavailable" where the public address is an IP address,
// "passkeys_many" {max} for somebody who has ten.
func (v *Vault) StartPasskey(ctx context.Context, actor account.Actor) (json.RawMessage, error) {
	if v.web() == nil {
		return nil, errNoPasskeys()
	}
	var options json.RawMessage
	var made challenge
	err := v.prepare(ctx, actor, func(k *keys, who account.Account) error {
		if len(k.Passkeys) >= mostPasskeys {
			return fault.New(fault.Conflict, "passkeys_many", "An account has at most %d passkeys. Remove one first.", mostPasskeys).With("max", mostPasskeys)
		}
		o := owner{who, *k}
		creation, session, err := v.web().BeginRegistration(o, webauthn.WithExclusions(webauthn.Credentials(o.WebAuthnCredentials()).CredentialDescriptors()))
		if err != nil {
			return err
		}
		if options, err = json.Marshal(creation.Response); err != nil {
			return err
		}
		made, err = v.newChallenge(registering, actor.ID, session)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("start a passkey: %w", err)
	}
	return options, v.keepChallenge(ctx, made)
}

// AddPasskey adds the passkey that the browser made with these options, under a name that tells it from others; response
// is its PublicKeyCredential as JSON. fault.Invalid "passkey_refused" for one that does not answer a challenge of ours.
// While enrolling this completes it: the strong session is returned.
func (v *Vault) AddPasskey(ctx context.Context, actor account.Actor, name string, response []byte) (*account.Session, error) {
	if v.web() == nil {
		return nil, errNoPasskeys()
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(response)
	if err != nil {
		return nil, errPasskeyRefused()
	}
	session, err := v.takeChallenge(ctx, parsed.Response.CollectedClientData.Challenge, registering, actor.ID)
	if err != nil {
		return nil, err
	}
	return v.change(ctx, actor, passkeyAdded, account.ByPasskey, func(k *keys, who account.Account) error {
		made, err := v.web().CreateCredential(owner{who, *k}, session, parsed)
		if err != nil {
			return errPasskeyRefused()
		}
		made.Attestation = webauthn.CredentialAttestation{} // nobody asked for it
		known := func(p passkey) bool { return bytes.Equal(p.record().ID, made.ID) }
		if slices.ContainsFunc(k.Passkeys, known) || len(k.Passkeys) >= mostPasskeys {
			return errPasskeyRefused()
		}
		record, err := json.Marshal(made)
		if err != nil {
			return err
		}
		p := passkey{ID: id.New(v.now()), Name: called(name, len(k.Passkeys)+1), Record: string(record), Made: v.now()}
		k.Passkeys = append(slices.Clone(k.Passkeys), p)
		return nil
	})
}

// RemovePasskey removes a passkey of the actor's. fault.NotFound "passkey_not_found"; fault.Conflict "last_credential"
// when nothing would be left to sign in with.
func (v *Vault) RemovePasskey(ctx context.Context, actor account.Actor, passkeyID string) error {
	_, err := v.change(ctx, actor, passkeyRemoved, account.ByPasskey, func(k *keys, _ account.Account) error {
		i := slices.IndexFunc(k.Passkeys, func(p passkey) bool { return p.ID == passkeyID })
		if i < 0 {
			return fault.New(fault.NotFound, "passkey_not_found", "There is no such passkey.")
		}
		if k.Passkeys = slices.Delete(slices.Clone(k.Passkeys), i, i+1); !k.complete() {
			return fault.New(fault.Conflict, "last_credential", "Set up another way of signing in first.")
		}
		return nil
	})
	return err
}

// verify checks an assertion by one of the account's passkeys, and keeps its counter. A counter that went back means that
// the passkey may have been copied (WebAuthn Level 3, 6.1.1): it signs nobody in any more, and doubt is true.
func (v *Vault) verify(k *keys, who account.Account, session webauthn.SessionData, parsed *protocol.ParsedCredentialAssertionData) (right, doubt bool) {
	o := owner{who, *k}
	var used *webauthn.Credential
	var err error
	if len(session.UserID) > 0 {
		used, err = v.web().ValidateLogin(o, session, parsed)
	} else {
		find := func(_, _ []byte) (webauthn.User, error) { return o, nil }
		used, err = v.web().ValidateDiscoverableLogin(find, session, parsed)
	}
	if err != nil {
		return false, false
	}
	record, err := json.Marshal(used)
	if err != nil {
		return false, false
	}
	i := slices.IndexFunc(k.Passkeys, func(p passkey) bool { return bytes.Equal(p.record().ID, used.ID) })
	k.Passkeys = slices.Clone(k.Passkeys)
	p := &k.Passkeys[i]
	if used.Authenticator.CloneWarning || p.Doubt {
		doubt = !p.Doubt
		p.Doubt = true
		return false, doubt
	}
	p.Record, p.Used = string(record), v.now()
	return true, false
}

// called is a name as stored: what the person typed on one line, or a number.
func called(name string, n int) string {
	name = strings.Join(strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsGraphic(r) }), " ")
	if name == "" || !utf8.ValidString(name) {
		return fmt.Sprintf("Passkey %d", n)
	}
	runes := []rune(name)
	return string(runes[:min(len(runes), maxName)])
}

func errNoPasskeys() *fault.Error {
	return fault.New(fault.Conflict, "passkeys_unavailable", "Passkeys need the service at a host name, not at an IP address.")
}

func errPasskeyRefused() *fault.Error {
	return fault.New(fault.Invalid, "passkey_refused", "This passkey was not accepted. Try again, or use another way.").On("passkey")
}
