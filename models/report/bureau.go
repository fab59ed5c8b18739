package report

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"wenguan/models/booking"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/ledger"
	"wenguan/models/store"
	"wenguan/models/venue"
)

// Bureau rolls days up and answers how well the district is used.
type Bureau struct {
	store  store.Store
	venues *venue.Catalog
	desk   *booking.Desk
	clock  func() time.Time
	cache  *cache
}

// New makes the bureau of st.
func New(st store.Store, venues *venue.Catalog, desk *booking.Desk, clock func() time.Time) *Bureau {
	return &Bureau{store: st, venues: venues, desk: desk, clock: clock, cache: newCache()}
}

// RollUp computes and keeps the roll-up of one venue's date, and its month's. Done again it changes nothing unless
// something changed. It does nothing for a date that is not over at the venue.
func (b *Bureau) RollUp(ctx context.Context, venueID string, date civil.Date) error {
	return b.rollUp(ctx, venueID, date.MonthStart(), []civil.Date{date})
}

// Nightly rolls up the date for every venue in use (where it is not over yet, in a zone further west, the day before),
// and every earlier day that changed since its roll-up. It writes again the summaries of finished weeks and months that
// those days are in. A venue that fails does not stop the others.
func (b *Bureau) Nightly(ctx context.Context, of civil.Date) error {
	now := b.clock()
	var days []venueDay
	err := b.store.View(ctx, func(tx store.Tx) error {
		days = nil
		dirty, err := ledger.DirtyDays(tx, of)
		if err != nil {
			return err
		}
		list, err := b.venues.All(tx)
		for _, v := range list {
			over := civil.DateOf(now, v.Location()) - 1
			days = append(days, inUse([]*venue.Venue{v}, min(of, over), min(of, over))...)
		}
		for _, d := range dirty {
			days = append(days, venueDay{d.Venue, d.Date})
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("list the days to roll up: %w", err)
	}
	return b.rollUpAll(ctx, days)
}

// Range rolls up every date from one to another, both included, for every venue in use, by the hours published now.
// Dates that are not over are left out. It returns fault.Invalid ("range_backwards", "range_too_long").
func (b *Bureau) Range(ctx context.Context, from, to civil.Date) error {
	if err := checkRange(from, to); err != nil {
		return err
	}
	var days []venueDay
	err := b.store.View(ctx, func(tx store.Tx) error {
		list, err := b.venues.All(tx)
		days = inUse(list, from, to)
		return err
	})
	if err != nil {
		return fmt.Errorf("list the days to roll up: %w", err)
	}
	return b.rollUpAll(ctx, days)
}

// venueDay is a day to roll up.
type venueDay struct {
	venue string
	date  civil.Date
}

// inUse are the dates of the venues that are not retired.
func inUse(list []*venue.Venue, from, to civil.Date) []venueDay {
	var days []venueDay
	for _, v := range list {
		for d := from; d <= to && !v.Retired; d++ {
			days = append(days, venueDay{v.ID, d})
		}
	}
	return days
}

// rollUpAll rolls the days up, those of one venue and month together, and corrects the summaries written of them.
func (b *Bureau) rollUpAll(ctx context.Context, days []venueDay) error {
	slices.SortFunc(days, func(x, y venueDay) int {
		return cmp.Or(cmp.Compare(x.venue, y.venue), cmp.Compare(x.date, y.date))
	})
	days = slices.Compact(days)
	var failed []error
	var dates []civil.Date
	for len(days) > 0 && ctx.Err() == nil {
		first, batch := days[0], []civil.Date(nil)
		for len(days) > 0 && days[0].venue == first.venue && days[0].date < Month.End(first.date) {
			batch = append(batch, days[0].date)
			days = days[1:]
		}
		failed = append(failed, b.rollUp(ctx, first.venue, first.date.MonthStart(), batch))
		dates = append(dates, batch...)
	}
	return errors.Join(append(failed, ctx.Err(), b.rewrite(ctx, dates))...)
}

// maxDays bounds what one call may ask for.
const maxDays = 3660

func checkRange(from, to civil.Date) error {
	if to < from {
		return fault.New(fault.Invalid, "range_backwards", "The last day is before the first.").On("to")
	}
	if to-from >= maxDays {
		return fault.New(fault.Invalid, "range_too_long", "Ask for at most %d days at once.", maxDays).On("to").With("max", maxDays)
	}
	return nil
}

// rollUp computes dates of one month and keeps them and the month. One transaction, so that the month is always the
// merge of its days.
func (b *Bureau) rollUp(ctx context.Context, venueID string, month civil.Date, dates []civil.Date) error {
	now := b.clock().UTC().Truncate(time.Millisecond)
	err := b.store.Update(ctx, func(tx store.Tx) error {
		v, err := b.venues.In(tx, venueID)
		if err != nil {
			return err
		}
		changed := false
		for _, date := range dates {
			if date >= civil.DateOf(now, v.Location()) {
				continue
			}
			made, err := b.compute(tx, v, date, now)
			if err != nil {
				return err
			}
			written, err := b.keep(tx, made)
			if err != nil {
				return err
			}
			changed = changed || written
		}
		if !changed {
			return nil
		}
		return b.keepMonth(tx, venueID, month)
	})
	if err != nil {
		return fmt.Errorf("roll up %s in the month of %s: %w", venueID, month, err)
	}
	return nil
}

// compute is the roll-up of the day as this transaction sees it.
func (b *Bureau) compute(tx store.Tx, v *venue.Venue, date civil.Date, now time.Time) (RollUp, error) {
	made := RollUp{ID: rollUpID(v.ID, date), Venue: v.ID, Date: date, RolledAt: now}
	calendar, err := b.venues.Calendar(tx)
	if err != nil {
		return made, err
	}
	if made.Sheet, err = ledger.Revision(tx, v.ID, date); err != nil {
		return made, err
	}
	d := day{venue: v, date: date, open: v.OpenSpans(date, calendar), now: now}
	walked, err := b.desk.WalkInsOn(tx, v.ID, date)
	if err != nil {
		return RollUp{}, err
	}
	unmet, err := b.desk.UnmetOf(tx, v.ID, date, date)
	if err != nil {
		return made, err
	}
	d.walkIns, d.unmet = walked.Counts, unmet.UnmetCounts
	if d.bookings, err = b.desk.OfDay(tx, v.ID, date); err != nil {
		return made, err
	}
	made.Figures = d.figures()
	return made, nil
}

// keep writes the roll-up unless it says what the kept one says, and tells the ledger that the day is rolled up.
func (b *Bureau) keep(tx store.Tx, made RollUp) (changed bool, err error) {
	if err := ledger.Clean(tx, made.Venue, made.Date, made.Sheet); err != nil {
		return false, err
	}
	var old RollUp
	err = tx.Get(rollUps, made.ID, &old)
	switch {
	case fault.Is(err, fault.NotFound):
		return true, tx.Insert(rollUps, made)
	case err != nil:
		return false, fmt.Errorf("read roll-up %s: %w", made.ID, err)
	case old.Sheet == made.Sheet && old.Figures.equal(&made.Figures):
		return false, nil
	}
	return true, tx.Replace(rollUps, made)
}

// keepMonth merges the month again from its days.
func (b *Bureau) keepMonth(tx store.Tx, venueID string, month civil.Date) error {
	days, err := rollUpsOf(tx, venueID, month, Month.End(month))
	if err != nil {
		return err
	}
	m := mergeMonth(venueID, month, days)
	if err := put(tx, months, m.ID, m); err != nil {
		return err
	}
	return nextHead(tx)
}
