package venue

import (
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/store"
)

const (
	venues       = "venues"
	heads        = "venue_heads" // one document: how many changes there were
	ruleVersions = "rule_versions"
	photos       = "venue_photos"
	calendars    = "calendars"

	headID     = "venues"
	calendarID = "holidays"
)

// Collections are the collections of this package.
func Collections() []store.Collection {
	return []store.Collection{
		{Name: venues, Indexes: []store.Index{{Name: "by_seq", Fields: []string{"seq"}}}},
		{Name: heads},
		{Name: ruleVersions},
		{Name: photos},
		{Name: calendars},
	}
}

// record is a venue as stored. Seq is the number of the change that wrote it, counted over all venues: it says which
// venues a reader who knows the district as of change n still has to read. Content is the revision of the last save:
// photos that came or went since then do not make an editor's copy old.
type record struct {
	Venue   `bson:",inline"`
	Seq     int64 `bson:"seq"`
	Content int64 `bson:"content"`
	Rulings int32 `bson:"rulings"` // the last version of a rule book that was used
}

// head counts changes to venues, and venues. Every writer of a venue replaces it.
type head struct {
	ID    string `bson:"_id"`
	Rev   int64  `bson:"rev"`
	Count int64  `bson:"count"`
}

// ruleVersion is one version of a rule book of a venue or of one of its spaces, kept for the bookings made under it.
type ruleVersion struct {
	ID      string    `bson:"_id"`
	Venue   string    `bson:"venue"`
	Version int32     `bson:"v"`
	Rules   Rules     `bson:"rules"`
	By      string    `bson:"by"`
	At      time.Time `bson:"at"`
}

type calendarRecord struct {
	ID       string          `bson:"_id"`
	Revision int64           `bson:"rev"`
	Days     []civil.Holiday `bson:"days"`
	By       string          `bson:"by"`
	At       time.Time       `bson:"at"`
}

func ruleVersionID(venue string, version int32) string { return fmt.Sprintf("%s|%d", venue, version) }

// headRev is the number of the last change to any venue as this transaction sees it.
func headRev(tx store.Tx) (int64, error) {
	var raw bson.Raw
	err := tx.Get(heads, headID, &raw)
	if fault.Is(err, fault.NotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("read the change number of venues: %w", err)
	}
	return int64Of(raw, "rev"), nil
}

// nextHead counts one change, and added venues, and returns the change's number.
func nextHead(tx store.Tx, added int) (int64, error) {
	var h head
	err := tx.Get(heads, headID, &h)
	missing := fault.Is(err, fault.NotFound)
	if err != nil && !missing {
		return 0, fmt.Errorf("read the change number of venues: %w", err)
	}
	h = head{ID: headID, Rev: h.Rev + 1, Count: h.Count + int64(added)}
	if h.Count > MaxVenues {
		return 0, fault.New(fault.Invalid, "too_many_venues", "One district holds at most %d venues.", MaxVenues).With("max", MaxVenues)
	}
	if missing {
		return h.Rev, tx.Insert(heads, h)
	}
	return h.Rev, tx.Replace(heads, h)
}

// readRecord reads a venue past the cache, for a writer.
func readRecord(tx store.Tx, id string) (*record, error) {
	var r record
	err := tx.Get(venues, id, &r)
	if fault.Is(err, fault.NotFound) {
		return nil, notFound()
	}
	if err != nil {
		return nil, fmt.Errorf("read venue %s: %w", id, err)
	}
	return &r, nil
}

func notFound() error {
	return fault.New(fault.NotFound, "venue_not_found", "There is no such venue.")
}

func int64Of(raw bson.Raw, field string) int64 {
	n, _ := raw.Lookup(field).AsInt64OK()
	return n
}
