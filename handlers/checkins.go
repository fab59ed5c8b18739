package handlers

import (
	"context"

	"wenguan/models/booking"
	"wenguan/models/fault"
)

type checkInInput struct {
	Body struct {
		Venue  string `json:"venue" minLength:"1" maxLength:"60" doc:"Where the door is."`
		Token  string `json:"token,omitempty" maxLength:"4096" doc:"What the QR code says, with its live code."`
		Number string `json:"number,omitempty" maxLength:"20" doc:"Or the number of the booking, as typed." example:"7k2m 9qxd"`
	}
}

type checkInOutput struct {
	Body struct {
		Booking Booking `json:"booking"`
	}
}

func (a *API) checkIn(ctx context.Context, in *checkInInput) (*checkInOutput, error) {
	if (in.Body.Token == "") == (in.Body.Number == "") {
		return nil, fault.New(fault.Invalid, "token_or_number", "Give either the pass or the number.").On("number")
	}
	b, err := a.Desk.CheckIn(ctx, ActorOf(ctx), booking.CheckInRequest{Venue: in.Body.Venue, Token: in.Body.Token, Number: in.Body.Number})
	return a.atDoorOut(ctx, in.Body.Venue, b, err)
}
