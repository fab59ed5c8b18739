package handlers

import (
	"context"
	"encoding/json"
	"net/http"

	"wenguan/models/account"
	"wenguan/models/credential"
)

// browserCookie names a browser in which somebody has signed in with a password, so that failures of strangers do not
// hold it up. It opens nothing.
const browserCookie = "wenguan_browser"

// browserDays is how long a browser is remembered.
const browserDays = 400

func (a *API) passkeyChallenge(ctx context.Context, _ *struct{}) (*optionsOutput, error) {
	return options(a.Credentials.Challenge(ctx, ActorOf(ctx)))
}

type proofInput struct {
	Body struct {
		TOTP     string         `json:"totp,omitempty" maxLength:"12" doc:"What the authenticator app shows now; or"`
		Recovery string         `json:"recovery,omitempty" maxLength:"40" doc:"a recovery code; or"`
		Passkey  map[string]any `json:"passkey,omitempty" doc:"what the browser answered to a passkey challenge."`
	}
}

func (a *API) stepUp(ctx context.Context, in *proofInput) (*struct{}, error) {
	proof := credential.Proof{Code: in.Body.TOTP, Recovery: in.Body.Recovery}
	if in.Body.Passkey != nil {
		var err error
		if proof.Passkey, err = json.Marshal(in.Body.Passkey); err != nil {
			return nil, err
		}
	}
	return nil, a.Credentials.StepUp(ctx, ActorOf(ctx), proof)
}

// prove opens the session that the proof in the body is good for. The second result is the token for the browser to be
// known by, if there is one.
func (a *API) prove(ctx context.Context, in *signInInput) (account.Session, string, error) {
	b := in.Body
	switch {
	case b.Link != "":
		session, err := a.Accounts.SignInByLink(ctx, b.Link)
		return session, "", err
	case b.Passkey != nil:
		response, err := json.Marshal(b.Passkey)
		if err != nil {
			return account.Session{}, "", err
		}
		session, err := a.Credentials.SignInByPasskey(ctx, response)
		return session, "", err
	case b.Login != "" || b.Password != "":
		entered, err := a.Credentials.SignIn(ctx, credential.Attempt{
			Login: b.Login, Password: b.Password, Code: b.TOTP, Recovery: b.Recovery,
			Network: callerOf(ctx).Network, Browser: a.kept(ctx, in.Cookies, browserCookie),
		})
		return entered.Session, entered.Browser, err
	}
	session, err := a.Accounts.SignIn(ctx, b.To, b.Code)
	return session, "", err
}

// entered answers with the cookies of a session that has just begun, and ends the one it replaces.
func (a *API) entered(ctx context.Context, session account.Session, browser, agent string) (*signInOutput, error) {
	if err := a.Accounts.Describe(ctx, session.Token, deviceOf(agent)); err != nil {
		return nil, err
	}
	if err := a.leaveFormer(ctx, session); err != nil {
		return nil, err
	}
	cookies := []http.Cookie{a.cookie(ctx, session.Token, session.ExpiresAt)}
	if browser != "" {
		c := a.cookie(ctx, browser, a.Clock().AddDate(0, 0, browserDays))
		c.Name = cookieName(browserCookie, c.Secure)
		cookies = append(cookies, c)
	}
	view, err := a.sessionOf(ctx, session.Actor)
	return &signInOutput{cookies, Prefix + "/session", "no-store", view}, err
}
