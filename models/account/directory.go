package account

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"time"

	"wenguan/models/audit"
	"wenguan/models/fault"
	"wenguan/models/id"
	"wenguan/models/notice"
	"wenguan/models/store"
)

// Directory is who is known and who is signed in. It is safe for concurrent use and by several instances of the service.
type Directory struct {
	store  store.Store
	outbox *notice.Outbox
	clock  func() time.Time
	secret secret         // what hides codes, addresses and identity numbers
	places Places         // nil: areas have no venues
	zone   *time.Location // nil: UTC
	idle   time.Duration  // of staff sessions; 0 means StaffIdle

	searches searches // that the audit has

	codesPerHour int // to everybody together; 0 is no limit
	exhausted    func(context.Context)
}

// Profile is what people may change of themselves; nil leaves a field as it is.
type Profile struct {
	Name     *string
	Group    *Group
	Language *string

	BirthYear *int32 // 0 takes it back
}

// New makes the directory of st; codes go out through the outbox.
func New(st store.Store, outbox *notice.Outbox, clock func() time.Time) *Directory {
	key := make([]byte, 32)
	_, _ = rand.Read(key) // never fails since Go 1.24
	return &Directory{store: st, outbox: outbox, clock: clock, secret: key}
}

// now is the present as the store keeps it.
func (d *Directory) now() time.Time { return d.clock().UTC().Truncate(time.Millisecond) }

// Get returns an account: one's own, or any to those with ManageAccounts.
func (d *Directory) Get(ctx context.Context, actor Actor, id string) (Account, error) {
	if actor.Anonymous() || actor.ID != id {
		if err := actor.Check(ManageAccounts, ""); err != nil {
			return Account{}, err
		}
	}
	var found Account
	err := d.store.View(ctx, func(tx store.Tx) (err error) {
		found, err = d.Of(tx, id)
		return err
	})
	return found, err
}

// Of returns an account within a transaction and asks for no permission; fault.NotFound "account_not_found".
func (d *Directory) Of(tx store.Tx, id string) (Account, error) {
	var found Account
	err := tx.Get(accounts, id, &found)
	if fault.Is(err, fault.NotFound) {
		return Account{}, errNotFound()
	}
	return found, err
}

// FindByAddress returns the account of a phone number or e-mail address. Needs ManageAccounts.
func (d *Directory) FindByAddress(ctx context.Context, actor Actor, to string) (Account, error) {
	if err := actor.Check(ManageAccounts, ""); err != nil {
		return Account{}, err
	}
	address, err := ParseAddress(to)
	if err != nil {
		return Account{}, err
	}
	var found Account
	err = d.store.View(ctx, func(tx store.Tx) (err error) {
		found, err = d.byAddress(tx, address)
		return err
	})
	return found, err
}

// UpdateProfile changes the actor's own account and returns it. Faults name the field: "name_unusable",
// "group_unknown", "language_unknown", "birth_year_unlikely", and fault.Conflict "name_bound" and "birth_year_bound" once a
// real name is bound to the account.
func (d *Directory) UpdateProfile(ctx context.Context, actor Actor, p Profile) (Account, error) {
	if actor.ID == "" {
		return Account{}, fault.New(fault.Unauthenticated, "sign_in_needed", "Sign in first.")
	}
	var changed Account
	err := d.store.Update(ctx, func(tx store.Tx) (err error) {
		if changed, err = d.Of(tx, actor.ID); err != nil {
			return err
		}
		if changed.Identity != nil && p.Name != nil && *p.Name != changed.Name {
			return fault.New(fault.Conflict, "name_bound", "This is the name of your bound identity; it is changed at a counter.").On("name")
		}
		was := changed
		if changed, err = changed.with(p); err != nil {
			return err
		}
		if p.BirthYear != nil {
			if changed, err = changed.bornIn(*p.BirthYear, d.now()); err != nil {
				return err
			}
		}
		if err := tx.Replace(accounts, changed); err != nil {
			return err
		}
		return d.recordProfile(tx, actor, was, changed)
	})
	return changed, err
}

// recordProfile tells the audit what of the things that others go by has changed, not to what.
func (d *Directory) recordProfile(tx store.Tx, actor Actor, was, is Account) error {
	var told []audit.Entry
	if was.Name != is.Name {
		told = append(told, actor.Entry("account.name_changed", "account/"+is.ID))
	}
	if was.BirthYear != is.BirthYear {
		told = append(told, actor.Entry("account.birth_year_changed", "account/"+is.ID))
	}
	for _, e := range told {
		if err := audit.Append(tx, d.now(), e); err != nil {
			return err
		}
	}
	return nil
}

func (a Account) with(p Profile) (Account, error) {
	if p.Name != nil {
		name, err := cleanName(*p.Name)
		if err != nil {
			return a, err
		}
		a.Name = name
	}
	if p.Group != nil {
		if !p.Group.Valid() {
			return a, fault.New(fault.Invalid, "group_unknown", "Choose one of the groups.").On("group")
		}
		a.Group = *p.Group
	}
	if p.Language != nil {
		if !validLanguage(*p.Language) {
			return a, fault.New(fault.Invalid, "language_unknown", "Choose zh-CN or en.").On("language")
		}
		a.Language = *p.Language
	}
	return a, nil
}

// Create adds an account; its id, its time of creation and that of its consent are made here. Phone and Email are read like ParseAddress does, and
// one that another account has is fault.Conflict "address_taken". Needs ManageAccounts, and ManageRoles for an account
// with grants, whose faults are those of Give.
func (d *Directory) Create(ctx context.Context, actor Actor, a Account) (Account, error) {
	if err := actor.Check(ManageAccounts, ""); err != nil {
		return Account{}, err
	}
	if len(a.Grants) > 0 {
		if err := actor.Check(ManageRoles, ""); err != nil {
			return Account{}, err
		}
	}
	a, err := a.ready()
	if err != nil {
		return Account{}, err
	}
	err = d.store.Update(ctx, func(tx store.Tx) (err error) {
		a, err = d.create(tx, actor, a)
		return err
	})
	if fault.CodeOf(err) == "duplicate_id" {
		return Account{}, fault.New(fault.Conflict, "address_taken", "Another account has this phone number or e-mail address.")
	}
	if err != nil {
		return Account{}, fmt.Errorf("create account: %w", err)
	}
	return a, nil
}

// create inserts an account that is ready, with its grants.
func (d *Directory) create(tx store.Tx, actor Actor, a Account) (Account, error) {
	a.ID, a.CreatedAt, a.SeenAt = id.New(d.now()), d.now(), d.now()
	if a.Consent != nil {
		a.Consent = &Consent{Version: a.Consent.Version, At: a.CreatedAt}
	}
	a.Grants = slices.Clone(a.Grants)
	for i, g := range a.Grants {
		g, err := d.signed(tx, actor, g)
		if err != nil {
			return a, err
		}
		e := actor.Entry("grant.given", "account/"+a.ID)
		e.After = g.told()
		if err := audit.Append(tx, d.now(), e); err != nil {
			return a, err
		}
		a.Grants[i] = g
	}
	if err := d.insert(tx, a); err != nil {
		return a, err
	}
	return a, recordAdministrator(tx, a)
}

// ready checks and completes an account that is to be created.
func (a Account) ready() (Account, error) {
	if a.Kind == "" {
		a.Kind = Person
	}
	if a.Kind != Person && a.Kind != Organization {
		return a, fault.New(fault.Invalid, "kind_unknown", "An account is a person or an organization.").On("kind")
	}
	profile := Profile{Name: &a.Name}
	if a.Group != "" {
		profile.Group = &a.Group
	}
	if a.Language != "" {
		profile.Language = &a.Language
	}
	a, err := a.with(profile)
	if err != nil {
		return a, err
	}
	for field, value := range map[string]*string{"phone": &a.Phone, "email": &a.Email} {
		if *value == "" {
			continue
		}
		address, err := ParseAddress(*value)
		if err != nil || address.IsPhone() != (field == "phone") {
			return a, fault.New(fault.Invalid, "address_unreadable", "This is not a usable address of its kind.").On(field)
		}
		*value = string(address)
	}
	return a, checkGrants(a.Grants)
}

// HasAdministrator reports whether anybody can administer.
func (d *Directory) HasAdministrator(ctx context.Context) (bool, error) {
	var who administrators
	err := d.store.View(ctx, func(tx store.Tx) (err error) {
		who, err = listAdministrators(tx)
		return err
	})
	return len(who.Accounts) > 0, err
}

// Tidy deletes expired codes, counts of codes, sessions and links, at most 10,000 of each, and returns how many.
func (d *Directory) Tidy(ctx context.Context) (int, error) {
	total := 0
	for _, collection := range []string{codes, codeLimits, sessions, links, makings} {
		n, err := store.DeleteBefore(ctx, d.store, collection, byExpiry, d.now())
		total += n
		if err != nil {
			return total, fmt.Errorf("tidy %s: %w", collection, err)
		}
	}
	return total, d.makeSearchable(ctx)
}

func errNotFound() *fault.Error {
	return fault.New(fault.NotFound, "account_not_found", "There is no such account.")
}
