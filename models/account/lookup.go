package account

import (
	"encoding/hex"

	"wenguan/models/fault"
	"wenguan/models/store"
)

// ByAddress returns the account of an address within a transaction and asks for no permission; fault.NotFound
// "account_not_found".
func (d *Directory) ByAddress(tx store.Tx, address Address) (Account, error) {
	return d.byAddress(tx, address)
}

// ByIdentity returns the account that an identity number, as it was typed or read from a card, is bound to, within a
// transaction; it asks for no permission. The number goes no further. fault.Invalid "identity_number" for what is none;
// fault.NotFound "account_not_found".
func (d *Directory) ByIdentity(tx store.Tx, typed string) (Account, error) {
	number := normalIdentityNumber(typed, d.now())
	if number == "" {
		return Account{}, errIdentityNumber("identity_number")
	}
	var bound boundIdentity
	err := tx.Get(identities, hex.EncodeToString(d.secret.sum("identity", number)), &bound)
	if fault.Is(err, fault.NotFound) {
		return Account{}, errNotFound()
	}
	if err != nil {
		return Account{}, err
	}
	return d.Of(tx, bound.Account)
}
