package app

import (
	"cmp"

	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/privacy"
	"wenguan/models/store"
)

// retentionMonths and unmetMonths are for an app that no command line has made.
const (
	retentionMonths = 24
	unmetMonths     = 3
)

// keepers tells the privacy office who keeps what about people.
func (a *App) keepers() privacy.Deps {
	months := cmp.Or(a.config.RetentionMonths, retentionMonths)
	return privacy.Deps{
		Accounts: a.Accounts, Desk: a.Desk, Notices: a.Notices, Log: a.log,
		Months: months, UnmetMonths: min(months, cmp.Or(a.config.UnmetMonths, unmetMonths)),
		Parts: []privacy.Part{
			{
				Name: "credentials",
				Copy: func(tx store.Tx, who account.Account) (any, error) {
					if kept, err := a.Credentials.CopyOf(tx, who.ID); kept != nil || err != nil {
						return kept, err
					}
					return nil, nil // a nil pointer would be something
				},
				Erase: func(tx store.Tx, who account.Account) error { return a.Credentials.Forget(tx, who.ID) },
			},
			{
				Name: "standing", // the desk forgets it with the bookings
				Copy: func(tx store.Tx, who account.Account) (any, error) {
					if kept, err := a.Desk.StandingCopy(tx, who.ID); kept != nil || err != nil {
						return kept, err
					}
					return nil, nil
				},
			},
			{Name: "unmet", Copy: a.unmetCopy}, // the desk forgets them, too
			{
				Name:   "organizations",
				Blocks: a.Organizations.SoleOwner,
				Erase: func(tx store.Tx, who account.Account) error {
					return a.Organizations.Forget(tx, account.Actor{System: true}, who.ID)
				},
			},
		},
	}
}

// unmetCopy is what was refused to somebody and their family, nil for nothing.
func (a *App) unmetCopy(tx store.Tx, who account.Account) (any, error) {
	family, err := a.Accounts.FamilyOf(tx, who.ID)
	if err != nil {
		return nil, err
	}
	var all []booking.Unmet
	for _, one := range append(family, who) {
		list, err := a.Desk.UnmetCopy(tx, one.ID)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	if len(all) == 0 {
		return nil, nil
	}
	return all, nil
}
