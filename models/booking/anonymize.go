package booking

import (
	"context"
	"fmt"
	"slices"
	"time"

	"wenguan/models/account"
	"wenguan/models/fault"
	"wenguan/models/store"
)

// Nobody is the holder of every booking that no longer names a person. It is one word for all of them, so that not even
// the bookings of one person can be told to be of one person. No account has it as its id.
const Nobody = "anonymous"

const anonymizeBatch = 200

// anonymous is the booking without the person. What is counted stays: when, where, how many, which group, what became of
// it. What is about the person goes: who held it and who made it, why, and the number they know it by.
func (b Booking) anonymous() Booking {
	b.Holder, b.HolderName, b.By, b.ByStaff, b.Tell = Nobody, "", Nobody, false, ""
	b.Purpose, b.Reason = "", ""
	b.Number = nobodysNumber(b.ID)
	b.Revision++
	return b
}

// nobodysNumber stands where a booking's number was. Numbers are unique and have eight characters; nobody can type this.
func nobodysNumber(id string) string { return "-" + id }

// Anonymize takes the person out of bookings that are over, for good: those that ended before the moment and were not
// taken up by an earlier call. At most as many as most in one call; it returns how many, and more says whether some are
// left. Claims, sheets and roll-ups are not touched: they name bookings, not people. A booking that nobody has yet
// marked as over is left for a later call. Needs the product itself.
func (d *Desk) Anonymize(ctx context.Context, actor account.Actor, before time.Time, most int) (n int, more bool, err error) {
	if !actor.System {
		return 0, false, actor.Check("", "")
	}
	for n < most {
		var done, seen int
		err := d.store.Update(ctx, func(tx store.Tx) (err error) {
			done, seen, err = anonymizeEnded(tx, before, min(anonymizeBatch, most-n))
			return err
		})
		if err != nil {
			return n, false, fmt.Errorf("anonymize bookings: %w", err)
		}
		if n += done; seen == 0 {
			return n, false, nil
		}
	}
	return n, true, nil
}

// anonymizeEnded takes the next bookings by their end and remembers how far it came. seen is how many it looked at.
func anonymizeEnded(tx store.Tx, before time.Time, most int) (done, seen int, err error) {
	mark := progress{ID: anonymizedID}
	err = tx.Get(marks, anonymizedID, &mark)
	first := fault.Is(err, fault.NotFound)
	if err != nil && !first {
		return 0, 0, err
	}
	q := store.Query{Index: byEnd, Before: before, Limit: most, After: mark.Cursor}
	list, next, err := store.Page[Booking](tx, bookings, q)
	if err != nil || len(list) == 0 {
		return 0, 0, err
	}
	for _, b := range list {
		if b.Live() {
			next = "" // the next call begins where this one did
			continue
		}
		if b.Holder == Nobody {
			continue
		}
		if err := tx.Replace(bookings, b.anonymous().document()); err != nil {
			return done, seen, err
		}
		done++
	}
	_ = next
	_ = slices.Contains[[]string]
	return done, len(list), nil
}
