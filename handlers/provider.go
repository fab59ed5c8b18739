package handlers

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"wenguan/models/account"
	"wenguan/models/fault"
	"wenguan/models/provider"
)

const flowCookie = "wenguan_flow" // ties a sign-in under way to the browser that began it

// redirectOutput sends a browser on.
type redirectOutput struct {
	Status    int
	Location  string       `header:"Location"`
	SetCookie *http.Cookie `header:"Set-Cookie"`
	Referrer  string       `header:"Referrer-Policy"`
}

type providerStartInput struct {
	Next  string `query:"next" doc:"The page of this service to go to afterwards."`
	Again bool   `query:"again" doc:"Show who you are once more, even where the provider still knows you."`
	Kept  string `header:"Cookie" hidden:"true"`
}

// startAtProvider sends a browser to the provider. It and callback answer a person, not a program: what goes wrong is said
// by the sign-in page.
func (a *API) startAtProvider(ctx context.Context, in *providerStartInput) (*redirectOutput, error) {
	if err := a.providerAttempt(ctx); err != nil {
		return a.toSignIn(ctx, in.Next, err), nil
	}
	begun, err := a.Provider.Begin(ctx, provider.Wish{Next: in.Next, Again: in.Again, Browser: a.keptFlow(ctx, in.Kept)})
	if err != nil {
		return a.toSignIn(ctx, in.Next, err), nil
	}
	cookie := a.flowCookie(ctx, begun.Browser, begun.Expires)
	return redirect(begun.URL, &cookie), nil
}

type providerCallbackInput struct {
	State  string `query:"state"`
	Code   string `query:"code"`
	Issuer string `query:"iss"`
	Error  string `query:"error"`
	Agent  string `header:"User-Agent" hidden:"true"`
	Kept   string `header:"Cookie" hidden:"true"`
}

func (a *API) callback(ctx context.Context, in *providerCallbackInput) (*redirectOutput, error) {
	if err := a.providerAttempt(ctx); err != nil {
		return a.toSignIn(ctx, "", err), nil
	}
	session, next, err := a.Provider.Finish(ctx, provider.Return{
		State: in.State, Code: in.Code, Issuer: in.Issuer, Error: in.Error, Browser: a.keptFlow(ctx, in.Kept),
	})
	if err != nil {
		return a.toSignIn(ctx, next, err), nil
	}
	if err := a.Accounts.Describe(ctx, session.Token, deviceOf(in.Agent)); err != nil {
		return nil, err
	}
	if err := a.leaveFormer(ctx, session); err != nil {
		return nil, err
	}
	if next == "" {
		next = "/sign-in"
	}
	cookie := a.cookie(ctx, session.Token, session.ExpiresAt)
	return redirect(next, &cookie), nil // another tab may still need the other cookie
}

// signOutAtProvider sends a browser that has signed out here on to do the same at the provider; home where it cannot.
func (a *API) signOutAtProvider(ctx context.Context, _ *struct{}) (*redirectOutput, error) {
	if a.providerAttempt(ctx) == nil {
		if to := a.Provider.SignOutURL(ctx, a.Origin()+"/"); to != "" {
			return redirect(to, nil), nil
		}
	}
	return redirect("/", nil), nil
}

// providerAttempt refuses whoever comes too often, or where there is no provider.
func (a *API) providerAttempt(ctx context.Context) error {
	if a.Provider == nil {
		return fault.New(fault.NotFound, "provider_none", "There is no other sign-in service here.")
	}
	return signInAttempt(ctx, a.Limits, callerOf(ctx))
}

// leaveFormer ends the session that the browser had of the same account, which the new one replaces.
func (a *API) leaveFormer(ctx context.Context, now account.Session) error {
	if who := callerOf(ctx); who.Token != "" && who.Actor.ID == now.Account.ID {
		return a.Accounts.SignOut(ctx, who.Token)
	}
	return nil
}

// toSignIn says what went wrong on the page where one signs in.
func (a *API) toSignIn(ctx context.Context, next string, err error) *redirectOutput {
	query, page := url.Values{"problem": {ProblemOf(ctx, err).Code}}, "/sign-in"
	if next = provider.LocalPath(next); next != "" {
		query.Set("next", next)
	}
	if next == "/manage" || strings.HasPrefix(next, "/manage/") {
		page = "/manage/sign-in"
	}
	return redirect(page+"?"+query.Encode(), nil)
}

func redirect(to string, cookie *http.Cookie) *redirectOutput {
	return &redirectOutput{http.StatusFound, to, cookie, "no-referrer"}
}

// flowCookie lives as long as a sign-in. Lax, so that it comes along when the provider sends the browser back.
func (a *API) flowCookie(ctx context.Context, value string, expires time.Time) http.Cookie {
	c := a.cookie(ctx, value, expires)
	c.Name = cookieName(flowCookie, c.Secure)
	return c
}

func (a *API) keptFlow(ctx context.Context, header string) string {
	return a.kept(ctx, header, flowCookie)
}

// kept is what a cookie of this name holds, "" for none.
func (a *API) kept(ctx context.Context, header, name string) string {
	cookies, err := http.ParseCookie(header)
	if err != nil {
		return ""
	}
	for _, c := range cookies {
		if c.Name == cookieName(name, callerOf(ctx).Secure) {
			return c.Value
		}
	}
	return ""
}
