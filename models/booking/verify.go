package booking

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"wenguan/models/civil"
	"wenguan/models/ledger"
	"wenguan/models/store"
	"wenguan/models/venue"
)

// maxFindings is how many faults Verify names before it stops looking.
const maxFindings = 50

// Verify checks in one snapshot what must hold of every store at every moment, and returns everything that does not,
// joined: each booking that holds a place has exactly its claims in its days' sheets; there is no other claim; no
// atom is ever used beyond its capacity; every live booking is due and in its holder's record. nil means that all of
// it holds. It reads every booking and sheet.
func Verify(ctx context.Context, st store.Store) error {
	never := func() time.Time { return time.Time{} }
	v := &verifier{venues: venue.New(st, never), places: map[string]*place{}, claims: map[string][]ledger.Piece{}}
	err := st.View(ctx, func(tx store.Tx) error {
		v.tx = tx
		if err := ledger.Each(tx, v.sheet); err != nil {
			return err
		}
		if err := eachBooking(tx, v.booking); err != nil {
			return err
		}
		if err := v.records(); err != nil {
			return err
		}
		v.orphans()
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return fmt.Errorf("verify: %w", err)
	}
	return errors.Join(v.found...)
}

var errEnough = errors.New("enough faults found")

type verifier struct {
	tx     store.Tx
	venues *venue.Catalog
	places map[string]*place
	claims map[string][]ledger.Piece // by booking, as found in the sheets, by date
	found  []error

	unrecorded []Booking // live, but not in the holder's record
	latest     time.Time
}

func (v *verifier) report(format string, args ...any) error {
	v.found = append(v.found, fmt.Errorf(format, args...))
	if len(v.found) >= maxFindings {
		return errEnough
	}
	return nil
}

func (v *verifier) place(id string) (*place, error) {
	if p := v.places[id]; p != nil {
		return p, nil
	}
	of, err := v.venues.In(v.tx, id)
	if err != nil {
		return nil, fmt.Errorf("venue %s: %w", id, err)
	}
	p := newPlace(of, &civil.Calendar{})
	v.places[id] = p
	return p, nil
}

// sheet checks capacities and collects claims.
func (v *verifier) sheet(s ledger.Sheet) error {
	p, err := v.place(s.Venue)
	if err != nil {
		return err
	}
	for _, c := range s.Claims {
		v.claims[c.Booking] = append(v.claims[c.Booking], ledger.Piece{Date: s.Date, Claim: c})
	}
	if atom, minute, over := ledger.NewDay(s, p.atoms).Overbooked(); over {
		return v.report("sheet %s: atom %s is used beyond its capacity at %s", s.ID, atom, s.Date.TimeAt(minute, p.zone))
	}
	return nil
}

// booking compares one booking with the claims found.
func (v *verifier) booking(b Booking) error {
	p, err := v.place(b.Venue)
	if err != nil {
		return err
	}
	v.see(&b)
	found := v.claims[b.ID]
	delete(v.claims, b.ID)
	if want := piecesOf(&b, p.zone); !slices.EqualFunc(want, found, samePiece) {
		err := v.report("booking %s (%s, %s to %s): has claims %v, should have %v",
			b.ID, b.State, b.Start, b.HeldUntil(), found, want)
		if err != nil {
			return err
		}
	}
	if b.Live() != (b.Due != nil) {
		return v.report("booking %s: is %s and due %v", b.ID, b.State, b.Due)
	}
	if !b.Live() {
		return nil
	}
	h, err := loadHolder(v.tx, b.Holder)
	if err != nil {
		return err
	}
	recorded := func(u use) bool {
		return u.Booking == b.ID && u.Start.Equal(b.Start) && u.End.Equal(b.HeldUntil()) && (b.Due == nil || u.Due.IsZero() || u.Due.Equal(*b.Due))
	}
	if !slices.ContainsFunc(h.Uses, recorded) {
		v.unrecorded = append(v.unrecorded, b)
	}
	return nil
}

// see notes the latest moment anything happened: that much later than its end, a holder's record may have dropped a
// booking.
func (v *verifier) see(b *Booking) {
	v.latest = later(v.latest, b.Made)
	for _, t := range []*time.Time{b.InAt, b.EndedAt} {
		if t != nil {
			v.latest = later(v.latest, *t)
		}
	}
}

// records reports the live bookings that their holders' records do not have.
func (v *verifier) records() error {
	for _, b := range v.unrecorded {
		if b.HeldUntil().Add(leastMemory * 24 * time.Hour).Before(v.latest) {
			continue
		}
		if err := v.report("booking %s: is not in the record of its holder %s", b.ID, b.Holder); err != nil {
			return err
		}
	}
	return nil
}

// orphans reports the claims that no booking accounts for.
func (v *verifier) orphans() {
	for id, pieces := range v.claims {
		if v.report("claim of booking %q on %s: there is no such booking", id, pieces[0].Date) != nil {
			return
		}
	}
}
