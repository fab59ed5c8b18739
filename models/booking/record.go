package booking

import (
	"time"

	"wenguan/models/account"
)

// kept is what the audit keeps of a booking: when, where and how it stands, nothing of the person.
type kept struct {
	Space string    `json:"space"`
	Start time.Time `json:"start"`
	End   time.Time `json:"end"`
	State State     `json:"state"`
	Staff bool      `json:"by_staff,omitempty"`
}

func (b *Booking) kept() any {
	if b == nil {
		return nil
	}
	return kept{Space: b.Space, Start: b.Start, End: b.End, State: b.State, Staff: b.ByStaff}
}

// audited records what the actor did with a booking; was is nil for a new one.
func (w *work) audited(actor account.Actor, action string, was, is *Booking) {
	e := actor.Entry(action, "booking/"+is.ID)
	e.Before, e.After = was.kept(), is.kept()
	w.record(e, is)
}
