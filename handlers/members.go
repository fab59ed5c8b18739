package handlers

import (
	"context"

	"wenguan/models/account"
	"wenguan/models/organization"
	"wenguan/models/pass"
)

// MemberView is a member of an organization.
type MemberView struct {
	ID    string             `json:"id" doc:"Of the account."`
	Name  string             `json:"name" doc:"Masked unless an owner asks, or it is oneself."`
	Role  account.MemberRole `json:"role" enum:"owner,booker,member"`
	Since string             `json:"since" format:"date-time"`
	Self  bool               `json:"self"`
}

type membersOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Items []MemberView `json:"items"`
	}
}

func (a *API) listMembers(ctx context.Context, in *OrganizationPath) (*membersOutput, error) {
	members, err := a.Organizations.Members(ctx, ActorOf(ctx), in.Organization)
	out := &membersOutput{CacheControl: "no-store"}
	out.Body.Items = []MemberView{}
	for _, m := range members {
		out.Body.Items = append(out.Body.Items, MemberView{m.Account, m.Name, m.Role, local(m.Since, a.Zone), m.Account == ActorOf(ctx).ID})
	}
	return out, err
}

// MemberPath names a member of an organization.
type MemberPath struct {
	OrganizationPath
	Account string `path:"account" maxLength:"60"`
}

type setMemberInput struct {
	MemberPath
	Body struct {
		Role account.MemberRole `json:"role" enum:"owner,booker,member"`
	}
}

func (a *API) setMember(ctx context.Context, in *setMemberInput) (*struct{}, error) {
	_, err := a.Organizations.SetRole(ctx, ActorOf(ctx), in.Organization, in.Account, in.Body.Role)
	return nil, err
}

func (a *API) removeMember(ctx context.Context, in *MemberPath) (*struct{}, error) {
	return nil, a.Organizations.Remove(ctx, ActorOf(ctx), in.Organization, in.Account)
}

// InvitationView is an invitation as owners see it. Nobody sees its token again.
type InvitationView struct {
	ID      string             `json:"id"`
	Role    account.MemberRole `json:"role" enum:"owner,booker,member"`
	Left    int32              `json:"left" doc:"How many can still use it."`
	Expires string             `json:"expires" format:"date-time"`
	Note    string             `json:"note,omitempty"`
}

func (a *API) viewInvitation(i organization.Invitation) InvitationView {
	return InvitationView{i.ID, i.Role, i.Left, local(i.Expires, a.Zone), i.Note}
}

type invitationsOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Items []InvitationView `json:"items"`
	}
}

func (a *API) listInvitations(ctx context.Context, in *OrganizationPath) (*invitationsOutput, error) {
	all, err := a.Organizations.Invitations(ctx, ActorOf(ctx), in.Organization)
	out := &invitationsOutput{CacheControl: "no-store"}
	out.Body.Items = []InvitationView{}
	for _, i := range all {
		out.Body.Items = append(out.Body.Items, a.viewInvitation(i))
	}
	return out, err
}

type inviteInput struct {
	OrganizationPath
	Body struct {
		Role account.MemberRole `json:"role" enum:"owner,booker,member"`
		Uses int32              `json:"uses,omitempty" minimum:"1" maximum:"50" default:"1" doc:"How many people can use it."`
		Note string             `json:"note,omitempty" maxLength:"240" doc:"For the owners' own memory."`
	}
}

type inviteOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		InvitationView
		Link string `json:"link" format:"uri" doc:"To be passed on; it is shown this once."`
		QR   []byte `json:"qr" doc:"The link as a QR code, PNG."`
	}
}

func (a *API) invite(ctx context.Context, in *inviteInput) (*inviteOutput, error) {
	made, token, err := a.Organizations.Invite(ctx, ActorOf(ctx), in.Organization, organization.Invite{
		Role: in.Body.Role, Uses: in.Body.Uses, Note: in.Body.Note,
	})
	if err != nil {
		return nil, err
	}
	out := &inviteOutput{CacheControl: "no-store"}
	out.Body.InvitationView = a.viewInvitation(made)
	out.Body.Link = a.Origin() + "/join#invitation=" + token
	out.Body.QR, err = pass.PNG(out.Body.Link, 512)
	return out, err
}

type invitationPath struct {
	OrganizationPath
	Invitation string `path:"invitation" maxLength:"60"`
}

func (a *API) revokeInvitation(ctx context.Context, in *invitationPath) (*struct{}, error) {
	return nil, a.Organizations.Revoke(ctx, ActorOf(ctx), in.Organization, in.Invitation)
}

type invitationTokenInput struct {
	Body struct {
		Token string `json:"token" minLength:"1" maxLength:"100" doc:"Of the link, behind invitation=."`
	}
}

type invitedOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         InvitedView
}

// InvitedView is what an invitation is to.
type InvitedView struct {
	Organization string             `json:"organization" doc:"Its id."`
	Name         string             `json:"name"`
	Kind         organization.Kind  `json:"kind" enum:"association,service,foundation,community,troupe,institution,company,other"`
	Verified     bool               `json:"verified"`
	Role         account.MemberRole `json:"role" enum:"owner,booker,member"`
	By           string             `json:"by" doc:"Who invites, masked."`
	Expires      string             `json:"expires" format:"date-time"`
	Already      account.MemberRole `json:"already,omitempty" enum:"owner,booker,member" doc:"What the asker is in it already."`
}

func (a *API) lookAtInvitation(ctx context.Context, in *invitationTokenInput) (*invitedOutput, error) {
	i, err := a.Organizations.Look(ctx, ActorOf(ctx), in.Body.Token)
	if err != nil {
		return nil, err
	}
	return &invitedOutput{"no-store", InvitedView{
		Organization: i.Organization.ID, Name: i.Organization.ShownName(), Kind: i.Organization.Kind,
		Verified: i.Organization.VerifiedAt(a.Clock()), Role: i.Invitation.Role, By: i.By,
		Expires: local(i.Invitation.Expires, a.Zone), Already: i.Already,
	}}, nil
}

func (a *API) acceptInvitation(ctx context.Context, in *invitationTokenInput) (*organizationOutput, error) {
	o, err := a.Organizations.Accept(ctx, ActorOf(ctx), in.Body.Token)
	return a.organizationAnswer(ctx, o, err)
}
