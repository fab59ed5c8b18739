package handlers

import (
	"context"
	"encoding/json"
	"net/http"

	"wenguan/models/account"
	"wenguan/models/credential"
	"wenguan/models/pass"
)

// CredentialsView is what somebody has set up to sign in as staff. It holds nothing secret.
type CredentialsView struct {
	Password      *string       `json:"password" format:"date-time" doc:"When it was set; null for none."`
	Authenticator *string       `json:"authenticator" format:"date-time" doc:"When the app was set up; null for none."`
	Passkeys      []PasskeyView `json:"passkeys"`
	Recovery      int           `json:"recovery" doc:"Recovery codes that are left."`
	Possible      bool          `json:"passkeys_possible" doc:"False where the public address is an IP address, for which browsers make none."`
	Enrolling     bool          `json:"enrolling" doc:"This session may set up the first ones."`
}

// PasskeyView is one passkey.
type PasskeyView struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Made   string `json:"made" format:"date-time"`
	Used   string `json:"used,omitempty" format:"date-time"`
	Doubt  bool   `json:"doubt,omitempty" doc:"It may have been copied, and signs nobody in any more."`
	Synced bool   `json:"synced,omitempty" doc:"A password manager keeps it on more than one device."`
}

// credentialsOutput also carries the cookie of the session that an enrolment ends with.
type credentialsOutput struct {
	SetCookie    []http.Cookie `header:"Set-Cookie"`
	CacheControl string        `header:"Cache-Control"`
	Body         CredentialsView
}

func (a *API) getCredentials(ctx context.Context, _ *struct{}) (*credentialsOutput, error) {
	return a.credentials(ctx, nil, nil)
}

// credentials answers a change: with what is set up now, and the cookie of the session that took the place of the one that
// asked, if there is one.
func (a *API) credentials(ctx context.Context, opened *account.Session, err error) (*credentialsOutput, error) {
	if err != nil {
		return nil, err
	}
	actor, out := ActorOf(ctx), &credentialsOutput{CacheControl: "no-store"}
	if opened != nil {
		actor = opened.Actor
		out.SetCookie = []http.Cookie{a.cookie(ctx, opened.Token, opened.ExpiresAt)}
	}
	o, err := a.Credentials.Overview(ctx, actor)
	if err != nil {
		return nil, err
	}
	out.Body = a.viewCredentials(o)
	return out, nil
}

func (a *API) viewCredentials(o credential.Overview) CredentialsView {
	view := CredentialsView{
		Password: localOrNil(o.Password, a.Zone), Authenticator: localOrNil(o.Authenticator, a.Zone), Recovery: o.Recovery,
		Passkeys: []PasskeyView{}, Possible: a.Credentials.Passkeys(), Enrolling: o.Enrolling,
	}
	for _, p := range o.Passkeys {
		one := PasskeyView{ID: p.ID, Name: p.Name, Made: local(p.Made, a.Zone), Doubt: p.Doubt, Synced: p.Synced}
		if !p.Used.IsZero() {
			one.Used = local(p.Used, a.Zone)
		}
		view.Passkeys = append(view.Passkeys, one)
	}
	return view
}

type setPasswordInput struct {
	Body struct {
		Password string `json:"password" maxLength:"512" doc:"At least 12 characters. Nothing else is asked of it but not to be one of those that are tried first."`
	}
}

func (a *API) setPassword(ctx context.Context, in *setPasswordInput) (*credentialsOutput, error) {
	opened, err := a.Credentials.SetPassword(ctx, ActorOf(ctx), in.Body.Password)
	return a.credentials(ctx, opened, err)
}

type startAppOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Secret string `json:"secret" doc:"Base32, to type into an authenticator app."`
		URI    string `json:"uri" doc:"The same with the name of the account (otpauth)."`
		QR     string `json:"qr" doc:"The URI as a QR code, SVG."`
	}
}

func (a *API) startApp(ctx context.Context, _ *struct{}) (*startAppOutput, error) {
	setup, err := a.Credentials.StartApp(ctx, ActorOf(ctx))
	if err != nil {
		return nil, err
	}
	drawn, err := pass.Draw(setup.URI, "身份验证器 Authenticator")
	out := &startAppOutput{CacheControl: "no-store"}
	out.Body.Secret, out.Body.URI, out.Body.QR = setup.Secret, setup.URI, string(drawn)
	return out, err
}

type confirmAppInput struct {
	Body struct {
		Code string `json:"code" maxLength:"12" doc:"What the app shows now."`
	}
}

func (a *API) confirmApp(ctx context.Context, in *confirmAppInput) (*credentialsOutput, error) {
	opened, err := a.Credentials.ConfirmApp(ctx, ActorOf(ctx), in.Body.Code)
	return a.credentials(ctx, opened, err)
}

// optionsOutput is what a browser's navigator.credentials takes, with bytes as base64url.
type optionsOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Options json.RawMessage `json:"options" doc:"PublicKeyCredentialCreationOptionsJSON or …RequestOptionsJSON (WebAuthn Level 3)."`
	}
}

func options(made json.RawMessage, err error) (*optionsOutput, error) {
	out := &optionsOutput{CacheControl: "no-store"}
	out.Body.Options = made
	return out, err
}

func (a *API) startPasskey(ctx context.Context, _ *struct{}) (*optionsOutput, error) {
	return options(a.Credentials.StartPasskey(ctx, ActorOf(ctx)))
}

type addPasskeyInput struct {
	Body struct {
		Name    string         `json:"name,omitempty" maxLength:"100" doc:"Tells it from others; given one if empty."`
		Passkey map[string]any `json:"passkey" doc:"What the browser answered: RegistrationResponseJSON."`
	}
}

func (a *API) addPasskey(ctx context.Context, in *addPasskeyInput) (*credentialsOutput, error) {
	response, err := json.Marshal(in.Body.Passkey)
	if err != nil {
		return nil, err
	}
	opened, err := a.Credentials.AddPasskey(ctx, ActorOf(ctx), in.Body.Name, response)
	return a.credentials(ctx, opened, err)
}

type removePasskeyInput struct {
	Passkey string `path:"passkey" maxLength:"64"`
}

func (a *API) removePasskey(ctx context.Context, in *removePasskeyInput) (*credentialsOutput, error) {
	return a.credentials(ctx, nil, a.Credentials.RemovePasskey(ctx, ActorOf(ctx), in.Passkey))
}

type recoveryOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Codes []string `json:"codes" doc:"Each works once instead of a code of the app. They are shown now and never again."`
	}
}

func (a *API) renewRecovery(ctx context.Context, _ *struct{}) (*recoveryOutput, error) {
	codes, err := a.Credentials.RenewRecovery(ctx, ActorOf(ctx))
	out := &recoveryOutput{CacheControl: "no-store"}
	out.Body.Codes = codes
	return out, err
}

type resetInput struct {
	Account string `path:"account" maxLength:"64"`
}

type resetOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Token   string `json:"token" doc:"Of the link with which its owner sets up new ones: /sign-in#link=TOKEN. It works once."`
		Expires string `json:"expires" format:"date-time"`
		LinkView
	}
}

func (a *API) resetCredentials(ctx context.Context, in *resetInput) (*resetOutput, error) {
	token, err := a.Credentials.Reset(ctx, ActorOf(ctx), in.Account)
	if err != nil {
		return nil, err
	}
	out := &resetOutput{CacheControl: "no-store"}
	out.Body.Token, out.Body.Expires = token, local(a.Clock().Add(credential.EnrolTime), a.Zone)
	out.Body.LinkView, err = a.enrolment(token)
	return out, err
}
