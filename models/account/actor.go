package account

import (
	"cmp"
	"slices"

	"wenguan/models/audit"
	"wenguan/models/fault"
)

// Means is how somebody has shown who they are.
type Means string

// The means. Those of staff are strong; a session of any other carries no grant.
const (
	ByCode         Means = "code"          // a one-time code to a phone or an e-mail address
	ByLink         Means = "link"          // a sign-in link
	ByPassword     Means = "password"      // a password and a second factor
	ByPasskey      Means = "passkey"       // a passkey that verified its user
	ByProvider     Means = "provider"      // an OpenID Connect provider that asked for what staff have to show
	ByProviderWeak Means = "provider_weak" // an OpenID Connect provider that asked for less
	ByCommand      Means = "command"       // whoever can open the store made the session: the demo, a test, a load tool
	ByToken        Means = "token"         // a device's token
)

// Strong reports whether staff may work with a session of these means.
func (m Means) Strong() bool {
	switch m {
	case ByPassword, ByPasskey, ByProvider, ByCommand:
		return true
	}
	return false
}

// Actor is who is behind a request. The zero Actor is anonymous.
type Actor struct {
	ID       string
	Kind     Kind
	Name     string // "" until given
	Called   string // what a list shows: the name, or what Account.Called makes of the address
	Group    Group
	Language string
	Grants   []Grant  // in force at this moment, with the venues of their areas; none in a session that is not strong
	Members  []Member // the organizations this person acts for
	Family   []string // account ids of the family members this person books for
	RealName bool     // an identity is bound to the account

	BirthYear int32 // 0 if nobody knows
	Attested  bool  // and it is that of the identity number

	Device *Device // a door, kiosk or display; then there is no account
	System bool    // a job of the product itself, or a command

	Session string // the id of the session, "" for none
	Means   Means
	Staff   bool   // has grants in force, whether or not this session carries them
	Fresh   bool   // the second factor was shown within the last minutes
	Enrol   bool   // the session may set up credentials where there are none
	Request string // the id of the request, for the audit
}

// MemberRole is what somebody is in an organization.
type MemberRole string

// The roles in an organization, from most to least.
const (
	Owner       MemberRole = "owner"  // also edits the registration and the members
	Booker      MemberRole = "booker" // also books, moves and cancels
	PlainMember MemberRole = "member" // sees the organization's bookings
)

// rank is 3 for an owner, 0 for what is no role.
func (r MemberRole) rank() int {
	return 3 - slices.Index([]MemberRole{Owner, Booker, PlainMember, r}, r)
}

// Member says that a person acts for an organization.
type Member struct {
	Organization string     `bson:"org"` // account id
	Role         MemberRole `bson:"role"`
}

// Anonymous reports whether nobody is signed in.
func (a Actor) Anonymous() bool { return a.ID == "" && a.Device == nil && !a.System }

// ActsFor reports whether the actor has at least this role in the organization.
func (a Actor) ActsFor(organization string, least MemberRole) bool {
	return slices.ContainsFunc(a.Members, func(m Member) bool {
		return m.Organization == organization && m.Role.rank() >= least.rank()
	})
}

// Check returns nil if the actor may do this at the venue ("" asks: anywhere at all), fault.Unauthenticated
// "sign_in_needed" for an anonymous actor, else fault.Forbidden: "staff_sign_in_needed" for staff whose session is not
// strong, "step_up_needed" for those who have to show their second factor again, "not_permitted" for everybody else.
func (a Actor) Check(do Action, venue string) error {
	p, known := permits[do]
	switch {
	case a.Anonymous() && p.Scope != Public:
		return fault.New(fault.Unauthenticated, "sign_in_needed", "Sign in first.")
	case !known: // not even the product itself: the action is missing from the table
		return errNotPermitted()
	case a.System || p.Scope == Public:
		return nil
	case p.Scope == Own && a.Device == nil:
		return nil
	case !a.granted(p, venue):
		if a.Staff && !a.Means.Strong() && a.Means != "" {
			return fault.New(fault.Forbidden, "staff_sign_in_needed", "Sign in as staff: with your password and second factor, or a passkey.")
		}
		return errNotPermitted()
	case p.StepUp && !a.Fresh:
		return fault.New(fault.Forbidden, "step_up_needed", "Show your second factor again.")
	}
	return nil
}

// granted reports whether a role of the actor permits it there.
func (a Actor) granted(p permit, venue string) bool {
	if a.Device != nil {
		return slices.Contains(p.Roles, a.Device.Role) && (venue == "" || venue == a.Device.Venue)
	}
	return slices.ContainsFunc(a.Grants, func(g Grant) bool {
		return slices.Contains(p.Roles, g.Role) && (g.district() || p.Scope != District && (venue == "" || slices.Contains(g.Venues, venue)))
	})
}

// Present asks staff to have shown their second factor lately, before they change what an unattended session must not
// change: where codes and warnings go, and whether the account exists. fault.Forbidden "staff_sign_in_needed" or
// "step_up_needed"; nil for everybody who is not staff.
func (a Actor) Present() error {
	switch {
	case !a.Staff || a.Fresh:
		return nil
	case !a.Means.Strong():
		return fault.New(fault.Forbidden, "staff_sign_in_needed", "Sign in as staff: with your password and second factor, or a passkey.")
	}
	return fault.New(fault.Forbidden, "step_up_needed", "Show your second factor again.")
}

// Scope lists the venues where the actor may do this, each once; all is true when it is the whole district.
func (a Actor) Scope(do Action) (venues []string, all bool) {
	p := permits[do]
	if a.System {
		return nil, true
	}
	if a.Device != nil {
		if slices.Contains(p.Roles, a.Device.Role) {
			venues = []string{a.Device.Venue}
		}
		return venues, false
	}
	for _, g := range a.Grants {
		switch {
		case !slices.Contains(p.Roles, g.Role):
		case g.district():
			return nil, true
		case p.Scope != District:
			venues = append(venues, g.Venues...)
		}
	}
	slices.Sort(venues)
	return slices.Compact(venues), false
}

// Entry begins the audit's record of something this actor did to subject, such as "booking/" and its id.
func (a Actor) Entry(action, subject string) audit.Entry {
	who := a.ID
	if a.Device != nil {
		who = "device/" + a.Device.ID
	}
	return audit.Entry{Action: action, Subject: subject, Actor: cmp.Or(who, audit.System), Means: string(a.Means), Request: a.Request}
}

func errNotPermitted() *fault.Error {
	return fault.New(fault.Forbidden, "not_permitted", "Your role does not permit this here.")
}
