package organization

import (
	"maps"
	"slices"

	"wenguan/models/account"
	"wenguan/models/fault"
	"wenguan/models/notice"
	"wenguan/models/store"
)

var system = account.Actor{System: true}

// expired writes down that a verification has run out, and tells the owners.
func (r *Register) expired(tx store.Tx, o Organization) error {
	if err := r.record(tx, system, o, "organization.expired", nil, map[string]any{"state": o.State}); err != nil {
		return err
	}
	return r.tellOwners(tx, o, notice.OrganizationExpired, nil)
}

func (r *Register) tellDecision(tx store.Tx, o Organization, verdict Event) error {
	switch verdict {
	case Verify:
		return r.tellOwners(tx, o, notice.OrganizationVerified, map[string]string{"until": r.lastDayOf(o)})
	case Withdraw:
		return r.tellOwners(tx, o, notice.OrganizationWithdrawn, map[string]string{"reason": o.Reason})
	default:
		return r.tellOwners(tx, o, notice.OrganizationRefused, map[string]string{"reason": o.Reason})
	}
}

// tellOwners puts a notice for every owner who can be reached, but not for those in except.
func (r *Register) tellOwners(tx store.Tx, o Organization, template string, params map[string]string, except ...string) error {
	for _, owner := range o.Owners() {
		if slices.Contains(except, owner) {
			continue
		}
		if err := r.tell(tx, o, owner, template, params); err != nil {
			return err
		}
	}
	return nil
}

// tell puts a notice for one person. Somebody whose account is gone is not told.
func (r *Register) tell(tx store.Tx, o Organization, person, template string, params map[string]string) error {
	who, err := r.accounts.Of(tx, person)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	all := map[string]string{"organization": o.ShownName()}
	maps.Copy(all, params)
	return r.outbox.Put(tx, notice.Notice{
		To: r.outbox.Reachable(who.Phone, who.Email), Language: who.Language, Template: template, Params: all,
	})
}
