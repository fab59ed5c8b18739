package account

import (
	"context"
	"crypto/hmac"
	"encoding/hex"
	"time"

	"wenguan/models/audit"
	"wenguan/models/fault"
	"wenguan/models/store"
)

// identityLimits are how often somebody may try to bind an identity: enough to mistype it, too few to find out which
// numbers are bound here.
var identityLimits = []limit{{5, 24 * time.Hour}}

// boundIdentity says whose an identity number is. That its _id is the keyed hash of the number makes it one account's.
type boundIdentity struct {
	ID      string `bson:"_id"`
	Account string `bson:"account"`
}

// BindIdentity binds a real name to the actor's own account. Of the identity number (GB 11643-1999) only a keyed hash,
// the last four characters and the year of birth are kept; it is neither logged nor given back. It is the person's own word.
// The same number once more adds the year to an identity that was bound before years were kept.
//
// Refusals: fault.Invalid "name_unusable" and "identity_number"; fault.Conflict "identity_bound" for an account that has
// one and "identity_taken" for a number that another account has, whose is not said; fault.TooMany "too_many_identities"
// {retry_after: seconds} after five tries within a day.
func (d *Directory) BindIdentity(ctx context.Context, actor Actor, real RealName) (Account, error) {
	if actor.ID == "" {
		return Account{}, errSignInNeeded()
	}
	// Counted on its own, so that a try counts that is refused.
	err := d.store.Update(ctx, func(tx store.Tx) error { return countIdentity(tx, d.secret.mark("identity of", actor.ID), d.now()) })
	if err != nil {
		return Account{}, err
	}
	var bound Account
	attempt := func() error {
		return d.store.Update(ctx, func(tx store.Tx) (err error) {
			bound, err = d.bindOwn(tx, actor, real)
			return err
		})
	}
	err = attempt()
	if fault.CodeOf(err) == "duplicate_id" { // somebody bound the same number at the same moment; now it is there to see
		err = attempt()
	}
	return bound, err
}

func (d *Directory) bindOwn(tx store.Tx, actor Actor, real RealName) (Account, error) {
	a, err := d.Of(tx, actor.ID)
	if err != nil {
		return a, err
	}
	if a.Identity != nil {
		a, err = d.complete(tx, a, real.Number)
	} else {
		a, err = d.bind(tx, a, real, ByCode)
	}
	if err != nil {
		return a, err
	}
	return a, audit.Append(tx, d.now(), actor.Entry("identity.bound", "account/"+a.ID))
}

// complete writes down the year of birth of an identity that was bound before years were kept, by the same number.
func (d *Directory) complete(tx store.Tx, a Account, typed string) (Account, error) {
	number := normalIdentityNumber(typed, d.now())
	if a.Identity.BirthYear != 0 || number == "" || !hmac.Equal(a.Identity.Hash, d.secret.sum("identity", number)) {
		return a, fault.New(fault.Conflict, "identity_bound", "A real name is bound to your account already.")
	}
	known := *a.Identity
	known.BirthYear = birthYearOf(number)
	a.Identity, a.BirthYear = &known, 0
	return a, tx.Replace(accounts, a)
}

// bind writes the identity into the account and takes its number, within a transaction. A number that somebody takes at
// the same moment is fault.Conflict "duplicate_id".
func (d *Directory) bind(tx store.Tx, a Account, real RealName, by Means) (Account, error) {
	name, err := cleanName(real.Name)
	if err != nil {
		return a, err
	}
	number := normalIdentityNumber(real.Number, d.now())
	if number == "" {
		return a, errIdentityNumber("number")
	}
	if a.Kind != Person || a.Guardian != "" {
		return a, errNotPermitted()
	}
	hash := d.secret.sum("identity", number)
	mine := boundIdentity{ID: hex.EncodeToString(hash), Account: a.ID}
	var there boundIdentity
	err = tx.Get(identities, mine.ID, &there)
	switch {
	case err == nil && there.Account != a.ID:
		return a, errIdentityTaken()
	case fault.Is(err, fault.NotFound):
		err = tx.Insert(identities, mine)
	}
	if err != nil {
		return a, err
	}
	if err := freeIdentity(tx, a, mine.ID); err != nil {
		return a, err
	}
	a.Name, a.BirthYear = name, 0 // what was said of the year gives way to the number
	a.Identity = &Identity{Hash: hash, Last4: number[14:], At: d.now(), By: by, BirthYear: birthYearOf(number)}
	return a, tx.Replace(accounts, a)
}

// UnbindIdentity takes the real name binding off an account, whose number can then be bound again, there or elsewhere:
// for who shows their document at a counter, and who sees afterwards that staff did. Needs FindPeople there; nobody does it for
// themselves, or the name of the document would be as good as any. The venue is where they are served. An account without
// one is no error.
func (d *Directory) UnbindIdentity(ctx context.Context, actor Actor, venue, id string) error {
	if err := actor.Check(FindPeople, venue); err != nil {
		return err
	}
	if actor.ID == id && !actor.System {
		return errNotPermitted()
	}
	return d.store.Update(ctx, func(tx store.Tx) error {
		a, err := d.Of(tx, id)
		if err != nil || a.Identity == nil {
			return err
		}
		if err := freeIdentity(tx, a, ""); err != nil {
			return err
		}
		a.Identity = nil
		if err := tx.Replace(accounts, a); err != nil {
			return err
		}
		if err := d.Saw(tx, actor, audit.Look{Whose: a.ID, Why: "counter", What: "unbinding", Venue: venue}); err != nil {
			return err
		}
		e := actor.Entry("identity.unbound", "account/"+a.ID)
		e.Chain, e.OnBehalf = venue, a.ID
		return audit.Append(tx, d.now(), e)
	})
}

// freeIdentity gives up the number of an account's identity, unless it is the one to keep.
func freeIdentity(tx store.Tx, a Account, keep string) error {
	if a.Identity == nil {
		return nil
	}
	id := hex.EncodeToString(a.Identity.Hash)
	if id == keep {
		return nil
	}
	err := tx.Delete(identities, id)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	return err
}

func countIdentity(tx store.Tx, id string, now time.Time) error {
	tries := sendings{ID: id}
	if err := tx.Get(codeLimits, id, &tries); err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	tries, wait := tries.add(identityLimits, now)
	if wait > 0 {
		seconds := int((wait + time.Second - 1) / time.Second)
		return fault.New(fault.TooMany, "too_many_identities", "That was tried too often today. Try again tomorrow.").With("retry_after", seconds)
	}
	return put(tx, codeLimits, id, tries)
}

func errIdentityNumber(field string) *fault.Error {
	return fault.New(fault.Invalid, "identity_number", "This is not an identity number. Check its eighteen characters.").On(field)
}

func errIdentityTaken() *fault.Error {
	return fault.New(fault.Conflict, "identity_taken",
		"This identity is bound to another account. If that is not yours, show your document at a counter.").On("number")
}

func errSignInNeeded() *fault.Error {
	return fault.New(fault.Unauthenticated, "sign_in_needed", "Sign in first.")
}
