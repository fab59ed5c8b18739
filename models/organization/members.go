package organization

import (
	"context"
	"slices"

	"wenguan/models/account"
	"wenguan/models/fault"
	"wenguan/models/notice"
	"wenguan/models/store"
)

// Listed is a member as others in the organization see them.
type Listed struct {
	Member
	Name string // in clear for owners and for oneself, masked for everybody else
}

// Members lists who acts for the organization, in the order in which they came. Its members and staff who verify may
// ask; only owners see names in clear, and of staff it is recorded that they saw who belongs to it.
func (r *Register) Members(ctx context.Context, actor account.Actor, id string) ([]Listed, error) {
	var list []Listed
	read := r.store.View
	if actor.Check(account.VerifyOrganizations, "") == nil {
		read = r.store.Update
	}
	err := read(ctx, func(tx store.Tx) error {
		list = nil
		o, _, err := r.visible(tx, actor, id)
		if err != nil {
			return err
		}
		clear := o.RoleOf(actor.ID) == account.Owner
		for _, m := range o.Members {
			who, err := r.accounts.Of(tx, m.Account)
			if err != nil && !fault.Is(err, fault.NotFound) {
				return err
			}
			name := who.Called()
			if !clear && m.Account != actor.ID && name != "" {
				name = account.Mask(name)
			}
			list = append(list, Listed{m, name})
		}
		if o.RoleOf(actor.ID) != "" {
			return nil
		}
		whose := make([]string, len(o.Members))
		for i, m := range o.Members {
			whose[i] = m.Account
		}
		return r.saw(tx, actor, "members", whose...)
	})
	return list, wrapped("list members", err)
}

// SetRole gives a member another role and tells them. Only an owner can; the last one cannot give the role up (Conflict
// "last_owner"). Faults: "member_not_found", "member_role".
func (r *Register) SetRole(ctx context.Context, actor account.Actor, id, person string, role account.MemberRole) (Organization, error) {
	return r.change(ctx, actor, id, func(tx store.Tx, o Organization) (Organization, error) {
		at := o.indexOf(person)
		if at < 0 {
			return o, errNoMember()
		}
		before := o.Members[at].Role
		if before == role {
			return o, nil
		}
		o.Members = slices.Clone(o.Members)
		o.Members[at].Role = role
		if len(o.Owners()) == 0 && role.Valid() {
			return o, errLastOwner()
		}
		if err := r.accounts.SetMember(tx, person, id, role); err != nil {
			return o, err
		}
		if person != actor.ID {
			if err := r.tell(tx, o, person, notice.OrganizationRole, map[string]string{"role": string(role)}); err != nil {
				return o, err
			}
		}
		return o, r.record(tx, actor, o, "member.role",
			map[string]any{"member": person, "role": before}, map[string]any{"member": person, "role": role})
	})
}

// Remove takes a member out: an owner anybody, everybody else only themselves. Whoever is removed is told, and so are the
// owners when somebody leaves. The last owner cannot leave (Conflict "last_owner"): they make somebody else one, or close
// the registration.
func (r *Register) Remove(ctx context.Context, actor account.Actor, id, person string) error {
	err := r.store.Update(ctx, func(tx store.Tx) error {
		o, stored, err := r.visible(tx, actor, id)
		if err != nil {
			return err
		}
		if own := o.RoleOf(actor.ID); own != account.Owner && (own == "" || person != actor.ID) {
			return fault.New(fault.Forbidden, "owner_needed", "Only an owner of the organization can do this.")
		}
		at := o.indexOf(person)
		if at < 0 {
			return errNoMember()
		}
		gone := o.Members[at]
		left := o
		left.Members = slices.Delete(slices.Clone(o.Members), at, at+1)
		if len(left.Owners()) == 0 {
			return errLastOwner()
		}
		if err := r.remove(tx, actor, o, left, gone); err != nil {
			return err
		}
		_, err = r.save(tx, stored, left)
		return err
	})
	return wrapped("remove a member", err)
}

// remove is what follows for the person and the owners.
func (r *Register) remove(tx store.Tx, actor account.Actor, o, left Organization, gone Member) error {
	if err := r.accounts.RemoveMember(tx, gone.Account, o.ID); err != nil {
		return err
	}
	if err := r.record(tx, actor, o, "member.removed", map[string]any{"member": gone.Account, "role": gone.Role}, nil); err != nil {
		return err
	}
	if gone.Account != actor.ID {
		return r.tell(tx, o, gone.Account, notice.OrganizationRemoved, nil)
	}
	who, err := r.accounts.Of(tx, gone.Account)
	if err != nil {
		return err
	}
	return r.tellOwners(tx, left, notice.OrganizationLeft, map[string]string{"member": memberName(who)})
}

// Forget takes a person out of every organization, in the transaction that erases their account. An organization whose
// last owner goes is left without one; staff can invite a new one.
func (r *Register) Forget(tx store.Tx, actor account.Actor, person string) error {
	who, err := r.accounts.Of(tx, person)
	if err != nil {
		return err
	}
	for _, m := range who.Members {
		o, stored, err := r.read(tx, m.Organization)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return err
		}
		at := o.indexOf(person)
		if at < 0 {
			continue
		}
		left := o
		left.Members = slices.Delete(slices.Clone(o.Members), at, at+1)
		if err := r.accounts.RemoveMember(tx, person, o.ID); err != nil {
			return err
		}
		if err := r.record(tx, actor, o, "member.removed", map[string]any{"member": person, "role": m.Role}, nil); err != nil {
			return err
		}
		if _, err := r.save(tx, stored, left); err != nil {
			return err
		}
	}
	return nil
}

// Close ends a registration for good: its members no longer act for it, and its documents are deleted. The account
// stays, so that past bookings keep a holder. Only an owner can.
func (r *Register) Close(ctx context.Context, actor account.Actor, id string) error {
	err := r.store.Update(ctx, func(tx store.Tx) error {
		o, stored, err := r.owned(tx, actor, id)
		if err != nil {
			return err
		}
		for _, m := range o.Members {
			if err := r.accounts.RemoveMember(tx, m.Account, id); err != nil && !fault.Is(err, fault.NotFound) {
				return err
			}
			if m.Account == actor.ID {
				continue
			}
			if err := r.tell(tx, o, m.Account, notice.OrganizationClosed, nil); err != nil {
				return err
			}
		}
		for _, d := range o.Documents {
			if err := tx.Delete(contents, d.ID); err != nil {
				return err
			}
		}
		for _, code := range stored.claims() {
			if err := tx.Delete(claimed, string(code)); err != nil {
				return err
			}
		}
		if err := r.accounts.SetVerified(tx, id, nil); err != nil {
			return err
		}
		if err := r.record(tx, actor, o, "organization.closed", map[string]any{"state": o.State, "members": len(o.Members)}, nil); err != nil {
			return err
		}
		return tx.Delete(organizations, id)
	})
	return wrapped("close an organization", err)
}

func (o Organization) indexOf(person string) int {
	return slices.IndexFunc(o.Members, func(m Member) bool { return m.Account == person })
}

// memberName is how a notice names a member: masked, since a text message is read by others too.
func memberName(who account.Account) string {
	if name := who.Called(); name != "" {
		return account.Mask(name)
	}
	return "*"
}

func errNoMember() *fault.Error {
	return fault.New(fault.NotFound, "member_not_found", "There is no such member.")
}

func errLastOwner() *fault.Error {
	return fault.New(fault.Conflict, "last_owner", "Make somebody else an owner first.")
}
