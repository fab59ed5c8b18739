package account

import (
	"context"
	"time"

	"wenguan/models/audit"
	"wenguan/models/fault"
	"wenguan/models/store"
)

// bornIn is the account with a year of birth that somebody says, 0 to take it back. What an identity number attests stays:
// fault.Conflict "birth_year_bound". A year that nobody alive is born in is fault.Invalid "birth_year_unlikely" {from, to}.
func (a Account) bornIn(year int32, now time.Time) (Account, error) {
	if born, attested := a.Born(); attested {
		if born == year {
			return a, nil
		}
		return a, fault.New(fault.Conflict, "birth_year_bound", "The year of birth is that of the bound identity number.").On("birth_year")
	}
	if last := int32(now.Year()); year != 0 && (year < last-oldest || year > last) {
		return a, errBirthYear(last-oldest, last)
	}
	a.BirthYear = year
	return a, nil
}

// SetBirthYear writes down the year of birth of somebody whom staff serve at the venue: of a person, or of a family member
// in the years of one. Needs FindPeople there. Faults: fault.NotFound "person_not_found", "birth_year_unlikely" {from, to},
// fault.Conflict "birth_year_bound".
func (d *Directory) SetBirthYear(ctx context.Context, actor Actor, venue, id string, year int32) (Account, error) {
	if err := actor.Check(FindPeople, venue); err != nil {
		return Account{}, err
	}
	var changed Account
	err := d.store.Update(ctx, func(tx store.Tx) (err error) {
		changed, err = d.Of(tx, id)
		if fault.Is(err, fault.NotFound) || err == nil && (changed.ErasedAt != nil || changed.Kind != Person) {
			return fault.New(fault.NotFound, "person_not_found", "There is no such person.")
		}
		if err != nil {
			return err
		}
		if relation := changed.Relation(); relation != "" {
			changed, err = changed.withDraft(FamilyDraft{relation, changed.Name, year}, d.now())
		} else {
			changed, err = changed.bornIn(year, d.now())
		}
		if err != nil {
			return err
		}
		if err := tx.Replace(accounts, changed); err != nil {
			return err
		}
		if err := d.Saw(tx, actor, audit.Look{Whose: id, Why: "counter", What: "person", Venue: venue}); err != nil {
			return err
		}
		e := actor.Entry("account.birth_year_changed", "account/"+id)
		e.Chain, e.OnBehalf = venue, id
		return audit.Append(tx, d.now(), e)
	})
	return changed, err
}

func errBirthYear(from, to int32) *fault.Error {
	return fault.New(fault.Invalid, "birth_year_unlikely", "A year of birth is between %d and %d.", from, to).
		On("birth_year").With("from", from).With("to", to)
}
