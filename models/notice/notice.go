// Package notice owns what the product tells people outside the screen: an outbox in the store, the words in zh-CN and
// en, and the senders (mail, SMS gateway, log). It refuses to send anything that was not committed with the change it
// tells about, and it keeps no address and no parameter of a notice once that is sent, given up or expired.
package notice

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
)

// Notice is something to tell one person.
type Notice struct {
	ID       string            `bson:"_id"`      // "" lets Put make one; a caller's own makes the notice unique
	To       string            `bson:"to"`       // E.164 phone number or e-mail address
	Language string            `bson:"lang"`     // "zh-CN" or "en"; anything else counts as zh-CN
	Template string            `bson:"template"` // one of the templates
	Params   map[string]string `bson:"params"`   // what the template needs
	Due      time.Time         `bson:"due"`      // not before; zero: at once
	Expires  time.Time         `bson:"expires"`  // worthless from then on; zero: 48 hours after Due
}

// The templates and the params they need. Start and end are wall clock of the venue, "2026-11-25 09:00".
const (
	SignInCode       = "sign_in_code"      // code, minutes
	BookingConfirmed = "booking_confirmed" // number, venue, space, start, end; of all bookings optional: for, the holder where somebody else is told
	BookingMoved     = "booking_moved"     // number, venue, space, start, end: the new ones
	BookingCancelled = "booking_cancelled" // number, venue, space, start, end; optional: reason
	BookingNoShow    = "booking_no_show"   // number, venue, space, start, end
	BookingReported  = "booking_reported"  // number, venue, space, start, end; until: back by then, "14:05"
	SecurityChanged  = "security_changed"  // what: a word of package credential

	// About strikes. did is a rule.ViolationKind, on the day it happened; of all optional: for, the holder where somebody
	// else is told.
	StrikeCounted   = "strike_counted"   // venue, did, on; optional: count and max, so many of so many; expires; reason of staff; warning
	Suspended       = "suspended"        // venue, did, on, covers (a rule.Scope); optional: until, max, reason of staff
	StandingEased   = "standing_eased"   // venue, how: waived, earned_back or lifted; optional: did, on
	AppealGranted   = "appeal_granted"   // venue, did, on, reason: the answer
	AppealDismissed = "appeal_dismissed" // venue, did, on, reason: the answer

	// To the owners of an organization, or to the member it is about. until is the last day, "2027-11-24".
	OrganizationVerified  = "organization_verified"  // organization, until
	OrganizationRefused   = "organization_refused"   // organization, reason
	OrganizationWithdrawn = "organization_withdrawn" // organization, reason
	OrganizationExpiring  = "organization_expiring"  // organization, until
	OrganizationExpired   = "organization_expired"   // organization
	OrganizationJoined    = "organization_joined"    // organization, member (masked); role: owner, booker or member
	OrganizationLeft      = "organization_left"      // organization, member (masked)
	OrganizationRole      = "organization_role"      // organization; role: owner, booker or member
	OrganizationRemoved   = "organization_removed"   // organization
	OrganizationClosed    = "organization_closed"    // organization
	AddressChanged        = "address_changed"        // to the old address; new: the new one, masked
	AddressAdded          = "address_added"          // to the address there was; new: the new one, masked
	AccountUnused         = "account_unused"         // date: when the account will be erased
	AccountErased         = "account_erased"

	// To somebody of the staff, about a role in words. date is a last day, "2027-11-24".
	RoleGiven     = "role_given"      // role; optional: date, until which it counts
	RoleTaken     = "role_taken"      // role
	RoleLapsing   = "role_lapsing"    // role, date
	RoleLapsingOf = "role_lapsing_of" // name, role, date: to the administrators
	RoleLapsed    = "role_lapsed"     // role
)

var (
	bookingParams = []string{"number", "venue", "space", "start", "end"}
	needs         = map[string][]string{
		SignInCode:       {"code", "minutes"},
		BookingConfirmed: bookingParams,
		BookingMoved:     bookingParams,
		BookingCancelled: bookingParams,
		BookingNoShow:    bookingParams,
		BookingReported:  append(bookingParams[:len(bookingParams):len(bookingParams)], "until"),
		SecurityChanged:  {"what"},

		StrikeCounted:   {"venue", "did", "on"},
		Suspended:       {"venue", "did", "on", "covers"},
		StandingEased:   {"venue", "how"},
		AppealGranted:   {"venue", "did", "on", "reason"},
		AppealDismissed: {"venue", "did", "on", "reason"},

		OrganizationVerified:  {"organization", "until"},
		OrganizationRefused:   {"organization", "reason"},
		OrganizationWithdrawn: {"organization", "reason"},
		OrganizationExpiring:  {"organization", "until"},
		OrganizationExpired:   {"organization"},
		OrganizationJoined:    {"organization", "member"},
		OrganizationLeft:      {"organization", "member"},
		OrganizationRole:      {"organization"},
		OrganizationRemoved:   {"organization"},
		OrganizationClosed:    {"organization"},
		AddressChanged:        {"new"},
		AddressAdded:          {"new"},
		AccountUnused:         {"date"},
		AccountErased:         {},

		RoleGiven:     {"role"},
		RoleTaken:     {"role"},
		RoleLapsing:   {"role", "date"},
		RoleLapsingOf: {"name", "role", "date"},
		RoleLapsed:    {"role"},
	}
)

// lifetime is how long a notice without Expires is worth sending.
const lifetime = 48 * time.Hour

// Message is a notice in words.
type Message struct {
	ID       string // the notice's id: the same when it is sent again, so that a receiver can drop the second
	To       string
	Template string
	Language string
	Params   map[string]string
	Subject  string // mail only
	Text     string
}

// Sender hands one message to the outside world. It returns nil when the next hop took the message. A *Failure says
// whether trying again makes sense; any other error counts as one that will pass.
type Sender interface {
	Send(ctx context.Context, m Message) error
}

// Failure is why a message was not taken. Reason is short and holds no personal data and no secret, so it may be logged;
// Err is what the other side really said and may hold both.
type Failure struct {
	Reason    string
	Permanent bool // this message will never be taken: the address does not exist, the receiver refuses it
	Err       error
}

// Error implements error. It leaves out what Err says.
func (f *Failure) Error() string { return f.Reason }

// Unwrap returns Err.
func (f *Failure) Unwrap() error { return f.Err }

// IsPhone reports whether an address, as the outbox takes it, is a phone number; else it is e-mail.
func IsPhone(to string) bool { return strings.HasPrefix(to, "+") }

// ready returns the notice as it is stored, or says what the caller forgot.
func (n Notice) ready(now time.Time) (Notice, error) {
	required, ok := needs[n.Template]
	if !ok {
		return n, fmt.Errorf("put notice: no template %q", n.Template)
	}
	params := make(map[string]string, len(n.Params))
	for name, value := range n.Params {
		params[name] = plain(value)
	}
	for _, name := range required {
		if params[name] == "" {
			return n, fmt.Errorf("put notice: template %s needs the param %q", n.Template, name)
		}
	}
	n.Params = params
	n.Language = languageOf(n.Language)
	if n.Due.IsZero() {
		n.Due = now
	}
	if n.Expires.IsZero() {
		n.Expires = n.Due.Add(lifetime)
	}
	n.Due, n.Expires = n.Due.UTC(), n.Expires.UTC()
	return n, nil
}

// plain makes a value safe for a subject line and short enough for a text message: one line, at most 120 characters.
func plain(value string) string {
	runes := []rune(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, strings.TrimSpace(value)))
	if len(runes) > 120 {
		runes = append(slices.Clip(runes[:119]), '…')
	}
	return string(runes)
}
