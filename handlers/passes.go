package handlers

import (
	"context"

	"wenguan/models/pass"
	"wenguan/models/rule"
)

type passOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Token     string       `json:"token" doc:"The pass: a JWT signed with EdDSA. As a QR code without a live code it counts as a slip."`
		Live      LiveCodes    `json:"live"`
		By        []rule.Means `json:"check_in_by" enum:"pass,slip,number,card,seat_code,staff,phone" doc:"What counts at the door; none: everything but a tap on the phone."`
		Number    string       `json:"number"`
		NotBefore string       `json:"not_before" format:"date-time"`
		Expires   string       `json:"expires" format:"date-time"`
		Now       string       `json:"now" format:"date-time" doc:"The clock by which slots are counted."`
	}
}

// LiveCodes is what changes in a pass. In a slot a phone shows token.slot.code, with the slot in base 36.
type LiveCodes struct {
	Seconds int      `json:"seconds" doc:"How long a slot is; slots are counted from 1970 on."`
	From    int64    `json:"from" doc:"Slot of the first code."`
	Codes   []string `json:"codes" maxItems:"240" doc:"One for each slot, without a gap."`
}

func (a *API) getPass(ctx context.Context, in *BookingPath) (*passOutput, error) {
	token, live, b, err := a.Desk.LivePass(ctx, ActorOf(ctx), in.Booking)
	if err != nil {
		return nil, err
	}
	v, err := a.Venues.Get(ctx, b.Venue)
	if err != nil {
		return nil, err
	}
	book, err := a.Venues.RulesOf(ctx, b.Venue, b.Rules)
	if err != nil {
		return nil, err
	}
	out := &passOutput{CacheControl: "no-store"}
	out.Body.Token, out.Body.Number = token, b.Number
	out.Body.Live = LiveCodes{Seconds: pass.SlotSeconds, From: live.From, Codes: append([]string{}, live.Codes...)}
	out.Body.By = append([]rule.Means{}, book.CheckInBy...)
	out.Body.NotBefore, out.Body.Expires = local(b.Opens, v.Location()), local(b.End, v.Location())
	out.Body.Now = local(a.Clock(), v.Location())
	return out, nil
}

type passPictureInput struct {
	BookingPath
	Size int `query:"size" minimum:"64" maximum:"2048" default:"512" doc:"Width and height in pixels."`
}

func (a *API) passPNG(ctx context.Context, in *passPictureInput) (*bytesOutput, error) {
	token, err := a.Desk.Pass(ctx, ActorOf(ctx), in.Booking)
	if err != nil {
		return nil, err
	}
	picture, err := pass.PNG(token, in.Size)
	return &bytesOutput{"image/png", "no-store", picture}, err
}

func (a *API) passSVG(ctx context.Context, in *BookingPath) (*bytesOutput, error) {
	token, err := a.Desk.Pass(ctx, ActorOf(ctx), in.Booking)
	if err != nil {
		return nil, err
	}
	picture, err := pass.SVG(token)
	return &bytesOutput{"image/svg+xml", "no-store", picture}, err
}
