package ledger

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/store"
)

// Sheets are the sheets of one venue as one transaction works on them: each is read and decoded once, changed in memory
// as often as needed, and written once by Save. Until then nothing is in the transaction, so whoever finds out that
// something does not fit leaves nothing behind.
type Sheets struct {
	tx    store.Tx
	venue string
	zone  *time.Location
	atoms *Atoms
	days  map[civil.Date]*Day
}

// Open starts a working set; it reads nothing yet.
func Open(tx store.Tx, venue string, zone *time.Location, atoms *Atoms) *Sheets {
	return &Sheets{tx: tx, venue: venue, zone: zone, atoms: atoms, days: map[civil.Date]*Day{}}
}

// Day is the date's sheet with the changes made so far; a date without a sheet has an empty one.
func (s *Sheets) Day(date civil.Date) (*Day, error) {
	if d, ok := s.days[date]; ok {
		return d, nil
	}
	d, err := ReadDay(s.tx, s.venue, date, s.atoms)
	if err != nil {
		return nil, err
	}
	s.days[date] = d
	return d, nil
}

// ReadDay reads one date's sheet; a date without a sheet has an empty one with revision 0.
func ReadDay(tx store.Tx, venue string, date civil.Date, atoms *Atoms) (*Day, error) {
	var raw bson.Raw
	err := tx.Get(sheets, SheetID(venue, date), &raw)
	if fault.Is(err, fault.NotFound) {
		return EmptyDay(venue, date, atoms), nil
	}
	if err != nil {
		return nil, fmt.Errorf("read sheet of %s on %s: %w", venue, date, err)
	}
	return decode(raw, atoms)
}

// ReadDays reads the sheets of the dates from first to last in one go; a date without a sheet has an empty one.
func ReadDays(tx store.Tx, venue string, first, last civil.Date, atoms *Atoms) ([]*Day, error) {
	days := make([]*Day, 0, last-first+1)
	err := eachSheet(tx, venue, first, last, func(raw bson.Raw) error {
		d, err := decode(raw, atoms)
		if err != nil {
			return err
		}
		for date := first + civil.Date(len(days)); date < d.Date; date++ {
			days = append(days, EmptyDay(venue, date, atoms))
		}
		days = append(days, d)
		return nil
	})
	for date := first + civil.Date(len(days)); date <= last; date++ {
		days = append(days, EmptyDay(venue, date, atoms))
	}
	return days, err
}

// EmptyDay is a date on which nothing was ever claimed.
func EmptyDay(venue string, date civil.Date, atoms *Atoms) *Day {
	d := NewDay(Sheet{ID: SheetID(venue, date), Venue: venue, Date: date}, atoms)
	d.absent = true
	return d
}

// Split cuts a claim for the span by the venue's dates; see the function Split.
func (s *Sheets) Split(span civil.Span, template Claim) []Piece { return Split(s.zone, span, template) }

// Fits reports whether all pieces fit into their sheets.
func (s *Sheets) Fits(pieces []Piece) (bool, error) {
	for i := range pieces {
		d, err := s.Day(pieces[i].Date)
		if err != nil {
			return false, err
		}
		if !d.Fits(&pieces[i].Claim) {
			return false, nil
		}
	}
	return true, nil
}

// Add puts the pieces into their sheets. The caller has asked Fits.
func (s *Sheets) Add(pieces []Piece) error {
	for _, p := range pieces {
		d, err := s.Day(p.Date)
		if err != nil {
			return err
		}
		d.Add(p.Claim)
	}
	return nil
}

// Remove takes the booking's claims out of the sheets of the dates of the pieces.
func (s *Sheets) Remove(booking string, pieces []Piece) error {
	for _, p := range pieces {
		d, err := s.Day(p.Date)
		if err != nil {
			return err
		}
		d.Remove(booking)
		d.Touch()
	}
	return nil
}

// Save writes every changed sheet, one revision further and dirty. A sheet that another transaction inserted meanwhile is
// fault.Conflict "duplicate_id": the transaction has to run again, and then it finds the sheet.
func (s *Sheets) Save() error {
	for _, date := range slices.Sorted(maps.Keys(s.days)) {
		d := s.days[date]
		if !d.changed {
			continue
		}
		d.Revision++
		d.Dirty = true
		write := s.tx.Replace
		if d.absent {
			write = s.tx.Insert
		}
		if err := write(sheets, d.encode()); err != nil {
			return fmt.Errorf("write sheet %s: %w", d.ID, err)
		}
		d.changed, d.absent = false, false
	}
	return nil
}
