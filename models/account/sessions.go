package account

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"slices"
	"time"

	"wenguan/models/fault"
	"wenguan/models/id"
	"wenguan/models/store"
)

// How long a session lives. A resident's ends 30 days after it was last used. That of somebody who signed in as staff
// ends after StaffIdle without use, and in any case after a week: the pages behind it show other people's data (OWASP
// Session Management Cheat Sheet; NIST SP 800-63B-4, 2.2.3 asks for a limit of both kinds). One that may set up
// credentials has an hour. When a session was last used is written at most once a day, or an hour for staff, so requests do
// not write.
const (
	StaffIdle = 12 * time.Hour // unless SetStaffIdle says otherwise

	residentLife  = 30 * 24 * time.Hour
	residentSlide = 24 * time.Hour
	staffLife     = 7 * 24 * time.Hour
	staffSlide    = time.Hour
	enrolLife     = time.Hour
)

// freshFor is how long a second factor counts as just shown.
const freshFor = 10 * time.Minute

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
	Public  string    `bson:"public,omitempty"` // names the session to its owner, and says nothing of the token
	Account string    `bson:"account"`
	Means   Means     `bson:"means,omitempty"`
	Enrol   bool      `bson:"enrol,omitempty"` // may set up credentials where there are none
	Device  string    `bson:"device,omitempty"`
	Proved  time.Time `bson:"proved,omitempty"` // when the second factor was last shown; only where Means is strong
	Made    time.Time `bson:"made,omitempty"`
	Used    time.Time `bson:"used,omitempty"`
	Expires time.Time `bson:"expires"`
}

// actor is who holds the session, with the grants that count now: with none unless the session is strong.
func (s session) actor(who Account, grants []Grant, now time.Time) Actor {
	a := who.Actor()
	a.Grants = grants
	a.Session, a.Means, a.Enrol, a.Staff = s.Public, s.Means, s.Enrol, len(a.Grants) > 0
	a.Fresh = s.Means.Strong() && now.Sub(s.Proved) < freshFor
	if !s.Means.Strong() {
		a.Grants = nil
	}
	return a
}

// asStaff reports whether the session ends as those of staff do. One that a command made is for demos and tests.
func (s session) asStaff(who Account) bool {
	return s.Means.Strong() && s.Means != ByCommand && len(who.Grants) > 0
}

// ends is when the session ends if it is not used again after now.
func (d *Directory) ends(s session, who Account, now time.Time) time.Time {
	switch {
	case s.Enrol:
		return s.Made.Add(enrolLife)
	case !s.asStaff(who):
		return now.Add(residentLife)
	}
	idle, last := now.Add(d.staffIdle()), s.Made.Add(staffLife)
	if last.Before(idle) {
		return last
	}
	return idle
}

// SetStaffIdle says after how long without use the session of somebody who signed in as staff ends. Call it before the
// directory is used.
func (d *Directory) SetStaffIdle(idle time.Duration) { d.idle = idle }

func (d *Directory) staffIdle() time.Duration {
	if d.idle <= 0 {
		return StaffIdle
	}
	return d.idle
}

// Authenticate returns who holds the session, with the grants of this very moment. A token that is unknown, signed out
// or expired is fault.Unauthenticated "session_ended"; that of a device is a session as long as it is not revoked. It reads
// two documents by _id and runs on every request.
func (d *Directory) Authenticate(ctx context.Context, token string) (Actor, error) {
	if token == "" || len(token) > maxToken {
		return Actor{}, errSessionEnded()
	}
	if isDevice(token) {
		return d.deviceActor(ctx, token)
	}
	var s session
	var who Account
	var grants []Grant
	now := d.now()
	err := d.store.View(ctx, func(tx store.Tx) (err error) {
		s, who = session{}, Account{}
		if err = tx.Get(sessions, hashToken(token), &s); err != nil {
			return err
		}
		if err = tx.Get(accounts, s.Account, &who); err != nil {
			return err
		}
		grants, err = d.grantsNow(tx, who, now)
		return err
	})
	if fault.Is(err, fault.NotFound) || err == nil && d.over(s, who, now) {
		return Actor{}, errSessionEnded()
	}
	if err != nil {
		return Actor{}, fmt.Errorf("authenticate: %w", err)
	}
	if s.due(who, now) {
		if s, err = d.touch(ctx, s, now); err != nil {
			return Actor{}, fmt.Errorf("authenticate: %w", err)
		}
	}
	if s.Means.Strong() && slices.ContainsFunc(grants, func(g Grant) bool { return g.stale(now) }) {
		if err := d.store.Update(ctx, func(tx store.Tx) error { return d.use(tx, who.ID, now) }); err != nil {
			return Actor{}, fmt.Errorf("authenticate: %w", err)
		}
	}
	return s.actor(who, grants, now), nil
}

// over reports whether the session has ended. Somebody who became staff meanwhile is held to what holds for staff.
func (d *Directory) over(s session, who Account, now time.Time) bool {
	return !now.Before(s.Expires) || s.asStaff(who) && !now.Before(d.ends(s, who, s.Used))
}

// due reports whether it is time to write down that the session was used.
func (s session) due(who Account, now time.Time) bool {
	slide := residentSlide
	if s.asStaff(who) {
		slide = staffSlide
	}
	return now.Sub(s.Used) > slide
}

// touch writes down that the session is used, unless it was signed out meanwhile.
func (d *Directory) touch(ctx context.Context, s session, now time.Time) (session, error) {
	err := d.store.Update(ctx, func(tx store.Tx) error {
		if err := tx.Get(sessions, s.ID, &s); err != nil {
			return err
		}
		who, err := d.Of(tx, s.Account)
		if err != nil {
			return err
		}
		if s.Public == "" { // made by an earlier release
			s.Public, s.Made = id.New(now), now
		}
		if err := d.seen(tx, &who); err != nil {
			return err
		}
		s.Used, s.Expires = now, d.ends(s, who, now)
		return tx.Replace(sessions, s)
	})
	if fault.Is(err, fault.NotFound) {
		return s, errSessionEnded()
	}
	return s, err
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

// Open opens a session within the transaction that proved who it is for. It asks for no permission.
func (d *Directory) Open(tx store.Tx, who Account, means Means) (Session, error) {
	return d.openSession(tx, who, means)
}

func (d *Directory) openSession(tx store.Tx, who Account, means Means) (Session, error) {
	return d.insertSession(tx, who, session{Means: means})
}

// insertSession completes and stores a session. Its token is made here and nowhere else, so no one can be made to use a
// token that somebody else chose (session fixation).
func (d *Directory) insertSession(tx store.Tx, who Account, s session) (Session, error) {
	now, token := d.now(), newToken()
	s.ID, s.Public, s.Account, s.Made, s.Used = hashToken(token), id.New(now), who.ID, now, now
	if s.Means.Strong() && s.Proved.IsZero() {
		s.Proved = now
	}
	s.Expires = d.ends(s, who, now)
	if err := d.seen(tx, &who); err != nil {
		return Session{}, err
	}
	grants, err := d.grantsNow(tx, who, now)
	if err != nil {
		return Session{}, err
	}
	return Session{Token: token, Account: who, Actor: s.actor(who, grants, now), ExpiresAt: s.Expires}, tx.Insert(sessions, s)
}

func errSessionEnded() *fault.Error {
	return fault.New(fault.Unauthenticated, "session_ended", "Your session has ended. Sign in again.")
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
