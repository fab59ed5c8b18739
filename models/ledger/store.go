package ledger

import (
	"encoding/binary"
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
	return revisionOf(raw), nil
}

func revisionOf(raw bson.Raw) int64 {
	rev, _ := raw.Lookup("rev").AsInt64OK()
	return rev
}

// AppendRevisions appends to b, for comparison, which of the dates from first to last have sheets and their revisions.
func AppendRevisions(b []byte, tx store.Tx, venue string, first, last civil.Date) ([]byte, error) {
	err := eachSheet(tx, venue, first, last, func(raw bson.Raw) error {
		b = appendRevision(b, raw)
		return nil
	})
	return b, err
}

// AppendRevisionsOn appends to b the venues that have a sheet on the date, with its revision.
func AppendRevisionsOn(b []byte, tx store.Tx, date civil.Date) ([]byte, error) {
	err := tx.Find(sheets, store.Query{Index: byDate, Equal: []any{date.String()}}, func(raw bson.Raw) (bool, error) {
		b = appendRevision(b, raw)
		return true, nil
	})
	if err != nil {
		return nil, fmt.Errorf("read sheets on %s: %w", date, err)
	}
	return b, nil
}

func appendRevision(b []byte, raw bson.Raw) []byte {
	id, _ := raw.Lookup("_id").StringValueOK()
	b = append(b, id...)
	return binary.LittleEndian.AppendUint64(append(b, 0), uint64(revisionOf(raw)))
}

func eachSheet(tx store.Tx, venue string, first, last civil.Date, each func(bson.Raw) error) error {
	q := store.Query{From: SheetID(venue, first), Before: SheetID(venue, last+1)}
	err := tx.Find(sheets, q, func(raw bson.Raw) (bool, error) { return true, each(raw) })
	if err != nil {
		return fmt.Errorf("read sheets of %s from %s to %s: %w", venue, first, last, err)
	}
	return nil
}

// Each walks over all sheets, by venue and date, a page at a time.
func Each(tx store.Tx, each func(Sheet) error) error {
	for after := ""; ; {
		page, next, err := store.Page[Sheet](tx, sheets, store.Query{After: after, Limit: 200})
		if err != nil {
			return fmt.Errorf("read sheets: %w", err)
		}
		for _, s := range page {
			if err := each(s); err != nil {
				return err
			}
		}
		if next == "" {
			return nil
		}
		after = next
	}
}
