package account

import (
	"fmt"
	"time"

	"wenguan/models/store"
)

const bySeen = "seen"

// Seen notes within a transaction that an account is in use: somebody signed in with it, or was served. It writes at
// most once a day, and takes back a warning that the account would be erased.
func (d *Directory) Seen(tx store.Tx, a *Account) error { return d.seen(tx, a) }

// seen notes that an account is in use today, so that it does not count as unused.
func (d *Directory) seen(tx store.Tx, a *Account) error {
	now := d.now()
	if now.Sub(a.SeenAt) < 24*time.Hour && a.WarnedAt == nil || a.ErasedAt != nil {
		return nil
	}
	a.SeenAt, a.WarnedAt = now, nil
	return tx.Replace(accounts, a)
}

// Unused lists people whose account was last used before the moment, the longest unused first: within a transaction, a
// page at a time. Family members and organizations are not among them: they are used by others.
func (d *Directory) Unused(tx store.Tx, before time.Time, limit int, after string) (list []Account, next string, err error) {
	list, next, err = store.Page[Account](tx, accounts, store.Query{Index: bySeen, Before: before, Limit: limit, After: after})
	if err != nil {
		return nil, "", fmt.Errorf("list unused accounts: %w", err)
	}
	kept := list[:0]
	for _, a := range list {
		if a.Kind == Person && a.Guardian == "" && a.ErasedAt == nil {
			kept = append(kept, a)
		}
	}
	return kept, next, nil
}

// Warn notes within a transaction that a person was told their unused account will be erased.
func (d *Directory) Warn(tx store.Tx, a *Account) error {
	now := d.now()
	a.WarnedAt = &now
	return tx.Replace(accounts, a)
}
