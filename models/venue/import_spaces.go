package venue

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"wenguan/models/fault"
)

// maxCount is how many spaces one row can stand for.
const maxCount = 1000

// spaceColumn is a column of spaces.csv; path is the field of the space it fills, relative to the space.
type spaceColumn struct {
	heading
	path string
	set  func(*spaceRow, string) *fault.Error
}

// spaceRow is a row of spaces.csv as read: one space, or count of them.
type spaceRow struct {
	Space
	capacity, count, first int32
}

func spaceText(name, zh, path string, needed bool, field func(*spaceRow) *string) spaceColumn {
	return spaceColumn{heading{name, zh, needed}, path, func(s *spaceRow, text string) *fault.Error {
		*field(s) = dash(text)
		return nil
	}}
}

func spaceNumber(name, zh, path string, field func(*spaceRow) *int32) spaceColumn {
	return spaceColumn{heading{name, zh, false}, path, func(s *spaceRow, text string) *fault.Error {
		return setNumber(field(s), text)
	}}
}

var spaceColumns = []spaceColumn{
	{heading{"venue", "场馆编号", true}, "", func(*spaceRow, string) *fault.Error { return nil }},
	spaceText("id", "编号", "id", true, func(s *spaceRow) *string { return &s.ID }),
	spaceText("parent", "上级", "parent", false, func(s *spaceRow) *string { return &s.Parent }),
	spaceText("name", "名称", "name.zh-CN", true, func(s *spaceRow) *string { return &s.Name.ZH }),
	spaceText("name_en", "英文名称", "name.en", false, func(s *spaceRow) *string { return &s.Name.EN }),
	{heading{"type", "类型", true}, "type", func(s *spaceRow, text string) *fault.Error { s.Type = SpaceType(word(text)); return nil }},
	{heading{"allocation", "分配方式", false}, "allocation", func(s *spaceRow, text string) *fault.Error { s.Allocation = Allocation(word(text)); return nil }},
	{heading{"atoms", "最小单元", false}, "atoms", func(s *spaceRow, text string) *fault.Error { s.Atoms = pieces(text); return nil }},
	spaceNumber("capacity", "单元容量", "capacity", func(s *spaceRow) *int32 { return &s.capacity }),
	spaceNumber("seats", "人数", "seats", func(s *spaceRow) *int32 { return &s.Seats }),
	{heading{"features", "设施", false}, "features", func(s *spaceRow, text string) *fault.Error { return setFeatures(&s.Features, dash(text)) }},
	spaceText("floor", "楼层", "floor", false, func(s *spaceRow) *string { return &s.Floor }),
	{heading{"bookable", "可预约", false}, "bookable", func(s *spaceRow, text string) *fault.Error { return setYesNo(&s.Bookable, text) }},
	spaceNumber("count", "数量", "", func(s *spaceRow) *int32 { return &s.count }),
	spaceNumber("first", "起始号", "", func(s *spaceRow) *int32 { return &s.first }),
}

// fillSpaces replaces the venue's spaces and atoms by what its rows of spaces.csv say; no rows change nothing.
func (d *draft) fillSpaces(rows []*row, faults *importFaults) {
	if len(rows) == 0 {
		return
	}
	d.venue.Spaces, d.venue.Atoms = nil, nil
	atoms := &atomList{draft: d, at: map[string]int{}, faults: faults}
	var own []bool // by space: no atoms were named
	for _, r := range rows {
		spaces, capacity := readSpaces(r, faults)
		if len(d.venue.Spaces)+len(spaces) > MaxSpaces {
			faults.at(r.cell("count"), fault.New(fault.Invalid, "too_many", "A venue has at most %d spaces.", MaxSpaces))
			break
		}
		for _, s := range spaces {
			own = append(own, len(s.Atoms) == 0)
			if len(s.Atoms) == 0 && s.Allocation != AnyOf {
				s.Atoms = []string{s.ID}
				if s.Allocation == Shared {
					capacity = cmp.Or(capacity, s.Seats)
				}
			}
			for _, a := range s.Atoms {
				atoms.declare(a, capacity, r)
			}
			d.venue.Spaces = append(d.venue.Spaces, s)
			d.spaceRows = append(d.spaceRows, r)
		}
	}
	for i := range d.venue.Spaces {
		if s := &d.venue.Spaces[i]; s.Allocation == AnyOf && own[i] {
			s.Atoms = UnionOfMembers(d.venue.Spaces, s.ID)
		}
	}
	for i := range d.venue.Atoms {
		d.venue.Atoms[i].Capacity = cmp.Or(d.venue.Atoms[i].Capacity, 1)
	}
}

// readSpaces is the spaces a row stands for and the capacity it gives its atoms, 0 if it says nothing of it.
func readSpaces(r *row, faults *importFaults) ([]Space, int32) {
	s := spaceRow{count: 1, first: 1}
	s.Allocation, s.Seats, s.Bookable = Exclusive, 1, true
	for _, col := range spaceColumns {
		c := r.cell(col.name)
		if c.text == "" {
			continue
		}
		if e := col.set(&s, c.text); e != nil {
			faults.at(c, e)
		}
	}
	if c := r.cell("capacity"); c.text != "" && s.capacity < 1 {
		faults.at(c, fault.New(fault.Invalid, "out_of_range", "Give a number from 1 to %d.", MaxCapacity))
	}
	if s.count < 1 || s.count > maxCount || s.first < 0 || s.first > 1_000_000 {
		faults.at(r.cell("count"), fault.New(fault.Invalid, "out_of_range",
			"One row stands for 1 to %d spaces, numbered from 0 or higher.", maxCount).With("max", maxCount))
		return nil, 0
	}
	if r.cell("count").text == "" {
		return []Space{s.Space}, s.capacity
	}
	if len(s.Atoms) > 0 && slices.ContainsFunc(s.Atoms, func(a string) bool { return !strings.Contains(a, "{n}") }) {
		faults.at(r.cell("atoms"), fault.New(fault.Invalid, "atoms_shared",
			"Leave the atoms of a counted row empty, or write {n} where the number goes."))
		return nil, 0
	}
	return s.numbered(), s.capacity
}

// numbered is count spaces. {n} in ids and names is the number; in ids it has leading zeros, so that ids sort as people
// count, and an id without {n} gets the number after a hyphen.
func (s *spaceRow) numbered() []Space {
	if !strings.Contains(s.ID, "{n}") {
		s.ID += "-{n}"
	}
	digits := len(fmt.Sprint(s.first + s.count - 1))
	out := make([]Space, s.count)
	for i := range out {
		n := int(s.first) + i
		long, short := fmt.Sprintf("%0*d", digits, n), fmt.Sprint(n)
		next := s.Space
		next.ID = strings.ReplaceAll(s.ID, "{n}", long)
		next.Name.ZH = strings.ReplaceAll(s.Name.ZH, "{n}", short)
		next.Name.EN = strings.ReplaceAll(s.Name.EN, "{n}", short)
		next.Atoms, next.Features = slices.Clone(s.Atoms), slices.Clone(s.Features)
		for j := range next.Atoms {
			next.Atoms[j] = strings.ReplaceAll(next.Atoms[j], "{n}", long)
		}
		out[i] = next
	}
	return out
}

// atomList collects the atoms that rows name. Rows that give a capacity must agree on it.
type atomList struct {
	draft  *draft
	at     map[string]int
	faults *importFaults
}

func (l *atomList) declare(id string, capacity int32, r *row) {
	v := l.draft.venue
	n, known := l.at[id]
	if !known {
		l.at[id] = len(v.Atoms)
		v.Atoms = append(v.Atoms, Atom{ID: id, Capacity: capacity})
		l.draft.atomRows = append(l.draft.atomRows, r)
		return
	}
	switch {
	case capacity == 0 || capacity == v.Atoms[n].Capacity:
	case v.Atoms[n].Capacity == 0:
		v.Atoms[n].Capacity, l.draft.atomRows[n] = capacity, r
	default:
		l.faults.at(r.cell("capacity"), fault.New(fault.Invalid, "capacity_differs",
			"Line %d gives the atom %s the capacity %d; make them agree or leave this one empty.",
			l.draft.atomRows[n].line, id, v.Atoms[n].Capacity).With("atom", id))
	}
}

// spaceColumnOf is the column that fills this field of a space.
func spaceColumnOf(path string) string {
	for _, col := range spaceColumns {
		if col.path != "" && (path == col.path || strings.HasPrefix(path, col.path+"[")) {
			return col.name
		}
	}
	return ""
}
