package handlers

import (
	"cmp"
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"wenguan/models/account"
)

// AccountView is somebody's own account.
type AccountView struct {
	ID       string        `json:"id"`
	Kind     account.Kind  `json:"kind" enum:"person,organization"`
	Name     string        `json:"name"`
	Group    account.Group `json:"group,omitempty" doc:"What utilization is broken down by; empty counts as residents." enum:"residents,families,elders,organizations"`
	Language string        `json:"language,omitempty" example:"zh-CN"`

	BirthYear     int32 `json:"birth_year,omitempty" doc:"Where rules about age ask for it; missing if nobody said." example:"1985"`
	BirthAttested bool  `json:"birth_year_attested,omitempty" doc:"It is that of the bound identity number; else the person's own word."`
}

// SessionView is who is signed in and what they may do.
type SessionView struct {
	Account       *AccountView                 `json:"account" doc:"null when nobody is signed in."`
	May           []account.Action             `json:"may" doc:"What the pages may offer; every verb checks again."`
	Venues        []string                     `json:"venues" nullable:"true" doc:"The venues staff work for; null for the whole district, empty for none."`
	Scopes        map[account.Action]ScopeView `json:"scopes,omitempty" doc:"Where staff may do each of these actions."`
	Device        *DeviceInSession             `json:"device,omitempty" doc:"The door, kiosk or display that this is; then there is no account."`
	ActsFor       []ActingView                 `json:"acts_for,omitempty" doc:"Family members and organizations."`
	RealName      bool                         `json:"real_name" doc:"A real name is bound to the account."`
	ConsentNeeded *ConsentNeeded               `json:"consent_needed,omitempty" doc:"The privacy text that has to be agreed to before going on."`
	Means         account.Means                `json:"means,omitempty" doc:"How the session was opened." enum:"code,link,password,passkey,provider,provider_weak,command,token"`
	Staff         bool                         `json:"staff,omitempty" doc:"The account has a role, whether or not this session may use it."`
	Fresh         bool                         `json:"fresh,omitempty" doc:"The second factor was shown within the last minutes."`
	Enrol         bool                         `json:"enrol,omitempty" doc:"The session may set up password and second factor, or a passkey, of an account that has none."`
	Now           string                       `json:"now" format:"date-time" doc:"The service's clock, for devices whose own is wrong."`
}

// ScopeView is where somebody may do something.
type ScopeView struct {
	All    bool     `json:"all" doc:"In the whole district."`
	Venues []string `json:"venues" doc:"Else at these venues."`
}

// TransformSchema implements huma.SchemaTransformer: huma has no nullable objects.
func (SessionView) TransformSchema(_ huma.Registry, s *huma.Schema) *huma.Schema {
	who := s.Properties["account"]
	s.Properties["account"] = &huma.Schema{Description: who.Description, AnyOf: []*huma.Schema{{Ref: who.Ref}, {Type: "null"}}}
	return s
}

type sendCodeInput struct {
	Language string `header:"Accept-Language" maxLength:"200"`
	Body     struct {
		To string `json:"to" minLength:"3" maxLength:"254" doc:"A phone number (mainland numbers without +86 are understood) or an e-mail address." example:"13800138000"`
	}
}

// acceptedOutput is always the same: whether an account exists is nobody's business.
type acceptedOutput struct {
	Body struct{}
}

func (a *API) sendCode(ctx context.Context, in *sendCodeInput) (*acceptedOutput, error) {
	return &acceptedOutput{}, a.Accounts.SendCodeIn(ctx, language(in.Language), in.Body.To, callerOf(ctx).Network)
}

// signInInput is one proof of who somebody is: a code, a link, a password with a second factor, or a passkey.
type signInInput struct {
	Agent   string `header:"User-Agent" hidden:"true"`
	Cookies string `header:"Cookie" hidden:"true"`
	Body    struct {
		To       string         `json:"to,omitempty" maxLength:"254" doc:"Where the code was sent, and"`
		Code     string         `json:"code,omitempty" maxLength:"12" doc:"the code; or" example:"482913"`
		Link     string         `json:"link,omitempty" maxLength:"200" doc:"the token of a sign-in link; or, for staff,"`
		Login    string         `json:"login,omitempty" maxLength:"254" doc:"phone number or e-mail address,"`
		Password string         `json:"password,omitempty" maxLength:"512" doc:"password, and"`
		TOTP     string         `json:"totp,omitempty" maxLength:"12" doc:"what the authenticator app shows now, or"`
		Recovery string         `json:"recovery,omitempty" maxLength:"40" doc:"a recovery code; or"`
		Passkey  map[string]any `json:"passkey,omitempty" doc:"what the browser answered to a passkey challenge (AuthenticationResponseJSON); or,"`
		Device   string         `json:"device,omitempty" maxLength:"64" doc:"for a machine, the token of a device."`
	}
}

type signInOutput struct {
	SetCookie    []http.Cookie `header:"Set-Cookie"`
	Location     string        `header:"Location"`
	CacheControl string        `header:"Cache-Control"`
	Body         SessionView
}

func (a *API) signIn(ctx context.Context, in *signInInput) (*signInOutput, error) {
	if in.Body.Device != "" {
		return a.signInDevice(ctx, in.Body.Device)
	}
	session, browser, err := a.prove(ctx, in)
	if err != nil {
		return nil, err
	}
	return a.entered(ctx, session, browser, in.Agent)
}

type sessionOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         SessionView
}

func (a *API) getSession(ctx context.Context, _ *struct{}) (*sessionOutput, error) {
	view, err := a.sessionOf(ctx, ActorOf(ctx))
	return &sessionOutput{"no-store", view}, err
}

type signOutOutput struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
}

func (a *API) signOut(ctx context.Context, _ *struct{}) (*signOutOutput, error) {
	if token := callerOf(ctx).Token; token != "" {
		if err := a.Accounts.SignOut(ctx, token); err != nil {
			return nil, err
		}
	}
	return &signOutOutput{a.cookie(ctx, "", time.Unix(0, 0))}, nil
}

type updateAccountInput struct {
	Body struct {
		Name     *string        `json:"name,omitempty" maxLength:"60"`
		Group    *account.Group `json:"group,omitempty" enum:"residents,families,elders,organizations"`
		Language *string        `json:"language,omitempty" enum:"zh-CN,en"`

		BirthYear *int32 `json:"birth_year,omitempty" minimum:"0" maximum:"9999" doc:"For rules about age; 0 takes it back. That of a bound identity number stays." example:"1985"`
	}
}

type accountOutput struct {
	Body AccountView
}

func (a *API) updateAccount(ctx context.Context, in *updateAccountInput) (*accountOutput, error) {
	if year := in.Body.BirthYear; in.Body.Name != nil || in.Body.Group != nil || year != nil && *year != 0 { // more to keep about them
		if err := a.Privacy.Consented(ctx, ActorOf(ctx)); err != nil {
			return nil, err
		}
	}
	changed, err := a.Accounts.UpdateProfile(ctx, ActorOf(ctx), account.Profile(in.Body))
	if err != nil {
		return nil, err
	}
	return &accountOutput{*viewAccount(changed.Actor())}, nil
}

// cookie keeps the token until then, or removes it when that has passed. It says for how long, not until when: the clock
// of the browser may be wrong.
func (a *API) cookie(ctx context.Context, token string, expires time.Time) http.Cookie {
	secure := callerOf(ctx).Secure
	return http.Cookie{
		Name: cookieName(Cookie, secure), Value: token, Path: "/", MaxAge: cmp.Or(max(-1, int(expires.Sub(a.Clock()).Seconds())), -1),
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: secure,
	}
}
