package handlers

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"wenguan/models/booking"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/venue"
)

type availabilityInput struct {
	Venue     string `path:"venue" maxLength:"60"`
	From      string `query:"from" maxLength:"10" doc:"First date; today at the venue if missing." example:"2026-11-24"`
	Days      int    `query:"days" minimum:"1" maximum:"14" default:"7"`
	Space     string `query:"space" maxLength:"60" doc:"Only this space."`
	Members   bool   `query:"members" doc:"Also the members of groups, such as every seat."`
	As        string `query:"as" enum:"residents,organization" doc:"As an organization sees it, where organizations may book at other times than residents."`
	IfNoMatch string `header:"If-None-Match" maxLength:"400"`
}

// taggedOutput is JSON with a tag: 200 with a body, or 304 without.
type taggedOutput struct {
	Status       int
	ContentType  string `header:"Content-Type"`
	CacheControl string `header:"Cache-Control"`
	ETag         string `header:"ETag"`
	Body         []byte
}

// availability is the most asked question of all, so its answer is encoded once for each tag.
func (a *API) availability(ctx context.Context, in *availabilityInput) (*taggedOutput, error) {
	q, err := a.availabilityQuery(ctx, in)
	if err != nil {
		return nil, err
	}
	tag, err := a.Desk.AvailabilityTag(ctx, q)
	if err != nil {
		return nil, err
	}
	if matches(in.IfNoMatch, tag) {
		return tagged(http.StatusNotModified, tag, nil), nil
	}
	if body, ok := a.encoded.get(q, tag); ok {
		return tagged(http.StatusOK, tag, body), nil
	}
	return a.encodeAvailability(ctx, q)
}

func (a *API) availabilityQuery(ctx context.Context, in *availabilityInput) (booking.AvailabilityQuery, error) {
	q := booking.AvailabilityQuery{Venue: in.Venue, Days: in.Days, Space: in.Space, Members: in.Members, Organization: in.As == "organization"}
	if in.From == "" {
		v, err := a.Venues.Get(ctx, in.Venue)
		if err != nil {
			return q, err
		}
		q.From = civil.DateOf(a.Clock(), v.Location())
		return q, nil
	}
	var err error
	q.From, err = dateOf(in.From, "from", 0)
	return q, err
}

func (a *API) encodeAvailability(ctx context.Context, q booking.AvailabilityQuery) (*taggedOutput, error) {
	found, err := a.Desk.Availability(ctx, q)
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(found)
	if err != nil {
		return nil, err
	}
	a.encoded.put(q, found.ETag, body)
	return tagged(http.StatusOK, found.ETag, body), nil
}

type freeInput struct {
	Date      string   `query:"date" required:"true" maxLength:"10" example:"2026-11-25"`
	From      string   `query:"from" required:"true" maxLength:"5" example:"09:00"`
	To        string   `query:"to" required:"true" maxLength:"5" example:"11:00"`
	People    int32    `query:"people" minimum:"1" maximum:"100000" default:"1"`
	Kind      string   `query:"kind" enum:"corridor,square,reading_room,idle_venue"`
	Feature   []string `query:"feature,explode" maxItems:"20"`
	Near      string   `query:"near" maxLength:"50" doc:"Latitude and longitude (WGS 84)." example:"29.29,117.2"`
	Within    int      `query:"within" minimum:"0" maximum:"1000000" doc:"Meters from near; 0 for anywhere."`
	Venue     string   `query:"venue" maxLength:"60" doc:"Only this venue."`
	Parent    string   `query:"parent" maxLength:"60" doc:"The free members of this group; needs venue."`
	Limit     int      `query:"limit" minimum:"1" maximum:"200" default:"50"`
	IfNoMatch string   `header:"If-None-Match" maxLength:"400"`
}

func (a *API) free(ctx context.Context, in *freeInput) (*taggedOutput, error) {
	q, err := in.query()
	if err != nil {
		return nil, err
	}
	found, tag, err := a.Desk.Free(ctx, q)
	if err != nil {
		return nil, err
	}
	if matches(in.IfNoMatch, tag) {
		return tagged(http.StatusNotModified, tag, nil), nil
	}
	body, err := json.Marshal(viewFree(found, q.Near != nil))
	return tagged(http.StatusOK, tag, body), err
}

func (in *freeInput) query() (q booking.FreeQuery, err error) {
	q = booking.FreeQuery{
		People: in.People, Kind: venue.Kind(in.Kind), WithinMeters: in.Within,
		Venue: in.Venue, Parent: in.Parent, Limit: in.Limit,
	}
	for _, f := range in.Feature {
		q.Features = append(q.Features, venue.Feature(f))
	}
	if q.Date, err = dateOf(in.Date, "date", 0); err != nil {
		return q, err
	}
	if q.From, err = timeOf(in.From, "from"); err != nil {
		return q, err
	}
	if q.To, err = timeOf(in.To, "to"); err != nil {
		return q, err
	}
	q.Near, err = positionOf(in.Near)
	if err == nil && q.Near == nil && in.Within > 0 {
		err = fault.New(fault.Invalid, "near_needed", "within needs near: the place to measure from.").On("near")
	}
	return q, err
}

// tagged answers with a tag that clients must ask about again each time: what is free changes by the second.
func tagged(status int, tag string, body []byte) *taggedOutput {
	out := &taggedOutput{Status: status, CacheControl: "no-cache", ETag: quoted(tag), Body: body}
	if status == http.StatusOK {
		out.ContentType = "application/json"
	}
	return out
}

// matches compares an If-None-Match header with a tag (RFC 9110, 13.1.2: weakly, any of a list, or *).
func matches(header, tag string) bool {
	if header == "" || tag == "" {
		return false
	}
	tag = quoted(tag)
	for one := range strings.SplitSeq(header, ",") {
		one = strings.TrimPrefix(strings.TrimSpace(one), "W/")
		if one == "*" || one == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}

func quoted(tag string) string {
	if tag == "" || strings.HasSuffix(tag, `"`) {
		return tag
	}
	return `"` + tag + `"`
}
