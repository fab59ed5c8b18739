package account

import (
	"context"
	"fmt"
	"time"

	"wenguan/models/fault"
	"wenguan/models/store"
)

// link is a sign-in link as stored, under the SHA-256 of its token.
type link struct {
	ID       string    `bson:"_id"`
	Account  string    `bson:"account"`
	Reusable bool      `bson:"reusable,omitempty"`
	Means    Means     `bson:"means,omitempty"` // of the sessions it opens
	Enrol    bool      `bson:"enrol,omitempty"` // they may set up credentials where there are none
	Expires  time.Time `bson:"expires"`
}

// SignInByLink exchanges the token of a sign-in link for a session. A link that is unknown, used up or expired is
// fault.Invalid "link_invalid".
func (d *Directory) SignInByLink(ctx context.Context, token string) (Session, error) {
	if token == "" || len(token) > maxToken {
		return Session{}, errLinkInvalid()
	}
	var signedIn Session
	err := d.store.Update(ctx, func(tx store.Tx) error {
		var l link
		if err := tx.Get(links, hashToken(token), &l); err != nil {
			return err
		}
		if !d.now().Before(l.Expires) {
			return errLinkInvalid()
		}
		if !l.Reusable {
			if err := tx.Delete(links, l.ID); err != nil {
				return err
			}
		}
		who, err := d.Of(tx, l.Account)
		if err != nil {
			return err
		}
		signedIn, err = d.insertSession(tx, who, session{Means: l.Means, Enrol: l.Enrol})
		return err
	})
	if fault.Is(err, fault.NotFound) {
		return Session{}, errLinkInvalid()
	}
	if err != nil {
		return Session{}, fmt.Errorf("sign in by link: %w", err)
	}
	return signedIn, nil
}

// LinkOptions say how long a sign-in link lives and what it is worth.
type LinkOptions struct {
	TTL      time.Duration
	Reusable bool // works again and again, not once
	Strong   bool // its sessions carry grants; only the product itself can make such a link, for a demo
	Enrol    bool // its session may set up password, authenticator and passkeys of an account that has none; works once
}

// MakeLink makes a sign-in link for an account and returns its token; the address of the page is the caller's to put
// before it. Needs ManageAccounts.
func (d *Directory) MakeLink(ctx context.Context, actor Actor, accountID string, o LinkOptions) (string, error) {
	var token string
	err := d.store.Update(ctx, func(tx store.Tx) (err error) {
		token, err = d.MakeLinkIn(tx, actor, accountID, o)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("make link for %s: %w", accountID, err)
	}
	return token, nil
}

// MakeLinkIn is MakeLink within a transaction. A link to enrol takes the place of those before it.
func (d *Directory) MakeLinkIn(tx store.Tx, actor Actor, accountID string, o LinkOptions) (string, error) {
	if err := actor.Check(ManageAccounts, ""); err != nil {
		return "", err
	}
	means := ByLink
	if o.Strong {
		if !actor.System {
			return "", errNotPermitted()
		}
		means = ByCommand
	}
	if o.TTL <= 0 || o.Enrol && (o.Strong || o.Reusable) {
		return "", fault.New(fault.Invalid, "link_ttl", "A link lives longer than no time at all, and one to enrol works once.").On("ttl")
	}
	if err := d.linkable(tx, accountID, o); err != nil {
		return "", err
	}
	token := newToken()
	return token, tx.Insert(links, link{
		ID: hashToken(token), Account: accountID, Reusable: o.Reusable, Means: means, Enrol: o.Enrol, Expires: d.now().Add(o.TTL),
	})
}

// linkable refuses whom a link cannot be made for. One to enrol signs in as its account, so it is for staff alone: nobody
// becomes a resident, or a child, by the word of an administrator. fault.Invalid "not_staff".
func (d *Directory) linkable(tx store.Tx, accountID string, o LinkOptions) error {
	who, err := d.Of(tx, accountID)
	switch {
	case err != nil:
		return err
	case who.ErasedAt != nil:
		return errNotFound()
	case !o.Enrol:
		return nil
	case len(who.Grants) == 0:
		return errNotStaff()
	}
	return d.endEnrolmentLinks(tx, accountID)
}

// endEnrolmentLinks makes the links worthless with which the account could still be enrolled.
func (d *Directory) endEnrolmentLinks(tx store.Tx, accountID string) error {
	left, err := store.All[link](tx, links, store.Query{Index: byAccount, Equal: []any{accountID}, Limit: mostErased})
	for _, l := range left {
		if err == nil && l.Enrol {
			err = tx.Delete(links, l.ID)
		}
	}
	return err
}

func errNotStaff() *fault.Error {
	return fault.New(fault.Invalid, "not_staff", "Give them a role first.")
}

func errLinkInvalid() *fault.Error {
	return fault.New(fault.Invalid, "link_invalid", "This link was used already or has expired. Ask for a new one.").On("link")
}
