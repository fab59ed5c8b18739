package handlers

import (
	"context"

	"wenguan/models/civil"
	"wenguan/models/organization"
)

// OrganizationForm is what an owner fills in.
type OrganizationForm struct {
	Name    string            `json:"name" maxLength:"200" doc:"As on the certificate." example:"青花合唱团"`
	Code    string            `json:"code,omitempty" maxLength:"60" doc:"The unified social credit code (GB 32100-2015); case and spaces do not matter. Community organizations and troupes may have none." example:"51361130500000001G"`
	Kind    organization.Kind `json:"kind" enum:"association,service,foundation,community,troupe,institution,company,other"`
	Contact string            `json:"contact" maxLength:"200" doc:"The name of the person to ask."`
	Phone   string            `json:"phone" maxLength:"60" example:"0793-7210000"`
	Email   string            `json:"email,omitempty" maxLength:"254"`
	Address string            `json:"address,omitempty" maxLength:"800"`
	About   string            `json:"about,omitempty" maxLength:"2000"`
}

func (f OrganizationForm) form() organization.Form {
	return organization.Form{
		Facts:   organization.Facts{Name: f.Name, Code: organization.Code(f.Code), Kind: f.Kind},
		Contact: f.Contact, Phone: f.Phone, Email: f.Email, Address: f.Address, About: f.About,
	}
}

type foundInput struct{ Body OrganizationForm }

type foundOutput struct {
	Location string `header:"Location"`
	Body     OrganizationView
}

func (a *API) foundOrganization(ctx context.Context, in *foundInput) (*foundOutput, error) {
	made, err := a.Organizations.Found(ctx, ActorOf(ctx), in.Body.form())
	if err != nil {
		return nil, err
	}
	return &foundOutput{Prefix + "/organizations/" + made.ID, a.viewOrganization(ctx, made)}, nil
}

type organizationsOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Items []OrganizationItem `json:"items"`
		Next  string             `json:"next,omitempty" doc:"For after; missing on the last page."`
	}
}

func (a *API) listOrganizations(ctx context.Context, _ *struct{}) (*organizationsOutput, error) {
	mine, err := a.Organizations.Mine(ctx, ActorOf(ctx))
	out := &organizationsOutput{CacheControl: "no-store"}
	out.Body.Items = a.viewOrganizationItems(ctx, mine)
	return out, err
}

type registrationsInput struct {
	State organization.Queue `query:"state" enum:"submitted,verified,expiring,refused,expired,draft" default:"submitted"`
	Limit int                `query:"limit" minimum:"1" maximum:"200" default:"50"`
	After string             `query:"after" maxLength:"1500" doc:"The next of the page before."`
}

func (a *API) listRegistrations(ctx context.Context, in *registrationsInput) (*organizationsOutput, error) {
	list, next, err := a.Organizations.List(ctx, ActorOf(ctx), in.State, in.Limit, in.After)
	out := &organizationsOutput{CacheControl: "no-store"}
	out.Body.Items, out.Body.Next = a.viewOrganizationItems(ctx, list), next
	return out, err
}

// OrganizationPath names an organization.
type OrganizationPath struct {
	Organization string `path:"organization" maxLength:"60"`
}

type organizationOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         OrganizationView
}

func (a *API) organizationAnswer(ctx context.Context, o organization.Organization, err error) (*organizationOutput, error) {
	if err != nil {
		return nil, err
	}
	return &organizationOutput{"no-store", a.viewOrganization(ctx, o)}, nil
}

func (a *API) getOrganization(ctx context.Context, in *OrganizationPath) (*organizationOutput, error) {
	o, err := a.Organizations.Get(ctx, ActorOf(ctx), in.Organization)
	return a.organizationAnswer(ctx, o, err)
}

type saveOrganizationInput struct {
	OrganizationPath
	Body struct {
		Revision int64 `json:"revision" minimum:"1" doc:"Of the copy that was changed."`
		OrganizationForm
	}
}

func (a *API) saveOrganization(ctx context.Context, in *saveOrganizationInput) (*organizationOutput, error) {
	o, err := a.Organizations.Save(ctx, ActorOf(ctx), in.Organization, in.Body.Revision, in.Body.form())
	return a.organizationAnswer(ctx, o, err)
}

func (a *API) closeOrganization(ctx context.Context, in *OrganizationPath) (*struct{}, error) {
	return nil, a.Organizations.Close(ctx, ActorOf(ctx), in.Organization)
}

func (a *API) submitOrganization(ctx context.Context, in *OrganizationPath) (*organizationOutput, error) {
	o, err := a.Organizations.Submit(ctx, ActorOf(ctx), in.Organization)
	return a.organizationAnswer(ctx, o, err)
}

type verdictInput struct {
	OrganizationPath
	Body struct {
		Revision int64      `json:"revision" minimum:"1" doc:"Of the copy that was looked at."`
		Decision string     `json:"decision" enum:"verify,refuse,withdraw"`
		Reason   string     `json:"reason,omitempty" maxLength:"1200" doc:"For the owners; needed unless it is verified."`
		Until    civil.Date `json:"until,omitempty" doc:"The last day of the verification; a year from today if missing."`
	}
}

var verdicts = map[string]organization.Event{
	"verify": organization.Verify, "refuse": organization.Refuse, "withdraw": organization.Withdraw,
}

func (a *API) verifyOrganization(ctx context.Context, in *verdictInput) (*organizationOutput, error) {
	o, err := a.Organizations.Decide(ctx, ActorOf(ctx), in.Organization, organization.Decision{
		Revision: in.Body.Revision, Verdict: verdicts[in.Body.Decision], Reason: in.Body.Reason, Until: in.Body.Until,
	})
	return a.organizationAnswer(ctx, o, err)
}
