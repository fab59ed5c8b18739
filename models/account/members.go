package account

import (
	"slices"
	"time"

	"wenguan/models/fault"
	"wenguan/models/id"
	"wenguan/models/store"
)

// MaxOrganizations bounds how many organizations one person acts for.
const MaxOrganizations = 50

// Valid reports whether the role is one of the three.
func (r MemberRole) Valid() bool { return r.rank() > 0 }

// AtLeast reports whether the role includes everything the other one may do.
func (r MemberRole) AtLeast(least MemberRole) bool { return r.rank() >= least.rank() }

// MakeOrganization adds the account of an organization: the holder of its bookings. It has no address, so nobody signs
// in as it. The caller has checked name and permission.
func (d *Directory) MakeOrganization(tx store.Tx, name string) (Account, error) {
	now := d.now()
	made := Account{ID: id.New(now), Kind: Organization, Name: name, Group: Organizations, CreatedAt: now}
	return made, d.insert(tx, made)
}

// RenameOrganization changes the name that its bookings show.
func (d *Directory) RenameOrganization(tx store.Tx, org, name string) error {
	return d.changeOrganization(tx, org, func(a *Account) { a.Name = name })
}

// SetVerified says until when the registration of the organization counts as verified; nil: it does not.
func (d *Directory) SetVerified(tx store.Tx, org string, until *time.Time) error {
	return d.changeOrganization(tx, org, func(a *Account) { a.VerifiedUntil = until })
}

func (d *Directory) changeOrganization(tx store.Tx, org string, change func(*Account)) error {
	a, err := d.Of(tx, org)
	if err != nil {
		return err
	}
	if a.Kind != Organization {
		return errNotFound()
	}
	change(&a)
	return tx.Replace(accounts, a)
}

// SetMember makes a person a member of the organization or gives them another role in it; it counts from their next
// request on. Package organization, which keeps the list of members, calls it in the transaction that changes the list.
// A person with MaxOrganizations is fault.Conflict "organizations_many".
func (d *Directory) SetMember(tx store.Tx, person, org string, role MemberRole) error {
	a, err := d.Of(tx, person)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(a.Members, func(m Member) bool { return m.Organization == org })
	switch {
	case a.Kind != Person || a.ErasedAt != nil:
		return errNotFound()
	case !role.Valid():
		return fault.New(fault.Invalid, "member_role", "A member is an owner, a booker or a plain member.").On("role")
	case at >= 0:
		a.Members = slices.Clone(a.Members)
		a.Members[at].Role = role
	case len(a.Members) >= MaxOrganizations:
		return fault.New(fault.Conflict, "organizations_many", "A person acts for at most %d organizations.", MaxOrganizations).
			With("max", MaxOrganizations)
	default:
		a.Members = append(slices.Clone(a.Members), Member{Organization: org, Role: role})
	}
	return tx.Replace(accounts, a)
}

// RemoveMember takes a person out of the organization; one who is not in it is no error.
func (d *Directory) RemoveMember(tx store.Tx, person, org string) error {
	a, err := d.Of(tx, person)
	if err != nil {
		return err
	}
	left := slices.DeleteFunc(slices.Clone(a.Members), func(m Member) bool { return m.Organization == org })
	if len(left) == len(a.Members) {
		return nil
	}
	a.Members = left
	return tx.Replace(accounts, a)
}
