package privacy

import (
	"context"
	"fmt"
	"time"

	"wenguan/models/account"
	"wenguan/models/audit"
	"wenguan/models/booking"
	"wenguan/models/fault"
	"wenguan/models/notice"
	"wenguan/models/store"
	"wenguan/models/venue"
)

// Copy is everything the product keeps about a person, without secrets: no token, no hash that opens anything.
type Copy struct {
	MadeAt        time.Time        `json:"made_at"`
	Account       PersonCopy       `json:"account"`
	Family        []PersonCopy     `json:"family"`
	Organizations []MemberCopy     `json:"organizations"`
	Bookings      []BookingCopy    `json:"bookings"` // one's own and the family's, latest first
	Looks         []LookCopy       `json:"looks"`    // who of the staff looked at one's data, latest first
	Sessions      []SessionCopy    `json:"sessions"`
	Notices       []notice.Waiting `json:"notices"` // what waits to be sent
	More          map[string]any   `json:"more"`    // what other parts of the product keep, by name
}

// PersonCopy is an account as its person gets it.
type PersonCopy struct {
	ID            string           `json:"id"`
	Name          string           `json:"name"`
	Phone         string           `json:"phone,omitempty"`
	Email         string           `json:"email,omitempty"`
	Group         account.Group    `json:"group,omitempty"`
	Language      string           `json:"language,omitempty"`
	BirthYear     int32            `json:"birth_year,omitempty"`
	BirthAttested bool             `json:"birth_year_attested,omitempty"` // it is that of the bound identity number
	Note          string           `json:"note,omitempty"`                // what staff wrote down
	CreatedAt     time.Time        `json:"created_at"`
	LastUsed      time.Time        `json:"last_used,omitzero"`
	Consent       *account.Consent `json:"consent,omitempty"`
	IdentityEnds  string           `json:"identity_ends,omitempty"` // the last characters of a bound identity number
	IdentityAt    *time.Time       `json:"identity_at,omitempty"`
	Roles         []RoleCopy       `json:"roles,omitempty"` // as staff
}

// RoleCopy is a role somebody has as staff.
type RoleCopy struct {
	Role    account.Role `json:"role"`
	Areas   []string     `json:"areas,omitempty"`
	Venues  []string     `json:"venues,omitempty"`
	GivenAt time.Time    `json:"given_at,omitzero"`
	Ends    *time.Time   `json:"ends,omitempty"`
}

// MemberCopy is an organization somebody acts for.
type MemberCopy struct {
	Organization string             `json:"organization"`
	Role         account.MemberRole `json:"role"`
}

// BookingCopy is a booking as its holder gets it. Moments have the venue's offset.
type BookingCopy struct {
	ID         string        `json:"id"`
	Number     string        `json:"number"`
	For        string        `json:"for"` // the holder's name
	Venue      venue.Text    `json:"venue"`
	Space      venue.Text    `json:"space"`
	Start      time.Time     `json:"start"`
	End        time.Time     `json:"end"`
	Party      int32         `json:"party"`
	Purpose    string        `json:"purpose,omitempty"`
	State      booking.State `json:"state"`
	ByStaff    bool          `json:"made_by_staff,omitempty"`
	Reason     string        `json:"cancelled_because,omitempty"`
	MadeAt     time.Time     `json:"made_at"`
	CheckInAt  *time.Time    `json:"check_in_at,omitempty"`
	CheckOutAt *time.Time    `json:"check_out_at,omitempty"`
}

// LookCopy is one look of staff at somebody's data.
type LookCopy struct {
	At   time.Time    `json:"at"`
	Who  string       `json:"who"`            // the name of who looked, "" for one who is gone
	Role account.Role `json:"role,omitempty"` // what they were as staff; "" for one who is none any more
	Why  string       `json:"why"`
	What string       `json:"what"`

	Venue string `json:"venue,omitempty"` // the id of where they were served
}

// SessionCopy is a place where somebody is signed in.
type SessionCopy struct {
	Means  account.Means `json:"means"`
	Device string        `json:"device,omitempty"`
	Since  time.Time     `json:"since"`
	Used   time.Time     `json:"used"`
}

// Export returns everything the product keeps about the actor.
func (o *Office) Export(ctx context.Context, actor account.Actor) (Copy, error) {
	if err := person(actor); err != nil {
		return Copy{}, err
	}
	var c Copy
	err := o.store.View(ctx, func(tx store.Tx) (err error) {
		c, err = o.copy(tx, actor.ID)
		return err
	})
	return c, err
}

// ExportPerson does the same for somebody who asked staff for it; they see the look. Needs ExportPerson;
// fault.NotFound "person_not_found".
func (o *Office) ExportPerson(ctx context.Context, actor account.Actor, id string) (Copy, error) {
	if err := actor.Check(account.ExportPerson, ""); err != nil {
		return Copy{}, err
	}
	var c Copy
	err := o.store.Update(ctx, func(tx store.Tx) (err error) {
		if c, err = o.copy(tx, id); err != nil {
			return err
		}
		if err := o.Accounts.Saw(tx, actor, audit.Look{Whose: id, Why: "export", What: "everything"}); err != nil {
			return err
		}
		e := actor.Entry("privacy.exported", "account/"+id)
		e.OnBehalf = id
		return audit.Append(tx, o.now(), e)
	})
	return c, err
}

// copy collects everything in one snapshot.
func (o *Office) copy(tx store.Tx, id string) (Copy, error) {
	a, err := o.Accounts.Of(tx, id)
	if fault.Is(err, fault.NotFound) || err == nil && (a.ErasedAt != nil || a.Kind != account.Person) {
		return Copy{}, fault.New(fault.NotFound, "person_not_found", "There is no such person.")
	}
	if err != nil {
		return Copy{}, err
	}
	c := Copy{
		MadeAt: o.now(), Account: copyPerson(a), Family: []PersonCopy{}, Organizations: []MemberCopy{},
		Bookings: []BookingCopy{}, Looks: []LookCopy{}, Sessions: []SessionCopy{}, Notices: []notice.Waiting{}, More: map[string]any{},
	}
	for _, step := range []func(store.Tx, account.Account) error{c.family(o), c.memberships(o), c.bookings(o), c.looks(o), c.sessions(o), c.notices(o), c.parts(o)} {
		if err := step(tx, a); err != nil {
			return Copy{}, fmt.Errorf("copy what is kept of %s: %w", id, err)
		}
	}
	return c, nil
}
