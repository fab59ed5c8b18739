package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"wenguan/models/account"
	"wenguan/models/civil"
)

// linkTime is how long a sign-in link made here is good.
const linkTime = 24 * time.Hour

// system is the product itself, acting on the command line: whoever can open the store can do everything.
var system = account.Actor{System: true, Name: "command line"}

type userCmd struct {
	Add    userAddCmd    `cmd:"" help:"Make an account, or give a role to one that exists, and print a sign-in link."`
	Link   userLinkCmd   `cmd:"" help:"Print a sign-in link of an account."`
	List   userListCmd   `cmd:"" help:"List who has a role, for what and how long."`
	Revoke userRevokeCmd `cmd:"" help:"Take a role from somebody."`
}

type userAddCmd struct {
	Role     string   `enum:"resident,attendant,counter,manager,officer,auditor,administrator" default:"resident" help:"resident, attendant, counter, manager, officer, auditor or administrator."`
	Venues   []string `placeholder:"ID" help:"The venues the role is for; neither these nor --areas: the whole district."`
	Areas    []string `placeholder:"AREA" help:"The areas it is for, as the venues name theirs: all their venues, now and later."`
	Ends     string   `placeholder:"DATE" help:"Its last day, such as 2026-12-31. Default: no end."`
	Name     string   `placeholder:"TEXT" help:"Name. Default: the role's, in Chinese."`
	Phone    string   `help:"Phone number, such as +8613800138000."`
	Email    string   `help:"E-mail address."`
	Language string   `enum:"zh-CN,en" default:"zh-CN" help:"zh-CN or en."`
}

// Validate refuses what cannot be meant.
func (u *userAddCmd) Validate() error {
	if u.Phone == "" && u.Email == "" {
		return errors.New("give --phone or --email: it is how the account signs in")
	}
	if len(u.Venues)+len(u.Areas) > 0 && (u.Role == string(account.Resident) || u.Role == string(account.Administrator)) {
		return fmt.Errorf("--venues and --areas are not for the role %s, which is for everywhere", u.Role)
	}
	if u.Ends != "" && u.Role == string(account.Resident) {
		return errors.New("--ends is for a role of the staff")
	}
	return nil
}

// Run makes the account and prints its link.
func (u *userAddCmd) Run(ctx context.Context, c *Config, s *session) error {
	return s.onStore(ctx, c, func(a *App) error {
		who, err := u.find(ctx, a)
		if err != nil {
			return err
		}
		if u.Role != string(account.Resident) {
			grant := account.Grant{Role: account.Role(u.Role), Venues: u.Venues, Areas: u.Areas}
			if grant.Ends, err = u.end(a.zone); err != nil {
				return err
			}
			if _, err := a.Accounts.Give(ctx, system, who.ID, grant); err != nil {
				return err
			}
		}
		return a.printLink(ctx, s, who.ID)
	})
}

// end is the midnight after the last day, nil for none.
func (u *userAddCmd) end(zone *time.Location) (*time.Time, error) {
	if u.Ends == "" {
		return nil, nil
	}
	last, err := civil.ParseDate(u.Ends)
	if err != nil {
		return nil, fmt.Errorf("--ends: %w", err)
	}
	end := last.Add(1).Start(zone)
	return &end, nil
}

// find is the account of the address, made if there is none.
func (u *userAddCmd) find(ctx context.Context, a *App) (account.Account, error) {
	for _, venue := range u.Venues {
		if _, err := a.Venues.Get(ctx, venue); err != nil {
			return account.Account{}, fmt.Errorf("venue %s: %w", venue, err)
		}
	}
	for _, address := range []string{u.Phone, u.Email} {
		if address == "" {
			continue
		}
		if who, err := a.Accounts.FindByAddress(ctx, system, address); err == nil {
			return who, nil
		}
	}
	if u.Name == "" {
		u.Name = cmp.Or(account.NameOf(account.Role(u.Role), "zh-CN"), "居民")
	}
	return a.Accounts.Create(ctx, system, account.Account{
		Kind: account.Person, Name: u.Name, Phone: u.Phone, Email: u.Email, Language: u.Language,
	})
}

type userLinkCmd struct {
	Address string `arg:"" help:"Phone number or e-mail address of the account."`
	Reset   bool   `help:"Take password, authenticator app, passkeys and recovery codes away first, and end every session."`
}

// Run prints a link.
func (u *userLinkCmd) Run(ctx context.Context, c *Config, s *session) error {
	return s.onExisting(ctx, c, func(a *App) error {
		who, err := a.Accounts.FindByAddress(ctx, system, u.Address)
		if err != nil {
			return err
		}
		if u.Reset {
			return a.printReset(ctx, s, who)
		}
		return a.printLink(ctx, s, who.ID)
	})
}

type userListCmd struct{}

// Run lists staff.
func (userListCmd) Run(ctx context.Context, c *Config, s *session) error {
	return s.onExisting(ctx, c, func(a *App) error {
		for after := ""; ; {
			staff, next, err := a.Accounts.Staff(ctx, system, 200, after)
			if err != nil {
				return err
			}
			for _, who := range staff {
				for _, g := range who.Grants {
					fmt.Fprintf(s.out, "%s\t%s\t%s\t%s\t%s\t%s\n", who.Account.ID, who.Account.Name, g.Role, reach(g.Grant), until(g, a.zone), g.ID)
				}
			}
			if after = next; next == "" {
				return nil
			}
		}
	})
}

// reach is what a grant is for, in words.
func reach(g account.Grant) string {
	places := strings.Join(g.Venues, ",")
	if len(g.Areas) > 0 {
		places = strings.Trim("areas "+strings.Join(g.Areas, ",")+" "+places, " ")
	}
	return cmp.Or(places, "whole district")
}

// until is how long a grant counts, in words.
func until(g account.StaffGrant, zone *time.Location) string {
	switch {
	case !g.Counts:
		return "over"
	case g.Ends != nil:
		return "until " + g.Ends.Add(-time.Nanosecond).In(zone).Format(time.DateOnly)
	}
	return "no end"
}

type userRevokeCmd struct {
	Address string `arg:"" help:"Phone number or e-mail address of the account."`
	Grant   string `arg:"" help:"Id of the role, the last column of wenguan user list."`
}

// Run takes the role.
func (u *userRevokeCmd) Run(ctx context.Context, c *Config, s *session) error {
	return s.onExisting(ctx, c, func(a *App) error {
		who, err := a.Accounts.FindByAddress(ctx, system, u.Address)
		if err != nil {
			return err
		}
		return a.Accounts.Take(ctx, system, who.ID, u.Grant)
	})
}

// signInLink is the address that signs somebody in. The token is in the fragment, which browsers do not send to servers.
func (a *App) signInLink(token string) string { return a.origin() + "/sign-in#link=" + token }

// printLink prints a link of the account: to sign in with, or for staff who have no password or passkey yet, to set those
// up with.
func (a *App) printLink(ctx context.Context, s *session, id string) error {
	who, err := a.Accounts.Get(ctx, system, id)
	if err != nil {
		return err
	}
	ready, err := a.Credentials.Ready(ctx, id)
	if err != nil {
		return err
	}
	enrol := len(who.Grants) > 0 && !ready
	token, err := a.Accounts.MakeLink(ctx, system, id, account.LinkOptions{TTL: linkTime, Enrol: enrol})
	if err != nil {
		return err
	}
	does := "signs in"
	switch {
	case enrol:
		does = "sets up how to sign in as staff"
	case len(who.Grants) > 0:
		does = "has a password or passkey for the staff's pages (--reset takes them away and starts anew), and signs in as a resident"
	}
	_, err = fmt.Fprintf(s.out, "%s %s once, within 24 hours, with:\n%s\n", who.Name, does, a.signInLink(token))
	return err
}

// printReset takes the credentials of somebody away and prints a link to set up new ones.
func (a *App) printReset(ctx context.Context, s *session, who account.Account) error {
	token, err := a.Credentials.Reset(ctx, system, who.ID)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.out, "%s is signed out everywhere, and sets up anew how to sign in as staff once, within 24 hours, with:\n%s\n",
		who.Name, a.signInLink(token))
	return err
}
