package organization

import (
	"time"

	"wenguan/models/fault"
)

// State is where a registration stands.
type State string

// The states.
const (
	Draft     State = "draft"     // being filled in
	Submitted State = "submitted" // staff are to decide
	Verified  State = "verified"
	Refused   State = "refused" // with a reason; can be mended and submitted again
	Expired   State = "expired" // was verified; can be submitted again
)

// Event is what moves a registration.
type Event string

// The events.
const (
	Submit   Event = "submitted" // by an owner: for the first time, again after a refusal, or to renew
	Amend    Event = "amended"   // by an owner: name, code or kind of a verified organization changed
	Verify   Event = "verified"  // by staff
	Refuse   Event = "refused"   // by staff: this submission; a verification that is still running stays
	Withdraw Event = "withdrawn" // by staff: ends a verification at once
	Expire   Event = "expired"   // by the clock
)

// renewFrom is how long before its end a verification can be renewed.
const renewFrom = 60 * 24 * time.Hour

// VerifiedAt reports whether it counts as verified at the moment. A renewal or a change that waits does not end a
// verification: the organization keeps what was verified, under the name that was verified, until that ends or staff
// withdraw it.
func (o Organization) VerifiedAt(now time.Time) bool { return o.Until != nil && now.Before(*o.Until) }

// Renewable reports whether an owner can submit it now.
func (o Organization) Renewable(now time.Time) bool {
	switch o.State {
	case Draft, Refused, Expired:
		return true
	case Verified:
		return o.Until == nil || !now.Before(o.Until.Add(-renewFrom))
	}
	return false
}

// at is the registration as the clock has it: a verification that has run out is over whether or not the job has said
// so yet.
func (o Organization) at(now time.Time) Organization {
	if o.Until != nil && !now.Before(*o.Until) {
		return o.after(Expire, Step{At: *o.Until, Event: Expire})
	}
	return o
}

// allowed is nil if the event may happen now, else why not.
func (o Organization) allowed(e Event, now time.Time) error {
	switch {
	case e == Submit && o.State == Submitted:
		return fault.New(fault.Conflict, "already_submitted", "It is waiting for a decision already.")
	case e == Submit && !o.Renewable(now):
		return fault.New(fault.Conflict, "renewal_early", "It can be renewed from 60 days before it ends.").With("from", o.Until.Add(-renewFrom))
	case e == Verify && o.State != Submitted && o.State != Verified,
		e == Refuse && o.State != Submitted:
		return fault.New(fault.Conflict, "not_submitted", "There is no submission to decide on.")
	case e == Withdraw && !o.VerifiedAt(now):
		return fault.New(fault.Conflict, "not_verified", "It is not verified.")
	}
	return nil
}

// after is the registration once the event has happened. It is pure; allowed has said that it may.
func (o Organization) after(e Event, s Step) Organization {
	switch e {
	case Submit, Amend:
		o.State, o.Reason = Submitted, ""
	case Verify:
		facts := o.Facts
		o.State, o.Checked, o.Until, o.Reason, o.Warned = Verified, &facts, s.Until, "", false
	case Refuse:
		o.State, o.Reason = Refused, s.Reason
	case Withdraw:
		o.State, o.Reason, o.Checked, o.Until = Refused, s.Reason, nil, nil
	case Expire:
		if o.State == Verified {
			o.State = Expired
		}
		o.Checked, o.Until, o.Warned = nil, nil, false
	}
	if e == Verify || e == Refuse || e == Withdraw {
		at := s.At
		o.DecidedBy, o.DecidedAt = s.By, &at
	}
	s.Event, s.State = e, o.State
	o.Since = s.At
	o.History = append(o.History[:len(o.History):len(o.History)], s)
	if len(o.History) > maxHistory {
		o.History = o.History[len(o.History)-maxHistory:]
	}
	return o
}

// ShownName is what bookings show: the verified name while there is one, else what the owner wrote.
func (o Organization) ShownName() string {
	if o.Checked != nil {
		return o.Checked.Name
	}
	return o.Name
}

// claims are the codes that no other registration can have meanwhile: of a submission and of a verification. A draft
// claims nothing, so that nobody can keep an organization out by typing its code first.
func (o Organization) claims() []Code {
	var list []Code
	if o.Checked != nil && o.Checked.Code != "" {
		list = append(list, o.Checked.Code)
	}
	if o.State == Submitted && o.Code != "" && (o.Checked == nil || o.Checked.Code != o.Code) {
		list = append(list, o.Code)
	}
	return list
}
