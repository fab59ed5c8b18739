package account

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"wenguan/models/fault"
	"wenguan/models/store"
)

// A grant lapses when nobody has worked with it for a year; its holder and the administrators are told a month before.
const (
	GrantLife    = 365 * 24 * time.Hour
	grantWarning = 30 * 24 * time.Hour
)

// maxGrants, maxVenues and maxAreas bound what one account can hold.
const (
	maxGrants = 20
	maxVenues = 500
	maxAreas  = 100
)

// Places knows the venues of the district, which this package does not.
type Places interface {
	// InAreas lists the ids of the venues of these areas.
	InAreas(tx store.Tx, areas []string) ([]string, error)
	// Missing returns the first of these that there is not, "" if all exist.
	Missing(tx store.Tx, venues, areas []string) (string, error)
}

// SetDistrict says which venues there are, and by whose wall clock people are told dates. Call it before the directory
// is used; without it areas have no venues and dates are UTC.
func (d *Directory) SetDistrict(places Places, zone *time.Location) { d.places, d.zone = places, zone }

// LastUsed is when the grant was last worked with, or given.
func (g Grant) LastUsed() time.Time {
	if g.UsedAt.After(g.GivenAt) {
		return g.UsedAt
	}
	return g.GivenAt
}

// LapsesAt is when the grant lapses unless it is used before; the zero time for one from before grants had a date.
func (g Grant) LapsesAt() time.Time {
	if g.LastUsed().IsZero() {
		return time.Time{}
	}
	return g.LastUsed().Add(GrantLife)
}

func (g Grant) ended(now time.Time) bool { return g.Ends != nil && !now.Before(*g.Ends) }

// overdue reports whether the grant has been unused for so long that it lapses.
func (g Grant) overdue(now time.Time) bool {
	return !g.LapsesAt().IsZero() && !now.Before(g.LapsesAt())
}

// lasting reports whether the grant makes an administrator who stays one: without an end, and not by the word of a
// provider, which may take it back at any time.
func (g Grant) lasting() bool {
	return g.Role == Administrator && g.Ends == nil && g.GivenBy != GivenByProvider
}

// passing reports whether the grant makes an administrator for a time.
func (g Grant) passing() bool {
	return g.Role == Administrator && g.Ends != nil && g.GivenBy != GivenByProvider
}

// checkGrants refuses grants that say nothing or too much: everybody is a resident already, and an administrator is one
// everywhere.
func checkGrants(grants []Grant) error {
	if len(grants) > maxGrants {
		return fault.New(fault.Invalid, "grants_many", "An account has at most %d grants.", maxGrants).On("grants").With("max", maxGrants)
	}
	for i, g := range grants {
		if err := g.check(); err != nil {
			return err.On(fmt.Sprintf("grants[%d].%s", i, err.Field))
		}
	}
	return nil
}

// check is the fault of a grant with its field, nil if there is none.
func (g Grant) check() *fault.Error {
	switch g.Role {
	case Attendant, Counter, Manager, Officer, Auditor:
	case Administrator:
		if !g.district() {
			return fault.New(fault.Invalid, "grant_venues", "An administrator is one for the whole district.").On("venues")
		}
	default:
		return fault.New(fault.Invalid, "grant_role", "A grant makes somebody one of the staff.").On("role")
	}
	blank := func(place string) bool { return strings.TrimSpace(place) == "" }
	if len(g.Venues) > maxVenues || len(g.Areas) > maxAreas || slices.ContainsFunc(g.Venues, blank) || slices.ContainsFunc(g.Areas, blank) {
		return fault.New(fault.Invalid, "grant_venues", "A grant names at most %d venues and %d areas.", maxVenues, maxAreas).
			On("venues").With("max", maxVenues)
	}
	return nil
}

// grantsNow are the grants of an account that count at this moment, with the venues of their areas.
func (d *Directory) grantsNow(tx store.Tx, who Account, now time.Time) ([]Grant, error) {
	var grants []Grant
	for _, g := range who.Grants {
		counts, err := d.counts(tx, who.ID, g, now)
		if err != nil {
			return nil, err
		}
		if !counts {
			continue
		}
		if len(g.Areas) > 0 && d.places != nil {
			there, err := d.places.InAreas(tx, g.Areas)
			if err != nil {
				return nil, fmt.Errorf("venues of %d areas: %w", len(g.Areas), err)
			}
			g.Venues = append(slices.Clone(g.Venues), there...)
		}
		grants = append(grants, g)
	}
	return grants, nil
}

// counts reports whether a grant is neither ended nor lapsed. That of the last administrator does not lapse.
func (d *Directory) counts(tx store.Tx, account string, g Grant, now time.Time) (bool, error) {
	if g.ended(now) {
		return false, nil
	}
	if !g.overdue(now) {
		return true, nil
	}
	if !g.lasting() {
		return false, nil
	}
	last, err := d.lastAdministrator(tx)
	return last == account, err
}

// lastAdministrator is the account of the lasting administrator who worked as one last: the one who would be left if all
// of them lapsed.
func (d *Directory) lastAdministrator(tx store.Tx) (string, error) {
	list, err := listAdministrators(tx)
	if err != nil {
		return "", err
	}
	var last string
	var used time.Time
	for _, id := range list.Accounts {
		who, err := d.Of(tx, id)
		if err != nil {
			return "", fmt.Errorf("administrator %s: %w", id, err)
		}
		for _, g := range who.Grants {
			if g.lasting() && (last == "" || g.LastUsed().After(used)) {
				last, used = id, g.LastUsed()
			}
		}
	}
	return last, nil
}

// use notes that an account works with the grants it has in force: at most once a day, so that requests do not write.
func (d *Directory) use(tx store.Tx, id string, now time.Time) error {
	who, err := d.Of(tx, id)
	if err != nil {
		return err
	}
	who.Grants = slices.Clone(who.Grants)
	changed := false
	for i, g := range who.Grants {
		counts, err := d.counts(tx, id, g, now)
		if err != nil {
			return err
		}
		if counts && g.stale(now) {
			who.Grants[i].UsedAt, who.Grants[i].WarnedAt, changed = now, time.Time{}, true
		}
	}
	if !changed {
		return nil
	}
	return tx.Replace(accounts, who)
}

// stale reports whether it is time to note again that the grant is used.
func (g Grant) stale(now time.Time) bool { return now.Sub(g.UsedAt) >= 24*time.Hour }
