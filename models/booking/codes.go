package booking

import (
	"context"
	"fmt"
	"time"

	"wenguan/models/account"
	"wenguan/models/audit"
	"wenguan/models/fault"
	"wenguan/models/id"
	"wenguan/models/store"
	"wenguan/models/venue"
)

const (
	codes  = "seat_codes"
	bySpot = "spot"
)

// SeatCode (座位码) is what the sticker on a seat or a room says: whoever scans it stands before that space. It is too
// long to guess, and a new one makes the old one worthless.
type SeatCode struct {
	ID     string    `bson:"_id"` // the code; "" for a space that has none yet
	Venue  string    `bson:"venue"`
	Space  string    `bson:"space"`
	MadeAt time.Time `bson:"made"`
	MadeBy string    `bson:"by"` // account id
}

// carries reports whether the space has a code: it can be booked, and is not a group, which is nowhere to stand before.
func (s *spot) carries() bool { return s.Bookable && s.Allocation != venue.AnyOf }

// SeatCodes are the codes of the venue's spaces in the venue's order, also of those that have none yet. Needs EditVenue
// there; fault.NotFound "venue_not_found".
func (d *Desk) SeatCodes(ctx context.Context, actor account.Actor, venueID string) (list []SeatCode, err error) {
	if err := actor.Check(account.EditVenue, venueID); err != nil {
		return nil, err
	}
	err = d.store.View(ctx, func(tx store.Tx) error {
		list, err = d.seatCodes(tx, venueID)
		return err
	})
	return list, err
}

func (d *Desk) seatCodes(tx store.Tx, venueID string) ([]SeatCode, error) {
	p, err := d.placeIn(tx, venueID)
	if err != nil {
		return nil, err
	}
	made, err := store.All[SeatCode](tx, codes, store.Query{Index: bySpot, Equal: []any{venueID}})
	if err != nil {
		return nil, fmt.Errorf("read codes of %s: %w", venueID, err)
	}
	of := map[string]SeatCode{}
	for _, c := range made {
		of[c.Space] = c
	}
	var list []SeatCode
	for _, s := range p.spots {
		if !s.carries() {
			continue
		}
		c := of[s.ID]
		c.Venue, c.Space = venueID, s.ID
		list = append(list, c)
	}
	return list, nil
}

// MakeSeatCodes makes the codes that are missing and, with renew, a new one for that space, whose old sticker is
// worthless from then on. It returns what SeatCodes does. Needs EditVenue; fault.NotFound "space_not_found".
func (d *Desk) MakeSeatCodes(ctx context.Context, actor account.Actor, venueID, renew string) (list []SeatCode, err error) {
	if err := actor.Check(account.EditVenue, venueID); err != nil {
		return nil, err
	}
	err = d.store.Update(ctx, func(tx store.Tx) error {
		if list, err = d.seatCodes(tx, venueID); err != nil {
			return err
		}
		return d.fillCodes(tx, actor, list, renew)
	})
	return list, err
}

// fillCodes makes what is missing in the list, and the code to renew.
func (d *Desk) fillCodes(tx store.Tx, actor account.Actor, list []SeatCode, renew string) error {
	made, renewed := 0, false
	for i := range list {
		c := &list[i]
		if c.ID != "" && c.Space != renew {
			continue
		}
		if c.ID != "" {
			renewed = true
			if err := tx.Delete(codes, c.ID); err != nil {
				return fmt.Errorf("renew the code of %s: %w", c.Space, err)
			}
		}
		c.ID, c.MadeAt, c.MadeBy = id.Number()+id.Number(), d.now(), actor.ID
		if err := tx.Insert(codes, *c); err != nil {
			return fmt.Errorf("make the code of %s: %w", c.Space, err)
		}
		made++
	}
	if renew != "" && made == 0 {
		return fault.New(fault.NotFound, "space_not_found", "The venue has no such space.").On("renew")
	}
	if made == 0 {
		return nil
	}
	return d.recordCodes(tx, actor, list[0].Venue, renew, renewed, made)
}

// seatCode is the code as it was made; fault.NotFound "code_unknown".
func seatCode(tx store.Tx, code string) (c SeatCode, err error) {
	unknown := fault.New(fault.NotFound, "code_unknown", "This code is not in use any more. Ask the staff.")
	if code = id.Normal(code); code == "" {
		return c, unknown
	}
	err = tx.Get(codes, code, &c)
	if fault.Is(err, fault.NotFound) {
		return c, unknown
	}
	if err != nil {
		return c, fmt.Errorf("read a seat code: %w", err)
	}
	return c, nil
}

// recordCodes tells the audit how many codes were made, and which was renewed.
func (d *Desk) recordCodes(tx store.Tx, actor account.Actor, venueID, space string, renewed bool, made int) error {
	e := actor.Entry("codes.made", "venue/"+venueID)
	e.After = map[string]any{"made": made}
	if renewed {
		e = actor.Entry("codes.renewed", "venue/"+venueID)
		e.After = map[string]any{"space": space}
	}
	e.Chain = venueID
	return audit.Append(tx, d.now(), e)
}
