package account

import (
	"context"

	"wenguan/models/store"
)

// Staff lists every account that has a grant, by id. It reads all accounts, a page at a time: for the command line, not
// for pages. Needs ManageAccounts.
func (d *Directory) Staff(ctx context.Context, actor Actor) ([]Account, error) {
	if err := actor.Check(ManageAccounts, ""); err != nil {
		return nil, err
	}
	var staff []Account
	for after := ""; ; {
		var page []Account
		err := d.store.View(ctx, func(tx store.Tx) (err error) {
			page, after, err = store.Page[Account](tx, accounts, store.Query{Limit: 1000, After: after})
			return err
		})
		if err != nil {
			return nil, err
		}
		for _, a := range page {
			if len(a.Grants) > 0 {
				staff = append(staff, a)
			}
		}
		if after == "" {
			return staff, nil
		}
	}
}
