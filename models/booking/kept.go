package booking

import (
	"wenguan/models/ledger"
	"wenguan/models/venue"
)

// onlyKept reports whether nobody else has the space at the very time that is asked for: only the time kept free around
// bookings is in the way.
func (w *work) onlyKept(a *ask) (bool, error) {
	pieces := w.sheets.Split(a.rest(), ledger.Claim{Booking: a.self})
	days := make([]*ledger.Day, len(pieces))
	for i := range pieces {
		var err error
		if days[i], err = w.sheets.Day(pieces[i].Date); err != nil {
			return false, err
		}
	}
	if a.spot.Allocation != venue.AnyOf {
		return !meetsAny(days, pieces, a.whole().atoms), nil
	}
	unmet := int32(0)
	for _, m := range a.spot.members {
		_, closed := w.place.ClosureOf(m.Atoms, a.rest())
		if m.Bookable && !closed && !meetsAny(days, pieces, m.Atoms) {
			unmet++
		}
	}
	return unmet >= a.party, nil
}

func meetsAny(days []*ledger.Day, pieces []ledger.Piece, atoms []string) bool {
	for i := range pieces {
		pieces[i].Claim.Atoms = atoms
		if days[i].Meets(&pieces[i].Claim) {
			return true
		}
	}
	return false
}
