package account

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"wenguan/models/audit"
	"wenguan/models/fault"
	"wenguan/models/notice"
	"wenguan/models/store"
)

// ChangeAddress gives the actor's own account the phone number or e-mail address that a code was sent to with SendCode,
// and returns the account. It replaces the one of its kind that the account had, or is added to the one of the other
// kind; the address there was is told. Faults: "address_unreadable", "code_wrong" (Invalid) as for SignIn, and
// fault.Conflict "address_taken" for one that another account has; of staff it asks what Present asks.
func (d *Directory) ChangeAddress(ctx context.Context, actor Actor, to, typed string) (Account, error) {
	if actor.ID == "" {
		return Account{}, fault.New(fault.Unauthenticated, "sign_in_needed", "Sign in first.")
	}
	if err := actor.Present(); err != nil {
		return Account{}, err
	}
	address, err := ParseAddress(to)
	if err != nil {
		return Account{}, err
	}
	digits := normalCode(typed)
	var changed Account
	var right bool
	err = d.store.Update(ctx, func(tx store.Tx) (err error) {
		if right, err = d.tryCode(tx, address, digits); err != nil || !right {
			return err
		}
		changed, err = d.takeAddress(tx, actor, address)
		return err
	})
	switch {
	case fault.CodeOf(err) == "duplicate_id":
		return Account{}, errAddressTaken()
	case err != nil:
		return Account{}, fmt.Errorf("change address: %w", err)
	case digits == "" || !right:
		return Account{}, errCodeWrong()
	}
	d.outbox.Wake()
	return changed, nil
}

// takeAddress writes the proved address into the account.
func (d *Directory) takeAddress(tx store.Tx, actor Actor, address Address) (Account, error) {
	a, err := d.Of(tx, actor.ID)
	if err != nil {
		return a, err
	}
	field, kept := &a.Email, a.Phone
	if address.IsPhone() {
		field, kept = &a.Phone, a.Email
	}
	old := *field
	if old == string(address) {
		return a, nil
	}
	if err := free(tx, old, a.ID); err != nil {
		return a, err
	}
	*field = string(address)
	if err := tx.Insert(addresses, owner{ID: *field, Account: a.ID}); err != nil {
		return a, err
	}
	if err := tx.Replace(accounts, a); err != nil {
		return a, err
	}
	if err := d.tellOfAddress(tx, a, address, old, kept); err != nil {
		return a, err
	}
	e := actor.Entry("account.address_changed", "account/"+a.ID)
	e.Before, e.After = maskedAddress(Address(old)), maskedAddress(address)
	return a, audit.Append(tx, d.now(), e)
}

// tellOfAddress tells the address that was replaced, or else the one that stays, which the new one is.
func (d *Directory) tellOfAddress(tx store.Tx, a Account, address Address, old, kept string) error {
	n := notice.Notice{
		To: cmp.Or(old, kept), Language: a.Language, Template: notice.AddressChanged,
		Params: map[string]string{"new": address.Masked()},
	}
	if old == "" {
		n.Template = notice.AddressAdded
	}
	return d.outbox.Put(tx, n)
}

func errAddressTaken() *fault.Error {
	return fault.New(fault.Conflict, "address_taken", "Another account has this phone number or e-mail address.").On("to")
}

// maskedAddress is an address for the audit, nil for none.
func maskedAddress(a Address) any {
	if a == "" {
		return nil
	}
	return map[string]string{"address": a.Masked()}
}

// Masked hides most of the address: "138****5678", "+44****1234", "z***@example.cn".
func (a Address) Masked() string {
	if local, domain, ok := strings.Cut(string(a), "@"); ok {
		return local[:min(1, len(local))] + "***@" + domain
	}
	shown := strings.TrimPrefix(string(a), "+86")
	if len(shown) < 8 {
		return "****"
	}
	return shown[:3] + "****" + shown[len(shown)-4:]
}
