// Package venue owns what the district has: venues, their spaces and atoms, opening hours, closures, booking rules,
// photos and the public holiday calendar. It refuses impossible data on save. It does not know who has booked what.
package venue

import (
	"time"

	"wenguan/models/civil"
	"wenguan/models/rule"
)

// Kind of a venue.
type Kind string

// The kinds of venue.
const (
	Corridor    Kind = "corridor"     // 文化长廊
	Square      Kind = "square"       // 文化广场
	ReadingRoom Kind = "reading_room" // 文化书屋
	IdleVenue   Kind = "idle_venue"   // 闲置场所: idle premises lent to organizations
)

// Text is a name or sentence in the product's languages; en may be empty, then zh is shown.
type Text = rule.Text

// Position is WGS 84, in degrees.
type Position struct {
	Lat float64 `bson:"lat" json:"lat"`
	Lon float64 `bson:"lon" json:"lon"`
}

// Venue is one place of the district with everything that decides when its spaces may be used. It is stored as one
// document, so a change of hours, spaces or rules is atomic and every reader sees one Revision of it.
type Venue struct {
	ID        string            `bson:"_id"`
	Revision  int64             `bson:"rev"` // grows by one with every save; saving needs the revision that was read
	Kind      Kind              `bson:"kind"`
	Name      Text              `bson:"name"`
	About     Text              `bson:"about,omitempty"`
	Area      string            `bson:"area"` // neighbourhood or street within the district
	Address   Text              `bson:"address"`
	Phone     string            `bson:"phone,omitempty"`
	Position  *Position         `bson:"pos,omitempty"`
	Photos    []string          `bson:"photos,omitempty"` // photo ids, first is the cover
	Features  []Feature         `bson:"features,omitempty"`
	Zone      string            `bson:"zone"` // IANA, such as "Asia/Shanghai"
	Atoms     []Atom            `bson:"atoms"`
	Spaces    []Space           `bson:"spaces"`
	Hours     civil.WeeklyHours `bson:"hours"`
	OnHoliday HolidayHours      `bson:"on_holiday"`           // what the holiday calendar does to Hours
	Special   []SpecialDay      `bson:"special,omitempty"`    // dated exceptions; they win over Hours and holidays
	Closures  []Closure         `bson:"closures,omitempty"`   // maintenance, events: no new bookings inside
	Rules     Rules             `bson:"rules"`                // the rule book
	Next      *Rules            `bson:"next_rules,omitempty"` // the one that follows it on its Starts date
	Retired   bool              `bson:"retired,omitempty"`    // kept for history, not shown, not bookable
	UpdatedAt time.Time         `bson:"updated_at"`
}

// Atom is the smallest part that can be used separately. Capacity is 1 for a seat or a room, n for a shared area.
type Atom struct {
	ID       string `bson:"id" json:"id"`
	Capacity int32  `bson:"cap" json:"capacity"`
}

// Allocation says how a booking of a space claims its atoms.
type Allocation string

// The allocations.
const (
	Exclusive Allocation = "exclusive" // all capacity of all its atoms: a seat, a room, a divisible hall as a whole
	Shared    Allocation = "shared"    // party-size units of each of its atoms: a square, an entrance quota
	AnyOf     Allocation = "any_of"    // one member space per person, chosen by the product: "a seat in the reading room"
)

// Space is something a person can book: a set of atoms. Members of an AnyOf space are the spaces whose Parent it is.
type Space struct {
	ID         string     `bson:"id" json:"id"`
	Parent     string     `bson:"parent,omitempty" json:"parent,omitempty"` // the space it is shown under
	Name       Text       `bson:"name" json:"name"`
	Type       SpaceType  `bson:"type" json:"type"`
	Allocation Allocation `bson:"alloc" json:"allocation"`
	Atoms      []string   `bson:"atoms" json:"atoms"` // for AnyOf: the union of its members' atoms
	Seats      int32      `bson:"seats" json:"seats"` // how many people it takes
	Features   []Feature  `bson:"features,omitempty" json:"features,omitempty"`
	Floor      string     `bson:"floor,omitempty" json:"floor,omitempty"`
	Bookable   bool       `bson:"bookable" json:"bookable"`                         // false: shown, counted, not booked by itself
	Rules      *Rules     `bson:"rules,omitempty" json:"rules,omitempty"`           // its own rule book; nil: its venue's
	Next       *Rules     `bson:"next_rules,omitempty" json:"next_rules,omitempty"` // the one that follows on its Starts date
}

// SpaceType is what residents call it.
type SpaceType string

// The types of space.
const (
	Seat     SpaceType = "seat"
	Room     SpaceType = "room"
	Hall     SpaceType = "hall"
	Panel    SpaceType = "panel"     // exhibition panel of a corridor
	OpenArea SpaceType = "open_area" // square or part of it
)

// Feature is something people filter by.
type Feature string

// The features.
const (
	StepFree  Feature = "step_free" // accessible without steps
	Lift      Feature = "lift"
	Toilet    Feature = "accessible_toilet"
	Hearing   Feature = "hearing_loop"
	Wifi      Feature = "wifi"
	Power     Feature = "power"
	Projector Feature = "projector"
	Piano     Feature = "piano"
	Mirror    Feature = "mirror_wall"
	Sound     Feature = "sound_system"
	Water     Feature = "drinking_water"
	Parking   Feature = "parking"
	Nursing   Feature = "nursing_room"
	AirCon    Feature = "air_conditioning"
)

// HolidayHours says what public holidays and make-up working days (调休) do to the weekly hours.
type HolidayHours struct {
	OnHoliday   HolidayRule      `bson:"holiday" json:"holiday"`
	HolidayTime []civil.Interval `bson:"holiday_hours,omitempty" json:"holiday_hours,omitempty"` // for Special
	OnMakeUp    HolidayRule      `bson:"make_up" json:"make_up"`                                 // SameAsWeekday or AsWorkday
}

// HolidayRule is one way to treat a day of the holiday calendar.
type HolidayRule string

// The holiday rules.
const (
	SameAsWeekday HolidayRule = "same"    // the calendar changes nothing
	ClosedThen    HolidayRule = "closed"  // closed on public holidays
	SpecialHours  HolidayRule = "special" // HolidayTime on public holidays
	AsWorkday     HolidayRule = "workday" // a make-up Saturday or Sunday has the hours of a Monday to Friday: the same day as its last working day, Friday
)

// SpecialDay replaces the hours of one date; no hours: closed.
type SpecialDay struct {
	Date   civil.Date       `bson:"date" json:"date"`
	Hours  []civil.Interval `bson:"hours" json:"hours"`
	Reason Text             `bson:"reason" json:"reason"`
}

// Closure takes spaces (none named: the whole venue) out of use from Start to End, in venue wall-clock instants.
type Closure struct {
	ID     string    `bson:"id" json:"id"`
	Spaces []string  `bson:"spaces,omitempty" json:"spaces,omitempty"`
	Start  time.Time `bson:"start" json:"start"`
	End    time.Time `bson:"end" json:"end"`
	Reason Text      `bson:"reason" json:"reason"`
	Outage bool      `bson:"outage,omitempty" json:"outage,omitempty"` // something failed, such as the power; may be written down afterwards
}

// FindSpace is the space with this id, false if the venue has none.
func (v *Venue) FindSpace(id string) (*Space, bool) {
	for i := range v.Spaces {
		if v.Spaces[i].ID == id {
			return &v.Spaces[i], true
		}
	}
	return nil, false
}

// Location is the venue's zone. A saved venue always has a valid one.
func (v *Venue) Location() *time.Location {
	zone, err := civil.Zone(v.Zone)
	if err != nil {
		return time.UTC
	}
	return zone
}
