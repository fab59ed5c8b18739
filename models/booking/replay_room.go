package booking

import (
	"slices"

	"wenguan/models/civil"
	"wenguan/models/ledger"
	"wenguan/models/rule"
	"wenguan/models/venue"
)

// rehearsal is the sheets of a venue as a replay fills them: empty at first, and never stored.
type rehearsal struct {
	place *place
	book  *rule.Book // for the buffers of what is under it
	what  map[string]asked
	days  map[civil.Date]*ledger.Day
	held  map[string][]ledger.Piece // by the id of the case
}

func newRehearsal(p *place, book *rule.Book, what map[string]asked) *rehearsal {
	return &rehearsal{place: p, book: book, what: what, days: map[civil.Date]*ledger.Day{}, held: map[string][]ledger.Piece{}}
}

// Take claims what the case had, or what it would have got: what it asked for, any seats of a group. What was moved has its
// last place from the start, because when it was moved is not kept.
func (r *rehearsal) Take(c *rule.Case) bool {
	w := r.what[c.ID]
	group := w.ask.spot.Allocation == venue.AnyOf
	if w.had != nil {
		pieces := r.pieces(c, w, r.had(w.had))
		if c.Given || w.had.Moves > 0 || r.fits(pieces) {
			r.add(c, pieces)
			return true
		}
	}
	got := w.ask.whole()
	if group {
		got = r.members(c, w)
	}
	if got == nil {
		return false
	}
	pieces := r.pieces(c, w, got)
	if !r.fits(pieces) {
		return false
	}
	r.add(c, pieces)
	return true
}

// Give takes back what was claimed for the case.
func (r *rehearsal) Give(c *rule.Case) {
	for _, p := range r.held[c.ID] {
		r.day(p.Date).Remove(c.ID)
	}
	delete(r.held, c.ID)
}

// had is what the booking had, as far as the venue still has it.
func (r *rehearsal) had(b *Booking) *choice {
	return &choice{quantity: b.Quantity, atoms: slices.DeleteFunc(slices.Clone(b.Atoms), func(id string) bool {
		return len(r.place.atoms.Numbers([]string{id})) == 0
	})}
}

// members is a free member of the group for each of the party, the first there are; nil if there are not enough.
func (r *rehearsal) members(c *rule.Case, w asked) *choice {
	got := &choice{}
	left := w.ask.party
	for _, m := range w.ask.spot.members {
		if _, closed := r.place.ClosureOf(m.Atoms, w.ask.rest()); closed || !m.Bookable || left == 0 {
			continue
		}
		if r.fits(r.pieces(c, w, &choice{atoms: m.Atoms})) {
			got.atoms, left = append(got.atoms, m.Atoms...), left-1
		}
	}
	if left > 0 {
		return nil
	}
	return got
}

func (r *rehearsal) pieces(c *rule.Case, w asked, got *choice) []ledger.Piece {
	claim := ledger.Claim{Booking: c.ID, Atoms: got.atoms, Quantity: got.quantity, Before: r.book.BufferBefore, After: r.book.BufferAfter}
	if c.Given {
		claim.Before, claim.After = w.had.Before, w.had.After
	}
	return ledger.Split(r.place.zone, w.ask.rest(), claim)
}

func (r *rehearsal) fits(pieces []ledger.Piece) bool {
	return !slices.ContainsFunc(pieces, func(p ledger.Piece) bool { return !r.day(p.Date).Fits(&p.Claim) })
}

func (r *rehearsal) add(c *rule.Case, pieces []ledger.Piece) {
	for _, p := range pieces {
		r.day(p.Date).Add(p.Claim)
	}
	r.held[c.ID] = pieces
}

func (r *rehearsal) day(date civil.Date) *ledger.Day {
	d := r.days[date]
	if d == nil {
		d = ledger.EmptyDay(r.place.ID, date, r.place.atoms)
		r.days[date] = d
	}
	return d
}
