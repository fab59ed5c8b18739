package handlers

import (
	"context"

	"wenguan/models/booking"
	"wenguan/models/fault"
	"wenguan/models/rule"
	"wenguan/models/venue"
)

// CodeView is what the code of a seat or a room shows. It tells nobody who has it.
type CodeView struct {
	Code   string           `json:"code"`
	Venue  NamedVenue       `json:"venue"`
	Space  Named            `json:"space"`
	Type   venue.SpaceType  `json:"type" enum:"seat,room,hall,panel,open_area"`
	Now    string           `json:"now" format:"date-time"`
	State  booking.Presence `json:"state" enum:"free,booked,in_use,away,reported,kept,closed,not_bookable"`
	Until  *string          `json:"until,omitempty" format:"date-time" doc:"Until when it stays so, where that is known."`
	Next   *string          `json:"next,omitempty" format:"date-time" doc:"When it is somebody's next today."`
	Mine   []Booking        `json:"mine" doc:"What whoever asks has here: the one under way first, then the nearest; can says what is possible here."`
	Report bool             `json:"can_report" doc:"Whether whoever asks can say that the place is empty."`
	Offer  *OfferView       `json:"offer,omitempty" doc:"What can be booked on the spot."`
	Why    *CodeRefusal     `json:"refusal,omitempty" doc:"Why nothing can be booked here now, or not by whoever asks."`
}

// OfferView is the soonest time from now on that a space can be had.
type OfferView struct {
	Start    string       `json:"start" format:"date-time"`
	Ends     []string     `json:"ends" doc:"The ends there are, the earliest first."`
	PartyMin int32        `json:"party_min"`
	PartyMax int32        `json:"party_max" doc:"0 where nothing says so."`
	Purpose  bool         `json:"purpose_required"`
	Letter   *rule.Letter `json:"letter,omitempty" doc:"To be accepted with the booking."`
}

// CodeRefusal is a refusal before anything was asked for.
type CodeRefusal struct {
	Code   string       `json:"code"`
	Detail string       `json:"detail"`
	Params fault.Params `json:"params,omitempty"`
}

func (a *API) viewCode(ctx context.Context, at booking.AtCode) (CodeView, error) {
	zone := at.Venue.Location()
	view := CodeView{
		Code: at.Code, Venue: NamedVenue{at.Venue.ID, at.Venue.Name, at.Venue.Address}, Space: named(at.Venue, at.Space),
		Now: local(at.Now, zone), State: at.State, Until: localOrNil(at.Until, zone), Next: localOrNil(at.Next, zone),
		Mine: []Booking{}, Report: at.Report,
	}
	if s, ok := at.Venue.FindSpace(at.Space); ok {
		view.Type = s.Type
	}
	if at.Offer != nil {
		view.Offer = &OfferView{
			Start: local(at.Offer.Start, zone), PartyMin: at.Offer.PartyMin, PartyMax: at.Offer.PartyMax,
			Purpose: at.Book.PurposeNeeded, Letter: at.Book.Letter,
		}
		for _, end := range at.Offer.Ends {
			view.Offer.Ends = append(view.Offer.Ends, local(end, zone))
		}
	}
	if at.Why != nil {
		p := ProblemOf(ctx, a.refused(ctx, at.Venue.ID, at.Why))
		view.Why = &CodeRefusal{p.Code, p.Detail, p.Params}
	}
	for _, b := range at.Mine {
		out, err := a.bookingHere(ctx, b, nil)
		if err != nil {
			return view, err
		}
		view.Mine = append(view.Mine, out.Body)
	}
	return view, nil
}

// bookingHere is bookingOut for who stands before the space.
func (a *API) bookingHere(ctx context.Context, b booking.Booking, err error) (*bookingOutput, error) {
	out, err := a.bookingOut(ctx, b, err)
	if err != nil {
		return nil, err
	}
	book, err := a.Venues.RulesOf(ctx, b.Venue, b.Rules)
	if err != nil {
		return nil, err
	}
	out.Body.Can = Can(b.AllowedHere(book, ActorOf(ctx), a.Clock()))
	return out, nil
}

// refusedAt is refused for a verb that was given a code.
func (a *API) refusedAt(ctx context.Context, code string, err error) error {
	if err == nil {
		return nil
	}
	venueID, unknown := a.Desk.CodeVenue(ctx, code)
	if unknown != nil {
		return err
	}
	return a.refused(ctx, venueID, err)
}

func (a *API) codeAddress(code string) string { return a.Origin() + "/at/" + code }

// SeatCodeView is the code of a space, for who prints the stickers.
type SeatCodeView struct {
	Space   Named           `json:"space"`
	Type    venue.SpaceType `json:"type" enum:"seat,room,hall,panel,open_area"`
	Code    string          `json:"code,omitempty" doc:"Missing where none was made yet."`
	Address string          `json:"address,omitempty" doc:"What the QR code says." example:"https://wenguan.example/at/7K2M9QXD4T5V6W8Y"`
	Picture string          `json:"picture,omitempty" doc:"Where the QR code is, as SVG."`
	MadeAt  *string         `json:"made_at,omitempty" format:"date-time"`
}

type seatCodesOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Venue NamedVenue     `json:"venue"`
		Items []SeatCodeView `json:"items" doc:"Of every seat and room that can be booked, in the order of the venue."`
	}
}

func (a *API) seatCodesOut(ctx context.Context, venueID string, codes []booking.SeatCode, err error) (*seatCodesOutput, error) {
	if err != nil {
		return nil, err
	}
	v, err := a.Venues.Get(ctx, venueID)
	if err != nil {
		return nil, err
	}
	out := &seatCodesOutput{CacheControl: "no-store"}
	out.Body.Venue, out.Body.Items = NamedVenue{v.ID, v.Name, v.Address}, []SeatCodeView{}
	for _, c := range codes {
		item := SeatCodeView{Space: named(v, c.Space), Code: c.ID}
		if s, ok := v.FindSpace(c.Space); ok {
			item.Type = s.Type
		}
		if c.ID != "" {
			item.Address, item.Picture = a.codeAddress(c.ID), Prefix+"/codes/"+c.ID+"/picture.svg"
			item.MadeAt = localIf(c.MadeAt, v.Location())
		}
		out.Body.Items = append(out.Body.Items, item)
	}
	return out, nil
}

// reportedOut tells who reports an empty place nothing of whose it is.
func (a *API) reportedOut(ctx context.Context, b booking.Booking) (*reportedOutput, error) {
	v, err := a.Venues.Get(ctx, b.Venue)
	if err != nil {
		return nil, err
	}
	out := &reportedOutput{}
	out.Body.ReturnBy = localOrNil(b.ReturnBy, v.Location())
	return out, nil
}
