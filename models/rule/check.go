package rule

import (
	"time"

	"wenguan/models/civil"
	"wenguan/models/fault"
)

// ask is a request under a book at a moment. The rules below are pure functions of it.
type ask struct {
	*Book
	*Request
	history *History // nil: the rules about a person's other bookings are not asked
	now     time.Time
	on      civil.Date   // of the start
	rest    civil.Span   // what is left of the time now
	dates   []civil.Date // of the history's uses, once a rule has asked for them
}

func newAsk(b *Book, r *Request, h *History, now time.Time) ask {
	return ask{Book: b.For(r.Holder.Organization), Request: r, history: h, now: now, on: r.date(), rest: Rest(r.Span, now)}
}

// rule refuses an ask or returns nil.
type rule func(*ask) *fault.Error

// The rules are all there are, asked in this order; the first refusal is the answer. To add one to the product, add it to
// one of these lists, to the fields of Book, and to Explain.
var (
	// forAll say what can be had at all, whoever asks.
	forAll = []rule{
		bookable, partySize, severalSpaces,
		notPast, bookingDays, horizon, bookingHours, noticeGiven, bookBy, stopsBeforeClosing,
		shortest, longest, closures, openHours, slotStep, sessions, quota, wholeDays,
	}
	// forOne are about who asks, and what they say.
	forOne = []rule{
		suspended, audience, realName, verified, ages, children, childrenEach,
		perDay, limits, nextAfter, coolingOff, cancelCooling, oneAtATime,
		assignment, purpose, letter,
	}
)

// whoComes is how many of forOne are about who comes, and are asked before what can be had.
const whoComes = 7

// Check answers whether the request may be booked under the book at the moment now: nil, or the first rule's refusal.
// It never panics, whatever the numbers.
//
// A refusal has the stable code of its rule, the field it is about, the limit and, where something is counted, the
// holder's own count as "mine". "allowed_at" (time.Time) is when the same request would be allowed by that rule, where
// that can be known; "allowed_start" (time.Time) is the earliest start that would be allowed now, where asking for
// another time is the remedy. Other rules may still refuse then.
func Check(b *Book, r Request, h *History, now time.Time) *fault.Error {
	a := newAsk(b, &r, h, now)
	if err := bookable(&a); err != nil {
		return err
	}
	if err := a.first(forOne[:whoComes]); err != nil { // who may not book here at all need not hear of times
		return err
	}
	if err := a.first(forAll); err != nil {
		return err
	}
	return a.first(forOne[whoComes:])
}

// Offered answers whether somebody could book this now, as far as the rules are the same for everybody: what a page shows
// as free. Refusals as of Check.
func Offered(b *Book, r Request, now time.Time) *fault.Error {
	a := newAsk(b, &r, nil, now)
	return a.first(forAll)
}

// Personal asks the rules about the holder, their other bookings and what they say. Check is Offered and Personal in
// the order in which people understand the answer.
func Personal(b *Book, r Request, h *History, now time.Time) *fault.Error {
	a := newAsk(b, &r, h, now)
	return a.first(forOne)
}

func (a *ask) first(of []rule) *fault.Error {
	for _, rule := range of {
		if err := rule(a); err != nil {
			return err
		}
	}
	return nil
}

func refuse(code, message string, args ...any) *fault.Error {
	return fault.New(fault.Invalid, code, message, args...)
}

func (a *ask) day(d civil.Date) OpenDay { return a.Book.day(a.Place, d) }

// until adds when the request would be allowed; the zero time is never known.
func until(e *fault.Error, at time.Time) *fault.Error {
	if at.IsZero() {
		return e
	}
	return e.With("allowed_at", at)
}

// bookable: the space is one that people book.
func bookable(a *ask) *fault.Error {
	if !a.Space.Unlisted {
		return nil
	}
	return refuse("space_not_bookable", "This space is not booked by itself; choose another.").On("space")
}

// closures: nothing of what is asked for is out of use then.
func closures(a *ask) *fault.Error {
	c := a.Closure
	if c == nil {
		return nil
	}
	return refuse("in_closure", "The place is closed from %s to %s.", a.Place.wall(c.From), a.Place.wall(c.To)).
		On("start").With("reason", c.Reason).With("from", c.From).With("to", c.To).With("allowed_start", c.To)
}
