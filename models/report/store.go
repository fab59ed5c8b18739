package report

import (
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/store"
)

const (
	rollUps   = "rollups"
	months    = "month_rollups"
	summaries = "summaries"
	heads     = "report_heads"

	headID = "rollups"

	byDate       = "date"
	byVenueDate  = "venue_date"
	byMonth      = "month"
	byVenueMonth = "venue_month"
	byPeriod     = "period"
)

// Collections declares what the bureau keeps.
func Collections() []store.Collection {
	return []store.Collection{
		{Name: rollUps, Indexes: []store.Index{
			{Name: byDate, Fields: []string{"date"}},
			{Name: byVenueDate, Fields: []string{"venue", "date"}},
		}},
		{Name: months, Indexes: []store.Index{
			{Name: byMonth, Fields: []string{"month"}},
			{Name: byVenueMonth, Fields: []string{"venue", "month"}},
		}},
		{Name: summaries, Indexes: []store.Index{{Name: byPeriod, Fields: []string{"period", "from"}}}},
		{Name: heads},
	}
}

// head counts the changes to roll-ups. Every writer of a roll-up replaces it, so whoever remembers something merged
// from roll-ups, in any instance, knows by one small read whether it still is right.
type head struct {
	ID       string `bson:"_id"`
	Revision int64  `bson:"rev"`
}

func headRevision(tx store.Tx) (int64, error) {
	var raw bson.Raw
	err := tx.Get(heads, headID, &raw)
	if fault.Is(err, fault.NotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("read the change number of roll-ups: %w", err)
	}
	n, _ := raw.Lookup("rev").AsInt64OK()
	return n, nil
}

func nextHead(tx store.Tx) error {
	rev, err := headRevision(tx)
	if err != nil {
		return err
	}
	return put(tx, heads, headID, head{ID: headID, Revision: rev + 1})
}

// put writes the document whether or not there is one with its id.
func put(tx store.Tx, collection, id string, doc any) error {
	var old bson.Raw
	err := tx.Get(collection, id, &old)
	switch {
	case fault.Is(err, fault.NotFound):
		err = tx.Insert(collection, doc)
	case err == nil:
		err = tx.Replace(collection, doc)
	}
	if err != nil {
		return fmt.Errorf("write %s %s: %w", collection, id, err)
	}
	return nil
}

// rollUpsOf lists a venue's roll-ups from a date on and before another, in order.
func rollUpsOf(tx store.Tx, venue string, from, before civil.Date) ([]RollUp, error) {
	return store.All[RollUp](tx, rollUps, between(byDate, byVenueDate, venue, from, before))
}

// monthsOf lists the month roll-ups of a venue, or of all, whose months begin from a date on and before another.
func monthsOf(tx store.Tx, venue string, from, before civil.Date) ([]monthRollUp, error) {
	return store.All[monthRollUp](tx, months, between(byMonth, byVenueMonth, venue, from, before))
}

// between selects dates of one venue, or of all when it is "".
func between(all, one, venue string, from, before civil.Date) store.Query {
	q := store.Query{Index: all, From: from.String(), Before: before.String()}
	if venue != "" {
		q.Index, q.Equal = one, []any{venue}
	}
	return q
}
