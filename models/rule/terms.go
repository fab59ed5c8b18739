package rule

import (
	"reflect"
	"slices"
	"strings"

	"wenguan/models/fault"
)

// Terms are what is otherwise for organizations where a place is for everybody. What is left out is as in the book.
type Terms struct {
	Opening   *Opening `bson:"opening,omitempty" json:"opening,omitempty"`       // when a booking may be made, all of it
	Longest   int32    `bson:"longest,omitempty" json:"longest,omitempty"`       // minutes
	SpacesMax int32    `bson:"spaces_max,omitempty" json:"spaces_max,omitempty"` // spaces in one booking
}

// IsZero reports whether nothing is otherwise.
func (t *Terms) IsZero() bool { return t == nil || *t == Terms{} }

// For is the book as organizations have it, or as everybody else does. It is the book itself where nothing is otherwise.
func (b *Book) For(organization bool) *Book {
	t := b.Organizations
	if !organization || t.IsZero() {
		return b
	}
	own := *b
	own.Organizations = nil
	if t.Opening != nil {
		own.Opening = *t.Opening
	}
	if t.Longest > 0 {
		own.Longest = t.Longest
	}
	if t.SpacesMax > 0 {
		own.SpacesMax = t.SpacesMax
	}
	return &own
}

// terms checks the book as organizations have it; what is wrong with it for everybody is said once.
func (c *checker) terms() {
	t := c.Organizations
	if t == nil {
		return
	}
	if t.IsZero() {
		c.add("organizations", "required", "Say what is otherwise for organizations.")
		return
	}
	c.between("organizations.longest", t.Longest, 0, yearMinutes)
	c.between("organizations.spaces_max", t.SpacesMax, 0, 100)
	if t.Opening != nil && reflect.ValueOf(*t.Opening).IsZero() {
		c.add("organizations.opening", "required", "Say when organizations can book, or leave it out.")
		return
	}
	c.idle(c.Audience == Residents || c.Audience == Organizations || c.VerifiedOnly, "organizations", "a place for residents and organizations")
	for _, f := range Validate(c.For(true), c.ctx) {
		if slices.ContainsFunc(c.faults, func(o *fault.Error) bool { return o.Field == f.Field && o.Code == f.Code }) {
			continue
		}
		c.faults = append(c.faults, f.On(t.at(f.Field)))
	}
}

// at is the path of a field of the book as organizations have it.
func (t *Terms) at(field string) string {
	name, _, _ := strings.Cut(field, ".")
	name, _, _ = strings.Cut(name, "[")
	switch {
	case t.Opening != nil && slices.Contains(openingFields, name):
		return "organizations.opening." + field
	case t.Longest > 0 && name == "longest", t.SpacesMax > 0 && name == "spaces_max":
		return "organizations." + field
	}
	return field
}

// openingFields are the fields of Opening as clients write them.
var openingFields = func() (names []string) {
	for f := range reflect.TypeFor[Opening]().Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		names = append(names, name)
	}
	return names
}()
