package store

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
)

// schema is the declared collections, compiled. Every collection and every index is a keyspace with a number of its own.
type schema struct {
	collections map[string]*collection
	spaces      []string // names of the keyspaces by number: "bookings", "bookings/holder"
}

type collection struct {
	name    string
	space   int
	fields  []string // the indexed fields, each once
	indexes []*index
}

type index struct {
	Index
	space int
	slots []int // where its fields are in collection.fields
}

var nameShape = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// compile checks the declarations; what it refuses is a programmer's mistake.
func compile(declared []Collection) (*schema, error) {
	s := &schema{collections: map[string]*collection{}}
	for _, d := range declared {
		if !nameShape.MatchString(d.Name) {
			return nil, fmt.Errorf("collection %q: a name is lower-case letters, digits and underscores", d.Name)
		}
		if s.collections[d.Name] != nil {
			return nil, fmt.Errorf("collection %q is declared twice", d.Name)
		}
		c := &collection{name: d.Name, space: s.add(d.Name)}
		for _, i := range d.Indexes {
			if err := s.addIndex(c, i); err != nil {
				return nil, fmt.Errorf("collection %q, index %q: %w", d.Name, i.Name, err)
			}
		}
		s.collections[d.Name] = c
	}
	return s, nil
}

func (s *schema) add(name string) int {
	s.spaces = append(s.spaces, name)
	return len(s.spaces) - 1
}

func (s *schema) addIndex(c *collection, declared Index) error {
	switch {
	case !nameShape.MatchString(declared.Name):
		return errors.New("a name is lower-case letters, digits and underscores")
	case c.index(declared.Name) != nil:
		return errors.New("it is declared twice")
	case len(declared.Fields) == 0:
		return errors.New("it needs a field")
	}
	i := &index{Index: declared, space: s.add(c.name + "/" + declared.Name)}
	for n, f := range declared.Fields {
		if f == "_id" || !nameShape.MatchString(f) || slices.Contains(declared.Fields[:n], f) {
			return fmt.Errorf("%q cannot be its field: top-level fields, each once, without _id", f)
		}
		slot := slices.Index(c.fields, f)
		if slot < 0 {
			slot = len(c.fields)
			c.fields = append(c.fields, f)
		}
		i.slots = append(i.slots, slot)
	}
	c.indexes = append(c.indexes, i)
	return nil
}

func (s *schema) collection(name string) (*collection, error) {
	if c := s.collections[name]; c != nil {
		return c, nil
	}
	return nil, fmt.Errorf("collection %q is not declared", name)
}

func (c *collection) index(name string) *index {
	for _, i := range c.indexes {
		if i.Name == name {
			return i
		}
	}
	return nil
}
