package venue

import (
	"slices"

	"wenguan/models/account"
	"wenguan/models/audit"
	"wenguan/models/civil"
	"wenguan/models/store"
)

// audited records what a save changed of a venue, field by field; old is nil for a new one.
func audited(tx store.Tx, actor account.Actor, old, next *record) error {
	entry := actor.Entry("venue.saved", "venue/"+next.ID)
	entry.Chain = next.ID
	var before any
	if old == nil {
		entry.Action = "venue.created"
	} else {
		before = old.Venue
	}
	was, is, err := audit.Changes(before, next.Venue)
	if err != nil {
		return err
	}
	for _, noise := range []string{"Revision", "UpdatedAt"} {
		delete(was, noise)
		delete(is, noise)
	}
	if old != nil {
		entry.Before = was
	}
	entry.After = is
	return audit.Append(tx, next.UpdatedAt, entry)
}

// auditedHolidays records the days that left the calendar and those that came into it.
func auditedHolidays(tx store.Tx, actor account.Actor, old, next calendarRecord) error {
	without := func(days, others []civil.Holiday) []civil.Holiday {
		return slices.DeleteFunc(slices.Clone(days), func(d civil.Holiday) bool { return slices.Contains(others, d) })
	}
	entry := actor.Entry("holidays.saved", "holidays")
	entry.Before = map[string]any{"days": without(old.Days, next.Days)}
	entry.After = map[string]any{"days": without(next.Days, old.Days)}
	return audit.Append(tx, next.At, entry)
}
