package handlers

import (
	"context"
	"net/http"
	"time"

	"wenguan/models/account"
)

// DeviceView is a door, kiosk or display of a venue.
type DeviceView struct {
	ID      string       `json:"id"`
	Name    string       `json:"name" example:"东门平板"`
	Purpose account.Role `json:"purpose" enum:"door,kiosk,display" doc:"door: verifies passes; kiosk: people check themselves in; display: shows the day."`
	MadeAt  string       `json:"made_at" format:"date-time"`
	SeenAt  *string      `json:"seen_at,omitempty" format:"date-time" doc:"To the minute; missing: never."`
}

// DeviceInSession is the device that asks.
type DeviceInSession struct {
	ID      string       `json:"id"`
	Name    string       `json:"name"`
	Purpose account.Role `json:"purpose" enum:"door,kiosk,display"`
	Venue   string       `json:"venue"`
}

// deviceDays is how long a browser keeps the token of a device; browsers keep nothing longer.
const deviceDays = 400

// signInDevice makes a browser a device: its cookie is the token. A person who was signed in there is signed out.
func (a *API) signInDevice(ctx context.Context, token string) (*signInOutput, error) {
	actor, err := a.Accounts.SignInDevice(ctx, token)
	if err != nil {
		return nil, err
	}
	if former := callerOf(ctx).Token; former != "" {
		if err := a.Accounts.SignOut(ctx, former); err != nil {
			return nil, err
		}
	}
	cookie := a.cookie(ctx, token, a.Clock().AddDate(0, 0, deviceDays))
	return &signInOutput{[]http.Cookie{cookie}, Prefix + "/session", "no-store", a.viewSession(actor)}, nil
}

// forDevice leaves out of a booking what a machine that anybody can stand before has no need of.
func forDevice(b Booking) Booking {
	b.Purpose, b.Reason, b.By = "", "", nil
	return b
}

type devicesInput struct {
	Venue string `path:"venue" maxLength:"60"`
}

type devicesOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Items []DeviceView `json:"items"`
	}
}

func (a *API) listDevices(ctx context.Context, in *devicesInput) (*devicesOutput, error) {
	v, err := a.Venues.Get(ctx, in.Venue)
	if err != nil {
		return nil, err
	}
	devices, err := a.Accounts.Devices(ctx, ActorOf(ctx), in.Venue)
	out := &devicesOutput{CacheControl: "no-store"}
	out.Body.Items = []DeviceView{}
	for _, d := range devices {
		out.Body.Items = append(out.Body.Items, viewDevice(d, v.Location()))
	}
	return out, err
}

type makeDeviceInput struct {
	Venue string `path:"venue" maxLength:"60"`
	Body  struct {
		Name    string       `json:"name" minLength:"1" maxLength:"60"`
		Purpose account.Role `json:"purpose" enum:"door,kiosk,display"`
	}
}

type makeDeviceOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Device DeviceView `json:"device"`
		Token  string     `json:"token" doc:"What the device signs in with. It is not shown again." example:"wgd_3q2-7wEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE"`
		LinkView
	}
}

func (a *API) makeDevice(ctx context.Context, in *makeDeviceInput) (*makeDeviceOutput, error) {
	v, err := a.Venues.Get(ctx, in.Venue)
	if err != nil {
		return nil, err
	}
	made, token, err := a.Accounts.MakeDevice(ctx, ActorOf(ctx), in.Venue, in.Body.Purpose, in.Body.Name)
	if err != nil {
		return nil, err
	}
	out := &makeDeviceOutput{CacheControl: "no-store"}
	out.Body.Device, out.Body.Token = viewDevice(made, v.Location()), token
	out.Body.LinkView, err = drawLink(a.Origin() + DevicePages[made.Role] + "#device=" + token)
	return out, err
}

// DevicePages are what the devices show.
var DevicePages = map[account.Role]string{account.Door: "/scan", account.Kiosk: "/kiosk", account.Display: "/display"}

type revokeDeviceInput struct {
	Venue  string `path:"venue" maxLength:"60"`
	Device string `path:"device" maxLength:"40"`
}

func (a *API) revokeDevice(ctx context.Context, in *revokeDeviceInput) (*struct{}, error) {
	return nil, a.Accounts.RevokeDevice(ctx, ActorOf(ctx), in.Venue, in.Device)
}

func viewDevice(d account.Device, zone *time.Location) DeviceView {
	return DeviceView{ID: d.ID, Name: d.Name, Purpose: d.Role, MadeAt: local(d.MadeAt, zone), SeenAt: localOrNone(d.SeenAt, zone)}
}
