package handlers

import (
	"context"

	"wenguan/models/booking"
	"wenguan/models/rule"
)

type ownStandingInput struct {
	For string `query:"for" maxLength:"60" doc:"A family member or an organization one books for; else oneself."`
}

type standingOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         StandingView
}

func (a *API) ownStanding(ctx context.Context, in *ownStandingInput) (*standingOutput, error) {
	s, err := a.Desk.Standing(ctx, ActorOf(ctx), in.For)
	if err != nil {
		return nil, err
	}
	return &standingOutput{"no-store", a.viewStanding(ctx, s)}, nil
}

type standingAtInput struct {
	Venue  string `path:"venue" maxLength:"60"`
	Person string `query:"person" required:"true" minLength:"1" maxLength:"60"`
}

func (a *API) standingAt(ctx context.Context, in *standingAtInput) (*standingOutput, error) {
	s, err := a.Desk.StandingAt(ctx, ActorOf(ctx), in.Venue, in.Person)
	if err != nil {
		return nil, err
	}
	return &standingOutput{"no-store", a.viewStanding(ctx, s)}, nil
}

type writeDownInput struct {
	Venue string `path:"venue" maxLength:"60"`
	Key   string `header:"Idempotency-Key" maxLength:"100" doc:"The same key writes it down once."`
	Body  struct {
		Person  string `json:"person,omitempty" maxLength:"60"`
		Booking string `json:"booking,omitempty" maxLength:"60" doc:"Instead of a person: the holder of this booking."`
		Reason  string `json:"reason" minLength:"1" maxLength:"200" doc:"What staff saw; the person reads it."`
	}
}

type writtenDownOutput struct {
	Body struct {
		Violation string `json:"violation"`
	}
}

func (a *API) writeDown(ctx context.Context, in *writeDownInput) (*writtenDownOutput, error) {
	made, err := a.Desk.WriteDown(ctx, ActorOf(ctx), booking.Misconduct{
		Decision: booking.Decision{Holder: in.Body.Person, Reason: in.Body.Reason}, Venue: in.Venue, Booking: in.Body.Booking, Key: in.Key,
	})
	if err != nil {
		return nil, err
	}
	out := &writtenDownOutput{}
	out.Body.Violation = made
	return out, nil
}

type pardonInput struct {
	Violation string `path:"violation" maxLength:"140"`
	Body      struct {
		Person string          `json:"person" minLength:"1" maxLength:"60" doc:"Whose strike it is."`
		Kind   rule.PardonKind `json:"kind" enum:"waived,earned_back" doc:"Waived: as if it had not happened. Earned back: it does not count from now on."`
		Reason string          `json:"reason" minLength:"1" maxLength:"200" doc:"The person reads it."`
	}
}

func (a *API) pardon(ctx context.Context, in *pardonInput) (*struct{}, error) {
	by := booking.Decision{Holder: in.Body.Person, Reason: in.Body.Reason}
	if in.Body.Kind == rule.EarnedBack {
		return nil, a.Desk.EarnBack(ctx, ActorOf(ctx), in.Violation, by)
	}
	return nil, a.Desk.Waive(ctx, ActorOf(ctx), in.Violation, by)
}

type liftInput struct {
	Body struct {
		Person     string `json:"person" minLength:"1" maxLength:"60" doc:"Who is suspended."`
		Suspension string `json:"suspension" minLength:"1" maxLength:"400"`
		Reason     string `json:"reason" minLength:"1" maxLength:"200" doc:"The person reads it."`
	}
}

func (a *API) lift(ctx context.Context, in *liftInput) (*struct{}, error) {
	by := booking.Decision{Holder: in.Body.Person, Reason: in.Body.Reason}
	return nil, a.Desk.LiftSuspension(ctx, ActorOf(ctx), in.Body.Suspension, by)
}
