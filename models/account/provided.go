package account

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"reflect"
	"slices"
	"time"

	"wenguan/models/audit"
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
// fault.Invalid "grants_many" if the groups are worth more grants than an account can hold.
func (d *Directory) SignInByProvider(ctx context.Context, v Vouched) (Session, error) {
	if err := checkGrants(v.Grants); err != nil {
		return Session{}, err
	}
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

// takeOver writes down what the provider says of the account: a name where there is none, the grants, the real name.
func (d *Directory) takeOver(tx store.Tx, who Account, v Vouched) (Account, error) {
	if name, err := cleanName(v.Name); err == nil && who.Name == "" {
		who.Name = name
		if err := tx.Replace(accounts, who); err != nil {
			return who, err
		}
	}
	who, err := d.replaceProvided(tx, who, v.Grants)
	if err != nil {
		return who, err
	}
	if v.RealName == nil || who.Identity != nil && who.Identity.By == ByProvider && who.Identity.BirthYear != 0 {
		return who, nil
	}
	bound, err := d.bind(tx, who, *v.RealName, ByProvider)
	switch {
	case fault.CodeOf(err) == "duplicate_id":
		return who, err
	case err != nil && fault.KindOf(err) != fault.Internal:
		return who, nil // the number is no number, or another account's: the person signs in without it
	case err != nil:
		return who, err
	}
	return bound, audit.Append(tx, d.now(), bound.by(ByProvider).Entry("identity.bound", "account/"+who.ID))
}

// replaceProvided puts these grants in the place of those the provider gave before.
func (d *Directory) replaceProvided(tx store.Tx, who Account, grants []Grant) (Account, error) {
	before := slices.Clone(who.Grants)
	who.Grants = slices.DeleteFunc(slices.Clone(before), func(g Grant) bool { return g.GivenBy == GivenByProvider })
	for _, g := range grants {
		g.ID, g.GivenAt, g.GivenBy = id.New(d.now()), d.now(), GivenByProvider
		who.Grants = append(who.Grants, g)
	}
	if len(before) == 0 && len(who.Grants) == 0 {
		return who, nil
	}
	if err := d.keepGrants(tx, who); err != nil {
		return who, err
	}
	was, is := toldProvided(before), toldProvided(who.Grants)
	if reflect.DeepEqual(was, is) {
		return who, nil
	}
	e := who.by(ByProvider).Entry("grant.provided", "account/"+who.ID)
	e.Before, e.After = map[string]any{"grants": was}, map[string]any{"grants": is}
	return who, audit.Append(tx, d.now(), e)
}

// toldProvided are the grants of the provider as the audit keeps them, without ids, which change at each sign-in.
func toldProvided(grants []Grant) []map[string]any {
	told := []map[string]any{}
	for _, g := range grants {
		if g.GivenBy == GivenByProvider {
			one := g.told()
			delete(one, "id")
			told = append(told, one)
		}
	}
	return told
}

// by is the account as one who signs in by these means.
func (a Account) by(means Means) Actor { return Actor{ID: a.ID, Means: means} }

// openProvided opens the session. Its second factor counts as shown when the provider says so, and as shown long ago where
// it does not say.
func (d *Directory) openProvided(tx store.Tx, who Account, v Vouched) (Session, error) {
	if !v.Strong {
		return d.openSession(tx, who, ByProviderWeak)
	}
	now := d.now()
	proved := now.Add(-freshFor)
	if v.ProvedAt.After(proved) {
		proved = v.ProvedAt
	}
	if proved.After(now) {
		proved = now
	}
	return d.insertSession(tx, who, session{Means: ByProvider, Proved: proved})
}

// providedID is the same for the same subject of the same issuer, whatever characters are in them.
func providedID(issuer, subject string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d:%s%s", len(issuer), issuer, subject))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}
