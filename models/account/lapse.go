package account

import (
	"context"
	"errors"
	"fmt"
	"time"

	"wenguan/models/id"
	"wenguan/models/notice"
	"wenguan/models/store"
)

// LapseGrants takes away the grants that have ended or lapsed, and warns of those that lapse within a month: their
// holders and the administrators. It only tidies up: what has ended or lapsed does not count, whether or not this runs.
// The last administrator keeps the role. Of one account that fails the others are done all the same.
func (d *Directory) LapseGrants(ctx context.Context) error {
	var failed []error
	for after := ""; ; {
		var page []Account
		err := d.store.View(ctx, func(tx store.Tx) (err error) {
			page, after, err = d.staffPage(tx, 200, after)
			return err
		})
		if err != nil {
			return fmt.Errorf("list staff: %w", err)
		}
		for _, who := range page {
			if err := d.store.Update(ctx, func(tx store.Tx) error { return d.lapse(tx, who.ID) }); err != nil {
				failed = append(failed, fmt.Errorf("lapse the grants of %s: %w", who.ID, err))
			}
		}
		if after == "" {
			return errors.Join(failed...)
		}
	}
}

// lapse does what is due with the grants of one account.
func (d *Directory) lapse(tx store.Tx, account string) error {
	who, err := d.Of(tx, account)
	if err != nil {
		return err
	}
	now := d.now()
	for at := len(who.Grants) - 1; at >= 0; at-- {
		g := who.Grants[at]
		counts, err := d.counts(tx, account, g, now)
		switch {
		case err != nil:
			return err
		case !counts && g.ended(now):
			err = d.drop(tx, Actor{System: true}, who, at, "grant.ended", "")
		case !counts:
			err = d.drop(tx, Actor{System: true}, who, at, "grant.lapsed", notice.RoleLapsed)
		case g.ID == "" || g.GivenAt.IsZero(): // from before grants had them
			who.Grants[at].ID, who.Grants[at].GivenAt = id.New(now), now
			err = tx.Replace(accounts, who)
		default:
			err = d.warn(tx, who, at, now)
		}
		if err != nil {
			return err
		}
		if who, err = d.Of(tx, account); err != nil {
			return err
		}
	}
	return nil
}

// warn tells of a grant that lapses within a month, once.
func (d *Directory) warn(tx store.Tx, who Account, at int, now time.Time) error {
	g := who.Grants[at]
	lapses := g.LapsesAt()
	if now.Before(lapses.Add(-grantWarning)) || !g.WarnedAt.IsZero() || g.Ends != nil && g.Ends.Before(lapses) {
		return nil
	}
	if last, err := d.lastAdministrator(tx); err != nil || g.lasting() && last == who.ID {
		return err
	}
	who.Grants[at].WarnedAt = now
	if err := tx.Replace(accounts, who); err != nil {
		return err
	}
	lapses = lapses.Add(-24 * time.Hour) // what people are told is the last whole day
	if err := d.tell(tx, who, notice.RoleLapsing, g, &lapses); err != nil {
		return err
	}
	list, err := listAdministrators(tx)
	if err != nil {
		return err
	}
	for _, id := range list.Accounts {
		administrator, err := d.Of(tx, id)
		if err != nil {
			return err
		}
		if id == who.ID {
			continue
		}
		if err := d.tellOf(tx, administrator, notice.RoleLapsingOf, who, g, &lapses); err != nil {
			return err
		}
	}
	return nil
}
