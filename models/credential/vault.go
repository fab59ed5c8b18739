// Package credential owns what staff prove themselves with: passwords, authenticator apps, passkeys and recovery codes,
// and the counting of attempts. It refuses to say whether a login exists, keeps nothing that could be used as it is kept,
// and never locks an account for good because of what a stranger did. Residents have none of this: they sign in by codes,
// which package account owns.
package credential

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/netip"
	"net/url"
	"sync"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"wenguan/models/account"
	"wenguan/models/audit"
	"wenguan/models/fault"
	"wenguan/models/notice"
	"wenguan/models/store"
)

// Vault keeps credentials. It is safe for concurrent use and by several instances of the service.
type Vault struct {
	store    store.Store
	accounts *account.Directory
	outbox   *notice.Outbox
	clock    func() time.Time
	hasher   *hasher
	web      func() *webauthn.WebAuthn // nil where the public address is none that browsers make passkeys for
	key      []byte                    // seals the secrets of authenticator apps and keys the hashes of recovery codes
}

// New makes the vault of st. origin says the address people use, such as https://wenguan.example.cn, once the first of
// them comes: passkeys belong to its host name and work nowhere else.
func New(st store.Store, accounts *account.Directory, outbox *notice.Outbox, origin func() string, clock func() time.Time) *Vault {
	key := make([]byte, 32)
	_, _ = rand.Read(key) // never fails since Go 1.24
	v := &Vault{store: st, accounts: accounts, outbox: outbox, clock: clock, hasher: newHasher(current), key: key}
	v.web = sync.OnceValue(func() *webauthn.WebAuthn { return relyingParty(origin()) })
	return v
}

// SetKey says what the secrets of authenticator apps are sealed with; every instance has the same. Until then a key of
// this process alone is used, which opens nothing that another has sealed.
func (v *Vault) SetKey(key []byte) { v.key = key }

// relyingParty is the service as passkeys know it, nil where browsers make none: at an IP address (WebAuthn Level 3,
// 5.1.2). Somebody who tries the service out on their own machine is served at localhost.
func relyingParty(origin string) *webauthn.WebAuthn {
	u, err := url.Parse(origin)
	if err != nil || u.Hostname() == "" {
		return nil
	}
	host := u.Hostname()
	if ip, err := netip.ParseAddr(host); err == nil {
		if !ip.IsLoopback() {
			return nil
		}
		host = "localhost"
		origin = u.Scheme + "://" + host
		if u.Port() != "" {
			origin += ":" + u.Port()
		}
	}
	web, err := webauthn.New(&webauthn.Config{
		RPID: host, RPDisplayName: issuer, RPOrigins: []string{origin},
		AttestationPreference: protocol.PreferNoAttestation, // which make it is does not matter, so nobody has to tell
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: protocol.ResidentKeyRequired(),
			UserVerification: protocol.VerificationRequired,
		},
	})
	if err != nil {
		return nil
	}
	return web
}

// issuer is what authenticator apps and passkey dialogs call the product.
const issuer = "Wenguan 文馆"

// Passkeys reports whether passkeys can be used at the public address.
func (v *Vault) Passkeys() bool { return v.web() != nil }

// now is the present as the store keeps it.
func (v *Vault) now() time.Time { return v.clock().UTC().Truncate(time.Millisecond) }

// Overview is what an account has set up. It holds nothing that is secret.
type Overview struct {
	Password      *time.Time // when it was set, nil for none
	Authenticator *time.Time // when the app was set up, nil for none
	Passkeys      []Passkey
	Recovery      int  // codes that are left
	Enrolling     bool // the session may set up the first ones
}

// Passkey is one passkey as its owner sees it.
type Passkey struct {
	ID     string
	Name   string
	Made   time.Time
	Used   time.Time // zero: never
	Doubt  bool      // its counter went back once: it may have been copied
	Synced bool      // kept by a password manager on more than one device
}

// Overview tells the actor what they have set up.
func (v *Vault) Overview(ctx context.Context, actor account.Actor) (Overview, error) {
	if err := actor.Check(account.BookForSelf, ""); err != nil {
		return Overview{}, err
	}
	var k keys
	err := v.store.View(ctx, func(tx store.Tx) (err error) {
		k, err = load(tx, actor.ID)
		return err
	})
	if err != nil {
		return Overview{}, fmt.Errorf("credentials of %s: %w", actor.ID, err)
	}
	o := Overview{Recovery: len(k.Recovery), Passkeys: []Passkey{}, Enrolling: actor.Enrol && !k.complete()}
	if k.Password != "" {
		o.Password = &k.PasswordAt
	}
	if k.App != nil {
		o.Authenticator = &k.App.At
	}
	for _, p := range k.Passkeys {
		o.Passkeys = append(o.Passkeys, p.shown())
	}
	return o, nil
}

// change runs fn on the actor's credentials in a transaction, if they may change them now, keeps what it made of them,
// writes it into the audit and tells the person. A session that has just completed its enrolment becomes a strong one of
// these means, which is returned; in any other case the other sessions of staff end and nil is returned.
func (v *Vault) change(ctx context.Context, actor account.Actor, what string, means account.Means, fn func(*keys, account.Account) error) (*account.Session, error) {
	var opened *account.Session
	err := v.store.Update(ctx, func(tx store.Tx) error {
		opened = nil
		k, who, err := v.open(tx, actor)
		if err != nil {
			return err
		}
		if err := fn(&k, who); err != nil {
			return err
		}
		if err := k.save(tx); err != nil {
			return err
		}
		if err := v.tell(tx, actor, who, what); err != nil {
			return err
		}
		if !actor.Enrol {
			return v.accounts.EndStaffSessions(tx, who.ID, actor.Session)
		}
		if !k.complete() {
			return nil
		}
		s, err := v.accounts.Strengthen(tx, actor, means)
		opened = &s
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	return opened, nil
}

// prepare runs fn on the actor's credentials as change does, for what is not in use yet: nobody is told.
func (v *Vault) prepare(ctx context.Context, actor account.Actor, fn func(*keys, account.Account) error) error {
	return v.store.Update(ctx, func(tx store.Tx) error {
		k, who, err := v.open(tx, actor)
		if err != nil {
			return err
		}
		if err := fn(&k, who); err != nil {
			return err
		}
		return k.save(tx)
	})
}

// open loads the actor's credentials to change them, or says what is missing.
func (v *Vault) open(tx store.Tx, actor account.Actor) (keys, account.Account, error) {
	if actor.ID == "" {
		return keys{}, account.Account{}, fault.New(fault.Unauthenticated, "sign_in_needed", "Sign in first.")
	}
	who, err := v.accounts.Of(tx, actor.ID)
	if err != nil {
		return keys{}, who, err
	}
	k, err := load(tx, actor.ID)
	if err != nil {
		return k, who, err
	}
	return k, who, k.mayChange(actor)
}

// tell writes a change into the audit and sends the person a notice about it, to every address they have.
func (v *Vault) tell(tx store.Tx, actor account.Actor, who account.Account, what string) error {
	if err := audit.Append(tx, v.now(), actor.Entry("credential."+what, "account/"+who.ID)); err != nil {
		return err
	}
	return v.warn(tx, who, what)
}

// warn sends the notice alone.
func (v *Vault) warn(tx store.Tx, who account.Account, what string) error {
	for _, to := range []string{who.Phone, who.Email} {
		err := v.outbox.Put(tx, notice.Notice{
			To: to, Language: who.Language, Template: notice.SecurityChanged, Params: map[string]string{"what": what},
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// What changed, as the audit and the notices have it.
const (
	passwordSet    = "password_set"
	appSet         = "authenticator_set"
	passkeyAdded   = "passkey_added"
	passkeyRemoved = "passkey_removed"
	recoveryMade   = "recovery_made"
	recoveryUsed   = "recovery_used"
	wasReset       = "reset"
	codesWrong     = "codes_wrong"           // several wrong codes with the right password
	appSuspended   = "authenticator_stopped" // too many of them: the app no longer counts
	passkeyDoubted = "passkey_doubt"         // a counter went back
)
