package account

import "time"

// Role is what a grant makes somebody, or what a device is for. Everybody signed in is a resident.
type Role string

// The roles of people.
const (
	Resident      Role = "resident"
	Attendant     Role = "attendant"     // scans, checks in, sees the board
	Counter       Role = "counter"       // also finds and makes people, and books for them
	Manager       Role = "manager"       // also edits venues and rules, approves, reads reports
	Officer       Role = "officer"       // reads the reports of the district
	Auditor       Role = "auditor"       // reads the audit log
	Administrator Role = "administrator" // everything, everywhere
)

// The roles of devices.
const (
	Door    Role = "door"    // verifies passes and checks in
	Kiosk   Role = "kiosk"   // people check themselves in
	Display Role = "display" // shows the day's board
)

// Grant gives a role for areas and venues, named by what Venue.Area and Venue.ID are; neither named means the whole
// district.
type Grant struct {
	ID       string     `bson:"id,omitempty" json:"id,omitempty"`
	Role     Role       `bson:"role" json:"role"`
	Areas    []string   `bson:"areas,omitempty" json:"areas,omitempty"`
	Venues   []string   `bson:"venues,omitempty" json:"venues,omitempty"`
	Ends     *time.Time `bson:"ends,omitempty" json:"ends,omitempty"` // from then on it does not count
	GivenAt  time.Time  `bson:"given,omitempty" json:"given_at,omitzero"`
	GivenBy  string     `bson:"by,omitempty" json:"given_by,omitempty"` // account id
	UsedAt   time.Time  `bson:"used,omitempty" json:"used_at,omitzero"` // the last day it was worked with
	WarnedAt time.Time  `bson:"warned,omitempty" json:"warned_at,omitzero"`
}

// district reports whether the grant is for everywhere.
func (g Grant) district() bool { return len(g.Areas) == 0 && len(g.Venues) == 0 }

// Action is something that needs permission.
type Action string

// The actions. Verbs in models ask for them with Actor.Check; permits is the one table that answers.
const (
	ViewPublic          Action = "view_public"
	BookForSelf         Action = "book_for_self"
	ViewBoard           Action = "view_board"
	CheckIn             Action = "check_in"
	BookForOthers       Action = "book_for_others"
	FindPeople          Action = "find_people"
	EditVenue           Action = "edit_venue"
	ManageDevices       Action = "manage_devices"
	ViewSummary         Action = "view_summary"
	VerifyOrganizations Action = "verify_organizations"
	ViewAudit           Action = "view_audit"
	CreateVenue         Action = "create_venue"
	EditCalendar        Action = "edit_calendar"
	RunJobs             Action = "run_jobs"
	ManageAccounts      Action = "manage_accounts"
	ManageRoles         Action = "manage_roles"
	EditConsent         Action = "edit_consent"
	ExportPerson        Action = "export_person"
	ErasePerson         Action = "erase_person"
)

// Scope is how far a role reaches.
type Scope string

// The scopes.
const (
	Public   Scope = "public"   // everybody, signed in or not
	Own      Scope = "own"      // everybody signed in, for what is theirs, their family's or their organization's
	Granted  Scope = "granted"  // the venues and areas of the grant, or the one of the device
	District Scope = "district" // only a grant for the whole district
)

// permit says which roles may do an action, how far, and whether they show their second factor again first.
type permit struct {
	Scope  Scope
	Roles  []Role
	StepUp bool
}

// permits is the one table of who may do what where. What is not here nobody may do.
var permits = map[Action]permit{
	ViewPublic:  {Scope: Public},
	BookForSelf: {Scope: Own},

	ViewBoard:     {Scope: Granted, Roles: []Role{Attendant, Counter, Manager, Administrator, Display}},
	CheckIn:       {Scope: Granted, Roles: []Role{Attendant, Counter, Manager, Administrator, Door, Kiosk}},
	BookForOthers: {Scope: Granted, Roles: []Role{Counter, Manager, Administrator}},
	FindPeople:    {Scope: Granted, Roles: []Role{Counter, Manager, Administrator}},
	EditVenue:     {Scope: Granted, Roles: []Role{Manager, Administrator}},
	ManageDevices: {Scope: Granted, Roles: []Role{Manager, Administrator}},
	ViewSummary:   {Scope: Granted, Roles: []Role{Manager, Officer, Administrator}},
	ViewAudit:     {Scope: Granted, Roles: []Role{Auditor, Administrator}},

	VerifyOrganizations: {Scope: District, Roles: []Role{Manager, Administrator}},
	CreateVenue:         {Scope: District, Roles: []Role{Administrator}},
	EditCalendar:        {Scope: District, Roles: []Role{Administrator}},
	RunJobs:             {Scope: District, Roles: []Role{Administrator}},
	ManageAccounts:      {Scope: District, Roles: []Role{Administrator}},
	EditConsent:         {Scope: District, Roles: []Role{Administrator}},
	ManageRoles:         {Scope: District, Roles: []Role{Administrator}, StepUp: true},
	ExportPerson:        {Scope: District, Roles: []Role{Administrator}, StepUp: true},
	ErasePerson:         {Scope: District, Roles: []Role{Administrator}, StepUp: true},
}
