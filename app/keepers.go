package app

import (
	"cmp"

	"wenguan/models/account"
	"wenguan/models/privacy"
	"wenguan/models/store"
)

// retentionMonths is for an app that no command line has made.
const retentionMonths = 24

// keepers tells the privacy office who keeps what about people.
func (a *App) keepers() privacy.Deps {
	return privacy.Deps{
		Accounts: a.Accounts, Desk: a.Desk, Notices: a.Notices, Log: a.log, Months: cmp.Or(a.config.RetentionMonths, retentionMonths),
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
