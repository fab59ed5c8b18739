package venue

import (
	"fmt"
	"math"
	"slices"
)

// atoms checks them and is their capacities by id.
func (c *checker) atoms(atoms []Atom) map[string]int32 {
	if len(atoms) > MaxAtoms {
		c.add("atoms", "too_many", "A venue has at most %d atoms.", MaxAtoms).With("max", MaxAtoms)
	}
	have := make(map[string]int32, len(atoms))
	for i, a := range atoms {
		at := fmt.Sprintf("atoms[%d]", i)
		c.partID(at+".id", a.ID)
		if _, twice := have[a.ID]; twice {
			c.add(at+".id", "not_unique", "Another atom has the id %s; give this one its own.", a.ID).With("id", a.ID)
		}
		c.between(at+".capacity", a.Capacity, 1, MaxCapacity)
		have[a.ID] = a.Capacity
	}
	return have
}

func (c *checker) partID(field, id string) {
	if !partID.MatchString(id) {
		c.add(field, "id_malformed", "Use 1 to 60 letters, digits, hyphens, dots and underscores, such as A-01.")
	}
}

func (c *checker) spaces(spaces []Space, atoms map[string]int32) {
	if len(spaces) > MaxSpaces {
		c.add("spaces", "too_many", "A venue has at most %d spaces.", MaxSpaces).With("max", MaxSpaces)
		return
	}
	byID := make(map[string]*Space, len(spaces))
	members := map[string][]*Space{}
	for i := range spaces {
		s := &spaces[i]
		at := fmt.Sprintf("spaces[%d]", i)
		c.space(at, s, atoms)
		if byID[s.ID] != nil {
			c.add(at+".id", "not_unique", "Another space has the id %s; give this one its own.", s.ID).With("id", s.ID)
		}
		byID[s.ID] = s
		if s.Parent != "" {
			members[s.Parent] = append(members[s.Parent], s)
		}
	}
	for i := range spaces {
		at := fmt.Sprintf("spaces[%d]", i)
		c.parent(at+".parent", &spaces[i], byID)
		if spaces[i].Allocation == AnyOf {
			c.group(at, &spaces[i], members[spaces[i].ID])
		}
	}
}

// space checks one space by itself.
func (c *checker) space(at string, s *Space, atoms map[string]int32) {
	c.partID(at+".id", s.ID)
	c.text(at+".name", s.Name, 80, true)
	c.line(at+".floor", s.Floor, 20)
	c.features(at+".features", s.Features)
	c.between(at+".seats", s.Seats, 1, MaxCapacity)
	if !s.Type.Valid() {
		c.add(at+".type", "unknown_value", "Choose a type: %s.", list(SpaceTypes())).With("allowed", SpaceTypes())
	}
	if !s.Allocation.Valid() {
		c.add(at+".allocation", "unknown_value", "Choose an allocation: %s.", list(Allocations())).With("allowed", Allocations())
	}
	if len(s.Atoms) == 0 {
		c.add(at+".atoms", "required", "A space has at least one atom; a single seat or room is its own.")
	}
	seen := make(map[string]bool, len(s.Atoms))
	least := int32(math.MaxInt32)
	for j, a := range s.Atoms {
		field := fmt.Sprintf("%s.atoms[%d]", at, j)
		capacity, known := atoms[a]
		switch {
		case !known:
			c.add(field, "unknown_atom", "The venue has no atom %s; add it or correct the id.", a).With("atom", a)
		case seen[a]:
			c.add(field, "not_unique", "The atom %s is listed twice; remove one.", a).With("atom", a)
		default:
			least = min(least, capacity)
		}
		seen[a] = true
	}
	if s.Allocation == Shared && s.Seats > least {
		c.add(at+".seats", "seats_over_capacity", "Its smallest atom takes %d people; give no more seats than that.", least).With("max", least)
	}
}

// parent checks that it exists and that going up from the space ends.
func (c *checker) parent(field string, s *Space, byID map[string]*Space) {
	if s.Parent == "" {
		return
	}
	up, steps := s, 0
	for up.Parent != "" {
		next := byID[up.Parent]
		if next == nil {
			if up == s {
				c.add(field, "unknown_parent", "The venue has no space %s; add it or correct the parent.", s.Parent).With("parent", s.Parent)
			}
			return
		}
		if steps++; next == s || steps > len(byID) {
			c.add(field, "parent_cycle", "A space cannot be inside itself; choose another parent.").With("parent", s.Parent)
			return
		}
		up = next
	}
}

// group checks an any-of space against its members: each person gets one of them, so no two may share an atom, and
// together they are what the group has.
func (c *checker) group(at string, g *Space, members []*Space) {
	if len(members) == 0 {
		c.add(at+".allocation", "group_without_members", "An any_of space needs members: spaces whose parent is %s.", g.ID)
		return
	}
	union := map[string]string{}
	for _, m := range members {
		if m.Allocation != Exclusive {
			c.add(at+".allocation", "group_member_not_exclusive",
				"Its member %s must have the allocation exclusive.", m.ID).With("member", m.ID)
		}
		for _, a := range m.Atoms {
			if other, taken := union[a]; taken && other != m.ID {
				c.add(at+".allocation", "group_members_overlap",
					"Its members %s and %s share the atom %s; a member needs its own.", other, m.ID, a).With("atom", a)
			}
			union[a] = m.ID
		}
	}
	differs := len(union) != len(g.Atoms)
	for _, a := range g.Atoms {
		_, known := union[a]
		differs = differs || !known
	}
	if differs {
		c.add(at+".atoms", "group_atoms_differ", "Give it exactly the atoms of its members (spaces whose parent is %s).", g.ID)
	}
	if int(g.Seats) > len(members) {
		c.add(at+".seats", "seats_over_members", "It has %d members, one for each person; give no more seats than that.",
			len(members)).With("max", len(members))
	}
}

// UnionOfMembers is the sorted atoms of the spaces whose parent is the group: what an any-of space must have.
func UnionOfMembers(spaces []Space, group string) []string {
	var out []string
	for i := range spaces {
		if spaces[i].Parent == group {
			out = append(out, spaces[i].Atoms...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
