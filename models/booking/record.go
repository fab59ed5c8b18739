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

// onBehalf records what somebody did with the booking of somebody else.
func (w *work) onBehalf(actor account.Actor, action string, was, is *Booking) {
	if actor.ID == is.Holder {
		return
	}
	e := actor.Entry(action, "booking/"+is.ID)
	e.Before, e.After = was.kept(), is.kept()
	w.record(e, is)
}
