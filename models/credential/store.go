package credential

import (
	"context"
	"time"

	"wenguan/models/account"
	"wenguan/models/fault"
	"wenguan/models/store"
)

// The collections. Credentials are apart from accounts: what lists or shows accounts never holds them.
const (
	credentials = "credentials"
	challenges  = "passkey_challenges"
	attempts    = "sign_in_attempts"
	facts       = "credential_facts" // where the key that seals secrets was, before it had a file

	byExpiry = "expires"
)

// Collections declares what the vault keeps.
func Collections() []store.Collection {
	expiring := []store.Index{{Name: byExpiry, Fields: []string{"expires"}}}
	return []store.Collection{
		{Name: credentials}, {Name: facts}, {Name: challenges, Indexes: expiring}, {Name: attempts, Indexes: expiring},
	}
}

// keys are the credentials of one account.
type keys struct {
	ID         string    `bson:"_id"` // account id
	Revision   int64     `bson:"rev"`
	Password   string    `bson:"password,omitempty"` // argon2id, PHC string
	PasswordAt time.Time `bson:"password_at,omitempty"`
	App        *app      `bson:"app,omitempty"`
	Pending    *app      `bson:"pending,omitempty"` // an authenticator app that has not shown its first code
	Passkeys   []passkey `bson:"passkeys,omitempty"`
	Recovery   [][]byte  `bson:"recovery,omitempty"`  // keyed hashes of the codes that are left
	Browsers   []browser `bson:"browsers,omitempty"`  // that have signed in with the password before
	Enrolling  string    `bson:"enrolling,omitempty"` // the session that set the password while enrolling
}

// complete reports whether the account can sign in as staff: it has a password and a second factor, or a passkey.
func (k keys) complete() bool { return k.Password != "" && k.App != nil || len(k.Passkeys) > 0 }

// mayChange says whether the actor may change these credentials of theirs now: a session of staff that has just shown its
// second factor, or one of an enrolment link while there is nothing to sign in with yet.
func (k keys) mayChange(actor account.Actor) error {
	switch {
	case actor.Enrol && !k.complete():
		return nil
	case actor.Enrol:
		return fault.New(fault.Conflict, "enrolled_already", "This account has its password or passkey already. Sign in with it.")
	case !actor.Staff:
		return fault.New(fault.Forbidden, "not_permitted", "Your role does not permit this here.")
	case !actor.Means.Strong():
		return fault.New(fault.Forbidden, "staff_sign_in_needed", "Sign in as staff: with your password and second factor, or a passkey.")
	case !actor.Fresh:
		return fault.New(fault.Forbidden, "step_up_needed", "Show your second factor again.")
	}
	return nil
}

// load is the credentials of an account, empty for one that has none.
func load(tx store.Tx, accountID string) (keys, error) {
	k := keys{ID: accountID}
	err := tx.Get(credentials, accountID, &k)
	if fault.Is(err, fault.NotFound) {
		err = nil
	}
	return k, err
}

// save keeps the credentials. Two who change the same collide here.
func (k keys) save(tx store.Tx) error {
	k.Revision++
	if k.Revision == 1 {
		return tx.Insert(credentials, k)
	}
	return tx.Replace(credentials, k)
}

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

// drop deletes a document that may be gone already.
func drop(tx store.Tx, collection, id string) error {
	var there struct {
		ID string `bson:"_id"`
	}
	err := tx.Get(collection, id, &there)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return tx.Delete(collection, id)
}

// Forget deletes the credentials of an account, within the transaction that erases it.
func (v *Vault) Forget(tx store.Tx, accountID string) error { return drop(tx, credentials, accountID) }

// Tidy deletes challenges and counts of attempts that have expired, at most 10,000 of each, and returns how many.
func (v *Vault) Tidy(ctx context.Context) (int, error) {
	total := 0
	for _, collection := range []string{challenges, attempts} {
		n, err := store.DeleteBefore(ctx, v.store, collection, byExpiry, v.now())
		total += n
		if err != nil {
			return total, err
		}
	}
	return total, nil
}

// sealingKey is the key in stores from before it had a file.
type sealingKey struct {
	ID  string `bson:"_id"`
	Key []byte `bson:"key"`
}

const sealingID = "sealing"

// StoredKey is the sealing key that the store has inside, nil for none; DropStoredKey deletes it, if it is there.
func StoredKey(tx store.Tx) ([]byte, error) {
	var kept sealingKey
	err := tx.Get(facts, sealingID, &kept)
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
	return tx.Delete(facts, sealingID)
}
