package account

import (
	"context"
	"fmt"
	"slices"
	"time"

	"wenguan/models/audit"
	"wenguan/models/fault"
	"wenguan/models/id"
	"wenguan/models/store"
)

// byStaff is the index of accounts that have grants, by name. MarshalBSON writes staff.
const byStaff = "staff"

// enrolTime is how long the link that a new member of the staff sets up their sign-in with is good.
const enrolTime = 48 * time.Hour

// Member of the staff.
type StaffMember struct {
	Account Account
	Grants  []StaffGrant
}

// StaffGrant is a grant and whether it counts.
type StaffGrant struct {
	Grant
	Counts bool      // neither ended nor lapsed
	Lapses time.Time // when it lapses unless it is used before; zero: never
	Giver  string    // the name of who gave it, "" for the product itself or who is gone
}

// staffPage is one page of the accounts that have grants, by name.
func (d *Directory) staffPage(tx store.Tx, limit int, after string) ([]Account, string, error) {
	return store.Page[Account](tx, accounts, store.Query{Index: byStaff, Equal: []any{true}, Limit: limit, After: after})
}

// Staff is one page of who has a role, by name, and the cursor of the next ("" after the last). Needs ManageAccounts.
func (d *Directory) Staff(ctx context.Context, actor Actor, limit int, after string) (list []StaffMember, next string, err error) {
	if err := actor.Check(ManageAccounts, ""); err != nil {
		return nil, "", err
	}
	err = d.store.View(ctx, func(tx store.Tx) error {
		list = nil
		page, more, err := d.staffPage(tx, limit, after)
		if err != nil {
			return err
		}
		next = more
		for _, who := range page {
			member, err := d.staffMember(tx, who)
			if err != nil {
				return err
			}
			list = append(list, member)
		}
		return nil
	})
	return list, next, err
}

// StaffMember is one account with its grants, which may be none. Needs ManageAccounts; fault.NotFound
// "account_not_found".
func (d *Directory) StaffMember(ctx context.Context, actor Actor, id string) (member StaffMember, err error) {
	if err := actor.Check(ManageAccounts, ""); err != nil {
		return member, err
	}
	err = d.store.View(ctx, func(tx store.Tx) error {
		who, err := d.Of(tx, id)
		if err != nil {
			return err
		}
		member, err = d.staffMember(tx, who)
		return err
	})
	return member, err
}

func (d *Directory) staffMember(tx store.Tx, who Account) (StaffMember, error) {
	member := StaffMember{Account: who}
	last, err := d.lastAdministrator(tx)
	if err != nil {
		return member, err
	}
	for _, g := range who.Grants {
		shown := StaffGrant{Grant: g, Lapses: g.LapsesAt()}
		if g.lasting() && last == who.ID {
			shown.Lapses = time.Time{}
		}
		if shown.Counts, err = d.counts(tx, who.ID, g, d.now()); err != nil {
			return member, err
		}
		by, err := d.Of(tx, g.GivenBy)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return member, err
		}
		shown.Giver = by.Called()
		member.Grants = append(member.Grants, shown)
	}
	return member, nil
}

// NewStaff is somebody to make a member of the staff.
type NewStaff struct {
	Name     string
	Phone    string // one of both at least
	Email    string
	Language string // "" is zh-CN
	Grant    Grant
}

// MakeStaff makes an account with a role and returns it with the token of a link that its person sets up their sign-in
// with, within two days. Needs ManageRoles. Faults are those of Create and Give; "address_needed" (Invalid) without an
// address; "address_taken" (Conflict) has the id and the masked name of whose it is, who can be given the role instead.
func (d *Directory) MakeStaff(ctx context.Context, actor Actor, n NewStaff) (Account, string, error) {
	if err := actor.Check(ManageRoles, ""); err != nil {
		return Account{}, "", err
	}
	a, err := Account{Kind: Person, Name: n.Name, Phone: n.Phone, Email: n.Email, Language: n.Language}.ready()
	if err != nil {
		return Account{}, "", err
	}
	if a.Phone == "" && a.Email == "" {
		return Account{}, "", fault.New(fault.Invalid, "address_needed", "Give a phone number or an e-mail address.").On("phone")
	}
	if err := n.Grant.check(); err != nil {
		return Account{}, "", err
	}
	var token string
	err = d.store.Update(ctx, func(tx store.Tx) (err error) {
		a, token, err = d.makeStaff(tx, actor, a, n.Grant)
		return err
	})
	return a, token, err
}

func (d *Directory) makeStaff(tx store.Tx, actor Actor, a Account, g Grant) (Account, string, error) {
	if err := d.addressesFree(tx, a); err != nil {
		return a, "", err
	}
	a.ID, a.CreatedAt, a.SeenAt = id.New(d.now()), d.now(), d.now()
	if err := d.insert(tx, a); err != nil {
		return a, "", err
	}
	e := actor.Entry("account.made", "account/"+a.ID)
	e.After = map[string]any{"phone": a.Phone != "", "email": a.Email != ""}
	if err := audit.Append(tx, d.now(), e); err != nil {
		return a, "", err
	}
	g, err := d.give(tx, actor, a.ID, g)
	if err != nil {
		return a, "", err
	}
	a.Grants = []Grant{g}
	token, err := d.enrol(tx, actor, a.ID)
	return a, token, err
}

// addressesFree refuses an account whose address somebody has.
func (d *Directory) addressesFree(tx store.Tx, a Account) error {
	for field, address := range map[string]string{"phone": a.Phone, "email": a.Email} {
		if address == "" {
			continue
		}
		there, err := d.byAddress(tx, Address(address))
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return err
		}
		return fault.New(fault.Conflict, "address_taken", "Somebody has this phone number or e-mail address already.").On(field).
			With("id", there.ID).With("name", there.found().Name)
	}
	return nil
}

// EnrolmentLink makes the link that a member of the staff sets up their sign-in with, good once within two days; it is
// for those who have none yet, and takes the place of links made before. Needs ManageRoles; "not_staff" (Invalid) for somebody without a role.
func (d *Directory) EnrolmentLink(ctx context.Context, actor Actor, id string) (token string, err error) {
	if err := d.mayChange(actor, id); err != nil {
		return "", err
	}
	err = d.store.Update(ctx, func(tx store.Tx) error {
		who, err := d.staffOf(tx, id)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(who.Grants, func(g Grant) bool { return !g.ended(d.now()) }) {
			return errNotStaff()
		}
		token, err = d.enrol(tx, actor, id)
		return err
	})
	return token, err
}

func (d *Directory) enrol(tx store.Tx, actor Actor, id string) (string, error) {
	token, err := d.MakeLinkIn(tx, actor, id, LinkOptions{TTL: enrolTime, Enrol: true})
	if err != nil {
		return "", fmt.Errorf("make enrolment link: %w", err)
	}
	return token, audit.Append(tx, d.now(), actor.Entry("account.enrolment_link", "account/"+id))
}
