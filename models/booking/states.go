package booking

import (
	"time"

	"wenguan/models/account"
	"wenguan/models/fault"
)

// verb is something that changes a booking's state.
type verb string

const (
	move     verb = "move"
	cancel   verb = "cancel"
	undo     verb = "undo" // by the staff who made it a moment ago: nobody came, nothing was booked
	checkIn  verb = "check_in"
	checkOut verb = "check_out"
	miss     verb = "miss" // by the clock: nobody came
	end      verb = "end"  // by the clock: the visit is over
)

// transitions are all there are. Whatever is not here does not happen: Cancelled, Completed and NoShow are final.
var transitions = map[State]map[verb]State{
	Confirmed: {move: Confirmed, cancel: Cancelled, undo: Cancelled, checkIn: CheckedIn, miss: NoShow},
	CheckedIn: {checkOut: Completed, undo: Cancelled, end: Completed},
}

// after is the booking after the verb at the instant now, or why that cannot be. It is the only place where State
// changes.
func (b Booking) after(v verb, now time.Time) (Booking, error) {
	to, ok := transitions[b.State][v]
	if !ok {
		return b, b.refusal(v)
	}
	b.State = to
	switch v {
	case move:
		b.Moves++
	case cancel, undo:
		b.EndedAt, b.ReleasedAt, b.CheckInAt = &now, &now, nil
	case checkIn:
		b.CheckInAt = &now
	case checkOut:
		b.CheckOutAt, b.EndedAt = &now, &now
		b.ReleasedAt = earlier(wholeMinute(now), b.End)
	case miss:
		b.EndedAt, b.ReleasedAt = &now, earlier(b.Closes, b.End)
	case end:
		at := b.End
		b.EndedAt = &at
	}
	b.Due = b.due()
	return b, nil
}

// due is when the clock will change the state, nil when it will not.
func (b *Booking) due() *time.Time {
	switch b.State {
	case Confirmed:
		at := b.Closes
		return &at
	case CheckedIn:
		at := b.End
		return &at
	}
	return nil
}

// refusal says why the verb is not possible in the present state.
func (b *Booking) refusal(v verb) error {
	switch {
	case b.State == Cancelled:
		return fault.New(fault.Gone, "booking_cancelled", "This booking was cancelled.")
	case b.State == NoShow:
		return fault.New(fault.Gone, "too_late", "Nobody came in time, so the place was given to others.").With("closed", b.Closes)
	case b.State == Completed && v == checkIn:
		return fault.New(fault.Gone, "too_late", "This visit is over.").With("closed", b.HeldUntil())
	case b.State == Completed:
		return fault.New(fault.Gone, "booking_over", "This visit is over.")
	case b.State == CheckedIn:
		return fault.New(fault.Conflict, "already_in", "The party is already in.").With("at", *b.CheckInAt)
	}
	return fault.New(fault.Conflict, "not_checked_in", "Nobody has checked in yet.")
}

// Allowed is what somebody may do with a booking.
type Allowed struct{ Move, Cancel, CheckOut, Pass bool }

// Allowed says what the actor may do at the instant now; managers are not bound by CancelUntil.
func (b *Booking) Allowed(actor account.Actor, now time.Time) Allowed {
	acts := mayAct(actor, b) == nil
	inTime := !now.After(b.CancelUntil) || actor.Check(account.EditVenue, b.Venue) == nil
	change := acts && inTime && b.State == Confirmed && now.Before(b.Closes)
	undo := b.undoable(actor, now)
	leave := b.State == CheckedIn && (acts || actor.Check(account.CheckIn, b.Venue) == nil)
	return Allowed{Move: change, Cancel: change || undo, CheckOut: leave, Pass: acts && b.Live()}
}

// earlier is a if it is before b, else nil.
func earlier(a, b time.Time) *time.Time {
	if a.Before(b) {
		return &a
	}
	return nil
}

// wholeMinute is the first whole minute not before t.
func wholeMinute(t time.Time) time.Time {
	if m := t.Truncate(time.Minute); !m.Equal(t) {
		return m.Add(time.Minute)
	}
	return t
}
