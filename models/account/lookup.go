package account

import "wenguan/models/store"

// ByAddress returns the account of an address within a transaction and asks for no permission; fault.NotFound
// "account_not_found".
func (d *Directory) ByAddress(tx store.Tx, address Address) (Account, error) {
	return d.byAddress(tx, address)
}

// Neighbourhood is what counts as one network: an IPv4 address, or the /64 of an IPv6 one.
func Neighbourhood(network string) string { return neighbourhood(network) }
