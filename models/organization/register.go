package organization

import (
	"context"
	"fmt"
	"slices"
	"time"

	"wenguan/models/account"
	"wenguan/models/audit"
	"wenguan/models/fault"
	"wenguan/models/notice"
	"wenguan/models/store"
)

// Register is every organization of the district. It is safe for concurrent use and by several instances of the service.
type Register struct {
	store    store.Store
	accounts *account.Directory
	outbox   *notice.Outbox
	clock    func() time.Time
	zone     *time.Location // of the district: a verification ends with a day
	images   chan struct{}  // a place to decode a picture in: one at a time
}

// Deps are what the register works with.
type Deps struct {
	Accounts *account.Directory
	Notices  *notice.Outbox
	Zone     *time.Location
}

// New makes the register of st.
func New(st store.Store, deps Deps, clock func() time.Time) *Register {
	return &Register{
		store: st, accounts: deps.Accounts, outbox: deps.Notices, clock: clock, zone: deps.Zone, images: make(chan struct{}, 1),
	}
}

func (r *Register) now() time.Time { return r.clock().UTC().Truncate(time.Millisecond) }

// Found begins a registration: the actor, a person, becomes its first owner. The form may lack the credit code until it
// is submitted. Faults: those of the form, and "organizations_many".
func (r *Register) Found(ctx context.Context, actor account.Actor, f Form) (Organization, error) {
	if err := actor.Check(account.BookForSelf, ""); err != nil {
		return Organization{}, err
	}
	if actor.Kind != account.Person {
		return Organization{}, fault.New(fault.Forbidden, "not_permitted", "Only a person can register an organization.")
	}
	f, err := f.clean()
	if err != nil {
		return Organization{}, err
	}
	var made Organization
	err = r.store.Update(ctx, func(tx store.Tx) error {
		holder, err := r.accounts.MakeOrganization(tx, f.Name)
		if err != nil {
			return err
		}
		now := r.now()
		made = Organization{
			ID: holder.ID, Revision: 1, Form: f, State: Draft, Since: now, CreatedAt: now,
			Members: []Member{{Account: actor.ID, Role: account.Owner, Since: now}},
		}
		if err := r.accounts.SetMember(tx, actor.ID, made.ID, account.Owner); err != nil {
			return err
		}
		if err := tx.Insert(organizations, made); err != nil {
			return err
		}
		return r.record(tx, actor, made, "organization.founded", nil, map[string]any{"kind": f.Kind, "state": made.State})
	})
	return made, wrapped("register an organization", err)
}

// Mine are the organizations the actor is a member of, oldest membership first.
func (r *Register) Mine(ctx context.Context, actor account.Actor) ([]Organization, error) {
	if err := actor.Check(account.BookForSelf, ""); err != nil {
		return nil, err
	}
	var mine []Organization
	err := r.store.View(ctx, func(tx store.Tx) error {
		mine = nil
		for _, m := range actor.Members {
			o, _, err := r.read(tx, m.Organization)
			if fault.Is(err, fault.NotFound) || err == nil && o.RoleOf(actor.ID) == "" {
				continue
			}
			if err != nil {
				return err
			}
			mine = append(mine, o)
		}
		return nil
	})
	return mine, wrapped("list organizations", err)
}

// Get returns an organization to its members and to staff who verify; of these it is recorded that they saw the personal
// data of its owners. To everybody else it does not exist: fault.NotFound "organization_not_found".
func (r *Register) Get(ctx context.Context, actor account.Actor, id string) (Organization, error) {
	var found Organization
	look := func(tx store.Tx) (err error) {
		found, _, err = r.visible(tx, actor, id)
		return err
	}
	if err := actor.Check(account.VerifyOrganizations, ""); err != nil {
		return found, wrapped("read an organization", r.store.View(ctx, look))
	}
	err := r.store.Update(ctx, func(tx store.Tx) error {
		if err := look(tx); err != nil || found.RoleOf(actor.ID) != "" {
			return err
		}
		if err := r.nameDeciders(tx, &found); err != nil {
			return err
		}
		return r.saw(tx, actor, "organization/"+id, found.Owners()...)
	})
	return found, wrapped("read an organization", err)
}

// nameDeciders says by name who took each step.
func (r *Register) nameDeciders(tx store.Tx, o *Organization) error {
	o.Names = map[string]string{}
	for _, s := range o.History {
		if s.By == "" {
			continue
		}
		who, err := r.accounts.Of(tx, s.By)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return err
		}
		o.Names[s.By] = who.Called()
	}
	return nil
}

// Save replaces the form. revision is of the copy the owner changed: another one is fault.Conflict "revision_changed".
// Another name, code or kind of a verified organization is submitted for verification by itself; until staff decide,
// what was verified stays in force. Faults: those of the form, "code_taken".
func (r *Register) Save(ctx context.Context, actor account.Actor, id string, revision int64, f Form) (Organization, error) {
	f, err := f.clean()
	if err != nil {
		return Organization{}, err
	}
	return r.change(ctx, actor, id, func(tx store.Tx, o Organization) (Organization, error) {
		if o.Revision != revision {
			return o, errRevision(o.Revision)
		}
		before := o.Form
		if o.Form = f; o.State == Submitted || o.State == Verified {
			if err := o.complete(); err != nil {
				return o, err
			}
		}
		if o.State == Verified && o.Checked != nil && o.Facts != *o.Checked {
			o = o.after(Amend, Step{At: r.now(), By: actor.ID})
		}
		return o, r.record(tx, actor, o, "organization.saved", nil, map[string]any{"changed": before.changed(f), "state": o.State})
	})
}

// Submit asks staff for verification: the first time, again after a refusal, or to renew. Faults: "already_submitted",
// "renewal_early", "code_taken" (Conflict), "code_needed", "document_needed" (Invalid).
func (r *Register) Submit(ctx context.Context, actor account.Actor, id string) (Organization, error) {
	return r.change(ctx, actor, id, func(tx store.Tx, o Organization) (Organization, error) {
		if err := o.allowed(Submit, r.now()); err != nil {
			return o, err
		}
		if err := o.complete(); err != nil {
			return o, err
		}
		before := o.State
		o = o.after(Submit, Step{At: r.now(), By: actor.ID})
		return o, r.record(tx, actor, o, "organization.submitted", map[string]any{"state": before}, map[string]any{"state": o.State})
	})
}

// changed names the fields in which the forms differ.
func (f Form) changed(other Form) []string {
	var names []string
	for _, field := range []struct {
		name string
		same bool
	}{
		{"name", f.Name == other.Name}, {"code", f.Code == other.Code}, {"kind", f.Kind == other.Kind},
		{"contact", f.Contact == other.Contact}, {"phone", f.Phone == other.Phone}, {"email", f.Email == other.Email},
		{"address", f.Address == other.Address}, {"about", f.About == other.About},
	} {
		if !field.same {
			names = append(names, field.name)
		}
	}
	return names
}

// visible is the organization, if the actor may see it at all.
func (r *Register) visible(tx store.Tx, actor account.Actor, id string) (now, stored Organization, err error) {
	if actor.Anonymous() {
		return now, stored, actor.Check(account.BookForSelf, "")
	}
	if now, stored, err = r.read(tx, id); err != nil {
		return now, stored, err
	}
	if now.RoleOf(actor.ID) == "" && actor.Check(account.VerifyOrganizations, "") != nil {
		return Organization{}, Organization{}, errNotFound()
	}
	return now, stored, nil
}

// owned is the organization, if the actor is an owner of it.
func (r *Register) owned(tx store.Tx, actor account.Actor, id string) (now, stored Organization, err error) {
	if now, stored, err = r.visible(tx, actor, id); err != nil {
		return now, stored, err
	}
	if now.RoleOf(actor.ID) != account.Owner {
		return now, stored, fault.New(fault.Forbidden, "owner_needed", "Only an owner of the organization can do this.")
	}
	return now, stored, nil
}

// change runs one verb of an owner in one transaction.
func (r *Register) change(
	ctx context.Context, actor account.Actor, id string, apply func(store.Tx, Organization) (Organization, error),
) (Organization, error) {
	var changed Organization
	err := r.store.Update(ctx, func(tx store.Tx) error {
		o, stored, err := r.owned(tx, actor, id)
		if err != nil {
			return err
		}
		if o, err = apply(tx, o); err != nil {
			return err
		}
		changed, err = r.save(tx, stored, o)
		return err
	})
	return changed, wrapped("change an organization", err)
}

// record appends to the audit what the actor did, for the organization if they are a member of it.
func (r *Register) record(tx store.Tx, actor account.Actor, o Organization, action string, before, after any) error {
	e := actor.Entry(action, "organization/"+o.ID)
	if before != nil {
		e.Before = before
	}
	if after != nil {
		e.After = after
	}
	if o.RoleOf(actor.ID) != "" {
		e.OnBehalf = o.ID
	}
	return audit.Append(tx, r.now(), e)
}

// saw records that the actor saw personal data of these people.
func (r *Register) saw(tx store.Tx, actor account.Actor, what string, whose ...string) error {
	for _, one := range slices.Compact(slices.Sorted(slices.Values(whose))) {
		look := audit.Look{Whose: one, Who: actor.ID, Why: "verification", What: what, Request: actor.Request}
		if err := audit.Saw(tx, r.now(), look); err != nil {
			return err
		}
	}
	return nil
}

func errRevision(now int64) *fault.Error {
	return fault.New(fault.Conflict, "revision_changed", "Someone else saved this meanwhile; load it again and repeat your change.").
		With("revision", now)
}

func wrapped(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}
