package handlers

import (
	"context"

	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/fault"
)

type walkInInput struct {
	Venue string `path:"venue" maxLength:"60"`
	Key   string `header:"Idempotency-Key" maxLength:"100" doc:"The same key counts once."`
	Body  struct {
		People int32         `json:"people,omitempty" minimum:"1" maximum:"500" default:"1"`
		Group  account.Group `json:"group,omitempty" enum:"residents,families,elders,organizations,disabled" doc:"As whoever counts sees them; residents, or what the person's account says, if missing."`
		Person string        `json:"person,omitempty" maxLength:"60" doc:"Their account, where it is known."`
	}
}

type walkInOutput struct {
	Body struct {
		ID     string `json:"id" doc:"To take the count back."`
		People int32  `json:"people"`
		Today  int    `json:"today" doc:"People who walked in today, these included."`
		Free   int    `json:"free" doc:"Places that are free now."`
	}
}

func (a *API) walkIn(ctx context.Context, in *walkInInput) (*walkInOutput, error) {
	got, err := a.Desk.WalkIn(ctx, ActorOf(ctx), booking.WalkInRequest{
		Venue: in.Venue, People: in.Body.People, Group: in.Body.Group, Person: in.Body.Person, Key: in.Key,
	})
	if err != nil {
		return nil, a.refused(ctx, in.Venue, err)
	}
	out := &walkInOutput{}
	out.Body.ID, out.Body.People, out.Body.Today, out.Body.Free = got.ID, got.People, got.Today, got.Free
	return out, nil
}

type undoWalkInInput struct {
	Venue  string `path:"venue" maxLength:"60"`
	WalkIn string `path:"walk_in" maxLength:"40"`
}

type undoWalkInOutput struct {
	Body struct {
		Today int `json:"today" doc:"People who walked in today."`
	}
}

func (a *API) undoWalkIn(ctx context.Context, in *undoWalkInInput) (*undoWalkInOutput, error) {
	today, err := a.Desk.UndoWalkIn(ctx, ActorOf(ctx), in.Venue, in.WalkIn)
	out := &undoWalkInOutput{}
	out.Body.Today = today
	return out, err
}

type attendInput struct {
	Body struct {
		Venue  string           `json:"venue" minLength:"1" maxLength:"60" doc:"Where the door is."`
		Token  string           `json:"token,omitempty" maxLength:"4096" doc:"What the QR code of the pass says, with its live code."`
		Number string           `json:"number,omitempty" maxLength:"20" doc:"Or the number of the booking, as typed." example:"7k2m 9qxd"`
		Do     booking.SpotVerb `json:"do" enum:"check_in,leave,return,check_out"`
	}
}

func (a *API) attend(ctx context.Context, in *attendInput) (*checkInOutput, error) {
	if (in.Body.Token == "") == (in.Body.Number == "") {
		return nil, fault.New(fault.Invalid, "token_or_number", "Give either the pass or the number.").On("number")
	}
	at := booking.CheckInRequest{Venue: in.Body.Venue, Token: in.Body.Token, Number: in.Body.Number}
	b, err := a.Desk.AtDoor(ctx, ActorOf(ctx), at, in.Body.Do)
	return a.atDoorOut(ctx, in.Body.Venue, b, err)
}
