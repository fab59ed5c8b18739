package ledger

// Atom is the smallest part of a venue that can be claimed, with how many units of it can be used at once.
type Atom struct {
	ID       string
	Capacity int32
}

// Atoms are the atoms of one revision of a venue, numbered. It is immutable.
type Atoms struct {
	list  []Atom
	index map[string]int32
}

// NewAtoms numbers the atoms in the order given. A capacity below 1 counts as 1.
func NewAtoms(list []Atom) *Atoms {
	a := &Atoms{list: make([]Atom, len(list)), index: make(map[string]int32, len(list))}
	for i, atom := range list {
		atom.Capacity = max(atom.Capacity, 1)
		a.list[i] = atom
		a.index[atom.ID] = int32(i)
	}
	return a
}

// Len is how many atoms there are.
func (a *Atoms) Len() int { return len(a.list) }

// Numbers are the numbers of the atoms with these ids; ids the venue does not have are left out.
func (a *Atoms) Numbers(ids []string) []int32 {
	out := make([]int32, 0, len(ids))
	for _, id := range ids {
		if n, ok := a.index[id]; ok {
			out = append(out, n)
		}
	}
	return out
}

// Capacity is the capacity of the atom with this number.
func (a *Atoms) Capacity(n int32) int32 { return a.list[n].Capacity }
