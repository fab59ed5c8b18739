package booking

import (
	"context"
	"fmt"
	"time"

	"wenguan/models/account"
	"wenguan/models/audit"
	"wenguan/models/fault"
	"wenguan/models/rule"
	"wenguan/models/store"
)

// Standing is what somebody's violations have come to, as far as the one who asks may see it. Its moments are read on
// the clocks of Zone.
type Standing struct {
	rule.Standing
	Holder  string
	At      time.Time
	Zone    *time.Location
	Details map[string]StrikeDetail // by violation
}

// StrikeDetail is what else there is to say of a violation.
type StrikeDetail struct {
	Reason     string         // of one that staff wrote down
	Pardoned   string         // what staff said when they took it back
	Appealed   bool           // an appeal waits for an answer
	Appealable bool           // the holder may appeal it now
	EarnBack   *rule.EarnBack // nil: it cannot be earned back
	Refusal    *fault.Error   // why it cannot be earned back now, nil if it can
}

// Standing is the standing of a holder, "" for the actor: theirs, their family's, that of an organization they book for.
// fault.Forbidden "for_not_permitted" for anybody else's.
func (d *Desk) Standing(ctx context.Context, actor account.Actor, holder string) (s Standing, err error) {
	if err := actor.Check(account.BookForSelf, ""); err != nil {
		return s, err
	}
	if holder == "" {
		holder = actor.ID
	}
	if !actor.BooksFor(holder) {
		return s, notTheirs()
	}
	err = d.store.View(ctx, func(tx store.Tx) error {
		s, err = d.standingOf(tx, holder, "")
		return err
	})
	return s, err
}

// StandingAt is what somebody did at the venue, for staff who book for others or edit the venue; that they looked is
// recorded. Of who is unknown nothing is known.
func (d *Desk) StandingAt(ctx context.Context, actor account.Actor, venue, holder string) (s Standing, err error) {
	if !works(actor, venue) {
		return s, actor.Check(account.BookForOthers, venue)
	}
	err = d.store.Update(ctx, func(tx store.Tx) error {
		if s, err = d.standingOf(tx, holder, venue); err != nil {
			return err
		}
		return d.Accounts.Saw(tx, actor, audit.Look{Whose: holder, Why: "standing", What: "standing", Venue: venue})
	})
	return s, err
}

// standingOf reads the standing, of one venue if that is named.
func (d *Desk) standingOf(tx store.Tx, holder, venue string) (s Standing, err error) {
	var here *place
	if venue != "" {
		if here, err = d.placeIn(tx, venue); err != nil {
			return s, err
		}
	}
	h, err := d.holderNow(tx, holder)
	if err != nil {
		return s, err
	}
	now := d.now()
	j, err := d.judge(tx, here, h, now)
	if err != nil {
		return s, fmt.Errorf("judge %s: %w", holder, err)
	}
	return j.shown(h, venue, now), nil
}

// shown is the standing with its details, of one venue if that is named.
func (j *judged) shown(h *holder, venue string, now time.Time) Standing {
	out := Standing{Holder: h.ID, At: now, Zone: j.zone, Standing: j.Standing, Details: map[string]StrikeDetail{}}
	for i := range j.Strikes {
		k := &j.Strikes[i]
		out.Details[k.Violation] = j.detail(h, k, now, out.Details[k.Violation])
	}
	if venue == "" {
		return out
	}
	all := out.Standing
	out.Standing = all.Only(func(w rule.Where) bool { return w.Venue == venue })
	return out
}

// detail adds to what is known of a violation what one rule that counts it says.
func (j *judged) detail(h *holder, k *rule.Strike, now time.Time, d StrikeDetail) StrikeDetail {
	d.Appealed = h.Past.appealed(k.Violation)
	d.Appealable = (d.Appealable || k.State == rule.StrikeActive || k.State == rule.StrikeUsed) && !d.Appealed
	if v := h.Past.violation(k.Violation); v != nil {
		d.Reason = v.Why
	}
	for _, p := range h.Past.Pardons {
		if p.Violation == k.Violation {
			d.Pardoned = p.Why
		}
	}
	if book := j.books[k.Violation]; book != nil && book.EarnBack != nil {
		d.EarnBack = book.EarnBack
		d.Refusal = rule.MayEarnBack(book, j.zone, j.record, &j.Standing, k.Violation, now)
	}
	return d
}
