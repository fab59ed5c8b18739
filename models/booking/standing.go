package booking

import (
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/rule"
)

// standing is what the holder's violations have come to by now, judged by the rule books they happened under. Violations
// while the venue was closed or something there had failed are at its fault, whenever the closure was written down.
func (w *work) standing(h *holder) (rule.Standing, error) {
	if h.Past == nil || len(h.Past.Violations) == 0 {
		return rule.Standing{}, nil
	}
	record, err := w.recordOf(h)
	if err != nil {
		return rule.Standing{}, err
	}
	books := map[string]*rule.Book{}
	for i := range record.Violations {
		v := &record.Violations[i]
		book, err := w.Venues.RulesAt(w.tx, v.Venue, v.Rules)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return rule.Standing{}, err
		}
		books[v.ID] = book
	}
	shelf := func(v *rule.Violation) *rule.Book { return books[v.ID] }
	return rule.Fold(shelf, w.place.zone, record, w.now), nil
}

// recordOf is the holder's record with the faults of the venues in it.
func (w *work) recordOf(h *holder) (*rule.Record, error) {
	record := &rule.Record{Pardons: h.Past.Pardons, Lifts: h.Past.Lifts}
	for _, v := range h.Past.Violations {
		at, err := w.premises(v.Venue)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return nil, err
		}
		if err == nil {
			v.Fault = at.faultDuring(civil.Span{Start: v.From, End: v.At.Add(1)}, v.Space)
		}
		record.Violations = append(record.Violations, v.Violation)
	}
	return record, nil
}

// premises is the place of a venue, this one or another.
func (w *work) premises(venue string) (*place, error) {
	if venue == w.place.ID {
		return w.place, nil
	}
	return w.placeIn(w.tx, venue)
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
