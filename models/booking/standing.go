package booking

import (
	"time"

	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/rule"
	"wenguan/models/store"
)

// judged is what a holder's violations have come to, with what they were judged by.
type judged struct {
	rule.Standing
	record *rule.Record
	books  map[string]*rule.Book // by violation
	zone   *time.Location        // where dates are read
}

// standing is what the holder's violations have come to by now.
func (w *work) standing(h *holder) (rule.Standing, error) {
	if h.Past == nil || len(h.Past.Violations) == 0 {
		return rule.Standing{}, nil
	}
	j, err := w.judge(w.tx, w.place, h, w.now)
	if err != nil {
		return rule.Standing{}, err
	}
	return j.Standing, nil
}

// judged is what the holder's violations have come to by now, those of bookings that no job has ended yet among them.
func (w *work) judged(h *holder) (*judged, error) {
	seen, err := w.current(h)
	if err != nil {
		return nil, err
	}
	return w.judge(w.tx, w.place, seen, w.now)
}

// judge folds the holder's violations, each by the rule book it happened under. Violations while the venue was closed or
// something there had failed are at its fault, whenever the closure was written down. here is a place that the
// transaction knows already; nil for none.
func (d *Desk) judge(tx store.Tx, here *place, h *holder, now time.Time) (*judged, error) {
	j := &judged{record: &rule.Record{}, books: map[string]*rule.Book{}, zone: time.UTC}
	if here != nil {
		j.zone = here.zone
	}
	if h.Past == nil {
		return j, nil
	}
	j.record.Pardons, j.record.Lifts = h.Past.pardons(), h.Past.lifts()
	for _, v := range h.Past.Violations {
		if now.Sub(v.At) > violationsKept {
			continue
		}
		if err := j.add(d, tx, here, v); err != nil {
			return nil, err
		}
	}
	shelf := func(v *rule.Violation) *rule.Book { return j.books[v.ID] }
	j.Standing = rule.Fold(shelf, j.zone, j.record, now)
	return j, nil
}

// add takes a violation with the fault of its venue, if it had one, and the book it is judged by.
func (j *judged) add(d *Desk, tx store.Tx, here *place, v violation) error {
	at, err := d.premises(tx, here, v.Venue)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	if err == nil {
		v.Fault = at.faultDuring(civil.Span{Start: v.From, End: v.At.Add(1)}, v.Space)
		if here == nil && len(j.record.Violations) == 0 {
			j.zone = at.zone
		}
	}
	j.record.Violations = append(j.record.Violations, v.Violation)
	book, err := d.Venues.RulesAt(tx, v.Venue, v.Rules)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	j.books[v.ID] = book
	return err
}

// premises is the place of a venue, this one or another.
func (d *Desk) premises(tx store.Tx, here *place, venue string) (*place, error) {
	if here != nil && venue == here.ID {
		return here, nil
	}
	return d.placeIn(tx, venue)
}

// faultDuring is what was wrong with the venue, or with the space, at some time of the span.
func (p *place) faultDuring(span civil.Span, space string) rule.FaultOf {
	var atoms []string
	if s := p.byID[space]; s != nil {
		atoms = s.Atoms
	}
	c, touched := p.ClosureOf(atoms, span)
	switch {
	case !touched:
		return ""
	case c.Outage:
		return rule.FaultOutage
	}
	return rule.FaultClosure
}
