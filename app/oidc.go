package app

import (
	"wenguan/handlers"
	"wenguan/models/provider"
)

// OIDCConfig says at which OpenID Connect provider people may sign in. docs/openid-connect.md tells how to set it up.
type OIDCConfig struct {
	Issuer       string   `env:"WENGUAN_OIDC_ISSUER" placeholder:"URL" help:"OpenID Connect provider that people may sign in with, such as https://id.example.cn. See docs/openid-connect.md."`
	ClientID     string   `env:"WENGUAN_OIDC_CLIENT_ID" placeholder:"ID" help:"What the provider calls this service."`
	ClientSecret string   `env:"WENGUAN_OIDC_CLIENT_SECRET" placeholder:"SECRET" help:"Its secret, if it has one."`
	Name         string   `env:"WENGUAN_OIDC_NAME" placeholder:"TEXT" help:"The provider's name on the sign-in button, such as 江西政务服务网. Default: its host."`
	Scopes       []string `env:"WENGUAN_OIDC_SCOPES" default:"profile" help:"Scopes to ask for besides openid."`
	LinkBy       string   `env:"WENGUAN_OIDC_LINK_BY" enum:",phone,email" default:"" placeholder:"CLAIM" help:"phone or email: whoever the provider has verified one of gets the account that has it. Default: never."`
	GroupsClaim  string   `env:"WENGUAN_OIDC_GROUPS_CLAIM" placeholder:"CLAIM" help:"The claim that lists the groups of a person."`
	Roles        []string `env:"WENGUAN_OIDC_ROLES" sep:";" placeholder:"GROUP=ROLE" help:"What groups are worth, apart by semicolons: staff=manager, front=counter:area/紫阳, door=attendant:venue/library|venue/square."`
	StrongACR    []string `env:"WENGUAN_OIDC_STRONG_ACR" placeholder:"ACR" help:"Values of acr or amr in which roles count: those of a sign-in with two factors."`
	TrustStaff   bool     `env:"WENGUAN_OIDC_TRUST_STAFF" help:"Roles count in every sign-in by the provider, because it always asks staff for two factors."`
	RealNameACR  []string `env:"WENGUAN_OIDC_REAL_NAME_ACR" placeholder:"ACR" help:"Values of acr for which the provider vouches for name and identity number."`
	NameClaim    string   `env:"WENGUAN_OIDC_NAME_CLAIM" default:"name" placeholder:"CLAIM" help:"The claim with the name on the identity document."`
	NumberClaim  string   `env:"WENGUAN_OIDC_NUMBER_CLAIM" placeholder:"CLAIM" help:"The claim with its number."`
}

// provider is the configuration as the provider's client wants it.
func (c *Config) provider() provider.Settings {
	o := c.OIDC
	return provider.Settings{
		Issuer: o.Issuer, ClientID: o.ClientID, ClientSecret: o.ClientSecret, Name: o.Name,
		Callback: c.origin() + handlers.Prefix + "/provider/callback", Scopes: o.Scopes, LinkBy: o.LinkBy,
		GroupsClaim: o.GroupsClaim, Roles: o.Roles, StrongACR: o.StrongACR, TrustStaff: o.TrustStaff,
		RealNameACR: o.RealNameACR, NameClaim: o.NameClaim, NumberClaim: o.NumberClaim,
	}
}
