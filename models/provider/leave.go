package provider

import (
	"context"
	"net/url"
)

// SignOutURL is where a browser ends its session at the provider (OpenID Connect RP-Initiated Logout 1.0) and is sent on
// to the page home of this service; "" where the provider has no such address or cannot be asked. The provider is told
// which service asks, not who: the ID token, which would spare people its question, is not kept.
func (c *Client) SignOutURL(ctx context.Context, home string) string {
	d, err := c.discover(ctx) // which says in the log what is wrong
	if err != nil {
		return ""
	}
	u, err := url.Parse(d.says.EndSession)
	if err != nil || u.Host == "" || u.Scheme != "https" && !(u.Scheme == "http" && loopback(u.Hostname())) {
		return ""
	}
	query := u.Query()
	query.Set("client_id", c.settings.ClientID)
	query.Set("post_logout_redirect_uri", home)
	u.RawQuery = query.Encode()
	return u.String()
}
