package handlers

import (
	"time"

	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/rule"
	"wenguan/models/venue"
)

// Venue is one venue with everything that decides when its spaces may be used. Managers get it, change it and put it
// back; what is read-only is ignored then.
type Venue struct {
	ID        string             `json:"id,omitempty" maxLength:"60" doc:"Chosen when it is made; given one if missing."`
	Revision  int64              `json:"revision,omitempty" doc:"The one that was read, to change a venue."`
	Kind      venue.Kind         `json:"kind" enum:"corridor,square,reading_room,idle_venue"`
	Name      venue.Text         `json:"name"`
	About     venue.Text         `json:"about,omitzero"`
	Area      string             `json:"area" required:"false"`
	Address   venue.Text         `json:"address,omitzero"`
	Phone     string             `json:"phone" required:"false"`
	Position  *venue.Position    `json:"position,omitempty"`
	Photos    []Photo            `json:"photos" required:"false" doc:"The first is the cover. Changing takes their order from here; adding and removing have their own addresses."`
	Features  []venue.Feature    `json:"features" required:"false"`
	Zone      string             `json:"zone" required:"false" default:"Asia/Shanghai" doc:"IANA name."`
	Atoms     []venue.Atom       `json:"atoms"`
	Spaces    []venue.Space      `json:"spaces"`
	Hours     civil.WeeklyHours  `json:"hours" doc:"Of Sunday to Saturday."`
	OnHoliday venue.HolidayHours `json:"on_holiday,omitzero"`
	Special   []venue.SpecialDay `json:"special" required:"false"`
	Closures  []Closure          `json:"closures" required:"false"`
	Rules     *venue.Rules       `json:"rules,omitempty" doc:"The rule book; a careful one if missing."`
	NextRules *venue.Rules       `json:"next_rules,omitempty" doc:"The one that follows it on its starts date."`
	Retired   bool               `json:"retired" required:"false"`
	Explained []rule.Explained   `json:"rules_explained" required:"false" readOnly:"true" doc:"The rule book in force for residents, by code."`
	OwnRules  []SpaceRules       `json:"space_rules_explained" required:"false" readOnly:"true" doc:"Those of spaces with a rule book of their own."`
	Today     *Today             `json:"today,omitempty" readOnly:"true"`
}

// SpaceRules is the rule book in force of a space for residents, by code.
type SpaceRules struct {
	Space     string           `json:"space"`
	Explained []rule.Explained `json:"explained"`
}

// Closure takes spaces out of use for a time.
type Closure struct {
	ID     string     `json:"id,omitempty"`
	Spaces []string   `json:"spaces,omitempty" doc:"None named: the whole venue."`
	Start  string     `json:"start" maxLength:"35" doc:"Wall clock of the venue, or RFC 3339." example:"2026-11-25T09:00"`
	End    string     `json:"end" maxLength:"35" example:"2026-11-25T18:00"`
	Reason venue.Text `json:"reason,omitzero"`
	Outage bool       `json:"outage,omitempty" doc:"Something failed, such as the power; may be written down afterwards. Who missed a booking then is not to blame."`
}

// Today is what a venue's day looks like.
type Today struct {
	Date    civil.Date       `json:"date"`
	OpenNow bool             `json:"open_now"`
	Hours   []civil.Interval `json:"hours"`
	Reason  string           `json:"reason,omitempty" doc:"Why it is closed: weekly, holiday, special, closure."`
	Holiday string           `json:"holiday,omitempty"`
	MakeUp  bool             `json:"make_up,omitempty" doc:"A weekend day worked in exchange for a holiday."`
	Note    venue.Text       `json:"note,omitzero"`
}

func viewVenue(v *venue.Venue, cal *civil.Calendar, now time.Time) Venue {
	today := viewToday(v, cal, now)
	rules := v.Rules
	view := Venue{
		ID: v.ID, Revision: v.Revision, Kind: v.Kind, Name: v.Name, About: v.About, Area: v.Area, Address: v.Address,
		Phone: v.Phone, Position: v.Position, Photos: []Photo{}, Features: list(v.Features), Zone: v.Zone,
		Atoms: list(v.Atoms), Spaces: list(v.Spaces), Hours: v.Hours, OnHoliday: v.OnHoliday, Special: list(v.Special),
		Closures: []Closure{}, Rules: &rules, NextRules: v.Next, Retired: v.Retired, Today: &today,
		Explained: list(rule.Explain(v.Book(nil, today.Date))), OwnRules: []SpaceRules{},
	}
	for i := range v.Spaces {
		if s := &v.Spaces[i]; s.Rules != nil {
			view.OwnRules = append(view.OwnRules, SpaceRules{s.ID, list(rule.Explain(v.Book(s, today.Date)))})
		}
	}
	for i := range view.Hours {
		view.Hours[i] = list(view.Hours[i])
	}
	for _, id := range v.Photos {
		view.Photos = append(view.Photos, viewPhoto(id))
	}
	for _, c := range v.Closures {
		zone := v.Location()
		view.Closures = append(view.Closures, Closure{c.ID, c.Spaces, local(c.Start, zone), local(c.End, zone), c.Reason, c.Outage})
	}
	return view
}

func viewToday(v *venue.Venue, cal *civil.Calendar, now time.Time) Today {
	date := civil.DateOf(now, v.Location())
	day := v.Day(date, cal)
	return Today{
		Date: date, OpenNow: openAt(v, cal, now), Hours: list(day.Open),
		Reason: string(day.Reason), Holiday: day.Holiday, MakeUp: day.MakeUp, Note: day.Note,
	}
}

func openAt(v *venue.Venue, cal *civil.Calendar, now time.Time) bool {
	for _, span := range v.OpenSpans(civil.DateOf(now, v.Location()), cal) {
		if !now.Before(span.Start) && now.Before(span.End) {
			return true
		}
	}
	return false
}

// venue is the view as a venue to save, under this id unless it is "".
func (in *Venue) venue(id string) (*venue.Venue, error) {
	if id == "" {
		id = in.ID
	}
	v := &venue.Venue{
		ID: id, Revision: in.Revision, Kind: in.Kind, Name: in.Name, About: in.About, Area: in.Area, Address: in.Address,
		Phone: in.Phone, Position: in.Position, Features: in.Features, Zone: in.Zone, Atoms: in.Atoms, Spaces: in.Spaces,
		Hours: in.Hours, OnHoliday: in.OnHoliday, Special: in.Special, Rules: venue.DefaultRules(), Next: in.NextRules, Retired: in.Retired,
	}
	if in.Rules != nil {
		v.Rules = *in.Rules
	}
	for _, p := range in.Photos {
		v.Photos = append(v.Photos, p.ID)
	}
	return v, in.closures(v)
}

func (in *Venue) closures(v *venue.Venue) (err error) {
	for i, c := range in.Closures {
		made := venue.Closure{ID: c.ID, Spaces: c.Spaces, Reason: c.Reason, Outage: c.Outage}
		if made.Start, err = v.ParseWall(c.Start); err != nil {
			return at(err, "closures", i, "start")
		}
		if made.End, err = v.ParseWall(c.End); err != nil {
			return at(err, "closures", i, "end")
		}
		v.Closures = append(v.Closures, made)
	}
	return nil
}

func revisionNeeded() error {
	return fault.New(fault.Invalid, "revision_needed", "Send the revision of the venue that was read.").On("revision")
}
