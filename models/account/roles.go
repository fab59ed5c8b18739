package account

import (
	"cmp"
	"slices"
)

// Permission is one row of the table of who may do what where, for people to read.
type Permission struct {
	Action  Action
	Summary string // what it is, in English
	Scope   Scope
	Roles   []Role
	StepUp  bool
}

// Roles are the roles that people and devices can be given, from least to most of each.
var Roles = []Role{Attendant, Counter, Manager, Officer, Auditor, Administrator, Door, Kiosk, Display}

// Permissions is the whole table: what everybody may, then what one needs a role for at its venues, then for the
// district.
func Permissions() []Permission {
	var list []Permission
	for action, p := range permits {
		list = append(list, Permission{action, summaries[action], p.Scope, p.Roles, p.StepUp})
	}
	order := []Scope{Public, Own, Granted, District}
	slices.SortFunc(list, func(a, b Permission) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a.Scope), slices.Index(order, b.Scope)), -cmp.Compare(len(a.Roles), len(b.Roles)),
			cmp.Compare(a.Action, b.Action))
	})
	return list
}

// summaries are the actions in words.
var summaries = map[Action]string{
	ViewPublic:          "See venues, what is free, and sign in",
	BookForSelf:         "Book and change bookings for oneself, one's family and one's organizations",
	ViewBoard:           "See the board of the day and the bookings of a venue",
	CheckIn:             "Verify passes and check people in",
	BookForOthers:       "Book and change bookings for anybody",
	FindPeople:          "Find and make people at the counter",
	EditVenue:           "Edit a venue, its spaces, hours and rules",
	ManageDevices:       "Make and revoke the devices of a venue",
	ViewSummary:         "Read the reports",
	ViewAudit:           "Read and export the audit log",
	VerifyOrganizations: "Verify or refuse organizations",
	CreateVenue:         "Make venues",
	EditCalendar:        "Edit the holiday calendar",
	RunJobs:             "See the jobs and run them",
	ManageAccounts:      "See the staff and their roles",
	EditConsent:         "Publish the privacy text",
	ManageRoles:         "Give and take roles, make members of the staff",
	ExportPerson:        "Export the data of a person",
	ErasePerson:         "Erase the account of a person",
}
