package handlers

import (
	"context"
	"slices"

	"wenguan/models/account"
	"wenguan/models/venue"
)

// venueBody is how many bytes an edited venue may have: one of a thousand seats has some 400 kB.
const venueBody = 1 << 20

type listVenuesInput struct {
	Kind    string   `query:"kind" enum:"corridor,square,reading_room,idle_venue"`
	Area    string   `query:"area" maxLength:"60"`
	Query   string   `query:"q" maxLength:"60" doc:"In the name, address or area."`
	Feature []string `query:"feature,explode" maxItems:"20" doc:"Has all of these."`
	Retired bool     `query:"retired" doc:"Also the retired ones that the caller may edit."`
	Limit   int      `query:"limit" minimum:"1" maximum:"200" default:"50"`
	After   string   `query:"after" maxLength:"1500" doc:"The next of the page before."`
}

type listVenuesOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Items []VenueItem `json:"items"`
		Next  string      `json:"next,omitempty" doc:"For after; missing on the last page."`
	}
}

func (a *API) listVenues(ctx context.Context, in *listVenuesInput) (*listVenuesOutput, error) {
	found, next, err := a.Venues.List(ctx, in.filter())
	if err != nil {
		return nil, err
	}
	found = slices.DeleteFunc(found, func(v *venue.Venue) bool {
		return v.Retired && ActorOf(ctx).Check(account.EditVenue, v.ID) != nil
	})
	out := &listVenuesOutput{CacheControl: "no-cache"}
	out.Body.Next = next
	out.Body.Items, err = a.viewItems(ctx, found)
	return out, err
}

func (in *listVenuesInput) filter() venue.Filter {
	f := venue.Filter{
		Kind: venue.Kind(in.Kind), Area: in.Area, Query: in.Query, Retired: in.Retired, Limit: in.Limit, After: in.After,
	}
	for _, one := range in.Feature {
		f.Features = append(f.Features, venue.Feature(one))
	}
	return f
}

type VenuePath struct {
	Venue string `path:"venue" maxLength:"60"`
}

type venueOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         Venue
}

func (a *API) getVenue(ctx context.Context, in *VenuePath) (*venueOutput, error) {
	v, err := a.Venues.Get(ctx, in.Venue)
	if err != nil {
		return nil, err
	}
	return a.venueOut(ctx, v)
}

type createVenueInput struct {
	Body Venue
}

type createVenueOutput struct {
	Location string `header:"Location"`
	Body     Venue
}

func (a *API) createVenue(ctx context.Context, in *createVenueInput) (*createVenueOutput, error) {
	wanted, err := in.Body.venue("")
	if err != nil {
		return nil, err
	}
	wanted.Revision = 0
	made, err := a.Venues.Save(ctx, ActorOf(ctx), wanted)
	if err != nil {
		return nil, err
	}
	out, err := a.venueOut(ctx, made)
	if err != nil {
		return nil, err
	}
	return &createVenueOutput{Prefix + "/venues/" + made.ID, out.Body}, nil
}

type updateVenueInput struct {
	VenuePath
	Body Venue
}

func (a *API) updateVenue(ctx context.Context, in *updateVenueInput) (*venueOutput, error) {
	wanted, err := in.Body.venue(in.Venue)
	if err != nil {
		return nil, err
	}
	if wanted.Revision == 0 {
		return nil, revisionNeeded()
	}
	saved, err := a.Venues.Save(ctx, ActorOf(ctx), wanted)
	if err != nil {
		return nil, err
	}
	return a.venueOut(ctx, saved)
}

func (a *API) venueOut(ctx context.Context, v *venue.Venue) (*venueOutput, error) {
	cal, err := a.Venues.CalendarOf(ctx)
	if err != nil {
		return nil, err
	}
	return &venueOutput{"no-cache", viewVenue(v, cal, a.Clock())}, nil
}
