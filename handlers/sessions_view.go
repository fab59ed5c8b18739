package handlers

import (
	"strings"
	"time"

	"wenguan/models/account"
	"wenguan/models/fault"
)

// offers are the actions that pages ask about, in the order they are shown.
var offers = []account.Action{
	account.BookForSelf, account.ViewBoard, account.CheckIn, account.BookForOthers, account.FindPeople, account.EditVenue,
	account.ManageDevices, account.ViewSummary, account.ViewAudit, account.VerifyOrganizations, account.CreateVenue,
	account.EditCalendar, account.RunJobs, account.ManageAccounts, account.EditConsent,
	account.ManageRoles, account.ExportPerson, account.ErasePerson,
}

func (a *API) viewSession(actor account.Actor) SessionView {
	view := SessionView{Account: viewAccount(actor), May: []account.Action{}, Now: a.Clock().UTC().Format(time.RFC3339)}
	scopes := map[account.Action]ScopeView{}
	for _, action := range offers {
		// What only needs the second factor again is offered: the page asks for it.
		if err := actor.Check(action, ""); err == nil || fault.CodeOf(err) == "step_up_needed" {
			view.May = append(view.May, action)
			if venues, all := actor.Scope(action); all || len(venues) > 0 {
				scopes[action] = ScopeView{all, list(venues)}
			}
		}
	}
	if len(scopes) > 0 {
		view.Scopes = scopes
	}
	if d := actor.Device; d != nil {
		view.Device = &DeviceInSession{d.ID, d.Name, d.Role, d.Venue}
	}
	view.Means, view.Staff, view.Fresh, view.Enrol = actor.Means, actor.Staff, actor.Fresh, actor.Enrol
	if venues, all := actor.Scope(account.ViewBoard); !all {
		view.Venues = append([]string{}, venues...)
	}
	return view
}

func viewAccount(actor account.Actor) *AccountView {
	if actor.ID == "" {
		return nil
	}
	return &AccountView{
		ID: actor.ID, Kind: actor.Kind, Name: actor.Name, Group: actor.Group, Language: actor.Language,
		BirthYear: actor.BirthYear, BirthAttested: actor.Attested,
	}
}

// language is the product's language nearest to an Accept-Language header: the first of ours it names.
func language(header string) string {
	for part := range strings.SplitSeq(header, ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(strings.ToLower(part)), ";")
		switch {
		case strings.HasPrefix(tag, "zh"):
			return "zh-CN"
		case strings.HasPrefix(tag, "en"):
			return "en"
		}
	}
	return "zh-CN"
}
