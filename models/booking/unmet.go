package booking

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/account"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/store"
)

const (
	unmets    = "unmet_requests"
	unmetDays = "unmet_days"

	maxKept    = 500 // unmet requests of one venue and date; more are only counted
	unmetBatch = 200 // in one transaction
)

// UnmetDay is how much of what people asked for at a venue on one date was refused. It names nobody and stays.
type UnmetDay struct {
	ID          string `bson:"_id"` // venue|2026-11-24
	Revision    int64  `bson:"rev"`
	Kept        int64  `bson:"kept"` // how many were written down one by one
	UnmetCounts `bson:",inline"`
}

func unmetDayID(venue string, date civil.Date) string { return venue + "|" + date.String() }

// WriteUnmet writes down the requests that this process has refused since the last call, and returns how many. What cannot
// be written waits for the next call.
func (d *Desk) WriteUnmet(ctx context.Context) (n int, err error) {
	waiting, counted := d.demand.take()
	byDay := map[string][]Unmet{}
	for _, u := range waiting {
		byDay[u.day] = append(byDay[u.day], u)
	}
	for day, c := range counted {
		err = errors.Join(err, d.writeUnmetDay(ctx, day, nil, c))
	}
	for _, day := range slices.Sorted(maps.Keys(byDay)) {
		list := byDay[day]
		slices.SortFunc(list, func(a, b Unmet) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Holder, b.Holder)) })
		for batch := range slices.Chunk(list, unmetBatch) {
			if failed := d.writeUnmetDay(ctx, day, batch, UnmetCounts{}); failed != nil {
				err = errors.Join(err, failed)
				continue
			}
			n += len(batch)
		}
	}
	return n, err
}

// writeUnmetDay writes down requests for one day, and how many more there were. If it fails, they wait again.
func (d *Desk) writeUnmetDay(ctx context.Context, day string, list []Unmet, more UnmetCounts) error {
	err := d.store.Update(ctx, func(tx store.Tx) error {
		u := UnmetDay{ID: day}
		err := tx.Get(unmetDays, day, &u)
		absent := fault.Is(err, fault.NotFound)
		if err != nil && !absent {
			return err
		}
		before := u
		u.UnmetCounts = u.plus(more)
		for i := range list {
			if err := u.keep(tx, list[i]); err != nil {
				return err
			}
		}
		if u == before {
			return nil
		}
		u.Revision++
		if absent {
			return tx.Insert(unmetDays, u)
		}
		return tx.Replace(unmetDays, u)
	})
	if err == nil {
		return nil
	}
	d.demand.putBack(day, list, more)
	return fmt.Errorf("write what was refused for %s: %w", day, err)
}

// keep counts a request and writes it down, unless it is known or of somebody who was erased meanwhile.
func (day *UnmetDay) keep(tx store.Tx, u Unmet) error {
	w := u.wish()
	u.ID = digest("unmet", w.holder, "|", w.venue, "|", w.space, "|", w.start, "|", w.end, "|", w.hour, "|", w.party)
	err := tx.Get(unmets, u.ID, new(bson.Raw))
	if err == nil {
		return nil
	}
	if !fault.Is(err, fault.NotFound) {
		return err
	}
	h, err := loadHolder(tx, u.Holder)
	if err != nil || h.Closed {
		return err
	}
	day.UnmetCounts = day.with(u.Code)
	if day.Kept >= maxKept {
		return nil
	}
	day.Kept++
	return tx.Insert(unmets, u)
}

// UnmetOf is what was refused at the venue for the dates, both included, within a transaction; at most a year.
func (d *Desk) UnmetOf(tx store.Tx, venue string, from, to civil.Date) (sum UnmetDay, err error) {
	q := store.Query{From: unmetDayID(venue, from), Before: unmetDayID(venue, to+1), Limit: 366}
	list, err := store.All[UnmetDay](tx, unmetDays, q)
	if err != nil {
		return sum, fmt.Errorf("read what was refused at %s: %w", venue, err)
	}
	for _, day := range list {
		sum.Kept += day.Kept
		sum.UnmetCounts = sum.plus(day.UnmetCounts)
	}
	return sum, nil
}

// UnmetCopy is every refused request that is kept of somebody, within a transaction, the latest first.
func (d *Desk) UnmetCopy(tx store.Tx, holder string) (all []Unmet, err error) {
	for after := ""; ; {
		q := store.Query{Index: byHolder, Equal: []any{holder}, Desc: true, Limit: unmetBatch, After: after}
		page, next, err := store.Page[Unmet](tx, unmets, q)
		if err != nil {
			return nil, fmt.Errorf("read what was refused to %s: %w", holder, err)
		}
		all = append(all, page...)
		if after = next; after == "" {
			return all, nil
		}
	}
}

// ForgetUnmet deletes the refused requests of before the moment; the counts of the days stay. Needs RunJobs.
func (d *Desk) ForgetUnmet(ctx context.Context, actor account.Actor, before time.Time) (int, error) {
	if err := actor.Check(account.RunJobs, ""); err != nil {
		return 0, err
	}
	return store.DeleteBefore(ctx, d.store, unmets, byAt, before)
}

// forgetUnmet deletes the refused requests of a holder.
func (d *Desk) forgetUnmet(ctx context.Context, holder string) error {
	for done := unmetBatch; done == unmetBatch; {
		err := d.store.Update(ctx, func(tx store.Tx) error {
			done = 0
			q := store.Query{Index: byHolder, Equal: []any{holder}, Limit: unmetBatch}
			return tx.Find(unmets, q, func(raw bson.Raw) (bool, error) {
				done++
				id, _ := raw.Lookup("_id").StringValueOK()
				return true, tx.Delete(unmets, id)
			})
		})
		if err != nil {
			return fmt.Errorf("forget what was refused to %s: %w", holder, err)
		}
	}
	return nil
}
