package privacy

import (
	"context"

	"wenguan/models/account"
	"wenguan/models/store"
)

// Looks lists who of the staff looked at the actor's data in clear, latest first: at most limit, 50 for 0; next is the
// cursor of the page that follows.
func (o *Office) Looks(ctx context.Context, actor account.Actor, limit int, after string) (list []LookCopy, next string, err error) {
	if err := person(actor); err != nil {
		return nil, "", err
	}
	if limit <= 0 || limit > 200 {
		limit = 50
	}
	err = o.store.View(ctx, func(tx store.Tx) (err error) {
		list, next, err = o.looksAt(tx, actor.ID, limit, after)
		return err
	})
	return list, next, err
}
