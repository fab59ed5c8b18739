// Package booking is the Desk: reserve, see, move, cancel, and attendance. It holds the product's central promise:
// one transaction takes the sheets, the holder's record, the booking and the notice, or nothing.
package booking

import (
	"time"

	"wenguan/models/account"
)

// State of a booking; states.go holds the transitions.
type State string

// The states.
const (
	Confirmed State = "confirmed"
	CheckedIn State = "checked_in"
	Completed State = "completed" // checked in and over; its claim ends with End, or with ReleasedAt after an early check-out
	Cancelled State = "cancelled" // by the holder or staff, in time; it has no claim
	NoShow    State = "no_show"   // not checked in in time; it has no claim, what it held is [Start, ReleasedAt)
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
	Start      time.Time     `bson:"start"` // UTC
	End        time.Time     `bson:"end"`
	State      State         `bson:"state"`
	Rules      int32         `bson:"rules"` // version of the venue's rules it was made under

	// What the rules promised when it was made or last moved, so that a later change of the rules does not touch it.
	Opens       time.Time `bson:"opens"`        // check-in from
	Closes      time.Time `bson:"closes"`       // check-in until (exclusive); then it is a no-show
	CancelUntil time.Time `bson:"cancel_until"` // the holder may cancel or move it until then (inclusive)

	Moves      int32      `bson:"moves,omitempty"`
	CreatedAt  time.Time  `bson:"created_at"`
	CheckInAt  *time.Time `bson:"in_at,omitempty"`
	CheckOutAt *time.Time `bson:"out_at,omitempty"`   // when somebody checked out; nil when the booking simply ended
	EndedAt    *time.Time `bson:"ended_at,omitempty"` // when cancelled, completed or marked no-show
	ReleasedAt *time.Time `bson:"released,omitempty"` // from when its place was free again, when that was before End
	Reason     string     `bson:"reason,omitempty"`   // why it was cancelled, in the words of who did it

	Due      *time.Time `bson:"due,omitempty"`  // when the clock changes its state; only live bookings have it
	LongEnds *time.Time `bson:"long,omitempty"` // End, for a booking over midnight only: how OfDay finds it
}

// Live reports whether the booking is still going to happen or happening.
func (b *Booking) Live() bool { return b.State == Confirmed || b.State == CheckedIn }

// Holds reports whether the booking has claims in the sheets.
func (b *Booking) Holds() bool { return b.State != Cancelled && b.State != NoShow }

// HeldUntil is the end of what it kept from others: ReleasedAt if its place was given back early, else End.
func (b *Booking) HeldUntil() time.Time {
	if b.ReleasedAt != nil && b.ReleasedAt.Before(b.End) {
		return *b.ReleasedAt
	}
	return b.End
}

// Request is what somebody wants.
type Request struct {
	For     string // account id of the holder, "" for the actor
	Venue   string
	Space   string
	Start   time.Time
	End     time.Time
	Party   int32  // at least 1
	Purpose string // at most 200 characters
	Key     string // Idempotency-Key, "" for none
}

// Alternative is something near to what was wanted that is free now.
type Alternative struct {
	Venue string    `json:"venue"`
	Space string    `json:"space"`
	Start time.Time `json:"start"`
	End   time.Time `json:"end"`
}
