package handlers

import (
	"context"

	"wenguan/models/rule"
)

func (a *API) arrive(ctx context.Context, in *BookingPath) (*bookingOutput, error) {
	b, err := a.Desk.Arrive(ctx, ActorOf(ctx), in.Booking, rule.ByPhone)
	return a.bookingOut(ctx, b, a.refusedOf(ctx, in.Booking, err))
}

func (a *API) stepOut(ctx context.Context, in *BookingPath) (*bookingOutput, error) {
	b, err := a.Desk.StepOut(ctx, ActorOf(ctx), in.Booking)
	return a.bookingOut(ctx, b, a.refusedOf(ctx, in.Booking, err))
}

func (a *API) returned(ctx context.Context, in *BookingPath) (*bookingOutput, error) {
	b, err := a.Desk.Return(ctx, ActorOf(ctx), in.Booking)
	return a.bookingOut(ctx, b, a.refusedOf(ctx, in.Booking, err))
}

func (a *API) releasePlace(ctx context.Context, in *BookingPath) (*bookingOutput, error) {
	b, err := a.Desk.Release(ctx, ActorOf(ctx), in.Booking)
	return a.bookingOut(ctx, b, a.refusedOf(ctx, in.Booking, err))
}

// reportedOutput tells who reports an empty place nothing of whose it is.
type reportedOutput struct {
	Body struct {
		ReturnBy *string `json:"return_by,omitempty" format:"date-time" doc:"Until then the holder may come back."`
	}
}

func (a *API) reportAway(ctx context.Context, in *BookingPath) (*reportedOutput, error) {
	b, err := a.Desk.Report(ctx, ActorOf(ctx), in.Booking)
	if err != nil {
		return nil, a.refusedOf(ctx, in.Booking, err)
	}
	return a.reportedOut(ctx, b)
}
