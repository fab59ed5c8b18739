package rule

import (
	"time"

	"wenguan/models/civil"
)

// Where is a place a rule can be about: a space of a venue.
type Where struct {
	Venue string `bson:"v,omitempty" json:"venue,omitempty"`
	Space string `bson:"sp,omitempty" json:"space,omitempty"` // of a member the group that hands it out: all seats of a room are one place
	Type  string `bson:"ty,omitempty" json:"type,omitempty"`  // type of the space; of a group that of its members
	Kind  string `bson:"k,omitempty" json:"kind,omitempty"`   // kind of the venue
	Area  string `bson:"a,omitempty" json:"area,omitempty"`   // neighbourhood or street of the venue
}

// Scope is how far a rule reaches from the place it is about.
type Scope string

// The scopes.
const (
	AtSpace    Scope = "space"
	OfType     Scope = "type" // all spaces of the same type in the same venue: its rooms, but not its seats
	AtVenue    Scope = "venue"
	OfKind     Scope = "kind"     // all venues of the same kind
	InArea     Scope = "area"     // all venues of the same neighbourhood
	InDistrict Scope = "district" // all venues
)

// Scopes are all scopes.
func Scopes() []Scope { return []Scope{AtSpace, OfType, AtVenue, OfKind, InArea, InDistrict} }

// Reaches reports whether the scope, seen from one place, covers the other. "" is AtVenue.
func (s Scope) Reaches(from, to Where) bool {
	switch s {
	case AtSpace:
		return from.Venue == to.Venue && from.Space == to.Space
	case OfType:
		return from.Venue == to.Venue && from.Type == to.Type
	case OfKind:
		return from.Kind == to.Kind
	case InArea:
		return from.Area == to.Area
	case InDistrict:
		return true
	}
	return from.Venue == to.Venue
}

// key names the places the scope reaches from here.
func (s Scope) key(from Where) string {
	switch s {
	case AtSpace:
		return "space " + from.Venue + " " + from.Space
	case OfType:
		return "type " + from.Venue + " " + from.Type
	case OfKind:
		return "kind " + from.Kind
	case InArea:
		return "area " + from.Area
	case InDistrict:
		return "district"
	}
	return "venue " + from.Venue
}

// Place is what the rules need to know of a venue: where it is, its clocks, its holidays and its opening hours.
type Place struct {
	Where
	Zone     *time.Location
	Calendar *civil.Calendar // nil knows no holidays
	Day      func(civil.Date) OpenDay
}

// OpenDay is when a venue is open on a date.
type OpenDay struct {
	Hours  []civil.Interval // by the venue's clocks, normalized
	Spans  []civil.Span     // the same as instants, in order
	Reason string           // why it is closed, if it is
}

// Open is a place that is open in these hours every week; what tests and previews start from.
func Open(where Where, zone *time.Location, hours civil.WeeklyHours, cal *civil.Calendar) *Place {
	return &Place{Where: where, Zone: zone, Calendar: cal, Day: func(d civil.Date) OpenDay {
		day := OpenDay{Hours: civil.Normalize(hours[d.Weekday()])}
		for _, iv := range day.Hours {
			if s := (civil.Span{Start: d.At(iv.Start, zone), End: d.At(iv.End, zone)}); s.Start.Before(s.End) {
				day.Spans = append(day.Spans, s)
			}
		}
		if len(day.Spans) == 0 {
			day.Reason = "weekly"
		}
		return day
	}}
}

func (p *Place) date(t time.Time) civil.Date { return dateOf(t, p.Zone) }

// dateOf is civil.DateOf without taking the date apart: rules ask for many dates.
func dateOf(t time.Time, zone *time.Location) civil.Date {
	_, offset := t.In(zone).Zone()
	local := t.Unix() + int64(offset)
	day := local / 86400
	if local%86400 < 0 {
		day--
	}
	return civil.Date(day)
}

// lastDate is the date that an end belongs to: what ends at midnight ends on the day before.
func (p *Place) lastDate(end time.Time) civil.Date { return dateOf(end.Add(-1), p.Zone) }

// wall is the instant by the venue's clocks, for people.
func (p *Place) wall(t time.Time) string { return t.In(p.Zone).Format("2006-01-02 15:04") }
