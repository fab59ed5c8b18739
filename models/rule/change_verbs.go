package rule

import (
	"time"

	"wenguan/models/civil"
	"wenguan/models/fault"
)

// CancelOf gives the booking up. Repeated, it changes nothing. where is the booking's place; h holds the holder's
// earlier cancellations. Staff are not bound by the times and limits. A late cancellation that counts as a miss ends as
// Cancelled with Violation LateCanceled. Refusals: fault.Invalid "rule_cancel_before" with minutes and until,
// "rule_cancel_by" with until, "rule_cancels" with max, mine, per and allowed_at; fault.Conflict "already_in"; fault.Gone
// for what is over.
func CancelOf(b *Book, p *Place, f Facts, h *History, act Act) (Facts, *fault.Error) {
	f = Lapse(f, act.Now)
	if f.State == Cancelled {
		return f, nil
	}
	if err := f.may(DoCancel); err != nil {
		return f, err
	}
	late := act.Now.After(f.CancelUntil)
	if act.By == AsStaff {
		return f.finish(Cancelled, act.Now), nil
	}
	if late && b.LateCancel != LateMiss && b.LateCancel != LateAllowed {
		return f, tooLate(p, f, f.CancelUntil, b.CancelBefore)
	}
	if err := mayCancel(b, p, h, act.Now); err != nil {
		return f, err
	}
	f = f.finish(Cancelled, act.Now)
	if late && b.LateCancel == LateMiss {
		f = f.violate(LateCanceled, act.Now)
	}
	return f, nil
}

// tooLate says until when it could be changed; that this was so long before the start only where the book says so, and
// not where it names a time of day.
func tooLate(p *Place, f Facts, limit time.Time, before int32) *fault.Error {
	if before > 0 && limit.Equal(f.Start.Add(-minutes(before))) {
		return refuse("rule_cancel_before", "This could be changed until %s, %d minutes before the start.", p.wall(limit), before).
			With("minutes", before).With("until", limit)
	}
	return refuse("rule_cancel_by", "This could be changed until %s.", p.wall(limit)).With("until", limit)
}

// mayCancel asks the limits on cancellations at the place.
func mayCancel(b *Book, p *Place, h *History, now time.Time) *fault.Error {
	if h == nil {
		return nil
	}
	today := p.date(now)
	for i := range b.CancelLimits {
		l := &b.CancelLimits[i]
		mine, free := 0, civil.Date(0)
		for _, c := range h.Cancels {
			d := p.date(c.At)
			if c.Venue != p.Venue || c.At.After(now) || !l.together(d, today) {
				continue
			}
			mine++
			if until, ok := l.expires(d); ok && (free == 0 || until < free) {
				free = until
			}
		}
		if mine < int(l.Max) {
			continue
		}
		e := refuse("rule_cancels", "You have cancelled %d of %d times in this period.", mine, l.Max).
			With("max", l.Max).With("mine", mine).With("per", l.Per)
		if l.Per == Rolling {
			e = e.With("days", l.Days)
		}
		if free > 0 && mine == int(l.Max) {
			e = until(e, free.Start(p.Zone))
		}
		return e
	}
	return nil
}

// Undo takes back what staff made for somebody a moment ago, checked in or not: it is as if it had never been. Who may,
// and how long, is for the caller. Repeated, it changes nothing; fault.Gone for what is over.
func Undo(f Facts, now time.Time) (Facts, *fault.Error) {
	f = Lapse(f, now)
	if f.State == Cancelled {
		return f, nil
	}
	if err := f.may(DoUndo); err != nil {
		return f, err
	}
	f.InAt = nil
	return f.finish(Cancelled, now), nil
}

// MoveTo gives the booking another time or space under the book in force now; Check of the request with Self set comes
// after MayMove and before it. Refusals as MayMove.
func MoveTo(b *Book, f Facts, r *Request, act Act) (Facts, *fault.Error) {
	if err := MayMove(b, r.Place, f, act); err != nil {
		return f, err
	}
	f = Lapse(f, act.Now)
	f.Moves++
	f.promise(b, r, act.Now)
	return f, nil
}

// MayMove asks whether the booking may be moved at all. Staff are not bound by the times and limits. Refusals:
// fault.Invalid "rule_no_moves", "rule_moves" with max and mine, "rule_cancel_before" and "rule_cancel_by" as CancelOf;
// fault.Conflict "already_in"; fault.Gone for what is over.
func MayMove(b *Book, p *Place, f Facts, act Act) *fault.Error {
	f = Lapse(f, act.Now)
	if err := f.may(DoMove); err != nil {
		return err
	}
	last, before := f.MoveUntil, b.MoveBefore
	if last.IsZero() {
		last, before = f.CancelUntil, 0
	}
	if before <= 0 {
		before = b.CancelBefore
	}
	switch {
	case act.By == AsStaff:
	case b.NoMoves:
		return refuse("rule_no_moves", "Bookings cannot be moved here; cancel and book again.")
	case b.MovesMax > 0 && f.Moves >= b.MovesMax:
		return refuse("rule_moves", "This booking was moved %d of %d times.", f.Moves, b.MovesMax).
			With("max", b.MovesMax).With("mine", f.Moves)
	case act.Now.After(last):
		return tooLate(p, f, last, before)
	}
	return nil
}
