package account

import (
	"slices"

	"wenguan/models/fault"
	"wenguan/models/id"
	"wenguan/models/store"
)

// The collections. A phone number or e-mail address is unique because a document has it as its _id.
const (
	accounts   = "accounts"
	addresses  = "account_addresses"
	facts      = "account_facts" // the list of administrators, and others of one document each
	codes      = "sign_in_codes"
	codeLimits = "sign_in_code_limits"
	sessions   = "sessions"
	links      = "sign_in_links"
	providers  = "account_providers"
	makings    = "people_made"
	identities = "account_identities"

	byExpiry = "expires"
)

// Collections declares what the directory keeps.
func Collections() []store.Collection {
	expiring := []store.Index{{Name: byExpiry, Fields: []string{"expires"}}}
	owned := append(expiring[:1:1], store.Index{Name: byAccount, Fields: []string{"account"}})
	return []store.Collection{
		{Name: accounts, Indexes: searchable}, {Name: addresses}, {Name: identities}, {Name: facts}, {Name: providers, Indexes: []store.Index{{Name: byAccount, Fields: []string{"account"}}}},
		{Name: codes, Indexes: expiring}, {Name: codeLimits, Indexes: expiring},
		{Name: sessions, Indexes: owned}, {Name: makings, Indexes: expiring}, {Name: links, Indexes: owned},
		{Name: devices, Indexes: deviceIndexes},
	}
}

// owner says whose an address is.
type owner struct {
	ID      string `bson:"_id"` // the Address
	Account string `bson:"account"`
}

// administrators is everybody who can administer. Whoever makes or unmakes one replaces this document, so two
// administrators who unmake each other at the same moment cannot both succeed.
type administrators struct {
	ID       string   `bson:"_id"`
	Accounts []string `bson:"accounts"`
}

const administratorsID = "administrators"

// storedKey is the key of the hashes in stores from before it had a file.
type storedKey struct {
	ID  string `bson:"_id"`
	Key []byte `bson:"key"`
}

const secretID = "secret"

// put inserts the document or replaces the one with this id.
func put(tx store.Tx, collection, id string, doc any) error {
	var there struct {
		ID string `bson:"_id"`
	}
	err := tx.Get(collection, id, &there)
	if fault.Is(err, fault.NotFound) {
		return tx.Insert(collection, doc)
	}
	if err != nil {
		return err
	}
	return tx.Replace(collection, doc)
}

// insert adds the account and takes its addresses; fault.Conflict if one is taken.
func (d *Directory) insert(tx store.Tx, a Account) error {
	for _, address := range []string{a.Phone, a.Email} {
		if address == "" {
			continue
		}
		if err := tx.Insert(addresses, owner{ID: address, Account: a.ID}); err != nil {
			return err
		}
	}
	return tx.Insert(accounts, a)
}

func (d *Directory) byAddress(tx store.Tx, address Address) (Account, error) {
	var o owner
	err := tx.Get(addresses, string(address), &o)
	if fault.Is(err, fault.NotFound) {
		return Account{}, errNotFound()
	}
	if err != nil {
		return Account{}, err
	}
	return d.Of(tx, o.Account)
}

// accountOf returns the account of an address that was just proved, and makes it the first time.
func (d *Directory) accountOf(tx store.Tx, address Address) (Account, error) {
	a, err := d.byAddress(tx, address)
	if !fault.Is(err, fault.NotFound) {
		return a, err
	}
	now := d.now()
	a = Account{ID: id.New(now), Kind: Person, CreatedAt: now, SeenAt: now}
	if address.IsPhone() {
		a.Phone = string(address)
	} else {
		a.Email = string(address)
	}
	return a, d.insert(tx, a)
}

func listAdministrators(tx store.Tx) (administrators, error) {
	list := administrators{ID: administratorsID}
	err := tx.Get(facts, administratorsID, &list)
	if fault.Is(err, fault.NotFound) {
		err = nil
	}
	return list, err
}

// recordAdministrator keeps the list of administrators right after a change of an account's grants, and refuses to
// leave it empty. Whom a provider makes one is not in it: the provider may take that back at any time.
func recordAdministrator(tx store.Tx, a Account) error {
	list, err := listAdministrators(tx)
	if err != nil {
		return err
	}
	is := slices.ContainsFunc(a.Grants, Grant.lasting)
	was := slices.Contains(list.Accounts, a.ID)
	switch {
	case !is && !was && len(list.Accounts) == 0 && slices.ContainsFunc(a.Grants, Grant.passing):
		return fault.New(fault.Conflict, "last_administrator", "Make an administrator without an end first.")
	case is == was:
		return nil
	case is:
		list.Accounts = append(list.Accounts, a.ID)
	case len(list.Accounts) == 1:
		return fault.New(fault.Conflict, "last_administrator", "Make somebody else an administrator first.")
	default:
		list.Accounts = slices.DeleteFunc(list.Accounts, func(id string) bool { return id == a.ID })
	}
	return put(tx, facts, administratorsID, list)
}

// SetKey says what codes, addresses and identity numbers are hashed with; every instance has the same. Until then a key of
// this process alone is used, which recognizes nothing that another has hashed.
func (d *Directory) SetKey(key []byte) { d.secret = secret(key) }

// LimitKey is the key by which limits hide whose attempts they count. It is the same for every instance.
func (d *Directory) LimitKey() []byte { return d.secret.sum("limits") }

// StoredKey is the key of the hashes that the store has inside, nil for none; DropStoredKey deletes it, if it is there.
func StoredKey(tx store.Tx) ([]byte, error) {
	var kept storedKey
	err := tx.Get(facts, secretID, &kept)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	return kept.Key, err
}

// DropStoredKey is described at StoredKey.
func DropStoredKey(tx store.Tx) error {
	if key, err := StoredKey(tx); key == nil || err != nil {
		return err
	}
	return tx.Delete(facts, secretID)
}
