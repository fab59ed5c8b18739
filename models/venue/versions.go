package venue

import (
	"context"
	"fmt"
	"time"

	"wenguan/models/fault"
	"wenguan/models/store"
)

// RuleVersion is a rule book that the venue or one of its spaces has or had.
type RuleVersion struct {
	Rules *Rules
	Saved time.Time
}

// RuleVersions are the newest rule books of the venue and its spaces, the newest first, at most so many; fault.NotFound
// "venue_not_found".
func (c *Catalog) RuleVersions(ctx context.Context, venueID string, most int) (out []RuleVersion, err error) {
	err = c.store.View(ctx, func(tx store.Tx) error {
		out = nil
		var r record
		if err := tx.Get(venues, venueID, &r); fault.Is(err, fault.NotFound) {
			return fault.New(fault.NotFound, "venue_not_found", "There is no such venue.")
		} else if err != nil {
			return fmt.Errorf("read venue %s: %w", venueID, err)
		}
		for n := max(r.Rulings, r.Rules.Version); n > 0 && len(out) < most; n-- {
			var kept ruleVersion
			if err := tx.Get(ruleVersions, ruleVersionID(venueID, n), &kept); fault.Is(err, fault.NotFound) {
				continue
			} else if err != nil {
				return fmt.Errorf("read rules %s: %w", ruleVersionID(venueID, n), err)
			}
			out = append(out, RuleVersion{&kept.Rules, kept.At})
		}
		return nil
	})
	return out, err
}
