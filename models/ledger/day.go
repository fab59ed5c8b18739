package ledger

import (
	"math"
	"time"
)

// Day is a decoded sheet that answers whether a claim fits. Its claims only change through Add and Remove. It is not
// safe for concurrent use while it changes; Fits on an unchanging one is.
type Day struct {
	Sheet
	atoms *Atoms
	heads []int32 // per atom: its newest link, -1 for none
	links []link

	body []byte  // the stored bytes of the claims
	ends []int32 // where in body each of the first claims ends that are still as stored

	absent  bool // not in the store yet
	changed bool
}

// link is one use of an atom by a claim, and the next use of the same atom.
type link struct{ claim, next int32 }

// NewDay is a decoded sheet under these atoms, to ask questions of.
func NewDay(s Sheet, atoms *Atoms) *Day {
	d := &Day{Sheet: s, atoms: atoms}
	d.index()
	return d
}

func (d *Day) index() {
	if d.heads == nil {
		d.heads = make([]int32, d.atoms.Len())
		d.links = make([]link, 0, len(d.Claims)+8)
	}
	d.links = d.links[:0]
	for i := range d.heads {
		d.heads[i] = -1
	}
	for i := range d.Claims {
		d.link(i)
	}
}

func (d *Day) link(claim int) {
	for _, id := range d.Claims[claim].Atoms {
		if n, ok := d.atoms.index[id]; ok {
			d.links = append(d.links, link{claim: int32(claim), next: d.heads[n]})
			d.heads[n] = int32(len(d.links) - 1)
		}
	}
}

// Fits reports whether the claim can be added without breaking the rule of the package. Claims of the same booking do
// not count: it is about to give them up.
func (d *Day) Fits(c *Claim) bool {
	for _, id := range c.Atoms {
		n, ok := d.atoms.index[id]
		if !ok || !d.fitsOn(n, c) {
			return false
		}
	}
	return true
}

// fitsOn is Fits for one atom. Whole claims, nearly all there are, need no counting: any other claim is too much.
func (d *Day) fitsOn(n int32, c *Claim) bool {
	capacity := d.atoms.list[n].Capacity
	units := c.units(capacity)
	if units > capacity {
		return false
	}
	if units < capacity {
		return d.roomOn(n, c) >= units
	}
	for l := d.heads[n]; l >= 0; l = d.links[l].next {
		o := &d.Claims[d.links[l].claim]
		if (o.intrudes(c) || c.intrudes(o)) && !o.sameBooking(c) {
			return false
		}
	}
	return true
}

// Meets reports whether the claim's own time meets the own time of another claim on one of its atoms, whatever fits there;
// buffers do not count.
func (d *Day) Meets(c *Claim) bool {
	for _, id := range c.Atoms {
		n, ok := d.atoms.index[id]
		if !ok {
			continue
		}
		for l := d.heads[n]; l >= 0; l = d.links[l].next {
			o := &d.Claims[d.links[l].claim]
			if max(c.Start, o.Start) < min(c.End, o.End) && !o.sameBooking(c) {
				return true
			}
		}
	}
	return false
}

// Room is how many units a claim like c, whatever its quantity, could have of every one of its atoms.
func (d *Day) Room(c *Claim) int32 {
	if len(c.Atoms) == 0 {
		return 0
	}
	least := int32(math.MaxInt32)
	for _, id := range c.Atoms {
		n, ok := d.atoms.index[id]
		if !ok {
			return 0
		}
		least = min(least, d.roomOn(n, c))
	}
	return max(least, 0)
}

// roomOn counts, minute by minute over the span of c with its buffers, what the others leave of one atom.
func (d *Day) roomOn(n int32, c *Claim) int32 {
	capacity := d.atoms.list[n].Capacity
	from, till := c.from(), c.till()
	var taken, present [maxMinutes]int32 // as differences first
	for l := d.heads[n]; l >= 0; l = d.links[l].next {
		o := &d.Claims[d.links[l].claim]
		if o.sameBooking(c) {
			continue
		}
		spread(taken[:], o.from()-from, o.till()-from, till-from, o.units(capacity))
		spread(present[:], o.Start-from, o.End-from, till-from, 1)
	}
	spread(present[:], c.Start-from, c.End-from, till-from, 1)
	room := capacity
	var sum, people int32
	for m := range till - from {
		sum += taken[m]
		people += present[m]
		if people > 0 {
			room = min(room, capacity-sum)
		}
	}
	return room
}

// Overbooked is the first atom, with the minute, on which the claims of the sheet break the rule of the package.
// Nothing written through Fits ever does; a capacity that was lowered later can make it so.
func (d *Day) Overbooked() (atom string, minute int32, found bool) {
	for n := range d.atoms.list {
		capacity := d.atoms.list[n].Capacity
		var taken, present [maxMinutes]int32
		for l := d.heads[n]; l >= 0; l = d.links[l].next {
			c := &d.Claims[d.links[l].claim]
			spread(taken[:], c.from(), c.till(), maxMinutes-1, c.units(capacity))
			spread(present[:], c.Start, c.End, maxMinutes-1, 1)
		}
		var sum, people int32
		for m := range taken {
			sum += taken[m]
			people += present[m]
			if people > 0 && sum > capacity {
				return d.atoms.list[n].ID, int32(m), true
			}
		}
	}
	return "", 0, false
}

// maxMinutes is more than any day has.
const maxMinutes = 1560

// spread adds units to [from, till), clipped to [0, length), of an array of differences.
func spread(differences []int32, from, till, length, units int32) {
	from, till = max(from, 0), min(till, length)
	if from >= till {
		return
	}
	differences[from] += units
	differences[till] -= units
}

// Idle is how many minutes lie unclaimed on the atoms around [start, end): back to the claim before and on to the
// claim after, or to the ends of a day of the given length. The less there is, the less a claim there breaks up long
// free times.
func (d *Day) Idle(atoms []int32, start, end, length int32) int32 {
	from, till := int32(0), length
	for _, n := range atoms {
		for l := d.heads[n]; l >= 0; l = d.links[l].next {
			c := &d.Claims[d.links[l].claim]
			if c.End <= start {
				from = max(from, c.End)
			}
			if c.Start >= end {
				till = min(till, c.Start)
			}
		}
	}
	return start - from + till - end
}

// Add puts the claim into the sheet. The caller has asked Fits.
func (d *Day) Add(c Claim) {
	d.Claims = append(d.Claims, c)
	d.link(len(d.Claims) - 1)
	d.changed = true
}

// Remove takes out every claim of the booking and reports whether there was one.
func (d *Day) Remove(booking string) bool {
	first := -1
	for i := range d.Claims {
		if d.Claims[i].Booking == booking {
			first = i
			break
		}
	}
	if first < 0 {
		return false
	}
	rest := append(make([]Claim, 0, len(d.Claims)), d.Claims[:first]...)
	for _, c := range d.Claims[first+1:] {
		if c.Booking != booking {
			rest = append(rest, c)
		}
	}
	d.Claims, d.changed = rest, true
	d.keep(first)
	d.index()
	return true
}

// Touch makes Save write the sheet although no claim changed: something about its bookings did.
func (d *Day) Touch() { d.changed = true }

// Lapsed lists the bookings whose claims had run out at the instant because nobody came, or came back, in time. Whoever asks
// what is left brings those claims to what became of the bookings first.
func (d *Day) Lapsed(now time.Time) []string {
	minute := int32(now.Unix() / 60)
	var out []string
	for i := range d.Claims {
		if l := d.Claims[i].Lapses; l != 0 && l <= minute {
			out = append(out, d.Claims[i].Booking)
		}
	}
	return out
}

// intrudes reports whether the own time of c lies in the own time or a buffer of o.
func (c *Claim) intrudes(o *Claim) bool {
	return max(c.Start, o.from()) < min(c.End, o.till())
}

func (c *Claim) sameBooking(o *Claim) bool { return c.Booking == o.Booking && c.Booking != "" }

func (c *Claim) from() int32 { return c.Start - c.Before }
func (c *Claim) till() int32 { return c.End + c.After }

func (c *Claim) units(capacity int32) int32 {
	if c.Quantity == 0 {
		return capacity
	}
	return c.Quantity
}
