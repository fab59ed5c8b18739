// Package ledger is the one gate against double booking: day sheets with their claims, capacities and conflicts, and
// what is left. It knows atoms and minutes; it does not know rules, people or reasons.
//
// Two claims conflict iff they share an atom, overlap in time (buffers included) and together exceed its capacity.
package ledger

import (
	"time"

	"wenguan/models/civil"
)

// Sheet is everything claimed at one venue on one local date. Every writer of a day replaces its sheet, so two rivals
// always collide on it and exactly one wins.
type Sheet struct {
	ID       string     `bson:"_id"` // venue|2026-11-24
	Revision int64      `bson:"rev"` // grows by one with every change
	Venue    string     `bson:"venue"`
	Date     civil.Date `bson:"date"`
	Claims   []Claim    `bson:"claims"`
}

// Claim takes atoms for a span of the sheet's day. Minutes count elapsed time since the day's first instant in the
// venue's zone, so they stay right on the days clocks change (a day has 1380 or 1500 of them then).
// A booking over midnight has one claim in each day's sheet.
type Claim struct {
	Booking  string   `bson:"b"`
	Holder   string   `bson:"h"` // account; "" for a closure or block
	Atoms    []string `bson:"a"` // sorted
	Start    int32    `bson:"s"` // minutes, without buffers
	End      int32    `bson:"e"`
	Before   int32    `bson:"p,omitempty"` // buffers, kept on the claim so that a later rule change does not move history
	After    int32    `bson:"q,omitempty"`
	Quantity int32    `bson:"n"` // units of each atom; 0 means all of its capacity
}

// SheetID is the _id of the sheet of a venue's date.
func SheetID(venue string, date civil.Date) string { return venue + "|" + date.String() }

// Span is a stretch of real time, half-open.
type Span struct {
	Start, End time.Time
}
