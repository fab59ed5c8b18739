package rule

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"wenguan/models/fault"
)

// suspended: the holder is not suspended here at the moment.
func suspended(a *ask) *fault.Error {
	if a.history == nil {
		return nil
	}
	var worst *Suspension
	for i := range a.history.Suspensions {
		s := &a.history.Suspensions[i]
		if s.holds(a.now) && s.Covers.Reaches(s.Where, a.where()) && (worst == nil || s.longer(worst)) {
			worst = s
		}
	}
	if worst == nil {
		return nil
	}
	why := "one strike"
	if n := len(worst.Strikes); n != 1 {
		why = fmt.Sprintf("%d strikes", n)
	}
	e := refuse("rule_suspended_until_lifted", "You cannot book here because of %s, until the staff lift it.", why)
	if worst.Until != nil {
		e = until(refuse("rule_suspended", "You cannot book here until %s, because of %s.", a.Place.wall(*worst.Until), why).
			With("until", *worst.Until), *worst.Until)
	}
	return e.With("since", worst.From).With("mine", len(worst.Strikes)).With("max", worst.Max).With("rule", worst.Rule).
		With("covers", orVenue(worst.Covers)).With("nth", worst.Nth)
}

// audience: residents, organizations, or everybody.
func audience(a *ask) *fault.Error {
	switch {
	case a.Audience == Residents && a.Holder.Organization:
		return refuse("rule_residents", "Only residents can book here, for themselves.").On("for")
	case a.Audience == Organizations && !a.Holder.Organization:
		return refuse("rule_organizations", "Only organizations can book here.").On("for")
	}
	return nil
}

// realName: whoever books has bound a real name, for a family member and for an organization too.
func realName(a *ask) *fault.Error {
	if !a.RealNameOnly || a.Named {
		return nil
	}
	return refuse("rule_real_name", "Give your real name once to book here.").On("for")
}

// verified: an organization that books has been verified by staff.
func verified(a *ask) *fault.Error {
	if !a.VerifiedOnly || a.Holder.Organization && a.Holder.Verified {
		return nil
	}
	return refuse("rule_verified_only", "Only organizations that staff have verified can book here.").On("for")
}

// ages: everybody known by name is old and young enough. Who comes as the guardian of a child of the party may be
// older. Where real names are asked for, nobody's own word for their age counts.
func ages(a *ask) *fault.Error {
	if a.MinAge <= 0 && a.MaxAge <= 0 {
		return nil
	}
	people := a.people()
	for i := range people {
		p := &people[i]
		age, known := p.age(a.on)
		guarding, field := guards(people, p.ID), "with"
		if p.ID == a.Holder.ID {
			field = "for"
		}
		switch {
		case !known && !guarding:
			return refuse("rule_age_unknown", "Give the year of birth of everybody who comes.").On(field).
				With("min", max(a.MinAge, 0)).With("max", max(a.MaxAge, 0))
		case known && !guarding && a.RealNameOnly && p.OwnWord:
			return refuse("rule_age_unattested", "Give your identity number once more, so that your year of birth is known.").On(field)
		case known && age < a.MinAge:
			e := refuse("rule_min_age", "This place is for people from %d years on.", a.MinAge).On(field).
				With("min", a.MinAge).With("mine", age)
			return e.With("allowed_start", time.Date(int(p.BirthYear)+int(a.MinAge), 1, 1, 0, 0, 0, 0, a.Place.Zone))
		case known && a.MaxAge > 0 && age > a.MaxAge && !guarding:
			return refuse("rule_max_age", "This place is for people up to %d years.", a.MaxAge).On(field).
				With("max", a.MaxAge).With("mine", age)
		}
	}
	return nil
}

// guards reports whether the person is the guardian of somebody else of the party.
func guards(people []Person, id string) bool {
	return id != "" && slices.ContainsFunc(people, func(p Person) bool { return p.Guardian == id })
}

// children: a child comes with a guardian in the same booking: the one on record, or any adult where none is.
func children(a *ask) *fault.Error {
	if a.ChildUnder <= 0 {
		return nil
	}
	people := a.people()
	for i := range people {
		age, known := people[i].age(a.on)
		if !known || age >= a.ChildUnder || slices.ContainsFunc(people, func(p Person) bool { return mayGuard(&p, &people[i], a) }) {
			continue
		}
		return refuse("rule_child", "A child under %d comes with a parent in the same booking.", a.ChildUnder).
			On("with").With("under", a.ChildUnder).With("mine", age)
	}
	return nil
}

func mayGuard(p, child *Person, a *ask) bool {
	if p.ID == child.ID {
		return false
	}
	if child.Guardian != "" {
		return p.ID == child.Guardian
	}
	age, known := p.age(a.on)
	return !known || age >= adult
}

// childrenEach: no adult of the booking has more children with them than the book lets one bring. Who is known by name
// counts; of the others nobody knows whether they are children.
func childrenEach(a *ask) *fault.Error {
	if a.ChildrenEach <= 0 || a.ChildUnder <= 0 {
		return nil
	}
	people := a.people()
	var few, adults int32
	for i := range people {
		age, known := people[i].age(a.on)
		switch {
		case known && age < a.ChildUnder:
			few++
		case !known || age >= adult || guards(people, people[i].ID):
			adults++
		}
	}
	if few <= a.ChildrenEach*max(adults, 1) {
		return nil
	}
	return refuse("rule_children_per_guardian", "An adult may bring no more than %d of the children under %d; you name %d.", a.ChildrenEach, a.ChildUnder, few).
		On("with").With("max", a.ChildrenEach).With("under", a.ChildUnder).With("mine", few).With("adults", adults)
}

// purpose: say what for, where the book asks.
func purpose(a *ask) *fault.Error {
	if !a.PurposeNeeded || strings.TrimSpace(a.Purpose) != "" {
		return nil
	}
	return refuse("rule_purpose", "Say what you need the place for.").On("purpose")
}

// letter: accept the present version of the letter.
func letter(a *ask) *fault.Error {
	if a.Letter == nil || a.Accepts == a.Letter.Version {
		return nil
	}
	return refuse("rule_letter", "Read and accept the letter to book here.").On("letter").
		With("version", a.Letter.Version).With("mine", a.Accepts).With("title", a.Letter.Title)
}
