package handlers

import (
	"context"

	"wenguan/models/booking"
)

type reserveInput struct {
	Key  string `header:"Idempotency-Key" maxLength:"100" doc:"The same key with the same body gives the same booking again."`
	Body struct {
		Venue   string   `json:"venue" minLength:"1" maxLength:"60"`
		Space   string   `json:"space" minLength:"1" maxLength:"60" doc:"A space, or a group whose members are handed out."`
		Start   string   `json:"start" minLength:"16" maxLength:"35" doc:"Wall clock of the venue, or RFC 3339 with an offset." example:"2026-11-25T09:00"`
		End     string   `json:"end" minLength:"16" maxLength:"35" example:"2026-11-25T11:00"`
		Also    []string `json:"also,omitempty" maxItems:"20" doc:"More spaces in the same booking, where the rules allow it."`
		With    []string `json:"with,omitempty" maxItems:"30" doc:"Accounts of people who come along, such as the parent of a child."`
		Letter  int32    `json:"letter,omitempty" minimum:"0" doc:"Version of the letter of the rules that is accepted."`
		Party   int32    `json:"party,omitempty" minimum:"1" maximum:"100000" default:"1" doc:"How many people come, the holder included."`
		Purpose string   `json:"purpose,omitempty" maxLength:"200"`
		For     string   `json:"for,omitempty" maxLength:"60" doc:"Whom it is for, by account id: oneself if missing; a family member; an organization one books for; for staff of the venue anybody."`
	}
}

type madeBooking struct {
	Location string `header:"Location"`
	Body     Booking
}

func (a *API) reserve(ctx context.Context, in *reserveInput) (*madeBooking, error) {
	start, end, err := a.span(ctx, in.Body.Venue, in.Body.Start, in.Body.End)
	if err != nil {
		return nil, err
	}
	made, err := a.Desk.Reserve(ctx, ActorOf(ctx), booking.Request{
		For: in.Body.For, Venue: in.Body.Venue, Space: in.Body.Space, Start: start, End: end,
		Also: in.Body.Also, With: in.Body.With, Letter: in.Body.Letter, Party: in.Body.Party, Purpose: in.Body.Purpose, Key: in.Key,
	})
	if err != nil {
		return nil, a.refused(ctx, in.Body.Venue, err)
	}
	view, err := a.viewBooking(ctx, made)
	return &madeBooking{Prefix + "/bookings/" + made.ID, view}, err
}

type listBookingsInput struct {
	For   string `query:"for" maxLength:"60" doc:"The account id of a family member or an organization; oneself and one's family if missing."`
	Past  bool   `query:"past" doc:"Those that are over, latest end first, instead of those ahead or under way. What was cancelled stays among those ahead until it would have ended."`
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	After string `query:"after" maxLength:"1500" doc:"The next of the page before."`
}

type listBookingsOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Items []Booking `json:"items"`
		Next  string    `json:"next,omitempty" doc:"For after; missing on the last page."`
	}
}

func (a *API) listBookings(ctx context.Context, in *listBookingsInput) (*listBookingsOutput, error) {
	list, next, err := a.Desk.Mine(ctx, ActorOf(ctx), booking.MineQuery{For: in.For, Past: in.Past, Limit: in.Limit, After: in.After})
	if err != nil {
		return nil, err
	}
	out := &listBookingsOutput{CacheControl: "no-store"}
	out.Body.Next = next
	out.Body.Items, err = a.viewBookings(ctx, list)
	return out, err
}

type BookingPath struct {
	Booking string `path:"booking" maxLength:"60"`
}

type bookingOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         Booking
}

func (a *API) getBooking(ctx context.Context, in *BookingPath) (*bookingOutput, error) {
	b, err := a.Desk.Get(ctx, ActorOf(ctx), in.Booking)
	return a.bookingOut(ctx, b, err)
}

type moveInput struct {
	BookingPath
	Key  string `header:"Idempotency-Key" maxLength:"100"`
	Body struct {
		Space string `json:"space,omitempty" maxLength:"60" doc:"Empty keeps the space."`
		Start string `json:"start" minLength:"16" maxLength:"35" example:"2026-11-25T09:00"`
		End   string `json:"end" minLength:"16" maxLength:"35" example:"2026-11-25T11:00"`
	}
}

func (a *API) moveBooking(ctx context.Context, in *moveInput) (*bookingOutput, error) {
	old, err := a.Desk.Get(ctx, ActorOf(ctx), in.Booking)
	if err != nil {
		return nil, err
	}
	start, end, err := a.span(ctx, old.Venue, in.Body.Start, in.Body.End)
	if err != nil {
		return nil, err
	}
	want := booking.MoveRequest{Space: in.Body.Space, Start: start, End: end, Key: in.Key}
	b, err := a.Desk.Move(ctx, ActorOf(ctx), in.Booking, want)
	return a.bookingOut(ctx, b, a.refused(ctx, old.Venue, err))
}

type cancelInput struct {
	BookingPath
	Body *struct {
		Reason string `json:"reason,omitempty" maxLength:"200"`
	}
}

func (a *API) cancelBooking(ctx context.Context, in *cancelInput) (*bookingOutput, error) {
	reason := ""
	if in.Body != nil {
		reason = in.Body.Reason
	}
	b, err := a.Desk.Cancel(ctx, ActorOf(ctx), in.Booking, reason)
	return a.bookingOut(ctx, b, a.refusedOf(ctx, in.Booking, err))
}

func (a *API) checkOut(ctx context.Context, in *BookingPath) (*bookingOutput, error) {
	b, err := a.Desk.CheckOut(ctx, ActorOf(ctx), in.Booking)
	return a.bookingOut(ctx, b, a.refusedOf(ctx, in.Booking, err))
}

// bookingOut is the one answer of everything that returns a booking.
func (a *API) bookingOut(ctx context.Context, b booking.Booking, err error) (*bookingOutput, error) {
	if err != nil {
		return nil, err
	}
	view, err := a.viewBooking(ctx, b)
	return &bookingOutput{"no-store", view}, err
}
