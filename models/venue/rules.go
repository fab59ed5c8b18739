package venue

import (
	"bytes"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/civil"
	"wenguan/models/rule"
)

// Rules is a rule book; package rule says what it can express.
type Rules = rule.Book

// DefaultRules is the rule book a new venue starts with: half-hour steps up to four hours, a week ahead, check-in from
// 15 minutes before to 15 minutes after the start.
func DefaultRules() Rules {
	return Rules{
		Opening:    rule.Opening{HorizonDays: 7},
		Shape:      rule.Shape{SlotStep: 30, Shortest: 30, Longest: 240},
		Attendance: rule.Attendance{CheckInBefore: 15, CheckInAfter: 15},
	}
}

// Book is the rule book that a booking of the space made on the date is under: the space's own, of a seat without one its
// group's, else the venue's. Of a book and the next the one that has started; before any has, the first. Never nil.
func (v *Venue) Book(space *Space, on civil.Date) *Rules {
	if space != nil && space.Rules == nil && space.Parent != "" {
		if group, ok := v.FindSpace(space.Parent); ok && group.Allocation == AnyOf {
			space = group
		}
	}
	if space != nil && space.Rules != nil {
		return inForce(space.Rules, space.Next, on)
	}
	return inForce(&v.Rules, v.Next, on)
}

func inForce(book, next *Rules, on civil.Date) *Rules {
	if next != nil && next.Starts <= on {
		return next
	}
	return book
}

// shelved is a rule book of a venue with where it stands, as the paths of faults name it.
type shelved struct {
	*Rules
	path  string
	space *Space // nil: the venue's
}

// shelf is every rule book of the venue, its own first.
func (v *Venue) shelf() []shelved {
	out := []shelved{{&v.Rules, "rules", nil}}
	if v.Next != nil {
		out = append(out, shelved{v.Next, "next_rules", nil})
	}
	for i := range v.Spaces {
		s := &v.Spaces[i]
		if s.Rules != nil {
			out = append(out, shelved{s.Rules, fmt.Sprintf("spaces[%d].rules", i), s})
		}
		if s.Next != nil {
			out = append(out, shelved{s.Next, fmt.Sprintf("spaces[%d].next_rules", i), s})
		}
	}
	return out
}

// Books are all rule books of the venue and its spaces, also those that are still to come.
func (v *Venue) Books() []*Rules {
	shelf := v.shelf()
	out := make([]*Rules, len(shelf))
	for i := range shelf {
		out[i] = shelf[i].Rules
	}
	return out
}

// rules checks that every rule book can be obeyed at the venue.
func (c *checker) rules(v *Venue) {
	for _, b := range v.shelf() {
		for _, f := range v.CheckRules(b.space, b.Rules) {
			c.faults = append(c.faults, f.On(b.path+"."+f.Field))
		}
	}
	if v.Next != nil && v.Next.Starts <= v.Rules.Starts {
		c.add("next_rules.starts", "next_starts_first", "The next rule book starts after the one it follows; give a later date.")
	}
	for i, s := range v.Spaces {
		if s.Next != nil && (s.Rules == nil || s.Next.Starts <= s.Rules.Starts) {
			c.add(fmt.Sprintf("spaces[%d].next_rules.starts", i), "next_starts_first", "The next rule book starts after the one it follows; give a later date.")
		}
	}
}

// seatsOf is how many people the space takes, of a venue those of its largest space; 0 if nothing says so.
func seatsOf(v *Venue, s *Space) int32 {
	if s != nil {
		return s.Seats
	}
	most := int32(0)
	for i := range v.Spaces {
		most = max(most, v.Spaces[i].Seats)
	}
	return most
}

// number gives every rule book of next its version: that of the same book of old, else one that the venue never used;
// it returns the new ones and the last version used.
func number(old, next *Venue, last int32) (fresh []*Rules, used int32) {
	known := map[string]int32{}
	if old != nil {
		for _, b := range old.shelf() {
			known[content(b.Rules)] = b.Version
		}
	}
	for _, b := range next.shelf() {
		if v, same := known[content(b.Rules)]; same {
			b.Version = v
			continue
		}
		last++
		b.Version = last
		known[content(b.Rules)] = last
		fresh = append(fresh, b.Rules)
	}
	return fresh, last
}

// content is what a rule book says, whatever its version.
func content(b *Rules) string {
	bare := *b
	bare.Version = 0
	raw, err := bson.Marshal(bare)
	if err != nil { // a struct of numbers and texts always marshals
		panic(err)
	}
	return string(bytes.Clone(raw))
}
