package handlers

import (
	"context"

	"wenguan/models/account"
	"wenguan/models/privacy"
	"wenguan/models/rule"
	"wenguan/models/venue"
)

// PrivacyText is one version of what people agree to.
type PrivacyText struct {
	Version int32      `json:"version" example:"1"`
	Body    venue.Text `json:"body" doc:"Plain text: paragraphs between empty lines, headings after '# ', items of a list after '- '."`
	Changed string     `json:"changed,omitempty" doc:"What is new in it."`
	MadeAt  string     `json:"made_at,omitempty" format:"date-time" doc:"Missing for the one that comes with the product."`
}

// ConsentNeeded names the version of the privacy text that somebody has not agreed to yet.
type ConsentNeeded struct {
	Version int32 `json:"version"`
}

// ConsentView is what somebody agreed to.
type ConsentView struct {
	Version int32  `json:"version"`
	At      string `json:"at" format:"date-time"`
}

// LookView is one time staff saw somebody's data in clear.
type LookView struct {
	At   string       `json:"at" format:"date-time"`
	Who  string       `json:"who" doc:"The name of who looked; empty for one who is gone."`
	Role account.Role `json:"role,omitempty" doc:"What they are as staff; missing for one who is none any more." enum:"attendant,counter,manager,officer,auditor,administrator"`
	Why  string       `json:"why" doc:"Such as counter, booking, verification or export." example:"counter"`
	What string       `json:"what" doc:"What was shown." example:"person"`

	Venue *Named `json:"venue,omitempty" doc:"Where, if they were served at a venue."`
}

type privacyTextOutput struct {
	Body PrivacyText
}

func (a *API) currentText(ctx context.Context, _ *struct{}) (*privacyTextOutput, error) {
	t, err := a.Privacy.Current(ctx)
	return &privacyTextOutput{a.viewText(t)}, err
}

type textInput struct {
	Version int32 `path:"version" minimum:"1" maximum:"999999"`
}

func (a *API) getText(ctx context.Context, in *textInput) (*privacyTextOutput, error) {
	t, err := a.Privacy.Version(ctx, in.Version)
	return &privacyTextOutput{a.viewText(t)}, err
}

type privacyTextsOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Items []PrivacyText `json:"items" doc:"Newest first."`
	}
}

func (a *API) listTexts(ctx context.Context, _ *struct{}) (*privacyTextsOutput, error) {
	list, err := a.Privacy.Texts(ctx, ActorOf(ctx))
	out := &privacyTextsOutput{CacheControl: "no-store"}
	for _, t := range list {
		out.Body.Items = append(out.Body.Items, a.viewText(t))
	}
	return out, err
}

type writeTextInput struct {
	Body struct {
		After   int32      `json:"after" minimum:"1" doc:"The version it was written from."`
		Body    venue.Text `json:"body"`
		Changed string     `json:"changed,omitempty" maxLength:"200"`
	}
}

type writtenTextOutput struct {
	Location string `header:"Location"`
	Body     PrivacyText
}

func (a *API) writeText(ctx context.Context, in *writeTextInput) (*writtenTextOutput, error) {
	t, err := a.Privacy.Write(ctx, ActorOf(ctx), privacy.Draft{
		After: in.Body.After, ZH: in.Body.Body.ZH, EN: in.Body.Body.EN, Changed: in.Body.Changed,
	})
	return &writtenTextOutput{Prefix + "/privacy/texts/current", a.viewText(t)}, err
}

type consentInput struct {
	Body struct {
		Version int32 `json:"version" minimum:"1" doc:"The version that was read." example:"1"`
	}
}

type consentOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         ConsentView
}

func (a *API) consent(ctx context.Context, in *consentInput) (*consentOutput, error) {
	given, err := a.Privacy.Consent(ctx, ActorOf(ctx), in.Body.Version)
	return &consentOutput{"no-store", *a.viewConsent(&given)}, err
}

type ownConsentOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Consent *ConsentView `json:"consent,omitempty" doc:"Missing if there is none yet."`
	}
}

func (a *API) getConsent(ctx context.Context, _ *struct{}) (*ownConsentOutput, error) {
	given, err := a.Privacy.ConsentOf(ctx, ActorOf(ctx))
	out := &ownConsentOutput{CacheControl: "no-store"}
	out.Body.Consent = a.viewConsent(given)
	return out, err
}

type looksInput struct {
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	After string `query:"after" maxLength:"3000" doc:"What next was."`
}

type looksOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Items []LookView `json:"items" doc:"Latest first."`
		Next  string     `json:"next,omitempty" doc:"The cursor of the page that follows; missing at the end."`
	}
}

func (a *API) listLooks(ctx context.Context, in *looksInput) (*looksOutput, error) {
	looks, next, err := a.Privacy.Looks(ctx, ActorOf(ctx), in.Limit, in.After)
	out := &looksOutput{CacheControl: "no-store"}
	out.Body.Items, out.Body.Next = []LookView{}, next
	for _, l := range looks {
		view := LookView{At: local(l.At, a.Zone), Who: l.Who, Role: l.Role, Why: l.Why, What: l.What}
		if l.Venue != "" {
			at, _ := a.placeNames(ctx, rule.Where{Venue: l.Venue})
			view.Venue = &at
		}
		out.Body.Items = append(out.Body.Items, view)
	}
	return out, err
}

type erasureInput struct {
	Body struct {
		Confirm string `json:"confirm" maxLength:"20" doc:"The word that confirms it, as typed: erase, or 注销." example:"erase"`
	}
}

func (a *API) eraseAccount(ctx context.Context, in *erasureInput) (*signOutOutput, error) {
	if err := a.Privacy.Erase(ctx, ActorOf(ctx), in.Body.Confirm); err != nil {
		return nil, err
	}
	return a.signOut(ctx, nil)
}

type personInput struct {
	Person string `path:"person" minLength:"1" maxLength:"60"`
}

func (a *API) erasePerson(ctx context.Context, in *personInput) (*struct{}, error) {
	return nil, a.Privacy.ErasePerson(ctx, ActorOf(ctx), in.Person)
}

type addressInput struct {
	Body struct {
		To   string `json:"to" minLength:"3" maxLength:"254" doc:"The phone number or e-mail address that the code was sent to." example:"13800138000"`
		Code string `json:"code" minLength:"1" maxLength:"12" example:"482913"`
	}
}

type addressOutput struct {
	Body struct {
		Phone string `json:"phone,omitempty" doc:"As it is now." example:"+8613800138000"`
		Email string `json:"email,omitempty"`
	}
}

func (a *API) changeAddress(ctx context.Context, in *addressInput) (*addressOutput, error) {
	changed, err := a.Accounts.ChangeAddress(ctx, ActorOf(ctx), in.Body.To, in.Body.Code)
	out := &addressOutput{}
	out.Body.Phone, out.Body.Email = changed.Phone, changed.Email
	return out, err
}

func (a *API) viewText(t privacy.Text) PrivacyText {
	view := PrivacyText{Version: t.Version, Body: venue.Text{ZH: t.ZH, EN: t.EN}, Changed: t.Changed}
	if !t.MadeAt.IsZero() {
		view.MadeAt = local(t.MadeAt, a.Zone)
	}
	return view
}

func (a *API) viewConsent(c *account.Consent) *ConsentView {
	if c == nil {
		return nil
	}
	return &ConsentView{c.Version, local(c.At, a.Zone)}
}
