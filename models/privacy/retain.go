package privacy

import (
	"context"
	"errors"
	"fmt"
	"time"

	"wenguan/models/account"
	"wenguan/models/audit"
	"wenguan/models/fault"
	"wenguan/models/notice"
	"wenguan/models/store"
)

// An account that nobody used for two years is erased, two weeks after its person was told.
const (
	unusedYears = 2
	warnedDays  = 14
)

// Bounds of one run. What is left over is for the next night.
const (
	mostBookings = 100_000
	mostAccounts = 5_000
	accountsPage = 200
)

// Retain lets go of what is no longer needed: it takes the person out of bookings that ended more than Months ago,
// deletes looks and appeals that old and refused requests older than UnmetMonths, tells people whose account was not used for almost two years, erases those that were told two
// weeks ago and still not used, and finishes erasings that were interrupted. It may run late, twice or at two places at
// once. It goes on with the rest when one thing fails, and returns the failures joined.
func (o *Office) Retain(ctx context.Context) error {
	before := o.now().AddDate(0, -o.Months, 0)
	_, bookings := o.Desk.Anonymize(ctx, product, before, mostBookings)
	_, looks := audit.TidyLooks(ctx, o.store, before)
	_, appeals := o.Desk.ForgetAppeals(ctx, product, before)
	_, unmet := o.Desk.ForgetUnmet(ctx, product, o.now().AddDate(0, -o.UnmetMonths, 0))
	err := errors.Join(o.resume(ctx), bookings, looks, appeals, unmet, o.unused(ctx))
	if err != nil {
		return fmt.Errorf("retain: %w", err)
	}
	return nil
}

// resume finishes erasings that were interrupted.
func (o *Office) resume(ctx context.Context) error {
	var list []erasing
	err := o.store.View(ctx, func(tx store.Tx) (err error) {
		list, err = store.All[erasing](tx, erasings, store.Query{Limit: mostAccounts})
		return err
	})
	for _, e := range list {
		err = errors.Join(err, o.finish(ctx, e.ID))
	}
	return err
}

// unused warns and erases people whose account nobody uses.
func (o *Office) unused(ctx context.Context) error {
	now := o.now()
	gone := now.AddDate(-unusedYears, 0, 0)
	var failed []error
	kept, after := 0, ""
	for looked := 0; looked < mostAccounts; {
		var page []account.Account
		err := o.store.View(ctx, func(tx store.Tx) (err error) {
			page, after, err = o.Accounts.Unused(tx, gone.AddDate(0, 0, warnedDays), accountsPage, after)
			return err
		})
		if err != nil {
			return errors.Join(append(failed, err)...)
		}
		for _, a := range page {
			err := o.unusedOne(ctx, a.ID, gone, now)
			if fault.Is(err, fault.Conflict) {
				kept++
				continue
			}
			failed = append(failed, err)
		}
		if looked += accountsPage; after == "" {
			break
		}
	}
	if kept > 0 {
		o.Log.WarnContext(ctx, "unused accounts could not be erased: they own an organization, or nobody else administers", "accounts", kept)
	}
	return errors.Join(failed...)
}

// unusedOne does what is due with one account. It decides on what the transaction reads: its person may have come back.
func (o *Office) unusedOne(ctx context.Context, id string, gone, now time.Time) error {
	erase := false
	err := o.store.Update(ctx, func(tx store.Tx) error {
		a, err := o.Accounts.Of(tx, id)
		if err != nil {
			return err
		}
		told := a.WarnedAt != nil && !now.Before(a.WarnedAt.AddDate(0, 0, warnedDays))
		erase = told && !a.SeenAt.After(gone)
		if a.ErasedAt != nil || a.WarnedAt != nil || !a.SeenAt.Before(gone.AddDate(0, 0, warnedDays)) {
			return nil
		}
		if err := o.Accounts.Warn(tx, &a); err != nil {
			return err
		}
		on := a.SeenAt.AddDate(unusedYears, 0, 0)
		if soonest := now.AddDate(0, 0, warnedDays); on.Before(soonest) {
			on = soonest
		}
		return o.Notices.Put(tx, notice.Notice{
			To: o.Notices.Reachable(a.Phone, a.Email), Language: a.Language, Template: notice.AccountUnused,
			Params: map[string]string{"date": on.Format(time.DateOnly)}, Expires: on,
		})
	})
	if err != nil || !erase {
		return err
	}
	return o.erase(ctx, product, id, forUnused)
}
