package handlers

import (
	"context"

	"wenguan/models/pass"
)

type passOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Token     string `json:"token" doc:"What the QR code says: a JWT signed with EdDSA."`
		Number    string `json:"number"`
		NotBefore string `json:"not_before" format:"date-time"`
		Expires   string `json:"expires" format:"date-time"`
	}
}

func (a *API) getPass(ctx context.Context, in *BookingPath) (*passOutput, error) {
	token, b, err := a.Desk.Pass(ctx, ActorOf(ctx), in.Booking)
	if err != nil {
		return nil, err
	}
	v, err := a.Venues.Get(ctx, b.Venue)
	if err != nil {
		return nil, err
	}
	out := &passOutput{CacheControl: "no-store"}
	out.Body.Token, out.Body.Number = token, b.Number
	out.Body.NotBefore, out.Body.Expires = local(b.Opens, v.Location()), local(b.End, v.Location())
	return out, nil
}

type passPictureInput struct {
	BookingPath
	Size int `query:"size" minimum:"64" maximum:"2048" default:"512" doc:"Width and height in pixels."`
}

func (a *API) passPNG(ctx context.Context, in *passPictureInput) (*bytesOutput, error) {
	token, _, err := a.Desk.Pass(ctx, ActorOf(ctx), in.Booking)
	if err != nil {
		return nil, err
	}
	picture, err := pass.PNG(token, in.Size)
	return &bytesOutput{"image/png", "no-store", picture}, err
}

func (a *API) passSVG(ctx context.Context, in *BookingPath) (*bytesOutput, error) {
	token, _, err := a.Desk.Pass(ctx, ActorOf(ctx), in.Booking)
	if err != nil {
		return nil, err
	}
	picture, err := pass.SVG(token)
	return &bytesOutput{"image/svg+xml", "no-store", picture}, err
}
