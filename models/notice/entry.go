package notice

import (
	"time"

	"wenguan/models/id"
)

// entry is a notice on its way. While it waits it has a lane and a time; when it is done it has neither, and has lost
// its address and its params.
type entry struct {
	Notice  `bson:",inline"`
	Lane    string     `bson:"lane,omitempty"`
	Next    *time.Time `bson:"next,omitempty"`  // not before; while leased: when the lease ends
	Lease   string     `bson:"lease,omitempty"` // who is sending it now
	Tries   int32      `bson:"tries"`
	Outcome outcome    `bson:"outcome,omitempty"`
	Done    *time.Time `bson:"done,omitempty"`
}

// outcome is what became of a notice.
type outcome string

const (
	delivered outcome = "sent"
	refused   outcome = "refused"
	givenUp   outcome = "given_up"
	expired   outcome = "expired"
)

// The lanes. Each is worked off on its own, so a mail server that hangs holds up no text message, and a crowd of booking
// notices no sign-in code.
var lanes = []string{"sms_urgent", "mail_urgent", "sms", "mail"}

func laneOf(n Notice) string {
	of := lanesOf(n.To)
	if n.Template == SignInCode {
		return of[1]
	}
	return of[0]
}

// lanesOf are the lanes that notices to an address go by, the urgent one last.
func lanesOf(to string) [2]string {
	if IsPhone(to) {
		return [2]string{"sms", "sms_urgent"}
	}
	return [2]string{"mail", "mail_urgent"}
}

func newEntry(n Notice) entry {
	due := n.Due
	return entry{Notice: n, Lane: laneOf(n), Next: &due}
}

// leased returns the entry taken for sending.
func (e entry) leased(now time.Time) entry {
	until := now.Add(lease)
	e.Next, e.Lease = &until, id.New(now)
	e.Tries++
	return e
}

// release gives the entry back untried.
func (e entry) release(now time.Time) entry {
	e.Next, e.Lease = &now, ""
	e.Tries--
	return e
}

// retry puts the entry off: 5 s after the first try, doubling to an hour.
func (e entry) retry(now time.Time) entry {
	next := now.Add(min(5*time.Second<<min(e.Tries-1, 20), time.Hour))
	e.Next, e.Lease = &next, ""
	return e
}

// finish closes the entry and wipes what it said and to whom.
func (e entry) finish(how outcome, now time.Time) entry {
	e.To, e.Params = "", nil
	e.Lane, e.Next, e.Lease = "", nil, ""
	e.Outcome, e.Done = how, &now
	return e
}
