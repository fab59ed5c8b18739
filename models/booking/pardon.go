package booking

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"wenguan/models/account"
	"wenguan/models/audit"
	"wenguan/models/fault"
	"wenguan/models/id"
	"wenguan/models/notice"
	"wenguan/models/rule"
	"wenguan/models/store"
)

// Decision is what a manager of a venue decides about somebody's standing there, with a reason of at most 200 characters,
// which the person reads.
type Decision struct {
	Holder string
	Reason string
}

// Waive takes a violation back as if it had not happened: an appeal was right. What the rest of the record comes to
// without it never suspends anybody who was not suspended. Repeated, it changes nothing. Needs EditVenue where it
// happened. Faults: fault.NotFound "strike_not_found"; fault.Invalid "reason_needed", "text_too_long"; fault.Forbidden
// "own_standing" to who would decide about themselves.
func (d *Desk) Waive(ctx context.Context, actor account.Actor, violation string, by Decision) error {
	return d.decide(ctx, actor, &by, violation, func(w *work, h *holder, v *violationOf) error {
		return w.waive(actor, h, v, by.Reason, true)
	})
}

// EarnBack takes a strike back for something good, from now on; suspensions that began stay. Repeated, it changes
// nothing. Needs EditVenue where it happened. Faults: those of Waive, and of rule.MayEarnBack.
func (d *Desk) EarnBack(ctx context.Context, actor account.Actor, violation string, by Decision) error {
	return d.decide(ctx, actor, &by, violation, func(w *work, h *holder, v *violationOf) error {
		if h.Past.pardoned(v.ID, rule.EarnedBack) != nil {
			return nil
		}
		j, err := w.judged(h)
		if err != nil {
			return err
		}
		book := j.books[v.ID]
		if book == nil {
			return refuse("rule_no_earning_back", "Strikes cannot be earned back here.")
		}
		if refused := rule.MayEarnBack(book, j.zone, j.record, &j.Standing, v.ID, w.now); refused != nil {
			return refused
		}
		w.pardon(actor, h, v, rule.EarnedBack, by.Reason)
		w.eased(h, v, string(rule.EarnedBack))
		return nil
	})
}

// LiftSuspension ends a suspension now. Needs EditVenue where it began. Faults: fault.NotFound "suspension_not_found" also
// of one that is over; and those of Waive.
func (d *Desk) LiftSuspension(ctx context.Context, actor account.Actor, suspension string, by Decision) error {
	notFound := fault.New(fault.NotFound, "suspension_not_found", "There is no such suspension in force.")
	err := d.decide(ctx, actor, &by, lastStrike(suspension), func(w *work, h *holder, v *violationOf) error {
		j, err := w.judged(h)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(j.InForce(w.now), func(s rule.Suspension) bool { return s.ID == suspension }) {
			return notFound
		}
		w.lift(h, suspension, by.Reason)
		w.decided(actor, "suspension.lifted", h, v, nil, map[string]any{"began": v.ID})
		w.news = append(w.news, news{template: notice.StandingEased, whose: v.whose, venue: v.Venue, params: map[string]string{"how": "lifted"}})
		return nil
	})
	if fault.CodeOf(err) == "strike_not_found" {
		return notFound
	}
	return err
}

// Misconduct is what staff write down of somebody: of the holder of a booking, or of a person.
type Misconduct struct {
	Decision
	Venue   string
	Booking string // then the holder is its holder, and the rules are those it was made under
	Key     string // the same key writes it down once
}

// WriteDown notes misconduct by what staff saw; it counts where the rules count misconduct. It returns the id of the
// violation. Needs EditVenue at the venue. Faults: fault.NotFound "booking_not_found", "person_not_found"; and those of
// Waive.
func (d *Desk) WriteDown(ctx context.Context, actor account.Actor, m Misconduct) (violation string, err error) {
	if err := actor.Check(account.EditVenue, m.Venue); err != nil {
		return "", err
	}
	if err := m.reasoned(); err != nil {
		return "", err
	}
	_, err = d.do(ctx, m.Venue, func(w *work) (Booking, error) {
		violation, err = w.writeDown(actor, m)
		return Booking{}, err
	})
	return violation, err
}

func (w *work) writeDown(actor account.Actor, m Misconduct) (string, error) {
	whose, made, err := w.misconductOf(m)
	if err != nil {
		return "", err
	}
	if actor.BooksFor(whose.Holder) {
		return "", ownStanding()
	}
	h, err := w.holder(whose.Holder)
	if err != nil {
		return "", err
	}
	if h.Closed {
		return "", fault.New(fault.NotFound, "person_not_found", "There is no such person.").On("person")
	}
	if made.ID = id.New(w.now); m.Key != "" {
		made.ID = "w-" + actor.ID + "-" + m.Key
	}
	if !h.violated(made, w.now) {
		return made.ID, nil
	}
	of := &violationOf{violation: made, whose: whose}
	w.decided(actor, "strike.written", h, of, nil, map[string]any{"kind": made.Kind, "space": made.Space})
	w.struck = append(w.struck, struck{holder: h, violation: made.ID, booking: whose})
	return made.ID, nil
}

// misconductOf is whose misconduct it is, and the violation without an id.
func (w *work) misconductOf(m Misconduct) (Booking, violation, error) {
	v := violation{Violation: rule.Violation{Kind: rule.Misconduct, At: w.now}, From: w.now, Why: m.Reason}
	if m.Booking != "" {
		b, err := w.booking(m.Booking)
		if err == nil && b.Holder == Nobody {
			err = bookingNotFound()
		}
		v.Booking, v.Where, v.Rules = b.ID, w.place.where(b.Space), b.Rules
		return b, v, err
	}
	whose, err := w.whose(m.Holder)
	if err == nil && whose.HolderName == "" {
		err = fault.New(fault.NotFound, "person_not_found", "There is no such person.").On("person")
	}
	v.Where, v.Rules = w.place.rules.Where, w.place.book(nil, w.now).Version
	return whose, v, err
}

// violationOf is a violation with whose it is.
type violationOf struct {
	violation
	whose Booking
}

// decide runs a decision about a violation in a transaction on the record of its holder.
func (d *Desk) decide(ctx context.Context, actor account.Actor, by *Decision, violation string, run func(*work, *holder, *violationOf) error) error {
	if err := by.reasoned(); err != nil {
		return err
	}
	venue, err := d.whereOf(ctx, actor, by.Holder, violation)
	if err != nil {
		return err
	}
	_, err = d.do(ctx, venue, func(w *work) (Booking, error) {
		h, v, err := w.violation(by.Holder, violation)
		if err != nil {
			return Booking{}, err
		}
		return Booking{}, run(w, h, v)
	})
	return err
}

// whereOf is the venue of a violation that the actor may decide about; to others it does not exist.
func (d *Desk) whereOf(ctx context.Context, actor account.Actor, holder, violation string) (venue string, err error) {
	if err := actor.Check(account.EditVenue, ""); err != nil {
		return "", err
	}
	err = d.store.View(ctx, func(tx store.Tx) error {
		h, err := d.holderNow(tx, holder)
		if err != nil {
			return err
		}
		v := h.Past.violation(violation)
		if v == nil || actor.Check(account.EditVenue, v.Venue) != nil {
			return strikeNotFound()
		}
		venue = v.Venue
		return nil
	})
	if err == nil && actor.BooksFor(holder) {
		err = ownStanding()
	}
	return venue, err
}

func (w *work) violation(holder, violation string) (*holder, *violationOf, error) {
	h, err := w.holder(holder)
	if err != nil {
		return nil, nil, err
	}
	if h.Past.violation(violation) == nil {
		if err := w.expireOf(holder, violation); err != nil {
			return nil, nil, err
		}
	}
	v := h.Past.violation(violation)
	if v == nil || v.Venue != w.place.ID {
		return nil, nil, strikeNotFound()
	}
	of := &violationOf{violation: *v}
	if of.whose, err = w.whose(holder); err != nil {
		return nil, nil, err
	}
	if b, err := w.booking(v.Booking); err == nil && b.Holder == holder {
		of.whose = b
	}
	return h, of, nil
}

// waive takes the violation back; tell says whether the person is told by a notice of its own.
func (w *work) waive(actor account.Actor, h *holder, v *violationOf, reason string, tell bool) error {
	if h.Past.pardoned(v.ID, rule.WaivedByStaff) != nil {
		return nil
	}
	before, err := w.judged(h)
	if err != nil {
		return err
	}
	w.pardon(actor, h, v, rule.WaivedByStaff, reason)
	after, err := w.judged(h)
	if err != nil {
		return err
	}
	for _, s := range after.InForce(w.now) { // strikes that were used up may count with others now
		if !slices.ContainsFunc(before.InForce(w.now), func(o rule.Suspension) bool { return o.ID == s.ID }) && !covered(before.InForce(w.now), &s) {
			w.lift(h, s.ID, reason)
		}
	}
	if tell {
		w.eased(h, v, string(rule.WaivedByStaff))
	}
	return nil
}

// covered reports whether one of the suspensions held as long as this one does, by the same rule.
func covered(held []rule.Suspension, s *rule.Suspension) bool {
	return slices.ContainsFunc(held, func(o rule.Suspension) bool {
		return o.Rule == s.Rule && o.Covers == s.Covers && (o.Until == nil || s.Until != nil && !s.Until.After(*o.Until))
	})
}

func (w *work) pardon(actor account.Actor, h *holder, v *violationOf, kind rule.PardonKind, reason string) {
	p := h.history()
	p.Pardons, h.changed = append(p.Pardons, pardon{rule.Pardon{Violation: v.ID, Kind: kind, At: w.now}, reason}), true
	w.decided(actor, "strike.pardoned", h, v, nil, map[string]any{"pardon": kind, "kind": v.Kind})
}

func (w *work) lift(h *holder, suspension, reason string) {
	p := h.history()
	p.Lifts, h.changed = append(p.Lifts, lift{rule.Lift{Suspension: suspension, At: w.now}, reason}), true
}

func (w *work) eased(h *holder, v *violationOf, how string) {
	w.news = append(w.news, news{template: notice.StandingEased, whose: v.whose, venue: v.Venue, params: v.said(w, "how", how)})
}

// said is what a notice says of the violation, and one thing more.
func (v *violationOf) said(w *work, name, value string) map[string]string {
	return map[string]string{"did": string(v.Kind), "on": w.day(v.At), name: value}
}

// decided records what staff or the holder did about a violation, in the chain of its venue.
func (w *work) decided(actor account.Actor, action string, h *holder, v *violationOf, before, after any) {
	e := actor.Entry(action, "strike/"+v.ID)
	e.Chain, e.Before, e.After = v.Venue, before, after
	if actor.ID != h.ID && e.Actor != audit.System {
		e.OnBehalf = h.ID
	}
	w.entries = append(w.entries, e)
}

func (by *Decision) reasoned() error {
	by.Reason = strings.TrimSpace(by.Reason)
	switch {
	case by.Reason == "":
		return fault.New(fault.Invalid, "reason_needed", "Give the reason; the person reads it.").On("reason")
	case utf8.RuneCountInString(by.Reason) > maxText:
		return tooLong("reason")
	}
	return nil
}

func strikeNotFound() error {
	return fault.New(fault.NotFound, "strike_not_found", "There is no such strike.")
}

func ownStanding() error {
	return fault.New(fault.Forbidden, "own_standing", "A colleague decides about your own strikes.")
}
