package booking

import (
	"context"
	"time"

	"wenguan/models/civil"
	"wenguan/models/ledger"
	"wenguan/models/store"
	"wenguan/models/venue"
)

// Occupancy is how full a venue is at one moment, in people.
type Occupancy struct {
	Capacity int // as Board's
	Taken    int // places that are booked or closed at this moment, whoever is there
}

// OccupiedNow tells how full each of the venues is now, in their order. It reads one sheet for each.
func (d *Desk) OccupiedNow(ctx context.Context, venues []*venue.Venue) ([]Occupancy, error) {
	list := make([]Occupancy, len(venues))
	err := d.store.View(ctx, func(tx store.Tx) error {
		cal, err := d.Venues.Calendar(tx)
		if err != nil {
			return err
		}
		now := d.now()
		for i, v := range venues {
			p := d.placeOf(v, cal)
			date, minute := civil.Elapsed(now, p.zone)
			sheets := ledger.Open(tx, v.ID, p.zone, p.atoms, d.decoded)
			day, err := sheets.Day(date)
			if err != nil {
				return err
			}
			list[i] = p.occupied(day, now, minute)
			sheets.Keep()
		}
		return nil
	})
	return list, err
}

func (p *place) occupied(sheet *ledger.Day, now time.Time, minute int32) Occupancy {
	places := p.places()
	taken := make([]int32, len(places))
	span := civil.Span{Start: now, End: now.Add(time.Minute)}
	for i, atom := range p.Atoms {
		if _, closed := p.ClosureOf([]string{atom.ID}, span); closed {
			taken[i] = places[i]
		}
	}
	for i := range sheet.Claims {
		c := &sheet.Claims[i]
		if minute < c.Start || c.End <= minute || c.Lapses != 0 && int64(c.Lapses) <= now.Unix()/60 {
			continue
		}
		for _, n := range p.atoms.Numbers(c.Atoms) {
			if c.Quantity == 0 {
				taken[n] = places[n]
			} else {
				taken[n] = min(taken[n]+c.Quantity, places[n])
			}
		}
	}
	var o Occupancy
	for n := range places {
		o.Capacity += int(places[n])
		o.Taken += int(taken[n])
	}
	return o
}
