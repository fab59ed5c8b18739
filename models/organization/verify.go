package organization

import (
	"context"
	"time"

	"wenguan/models/account"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/notice"
	"wenguan/models/store"
)

// A verification lasts a year unless staff say otherwise, and three at most. Owners are told before it ends.
const (
	maxYears   = 3
	warnBefore = 30 * 24 * time.Hour
)

// Decision is what staff decide about a registration.
type Decision struct {
	Revision int64      // of the copy they looked at
	Verdict  Event      // Verify, Refuse or Withdraw
	Reason   string     // for the owners; needed unless it is Verify
	Until    civil.Date // the last day of a verification; 0: a year from today
}

// Decide verifies, refuses or withdraws, and tells the owners. Needs VerifyOrganizations for the whole district. Staff
// do not decide about an organization they are members of (Forbidden "own_organization"). Faults: "revision_changed",
// "not_submitted", "not_verified", "code_taken" (Conflict), "verdict_unknown", "reason_needed", "until_range" (Invalid).
func (r *Register) Decide(ctx context.Context, actor account.Actor, id string, d Decision) (Organization, error) {
	if err := actor.Check(account.VerifyOrganizations, ""); err != nil {
		return Organization{}, err
	}
	step, err := r.step(actor, d)
	if err != nil {
		return Organization{}, err
	}
	var decided Organization
	err = r.store.Update(ctx, func(tx store.Tx) error {
		o, stored, err := r.read(tx, id)
		switch {
		case err != nil:
			return err
		case o.RoleOf(actor.ID) != "":
			return fault.New(fault.Forbidden, "own_organization", "You are a member of this organization; somebody else has to decide.")
		case o.Revision != d.Revision:
			return errRevision(o.Revision)
		}
		if err := o.allowed(d.Verdict, r.now()); err != nil {
			return err
		}
		before := map[string]any{"state": o.State, "until": r.lastDayOf(o)}
		o = o.after(d.Verdict, step)
		after := map[string]any{"state": o.State, "until": r.lastDayOf(o)}
		if err := r.record(tx, actor, o, "organization."+string(d.Verdict), before, after); err != nil {
			return err
		}
		if decided, err = r.save(tx, stored, o); err != nil {
			return err
		}
		return r.tellDecision(tx, decided, d.Verdict)
	})
	return decided, wrapped("decide about an organization", err)
}

// step checks what does not depend on the registration.
func (r *Register) step(actor account.Actor, d Decision) (Step, error) {
	s := Step{At: r.now(), By: actor.ID}
	reason, err := cleanText(d.Reason, "reason", maxReason)
	switch {
	case err != nil:
		return s, err
	case d.Verdict != Verify && d.Verdict != Refuse && d.Verdict != Withdraw:
		return s, fault.New(fault.Invalid, "verdict_unknown", "Verify, refuse or withdraw.").On("decision")
	case d.Verdict != Verify && reason == "":
		return s, fault.New(fault.Invalid, "reason_needed", "Say why, so that the owners can mend it.").On("reason")
	}
	s.Reason = reason
	if d.Verdict != Verify {
		return s, nil
	}
	today := civil.DateOf(s.At, r.zone)
	last := d.Until
	if last == 0 {
		last = Years(today, 1)
	}
	if latest := Years(today, maxYears); last <= today || last > latest {
		return s, fault.New(fault.Invalid, "until_range", "A verification ends between tomorrow and %s.", latest).
			On("until").With("latest", latest.String())
	}
	until := last.Add(1).Start(r.zone).UTC()
	s.Until = &until
	return s, nil
}

// Years is the same day so many years later; 29 February becomes 1 March.
func Years(d civil.Date, years int) civil.Date {
	year, month, day := d.Civil()
	return civil.NewDate(year+years, month, day)
}

// LastDay is the last day on which the verification counts, 0 for none.
func (r *Register) LastDay(until *time.Time) civil.Date {
	if until == nil {
		return 0
	}
	return civil.DateOf(until.Add(-time.Second), r.zone)
}

// Queue is a list of registrations for staff.
type Queue string

// The queues.
const (
	Waiting   Queue = "submitted" // those that wait longest first
	InForce   Queue = "verified"
	Expiring  Queue = "expiring" // verified, and the owners have been or will be warned; those that end first first
	WasRefuse Queue = "refused"
	RanOut    Queue = "expired"
	Unsent    Queue = "draft"
)

// List is a page of a queue. Needs VerifyOrganizations. Nothing personal is in it: pages show name, code and kind.
func (r *Register) List(ctx context.Context, actor account.Actor, q Queue, limit int, after string) (list []Organization, next string, err error) {
	if err := actor.Check(account.VerifyOrganizations, ""); err != nil {
		return nil, "", err
	}
	query := store.Query{Index: byState, Equal: []any{string(q)}, Desc: q != Waiting, Limit: limit, After: after}
	if q == Expiring {
		query = store.Query{Index: byUntil, From: r.now().Add(time.Millisecond), Before: r.now().Add(warnBefore), Limit: limit, After: after}
	}
	err = r.store.View(ctx, func(tx store.Tx) (err error) {
		list, next, err = store.Page[Organization](tx, organizations, query)
		return err
	})
	for i := range list {
		list[i] = list[i].at(r.now())
	}
	return list, next, wrapped("list registrations", err)
}

// Sweep ends verifications that have run out and warns the owners of those that end within 30 days. It returns how many
// registrations it wrote. It can run as often as one likes.
func (r *Register) Sweep(ctx context.Context) (int, error) {
	written, after := 0, ""
	for {
		var page []Organization
		query := store.Query{Index: byUntil, Before: r.now().Add(warnBefore), Limit: 100, After: after}
		err := r.store.View(ctx, func(tx store.Tx) (err error) {
			page, after, err = store.Page[Organization](tx, organizations, query)
			return err
		})
		if err != nil {
			return written, wrapped("sweep organizations", err)
		}
		for _, o := range page {
			did, err := r.sweepOne(ctx, o.ID)
			if err != nil {
				return written, wrapped("sweep organization "+o.ID, err)
			}
			written += did
		}
		if after == "" {
			return written, nil
		}
	}
}

func (r *Register) sweepOne(ctx context.Context, id string) (did int, err error) {
	err = r.store.Update(ctx, func(tx store.Tx) error {
		did = 0
		o, stored, err := r.read(tx, id)
		if fault.Is(err, fault.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		warn := o.Until != nil && !o.Warned && o.Until.Before(r.now().Add(warnBefore))
		if over := stored.Until != nil && o.Until == nil; !over && !warn {
			return nil
		}
		if warn {
			o.Warned = true
			if err := r.tellOwners(tx, o, notice.OrganizationExpiring, map[string]string{"until": r.LastDay(o.Until).String()}); err != nil {
				return err
			}
		}
		did = 1
		_, err = r.save(tx, stored, o)
		return err
	})
	return did, err
}

func (r *Register) lastDayOf(o Organization) string {
	if o.Until == nil {
		return ""
	}
	return r.LastDay(o.Until).String()
}
