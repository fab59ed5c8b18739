package handlers

import (
	"context"

	"wenguan/models/booking"
	"wenguan/models/civil"
	"wenguan/models/venue"
)

type boardInput struct {
	Venue     string `path:"venue" maxLength:"60"`
	Date      string `query:"date" maxLength:"10" doc:"Today at the venue if missing." example:"2026-11-24"`
	IfNoMatch string `header:"If-None-Match" maxLength:"400"`
}

type boardOutput struct {
	Status       int
	CacheControl string `header:"Cache-Control"`
	ETag         string `header:"ETag"`
	Body         *BoardView
}

// BoardView is one day of a venue for its staff.
type BoardView struct {
	Venue     NamedVenue     `json:"venue"`
	Date      civil.Date     `json:"date"`
	Now       string         `json:"now" format:"date-time" doc:"To the minute."`
	In        int            `json:"in" doc:"People checked in now."`
	BookedNow int            `json:"booked_now" doc:"People whose booking covers now."`
	WalkedIn  int            `json:"walked_in" doc:"People who came in without booking on the date."`
	WalkIn    []string       `json:"walk_in" enum:"residents,families,elders,disabled" doc:"Which groups may come in without booking on the date; none where everybody books."`
	Capacity  int            `json:"capacity"`
	Spaces    []venue.Space  `json:"spaces"`
	Bookings  []BoardBooking `json:"bookings" doc:"At most 3,000, by start."`
	LeftOut   int            `json:"left_out,omitempty" doc:"Bookings that are too many to list; cancelled, missed and past ones go first."`
}

// BoardBooking is one booking on a board; a person's name is masked.
type BoardBooking struct {
	ID         string        `json:"id"`
	Number     string        `json:"number" doc:"Empty for a display."`
	Space      string        `json:"space"`
	Assigned   []string      `json:"assigned" doc:"Space ids."`
	Start      string        `json:"start" format:"date-time"`
	End        string        `json:"end" format:"date-time"`
	State      booking.State `json:"state" enum:"confirmed,checked_in,away,reported,completed,cancelled,no_show"`
	HolderName string        `json:"holder_name"`
	Party      int32         `json:"party"`
}

func (a *API) board(ctx context.Context, in *boardInput) (*boardOutput, error) {
	date, err := dateOf(in.Date, "date", 0)
	if err != nil {
		return nil, err
	}
	tag, err := a.Desk.BoardTag(ctx, ActorOf(ctx), in.Venue, date)
	if err != nil || matches(in.IfNoMatch, tag) {
		return &boardOutput{304, "private, no-cache", quoted(tag), nil}, err
	}
	board, err := a.Desk.Board(ctx, ActorOf(ctx), in.Venue, date)
	if err != nil {
		return nil, err
	}
	view := viewBoard(board)
	if ActorOf(ctx).Device != nil { // anybody who reads a number off a screen could check in with it
		for i := range view.Bookings {
			view.Bookings[i].Number = ""
		}
	}
	return &boardOutput{200, "private, no-cache", quoted(board.Tag), view}, nil
}

func viewBoard(b booking.Board) *BoardView {
	zone := b.Venue.Location()
	view := &BoardView{
		Venue: NamedVenue{b.Venue.ID, b.Venue.Name, b.Venue.Address}, Date: b.Date, Now: local(b.Now, zone),
		In: b.In, BookedNow: b.BookedNow, WalkedIn: b.WalkedIn, WalkIn: list(b.WalkIn), Capacity: b.Capacity,
		Spaces: list(b.Venue.Spaces), Bookings: []BoardBooking{}, LeftOut: b.LeftOut,
	}
	for _, one := range b.Bookings {
		view.Bookings = append(view.Bookings, BoardBooking{
			ID: one.ID, Number: one.ShownNumber(), Space: one.Space, Assigned: list(one.Assigned),
			Start: local(one.Start, zone), End: local(one.End, zone), State: one.State,
			HolderName: shownHolder(one), Party: one.Party,
		})
	}
	return view
}
