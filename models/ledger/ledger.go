// Package ledger is the one gate against double booking: day sheets with their claims, capacities and conflicts, and
// what is left. It knows atoms and minutes; it does not know rules, people or reasons.
//
// The rule. A claim takes some quantity of each of its atoms for its own time [Start, End) and keeps as much of them
// free of people for its buffers before and after. Claims fit together iff at every minute in which at least one of
// them has its own time on an atom, the quantities of all claims whose own time or buffers cover that minute do not
// exceed the atom's capacity. So what counts is the peak of simultaneous use, not the sum of everything that
// overlaps; nobody is ever let into another booking's buffer; and two buffers may lie over each other: between two
// bookings of a room there are at least max(after of the first, before of the second) minutes, not their sum.
// Residents know it so from other systems: https://support.skedda.com/en/articles/3653032-buffer-time ("Do buffer
// times overlap? Yes").
package ledger

import "wenguan/models/civil"

// Sheet is everything claimed at one venue on one local date. Every writer of a day replaces its sheet, so two rivals
// always collide on it and exactly one wins.
type Sheet struct {
	ID       string     `bson:"_id"`             // venue|2026-11-24
	Revision int64      `bson:"rev"`             // grows by one with every change
	Dirty    bool       `bson:"dirty,omitempty"` // changed since the day's roll-up; see Clean
	Venue    string     `bson:"venue"`
	Date     civil.Date `bson:"date"`
	Claims   []Claim    `bson:"claims"`
}

// Claim takes atoms for a span of the sheet's day. Minutes count elapsed time since the day's first instant in the
// venue's zone, so they stay right on the days clocks change (a day has 1380 or 1500 of them then).
// A booking over midnight has one claim in each day's sheet; Split makes them.
type Claim struct {
	Booking  string   `bson:"b"`
	Atoms    []string `bson:"a"` // sorted
	Start    int32    `bson:"s"` // minutes, without buffers
	End      int32    `bson:"e"`
	Before   int32    `bson:"p,omitempty"` // buffers, kept on the claim so that a later rule change does not move history
	After    int32    `bson:"q,omitempty"`
	Quantity int32    `bson:"n"`           // units of each atom; 0 means all of its capacity
	Lapses   int32    `bson:"l,omitempty"` // minute since 1970 (UTC) at which its booking gives it up unless somebody comes, or comes back; 0: never
}

// SheetID is the _id of the sheet of a venue's date.
func SheetID(venue string, date civil.Date) string { return venue + "|" + date.String() }
