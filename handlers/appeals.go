package handlers

import (
	"context"
	"strings"

	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/rule"
)

// appealPhotoBody is one more byte than a photo may have: the limit of a body is one it may not reach.
const appealPhotoBody = booking.MaxPhotoBytes + 1

// AppealView is an appeal with what was answered.
type AppealView struct {
	ID        string              `json:"id"`
	Violation string              `json:"violation"`
	Kind      rule.ViolationKind  `json:"kind" enum:"no_show,late_cancel,not_back,reported,no_check_out,overstay,misconduct"`
	Happened  string              `json:"happened" format:"date-time"`
	Reason    string              `json:"reason,omitempty" doc:"What staff wrote down."`
	Venue     Named               `json:"venue"`
	Space     *Named              `json:"space,omitempty"`
	Visit     *VisitView          `json:"visit,omitempty" doc:"The booking it is about, while it is kept with the person."`
	Person    Holder              `json:"person" doc:"Whose strike it is."`
	Text      string              `json:"text"`
	Photo     string              `json:"photo,omitempty" format:"uri-reference" doc:"Staff who open it are recorded, and the person is shown that."`
	State     booking.AppealState `json:"state" enum:"open,granted,refused"`
	At        string              `json:"at" format:"date-time"`
	Answer    *AnswerView         `json:"answer,omitempty"`
}

// VisitView is what a booking says to an appeal.
type VisitView struct {
	Number    string  `json:"number"`
	Start     string  `json:"start" format:"date-time"`
	End       string  `json:"end" format:"date-time"`
	CheckInBy string  `json:"check_in_by" format:"date-time"`
	CheckedIn *string `json:"checked_in,omitempty" format:"date-time"`
}

// AnswerView is what staff said to an appeal.
type AnswerView struct {
	Text string `json:"text"`
	At   string `json:"at" format:"date-time"`
}

type appealInput struct {
	Body struct {
		For       string `json:"for,omitempty" maxLength:"60" doc:"A family member or an organization one books for; else oneself."`
		Violation string `json:"violation" minLength:"1" maxLength:"140"`
		Text      string `json:"text" minLength:"1" maxLength:"1000" doc:"Why the strike is not right."`
	}
}

type appealOutput struct{ Body AppealView }

func (a *API) appeal(ctx context.Context, in *appealInput) (*appealOutput, error) {
	made, err := a.Desk.Appeal(ctx, ActorOf(ctx), in.Body.For, in.Body.Violation, in.Body.Text)
	return a.appealOut(ctx, made, err)
}

func (a *API) appealOut(ctx context.Context, made booking.Appeal, err error) (*appealOutput, error) {
	if err != nil {
		return nil, err
	}
	views, err := a.viewAppeals(ctx, []booking.Appeal{made})
	if err != nil {
		return nil, err
	}
	return &appealOutput{views[0]}, nil
}

// AppealPath names an appeal.
type AppealPath struct {
	Appeal string `path:"appeal" maxLength:"60"`
}

type appealPhotoInput struct {
	AppealPath
	RawBody []byte `contentType:"application/octet-stream"`
}

func (a *API) putAppealPhoto(ctx context.Context, in *appealPhotoInput) (*struct{}, error) {
	return nil, a.Desk.AddPhoto(ctx, ActorOf(ctx), in.Appeal, in.RawBody)
}

func (a *API) getAppealPhoto(ctx context.Context, in *AppealPath) (*downloadOutput, error) {
	kind, data, err := a.Desk.Photo(ctx, ActorOf(ctx), in.Appeal)
	if err != nil {
		return nil, err
	}
	_, ending, _ := strings.Cut(kind, "/")
	return &downloadOutput{kind, attachment("appeal." + ending), "nosniff", "sandbox; default-src 'none'", "same-origin", "no-store", data}, nil
}

type appealsOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Items []AppealView `json:"items"`
		Next  string       `json:"next,omitempty" doc:"For after, to read on; missing on the last page."`
	}
}

type ownAppealsInput struct {
	For   string `query:"for" maxLength:"60" doc:"A family member or an organization one books for; else oneself."`
	Limit int    `query:"limit" minimum:"1" maximum:"50" default:"20"`
	After string `query:"after" maxLength:"3000" doc:"next of the page before."`
}

func (a *API) ownAppeals(ctx context.Context, in *ownAppealsInput) (*appealsOutput, error) {
	items, next, err := a.Desk.Appeals(ctx, ActorOf(ctx), in.For, in.Limit, in.After)
	return a.appealsOut(ctx, items, next, err)
}

type appealsAtInput struct {
	Venue string              `path:"venue" maxLength:"60"`
	State booking.AppealState `query:"state" enum:"open,granted,refused" default:"open"`
	Limit int                 `query:"limit" minimum:"1" maximum:"50" default:"20"`
	After string              `query:"after" maxLength:"3000" doc:"next of the page before."`
}

func (a *API) appealsAt(ctx context.Context, in *appealsAtInput) (*appealsOutput, error) {
	items, next, err := a.Desk.AppealsAt(ctx, ActorOf(ctx), in.Venue, in.State, in.Limit, in.After)
	return a.appealsOut(ctx, items, next, err)
}

func (a *API) appealsOut(ctx context.Context, items []booking.Appeal, next string, err error) (*appealsOutput, error) {
	if err != nil {
		return nil, err
	}
	out := &appealsOutput{CacheControl: "no-store"}
	out.Body.Next = next
	out.Body.Items, err = a.viewAppeals(ctx, items)
	return out, err
}

type answerInput struct {
	AppealPath
	Body struct {
		Grant bool   `json:"grant" doc:"The strike is waived with it."`
		Text  string `json:"text" minLength:"1" maxLength:"1000" doc:"The person reads it."`
	}
}

func (a *API) answerAppeal(ctx context.Context, in *answerInput) (*appealOutput, error) {
	answered, err := a.Desk.Decide(ctx, ActorOf(ctx), in.Appeal, booking.Verdict{Grant: in.Body.Grant, Text: in.Body.Text})
	return a.appealOut(ctx, answered, err)
}

func (a *API) viewAppeals(ctx context.Context, items []booking.Appeal) ([]AppealView, error) {
	ids := make([]string, len(items))
	for i := range items {
		ids[i] = items[i].Holder
	}
	names, err := a.Accounts.MaskedNames(ctx, ids)
	if err != nil {
		return nil, err
	}
	views := make([]AppealView, len(items))
	for i := range items {
		views[i] = a.viewAppeal(ctx, &items[i])
		views[i].Person = Holder{ID: items[i].Holder, Name: names[items[i].Holder], Kind: account.Person}
	}
	return views, nil
}

func (a *API) viewAppeal(ctx context.Context, p *booking.Appeal) AppealView {
	zone := a.Zone
	if v, err := a.Venues.Get(ctx, p.Venue); err == nil {
		zone = v.Location()
	}
	at, space := a.placeNames(ctx, rule.Where{Venue: p.Venue, Space: p.Space})
	view := AppealView{
		ID: p.ID, Violation: p.Violation, Kind: p.Kind, Happened: local(p.Happened, zone), Reason: p.Reason, Venue: at, Space: space,
		Text: p.Text, State: p.State, At: local(p.At, zone),
	}
	if p.Photo != "" {
		view.Photo = Prefix + "/appeals/" + p.ID + "/photo"
	}
	if p.Answer != nil {
		view.Answer = &AnswerView{p.Answer.Text, local(p.Answer.At, zone)}
	}
	if b, err := a.Desk.Get(ctx, ActorOf(ctx), p.Booking); err == nil && b.Holder == p.Holder {
		view.Visit = &VisitView{b.ShownNumber(), local(b.Start, zone), local(b.End, zone), local(b.Closes, zone), localOrNil(b.InAt, zone)}
	}
	return view
}
