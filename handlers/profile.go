package handlers

import "context"

// ProfileView is one's own account as its page shows it; somebody may look over one's shoulder, so addresses are masked.
type ProfileView struct {
	AccountView
	Phone string `json:"phone,omitempty" example:"138****5678"`
	Email string `json:"email,omitempty" example:"w***@example.cn"`
}

type profileOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         ProfileView
}

func (a *API) getAccount(ctx context.Context, _ *struct{}) (*profileOutput, error) {
	who, err := a.Accounts.Get(ctx, ActorOf(ctx), ActorOf(ctx).ID)
	if err != nil {
		return nil, err
	}
	return &profileOutput{"no-store", ProfileView{*viewAccount(who.Actor()), who.MaskedPhone(), who.MaskedEmail()}}, nil
}
