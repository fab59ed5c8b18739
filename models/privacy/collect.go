package privacy

import (
	"fmt"
	"time"

	"wenguan/models/account"
	"wenguan/models/audit"
	"wenguan/models/booking"
	"wenguan/models/fault"
	"wenguan/models/store"
	"wenguan/models/venue"
)

// copyPage is how much of a list is read at once. A copy is complete: it has no more pages.
const copyPage = 500

// step collects one kind of thing into a copy.
type step = func(tx store.Tx, who account.Account) error

func copyPerson(a account.Account) PersonCopy {
	p := PersonCopy{
		ID: a.ID, Name: a.Name, Phone: a.Phone, Email: a.Email, Group: a.Group, Language: a.Language,
		Note: a.Note, CreatedAt: a.CreatedAt, LastUsed: a.SeenAt, Consent: a.Consent,
	}
	p.BirthYear, p.BirthAttested = a.Born()
	if a.Identity != nil {
		p.IdentityEnds, p.IdentityAt = a.Identity.Last4, &a.Identity.At
	}
	for _, g := range a.Grants {
		p.Roles = append(p.Roles, RoleCopy{g.Role, g.Areas, g.Venues, g.GivenAt, g.Ends})
	}
	return p
}

func (c *Copy) family(o *Office) step {
	return func(tx store.Tx, who account.Account) error {
		list, err := o.Accounts.FamilyOf(tx, who.ID)
		for _, a := range list {
			c.Family = append(c.Family, copyPerson(a))
		}
		return err
	}
}

func (c *Copy) memberships(o *Office) step {
	return func(tx store.Tx, who account.Account) error {
		for _, m := range who.Members {
			name, err := o.nameOf(tx, m.Organization)
			if err != nil {
				return err
			}
			c.Organizations = append(c.Organizations, MemberCopy{name, m.Role})
		}
		return nil
	}
}

// bookings collects those of the person and, after family, of their family.
func (c *Copy) bookings(o *Office) step {
	return func(tx store.Tx, who account.Account) error {
		holders := []string{who.ID}
		for _, f := range c.Family {
			holders = append(holders, f.ID)
		}
		for _, holder := range holders {
			for after := ""; ; {
				page, next, err := o.Desk.All(tx, holder, copyPage, after)
				if err != nil {
					return err
				}
				for i := range page {
					if err := c.booking(tx, o, &page[i]); err != nil {
						return err
					}
				}
				if after = next; after == "" {
					break
				}
			}
		}
		return nil
	}
}

func (c *Copy) booking(tx store.Tx, o *Office, b *booking.Booking) error {
	v, err := o.Desk.Venues.In(tx, b.Venue)
	if err != nil {
		return fmt.Errorf("the venue of booking %s: %w", b.ID, err)
	}
	zone, space := v.Location(), venue.Text{ZH: b.Space}
	if len(b.Assigned) == 1 {
		space.ZH = b.Assigned[0]
	}
	if s, ok := v.FindSpace(space.ZH); ok {
		space = s.Name
	}
	c.Bookings = append(c.Bookings, BookingCopy{
		ID: b.ID, Number: b.Number, For: b.HolderName, Venue: v.Name, Space: space, Start: b.Start.In(zone), End: b.End.In(zone),
		Party: b.Party, Purpose: b.Purpose, State: b.State, ByStaff: b.ByStaff, Reason: b.Reason, MadeAt: b.Made.In(zone),
		CheckInAt: in(b.InAt, zone), CheckOutAt: in(b.OutAt, zone),
	})
	return nil
}

func in(t *time.Time, zone *time.Location) *time.Time {
	if t == nil {
		return nil
	}
	there := t.In(zone)
	return &there
}

func (c *Copy) looks(o *Office) step {
	return func(tx store.Tx, who account.Account) error {
		for after := ""; ; {
			list, next, err := o.looksAt(tx, who.ID, copyPage, after)
			if err != nil {
				return err
			}
			c.Looks = append(c.Looks, list...)
			if after = next; after == "" {
				return nil
			}
		}
	}
}

// looksAt is a page of who looked at somebody's data, latest first. Of staff nothing is shown but their name and role.
func (o *Office) looksAt(tx store.Tx, whose string, limit int, after string) ([]LookCopy, string, error) {
	page, next, err := audit.LooksAt(tx, whose, limit, after)
	if err != nil {
		return nil, "", err
	}
	list := make([]LookCopy, len(page))
	for i, l := range page {
		list[i] = LookCopy{At: l.At, Why: l.Why, What: l.What, Venue: l.Venue}
		a, err := o.Accounts.Of(tx, l.Who)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return nil, "", err
		}
		list[i].Who = a.Name
		if len(a.Grants) > 0 {
			list[i].Role = a.Grants[0].Role
		}
	}
	return list, next, nil
}

func (c *Copy) sessions(o *Office) step {
	return func(tx store.Tx, who account.Account) error {
		list, err := o.Accounts.SessionsIn(tx, who.ID)
		for _, s := range list {
			c.Sessions = append(c.Sessions, SessionCopy{s.Means, s.Device, s.Made, s.Used})
		}
		return err
	}
}

func (c *Copy) notices(o *Office) step {
	return func(tx store.Tx, who account.Account) error {
		for _, address := range []string{who.Phone, who.Email} {
			list, err := o.Notices.WaitingFor(tx, address)
			if err != nil {
				return err
			}
			c.Notices = append(c.Notices, list...)
		}
		return nil
	}
}

func (c *Copy) parts(o *Office) step {
	return func(tx store.Tx, who account.Account) error {
		for _, p := range o.Parts {
			if p.Copy == nil {
				continue
			}
			more, err := p.Copy(tx, who)
			if err != nil {
				return fmt.Errorf("%s: %w", p.Name, err)
			}
			if more != nil {
				c.More[p.Name] = more
			}
		}
		return nil
	}
}

// nameOf is the name of an account, "" of one that is gone.
func (o *Office) nameOf(tx store.Tx, id string) (string, error) {
	a, err := o.Accounts.Of(tx, id)
	if fault.Is(err, fault.NotFound) {
		return "", nil
	}
	return a.Name, err
}
