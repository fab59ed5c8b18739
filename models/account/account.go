// Package account owns who people are: accounts, roles and what they permit, sign-in codes and links, sessions.
// It refuses to say whether an account exists. It sends nothing itself; it puts notices into the outbox.
package account

import (
	"time"

	"wenguan/models/fault"
)

// Kind of an account.
type Kind string

// The kinds of account.
const (
	Person       Kind = "person"
	Organization Kind = "organization" // 社会组织; members and verification belong to a later slice
)

// Group is what utilization is broken down by; chosen by the person, empty counts as residents.
type Group string

// The groups.
const (
	Residents     Group = "residents"
	Families      Group = "families"
	Elders        Group = "elders"
	Organizations Group = "organizations"
)

// Valid reports whether the group is one of the four.
func (g Group) Valid() bool {
	switch g {
	case Residents, Families, Elders, Organizations:
		return true
	}
	return false
}

func validLanguage(tag string) bool { return tag == "zh-CN" || tag == "en" }

// Account is somebody who can sign in or be booked for.
type Account struct {
	ID        string    `bson:"_id"`
	Kind      Kind      `bson:"kind"`
	Name      string    `bson:"name"`
	Phone     string    `bson:"phone,omitempty"` // E.164, +8613800000000
	Email     string    `bson:"email,omitempty"` // lower case
	Group     Group     `bson:"group,omitempty"`
	Language  string    `bson:"lang,omitempty"` // "zh-CN" or "en"
	Grants    []Grant   `bson:"grants,omitempty"`
	CreatedAt time.Time `bson:"created_at"`
}

// Role is what a grant makes somebody. Everybody signed in is a resident.
type Role string

// The roles, from least to most.
const (
	Resident      Role = "resident"
	Attendant     Role = "attendant"     // scans and checks in at the venues of the grant
	Manager       Role = "manager"       // edits venues, sees boards and summaries of the venues of the grant
	Administrator Role = "administrator" // everything, everywhere
)

// Grant gives a role for some venues; none named means the whole district.
type Grant struct {
	Role   Role     `bson:"role" json:"role"`
	Venues []string `bson:"venues,omitempty" json:"venues,omitempty"`
}

// Actor is who is behind a request. The zero Actor is anonymous.
type Actor struct {
	ID       string
	Kind     Kind
	Name     string // "" until given
	Called   string // what a list shows: the name, or what Account.Called makes of the address
	Group    Group
	Language string
	Grants   []Grant
	System   bool // a job of the product itself
}

// Action is something that needs permission.
type Action string

// The actions. Verbs in models ask for them with Actor.Check; permits is the one table that answers.
const (
	ViewPublic     Action = "view_public"   // venues, availability
	BookForSelf    Action = "book_for_self" // reserve, see, move, cancel own bookings; own pass
	ViewBoard      Action = "view_board"    // today's board of a venue
	CheckIn        Action = "check_in"      // scan and check in
	EditVenue      Action = "edit_venue"    // hours, spaces, rules, closures, photos of a venue
	ViewSummary    Action = "view_summary"  // utilization
	CreateVenue    Action = "create_venue"  // new venues, imports
	EditCalendar   Action = "edit_calendar" // the holiday calendar
	RunJobs        Action = "run_jobs"
	ManageAccounts Action = "manage_accounts"
)

// permits says which roles may do what. What is not here nobody may do.
var permits = map[Action][]Role{
	ViewPublic:     {Resident, Attendant, Manager, Administrator}, // and anonymous, see May
	BookForSelf:    {Resident, Attendant, Manager, Administrator},
	ViewBoard:      {Attendant, Manager, Administrator},
	CheckIn:        {Attendant, Manager, Administrator},
	EditVenue:      {Manager, Administrator},
	ViewSummary:    {Manager, Administrator},
	CreateVenue:    {Administrator},
	EditCalendar:   {Administrator},
	RunJobs:        {Administrator},
	ManageAccounts: {Administrator},
}

// Actor returns the account as one who acts.
func (a Account) Actor() Actor {
	return Actor{ID: a.ID, Kind: a.Kind, Name: a.Name, Called: a.Called(), Group: a.Group, Language: a.Language, Grants: a.Grants}
}

// Anonymous reports whether nobody is signed in.
func (a Actor) Anonymous() bool { return a.ID == "" && !a.System }

// Check returns nil if the actor may do this at the venue ("" asks: anywhere at all), fault.Unauthenticated for an
// anonymous actor, else fault.Forbidden.
func (a Actor) Check(do Action, venue string) error {
	if a.System || do == ViewPublic {
		return nil
	}
	if a.Anonymous() {
		return fault.New(fault.Unauthenticated, "sign_in_needed", "Sign in first.")
	}
	for _, role := range permits[do] {
		if role == Resident {
			return nil
		}
		for _, g := range a.Grants {
			if g.Role == role && (venue == "" || len(g.Venues) == 0 || contains(g.Venues, venue)) {
				return nil
			}
		}
	}
	return fault.New(fault.Forbidden, "not_permitted", "Your role does not permit this here.")
}

// Scope lists the venues where the actor may do this; all is true when it is the whole district.
func (a Actor) Scope(do Action) (venues []string, all bool) {
	if a.System {
		return nil, true
	}
	for _, g := range a.Grants {
		if !contains(permits[do], g.Role) {
			continue
		}
		if len(g.Venues) == 0 {
			return nil, true
		}
		venues = append(venues, g.Venues...)
	}
	return venues, false
}

func contains[T comparable](list []T, x T) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}
