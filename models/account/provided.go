package account

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"slices"
	"time"

	"wenguan/models/fault"
	"wenguan/models/id"
	"wenguan/models/store"
)

// GivenByProvider is who gave the grants that come with a sign-in by an OpenID Connect provider. They are replaced at
// each such sign-in; grants that people gave are not touched by it.
const GivenByProvider = "provider"

// Vouched is what a provider says of somebody who has just signed in there.
type Vouched struct {
	Issuer   string
	Subject  string    // never given to anybody else by this issuer
	Name     string    // for an account that has none yet
	Address  Address   // verified there: whose account it is, if the person comes for the first time; "" for nobody's
	Grants   []Grant   // what the groups of the person are worth here
	Strong   bool      // the provider asked for what staff have to show here
	ProvedAt time.Time // when the person last did so; the zero time if the provider does not say
	RealName *RealName // nil unless the provider vouches for it
}

// RealName is a name and an identity number as on the document. It is never stored as it is.
type RealName struct{ Name, Number string }

// provided says whose account a subject of a provider is.
type provided struct {
	ID      string    `bson:"_id"` // of issuer and subject, hashed
	Account string    `bson:"account"`
	At      time.Time `bson:"at"`
}

// SignInByProvider opens a session for somebody a provider vouches for, and makes the account at the first time. The
// grants of the provider replace those it gave before. The session is as good as a resident's unless v.Strong.
func (d *Directory) SignInByProvider(ctx context.Context, v Vouched) (Session, error) {
	var signedIn Session
	attempt := func() error {
		return d.store.Update(ctx, func(tx store.Tx) error {
			who, err := d.accountVouchedFor(tx, v)
			if err != nil {
				return err
			}
			if who, err = d.takeOver(tx, who, v); err != nil {
				return err
			}
			signedIn, err = d.openProvided(tx, who, v)
			return err
		})
	}
	err := attempt()
	if fault.Is(err, fault.Conflict) { // the same person in two windows, or the address taken at the same moment
		err = attempt()
	}
	if err != nil {
		return Session{}, fmt.Errorf("sign in by provider: %w", err)
	}
	return signedIn, nil
}

// accountVouchedFor finds the account of the subject, else that of the address, else makes one.
func (d *Directory) accountVouchedFor(tx store.Tx, v Vouched) (Account, error) {
	link := provided{ID: providedID(v.Issuer, v.Subject), At: d.now()}
	var there provided
	err := tx.Get(providers, link.ID, &there)
	known := err == nil
	if err != nil && !fault.Is(err, fault.NotFound) {
		return Account{}, err
	}
	if known {
		who, err := d.Of(tx, there.Account)
		if err == nil && who.ErasedAt == nil {
			return who, nil
		}
		if err != nil && !fault.Is(err, fault.NotFound) {
			return Account{}, err
		}
	}
	who, err := d.firstVouchedFor(tx, v)
	if err != nil {
		return Account{}, err
	}
	link.Account = who.ID
	if known {
		return who, tx.Replace(providers, link)
	}
	return who, tx.Insert(providers, link)
}

func (d *Directory) firstVouchedFor(tx store.Tx, v Vouched) (Account, error) {
	if v.Address != "" {
		return d.accountOf(tx, v.Address)
	}
	now := d.now()
	who := Account{ID: id.New(now), Kind: Person, CreatedAt: now}
	return who, d.insert(tx, who)
}

// takeOver writes down what the provider says of the account.
func (d *Directory) takeOver(tx store.Tx, who Account, v Vouched) (Account, error) {
	if name, err := cleanName(v.Name); err == nil && who.Name == "" {
		who.Name = name
	}
	who.Grants = slices.DeleteFunc(slices.Clone(who.Grants), func(g Grant) bool { return g.GivenBy == GivenByProvider })
	for _, g := range v.Grants {
		g.ID, g.GivenAt, g.GivenBy = id.New(d.now()), d.now(), GivenByProvider
		who.Grants = append(who.Grants, g)
	}
	if err := tx.Replace(accounts, who); err != nil {
		return who, err
	}
	return who, recordAdministrator(tx, who)
}

func (d *Directory) openProvided(tx store.Tx, who Account, v Vouched) (Session, error) {
	if !v.Strong {
		return d.openSession(tx, who, ByProviderWeak)
	}
	return d.openSession(tx, who, ByProvider)
}

// providedID is the same for the same subject of the same issuer, whatever characters are in them.
func providedID(issuer, subject string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d:%s%s", len(issuer), issuer, subject))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}
