package handlers

import "context"

type healthOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Status  string `json:"status" example:"ok"`
		Version string `json:"version"`
	}
}

func (a *API) health(ctx context.Context, _ *struct{}) (*healthOutput, error) {
	if _, err := a.Accounts.HasAdministrator(ctx); err != nil { // the shortest question the store can answer
		return nil, err
	}
	out := &healthOutput{CacheControl: "no-store"}
	out.Body.Status, out.Body.Version = "ok", a.Version
	return out, nil
}
