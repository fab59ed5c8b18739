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
	cache *Cache
	days  map[civil.Date]*Day
}

// Open starts a working set; it reads nothing yet. The cache may be nil.
func Open(tx store.Tx, venue string, zone *time.Location, atoms *Atoms, cache *Cache) *Sheets {
	return &Sheets{tx: tx, venue: venue, zone: zone, atoms: atoms, cache: cache, days: map[civil.Date]*Day{}}
}

// Day is the date's sheet with the changes made so far; a date without a sheet has an empty one.
func (s *Sheets) Day(date civil.Date) (*Day, error) {
	if d, ok := s.days[date]; ok {
		return d, nil
	}
	d, err := readDay(s.tx, s.venue, date, s.atoms, s.cache)
	if err != nil {
		return nil, err
	}
	s.days[date] = d
	return d, nil
}

// ReadDay reads one date's sheet; a date without a sheet has an empty one with revision 0.
func ReadDay(tx store.Tx, venue string, date civil.Date, atoms *Atoms) (*Day, error) {
	return readDay(tx, venue, date, atoms, nil)
}

func readDay(tx store.Tx, venue string, date civil.Date, atoms *Atoms, cache *Cache) (*Day, error) {
	var raw bson.Raw
	err := tx.Get(sheets, SheetID(venue, date), &raw)
	if fault.Is(err, fault.NotFound) {
		return EmptyDay(venue, date, atoms), nil
	}
	if err != nil {
		return nil, fmt.Errorf("read sheet of %s on %s: %w", venue, date, err)
	}
	if d := cache.take(SheetID(venue, date), revisionOf(raw), atoms); d != nil {
		return d, nil
	}
	return decode(raw, atoms)
}

// Days are the days from first to last, those not read yet read in one go.
func (s *Sheets) Days(first, last civil.Date) ([]*Day, error) {
	err := eachSheet(s.tx, s.venue, first, last, func(raw bson.Raw) error {
		id, _ := raw.Lookup("_id").StringValueOK()
		d := s.cache.take(id, revisionOf(raw), s.atoms)
		if d == nil {
			var err error
			if d, err = decode(raw, s.atoms); err != nil {
				return err
			}
		}
		if s.days[d.Date] == nil {
			s.days[d.Date] = d
		}
		return nil
	})
	days := make([]*Day, 0, last-first+1)
	for date := first; date <= last; date++ {
		if s.days[date] == nil {
			s.days[date] = EmptyDay(s.venue, date, s.atoms)
		}
		days = append(days, s.days[date])
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

// Save writes every changed sheet, one revision further and dirty. A sheet that another transaction inserted
// meanwhile is fault.Conflict "duplicate_id": the transaction has to run again, and then it finds the sheet.
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
