package rule

import "wenguan/models/civil"

// Shape says what a booking looks like.
type Shape struct {
	Times        Times      `bson:"times,omitempty" json:"times,omitempty"`              // "" is Free
	SlotStep     int32      `bson:"step,omitempty" json:"slot_step,omitempty"`           // Free: starts and ends lie on this step from each opening; 0 is 30
	Shortest     int32      `bson:"shortest,omitempty" json:"shortest,omitempty"`        // Free and WholeDays (a day is 1440); 0 is one step or day
	Longest      int32      `bson:"longest,omitempty" json:"longest,omitempty"`          // the same; 0 is no limit but a year
	Sessions     []Session  `bson:"sessions,omitempty" json:"sessions,omitempty"`        // InSessions: what there is
	UseHours     []UseTime  `bson:"use,omitempty" json:"use_hours,omitempty"`            // Free and WholeDays: when places can be used while the venue is open; none: all the time
	BufferBefore int32      `bson:"buf_before,omitempty" json:"buffer_before,omitempty"` // kept free before each booking
	BufferAfter  int32      `bson:"buf_after,omitempty" json:"buffer_after,omitempty"`   // kept free after each booking
	PartyMin     int32      `bson:"party_min,omitempty" json:"party_min,omitempty"`      // people in one booking, at least; 0 is 1
	PartyMax     int32      `bson:"party_max,omitempty" json:"party_max,omitempty"`      // at most; 0 is what the space takes
	SpacesMax    int32      `bson:"spaces_max,omitempty" json:"spaces_max,omitempty"`    // spaces in one booking; 0 is 1
	Assignment   Assignment `bson:"assignment,omitempty" json:"assignment,omitempty"`    // "" is Either
}

// Times is the sort of times that can be booked.
type Times string

// The sorts of times.
const (
	Free       Times = "free"     // any start and end on a step
	InSessions Times = "sessions" // one of fixed sessions, as a whole
	WholeDays  Times = "days"     // from the opening of one day to the closing of the same or a later one
)

// TimesOf are all sorts of times.
func TimesOf() []Times { return []Times{Free, InSessions, WholeDays} }

func (s *Shape) times() Times {
	if s.Times == "" {
		return Free
	}
	return s.Times
}

// Session is a fixed time that is booked as a whole (场次).
type Session struct {
	Name  Text            `bson:"name,omitempty" json:"name,omitzero"`
	Days  Days            `bson:"days,omitempty" json:"days,omitempty"` // none: every day the venue is open
	Start civil.TimeOfDay `bson:"s" json:"start"`
	End   civil.TimeOfDay `bson:"e" json:"end"`
	Quota int32           `bson:"quota,omitempty" json:"quota,omitempty"` // people, all bookings together; 0 is what the space takes
}

// Assignment says who chooses the seat.
type Assignment string

// The assignments.
const (
	Either    Assignment = "either"    // the resident may choose or leave it to the product
	Automatic Assignment = "automatic" // the product gives a seat
	Chosen    Assignment = "chosen"    // the resident chooses a seat
)

// Assignments are all assignments.
func Assignments() []Assignment { return []Assignment{Either, Automatic, Chosen} }

// defaultStep is the step of a book that names none.
const defaultStep = 30

// Step is the length of a slot of free times, in minutes.
func (s *Shape) Step() int32 { return s.step() }

func (s *Shape) step() int32 {
	if s.SlotStep > 0 {
		return s.SlotStep
	}
	return defaultStep
}

func (s *Shape) shortest() int32 {
	if s.times() == WholeDays {
		return max(s.Shortest, dayMinutes)
	}
	return max(s.Shortest, 1)
}

func (s *Shape) longest() int32 {
	if s.Longest > 0 {
		return s.Longest
	}
	return yearMinutes
}

// longestSession is the length of the longest session, 0 where there are none.
func (s *Shape) longestSession() (n int32) {
	if s.times() == InSessions {
		for _, one := range s.Sessions {
			n = max(n, int32(one.End-one.Start))
		}
	}
	return n
}

func (s *Shape) spaces() int32 { return max(s.SpacesMax, 1) }
