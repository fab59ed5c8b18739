package account

import (
	"context"
	"fmt"
	"slices"
	"time"

	"wenguan/models/audit"
	"wenguan/models/fault"
	"wenguan/models/id"
	"wenguan/models/notice"
	"wenguan/models/store"
)

// Give gives somebody a role and returns the grant as it is kept; it counts from their next request on, and they are
// told. Needs ManageRoles, and nobody gives themselves anything ("own_roles", Forbidden). Faults: "grant_role",
// "grant_venues", "grant_place" (no such venue or area), "grant_ends" (it would end before it began), "grants_many",
// "not_a_person" (Invalid); "account_not_found" (NotFound); "last_administrator" (Conflict) for an end to the only one.
func (d *Directory) Give(ctx context.Context, actor Actor, account string, g Grant) (Grant, error) {
	if err := d.mayChange(actor, account); err != nil {
		return g, err
	}
	if err := g.check(); err != nil {
		return g, err
	}
	err := d.store.Update(ctx, func(tx store.Tx) (err error) {
		g, err = d.give(tx, actor, account, g)
		return err
	})
	return g, err
}

// mayChange refuses those who may not change the roles of this account.
func (d *Directory) mayChange(actor Actor, account string) error {
	if err := actor.Check(ManageRoles, ""); err != nil {
		return err
	}
	if actor.ID == account && !actor.System {
		return fault.New(fault.Forbidden, "own_roles", "Another administrator gives you roles.")
	}
	return nil
}

func (d *Directory) give(tx store.Tx, actor Actor, account string, g Grant) (Grant, error) {
	who, err := d.staffOf(tx, account)
	if err != nil {
		return g, err
	}
	g, err = d.signed(tx, actor, g)
	if err != nil {
		return g, err
	}
	if len(who.Grants) == maxGrants {
		return g, fault.New(fault.Invalid, "grants_many", "An account has at most %d grants.", maxGrants).With("max", maxGrants)
	}
	who.Grants = append(slices.Clone(who.Grants), g)
	if err := d.keepGrants(tx, who); err != nil {
		return g, err
	}
	e := actor.Entry("grant.given", "account/"+account)
	e.After = g.told()
	if err := audit.Append(tx, d.now(), e); err != nil {
		return g, err
	}
	return g, d.tell(tx, who, notice.RoleGiven, g, g.Ends)
}

// staffOf is the account of somebody who can be given a role.
func (d *Directory) staffOf(tx store.Tx, account string) (Account, error) {
	who, err := d.Of(tx, account)
	if err != nil {
		return who, err
	}
	if who.ErasedAt != nil {
		return who, errNotFound()
	}
	if who.Kind != Person || who.Guardian != "" {
		return who, fault.New(fault.Invalid, "not_a_person", "Only a person who signs in can have a role.")
	}
	return who, nil
}

// signed is a new grant with its id, its date and who gave it.
func (d *Directory) signed(tx store.Tx, actor Actor, g Grant) (Grant, error) {
	now := d.now()
	if g.ended(now) {
		return g, fault.New(fault.Invalid, "grant_ends", "A role ends after today.").On("until")
	}
	if d.places != nil {
		missing, err := d.places.Missing(tx, g.Venues, g.Areas)
		if err != nil {
			return g, err
		}
		if missing != "" {
			return g, fault.New(fault.Invalid, "grant_place", "There is no venue or area %s.", missing).On("venues").With("place", missing)
		}
	}
	return Grant{
		ID: id.New(now), Role: g.Role, Areas: slices.Clone(g.Areas), Venues: slices.Clone(g.Venues), Ends: g.Ends, GivenAt: now, GivenBy: actor.ID,
	}, nil
}

// Take takes a grant from somebody, who is told; it does not count from their next request on. Whoever takes their own
// needs nobody's help. Needs ManageRoles; "grant_not_found" (NotFound), "last_administrator" (Conflict).
func (d *Directory) Take(ctx context.Context, actor Actor, account, grant string) error {
	if err := actor.Check(ManageRoles, ""); err != nil {
		return err
	}
	return d.store.Update(ctx, func(tx store.Tx) error {
		who, err := d.Of(tx, account)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(who.Grants, func(g Grant) bool { return g.ID == grant && grant != "" })
		if at < 0 {
			return fault.New(fault.NotFound, "grant_not_found", "They do not have this role any more.")
		}
		return d.drop(tx, actor, who, at, "grant.taken", notice.RoleTaken)
	})
}

// drop takes the grant at this place from the account, for the audit and its holder by these words; no template tells
// nobody.
func (d *Directory) drop(tx store.Tx, actor Actor, who Account, at int, action, template string) error {
	g := who.Grants[at]
	who.Grants = slices.Delete(slices.Clone(who.Grants), at, at+1)
	if err := d.keepGrants(tx, who); err != nil {
		return err
	}
	if err := d.EndStaffSessions(tx, who.ID, actor.Session); err != nil {
		return err
	}
	e := actor.Entry(action, "account/"+who.ID)
	e.Before = g.told()
	if err := audit.Append(tx, d.now(), e); err != nil || template == "" {
		return err
	}
	return d.tell(tx, who, template, g, nil)
}

func (d *Directory) keepGrants(tx store.Tx, who Account) error {
	if err := tx.Replace(accounts, who); err != nil {
		return err
	}
	return recordAdministrator(tx, who)
}

// told is a grant as the audit keeps it.
func (g Grant) told() map[string]any {
	told := map[string]any{"id": g.ID, "role": g.Role}
	if len(g.Areas) > 0 {
		told["areas"] = g.Areas
	}
	if len(g.Venues) > 0 {
		told["venues"] = g.Venues
	}
	if g.Ends != nil {
		told["ends"] = g.Ends.UTC().Format(time.RFC3339)
	}
	return told
}

// tell puts a notice about a grant into the outbox. Who has no address is told nothing.
func (d *Directory) tell(tx store.Tx, to Account, template string, g Grant, date *time.Time) error {
	return d.tellOf(tx, to, template, to, g, date)
}

// tellOf is tell about the grant of somebody else.
func (d *Directory) tellOf(tx store.Tx, to Account, template string, of Account, g Grant, date *time.Time) error {
	n := notice.Notice{To: d.outbox.Reachable(to.Phone, to.Email), Language: to.Language, Template: template, Params: map[string]string{
		"name": of.Called(), "role": roleNames[to.Language == "en"][g.Role],
	}}
	if date != nil {
		n.Params["date"] = d.lastDay(*date)
	}
	if n.To == "" {
		return nil
	}
	if err := d.outbox.Put(tx, n); err != nil {
		return fmt.Errorf("tell %s of a role: %w", to.ID, err)
	}
	return nil
}

// lastDay is the last day before this moment, by the district's clock.
func (d *Directory) lastDay(end time.Time) string {
	zone := d.zone
	if zone == nil {
		zone = time.UTC
	}
	return end.Add(-time.Nanosecond).In(zone).Format(time.DateOnly)
}

// roleNames are the roles in words, in Chinese and (true) in English.
var roleNames = map[bool]map[Role]string{
	false: {Attendant: "门岗", Counter: "服务台", Manager: "场馆管理员", Officer: "文旅干部", Auditor: "审计员", Administrator: "系统管理员",
		Door: "门口设备", Kiosk: "自助签到机", Display: "信息屏"},
	true: {Attendant: "attendant", Counter: "counter staff", Manager: "manager", Officer: "officer", Auditor: "auditor",
		Administrator: "administrator", Door: "door", Kiosk: "kiosk", Display: "display"},
}

// NameOf is a role in words, in "zh-CN" or "en".
func NameOf(role Role, language string) string { return roleNames[language == "en"][role] }
