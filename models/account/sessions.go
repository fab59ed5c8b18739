package account

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"time"

	"wenguan/models/fault"
	"wenguan/models/store"
)

// A session ends 30 days after it was last used. Its end is moved at most once a day, so requests do not write.
const (
	sessionLife  = 30 * 24 * time.Hour
	sessionSlide = 24 * time.Hour
)

// maxToken bounds what is looked at as a token; real ones have 43 characters.
const maxToken = 64

// Session is a signed-in account. Only its holder ever has the token.
type Session struct {
	Token     string
	Account   Account
	Actor     Actor // the account as one who acts in this session
	ExpiresAt time.Time
}

// session is a session as stored, under the SHA-256 of its token: 256 random bits need no slow hash.
type session struct {
	ID      string    `bson:"_id"`
	Account string    `bson:"account"`
	Means   Means     `bson:"means,omitempty"`
	Proved  time.Time `bson:"proved,omitempty"` // when the second factor was last shown; only where Means is strong
	Expires time.Time `bson:"expires"`
}

// freshFor is how long a second factor counts as just shown.
const freshFor = 10 * time.Minute

// actor is who holds the session: without grants unless it is strong.
func (s session) actor(who Account, now time.Time) Actor {
	a := who.Actor()
	a.Session, a.Means, a.Staff = s.ID, s.Means, len(a.Grants) > 0
	a.Fresh = s.Means.Strong() && now.Sub(s.Proved) < freshFor
	if !s.Means.Strong() {
		a.Grants = nil
	}
	return a
}

// link is a sign-in link as stored, under the SHA-256 of its token.
type link struct {
	ID       string    `bson:"_id"`
	Account  string    `bson:"account"`
	Reusable bool      `bson:"reusable,omitempty"`
	Means    Means     `bson:"means,omitempty"` // of the sessions it opens
	Expires  time.Time `bson:"expires"`
}

// Authenticate returns who holds the session, with the grants of this very moment. A token that is unknown, signed out
// or expired is fault.Unauthenticated "session_ended". It reads two documents by _id and runs on every request.
func (d *Directory) Authenticate(ctx context.Context, token string) (Actor, error) {
	if token == "" || len(token) > maxToken {
		return Actor{}, errSessionEnded()
	}
	var s session
	var who Account
	err := d.store.View(ctx, func(tx store.Tx) error {
		s, who = session{}, Account{}
		if err := tx.Get(sessions, hashToken(token), &s); err != nil {
			return err
		}
		return tx.Get(accounts, s.Account, &who)
	})
	now := d.now()
	if fault.Is(err, fault.NotFound) || err == nil && !now.Before(s.Expires) {
		return Actor{}, errSessionEnded()
	}
	if err != nil {
		return Actor{}, fmt.Errorf("authenticate: %w", err)
	}
	if s.Expires.Sub(now) < sessionLife-sessionSlide {
		if err := d.slide(ctx, s.ID, now); err != nil {
			return Actor{}, fmt.Errorf("authenticate: %w", err)
		}
	}
	return s.actor(who, now), nil
}

// slide moves the end of a session, unless it was signed out or moved in the meantime.
func (d *Directory) slide(ctx context.Context, id string, now time.Time) error {
	return d.store.Update(ctx, func(tx store.Tx) error {
		var s session
		err := tx.Get(sessions, id, &s)
		if fault.Is(err, fault.NotFound) || err == nil && s.Expires.Sub(now) >= sessionLife-sessionSlide {
			return nil
		}
		if err != nil {
			return err
		}
		s.Expires = now.Add(sessionLife)
		return tx.Replace(sessions, s)
	})
}

// SignOut ends the session. A session that has ended already is no error.
func (d *Directory) SignOut(ctx context.Context, token string) error {
	if token == "" || len(token) > maxToken {
		return nil
	}
	err := d.store.Update(ctx, func(tx store.Tx) error { return tx.Delete(sessions, hashToken(token)) })
	if err != nil && !fault.Is(err, fault.NotFound) {
		return fmt.Errorf("sign out: %w", err)
	}
	return nil
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
		signedIn, err = d.openSession(tx, who, l.Means)
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
}

// MakeLink makes a sign-in link for an account and returns its token; the address of the page is the caller's to put
// before it. Needs ManageAccounts.
func (d *Directory) MakeLink(ctx context.Context, actor Actor, accountID string, o LinkOptions) (string, error) {
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
	if o.TTL <= 0 {
		return "", fault.New(fault.Invalid, "link_ttl", "A link lives longer than no time at all.").On("ttl")
	}
	token := newToken()
	err := d.store.Update(ctx, func(tx store.Tx) error {
		if _, err := d.Of(tx, accountID); err != nil {
			return err
		}
		return tx.Insert(links, link{ID: hashToken(token), Account: accountID, Reusable: o.Reusable, Means: means, Expires: d.now().Add(o.TTL)})
	})
	if err != nil {
		return "", fmt.Errorf("make link for %s: %w", accountID, err)
	}
	return token, nil
}

// MakeSession makes a session for an account without asking for a code. Needs ManageAccounts; it is for demo stores and
// tests, and no route leads to it.
func (d *Directory) MakeSession(ctx context.Context, actor Actor, accountID string) (Session, error) {
	if err := actor.Check(ManageAccounts, ""); err != nil {
		return Session{}, err
	}
	var made Session
	err := d.store.Update(ctx, func(tx store.Tx) error {
		who, err := d.Of(tx, accountID)
		if err != nil {
			return err
		}
		made, err = d.openSession(tx, who, ByCommand)
		return err
	})
	if err != nil {
		return Session{}, fmt.Errorf("make session for %s: %w", accountID, err)
	}
	return made, nil
}

func (d *Directory) openSession(tx store.Tx, who Account, means Means) (Session, error) {
	now := d.now()
	opened := session{Account: who.ID, Means: means, Expires: now.Add(sessionLife)}
	if means.Strong() {
		opened.Proved = now
	}
	token := newToken()
	opened.ID = hashToken(token)
	return Session{Token: token, Account: who, Actor: opened.actor(who, now), ExpiresAt: opened.Expires}, tx.Insert(sessions, opened)
}

func errSessionEnded() *fault.Error {
	return fault.New(fault.Unauthenticated, "session_ended", "Your session has ended. Sign in again.")
}

func errLinkInvalid() *fault.Error {
	return fault.New(fault.Invalid, "link_invalid", "This link was used already or has expired. Ask for a new one.").On("link")
}

// newToken returns 32 random bytes as 43 characters that need no escaping in a cookie or an address.
func newToken() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails since Go 1.24
	return base64.RawURLEncoding.EncodeToString(b)
}

func hashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}
