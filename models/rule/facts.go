package rule

import (
	"time"

	"wenguan/models/civil"
)

// State of a booking; transitions says how it changes.
type State string

// The states. Completed, Cancelled and NoShow are final.
const (
	Confirmed State = "confirmed"
	CheckedIn State = "checked_in"
	Away      State = "away"     // on a temporary leave
	Reported  State = "reported" // somebody says the seat is empty; the holder has until ReturnBy
	Completed State = "completed"
	Cancelled State = "cancelled"
	NoShow    State = "no_show"
)

// States are all states.
func States() []State {
	return []State{Confirmed, CheckedIn, Away, Reported, Completed, Cancelled, NoShow}
}

// Verb is something that changes a booking's state.
type Verb string

// The verbs.
const (
	DoMove     Verb = "move"
	DoCancel   Verb = "cancel"
	DoCheckIn  Verb = "check_in"
	DoLeave    Verb = "leave"
	DoReturn   Verb = "return"
	DoReport   Verb = "report"
	DoCheckOut Verb = "check_out"
	DoUndo     Verb = "undo"    // staff take back what they made for somebody a moment ago: nobody came, nothing was booked
	DoRelease  Verb = "release" // staff give the place to others, at nobody's fault
	Lapses     Verb = "lapse"   // by the clock
)

// transitions are all there are. Whatever is not here does not happen.
var transitions = map[State]map[Verb][]State{
	Confirmed: {
		DoMove: {Confirmed}, DoCancel: {Cancelled}, DoCheckIn: {CheckedIn}, DoRelease: {Cancelled},
		DoUndo: {Cancelled},
		Lapses: {NoShow, Completed}, // Completed where nobody checks in
	},
	CheckedIn: {DoUndo: {Cancelled}, DoLeave: {Away}, DoReport: {Reported}, DoCheckOut: {Completed}, DoRelease: {Completed}, Lapses: {Completed}},
	Away:      {DoReturn: {CheckedIn}, DoCheckIn: {CheckedIn}, DoCheckOut: {Completed}, DoRelease: {Completed}, Lapses: {Completed}},
	Reported:  {DoReturn: {CheckedIn}, DoCheckIn: {CheckedIn}, DoCheckOut: {Completed}, DoRelease: {Completed}, Lapses: {Completed}},
}

// Facts are what the rules know of one booking: what was promised when it was made or last moved, so that a later change
// of the book does not touch it, and what has happened since. The verbs never change the facts they are given.
type Facts struct {
	State State     `bson:"state"`
	Start time.Time `bson:"start"`
	End   time.Time `bson:"end"`
	Made  time.Time `bson:"created_at"`
	Moves int32     `bson:"moves,omitempty"`

	Opens       time.Time `bson:"opens"`              // check-in from
	Closes      time.Time `bson:"closes"`             // check-in until (exclusive); then it is a no-show
	CancelUntil time.Time `bson:"cancel_until"`       // inclusive
	MoveUntil   time.Time `bson:"move_until"`         // inclusive; zero is CancelUntil
	MustOut     bool      `bson:"must_out,omitempty"` // leaving without check-out is a violation
	OutBy       time.Time `bson:"out_by,omitempty"`   // with MustOut: check-out is in time until then (inclusive)
	OverBy      time.Time `bson:"over_by,omitempty"`  // and counts as overstaying until then (inclusive)
	NoCheckIn   bool      `bson:"no_in,omitempty"`

	TakenAt    *time.Time    `bson:"taken,omitempty"` // from when it has its place, where it was made or moved after Start
	InAt       *time.Time    `bson:"in_at,omitempty"`
	OutAt      *time.Time    `bson:"out_at,omitempty"` // when somebody checked out
	Leaves     []time.Time   `bson:"leaves,omitempty"` // when temporary leaves began
	BackBy     *time.Time    `bson:"back_by,omitempty"`
	ReportedAt *time.Time    `bson:"reported_at,omitempty"`
	ReturnBy   *time.Time    `bson:"return_by,omitempty"`
	EndedAt    *time.Time    `bson:"ended_at,omitempty"` // when it became final
	ReleasedAt *time.Time    `bson:"released,omitempty"` // from when its place was free again, where that was before End
	Violation  ViolationKind `bson:"violation,omitempty"`
	ViolatedAt *time.Time    `bson:"violated_at,omitempty"`
}

// Settle is what a new booking of the request promises under the book, made at the moment now. Check comes before it.
func Settle(b *Book, r *Request, now time.Time) Facts {
	f := Facts{State: Confirmed, Made: now}
	f.promise(b, r, now)
	return f
}

// promise writes the times of the request into the facts.
func (f *Facts) promise(b *Book, r *Request, now time.Time) {
	f.Start, f.End, f.TakenAt = r.Span.Start, r.Span.End, nil
	if from := Rest(r.Span, now).Start; from.After(f.Start) {
		f.TakenAt = &from
	}
	f.NoCheckIn, f.MustOut = b.NoCheckIn, b.CheckOut && !b.NoCheckIn
	f.Opens = f.Start.Add(-minutes(b.CheckInBefore))
	f.Closes = b.checkInCloses(r, now)
	if b.CheckInSameDay > 0 && r.Place.date(now) == r.date() {
		f.Opens = earlier(f.Opens, now) // who is to come now can be let in now
	}
	f.OutBy, f.OverBy = time.Time{}, time.Time{}
	if f.MustOut {
		f.OutBy = f.End.Add(minutes(max(b.CheckOutGrace, 0)))
		f.OverBy = later(f.OutBy, f.End.Add(minutes(b.OverstayUntil)))
	}
	f.CancelUntil = f.Closes // better cancelled late than missed
	if b.NoCheckIn {
		f.Closes, f.CancelUntil = f.End, f.Start
	}
	f.CancelUntil = b.cancelUntil(r.Place, r.Span, f.CancelUntil)
	f.MoveUntil = earlier(f.Closes, b.moveUntil(r.Span, f.CancelUntil))
}

// cancelUntil is the last moment to cancel, given the one without limits: who is to check in within half an hour of
// booking has lost the place by then, however long before the start others may cancel.
func (b *Book) cancelUntil(p *Place, s civil.Span, last time.Time) time.Time {
	if b.CancelBefore > 0 {
		last = earlier(last, s.Start.Add(-minutes(b.CancelBefore)))
	}
	if b.CancelBy != nil {
		last = earlier(last, b.CancelBy.before(p, p.date(s.Start)))
	}
	return last
}

// moveUntil is the last moment to move, given the one to cancel.
func (b *Book) moveUntil(s civil.Span, cancel time.Time) time.Time {
	if b.MoveBefore > 0 {
		return s.Start.Add(-minutes(b.MoveBefore))
	}
	return cancel
}

// checkInCloses: so long after the start; who books when it has begun has as long from the booking; where bookings for
// the same day are for now, from the booking in any case. Never after the end.
func (b *Book) checkInCloses(r *Request, now time.Time) time.Time {
	at, inside := r.Span.Start.Add(minutes(b.CheckInAfter)), b.CheckInAfter
	if b.CheckInInside > 0 {
		inside = b.CheckInInside
	}
	switch {
	case b.CheckInSameDay > 0 && r.Place.date(now) == r.date():
		at = wholeMinute(now).Add(minutes(b.CheckInSameDay))
	case r.Span.Start.Before(now):
		at = wholeMinute(now).Add(minutes(inside))
	}
	return earlier(at, r.Span.End)
}

// Live reports whether the booking is still going to happen or happening.
func (f *Facts) Live() bool { return f.State != Completed && f.State != Cancelled && f.State != NoShow }

// Here reports whether the party has come and not gone.
func (f *Facts) Here() bool { return f.State == CheckedIn || f.State == Away || f.State == Reported }

// Rest is what can be had of a time at the moment now, to the minute: of one that has begun, what is left. What others did
// with the time before concerns nobody any more.
func Rest(s civil.Span, now time.Time) civil.Span {
	if from := now.Truncate(time.Minute); from.After(s.Start) && from.Before(s.End) {
		s.Start = from
	}
	return s
}

// HeldFrom is the beginning of what the booking keeps from others.
func (f *Facts) HeldFrom() time.Time {
	if f.TakenAt != nil {
		return *f.TakenAt
	}
	return f.Start
}

// HeldUntil is the end of what the booking keeps from others.
func (f *Facts) HeldUntil() time.Time {
	if f.ReleasedAt != nil && f.ReleasedAt.Before(f.End) {
		return *f.ReleasedAt
	}
	return f.End
}

// Due is when the clock will change the facts next, nil when it will not.
func (f *Facts) Due() *time.Time {
	at := f.End
	switch f.State {
	case Confirmed:
		at = f.Closes
	case Away:
		at = orEnd(f.BackBy, f.End)
	case Reported:
		at = orEnd(f.ReturnBy, f.End)
	case CheckedIn:
	default:
		return nil
	}
	if f.Here() && !at.Before(f.End) {
		at = f.ends()
	}
	return &at
}

// ends is when a visit that nobody ends is over: at its end, or where check-out is required when even a late one would
// not be accepted any more (exclusive).
func (f *Facts) ends() time.Time {
	if f.MustOut {
		return f.OverBy.Add(time.Minute)
	}
	return f.End
}

func orEnd(at *time.Time, end time.Time) time.Time {
	if at == nil {
		return end
	}
	return *at
}

// leavesOn is how many temporary leaves of the booking began on the date.
func (f *Facts) leavesOn(p *Place, date civil.Date) (n int32) {
	for _, at := range f.Leaves {
		if p.date(at) == date {
			n++
		}
	}
	return n
}

// UseState is what the booking is as a use of its holder, for History.
func (f *Facts) UseState() UseState {
	switch {
	case f.Here():
		return UseIn
	case f.State == Confirmed:
		return UseAhead
	}
	return UseOver
}
