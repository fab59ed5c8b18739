package handlers

import (
	"context"

	"wenguan/models/account"
)

// FamilyMember is somebody a person books for.
type FamilyMember struct {
	ID        string           `json:"id"`
	Relation  account.Relation `json:"relation" enum:"child,elder"`
	Name      string           `json:"name"`
	BirthYear int32            `json:"birth_year,omitempty" example:"2018"`
}

func viewFamilyMember(a account.Account) FamilyMember {
	return FamilyMember{a.ID, a.Relation(), a.Name, a.BirthYear}
}

type familyDraft struct {
	Relation  account.Relation `json:"relation" enum:"child,elder"`
	Name      string           `json:"name" minLength:"1" maxLength:"60"`
	BirthYear int32            `json:"birth_year,omitempty" minimum:"0" maximum:"9999" doc:"Of a child needed." example:"2018"`
}

type familyOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Items []FamilyMember `json:"items" doc:"At most 10."`
	}
}

func (a *API) listFamily(ctx context.Context, _ *struct{}) (*familyOutput, error) {
	family, err := a.Accounts.Family(ctx, ActorOf(ctx))
	if err != nil {
		return nil, err
	}
	out := &familyOutput{CacheControl: "no-store"}
	out.Body.Items = []FamilyMember{}
	for _, member := range family {
		out.Body.Items = append(out.Body.Items, viewFamilyMember(member))
	}
	return out, nil
}

type addFamilyInput struct{ Body familyDraft }

type familyMemberOutput struct{ Body FamilyMember }

func (a *API) addFamily(ctx context.Context, in *addFamilyInput) (*familyMemberOutput, error) {
	made, err := a.Accounts.AddFamily(ctx, ActorOf(ctx), account.FamilyDraft(in.Body))
	return &familyMemberOutput{viewFamilyMember(made)}, err
}

// FamilyPath names a family member.
type FamilyPath struct {
	Person string `path:"person" maxLength:"60"`
}

type updateFamilyInput struct {
	FamilyPath
	Body familyDraft
}

func (a *API) updateFamily(ctx context.Context, in *updateFamilyInput) (*familyMemberOutput, error) {
	changed, err := a.Accounts.UpdateFamily(ctx, ActorOf(ctx), in.Person, account.FamilyDraft(in.Body))
	return &familyMemberOutput{viewFamilyMember(changed)}, err
}

func (a *API) removeFamily(ctx context.Context, in *FamilyPath) (*struct{}, error) {
	return nil, a.Desk.RemoveFamily(ctx, ActorOf(ctx), in.Person)
}
