// Package booking is the Desk: reserve, see, move, cancel, and attendance. It holds the product's central promise:
// one transaction takes the sheets, the holder's record, the booking and the notice, or nothing.
package booking

import (
	"time"

	"wenguan/models/account"
	"wenguan/models/rule"
)

// State of a booking; package rule has the transitions.
type State = rule.State

// The states.
const (
	Confirmed = rule.Confirmed
	CheckedIn = rule.CheckedIn
	Away      = rule.Away      // on a temporary leave
	Reported  = rule.Reported  // somebody says the seat is empty
	Completed = rule.Completed // checked in and over; its claim ends with End, or with ReleasedAt after an early check-out
	Cancelled = rule.Cancelled // by the holder or staff; it has no claim
	NoShow    = rule.NoShow    // not checked in in time; it has no claim, what it held is [HeldFrom, HeldUntil)
)

// Booking is one holder's use of spaces of one venue for one stretch of time.
type Booking struct {
	ID         string        `bson:"_id"`
	Number     string        `bson:"number"` // 8 characters to read out and type; unique
	Revision   int64         `bson:"rev"`
	Venue      string        `bson:"venue"`
	Space      string        `bson:"space"`    // what was asked for: a seat, a room, or an AnyOf group
	Assigned   []string      `bson:"assigned"` // the spaces it got; equal to [Space] unless AnyOf
	Atoms      []string      `bson:"atoms"`
	Quantity   int32         `bson:"n"`           // units of each atom, 0 = all
	Before     int32         `bson:"p,omitempty"` // buffers of its claims, minutes
	After      int32         `bson:"q,omitempty"`
	Holder     string        `bson:"holder"` // account id
	HolderName string        `bson:"holder_name"`
	HolderKind account.Kind  `bson:"holder_kind,omitempty"` // "" for a person
	By         string        `bson:"by"`                    // account id of who made it, or moved or cancelled it since
	ByStaff    bool          `bson:"by_staff,omitempty"`    // By did it as staff of the venue, on behalf of the holder
	Tell       string        `bson:"tell,omitempty"`        // account id of who is told of it instead of the holder: whoever booked for an organization
	Group      account.Group `bson:"group"`
	Party      int32         `bson:"party"`
	Purpose    string        `bson:"purpose,omitempty"`
	With       []string      `bson:"with,omitempty"`   // account ids of those of the party who are named
	Letter     int32         `bson:"letter,omitempty"` // version of the letter that was accepted
	Rules      int32         `bson:"rules"`            // version of the rule book it was made under

	// Its times and what became of it. What the rules promised when it was made or last moved stands here, so that a
	// later change of the rules does not touch it.
	rule.Facts `bson:",inline"`

	Reason   string     `bson:"reason,omitempty"` // why it was cancelled, in the words of who did it
	Due      *time.Time `bson:"due,omitempty"`    // when the clock changes its state; only live bookings have it
	LongEnds *time.Time `bson:"long,omitempty"`   // End, for a booking over midnight only: how OfDay finds it
}

// Holds reports whether the booking has claims in the sheets.
func (b *Booking) Holds() bool { return b.State != Cancelled && b.State != NoShow }

// Request is what somebody wants.
type Request struct {
	For     string // account id of the holder, "" for the actor
	Venue   string
	Space   string
	Start   time.Time
	End     time.Time
	Also    []string // more spaces in the one booking, where the rules allow that
	With    []string // account ids of people of the party: the holder's family, or anybody for staff
	Letter  int32    // version of the letter that is accepted
	Party   int32    // at least 1
	Purpose string   // at most 200 characters
	Key     string   // Idempotency-Key, "" for none
}

// Alternative is something near to what was wanted that is free now.
type Alternative struct {
	Venue string    `json:"venue"`
	Space string    `json:"space"`
	Start time.Time `json:"start"`
	End   time.Time `json:"end"`
}
