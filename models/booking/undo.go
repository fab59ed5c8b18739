package booking

import (
	"time"

	"wenguan/models/account"
)

// undoWithin is how long staff may take back what they made for somebody: long enough to see that it was the wrong
// person, too short for anybody to have used it.
const undoWithin = 10 * time.Minute

// undoable reports whether the booking is a slip of the actor's hand: made by them at the counter a moment ago for
// somebody else, and not moved since. They may give it up as if it had never been, checked in or not, whatever the rules
// say about cancelling.
func (b *Booking) undoable(actor account.Actor, now time.Time) bool {
	return b.ByStaff && b.By == actor.ID && b.Moves == 0 && b.Live() && now.Before(b.Made.Add(undoWithin)) &&
		actor.Check(account.BookForOthers, b.Venue) == nil
}
