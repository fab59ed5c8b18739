// Package provider lets people sign in with an account they have elsewhere: at an OpenID Connect provider such as the
// unified identity of a city or a province (OpenID Connect Core 1.0, authorization code flow with PKCE, RFC 7636).
// It owns the conversation with the provider and what its words are worth here. It refuses to know sessions or grants
// itself; package account keeps those.
package provider

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"wenguan/models/account"
)

// Settings say which provider, and how far it is believed. Without an Issuer there is none.
type Settings struct {
	Issuer       string   // its address, exactly as it writes it
	ClientID     string   // what the provider calls this service
	ClientSecret string   // "" for a client without one, which PKCE makes safe enough
	Name         string   // what the button says
	Callback     string   // the address here that the provider sends people back to
	Scopes       []string // asked for besides openid
	LinkBy       string   // "phone" or "email": a verified one leads to the account that has it; "" for never

	GroupsClaim string   // the claim that lists the groups of a person
	Roles       []string // what groups are worth: group=role, group=role:area/紫阳, group=manager:venue/library|venue/square
	StrongACR   []string // values of acr or amr that are as good as the sign-in of staff
	TrustStaff  bool     // every sign-in is as good

	RealNameACR []string // values of acr for which name and identity number are the person's
	NameClaim   string   // where the name on the document is
	NumberClaim string   // where its number is
}

// On reports whether there is a provider.
func (s Settings) On() bool { return s.Issuer != "" }

// Check refuses what cannot be meant, in a sentence.
func (s Settings) Check() error {
	if !s.On() {
		if s.ClientID+s.ClientSecret+s.LinkBy != "" || len(s.Roles)+len(s.StrongACR)+len(s.RealNameACR) > 0 || s.TrustStaff {
			return fmt.Errorf("the other --oidc-… settings need --oidc-issuer, the address of the provider")
		}
		return nil
	}
	for _, check := range []func(Settings) error{checkAddress, checkBelief, checkRealName} {
		if err := check(s); err != nil {
			return err
		}
	}
	_, err := parseRoles(s.Roles)
	return err
}

func checkAddress(s Settings) error {
	u, err := url.Parse(s.Issuer)
	if err != nil || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil || u.Scheme != "https" && u.Scheme != "http" {
		return fmt.Errorf("--oidc-issuer is written like https://id.example.cn, as the provider itself writes it")
	}
	if u.Scheme == "http" && !loopback(u.Hostname()) {
		return fmt.Errorf("--oidc-issuer needs https: whoever can read the conversation could sign in as anybody")
	}
	if s.ClientID == "" {
		return fmt.Errorf("--oidc-issuer needs --oidc-client-id, what the provider calls this service")
	}
	return nil
}

func loopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

func checkBelief(s Settings) error {
	switch {
	case s.LinkBy != "" && s.LinkBy != "email" && s.LinkBy != "phone":
		return fmt.Errorf("--oidc-link-by is email or phone")
	case s.LinkBy != "" && !slices.Contains(s.Scopes, s.LinkBy):
		return fmt.Errorf("--oidc-link-by %s needs %s among --oidc-scopes, else the provider does not tell it", s.LinkBy, s.LinkBy)
	case len(s.Roles) > 0 && s.GroupsClaim == "":
		return fmt.Errorf("--oidc-roles needs --oidc-groups-claim, where the groups of a person are")
	case len(s.Roles) > 0 && len(s.StrongACR) == 0 && !s.TrustStaff:
		return fmt.Errorf("--oidc-roles needs --oidc-strong-acr or --oidc-trust-staff: a role counts only in a sign-in that is as good as that of staff")
	case len(s.StrongACR) > 0 && s.TrustStaff:
		return fmt.Errorf("--oidc-trust-staff believes every sign-in, --oidc-strong-acr only some; give one of them")
	}
	return nil
}

func checkRealName(s Settings) error {
	if len(s.RealNameACR) > 0 && (s.NameClaim == "" || s.NumberClaim == "") {
		return fmt.Errorf("--oidc-real-name-acr needs --oidc-name-claim and --oidc-number-claim, where the name and the number of the document are")
	}
	return nil
}

// parseRoles reads what each group is worth.
func parseRoles(lines []string) (map[string][]account.Grant, error) {
	out := map[string][]account.Grant{}
	for _, line := range lines {
		at := strings.LastIndex(line, "=") // the name of a group may have one, such as cn=staff
		if at < 1 {
			return nil, fmt.Errorf("--oidc-roles is written like group=manager, group=manager:area/紫阳 or group=attendant:venue/library|venue/square")
		}
		grant, err := parseGrant(line[at+1:])
		if err != nil {
			return nil, fmt.Errorf("--oidc-roles %q: %w", line, err)
		}
		group := line[:at]
		out[group] = append(out[group], grant)
	}
	return out, nil
}

func parseGrant(text string) (account.Grant, error) {
	role, places, limited := strings.Cut(text, ":")
	grant := account.Grant{Role: account.Role(role)}
	known := []account.Role{account.Attendant, account.Counter, account.Manager, account.Officer, account.Auditor, account.Administrator}
	if !slices.Contains(known, grant.Role) {
		return grant, fmt.Errorf("a role is one of attendant, counter, manager, officer, auditor and administrator")
	}
	if !limited {
		return grant, nil
	}
	if grant.Role == account.Administrator {
		return grant, fmt.Errorf("an administrator is one for the whole district")
	}
	for place := range strings.SplitSeq(places, "|") {
		kind, name, _ := strings.Cut(place, "/")
		switch {
		case kind == "area" && name != "":
			grant.Areas = append(grant.Areas, name)
		case kind == "venue" && name != "":
			grant.Venues = append(grant.Venues, name)
		default:
			return grant, fmt.Errorf("a place is written like area/紫阳 or venue/library")
		}
	}
	return grant, nil
}

// host is the host of the issuer.
func (s Settings) host() string {
	u, err := url.Parse(s.Issuer)
	if err != nil {
		return ""
	}
	host, _, err := net.SplitHostPort(u.Host)
	if err != nil {
		return u.Host
	}
	return host
}
