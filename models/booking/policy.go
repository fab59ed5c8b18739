package booking

import (
	"time"

	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/venue"
)

// ask is a wish with everything the rules look at. The rules below are pure functions of it.
type ask struct {
	place  *place
	spot   *spot
	span   civil.Span
	party  int32
	holder *holder // nil: nobody in particular, the rules about a person and their other bookings are not asked
	who    *whom   // with holder
	self   string  // the booking that is being moved: it does not count against itself
	now    time.Time
}

// rule refuses an ask, naming itself, its limit and what it would allow, or returns nil.
type rule func(*ask) *fault.Error

// rules are asked in this order; the first refusal is the answer. To add a rule to the product, add it here.
var rules = []rule{
	spaceBookable, verifiedOnly, realNameOnly, partySize, notPast, horizon, noticeGiven, shortest, longest, closures, openHours, slotStep, perDay, oneAtATime,
}

// check is the first rule's refusal, or nil.
func (a *ask) check() error {
	for _, r := range rules {
		if err := r(a); err != nil {
			return err
		}
	}
	return nil
}

func (a *ask) date() civil.Date { return civil.DateOf(a.span.Start, a.place.zone) }

func minutes(n int32) time.Duration { return time.Duration(n) * time.Minute }

func refuse(code, message string, args ...any) *fault.Error {
	return fault.New(fault.Invalid, code, message, args...)
}

func spaceBookable(a *ask) *fault.Error {
	if a.place.Retired || !a.spot.Bookable {
		return refuse("space_not_bookable", "This space is not booked by itself; choose another.").On("space")
	}
	return nil
}

// verifiedOnly: the holder is an organization whose registration counts as verified; nobody at the counter can vouch for
// one that is not.
func verifiedOnly(a *ask) *fault.Error {
	if !a.place.Rules.VerifiedOnly || a.who == nil || a.who.verified {
		return nil
	}
	return refuse("rule_verified_only", "Only organizations whose registration is verified can book here.").On("for")
}

// realNameOnly: whoever books has bound a real name, for a family member and for an organization too. Staff who book at
// the counter have the person before them.
func realNameOnly(a *ask) *fault.Error {
	if !a.place.Rules.RealNameOnly || a.who == nil || a.who.realName {
		return nil
	}
	return refuse("rule_real_name", "Bind your real name to your account first; this venue asks for it.").On("for")
}

// partySize: at least one person, at most what the rule book and the space take.
func partySize(a *ask) *fault.Error {
	most := a.spot.people
	if r := a.place.Rules.PartyMax; r > 0 && (most == 0 || r < most) {
		most = r
	}
	if a.party < 1 || most > 0 && a.party > most {
		return refuse("rule_party", "A booking here is for 1 to %d people.", max(most, 1)).On("party").With("max", max(most, 1))
	}
	return nil
}

// notPast: the start lies ahead, or is the start of the step that is running now. That one can still be had, because
// somebody who stands before an empty seat at 10:05 shall not wait for 10:30.
func notPast(a *ask) *fault.Error {
	r := &a.place.Rules
	running := r.CheckInAfter > 0 && a.now.Before(a.span.Start.Add(minutes(r.SlotStep)))
	if a.span.Start.Before(a.now) && !running {
		return refuse("in_past", "This time is past.").On("start")
	}
	return nil
}

// releaseOf is when the date becomes bookable.
func (p *place) releaseOf(date civil.Date) time.Time {
	return date.Add(-int(p.Rules.HorizonDays)).At(p.Rules.ReleaseAt, p.zone)
}

// horizon: the day of the start has been released: HorizonDays before it, at the release time.
func horizon(a *ask) *fault.Error {
	opens := a.place.releaseOf(a.date())
	if !a.now.Before(opens) {
		return nil
	}
	days := int(a.place.Rules.HorizonDays)
	last := civil.DateOf(a.now, a.place.zone).Add(days)
	if a.now.Before(a.place.releaseOf(last)) {
		last--
	}
	return refuse("rule_horizon", "This day can be booked from %s on.", a.place.wall(opens)).On("start").
		With("days", days).With("last", last.String()).With("opens", opens)
}

// noticeGiven: somebody has to prepare the place.
func noticeGiven(a *ask) *fault.Error {
	n := a.place.Rules.Notice
	earliest := a.now.Add(minutes(n))
	if n == 0 || !a.span.Start.Before(earliest) {
		return nil
	}
	return refuse("rule_notice", "Book at least %d minutes ahead.", n).On("start").
		With("minutes", n).With("earliest", wholeMinute(earliest))
}

// closures: nothing of what is asked for is taken out of use. A group is asked member by member, when its members are
// chosen.
func closures(a *ask) *fault.Error {
	atoms := a.spot.Atoms
	if a.spot.Allocation == venue.AnyOf {
		atoms = nil
	}
	c, ok := a.place.ClosureOf(atoms, a.span)
	if !ok && a.spot.Allocation == venue.AnyOf && len(a.spot.members) > 0 {
		for _, m := range a.spot.members {
			if c, ok = a.place.ClosureOf(m.Atoms, a.span); !ok {
				break
			}
		}
	}
	if !ok {
		return nil
	}
	return refuse("in_closure", "The place is closed from %s to %s.", a.place.wall(c.Start), a.place.wall(c.End)).
		On("start").With("reason", c.Reason).With("from", c.Start).With("to", c.End)
}

// openHours: the venue is open all the time. Where bookings may last a day or more, one over midnight only has to
// start and end while the venue is open; what lies between belongs to it (an exhibition stays overnight).
func openHours(a *ask) *fault.Error {
	from, to := a.openings()
	if from != nil && to != nil && (from == to || a.overnight()) || from != nil && a.throughout() {
		return nil
	}
	day := a.place.day(a.date())
	if len(day.Open) == 0 {
		return refuse("closed_day", "The venue is closed on this day.").On("start").With("reason", string(day.Reason))
	}
	return refuse("outside_hours", "The venue is not open then.").On("start").With("open", day.Open)
}

// openings are the opening that the start lies in and the one that the end lies in, nil for none.
func (a *ask) openings() (from, to *civil.Span) {
	last := civil.DateOf(a.span.End.Add(-1), a.place.zone)
	spans := a.place.day(a.date()).spans
	for i := range spans {
		if s := &spans[i]; !a.span.Start.Before(s.Start) && a.span.Start.Before(s.End) {
			from = s
		}
	}
	spans = a.place.day(last).spans
	for i := range spans {
		if s := &spans[i]; s.Start.Before(a.span.End) && !a.span.End.After(s.End) {
			to = s
		}
	}
	return from, to
}

func (a *ask) overnight() bool {
	longest := a.place.Rules.Longest
	return (longest == 0 || longest >= 24*60) && civil.DateOf(a.span.End.Add(-1), a.place.zone) > a.date()
}

// throughout reports whether openings that touch each other, over midnight too, cover the span.
func (a *ask) throughout() bool {
	at := a.span.Start
	for date := a.date(); at.Before(a.span.End); date++ {
		day, before := a.place.day(date), at
		for _, s := range day.spans {
			if !s.Start.After(at) && s.End.After(at) {
				at = s.End
			}
		}
		if at == before {
			return false
		}
	}
	return true
}

// slotStep: start and end lie on the step counted from the beginning of the opening they lie in, so that sessions
// (09:00-13:00, 13:00-17:00) are a step of 240; an end may also be the end of the opening.
func slotStep(a *ask) *fault.Error {
	step := a.place.Rules.SlotStep
	if step <= 0 {
		step = 1
	}
	from, to := a.openings()
	off := func(t time.Time, s *civil.Span) bool { return s != nil && t.Sub(s.Start)%minutes(step) != 0 }
	field := ""
	switch {
	case off(a.span.Start, from):
		field = "start"
	case off(a.span.End, to) && !a.span.End.Equal(to.End):
		field = "end"
	default:
		return nil
	}
	return refuse("rule_step", "Times here go in steps of %d minutes.", step).On(field).With("minutes", step)
}

func shortest(a *ask) *fault.Error {
	least := max(a.place.Rules.Shortest, 1)
	if a.span.End.Sub(a.span.Start) < minutes(least) {
		return refuse("rule_shortest", "A booking lasts at least %d minutes.", least).On("end").With("minutes", least)
	}
	return nil
}

// maxMinutes is the longest booking where the rule book sets no limit: a year.
const maxMinutes = 366 * 24 * 60

func longest(a *ask) *fault.Error {
	most := a.place.Rules.Longest
	if most == 0 {
		most = maxMinutes
	}
	if a.span.End.Sub(a.span.Start) > minutes(most) {
		return refuse("rule_longest", "A booking lasts at most %d minutes.", most).On("end").With("minutes", most)
	}
	return nil
}

// perDay counts the holder's bookings at the venue that start on the same date; cancelled ones do not count, missed
// ones do.
func perDay(a *ask) *fault.Error {
	n := a.place.Rules.PerDay
	if n == 0 || a.holder == nil {
		return nil
	}
	date, mine := a.date(), 0
	for _, u := range a.holder.Uses {
		if u.Venue == a.place.ID && u.Booking != a.self && civil.DateOf(u.Start, a.place.zone) == date {
			mine++
		}
	}
	if mine < int(n) {
		return nil
	}
	return refuse("rule_per_day", "You have %d of %d bookings here on this day.", mine, n).On("start").With("n", n).With("mine", mine)
}

// oneAtATime: the holder is nowhere else at that time, at this venue or at any other.
func oneAtATime(a *ask) *fault.Error {
	if !a.place.Rules.OneAtATime || a.holder == nil {
		return nil
	}
	for _, u := range a.holder.Uses {
		if u.Booking != a.self && a.span.Start.Before(u.End) && u.Start.Before(a.span.End) {
			return refuse("one_at_a_time", "You have another booking at this time.").On("start").With("booking", u.Booking)
		}
	}
	return nil
}
