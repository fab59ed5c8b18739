package account

import (
	"context"

	"wenguan/models/audit"
	"wenguan/models/fault"
	"wenguan/models/store"
)

// Audits implements audit.Auditor: the chain of a venue needs ViewAudit there, the district's, and all of them at once,
// need it for the whole district.
func (a Actor) Audits(chain string) error {
	if chain != "" && chain != audit.District {
		return a.Check(ViewAudit, chain)
	}
	if err := a.Check(ViewAudit, ""); err != nil {
		return err
	}
	if _, all := a.Scope(ViewAudit); !all {
		return errNotPermitted()
	}
	return nil
}

// Names returns what to call these accounts on a list for staff: staff by their names, everybody else masked. Accounts
// that are gone are left out. At most some hundreds at a time.
func (d *Directory) Names(ctx context.Context, ids []string) (map[string]string, error) {
	names := make(map[string]string, len(ids))
	err := d.store.View(ctx, func(tx store.Tx) error {
		for _, id := range ids {
			if _, known := names[id]; known || id == "" {
				continue
			}
			a, err := d.Of(tx, id)
			if fault.Is(err, fault.NotFound) {
				continue
			}
			if err != nil {
				return err
			}
			if names[id] = a.Called(); len(a.Grants) == 0 && a.Kind == Person {
				names[id] = Mask(a.Called())
			}
		}
		return nil
	})
	return names, err
}
