package account_test

import (
	"slices"
	"testing"

	"wenguan/models/account"
	"wenguan/models/fault"
)

// who are the actors of the table below; staff have their grant for venue v1.
var who = map[string]account.Actor{
	"anonymous":     {},
	"resident":      {ID: "r"},
	"attendant":     {ID: "a", Grants: []account.Grant{{Role: account.Attendant, Venues: []string{"v1"}}}},
	"manager":       {ID: "m", Grants: []account.Grant{{Role: account.Manager, Venues: []string{"v1"}}}},
	"everywhere":    {ID: "e", Grants: []account.Grant{{Role: account.Manager}}},
	"administrator": {ID: "z", Grants: []account.Grant{{Role: account.Administrator}}},
	"system":        {System: true},
}

// TestEveryoneMayDoWhatTheirRoleSays is the whole table of permissions once more, written from the outside: an action
// that is added, or a role that gains or loses one, has to be added here too.
func TestEveryoneMayDoWhatTheirRoleSays(t *testing.T) {
	t.Parallel()
	everybody := []string{"anonymous", "resident", "attendant", "manager", "everywhere", "administrator", "system"}
	table := []struct {
		do              account.Action
		here, elsewhere []string // at v1, at v2
	}{
		{account.ViewPublic, everybody, everybody},
		{account.BookForSelf, everybody[1:], everybody[1:]},
		{account.ViewBoard, everybody[2:], everybody[4:]},
		{account.CheckIn, everybody[2:], everybody[4:]},
		{account.EditVenue, everybody[3:], everybody[4:]},
		{account.ViewSummary, everybody[3:], everybody[4:]},
		{account.CreateVenue, everybody[5:], everybody[5:]},
		{account.EditCalendar, everybody[5:], everybody[5:]},
		{account.RunJobs, everybody[5:], everybody[5:]},
		{account.ManageAccounts, everybody[5:], everybody[5:]},
		{account.BookForOthers, everybody[3:], everybody[4:]},
		{account.FindPeople, everybody[3:], everybody[4:]},
		{account.ManageDevices, everybody[3:], everybody[4:]},
		{account.VerifyOrganizations, everybody[4:], everybody[4:]},
		{account.ViewAudit, everybody[5:], everybody[5:]},
		{account.EditConsent, everybody[5:], everybody[5:]},
		{account.ManageRoles, everybody[6:], everybody[6:]}, // the administrator of this table has shown no second factor
		{account.ExportPerson, everybody[6:], everybody[6:]},
		{account.ErasePerson, everybody[6:], everybody[6:]},
		{"something_new", nil, nil},
	}
	for _, row := range table {
		for name, actor := range who {
			for venue, allowed := range map[string][]string{"v1": row.here, "": row.here, "v2": row.elsewhere} {
				var want fault.Kind
				if !slices.Contains(allowed, name) {
					want = fault.Forbidden
					if name == "anonymous" {
						want = fault.Unauthenticated
					}
				}
				if got := fault.KindOf(actor.Check(row.do, venue)); got != want {
					t.Errorf("%s %s at %q: %q, want %q", name, row.do, venue, got, want)
				}
			}
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
