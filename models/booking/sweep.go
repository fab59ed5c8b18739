package booking

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"wenguan/models/account"
	"wenguan/models/fault"
	"wenguan/models/notice"
	"wenguan/models/store"
)

const (
	sweepPage  = 1000
	sweepBatch = 64
)

// Sweep does what the clock asks for: bookings nobody came for become no-shows, and from the end of their check-in on
// their place is free; visits past their end are completed. What the clock asked for long ago is caught up. It is
// idempotent, and several instances may run it at once. It goes on with the other venues when one fails, and returns
// what it did with the failures.
func (d *Desk) Sweep(ctx context.Context) (noShows, completed int, err error) {
	for {
		var due []Booking
		err := d.store.View(ctx, func(tx store.Tx) (err error) {
			due, err = loadDue(tx, d.now(), sweepPage)
			return err
		})
		if err != nil {
			return noShows, completed, fmt.Errorf("sweep: %w", err)
		}
		missed, ended, err := d.sweepAll(ctx, due)
		noShows, completed = noShows+missed, completed+ended
		if err != nil || len(due) < sweepPage || missed+ended == 0 {
			return noShows, completed, err
		}
	}
}

// catchUp does what the clock asks for with the bookings of one holder.
func (d *Desk) catchUp(ctx context.Context, holder string) error {
	var due []Booking
	err := d.store.View(ctx, func(tx store.Tx) (err error) {
		now := d.now()
		due, err = liveOf(tx, holder, now)
		due = slices.DeleteFunc(due, func(b Booking) bool { return now.Before(*b.Due) })
		return err
	})
	if err != nil {
		return err
	}
	_, _, err = d.sweepAll(ctx, due)
	return err
}

func (d *Desk) sweepAll(ctx context.Context, due []Booking) (missed, ended int, err error) {
	byVenue := map[string][]string{}
	for _, b := range due {
		byVenue[b.Venue] = append(byVenue[b.Venue], b.ID)
	}
	var failures []error
	for venue, ids := range byVenue {
		for len(ids) > 0 {
			n := min(len(ids), sweepBatch)
			m, e, err := d.sweepSome(ctx, venue, ids[:n])
			missed, ended, ids = missed+m, ended+e, ids[n:]
			if err != nil {
				failures = append(failures, fmt.Errorf("sweep venue %s: %w", venue, err))
				break
			}
		}
	}
	return missed, ended, errors.Join(failures...)
}

func (d *Desk) sweepSome(ctx context.Context, venue string, ids []string) (missed, ended int, err error) {
	_, err = d.do(ctx, venue, func(w *work) (Booking, error) {
		missed, ended = 0, 0 // the store may run this again
		for _, id := range ids {
			b, err := w.booking(id)
			if fault.Is(err, fault.NotFound) {
				continue
			}
			if err != nil {
				return b, err
			}
			was := b.State
			if b, err = w.expire(b); err != nil {
				return b, err
			}
			switch {
			case b.State == NoShow && was != NoShow:
				missed++
			case b.State == Completed && was != Completed:
				ended++
			}
		}
		return Booking{}, nil
	})
	return missed, ended, err
}

// expire does what the clock asks for with one booking, if anything.
func (w *work) expire(b Booking) (Booking, error) {
	if b.Due == nil || w.now.Before(*b.Due) {
		return b, nil
	}
	was := b
	b = b.asOf(w.now)
	switch {
	case b.State == NoShow:
		w.tell(notice.BookingNoShow, b)
		w.audited(account.Actor{System: true}, "booking.missed", &was, &b)
	case b.Violation != was.Violation:
		w.audited(account.Actor{System: true}, "booking.broken", &was, &b)
	}
	return w.put(b)
}
