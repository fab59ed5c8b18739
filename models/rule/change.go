package rule

// Change says how bookings are given up and moved.
type Change struct {
	CancelBefore int32         `bson:"cancel_before,omitempty" json:"cancel_before,omitempty"` // cancel at least this long before the start; 0: until check-in closes
	CancelBy     *DayTime      `bson:"cancel_by,omitempty" json:"cancel_by,omitempty"`         // and until this time of a day before it (inclusive)
	LateCancel   LateCancel    `bson:"late_cancel,omitempty" json:"late_cancel,omitempty"`     // "" is LateRefused
	CancelLimits []CancelLimit `bson:"cancels,omitempty" json:"cancel_limits,omitempty"`       // cancellations of one holder here; all are obeyed
	NoMoves      bool          `bson:"no_moves,omitempty" json:"no_moves,omitempty"`           // bookings cannot be moved
	MoveBefore   int32         `bson:"move_before,omitempty" json:"move_before,omitempty"`     // move at least this long before the start; 0 is CancelBefore
	MovesMax     int32         `bson:"moves_max,omitempty" json:"moves_max,omitempty"`         // times one booking can be moved; 0 no limit
}

// CancelLimit is a number of cancellations in a period.
type CancelLimit struct {
	Max    int32 `bson:"max" json:"max"`
	Within `bson:",inline"`
}

// LateCancel says what happens to who cancels too late.
type LateCancel string

// What happens.
const (
	LateRefused LateCancel = "refused" // it cannot be cancelled any more
	LateMiss    LateCancel = "miss"    // the place is given back, and it counts (Discipline.counted)
	LateAllowed LateCancel = "allowed" // the place is given back, and nothing is counted
)

// LateCancels are all of them.
func LateCancels() []LateCancel { return []LateCancel{LateRefused, LateMiss, LateAllowed} }
