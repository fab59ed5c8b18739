package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"wenguan/models/account"
)

// linkTime is how long a sign-in link made here is good.
const linkTime = 24 * time.Hour

// system is the product itself, acting on the command line: whoever can open the store can do everything.
var system = account.Actor{System: true, Name: "command line"}

type userCmd struct {
	Add  userAddCmd  `cmd:"" help:"Make an account, or give more to one that exists, and print a sign-in link."`
	Link userLinkCmd `cmd:"" help:"Print a sign-in link of an account."`
	List userListCmd `cmd:"" help:"List who has a role."`
}

type userAddCmd struct {
	Role         string   `enum:"resident,attendant,manager,administrator" default:"resident" help:"resident, attendant, manager or administrator."`
	Venues       []string `placeholder:"ID" help:"The venues of an attendant or manager; none named: the whole district."`
	Name         string   `placeholder:"TEXT" help:"Name. Default: the role's, in Chinese."`
	Phone        string   `help:"Phone number, such as +8613800138000."`
	Email        string   `help:"E-mail address."`
	Organization bool     `help:"An organization instead of a person."`
	Language     string   `enum:"zh-CN,en" default:"zh-CN" help:"zh-CN or en."`
}

// Validate refuses what cannot be meant.
func (u *userAddCmd) Validate() error {
	if u.Phone == "" && u.Email == "" {
		return errors.New("give --phone or --email: it is how the account signs in")
	}
	if len(u.Venues) > 0 && u.Role != string(account.Attendant) && u.Role != string(account.Manager) {
		return errors.New("--venues is for attendants and managers; the other roles have no venues")
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
			grants := append(who.Grants, account.Grant{Role: account.Role(u.Role), Venues: u.Venues})
			if err := a.Accounts.Grant(ctx, system, who.ID, grants); err != nil {
				return err
			}
		}
		return a.printLink(ctx, s, who)
	})
}

// roleNames are what somebody is called whom nobody named.
var roleNames = map[account.Role]string{
	account.Resident: "居民", account.Attendant: "工作人员", account.Manager: "场馆管理员", account.Administrator: "系统管理员",
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
		u.Name = roleNames[account.Role(u.Role)]
	}
	kind := account.Person
	if u.Organization {
		kind = account.Organization
	}
	return a.Accounts.Create(ctx, system, account.Account{
		Kind: kind, Name: u.Name, Phone: u.Phone, Email: u.Email, Language: u.Language,
	})
}

type userLinkCmd struct {
	Address string `arg:"" help:"Phone number or e-mail address of the account."`
}

// Run prints a link.
func (u *userLinkCmd) Run(ctx context.Context, c *Config, s *session) error {
	return s.onExisting(ctx, c, func(a *App) error {
		who, err := a.Accounts.FindByAddress(ctx, system, u.Address)
		if err != nil {
			return err
		}
		return a.printLink(ctx, s, who)
	})
}

type userListCmd struct{}

// Run lists staff.
func (userListCmd) Run(ctx context.Context, c *Config, s *session) error {
	return s.onExisting(ctx, c, func(a *App) error {
		staff, err := a.Accounts.Staff(ctx, system)
		if err != nil {
			return err
		}
		for _, who := range staff {
			for _, g := range who.Grants {
				venues := strings.Join(g.Venues, ",")
				if venues == "" {
					venues = "whole district"
				}
				fmt.Fprintf(s.out, "%s\t%s\t%s\t%s\n", who.ID, who.Name, g.Role, venues)
			}
		}
		return nil
	})
}

// signInLink is the address that signs somebody in. The token is in the fragment, which browsers do not send to servers.
func (a *App) signInLink(token string) string { return a.origin() + "/sign-in#link=" + token }

func (a *App) printLink(ctx context.Context, s *session, who account.Account) error {
	token, err := a.Accounts.MakeLink(ctx, system, who.ID, account.LinkOptions{TTL: linkTime})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.out, "%s signs in once, within 24 hours, with:\n%s\n", who.Name, a.signInLink(token))
	return err
}
