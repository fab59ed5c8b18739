package account_test

import (
	"slices"
	"strings"
	"testing"

	"wenguan/models/account"
	"wenguan/models/fault"
)

// who are the actors of the table below; staff and devices are for the venue v1.
var who = map[string]account.Actor{
	"anonymous":     {},
	"resident":      {ID: "r"},
	"attendant":     at(account.Attendant, "v1"),
	"counter":       at(account.Counter, "v1"),
	"manager":       at(account.Manager, "v1"),
	"officer":       at(account.Officer, "v1"),
	"auditor":       at(account.Auditor, "v1"),
	"everywhere":    at(account.Manager),
	"administrator": at(account.Administrator),
	"boss":          {ID: "b", Grants: []account.Grant{{Role: account.Administrator}}, Fresh: true},
	"door":          {Device: &account.Device{ID: "d", Venue: "v1", Role: account.Door}},
	"kiosk":         {Device: &account.Device{ID: "k", Venue: "v1", Role: account.Kiosk}},
	"display":       {Device: &account.Device{ID: "s", Venue: "v1", Role: account.Display}},
	"system":        {System: true},
}

func at(role account.Role, venues ...string) account.Actor {
	return account.Actor{ID: string(role), Grants: []account.Grant{{Role: role, Venues: venues}}}
}

// TestEveryoneMayDoWhatTheirRoleSays is the whole table of permissions once more, written from the outside: an action
// that is added, or a role that gains or loses one, has to be added here too. An administrator of it has shown no second
// factor, a boss has.
func TestEveryoneMayDoWhatTheirRoleSays(t *testing.T) {
	t.Parallel()
	const (
		devices   = " door kiosk display"
		people    = "resident attendant counter manager officer auditor everywhere administrator boss system"
		top       = "administrator boss system"
		attendant = "attendant counter manager "
		counter   = "counter manager "
	)
	table := map[account.Action]struct{ here, elsewhere string }{ // at v1, at v2
		account.ViewPublic:          {"anonymous " + people + devices, "anonymous " + people + devices},
		account.BookForSelf:         {people, people},
		account.ViewBoard:           {attendant + "display everywhere " + top, "everywhere " + top},
		account.CheckIn:             {attendant + "door kiosk everywhere " + top, "everywhere " + top},
		account.BookForOthers:       {counter + "everywhere " + top, "everywhere " + top},
		account.FindPeople:          {counter + "everywhere " + top, "everywhere " + top},
		account.EditVenue:           {"manager everywhere " + top, "everywhere " + top},
		account.ManageDevices:       {"manager everywhere " + top, "everywhere " + top},
		account.ViewSummary:         {"manager officer everywhere " + top, "everywhere " + top},
		account.ViewAudit:           {"auditor " + top, top},
		account.VerifyOrganizations: {"everywhere " + top, "everywhere " + top},
		account.CreateVenue:         {top, top},
		account.EditCalendar:        {top, top},
		account.RunJobs:             {top, top},
		account.ManageAccounts:      {top, top},
		account.EditConsent:         {top, top},
		account.ManageRoles:         {"boss system", "boss system"},
		account.ExportPerson:        {"boss system", "boss system"},
		account.ErasePerson:         {"boss system", "boss system"},
		"something_new":             {"", ""},
	}
	for _, p := range account.Permissions() {
		if _, written := table[p.Action]; !written || p.Summary == "" {
			t.Errorf("%s is not in the table of this test, or has no words", p.Action)
		}
	}
	for do, row := range table {
		for name, actor := range who {
			for venue, allowed := range map[string]string{"v1": row.here, "": row.here, "v2": row.elsewhere} {
				var want fault.Kind
				if !slices.Contains(strings.Fields(allowed), name) {
					want = fault.Forbidden
					if name == "anonymous" {
						want = fault.Unauthenticated
					}
				}
				if got := fault.KindOf(actor.Check(do, venue)); got != want {
					t.Errorf("%s %s at %q: %q, want %q", name, do, venue, got, want)
				}
			}
		}
	}
}

func TestWhoMayNotIsToldWhatTheyCanDoAboutIt(t *testing.T) {
	t.Parallel()
	weak := account.Actor{ID: "w", Staff: true, Means: account.ByCode}
	for name, c := range map[string]struct {
		actor account.Actor
		do    account.Action
		code  string
	}{
		"nobody signed in":              {account.Actor{}, account.EditVenue, "sign_in_needed"},
		"a resident":                    {who["resident"], account.EditVenue, "not_permitted"},
		"staff who signed in by a code": {weak, account.EditVenue, "staff_sign_in_needed"},
		"an administrator of long ago":  {who["administrator"], account.ManageRoles, "step_up_needed"},
		"a manager":                     {who["manager"], account.ManageRoles, "not_permitted"},
	} {
		if got := fault.CodeOf(c.actor.Check(c.do, "")); got != c.code {
			t.Errorf("%s: %s, want %s", name, got, c.code)
		}
	}
}

func TestAScopeIsTheVenuesOfTheGrants(t *testing.T) {
	t.Parallel()
	two := account.Actor{ID: "t", Grants: []account.Grant{
		{Role: account.Attendant, Venues: []string{"v1"}}, {Role: account.Manager, Venues: []string{"v2", "v3"}},
	}}
	for _, c := range []struct {
		actor account.Actor
		do    account.Action
		want  []string
		all   bool
	}{
		{two, account.ViewBoard, []string{"v1", "v2", "v3"}, false},
		{two, account.EditVenue, []string{"v2", "v3"}, false},
		{two, account.RunJobs, nil, false},
		{two, account.VerifyOrganizations, nil, false}, // a manager of some venues is none of the district
		{who["door"], account.CheckIn, []string{"v1"}, false},
		{who["door"], account.ViewBoard, nil, false},
		{who["everywhere"], account.ViewBoard, nil, true},
		{who["administrator"], account.RunJobs, nil, true},
		{who["system"], account.RunJobs, nil, true},
		{who["resident"], account.ViewBoard, nil, false},
		{account.Actor{}, account.ViewBoard, nil, false},
	} {
		venues, all := c.actor.Scope(c.do)
		if !slices.Equal(venues, c.want) || all != c.all {
			t.Errorf("%+v %s: %v, %v, want %v, %v", c.actor, c.do, venues, all, c.want, c.all)
		}
	}
}
