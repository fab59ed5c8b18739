package booking

import (
	"slices"
	"strings"
	"time"

	"wenguan/models/rule"
)

// past is what a holder did that rules count after the bookings themselves are forgotten.
type past struct {
	Cancels    []rule.Cancel `bson:"cancels,omitempty"`
	Violations []violation   `bson:"violations,omitempty"`
	Pardons    []pardon      `bson:"pardons,omitempty"`
	Lifts      []lift        `bson:"lifts,omitempty"`
	Appealed   []string      `bson:"appealed,omitempty"` // violations with an open appeal
}

// violation is one that the rules count, with the time from which the venue could have been at fault.
type violation struct {
	rule.Violation `bson:",inline"`
	From           time.Time `bson:"from"`
	Why            string    `bson:"why,omitempty"` // of one that staff wrote down, in their words
}

// pardon is a pardon with what staff said of it.
type pardon struct {
	rule.Pardon `bson:",inline"`
	Why         string `bson:"why,omitempty"`
}

// lift is a lift with what staff said of it.
type lift struct {
	rule.Lift `bson:",inline"`
	Why       string `bson:"why,omitempty"`
}

const (
	// violationsKept is how long anything is held against anybody, whatever the rules say.
	violationsKept = 3 * 365 * 24 * time.Hour
	// maxViolations and maxAppealed bound the document; the oldest violations are forgotten.
	maxViolations = 200
	maxAppealed   = 20
)

func (h *holder) history() *past {
	if h.Past == nil {
		h.Past = &past{}
	}
	return h.Past
}

// violated keeps a violation, once for each id; false if it was known.
func (h *holder) violated(v violation, now time.Time) bool {
	p := h.history()
	if p.violation(v.ID) != nil {
		return false
	}
	p.forget(now)
	p.Violations, h.changed = append(p.Violations, v), true
	if more := len(p.Violations) - maxViolations; more > 0 {
		p.Violations = slices.Delete(p.Violations, 0, more)
	}
	return true
}

// forget lets go of violations that are too old to be held against anybody, with the decisions about them.
func (p *past) forget(now time.Time) {
	known := len(p.Violations)
	p.Violations = slices.DeleteFunc(p.Violations, func(v violation) bool { return now.Sub(v.At) > violationsKept })
	if len(p.Violations) == known {
		return
	}
	p.Pardons = slices.DeleteFunc(p.Pardons, func(o pardon) bool { return p.violation(o.Violation) == nil })
	p.Lifts = slices.DeleteFunc(p.Lifts, func(l lift) bool { return p.violation(lastStrike(l.Suspension)) == nil })
	p.Appealed = slices.DeleteFunc(p.Appealed, func(id string) bool { return p.violation(id) == nil })
}

// lastStrike is the violation that a suspension began with, which its id ends with.
func lastStrike(suspension string) string {
	return suspension[strings.LastIndexByte(suspension, '|')+1:]
}

// violation is the violation with this id, nil if none is known.
func (p *past) violation(id string) *violation {
	if p == nil {
		return nil
	}
	for i := range p.Violations {
		if p.Violations[i].ID == id {
			return &p.Violations[i]
		}
	}
	return nil
}

// pardoned is the pardon of that kind, nil if there is none.
func (p *past) pardoned(violation string, kind rule.PardonKind) *pardon {
	for i := range p.Pardons {
		if p.Pardons[i].Violation == violation && p.Pardons[i].Kind == kind {
			return &p.Pardons[i]
		}
	}
	return nil
}

func (p *past) appealed(violation string) bool {
	return p != nil && slices.Contains(p.Appealed, violation)
}

func (p *past) pardons() []rule.Pardon {
	out := make([]rule.Pardon, len(p.Pardons))
	for i := range p.Pardons {
		out[i] = p.Pardons[i].Pardon
	}
	return out
}

func (p *past) lifts() []rule.Lift {
	out := make([]rule.Lift, len(p.Lifts))
	for i := range p.Lifts {
		out[i] = p.Lifts[i].Lift
	}
	return out
}
