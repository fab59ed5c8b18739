package booking

import (
	"context"
	"fmt"
	"slices"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/account"
	"wenguan/models/audit"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/store"
)

// ofCard finds the booking of the day at the venue that an identity card stands for: of the person it is bound to and of
// the family members they book for, who have none of their own. It stands for the whole party; who merely comes along,
// and who acts for an organization, has no booking by it. A number that is bound to nobody is answered as one without a
// booking, so that a door does not tell who has an account. That staff saw the number is recorded as a look.
func (d *Desk) ofCard(ctx context.Context, actor account.Actor, at CheckInRequest, do SpotVerb) (Booking, error) {
	v, err := d.Venues.Get(ctx, at.Venue)
	if err != nil {
		return Booking{}, err
	}
	now := d.now()
	var list []Booking
	read := func(tx store.Tx) error {
		list = nil
		who, err := d.Accounts.ByIdentity(tx, at.Card)
		if fault.Is(err, fault.NotFound) {
			return noneOfCard()
		}
		if err != nil {
			return err
		}
		if actor.Device == nil {
			look := audit.Look{Whose: who.ID, Why: "counter", What: "identity", Venue: at.Venue}
			if err := d.Accounts.Saw(tx, actor, look); err != nil {
				return err
			}
		}
		family, err := d.Accounts.FamilyOf(tx, who.ID)
		if err != nil {
			return err
		}
		for _, one := range append(family, who) {
			some, err := today(tx, one.ID, at.Venue, civil.DateOf(now, v.Location()), v.Location(), now)
			if err != nil {
				return err
			}
			list = append(list, some...)
		}
		return nil
	}
	if actor.Device == nil {
		err = d.store.Update(ctx, read)
	} else {
		err = d.store.View(ctx, read)
	}
	if err != nil {
		return Booking{}, err
	}
	return meant(list, do, now)
}

// today lists what a holder has at the venue on the date, as the clock has made it by now.
func today(tx store.Tx, holder, venue string, date civil.Date, zone *time.Location, now time.Time) (list []Booking, err error) {
	from, till := date.Start(zone), date.Add(1).Start(zone)
	q := store.Query{Index: byHolder, Equal: []any{holder}, From: from, Limit: maxUses}
	err = tx.Find(bookings, q, func(raw bson.Raw) (bool, error) {
		var b Booking
		if err := bson.Unmarshal(raw, &b); err != nil {
			return false, err
		}
		if b.Venue == venue && b.Start.Before(till) && b.State != Cancelled {
			list = append(list, b.asOf(now))
		}
		return true, nil
	})
	if err != nil {
		return nil, fmt.Errorf("read bookings of the day of %s: %w", holder, err)
	}
	return list, nil
}

// meant is the booking of the day that somebody means who does this: to check in, the one that is open for it before the
// one under way; else the one under way, the next, or the last that is over, which says why it is.
func meant(list []Booking, do SpotVerb, now time.Time) (Booking, error) {
	if len(list) == 0 {
		return Booking{}, noneOfCard()
	}
	rank := func(b *Booking) int {
		switch {
		case do == SpotCheckIn && b.State == Confirmed && !now.Before(b.Opens):
			return 0
		case b.Here():
			return 1
		case b.Live():
			return 2
		}
		return 3
	}
	best := slices.MinFunc(list, func(a, b Booking) int {
		ra, rb := rank(&a), rank(&b)
		switch {
		case ra != rb:
			return ra - rb
		case ra == 3: // of those that are over the last
			return b.Start.Compare(a.Start)
		}
		return a.Start.Compare(b.Start)
	})
	return best, nil
}

func noneOfCard() error {
	return fault.New(fault.NotFound, "card_no_booking",
		"Nothing is booked here today by this identity card. It is known once its real name is bound to the account that booked.").On("identity_number")
}
