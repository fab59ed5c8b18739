package account

import (
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/fault"
	"wenguan/models/store"
)

const byAccount = "account"

// mostErased bounds what one transaction deletes of one collection. Nobody has more sessions, links or addresses.
const mostErased = 1000

// Erase takes everything personal out of an account, within a transaction: name, addresses, identity, note, group,
// memberships, grants, and with them its sessions, sign-in links and links to providers. What is left is its id and when
// it was erased, so that what was kept for the audit still names something. It returns the account as it was. Package
// privacy asks for permission and does the same to the rest of the product; nobody else calls it.
//
// fault.Conflict "last_administrator" for the only one; fault.NotFound "account_not_found", also for who was erased.
func (d *Directory) Erase(tx store.Tx, id string) (Account, error) {
	was, err := d.Of(tx, id)
	if err != nil {
		return was, err
	}
	if was.ErasedAt != nil {
		return was, errNotFound()
	}
	now := d.now()
	left := Account{ID: was.ID, Kind: was.Kind, ErasedAt: &now}
	if err := recordAdministrator(tx, left); err != nil {
		return was, err
	}
	for _, address := range []string{was.Phone, was.Email} {
		if err := free(tx, address, id); err != nil {
			return was, err
		}
	}
	for _, collection := range []string{sessions, links, providers} {
		if err := deleteOf(tx, collection, id); err != nil {
			return was, fmt.Errorf("erase the %s of %s: %w", collection, id, err)
		}
	}
	if err := freeIdentity(tx, was, ""); err != nil {
		return was, err
	}
	if err := d.leaveGuardian(tx, was); err != nil {
		return was, err
	}
	return was, tx.Replace(accounts, left)
}

// leaveGuardian takes an erased family member out of the list of who booked for them.
func (d *Directory) leaveGuardian(tx store.Tx, was Account) error {
	if was.Guardian == "" {
		return nil
	}
	guardian, err := d.Of(tx, was.Guardian)
	if fault.Is(err, fault.NotFound) || err == nil && guardian.ErasedAt != nil {
		return nil
	}
	if err != nil {
		return err
	}
	guardian.Family = without(guardian.Family, was.ID)
	return tx.Replace(accounts, guardian)
}

// without is a list without one of its members.
func without(list []string, one string) []string {
	var left []string
	for _, other := range list {
		if other != one {
			left = append(left, other)
		}
	}
	return left
}

// FamilyOf lists the family members an account books for, within a transaction.
func (d *Directory) FamilyOf(tx store.Tx, guardian string) ([]Account, error) {
	return store.All[Account](tx, accounts, store.Query{Index: byGuardian, Equal: []any{guardian}, Limit: mostErased})
}

// free gives up an address, unless it is somebody else's by now; "" is none.
func free(tx store.Tx, address, account string) error {
	if address == "" {
		return nil
	}
	var o owner
	err := tx.Get(addresses, address, &o)
	if fault.Is(err, fault.NotFound) || err == nil && o.Account != account {
		return nil
	}
	if err != nil {
		return err
	}
	return tx.Delete(addresses, address)
}

// deleteOf deletes the documents of a collection that are an account's, by the index of that name.
func deleteOf(tx store.Tx, collection, account string) error {
	return tx.Find(collection, store.Query{Index: byAccount, Equal: []any{account}, Limit: mostErased}, func(raw bson.Raw) (bool, error) {
		id, _ := raw.Lookup("_id").StringValueOK()
		return true, tx.Delete(collection, id)
	})
}
