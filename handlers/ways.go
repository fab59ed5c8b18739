package handlers

import "context"

// WaysView is how one can sign in here as staff.
type WaysView struct {
	Password bool          `json:"password"`
	Passkey  bool          `json:"passkey" doc:"False where the public address is an IP address that is not this machine."`
	Provider *ProviderView `json:"provider,omitempty" doc:"An OpenID Connect provider, where one is configured."`
}

// ProviderView is another service that says who somebody is.
type ProviderView struct {
	Name string `json:"name"`
}

type waysOutput struct {
	Body WaysView
}

func (a *API) ways(_ context.Context, _ *struct{}) (*waysOutput, error) {
	view := WaysView{Password: true, Passkey: a.Credentials.Passkeys()}
	if a.Provider != nil {
		view.Provider = &ProviderView{a.Provider.Name()}
	}
	return &waysOutput{view}, nil
}
