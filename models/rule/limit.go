package rule

// HowMuch says how much one holder may book.
type HowMuch struct {
	PerDay        int32     `bson:"per_day,omitempty" json:"per_day,omitempty"`                   // bookings at this venue that start on one day
	OneAtATime    bool      `bson:"one,omitempty" json:"one_at_a_time,omitempty"`                 // one person in one place at a time, here or elsewhere
	Limits        []Limit   `bson:"limits,omitempty" json:"limits,omitempty"`                     // all of them are obeyed
	NextAfter     NextAfter `bson:"next,omitempty" json:"next_after,omitempty"`                   // "" is NextAnyTime
	CoolingOff    int32     `bson:"cooling,omitempty" json:"cooling_off,omitempty"`               // time between two bookings of one holder here
	CancelCooling int32     `bson:"cancel_cooling,omitempty" json:"cancel_cooling_off,omitempty"` // after cancelling, this long no new booking here
}

// Limit is one limit on what a holder books.
type Limit struct {
	Count  Measure `bson:"count" json:"count"`
	Max    int32   `bson:"max" json:"max"` // bookings, or minutes
	Within `bson:",inline"`
	Scope  Scope  `bson:"scope,omitempty" json:"scope,omitempty"` // where what is counted lies; "" is AtVenue
	Of     Holder `bson:"of,omitempty" json:"of,omitempty"`       // whom it limits; "" is anybody
}

// Measure is what a limit counts. Cancelled bookings never count, missed ones do.
type Measure string

// The measures.
const (
	Active   Measure = "active"   // bookings that are still ahead or under way at the moment of booking
	Bookings Measure = "bookings" // bookings that start within a period
	Minutes  Measure = "minutes"  // booked minutes of bookings that start within a period
)

// Measures are all measures.
func Measures() []Measure { return []Measure{Active, Bookings, Minutes} }

// Holder is a sort of holder.
type Holder string

// The holders.
const (
	OfAnybody      Holder = "anybody"
	OfPerson       Holder = "person"
	OfOrganization Holder = "organization"
)

// Holders are all sorts of holder.
func Holders() []Holder { return []Holder{OfAnybody, OfPerson, OfOrganization} }

// NextAfter says what must have become of a holder's last booking here before the next can be made.
type NextAfter string

// What must have happened.
const (
	NextAnyTime  NextAfter = "any_time"
	NextCheckIn  NextAfter = "check_in"
	NextCheckOut NextAfter = "check_out"
)

// NextAfters are all of them.
func NextAfters() []NextAfter { return []NextAfter{NextAnyTime, NextCheckIn, NextCheckOut} }

func (l *Limit) whom() Holder {
	if l.Of == "" {
		return OfAnybody
	}
	return l.Of
}

func (l *Limit) of(organization bool) bool {
	switch l.Of {
	case OfPerson:
		return !organization
	case OfOrganization:
		return organization
	}
	return true
}
