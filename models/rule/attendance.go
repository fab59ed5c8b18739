package rule

import "wenguan/models/civil"

// Attendance says how people come, leave and go.
type Attendance struct {
	NoCheckIn      bool       `bson:"no_in,omitempty" json:"no_check_in,omitempty"`         // nobody checks in; a booking simply ends
	CheckInBefore  int32      `bson:"in_before,omitempty" json:"check_in_before,omitempty"` // check-in opens this long before the start
	CheckInAfter   int32      `bson:"in_after,omitempty" json:"check_in_after,omitempty"`   // and closes this long after it (negative: before it); then the place is released
	CheckInInside  int32      `bson:"in_inside,omitempty" json:"check_in_inside,omitempty"` // booked after the start: closes this long after booking; 0 is CheckInAfter
	CheckInSameDay int32      `bson:"in_same,omitempty" json:"check_in_same_day,omitempty"` // booked on its own day: check in within this long of booking; 0 is as others
	CheckInBy      []Means    `bson:"in_by,omitempty" json:"check_in_by,omitempty"`         // none: by any means but a tap on the phone, from anywhere
	Leave          int32      `bson:"leave,omitempty" json:"leave,omitempty"`               // temporary leave keeps the seat this long; 0: there is none
	MealLeaves     []MealTime `bson:"meals,omitempty" json:"meal_leaves,omitempty"`         // a leave that starts then keeps it longer
	LeavesPerDay   int32      `bson:"leaves,omitempty" json:"leaves_per_day,omitempty"`     // 0 no limit
	Report         int32      `bson:"report,omitempty" json:"report,omitempty"`             // who is reported away has this long to return; 0: no supervision
	ReportBy       ReportBy   `bson:"report_by,omitempty" json:"report_by,omitempty"`       // "" is Anybody
	CheckOut       bool       `bson:"out,omitempty" json:"check_out_required,omitempty"`    // leaving without check-out is a violation
	CheckOutGrace  int32      `bson:"out_grace,omitempty" json:"check_out_grace,omitempty"` // check-out is in time until this long after the end
	OverstayUntil  int32      `bson:"overstay,omitempty" json:"overstay_until,omitempty"`   // later, until this long after the end, it counts as overstaying; then as gone without
	WalkIn         Days       `bson:"walk_in,omitempty" json:"walk_in,omitempty"`           // days on which people come without booking; none: on no day
	WalkInIfFree   bool       `bson:"walk_free,omitempty" json:"walk_in_if_free,omitempty"` // only while a place is free
}

// MealTime is a time of day at which leaves keep the seat longer.
type MealTime struct {
	civil.Interval `bson:",inline"`
	Minutes        int32 `bson:"min" json:"minutes"`
}

// Means is how somebody shows that they are there.
type Means string

// The means.
const (
	ByPass     Means = "pass"      // the code that changes by itself; a screenshot goes stale
	BySlip     Means = "slip"      // a printed code that does not change
	ByNumber   Means = "number"    // the booking number, typed
	ByCard     Means = "card"      // an identity card
	BySeatCode Means = "seat_code" // scanning the code of the seat or room
	ByStaff    Means = "staff"     // staff say so
	ByPhone    Means = "phone"     // a tap in the product, from anywhere
)

// MeansOf are all means.
func MeansOf() []Means {
	return []Means{ByPass, BySlip, ByNumber, ByCard, BySeatCode, ByStaff, ByPhone}
}

// ReportBy says who may report an empty seat.
type ReportBy string

// Who may report.
const (
	Anybody   ReportBy = "anybody"
	StaffOnly ReportBy = "staff"
)

// ReportBys are both of them.
func ReportBys() []ReportBy { return []ReportBy{Anybody, StaffOnly} }
