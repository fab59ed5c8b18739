package booking

import (
	"context"
	"fmt"
	"slices"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/account"
	"wenguan/models/fault"
	"wenguan/models/store"
	"wenguan/models/venue"
)

// Nobody is the holder of every booking that no longer names a person. It is one word for all of them, so that not even
// which bookings were one person's can be told. No account has it as its id.
const Nobody = "anonymous"

const anonymizeBatch = 200

// anonymous is the booking without the person. What is counted stays: when, where, how many, which group, what became of
// it. What leads to the person goes: who held it and who made it, what for, why it was cancelled, and its number.
func (b Booking) anonymous() Booking {
	b.Holder, b.HolderName, b.HolderKind, b.By, b.ByStaff, b.Tell = Nobody, "", "", Nobody, false, ""
	b.Purpose, b.Reason, b.With = "", "", nil
	b.Number = "-" + b.ID // unique, as numbers must be, and none that anybody could type
	b.Revision++
	return b
}

// ShownNumber is the number to read out and type, "" of a booking that no longer names a person.
func (b *Booking) ShownNumber() string {
	if b.Holder == Nobody {
		return ""
	}
	return b.Number
}

// progress is how far Anonymize came with a venue.
type progress struct {
	ID    string `bson:"_id"`
	After string `bson:"after"` // the cursor of the last booking it looked at in the order of their starts
	Long  string `bson:"long"`  // of those over midnight, in the order of their ends
}

// Anonymize takes the person out of the bookings that ended before the moment, for good; organizations are no persons
// and keep theirs, without the name of who booked. It goes on where the last call ended and takes at most so many in one
// call; it returns how many it looked at, which is fewer when none are left. Sheets and roll-ups name bookings, not
// people, and are not touched. The moment must be days ago: nobody may still be waiting for such a booking. Those that
// ended on the very day of the moment may wait for the next call. Needs RunJobs.
func (d *Desk) Anonymize(ctx context.Context, actor account.Actor, before time.Time, most int) (looked int, err error) {
	if err := actor.Check(account.RunJobs, ""); err != nil {
		return 0, err
	}
	var venues []*venue.Venue
	err = d.store.View(ctx, func(tx store.Tx) (err error) {
		venues, err = d.Venues.All(tx)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("anonymize bookings: %w", err)
	}
	for _, v := range venues {
		for n := 1; n > 0 && looked < most; looked += n {
			err := d.store.Update(ctx, func(tx store.Tx) (err error) {
				n, err = anonymizeNext(tx, v.ID, before, min(anonymizeBatch, most-looked))
				return err
			})
			if err != nil {
				return looked, fmt.Errorf("anonymize bookings of %s: %w", v.ID, err)
			}
		}
	}
	return looked, nil
}

// anonymizeNext goes on with a venue. Bookings are in no index by their ends: those over midnight have one of their own, and
// the others end on the day of their start, so a walk by starts may stop at the first that has not ended.
func anonymizeNext(tx store.Tx, at string, before time.Time, limit int) (n int, err error) {
	mark := progress{ID: "anonymized|" + at}
	err = tx.Get(marks, mark.ID, &mark)
	first := fault.Is(err, fault.NotFound)
	if err != nil && !first {
		return 0, err
	}
	walk := func(index string, after *string) error {
		if n == limit {
			return nil
		}
		q := store.Query{Index: index, Equal: []any{at}, Before: before, Limit: limit - n, After: *after}
		return tx.Find(bookings, q, func(raw bson.Raw) (bool, error) {
			var b Booking
			if err := bson.Unmarshal(raw, &b); err != nil || !b.End.Before(before) && b.LongEnds == nil {
				return false, err
			}
			n++
			if *after, err = tx.Cursor(bookings, q, raw); err != nil || b.LongEnds != nil && index != byLong {
				return err == nil, err
			}
			return true, anonymizeOne(tx, b)
		})
	}
	if err = walk(byLong, &mark.Long); err == nil {
		err = walk(byVenue, &mark.After)
	}
	if err != nil || n == 0 {
		return 0, err
	}
	if first {
		return n, tx.Insert(marks, mark)
	}
	return n, tx.Replace(marks, mark)
}

func anonymizeOne(tx store.Tx, b Booking) error {
	if b.Holder == Nobody {
		return nil
	}
	next := b.anonymous()
	if b.HolderKind == account.Organization {
		next.Holder, next.HolderName, next.HolderKind, next.Number = b.Holder, b.HolderName, b.HolderKind, b.Number
	}
	return tx.Replace(bookings, next.encode())
}

// AnonymizeHolder does the same to every booking of somebody that is over, however lately; those ahead of them have to
// be cancelled before. What was refused to them is deleted. Needs RunJobs.
func (d *Desk) AnonymizeHolder(ctx context.Context, actor account.Actor, holder string) error {
	if err := actor.Check(account.RunJobs, ""); err != nil || holder == Nobody {
		return err
	}
	if err := d.forgetUnmet(ctx, holder); err != nil {
		return err
	}
	for done := anonymizeBatch; done == anonymizeBatch; {
		err := d.store.Update(ctx, func(tx store.Tx) error {
			done = 0
			return tx.Find(bookings, store.Query{Index: byHolder, Equal: []any{holder}, Limit: anonymizeBatch}, func(raw bson.Raw) (bool, error) {
				done++
				var b Booking
				if err := bson.Unmarshal(raw, &b); err != nil {
					return false, err
				}
				if b.Live() {
					return false, errStillBooked(&b)
				}
				next := b.anonymous()
				return true, tx.Replace(bookings, next.encode())
			})
		})
		if err != nil {
			return fmt.Errorf("anonymize the bookings of %s: %w", holder, err)
		}
	}
	return nil
}

// Forget forgets within a transaction what the rules know of somebody, and closes their record: who was asked to be
// forgotten cannot book any more, not even with a request that is under way. fault.Conflict "still_booked" while they
// have a booking ahead of them, "still_checked_in" while they are in, as it is stored: see catchUp.
func (d *Desk) Forget(tx store.Tx, holder string) error {
	live, err := liveOf(tx, holder, d.now())
	if err != nil {
		return err
	}
	for i := range live {
		return errStillBooked(&live[i])
	}
	if err := forgetAppeals(tx, holder); err != nil {
		return err
	}
	h, err := loadHolder(tx, holder)
	if err != nil {
		return err
	}
	h.Uses, h.Keys, h.Past, h.Closed = nil, nil, nil, true
	return write(tx, holders, h.encode(), h.absent)
}

// Ahead lists the bookings of a holder that are still going to happen or happening, within a transaction.
func (d *Desk) Ahead(tx store.Tx, holder string) ([]Booking, error) {
	now := d.now()
	list, err := liveOf(tx, holder, now)
	return slices.DeleteFunc(asOf(list, now), func(b Booking) bool { return !b.Live() }), err
}

// liveOf lists somebody's bookings that are stored as live. One that the clock has not closed yet ended some minutes ago at
// most; a day is looked at all the same.
func liveOf(tx store.Tx, holder string, now time.Time) ([]Booking, error) {
	q := store.Query{Index: byHolder, Equal: []any{holder}, From: now.Add(-overstayWithin)}
	list, err := store.All[Booking](tx, bookings, q)
	if err != nil {
		return nil, fmt.Errorf("read the bookings of %s: %w", holder, err)
	}
	var live []Booking
	for _, b := range list {
		if b.Live() {
			live = append(live, b)
		}
	}
	return live, nil
}

// All lists every booking of a holder, within a transaction, latest end first, a page at a time.
func (d *Desk) All(tx store.Tx, holder string, limit int, after string) ([]Booking, string, error) {
	page, next, err := store.Page[Booking](tx, bookings, store.Query{Index: byHolder, Equal: []any{holder}, Desc: true, Limit: limit, After: after})
	return asOf(page, d.now()), next, err
}

func errStillBooked(b *Booking) error {
	if b.Here() {
		return fault.New(fault.Conflict, "still_checked_in", "Somebody is still checked in; check out first.")
	}
	return fault.New(fault.Conflict, "still_booked", "There is still a booking ahead; cancel it first.")
}
