package handlers

import (
	"context"

	"wenguan/models/booking"
)

type cardInput struct {
	Venue string `path:"venue" maxLength:"60"`
	Body  struct {
		Number string           `json:"identity_number" minLength:"1" maxLength:"40" doc:"The eighteen characters of an identity number (GB 11643-1999), as a reader of cards types them. It is neither kept nor logged."`
		Do     booking.SpotVerb `json:"do,omitempty" enum:"check_in,leave,return,check_out" default:"check_in"`
	}
}

func (a *API) attendByCard(ctx context.Context, in *cardInput) (*checkInOutput, error) {
	at := booking.CheckInRequest{Venue: in.Venue, Card: in.Body.Number}
	b, err := a.Desk.AtDoor(ctx, ActorOf(ctx), at, in.Body.Do)
	return a.atDoorOut(ctx, in.Venue, b, err)
}

// atDoorOut is what a door is told of a booking; a device less than staff.
func (a *API) atDoorOut(ctx context.Context, venue string, b booking.Booking, err error) (*checkInOutput, error) {
	if err != nil {
		return nil, a.refused(ctx, venue, err)
	}
	out := &checkInOutput{}
	out.Body.Booking, err = a.viewBooking(ctx, b)
	if ActorOf(ctx).Device != nil {
		out.Body.Booking = forDevice(out.Body.Booking)
	}
	return out, err
}
