package handlers

import (
	"context"

	"wenguan/models/account"
)

// IdentityView says whether a real name is bound, never which number.
type IdentityView struct {
	Bound  bool   `json:"bound"`
	Last4  string `json:"last4,omitempty" doc:"The end of the identity number." example:"002X"`
	At     string `json:"at,omitempty" format:"date-time"`
	Year   int32  `json:"birth_year,omitempty" doc:"That of the number. Missing for a binding from before it was kept: bind the same number once more." example:"1985"`
	Proved bool   `json:"proved" doc:"An identity provider vouched for it; else it is the person's own word."`
}

func (a *API) viewIdentity(i *account.Identity) IdentityView {
	if i == nil {
		return IdentityView{}
	}
	return IdentityView{Bound: true, Last4: i.Last4, At: local(i.At, a.Zone), Year: i.BirthYear, Proved: i.By != account.ByCode}
}

type identityOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         IdentityView
}

func (a *API) getIdentity(ctx context.Context, _ *struct{}) (*identityOutput, error) {
	who, err := a.Accounts.Get(ctx, ActorOf(ctx), ActorOf(ctx).ID)
	return &identityOutput{"no-store", a.viewIdentity(who.Identity)}, err
}

type bindIdentityInput struct {
	Body struct {
		Name   string `json:"name" minLength:"1" maxLength:"60" doc:"As on the document."`
		Number string `json:"number" minLength:"1" maxLength:"40" doc:"The eighteen characters of the identity number (GB 11643-1999)."`
	}
}

func (a *API) bindIdentity(ctx context.Context, in *bindIdentityInput) (*identityOutput, error) {
	who, err := a.Accounts.BindIdentity(ctx, ActorOf(ctx), account.RealName(in.Body))
	return &identityOutput{"no-store", a.viewIdentity(who.Identity)}, err
}

type unbindIdentityInput struct {
	Person string `path:"person" maxLength:"60"`
	Venue  string `query:"venue" required:"true" minLength:"1" maxLength:"60" doc:"Where they are served."`
}

func (a *API) unbindIdentity(ctx context.Context, in *unbindIdentityInput) (*struct{}, error) {
	return nil, a.Accounts.UnbindIdentity(ctx, ActorOf(ctx), in.Venue, in.Person)
}
