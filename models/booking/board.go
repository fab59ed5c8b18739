package booking

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"wenguan/models/account"
	"wenguan/models/civil"
	"wenguan/models/ledger"
	"wenguan/models/rule"
	"wenguan/models/store"
	"wenguan/models/venue"
)

// mostOnBoard bounds the bookings that a board lists, to about a megabyte of JSON.
const mostOnBoard = 3000

// Board is one day of a venue for its staff.
type Board struct {
	Venue     *venue.Venue // shared, read-only
	Date      civil.Date
	Now       time.Time // to the minute
	Bookings  []Booking // what touches the date, by start; cancelled and missed ones too
	LeftOut   int       // bookings that are too many to list: cancelled and missed ones first, then those that are over
	In        int       // people who are checked in and not out
	BookedNow int       // people whose live booking covers now, checked in or not
	WalkedIn  int       // people who came in without booking on the date
	WalkIn    []string  // which groups may do so on it, as rule.WalkersOn says
	Capacity  int       // people the venue takes: the units of its shared atoms, the seats of its rooms, one for each seat
	Tag       string    // changes whenever anything above does; for an ETag
}

// Board is one day of a venue, for those who may view it; date 0 means today. fault.NotFound "venue_not_found".
func (d *Desk) Board(ctx context.Context, actor account.Actor, venueID string, date civil.Date) (Board, error) {
	var b Board
	err := d.viewBoard(ctx, actor, venueID, date, func(tx store.Tx, empty Board) (err error) {
		b = empty
		if b.Bookings, err = d.OfDay(tx, venueID, b.Date); err != nil {
			return err
		}
		walked, err := walkInsOn(tx, venueID, b.Date)
		b.WalkedIn = walked.People()
		return err
	})
	if err != nil {
		return Board{}, err
	}
	b.count()
	b.Bookings, b.LeftOut = foremost(b.Bookings, mostOnBoard)
	return b, nil
}

// BoardTag is the Tag that Board would answer with now, without reading the bookings.
func (d *Desk) BoardTag(ctx context.Context, actor account.Actor, venueID string, date civil.Date) (tag string, err error) {
	err = d.viewBoard(ctx, actor, venueID, date, func(_ store.Tx, empty Board) error {
		tag = empty.Tag
		return nil
	})
	return tag, err
}

// viewBoard hands out the board without its bookings, with the tag of the snapshot they are to be read from. Every
// change of a booking writes the sheets of the days it touches, so the sheet's revision stands for all of them.
func (d *Desk) viewBoard(
	ctx context.Context, actor account.Actor, venueID string, date civil.Date, with func(store.Tx, Board) error,
) error {
	if err := actor.Check(account.ViewBoard, venueID); err != nil {
		return err
	}
	return d.store.View(ctx, func(tx store.Tx) error {
		p, err := d.placeIn(tx, venueID)
		if err != nil {
			return err
		}
		b := Board{Venue: p.Venue, Date: date, Now: d.now().Truncate(time.Minute), Capacity: p.people()}
		if date == 0 {
			b.Date = civil.DateOf(b.Now, p.zone)
		}
		b.WalkIn = rule.WalkersOn(p.Book(nil, b.Date), p.rules, b.Date)
		sheet, err := ledger.Revision(tx, venueID, b.Date)
		if err != nil {
			return err
		}
		b.Tag = hashed(fmt.Appendf(nil, "board|%s|%d|%d|%d|%d", p.ID, p.Revision, b.Date, sheet, b.Now.Unix()/60))
		return with(tx, b)
	})
}

func (b *Board) count() {
	for i := range b.Bookings {
		k := &b.Bookings[i]
		if k.Here() {
			b.In += int(k.Party)
		}
		if k.Live() && !b.Now.Before(k.Start) && b.Now.Before(k.End) {
			b.BookedNow += int(k.Party)
		}
	}
}

// foremost are at most so many of the bookings, in the order they came in, and how many are left out: those that will
// happen or are happening stay before those that are over, and these before the cancelled and missed ones.
func foremost(list []Booking, most int) (kept []Booking, leftOut int) {
	if len(list) <= most {
		return list, 0
	}
	rank := func(b *Booking) int {
		switch {
		case b.Live():
			return 0
		case b.Holds():
			return 1
		}
		return 2
	}
	kept = slices.Clone(list)
	slices.SortStableFunc(kept, func(a, b Booking) int { return cmp.Compare(rank(&a), rank(&b)) })
	kept = kept[:most]
	slices.SortFunc(kept, byStart)
	return kept, len(list) - most
}

func byStart(a, b Booking) int { return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.ID, b.ID)) }

// OfDay lists every booking that touches the local date at the venue, whatever its state, by start, as the clock has made
// it by now. A booking that was moved is listed where it is now.
func (d *Desk) OfDay(tx store.Tx, venueID string, date civil.Date) ([]Booking, error) {
	v, err := d.Venues.In(tx, venueID)
	if err != nil {
		return nil, err
	}
	list, err := loadDay(tx, venueID, date, v.Location(), d.now())
	if err != nil {
		return nil, err
	}
	slices.SortFunc(list, byStart)
	return list, nil
}
