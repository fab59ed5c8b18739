package account

import "wenguan/models/store"

// SetConsent writes down within a transaction that somebody agreed to a version of the privacy text, now.
func (d *Directory) SetConsent(tx store.Tx, id string, version int32) (Account, error) {
	a, err := d.Of(tx, id)
	if err != nil {
		return a, err
	}
	if a.ErasedAt != nil {
		return a, errNotFound()
	}
	a.Consent = &Consent{Version: version, At: d.now()}
	return a, tx.Replace(accounts, a)
}

// OnlyAdministrator reports within a transaction whether nobody but this account can administer.
func (d *Directory) OnlyAdministrator(tx store.Tx, id string) (bool, error) {
	list, err := listAdministrators(tx)
	return len(list.Accounts) == 1 && list.Accounts[0] == id, err
}
