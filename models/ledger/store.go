package ledger

import (
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/store"
)

const (
	sheets   = "sheets"
	byDirty  = "dirty"
	byDate   = "date"
	maxDirty = 10_000
)

// Collections declares what the ledger keeps.
func Collections() []store.Collection {
	return []store.Collection{{Name: sheets, Indexes: []store.Index{
		{Name: byDirty, Fields: []string{"dirty", "date"}},
		{Name: byDate, Fields: []string{"date", "venue"}},
	}}}
}

// DirtyDay is a day changed since its last roll-up, and the revision it has now.
type DirtyDay struct {
	Venue    string     `bson:"venue"`
	Date     civil.Date `bson:"date"`
	Revision int64      `bson:"rev"`
}

// DirtyDays lists the days before the date that changed since their last roll-up, oldest first, at most ten thousand.
func DirtyDays(tx store.Tx, before civil.Date) ([]DirtyDay, error) {
	return store.All[DirtyDay](tx, sheets, store.Query{
		Index: byDirty, Equal: []any{true}, Before: before.String(), Limit: maxDirty,
	})
}

// Clean says that the day was rolled up as of the revision. It does nothing if the day changed since, or has no sheet.
// It leaves the revision as it is: what is claimed did not change.
func Clean(tx store.Tx, venue string, date civil.Date, revision int64) error {
	d, err := ReadDay(tx, venue, date, NewAtoms(nil))
	if err != nil {
		return err
	}
	if d.absent || d.Revision != revision || !d.Dirty {
		return nil
	}
	d.Dirty = false
	if err := tx.Replace(sheets, d.encode()); err != nil {
		return fmt.Errorf("clean sheet %s: %w", d.ID, err)
	}
	return nil
}

// Revision is the revision of the day's sheet, 0 when nothing was ever claimed on it.
func Revision(tx store.Tx, venue string, date civil.Date) (int64, error) {
	var raw bson.Raw
	err := tx.Get(sheets, SheetID(venue, date), &raw)
	if fault.Is(err, fault.NotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("read sheet of %s on %s: %w", venue, date, err)
	}
	rev, _ := raw.Lookup("rev").AsInt64OK()
	return rev, nil
}
