package report

// Measures are what one stretch of time at one or many venues comes to. A unit is one atom of capacity 1; a shared area
// of capacity n is n units. The first five count unit-minutes, the others count bookings, people and requests.
//
// Of one atom and one minute of the published opening hours, with capacity c:
//
//	offered  = c, unless a closure takes the atom out of use
//	held     = Σ units of the bookings that keep the atom in that minute: from their start, or from when they were made
//	           where that was later (booking.Booking.HeldFrom), until they end or give it back
//	given    = Σ units of the bookings that had this minute and gave it back (booking.Booking.HeldUntil): a no-show when
//	           its time to arrive was over, an early check-out, a cancellation by staff later than the holder could
//	booked   = min(c, held + given)
//	attended = the part of held whose booking was checked in, from the check-in (not before it was held) on
//	released = given
//	reused   = held + given - booked: minutes given back that others booked again
//
// so attended ≤ booked ≤ offered and reused ≤ released always. A booking cancelled in time counts in none of them.
// Minutes outside the published hours (the nights of an exhibition) and buffers count in none of them either. A moment
// within a minute counts as that minute's beginning.
type Measures struct {
	Offered  int64
	Booked   int64
	Attended int64
	Released int64
	Reused   int64

	Bookings  int64 // bookings that begin here and were not cancelled in time
	People    int64 // party sizes of those of them that were checked in
	NoShows   int64 // those of them that nobody checked in to in time
	Cancelled int64 // bookings that would have begun here and were cancelled, in time or late
	WalkIns   int64 // people who came in here without booking

	Full    int64 // requests for a time here that found no place; not by hour or group
	Refused int64 // requests for a time here that a rule refused; not by hour or group
}

// Plus is the sum of both. It is associative and commutative and the zero Measures changes nothing, so weeks, months,
// years and districts are sums of days.
func (m Measures) Plus(n Measures) Measures {
	m.add(n)
	return m
}

// Zero reports whether nothing was counted.
func (m Measures) Zero() bool { return m == Measures{} }

func (m *Measures) add(n Measures) {
	m.Offered += n.Offered
	m.Booked += n.Booked
	m.Attended += n.Attended
	m.Released += n.Released
	m.Reused += n.Reused
	m.Bookings += n.Bookings
	m.People += n.People
	m.NoShows += n.NoShows
	m.Cancelled += n.Cancelled
	m.WalkIns += n.WalkIns
	m.Full += n.Full
	m.Refused += n.Refused
}
