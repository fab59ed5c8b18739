package provider

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"wenguan/models/account"
)

// maxGroups bounds how many groups are looked at.
const maxGroups = 1000

// said is what the provider says of a person: the claims of the ID token, and those of the userinfo that it lacks.
type said struct {
	subject  string
	claims   map[string]any
	verified map[string]any // of the ID token alone, which is signed
}

// listen exchanges the code and checks the ID token (OpenID Connect Core 1.0, 3.1.3.7).
func (c *Client) listen(ctx context.Context, d *discovered, begun flow, code string) (said, error) {
	ctx = oidc.ClientContext(ctx, c.http)
	token, err := c.exchange(d).Exchange(ctx, code, oauth2.VerifierOption(begun.Verifier))
	if refusal, ok := errors.AsType[*oauth2.RetrieveError](err); ok && refusal.Response.StatusCode < 500 {
		return said{}, c.disbelieve(ctx, fmt.Errorf("the code is refused: %s", known(refusal.ErrorCode)))
	}
	if err != nil {
		c.log.ErrorContext(ctx, "the OpenID Connect provider does not exchange a code", "host", c.settings.host())
		return said{}, errUnavailable()
	}
	raw, _ := token.Extra("id_token").(string)
	verifier := d.provider.VerifierContext(ctx, &oidc.Config{ClientID: c.settings.ClientID, Now: c.clock})
	idToken, err := verifier.Verify(ctx, raw)
	if err != nil {
		return said{}, c.disbelieve(ctx, err)
	}
	s := said{subject: idToken.Subject}
	if err := errors.Join(idToken.Claims(&s.verified), idToken.Claims(&s.claims), c.check(idToken, s, begun)); err != nil {
		return said{}, c.disbelieve(ctx, err)
	}
	return s, c.addUserinfo(ctx, d, token, &s)
}

// check is what go-oidc leaves to us.
func (c *Client) check(t *oidc.IDToken, s said, begun flow) error {
	party, named := s.verified["azp"]
	switch {
	case t.Nonce != begun.Nonce:
		return fmt.Errorf("the nonce of the ID token is another")
	case t.Subject == "" || len(t.Subject) > 255:
		return fmt.Errorf("the ID token has no usable subject")
	case named && party != c.settings.ClientID, !named && len(t.Audience) > 1:
		return fmt.Errorf("the ID token was made for another client")
	case t.IssuedAt.After(c.clock().Add(5 * time.Minute)):
		return fmt.Errorf("the ID token is of the future")
	}
	return nil
}

// addUserinfo fills in what the ID token lacks. A provider without userinfo, or that does not answer, is asked nothing.
func (c *Client) addUserinfo(ctx context.Context, d *discovered, token *oauth2.Token, s *said) error {
	if d.provider.UserInfoEndpoint() == "" {
		return nil
	}
	info, err := d.provider.UserInfo(ctx, oauth2.StaticTokenSource(token))
	if err != nil {
		c.log.WarnContext(ctx, "the OpenID Connect provider does not tell its userinfo", "host", c.settings.host())
		return nil
	}
	if info.Subject != s.subject {
		return c.disbelieve(ctx, fmt.Errorf("the userinfo is somebody else's"))
	}
	more := map[string]any{}
	if err := info.Claims(&more); err != nil {
		return c.disbelieve(ctx, err)
	}
	for name, value := range more {
		if _, there := s.claims[name]; !there {
			s.claims[name] = value
		}
	}
	return nil
}

// vouched is what the words are worth here.
func (c *Client) vouched(s said, begun flow) (account.Vouched, error) {
	v := account.Vouched{
		Issuer: c.settings.Issuer, Subject: s.subject, Name: text(s.claims["name"]), Address: c.address(s),
		Grants: c.grants(s), Strong: c.settings.TrustStaff || s.reached(c.settings.StrongACR),
	}
	if at, ok := s.verified["auth_time"].(float64); ok {
		v.ProvedAt = time.Unix(int64(at), 0)
	}
	if begun.Again && c.clock().Sub(v.ProvedAt) > flowLife {
		return v, fmt.Errorf("the person was to show who they are once more, and did not")
	}
	if slices.Contains(c.settings.RealNameACR, text(s.verified["acr"])) {
		name, number := text(s.claims[c.settings.NameClaim]), text(s.claims[c.settings.NumberClaim])
		if name != "" && number != "" {
			v.RealName = &account.RealName{Name: name, Number: number}
		}
	}
	return v, nil
}

// reached reports whether the sign-in was one of these: its class (acr), or the way it was done (amr, RFC 8176).
func (s said) reached(wanted []string) bool {
	ways, _ := s.verified["amr"].([]any)
	for _, way := range append(ways, s.verified["acr"]) {
		if slices.Contains(wanted, text(way)) {
			return true
		}
	}
	return false
}

// address is the address by which an account may be found, "" if there is none or the provider has not verified it.
func (c *Client) address(s said) account.Address {
	claim := map[string]string{"email": "email", "phone": "phone_number"}[c.settings.LinkBy]
	if yes, _ := s.claims[claim+"_verified"].(bool); claim == "" || !yes {
		return ""
	}
	address, err := account.ParseAddress(text(s.claims[claim]))
	if err != nil || address.IsPhone() != (c.settings.LinkBy == "phone") {
		return ""
	}
	return address
}

// grants are what the groups of the person are worth, each once.
func (c *Client) grants(s said) []account.Grant {
	var out []account.Grant
	seen := map[string]bool{}
	for _, group := range groups(s.claims[c.settings.GroupsClaim]) {
		if !seen[group] {
			seen[group] = true
			out = append(out, c.roles[group]...)
		}
	}
	return out
}

// groups are the values of a claim that is a list, or one text.
func groups(claim any) []string {
	list, ok := claim.([]any)
	if !ok {
		list = []any{claim}
	}
	var out []string
	for _, v := range list[:min(len(list), maxGroups)] {
		if name := text(v); name != "" {
			out = append(out, name)
		}
	}
	return out
}

func text(claim any) string {
	switch v := claim.(type) {
	case string:
		return strings.TrimSpace(v)
	case json.Number:
		return v.String()
	}
	return ""
}
