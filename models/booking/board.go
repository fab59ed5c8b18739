package booking

import (
	"cmp"
	"context"
	"slices"
	"time"

	"wenguan/models/account"
	"wenguan/models/civil"
	"wenguan/models/store"
	"wenguan/models/venue"
)

// Board is one day of a venue for its staff.
type Board struct {
	Venue     *venue.Venue // shared, read-only
	Date      civil.Date
	Now       time.Time
	Bookings  []Booking // every booking that touches the date, by start; cancelled and missed ones too
	In        int       // people who are checked in and not out
	BookedNow int       // people whose live booking covers now, checked in or not
	Capacity  int       // people the venue takes: the units of its shared atoms, the seats of its rooms, one for each seat
}

// Board is one day of a venue, for those who may view it; date 0 means today. fault.NotFound "venue_not_found".
func (d *Desk) Board(ctx context.Context, actor account.Actor, venueID string, date civil.Date) (Board, error) {
	if err := actor.Check(account.ViewBoard, venueID); err != nil {
		return Board{}, err
	}
	var b Board
	err := d.store.View(ctx, func(tx store.Tx) error {
		p, err := d.placeIn(tx, venueID)
		if err != nil {
			return err
		}
		now := d.now()
		if date == 0 {
			date = civil.DateOf(now, p.zone)
		}
		list, err := d.OfDay(tx, venueID, date)
		b = Board{Venue: p.Venue, Date: date, Now: now, Bookings: list, Capacity: p.people()}
		return err
	})
	if err != nil {
		return Board{}, err
	}
	b.count()
	return b, nil
}

func (b *Board) count() {
	for i := range b.Bookings {
		k := &b.Bookings[i]
		if k.State == CheckedIn {
			b.In += int(k.Party)
		}
		if k.Live() && !b.Now.Before(k.Start) && b.Now.Before(k.End) {
			b.BookedNow += int(k.Party)
		}
	}
}

// OfDay lists every booking that touches the local date at the venue, whatever its state, by start. A booking that
// was moved is listed where it is now.
func (d *Desk) OfDay(tx store.Tx, venueID string, date civil.Date) ([]Booking, error) {
	v, err := d.Venues.In(tx, venueID)
	if err != nil {
		return nil, err
	}
	list, err := loadDay(tx, venueID, date, v.Location())
	if err != nil {
		return nil, err
	}
	slices.SortFunc(list, func(a, b Booking) int { return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.ID, b.ID)) })
	return list, nil
}
