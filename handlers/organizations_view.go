package handlers

import (
	"context"
	"time"

	"wenguan/models/account"
	"wenguan/models/civil"
	"wenguan/models/organization"
)

// OrganizationItem is an organization in a list.
type OrganizationItem struct {
	ID            string             `json:"id"`
	Name          string             `json:"name" doc:"What bookings show."`
	Code          organization.Code  `json:"code,omitempty" doc:"For owners and staff."`
	Kind          organization.Kind  `json:"kind" enum:"association,service,foundation,community,troupe,institution,company,other"`
	State         organization.State `json:"state" enum:"draft,submitted,verified,refused,expired"`
	Since         string             `json:"since" format:"date-time" doc:"When it came into the state."`
	Verified      bool               `json:"verified" doc:"Whether it counts as verified now; it can while a renewal or a change waits."`
	VerifiedUntil *civil.Date        `json:"verified_until,omitempty" doc:"The last day of the verification."`
	Role          account.MemberRole `json:"role,omitempty" enum:"owner,booker,member" doc:"What the asker is in it; missing for staff."`
	Documents     int                `json:"documents"`
	Members       int                `json:"members"`
}

// OrganizationView is one organization. What only owners and staff who verify may see is missing for other members.
type OrganizationView struct {
	OrganizationItem
	Revision   int64              `json:"revision" doc:"To be sent with a change."`
	Proposed   string             `json:"proposed,omitempty" doc:"Another name that waits to be verified, or was refused."`
	Contact    string             `json:"contact,omitempty"`
	Phone      string             `json:"phone,omitempty"`
	Email      string             `json:"email,omitempty"`
	Address    string             `json:"address,omitempty"`
	About      string             `json:"about,omitempty"`
	VerifiedAs *OrganizationFacts `json:"verified_as,omitempty" doc:"What was verified, where the form says something else by now."`
	Suggests   organization.Kind  `json:"suggests,omitempty" doc:"The kind that the credit code speaks of."`
	Reason     string             `json:"reason,omitempty" doc:"Why it was refused or withdrawn."`
	Missing    []string           `json:"missing" doc:"What is needed before it can be submitted: code, document."`
	Can        OrganizationCan    `json:"can"`
	Files      []DocumentView     `json:"files"`
	History    []OrganizationStep `json:"history"`
}

// OrganizationFacts are what a verification is for.
type OrganizationFacts struct {
	Name string            `json:"name"`
	Code organization.Code `json:"code,omitempty"`
	Kind organization.Kind `json:"kind"`
}

// OrganizationCan is what the asker can do now.
type OrganizationCan struct {
	Edit   bool `json:"edit" doc:"Change the form, documents, members and invitations."`
	Submit bool `json:"submit" doc:"Ask for verification or renewal; missing says what is needed first."`
	Book   bool `json:"book"`
	Decide bool `json:"decide"`
	Adopt  bool `json:"adopt" doc:"Invite an owner, because there is none."`
}

// DocumentView is an uploaded document.
type DocumentView struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Type string `json:"type" enum:"application/pdf,image/jpeg,image/png"`
	Size int64  `json:"size" doc:"Bytes."`
	At   string `json:"at" format:"date-time"`
	URL  string `json:"url" format:"uri-reference"`
}

// OrganizationStep is one change of state.
type OrganizationStep struct {
	At     string             `json:"at" format:"date-time"`
	Event  organization.Event `json:"event" enum:"submitted,amended,verified,refused,withdrawn,expired"`
	State  organization.State `json:"state" enum:"draft,submitted,verified,refused,expired"`
	Reason string             `json:"reason,omitempty"`
	Until  *civil.Date        `json:"until,omitempty"`
	By     string             `json:"by,omitempty" doc:"For staff: the name of who did it."`
}

func (a *API) viewOrganizationItems(ctx context.Context, list []organization.Organization) []OrganizationItem {
	items := make([]OrganizationItem, len(list))
	for i, o := range list {
		items[i] = a.viewOrganizationItem(ActorOf(ctx), o)
	}
	return items
}

func (a *API) viewOrganizationItem(actor account.Actor, o organization.Organization) OrganizationItem {
	item := OrganizationItem{
		ID: o.ID, Name: o.ShownName(), Kind: o.Kind, State: o.State, Since: local(o.Since, a.Zone),
		Verified: o.VerifiedAt(a.Clock()), VerifiedUntil: a.lastDay(o.Until), Role: o.RoleOf(actor.ID),
		Documents: len(o.Documents), Members: len(o.Members),
	}
	if item.Role == account.Owner || item.Role == "" {
		item.Code = o.Code
	}
	return item
}

func (a *API) viewOrganization(ctx context.Context, o organization.Organization) OrganizationView {
	actor := ActorOf(ctx)
	item := a.viewOrganizationItem(actor, o)
	staff := actor.Check(account.VerifyOrganizations, "") == nil
	view := OrganizationView{
		OrganizationItem: item, Revision: o.Revision, About: o.About, Address: o.Address,
		Missing: []string{}, Files: []DocumentView{}, History: []OrganizationStep{},
		Can: OrganizationCan{
			Edit: item.Role == account.Owner, Submit: item.Role == account.Owner && o.Renewable(a.Clock()),
			Book: item.Role.AtLeast(account.Booker), Decide: staff && item.Role == "",
			Adopt: staff && len(o.Owners()) == 0,
		},
	}
	if item.Role != account.Owner && !staff {
		return view
	}
	view.Contact, view.Phone, view.Email = o.Contact, o.Phone, o.Email
	view.Reason, view.Suggests, view.Missing = o.Reason, o.Code.Suggests(), list(o.Missing())
	if o.Name != item.Name {
		view.Proposed = o.Name
	}
	if o.Checked != nil && *o.Checked != o.Facts {
		view.VerifiedAs = &OrganizationFacts{o.Checked.Name, o.Checked.Code, o.Checked.Kind}
	}
	for _, d := range o.Documents {
		view.Files = append(view.Files, a.viewDocument(o.ID, d))
	}
	for _, s := range o.History {
		step := OrganizationStep{At: local(s.At, a.Zone), Event: s.Event, State: s.State, Reason: s.Reason, Until: a.lastDay(s.Until)}
		if staff {
			step.By = o.Names[s.By]
		}
		view.History = append(view.History, step)
	}
	return view
}

func (a *API) viewDocument(organization string, d organization.Document) DocumentView {
	return DocumentView{
		ID: d.ID, Name: d.Name, Type: d.Type, Size: d.Size, At: local(d.At, a.Zone),
		URL: Prefix + "/organizations/" + organization + "/documents/" + d.ID,
	}
}

func (a *API) lastDay(until *time.Time) *civil.Date {
	if until == nil {
		return nil
	}
	day := a.Organizations.LastDay(until)
	return &day
}
