package handlers

import (
	"context"

	"wenguan/models/booking"
	"wenguan/models/pass"
)

type CodePath struct {
	Code string `path:"code" maxLength:"40" doc:"What the sticker on the seat or the room says." example:"7K2M9QXD4T5V6W8Y"`
}

type codeInput struct {
	CodePath
	For string `query:"for" maxLength:"60" doc:"For whom one would book, by account id; oneself if missing."`
}

type codeOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         CodeView
}

func (a *API) getCode(ctx context.Context, in *codeInput) (*codeOutput, error) {
	at, err := a.Desk.AtCode(ctx, ActorOf(ctx), in.Code, in.For)
	if err != nil {
		return nil, err
	}
	view, err := a.viewCode(ctx, at)
	return &codeOutput{"no-store", view}, err
}

type spotInput struct {
	CodePath
	Body *struct {
		Booking string `json:"booking,omitempty" maxLength:"60" doc:"Which of one's bookings is meant; the one under way, or the next, if missing."`
	}
}

// atSpot is the handler of one verb at the code of a space.
func (a *API) atSpot(do booking.SpotVerb) handle[spotInput, bookingOutput] {
	return func(ctx context.Context, in *spotInput) (*bookingOutput, error) {
		named := ""
		if in.Body != nil {
			named = in.Body.Booking
		}
		b, err := a.Desk.AtSpot(ctx, ActorOf(ctx), in.Code, named, do)
		return a.bookingHere(ctx, b, a.refusedAt(ctx, in.Code, err))
	}
}

func (a *API) reportAtCode(ctx context.Context, in *CodePath) (*reportedOutput, error) {
	b, err := a.Desk.AtSpot(ctx, ActorOf(ctx), in.Code, "", booking.SpotReport)
	if err != nil {
		return nil, a.refusedAt(ctx, in.Code, err)
	}
	return a.reportedOut(ctx, b)
}

type bookHereInput struct {
	CodePath
	Key  string `header:"Idempotency-Key" maxLength:"100" doc:"The same key with the same body gives the same booking again."`
	Body struct {
		Start   string   `json:"start" minLength:"16" maxLength:"35" doc:"As the offer says." example:"2026-11-24T09:30"`
		End     string   `json:"end" minLength:"16" maxLength:"35" doc:"One of the ends of the offer." example:"2026-11-24T11:00"`
		With    []string `json:"with,omitempty" maxItems:"30" doc:"Accounts of people who come along."`
		Letter  int32    `json:"letter,omitempty" minimum:"0" doc:"Version of the letter of the rules that is accepted."`
		Party   int32    `json:"party,omitempty" minimum:"1" maximum:"100000" default:"1"`
		Purpose string   `json:"purpose,omitempty" maxLength:"200"`
		For     string   `json:"for,omitempty" maxLength:"60"`
	}
}

func (a *API) bookHere(ctx context.Context, in *bookHereInput) (*madeBooking, error) {
	venueID, err := a.Desk.CodeVenue(ctx, in.Code)
	if err != nil {
		return nil, err
	}
	start, end, err := a.span(ctx, venueID, in.Body.Start, in.Body.End)
	if err != nil {
		return nil, err
	}
	made, err := a.Desk.BookHere(ctx, ActorOf(ctx), in.Code, booking.Request{
		For: in.Body.For, Start: start, End: end, With: in.Body.With, Letter: in.Body.Letter,
		Party: in.Body.Party, Purpose: in.Body.Purpose, Key: in.Key,
	})
	out, err := a.bookingHere(ctx, made, a.refused(ctx, venueID, err))
	if err != nil {
		return nil, err
	}
	return &madeBooking{Prefix + "/bookings/" + made.ID, out.Body}, nil
}

func (a *API) codePicture(ctx context.Context, in *CodePath) (*bytesOutput, error) {
	if _, err := a.Desk.CodeVenue(ctx, in.Code); err != nil {
		return nil, err
	}
	picture, err := pass.Draw(a.codeAddress(in.Code), "QR")
	return &bytesOutput{"image/svg+xml", "no-cache", picture}, err
}

type seatCodesInput struct {
	Venue string `path:"venue" maxLength:"60"`
}

type makeSeatCodesInput struct {
	Venue string `path:"venue" maxLength:"60"`
	Body  *struct {
		Renew string `json:"renew,omitempty" maxLength:"60" doc:"The space that gets a new code; the sticker it has is worthless from then on."`
	}
}

func (a *API) listSeatCodes(ctx context.Context, in *seatCodesInput) (*seatCodesOutput, error) {
	list, err := a.Desk.SeatCodes(ctx, ActorOf(ctx), in.Venue)
	return a.seatCodesOut(ctx, in.Venue, list, err)
}

func (a *API) makeSeatCodes(ctx context.Context, in *makeSeatCodesInput) (*seatCodesOutput, error) {
	renew := ""
	if in.Body != nil {
		renew = in.Body.Renew
	}
	list, err := a.Desk.MakeSeatCodes(ctx, ActorOf(ctx), in.Venue, renew)
	return a.seatCodesOut(ctx, in.Venue, list, err)
}
