package account

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"wenguan/models/audit"
	"wenguan/models/fault"
	"wenguan/models/store"
)

// maxDevice is the longest description of a device, in bytes.
const maxDevice = 60

// SignedIn is one session as its owner sees it.
type SignedIn struct {
	ID     string // names the session to its owner; it is no token
	Device string // such as "Chrome, Android"; "" where nobody knows
	Means  Means
	Made   time.Time
	Used   time.Time // to the day, or to the hour for staff
	Here   bool      // the session that asks
}

// Describe writes down on which device the session of this token was opened, in a word or two. It keeps no address.
func (d *Directory) Describe(ctx context.Context, token, device string) error {
	for len(device) > maxDevice {
		_, size := utf8.DecodeLastRuneInString(device)
		device = device[:len(device)-size]
	}
	return d.store.Update(ctx, func(tx store.Tx) error {
		var s session
		if err := tx.Get(sessions, hashToken(token), &s); err != nil {
			return err
		}
		s.Device = device
		return tx.Replace(sessions, s)
	})
}

// Sessions lists where the actor is signed in, latest use first.
func (d *Directory) Sessions(ctx context.Context, actor Actor) ([]SignedIn, error) {
	if actor.ID == "" {
		return nil, fault.New(fault.Unauthenticated, "sign_in_needed", "Sign in first.")
	}
	var list []SignedIn
	err := d.store.View(ctx, func(tx store.Tx) error {
		own, err := d.sessionsOf(tx, actor.ID)
		list = make([]SignedIn, len(own))
		for i, s := range own {
			list[i] = SignedIn{ID: s.Public, Device: s.Device, Means: s.Means, Made: s.Made, Used: s.Used, Here: s.Public == actor.Session}
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list sessions: %w", err)
	}
	slices.SortFunc(list, func(a, b SignedIn) int { return cmp.Or(b.Used.Compare(a.Used), cmp.Compare(b.ID, a.ID)) })
	return list, nil
}

// EndSession ends one of the actor's own sessions; fault.NotFound "session_not_found" for any other.
func (d *Directory) EndSession(ctx context.Context, actor Actor, public string) error {
	return d.endOwn(ctx, actor, func(s session) bool { return s.Public == public }, true)
}

// EndOtherSessions ends every session of the actor's but the one that asks.
func (d *Directory) EndOtherSessions(ctx context.Context, actor Actor) error {
	return d.endOwn(ctx, actor, func(s session) bool { return s.Public != actor.Session }, false)
}

func (d *Directory) endOwn(ctx context.Context, actor Actor, which func(session) bool, must bool) error {
	if actor.ID == "" {
		return fault.New(fault.Unauthenticated, "sign_in_needed", "Sign in first.")
	}
	return d.store.Update(ctx, func(tx store.Tx) error {
		n, err := d.endWhere(tx, actor.ID, which)
		if err == nil && n == 0 && must {
			return fault.New(fault.NotFound, "session_not_found", "There is no such session.")
		}
		if err != nil || n == 0 {
			return err
		}
		e := actor.Entry("session.ended", "account/"+actor.ID)
		e.After = map[string]any{"sessions": n}
		return audit.Append(tx, d.now(), e)
	})
}

// EndSessions ends the sessions of an account but keep ("" keeps none), within the transaction of the change that makes
// them worthless. It asks for no permission.
func (d *Directory) EndSessions(tx store.Tx, account, keep string) error {
	_, err := d.endWhere(tx, account, func(s session) bool { return s.Public != keep })
	return err
}

// EndStaffSessions ends the sessions that carry grants, but keep.
func (d *Directory) EndStaffSessions(tx store.Tx, account, keep string) error {
	_, err := d.endWhere(tx, account, func(s session) bool { return s.Means.Strong() && s.Public != keep })
	return err
}

func (d *Directory) endWhere(tx store.Tx, account string, which func(session) bool) (ended int, err error) {
	own, err := d.sessionsOf(tx, account)
	for _, s := range own {
		if err == nil && which(s) {
			err = tx.Delete(sessions, s.ID)
			ended++
		}
	}
	return ended, err
}

// SessionsIn lists the sessions of an account that have not ended, within a transaction; it asks for no permission.
func (d *Directory) SessionsIn(tx store.Tx, account string) ([]SignedIn, error) {
	own, err := d.sessionsOf(tx, account)
	list := make([]SignedIn, len(own))
	for i, s := range own {
		list[i] = SignedIn{ID: s.Public, Device: s.Device, Means: s.Means, Made: s.Made, Used: s.Used}
	}
	return list, err
}

// sessionsOf lists the sessions of an account that have not ended.
func (d *Directory) sessionsOf(tx store.Tx, account string) ([]session, error) {
	all, err := store.All[session](tx, sessions, store.Query{Index: byAccount, Equal: []any{account}})
	now := d.now()
	return slices.DeleteFunc(all, func(s session) bool { return !now.Before(s.Expires) }), err
}

// Prove writes down that the holder of the actor's session has just shown the second factor. It belongs into the
// transaction that checked it.
func (d *Directory) Prove(tx store.Tx, actor Actor) error {
	s, err := d.sessionOf(tx, actor)
	if err != nil {
		return err
	}
	s.Proved = d.now()
	return tx.Replace(sessions, s)
}

// Strengthen replaces the actor's session by one of strong means, with a token of its own: what was known to whoever sent
// or saw the link is worth nothing afterwards. Other links and sessions of an enrolment end with it.
func (d *Directory) Strengthen(tx store.Tx, actor Actor, means Means) (Session, error) {
	s, err := d.sessionOf(tx, actor)
	if err != nil {
		return Session{}, err
	}
	if _, err := d.endWhere(tx, actor.ID, func(other session) bool { return other.Enrol || other.ID == s.ID }); err != nil {
		return Session{}, err
	}
	if err := d.endEnrolmentLinks(tx, actor.ID); err != nil {
		return Session{}, err
	}
	who, err := d.Of(tx, actor.ID)
	if err != nil {
		return Session{}, err
	}
	return d.insertSession(tx, who, session{Means: means, Device: s.Device})
}

// sessionOf is the session the actor acts in.
func (d *Directory) sessionOf(tx store.Tx, actor Actor) (session, error) {
	own, err := d.sessionsOf(tx, actor.ID)
	if err != nil {
		return session{}, err
	}
	i := slices.IndexFunc(own, func(s session) bool { return s.Public != "" && s.Public == actor.Session })
	if i < 0 {
		return session{}, errSessionEnded()
	}
	return own[i], nil
}
