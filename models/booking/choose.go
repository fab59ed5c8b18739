package booking

import (
	"slices"

	"wenguan/models/ledger"
	"wenguan/models/venue"
)

// choose finds what the ask gets, nil if it is taken. Bookings nobody came for in time give way first.
func (w *work) choose(a *ask) (*choice, error) {
	if a.spot.Allocation == venue.AnyOf {
		return w.chooseMembers(a)
	}
	got := a.whole()
	pieces := w.sheets.Split(a.rest(), a.template(got))
	if err := w.release(pieces); err != nil {
		return nil, err
	}
	if fits, err := w.sheets.Fits(pieces); err != nil || !fits {
		return nil, err
	}
	return got, nil
}

// whole is the choice of a space that is not a group: itself.
func (a *ask) whole() *choice {
	got := &choice{spaces: []string{a.spot.ID}, atoms: sortedAtoms(a.spot)}
	if a.spot.shared() {
		got.quantity = a.party
	}
	for _, s := range a.also {
		got.spaces = append(got.spaces, s.ID)
		got.atoms = append(slices.Clip(got.atoms), s.Atoms...)
	}
	if len(a.also) > 0 {
		slices.Sort(got.atoms)
		got.atoms = slices.Compact(got.atoms)
	}
	return got
}

// candidate is a free member of a group.
type candidate struct {
	*spot
	idle int32 // minutes unclaimed around the wish
}

// chooseMembers gives a party one member per person: those that lie next to each other if there are such, and of all
// ways to do that the one that leaves the least unclaimed time around the wish, so that long free times stay whole
// for others; then those with fewer special features (they are kept for who needs them); then the first in the
// venue's order. So the same sheet always gives the same seats, and neighbours in time come to sit in a seat one
// after the other instead of each breaking up another one.
func (w *work) chooseMembers(a *ask) (*choice, error) {
	free, err := w.freeMembers(a)
	if err != nil || len(free) < int(a.party) {
		return nil, err
	}
	got := &choice{}
	for _, c := range bestRun(free, int(a.party)) {
		got.spaces = append(got.spaces, c.ID)
		got.atoms = append(got.atoms, c.Atoms...)
	}
	slices.Sort(got.atoms)
	got.atoms = slices.Compact(got.atoms)
	return got, nil
}

// freeMembers are the members that can be had whole, in the venue's order.
func (w *work) freeMembers(a *ask) ([]candidate, error) {
	pieces := w.sheets.Split(a.rest(), a.template(&choice{}))
	if err := w.release(pieces); err != nil {
		return nil, err
	}
	days := make([]*ledger.Day, len(pieces))
	for i := range pieces {
		var err error
		if days[i], err = w.sheets.Day(pieces[i].Date); err != nil {
			return nil, err
		}
	}
	first := &pieces[0].Claim
	length := int32(pieces[0].Date.Minutes(w.place.zone))
	var free []candidate
	for _, m := range a.spot.members {
		if !m.Bookable {
			continue
		}
		if _, closed := w.place.ClosureOf(m.Atoms, a.rest()); closed || !fitsAll(days, pieces, m.Atoms) {
			continue
		}
		free = append(free, candidate{spot: m, idle: days[0].Idle(m.numbers, first.Start, first.End, length)})
	}
	return free, nil
}

func fitsAll(days []*ledger.Day, pieces []ledger.Piece, atoms []string) bool {
	for i := range pieces {
		pieces[i].Claim.Atoms = atoms
		if !days[i].Fits(&pieces[i].Claim) {
			return false
		}
	}
	return true
}

// bestRun is the best n of the candidates: neighbours if possible. There are at least n, and n is at least 1.
func bestRun(free []candidate, n int) []candidate {
	var best []candidate
	for i := 0; i+n <= len(free); i++ {
		run := free[i : i+n]
		if run[n-1].order-run[0].order == n-1 && (best == nil || cost(run) < cost(best)) {
			best = run
		}
	}
	if best != nil {
		return best
	}
	single := slices.Clone(free)
	slices.SortStableFunc(single, func(a, b candidate) int { return int(cost([]candidate{a}) - cost([]candidate{b})) })
	return single[:n]
}

// cost is lower for a better run: idle minutes first, special features to decide between equals.
func cost(run []candidate) int64 {
	sum := int64(0)
	for _, c := range run {
		sum += int64(c.idle)<<8 + int64(min(len(c.Features), 255))
	}
	return sum
}

func sortedAtoms(s *spot) []string {
	if slices.IsSorted(s.Atoms) {
		return s.Atoms
	}
	return slices.Sorted(slices.Values(s.Atoms))
}
