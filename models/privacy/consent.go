package privacy

import (
	"context"

	"wenguan/models/account"
	"wenguan/models/audit"
	"wenguan/models/fault"
	"wenguan/models/store"
)

// Consent writes down that the actor agrees to the version in force; fault.Conflict "consent_outdated" {version} for any
// other. Agreeing again changes nothing.
func (o *Office) Consent(ctx context.Context, actor account.Actor, version int32) (account.Consent, error) {
	if err := person(actor); err != nil {
		return account.Consent{}, err
	}
	var given account.Consent
	err := o.store.Update(ctx, func(tx store.Tx) error {
		t, err := current(tx)
		if err != nil {
			return err
		}
		if t.Version != version {
			return fault.New(fault.Conflict, "consent_outdated", "There is a newer version of this text; read that one.").
				With("version", t.Version)
		}
		a, err := o.Accounts.Of(tx, actor.ID)
		if err != nil {
			return err
		}
		if a.Consent != nil && a.Consent.Version == version && a.Consent.How == "" {
			given = *a.Consent
			return nil
		}
		before := versionOf(a.Consent)
		if a, err = o.Accounts.SetConsent(tx, actor.ID, version); err != nil {
			return err
		}
		given = *a.Consent
		e := actor.Entry("privacy.consented", "account/"+actor.ID)
		e.Before, e.After = before, versionOf(a.Consent)
		return audit.Append(tx, o.now(), e)
	})
	return given, err
}

// versionOf is a consent as the audit keeps it.
func versionOf(c *account.Consent) any {
	if c == nil {
		return nil
	}
	return map[string]any{"version": c.Version}
}

// ConsentOf returns what the actor agreed to, nil for nothing yet.
func (o *Office) ConsentOf(ctx context.Context, actor account.Actor) (*account.Consent, error) {
	if err := person(actor); err != nil {
		return nil, err
	}
	var a account.Account
	err := o.store.View(ctx, func(tx store.Tx) (err error) {
		a, err = o.Accounts.Of(tx, actor.ID)
		return err
	})
	return a.Consent, err
}

// ConsentNeeded returns the version that the actor has to agree to before they go on, 0 for none. Residents are asked,
// also those who are staff when they come as a resident. Staff at work are not: that their employer keeps their name and
// what they did is no matter of consent (个人信息保护法 art. 13 (2)). Nor is a session that somebody with the store in
// their hands has made. What somebody told staff at a counter does for the counter alone.
func (o *Office) ConsentNeeded(ctx context.Context, actor account.Actor) (int32, error) {
	if actor.ID == "" || actor.Means == account.ByCommand || actor.Staff && actor.Means.Strong() {
		return 0, nil
	}
	var needed int32
	err := o.store.View(ctx, func(tx store.Tx) error {
		t, err := current(tx)
		if err != nil {
			return err
		}
		a, err := o.Accounts.Of(tx, actor.ID)
		if needed = t.Version; err == nil && a.Consent != nil && a.Consent.Version == t.Version && a.Consent.How == "" {
			needed = 0
		}
		return err
	})
	return needed, err
}

// Consented asks whether the actor may do what makes the service keep more about them: fault.Forbidden "consent_required"
// {version} while they have to agree to that version of the privacy text first.
func (o *Office) Consented(ctx context.Context, actor account.Actor) error {
	needed, err := o.ConsentNeeded(ctx, actor)
	if err != nil || needed == 0 {
		return err
	}
	return fault.New(fault.Forbidden, "consent_required",
		"First agree to version %d of the privacy text: read it at /privacy/text, or GET /privacy/texts/current, then POST /account/consents.", needed).
		With("version", needed)
}

// person refuses everybody who is not a person with an account.
func person(actor account.Actor) error {
	if actor.ID == "" {
		return account.Actor{}.Check(account.BookForSelf, "")
	}
	return actor.Check(account.BookForSelf, "")
}
