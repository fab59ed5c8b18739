package organization

import (
	"wenguan/models/account"
	"wenguan/models/fault"
	"wenguan/models/store"
)

// SoleOwner refuses within a transaction, with fault.Conflict "sole_owner" {organization, name}, whoever is the only
// owner of an organization: they hand it over or close it before they go.
func (r *Register) SoleOwner(tx store.Tx, who account.Account) error {
	for _, m := range who.Members {
		if m.Role != account.Owner {
			continue
		}
		o, _, err := r.read(tx, m.Organization)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return err
		}
		if owners := o.Owners(); len(owners) == 1 && owners[0] == who.ID {
			return fault.New(fault.Conflict, "sole_owner", "You are the only owner of %s. Make somebody else an owner, or close it, first.", o.ShownName()).
				With("organization", o.ID).With("name", o.ShownName())
		}
	}
	return nil
}
