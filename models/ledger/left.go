package ledger

import (
	"math/bits"
	"sort"
	"time"
)

// Slot is a stretch of a day, in minutes since its first instant, half-open.
type Slot struct{ Start, End int32 }

// Question is what Ask wants to know of a day: what is left in each of the slots for claims with these buffers.
type Question struct {
	Slots         []Slot // ascending, not overlapping
	Before, After int32
	Zone          *time.Location
}

// Left answers a Question. It is not safe for concurrent use.
type Left struct {
	q      Question
	day    *Day
	claims []*Claim  // what counts: the day's claims and, shifted, those of its neighbours that lie within reach
	words  int       // of one bit set over the slots
	used   []uint64  // per atom a bit set of the slots in which it is not wholly free
	rest   [][]int32 // per atom with more than one unit: units left per slot, computed when asked for
	on     [][]int32 // for those atoms: the claims on them
	spare  []uint64
}

// Ask looks at the day once, so that the answers below cost next to nothing. The sheets of the dates before and
// after, which may be nil, matter when buffers reach over midnight. Claims count as they stand: see Lapsed.
func (d *Day) Ask(q Question, before, after *Day) *Left {
	words := (len(q.Slots) + 63) / 64
	l := &Left{
		q: q, day: d, words: words,
		used:  make([]uint64, words*(d.atoms.Len()+1)),
		rest:  make([][]int32, d.atoms.Len()),
		on:    make([][]int32, d.atoms.Len()),
		spare: nil,
	}
	l.spare = l.used[words*d.atoms.Len():]
	l.gather(before, after)
	for i := range l.claims {
		l.mark(int32(i))
	}
	return l
}

// gather collects the claims that count. A neighbour's minutes are shifted by its distance from this day.
func (l *Left) gather(before, after *Day) {
	l.claims = make([]*Claim, 0, len(l.day.Claims))
	take := func(list []Claim, shift int32) {
		for i := range list {
			c := &list[i]
			if shift != 0 {
				moved := *c
				moved.Start, moved.End = c.Start+shift, c.End+shift
				c = &moved
			}
			l.claims = append(l.claims, c)
		}
	}
	take(l.day.Claims, 0)
	if len(l.q.Slots) == 0 {
		return
	}
	if before != nil && l.q.Slots[0].Start < l.q.Before {
		take(before.Claims, -int32(before.Date.Minutes(l.q.Zone)))
	}
	if length := int32(l.day.Date.Minutes(l.q.Zone)); after != nil && l.reach() > length {
		take(after.Claims, length)
	}
}

// reach is the end of the last slot with the buffer behind it.
func (l *Left) reach() int32 { return l.q.Slots[len(l.q.Slots)-1].End + l.q.After }

// mark notes the slots that are not wholly free on the claim's atoms. A claim with own time keeps its surroundings
// clear for its own buffers and for those of the newcomer, whichever are longer; a buffer alone only keeps people out
// of itself.
func (l *Left) mark(claim int32) {
	c := l.claims[claim]
	from, till := c.from(), c.till()
	if c.Start < c.End {
		from, till = c.Start-max(c.Before, l.q.After), c.End+max(c.After, l.q.Before)
	}
	slots := l.q.Slots
	first := sort.Search(len(slots), func(i int) bool { return slots[i].End > from })
	last := first + sort.Search(len(slots)-first, func(i int) bool { return slots[first+i].Start >= till })
	for _, id := range c.Atoms {
		n, ok := l.day.atoms.index[id]
		if !ok {
			continue
		}
		if l.day.atoms.list[n].Capacity > 1 { // even one that touches no slot may take units from a newcomer's buffer
			l.on[n] = append(l.on[n], claim)
		}
		if first < last {
			setBits(l.used[int(n)*l.words:int(n+1)*l.words], first, last)
		}
	}
}

func setBits(set []uint64, from, till int) {
	for w := from / 64; w <= (till-1)/64; w++ {
		mask := ^uint64(0)
		if w == from/64 {
			mask <<= from % 64
		}
		if w == (till-1)/64 {
			mask &= ^uint64(0) >> (63 - (till-1)%64)
		}
		set[w] |= mask
	}
}

// Whole sets out[i] to 1 where all of the atoms are wholly free in slot i, else to 0. out has one place per slot.
func (l *Left) Whole(atoms []int32, out []int32) {
	used := l.union(atoms)
	for i := range l.q.Slots {
		out[i] = int32(^used[i/64] >> (i % 64) & 1)
	}
}

// Units sets out[i] to how many units can be had of every one of the atoms in slot i.
func (l *Left) Units(atoms []int32, out []int32) {
	for i := range l.q.Slots {
		out[i] = 0
	}
	for k, n := range atoms {
		for i, units := range l.unitsOf(n) {
			if k == 0 || units < out[i] {
				out[i] = units
			}
		}
	}
}

// Members sets out[i] to how many of the members, each a set of atoms, are wholly free in slot i.
func (l *Left) Members(members [][]int32, out []int32) {
	for i := range l.q.Slots {
		out[i] = 0
	}
	for _, atoms := range members {
		for w, used := range l.union(atoms) {
			for free := ^used & l.inWord(w); free != 0; free &= free - 1 {
				out[w*64+bits.TrailingZeros64(free)]++
			}
		}
	}
}

// inWord is the set of slots that word w of a bit set stands for.
func (l *Left) inWord(w int) uint64 {
	if n := len(l.q.Slots) - w*64; n < 64 {
		return 1<<n - 1
	}
	return ^uint64(0)
}

func (l *Left) union(atoms []int32) []uint64 {
	if len(atoms) == 1 {
		return l.used[int(atoms[0])*l.words : int(atoms[0]+1)*l.words]
	}
	clear(l.spare)
	for _, n := range atoms {
		for w, bits := range l.used[int(n)*l.words : int(n+1)*l.words] {
			l.spare[w] |= bits
		}
	}
	return l.spare
}

// unitsOf counts minute by minute, as Day.Fits does for one claim.
func (l *Left) unitsOf(n int32) []int32 {
	if l.rest[n] != nil {
		return l.rest[n]
	}
	out := make([]int32, len(l.q.Slots))
	l.rest[n] = out
	capacity := l.day.atoms.list[n].Capacity
	if capacity == 1 {
		l.Whole([]int32{n}, out)
		return out
	}
	if len(out) == 0 {
		return out
	}
	pad := l.q.Before
	length := pad + l.reach()
	taken, present := make([]int32, length+1), make([]int32, length+1)
	for _, i := range l.on[n] {
		c := l.claims[i]
		spread(taken, c.from()+pad, c.till()+pad, length, c.units(capacity))
		spread(present, c.Start+pad, c.End+pad, length, 1)
	}
	for m := int32(1); m < length; m++ {
		taken[m] += taken[m-1]
		present[m] += present[m-1]
	}
	for i, s := range l.q.Slots {
		left := capacity
		for m := max(s.Start-l.q.Before+pad, 0); m < min(s.End+l.q.After+pad, length); m++ {
			if own := m >= s.Start+pad && m < s.End+pad; own || present[m] > 0 {
				left = min(left, capacity-taken[m])
			}
		}
		out[i] = max(left, 0)
	}
	return out
}
