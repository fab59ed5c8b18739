package rule

import "slices"

// Discipline says what a violation costs.
type Discipline struct {
	Strikes  []StrikeRule `bson:"strikes,omitempty" json:"strikes,omitempty"`     // each counts for itself
	Waives   []FaultOf    `bson:"waives,omitempty" json:"waives,omitempty"`       // violations at the fault of the venue do not count
	EarnBack *EarnBack    `bson:"earn_back,omitempty" json:"earn_back,omitempty"` // nil: strikes cannot be earned back
}

// StrikeRule counts violations and suspends who has too many. A strike that led to a suspension is used up: the same
// rule does not count it again.
type StrikeRule struct {
	ID         string          `bson:"id" json:"id"`                         // stays the same when the rule is changed
	Counts     []ViolationKind `bson:"counts" json:"counts"`                 // which violations count
	Each       bool            `bson:"each,omitempty" json:"each,omitempty"` // each kind for itself; else together
	Max        int32           `bson:"max" json:"max"`                       // with this many the suspension begins
	Within     `bson:",inline"`
	FirstWarns bool         `bson:"warn,omitempty" json:"first_warns,omitempty"`      // the first one is told to be a warning
	Across     Scope        `bson:"across,omitempty" json:"across,omitempty"`         // where violations count; "" is AtVenue
	Penalty    Penalty      `bson:"penalty" json:"penalty"`                           // what the suspension is
	Covers     Scope        `bson:"covers,omitempty" json:"covers,omitempty"`         // which places it covers; "" is AtVenue
	Escalation []Escalation `bson:"escalation,omitempty" json:"escalation,omitempty"` // ascending Nth
}

// counted is what a violation counts as: cancelling too late is a no-show where no rule of the book names it itself.
func (d *Discipline) counted(k ViolationKind) ViolationKind {
	if k == LateCanceled && !d.names(k) {
		return NoShowed
	}
	return k
}

// names reports whether a rule counts the violation by its own name.
func (d *Discipline) names(k ViolationKind) bool {
	return slices.ContainsFunc(d.Strikes, func(s StrikeRule) bool { return slices.Contains(s.Counts, k) })
}

// Penalty is what too many strikes cost.
type Penalty struct {
	Kind PenaltyKind `bson:"kind" json:"kind"`
	N    int32       `bson:"n,omitempty" json:"n,omitempty"` // days or months
}

// PenaltyKind is a sort of penalty.
type PenaltyKind string

// The penalties. Days and months are counted from the minute of the last strike.
const (
	ForDays     PenaltyKind = "days"
	ForMonths   PenaltyKind = "months"
	RestOfWeek  PenaltyKind = "rest_of_week"  // until Monday 00:00
	RestOfMonth PenaltyKind = "rest_of_month" // until the first, 00:00
	UntilLifted PenaltyKind = "until_lifted"  // until staff lift it
	OnlyWarning PenaltyKind = "warning"       // a warning; the next time may cost more by escalation
)

// PenaltyKinds are all penalties.
func PenaltyKinds() []PenaltyKind {
	return []PenaltyKind{ForDays, ForMonths, RestOfWeek, RestOfMonth, UntilLifted, OnlyWarning}
}

// Escalation makes the n-th suspension within a time, and those after it, longer.
type Escalation struct {
	Nth     int32   `bson:"nth" json:"nth"`
	Days    int32   `bson:"days,omitempty" json:"days,omitempty"` // counted back from it; 0: ever
	Penalty Penalty `bson:"penalty" json:"penalty"`
}

// ViolationKind is what somebody did against the rules.
type ViolationKind string

// The violations.
const (
	NoShowed     ViolationKind = "no_show"      // not checked in in time
	LateCanceled ViolationKind = "late_cancel"  // cancelled too late, where that counts
	NotBack      ViolationKind = "not_back"     // not back from a temporary leave in time
	ReportedAway ViolationKind = "reported"     // reported away and not back in time
	NoCheckOut   ViolationKind = "no_check_out" // left without check-out
	Overstayed   ViolationKind = "overstay"     // stayed after the end
	Misconduct   ViolationKind = "misconduct"   // written down by staff
)

// ViolationKinds are all violations.
func ViolationKinds() []ViolationKind {
	return []ViolationKind{NoShowed, LateCanceled, NotBack, ReportedAway, NoCheckOut, Overstayed, Misconduct}
}

// FaultOf is a fault of the venue, not of the holder.
type FaultOf string

// The faults.
const (
	FaultClosure FaultOf = "closure" // the venue or space was closed
	FaultOutage  FaultOf = "outage"  // power, network or a device failed
)

// FaultsOf are all faults.
func FaultsOf() []FaultOf { return []FaultOf{FaultClosure, FaultOutage} }

// EarnBack lets staff take a strike back for something good, such as volunteering.
type EarnBack struct {
	How    Text  `bson:"how" json:"how"`                     // what for, in words for residents
	Max    int32 `bson:"max,omitempty" json:"max,omitempty"` // strikes in the period; 0 no limit
	Within `bson:",inline"`
}
