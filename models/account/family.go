package account

import (
	"context"
	"slices"
	"time"

	"wenguan/models/audit"
	"wenguan/models/fault"
	"wenguan/models/id"
	"wenguan/models/store"
)

// MaxFamily bounds how many family members one person books for.
const MaxFamily = 10

// adult is the age from which nobody is booked for as a child (民法典 17).
const adult = 18

// Relation is what a family member is to the one who books for them.
type Relation string

// The relations.
const (
	Child Relation = "child"
	Elder Relation = "elder"
)

// FamilyDraft is what a person writes down of a family member.
type FamilyDraft struct {
	Relation  Relation
	Name      string
	BirthYear int32 // of a child needed, of an elder 0 where they do not say
}

// Relation is what a family member is to their guardian, "" for everybody else.
func (a Account) Relation() Relation {
	switch {
	case a.Guardian == "":
		return ""
	case a.Group == Elders:
		return Elder
	}
	return Child
}

// Family lists the family members the actor books for, in the order they were added.
func (d *Directory) Family(ctx context.Context, actor Actor) ([]Account, error) {
	if actor.ID == "" {
		return nil, errSignInNeeded()
	}
	list := []Account{}
	err := d.store.View(ctx, func(tx store.Tx) error {
		list = list[:0]
		for _, member := range actor.Family {
			a, err := d.Of(tx, member)
			if fault.Is(err, fault.NotFound) || err == nil && a.Guardian != actor.ID {
				continue // left in the meantime
			}
			if err != nil {
				return err
			}
			list = append(list, a)
		}
		return nil
	})
	return list, err
}

// AddFamily makes an account for a family member, without an address: the actor books for them. Faults name their field:
// fault.Invalid "name_unusable", "relation_unknown", "birth_year_unlikely" {from, to}; fault.Conflict "family_known" for
// somebody with the same name and year, and "family_many" {max}.
func (d *Directory) AddFamily(ctx context.Context, actor Actor, draft FamilyDraft) (Account, error) {
	if actor.ID == "" {
		return Account{}, errSignInNeeded()
	}
	var made Account
	err := d.store.Update(ctx, func(tx store.Tx) error {
		guardian, err := d.Of(tx, actor.ID)
		if err != nil {
			return err
		}
		if guardian.Kind != Person || guardian.Guardian != "" || guardian.ErasedAt != nil {
			return errNotPermitted()
		}
		now := d.now()
		made = Account{ID: id.New(now), Kind: Person, Guardian: guardian.ID, Language: guardian.Language, CreatedAt: now, SeenAt: now}
		if made, err = made.withDraft(draft, now); err != nil {
			return err
		}
		if err := d.roomFor(tx, guardian, made); err != nil {
			return err
		}
		guardian.Family = append(slices.Clone(guardian.Family), made.ID)
		if err := tx.Replace(accounts, guardian); err != nil {
			return err
		}
		if err := d.insert(tx, made); err != nil {
			return err
		}
		return audit.Append(tx, now, familyEntry(actor, "family.added", made))
	})
	return made, err
}

// UpdateFamily changes what is written down of a family member; faults as AddFamily has them, and fault.NotFound
// "family_not_found" for one who is not the actor's.
func (d *Directory) UpdateFamily(ctx context.Context, actor Actor, member string, draft FamilyDraft) (Account, error) {
	var changed Account
	err := d.store.Update(ctx, func(tx store.Tx) (err error) {
		if changed, err = d.FamilyMember(tx, actor, member); err != nil {
			return err
		}
		if changed, err = changed.withDraft(draft, d.now()); err != nil {
			return err
		}
		if err := tx.Replace(accounts, changed); err != nil {
			return err
		}
		return audit.Append(tx, d.now(), familyEntry(actor, "family.changed", changed))
	})
	return changed, err
}

// FamilyMember is one of the actor's family, within a transaction; fault.NotFound "family_not_found".
func (d *Directory) FamilyMember(tx store.Tx, actor Actor, member string) (Account, error) {
	if actor.ID == "" {
		return Account{}, errSignInNeeded()
	}
	a, err := d.Of(tx, member)
	if fault.Is(err, fault.NotFound) || err == nil && (a.Guardian != actor.ID || a.ErasedAt != nil) {
		return Account{}, fault.New(fault.NotFound, "family_not_found", "There is no such family member.")
	}
	return a, err
}

// roomFor refuses one more than a family may have, and the same person a second time.
func (d *Directory) roomFor(tx store.Tx, guardian, made Account) error {
	if len(guardian.Family) >= MaxFamily {
		return fault.New(fault.Conflict, "family_many", "A person books for at most %d family members.", MaxFamily).With("max", MaxFamily)
	}
	for _, member := range guardian.Family {
		there, err := d.Of(tx, member)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		if there.Name == made.Name && there.BirthYear == made.BirthYear {
			return fault.New(fault.Conflict, "family_known", "This family member is there already.").On("name")
		}
	}
	return nil
}

// withDraft is the account as it is written down.
func (a Account) withDraft(draft FamilyDraft, now time.Time) (Account, error) {
	name, err := cleanName(draft.Name)
	if err != nil {
		return a, err
	}
	year := int32(now.Year())
	from, to := year-oldest, year-adult
	switch draft.Relation {
	case Child:
		from, to, a.Group = year-adult, year, Families
	case Elder:
		a.Group = Elders
	default:
		return a, fault.New(fault.Invalid, "relation_unknown", "A family member is a child or an elder.").On("relation")
	}
	unsaid := draft.BirthYear == 0 && draft.Relation == Elder
	if !unsaid && (draft.BirthYear < from || draft.BirthYear > to) {
		return a, errBirthYear(from, to)
	}
	a.Name, a.BirthYear = name, draft.BirthYear
	return a, nil
}

func familyEntry(actor Actor, action string, member Account) audit.Entry {
	e := actor.Entry(action, "account/"+member.ID)
	e.OnBehalf, e.After = member.ID, map[string]any{"relation": member.Relation()}
	return e
}

// RecordFamilyLeft tells the audit that a family member was removed, in the transaction that does it.
func (d *Directory) RecordFamilyLeft(tx store.Tx, actor Actor, member Account) error {
	return audit.Append(tx, d.now(), familyEntry(actor, "family.removed", member))
}
