package account

import "wenguan/models/store"

// ByAddress returns the account of an address within a transaction and asks for no permission; fault.NotFound
// "account_not_found".
func (d *Directory) ByAddress(tx store.Tx, address Address) (Account, error) {
	return d.byAddress(tx, address)
}
