package handlers

import (
	"cmp"
	"context"
	"errors"
	"time"

	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/fault"
	"wenguan/models/rule"
	"wenguan/models/venue"
)

// Booking is one booking as its holder and staff see it.
type Booking struct {
	ID          string             `json:"id"`
	Number      string             `json:"number" doc:"To read out and type." example:"7K2M9QXD"`
	Revision    int64              `json:"revision"`
	Venue       NamedVenue         `json:"venue"`
	Space       Named              `json:"space" doc:"What was asked for."`
	Assigned    []Named            `json:"assigned" doc:"What it got: the seats of a group, else the space itself."`
	Start       string             `json:"start" format:"date-time" example:"2026-11-25T09:00:00+08:00"`
	End         string             `json:"end" format:"date-time"`
	Party       int32              `json:"party"`
	Purpose     string             `json:"purpose,omitempty"`
	State       booking.State      `json:"state" enum:"confirmed,checked_in,away,reported,completed,cancelled,no_show"`
	Holder      Holder             `json:"holder" doc:"Whom it is for."`
	By          *DoneBy            `json:"by,omitempty" doc:"Who made it, or moved or cancelled it since, where that is not the holder."`
	CheckIn     CheckInWindow      `json:"check_in"`
	Can         Can                `json:"can" doc:"What would not be refused now."`
	Reason      string             `json:"reason,omitempty" doc:"Why it was cancelled."`
	CancelUntil string             `json:"cancel_until" format:"date-time" doc:"The holder may give it up until then."`
	LateCancel  rule.LateCancel    `json:"late_cancel,omitempty" enum:"refused,miss,allowed" doc:"What giving it up later means; refused if missing."`
	NoCheckIn   bool               `json:"no_check_in,omitempty" doc:"Nobody checks in."`
	Leave       int32              `json:"leave,omitempty" doc:"Minutes for which a temporary leave keeps the place."`
	MealLeave   bool               `json:"meal_leave,omitempty" doc:"A leave at meals keeps it longer."`
	Report      int32              `json:"report,omitempty" doc:"Minutes to return for who is reported away; there is no reporting if missing."`
	CheckOutBy  *string            `json:"check_out_by,omitempty" format:"date-time" doc:"Where checking out is required: until then it is in time."`
	BackBy      *string            `json:"back_by,omitempty" format:"date-time" doc:"On a temporary leave: the place is kept until then."`
	ReturnBy    *string            `json:"return_by,omitempty" format:"date-time" doc:"Reported away: be back by then."`
	Violation   rule.ViolationKind `json:"violation,omitempty" enum:"no_show,late_cancel,not_back,reported,no_check_out,overstay,misconduct" doc:"Which rule it broke."`
	Letter      int32              `json:"letter,omitempty" doc:"Version of the letter that was accepted."`
	CreatedAt   string             `json:"created_at" format:"date-time"`
	CheckInAt   *string            `json:"check_in_at,omitempty" format:"date-time"`
	CheckOutAt  *string            `json:"check_out_at,omitempty" format:"date-time"`
}

// Holder is whom a booking is for.
type Holder struct {
	ID   string       `json:"id,omitempty" doc:"For those who act for the holder."`
	Name string       `json:"name" doc:"A person's is masked for everybody who does not act for them."`
	Kind account.Kind `json:"kind" enum:"person,organization"`
}

// DoneBy is who did something on behalf of a holder.
type DoneBy struct {
	Name  string `json:"name" doc:"Masked, except one's own."`
	Staff bool   `json:"staff" doc:"As staff of the venue."`
	Self  bool   `json:"self" doc:"The one who asks."`
}

// Named is a space by id and name.
type Named struct {
	ID    string     `json:"id"`
	Name  venue.Text `json:"name"`
	Under venue.Text `json:"under,omitzero" doc:"Of a seat: the name of the group it belongs to, which is its room."`
}

// NamedVenue is a venue by id, name and address.
type NamedVenue struct {
	ID      string     `json:"id"`
	Name    venue.Text `json:"name"`
	Address venue.Text `json:"address"`
}

// CheckInWindow is when the door lets a booking in.
type CheckInWindow struct {
	Opens  string `json:"opens" format:"date-time"`
	Closes string `json:"closes" format:"date-time"`
}

// Can says which changes are open to the one who asks.
type Can struct {
	Move     bool `json:"move"`
	Cancel   bool `json:"cancel"`
	CheckIn  bool `json:"check_in" doc:"From here, without the door."`
	Leave    bool `json:"leave" doc:"Begin a temporary leave."`
	Return   bool `json:"return" doc:"Say that one is back."`
	CheckOut bool `json:"check_out"`
	Pass     bool `json:"pass" doc:"See its pass."`
}

// Alternative is something near to what was wanted that is free now.
type Alternative struct {
	Venue     string     `json:"venue"`
	Space     string     `json:"space"`
	SpaceName venue.Text `json:"space_name"`
	Start     string     `json:"start" format:"date-time"`
	End       string     `json:"end" format:"date-time"`
}

func (a *API) viewBooking(ctx context.Context, b booking.Booking) (Booking, error) {
	views, err := a.viewBookings(ctx, []booking.Booking{b})
	if err != nil {
		return Booking{}, err
	}
	return views[0], nil
}

func (a *API) viewBookings(ctx context.Context, list []booking.Booking) ([]Booking, error) {
	names, err := a.namesOf(ctx, list)
	if err != nil {
		return nil, err
	}
	views := make([]Booking, len(list))
	for i, b := range list {
		v, err := a.Venues.Get(ctx, b.Venue)
		if err != nil {
			return nil, err
		}
		book, err := a.Venues.RulesOf(ctx, b.Venue, b.Rules)
		if err != nil {
			return nil, err
		}
		views[i] = bookingView(ActorOf(ctx), v, book, b, a.Clock())
		if views[i].By != nil && !views[i].By.Self {
			views[i].By.Name = names[b.By]
		}
	}
	return views, nil
}

// namesOf are the masked names of those who booked for others.
func (a *API) namesOf(ctx context.Context, list []booking.Booking) (map[string]string, error) {
	var ids []string
	for _, b := range list {
		if b.By != b.Holder && b.By != ActorOf(ctx).ID {
			ids = append(ids, b.By)
		}
	}
	return a.Accounts.MaskedNames(ctx, ids)
}

func bookingView(actor account.Actor, v *venue.Venue, book *rule.Book, b booking.Booking, now time.Time) Booking {
	zone := v.Location()
	can := b.Allowed(book, actor, now)
	view := Booking{
		ID: b.ID, Number: b.ShownNumber(), Revision: b.Revision,
		Venue: NamedVenue{v.ID, v.Name, v.Address}, Space: named(v, b.Space), Assigned: []Named{},
		Start: local(b.Start, zone), End: local(b.End, zone), Party: b.Party, Purpose: b.Purpose, State: b.State,
		Holder: holderView(actor, b), By: doneBy(actor, b), Reason: b.Reason,
		CheckIn: CheckInWindow{local(b.Opens, zone), local(b.Closes, zone)}, Can: Can(can),
		BackBy: localOrNil(b.BackBy, zone), ReturnBy: localOrNil(b.ReturnBy, zone), Violation: b.Violation, Letter: b.Letter,
		LateCancel: book.LateCancel, NoCheckIn: b.NoCheckIn, Leave: book.Leave, MealLeave: len(book.MealLeaves) > 0, Report: book.Report,
		CheckOutBy: localIf(b.OutBy, zone), CancelUntil: local(b.CancelUntil, zone),
		CreatedAt: local(b.Made, zone), CheckInAt: localOrNil(b.InAt, zone), CheckOutAt: localOrNil(b.OutAt, zone),
	}
	for _, space := range b.Assigned {
		view.Assigned = append(view.Assigned, named(v, space))
	}
	return view
}

// holderView is the holder for whoever asks: those who act for a person see the name, others see it masked.
func holderView(actor account.Actor, b booking.Booking) Holder {
	view := Holder{Name: shownHolder(b), Kind: cmp.Or(b.HolderKind, account.Person)}
	if actor.SeesOf(b.Holder) {
		view.ID, view.Name = b.Holder, b.HolderName
	}
	return view
}

// doneBy says who did it on behalf of the holder, without the name of somebody else.
func doneBy(actor account.Actor, b booking.Booking) *DoneBy {
	switch b.By {
	case "", b.Holder:
		return nil
	case actor.ID:
		return &DoneBy{Name: actor.Name, Staff: b.ByStaff, Self: true}
	}
	return &DoneBy{Staff: b.ByStaff}
}

// named finds the name of a space; a space that the venue no longer has keeps its id as its name.
func named(v *venue.Venue, space string) Named {
	s, ok := v.FindSpace(space)
	if !ok {
		return Named{ID: space, Name: venue.Text{ZH: space}}
	}
	named := Named{ID: s.ID, Name: s.Name}
	if group, ok := v.FindSpace(s.Parent); ok && group.Allocation == venue.AnyOf {
		named.Under = group.Name
	}
	return named
}

// span reads the start and end of a booking in the venue's zone.
func (a *API) span(ctx context.Context, venueID, start, end string) (from, to time.Time, err error) {
	v, err := a.Venues.Get(ctx, venueID)
	if err != nil {
		return from, to, err
	}
	if from, err = v.ParseWall(start); err != nil {
		return from, to, on(err, "start")
	}
	to, err = v.ParseWall(end)
	return from, to, on(err, "end")
}

// on names the field of a fault that does not name one.
func on(err error, field string) error {
	if f, ok := errors.AsType[*fault.Error](err); ok && f.Field == "" {
		named := *f
		return named.On(field)
	}
	return err
}

// refused turns the refusal of a verb at a venue into its problem: alternatives named, and moments among the params and
// the alternatives by the venue's clock.
func (a *API) refused(ctx context.Context, venueID string, err error) error {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || len(f.Params) == 0 {
		return err
	}
	v, unknown := a.Venues.Get(ctx, venueID)
	if unknown != nil {
		return err
	}
	p := ProblemOf(ctx, err)
	p.Params = fault.Params{}
	for name, value := range f.Params {
		switch value := value.(type) {
		case time.Time:
			p.Params[name] = local(value, v.Location())
		case []booking.Alternative:
			p.Alternatives = a.viewAlternatives(ctx, value)
		default:
			p.Params[name] = value
		}
	}
	return p
}

func (a *API) viewAlternatives(ctx context.Context, near []booking.Alternative) []Alternative {
	views := []Alternative{}
	for _, n := range near {
		if v, err := a.Venues.Get(ctx, n.Venue); err == nil {
			zone := v.Location()
			views = append(views, Alternative{n.Venue, n.Space, named(v, n.Space).Name, local(n.Start, zone), local(n.End, zone)})
		}
	}
	return views
}

// refusedOf is refused for a verb that was given a booking.
func (a *API) refusedOf(ctx context.Context, id string, err error) error {
	if err == nil {
		return nil
	}
	b, unknown := a.Desk.Get(ctx, ActorOf(ctx), id)
	if unknown != nil {
		return err
	}
	return a.refused(ctx, b.Venue, err)
}

// shownHolder is the holder's name for others: a person's is masked, an organization's is public.
func shownHolder(b booking.Booking) string {
	if b.HolderKind == account.Organization {
		return b.HolderName
	}
	return account.Mask(b.HolderName)
}
