package provider

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"wenguan/models/account"
	"wenguan/models/fault"
	"wenguan/models/store"
)

// Wish is how somebody wants to sign in.
type Wish struct {
	Next    string // the page of this service to go to afterwards; what is none is left out
	Again   bool   // shows who they are once more, even where the provider still knows them
	Browser string // what the browser keeps from a sign-in begun before, "" for nothing
}

// Begun is a sign-in under way.
type Begun struct {
	URL     string    // of the provider, to go to
	Browser string    // for the browser to keep, and for nobody else to see
	Expires time.Time // until when to come back
}

// Begin starts a sign-in. fault.Unavailable "provider_unavailable" if the provider was never reached.
func (c *Client) Begin(ctx context.Context, w Wish) (Begun, error) {
	d, err := c.discover(ctx)
	if err != nil {
		return Begun{}, err
	}
	browser := w.Browser
	if len(browser) != len(newToken()) {
		browser = newToken()
	}
	state := newToken()
	begun := flow{
		ID: hash(state), Browser: hash(browser), Nonce: newToken(), Verifier: oauth2.GenerateVerifier(),
		Next: LocalPath(w.Next), Again: w.Again, Expires: c.clock().UTC().Truncate(time.Millisecond).Add(flowLife),
	}
	err = c.store.Update(ctx, func(tx store.Tx) error { return tx.Insert(flows, begun) })
	if err != nil {
		return Begun{}, fmt.Errorf("begin sign-in: %w", err)
	}
	ask := []oauth2.AuthCodeOption{oidc.Nonce(begun.Nonce), oauth2.S256ChallengeOption(begun.Verifier)}
	if w.Again {
		ask = append(ask, oauth2.SetAuthURLParam("prompt", "login"), oauth2.SetAuthURLParam("max_age", "0"))
	}
	if len(c.settings.StrongACR) > 0 {
		ask = append(ask, oauth2.SetAuthURLParam("acr_values", strings.Join(c.settings.StrongACR, " ")))
	}
	return Begun{URL: c.exchange(d).AuthCodeURL(state, ask...), Browser: browser, Expires: begun.Expires}, nil
}

// Return is what the provider sends somebody back with.
type Return struct {
	State, Code string
	Issuer      string // RFC 9207
	Error       string // instead of a code
	Browser     string // what the browser kept
}

// Finish ends a sign-in and returns the session and where to go, "" for nowhere in particular. Next is known with most
// refusals too. They are fault.Gone "provider_flow_ended", fault.Forbidden "provider_refused" (the person said no, or the
// provider did), fault.Invalid "provider_answer_invalid" (what it says cannot be believed) and fault.Unavailable
// "provider_unavailable".
func (c *Client) Finish(ctx context.Context, r Return) (session account.Session, next string, err error) {
	begun, err := c.take(ctx, r.State, r.Browser)
	if err != nil {
		return account.Session{}, "", err
	}
	session, err = c.finish(ctx, begun, r)
	return session, begun.Next, err
}

func (c *Client) finish(ctx context.Context, begun flow, r Return) (account.Session, error) {
	d, err := c.discover(ctx)
	if err != nil {
		return account.Session{}, err
	}
	if (r.Issuer != "" || d.says.NamesItself) && r.Issuer != c.settings.Issuer {
		return account.Session{}, c.disbelieve(ctx, fmt.Errorf("the answer is from another issuer"))
	}
	if r.Error != "" || r.Code == "" {
		return account.Session{}, c.refused(ctx, r.Error)
	}
	said, err := c.listen(ctx, d, begun, r.Code)
	if err != nil {
		return account.Session{}, err
	}
	vouched, err := c.vouched(said, begun)
	if err != nil {
		return account.Session{}, c.disbelieve(ctx, err)
	}
	session, err := c.accounts.SignInByProvider(ctx, vouched)
	if fault.CodeOf(err) == "grants_many" {
		return session, c.disbelieve(ctx, err)
	}
	return session, err
}

// refused says why the provider sent somebody back without a code.
func (c *Client) refused(ctx context.Context, reason string) error {
	if slices.Contains([]string{"temporarily_unavailable", "server_error"}, reason) {
		return errUnavailable()
	}
	if reason != "access_denied" {
		c.log.ErrorContext(ctx, "the OpenID Connect provider refuses this service", "reason", known(reason))
	}
	return fault.New(fault.Forbidden, "provider_refused", "The other sign-in service did not let you in. Try again, or sign in another way.")
}

// known keeps what anybody can write into an address out of the log.
func known(reason string) string {
	if slices.Contains([]string{
		"invalid_request", "unauthorized_client", "unsupported_response_type", "invalid_scope", "interaction_required",
		"login_required", "account_selection_required", "consent_required", "unmet_authentication_requirements",
	}, reason) {
		return reason
	}
	return "other"
}

func (c *Client) disbelieve(ctx context.Context, why error) error {
	c.log.ErrorContext(ctx, "an answer of the OpenID Connect provider was not believed", "err", why)
	return fault.New(fault.Invalid, "provider_answer_invalid", "The answer of the other sign-in service cannot be believed. Try again, or sign in another way.")
}
