package report

import (
	"context"
	"fmt"
	"slices"
	"time"

	"wenguan/models/account"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/store"
)

// Written is the summary of a finished week or month as it was written down, of one venue or of the district.
type Written struct {
	ID        string     `bson:"_id"` // week|2026-11-23|venue; the district's ends after the second |
	Period    Period     `bson:"period"`
	From      civil.Date `bson:"from"`
	To        civil.Date `bson:"to"`    // last day, included
	Venue     string     `bson:"venue"` // "": the district
	Figures   Figures    `bson:",inline"`
	WrittenAt time.Time  `bson:"written_at"`
}

// WriteSummaries writes down the summaries of the week or month the date is in, one per venue and one for the district,
// from the roll-ups there are. Written again they stay as they are unless the figures changed. It returns fault.Invalid
// ("period_unknown", "period_not_over").
func (b *Bureau) WriteSummaries(ctx context.Context, p Period, of civil.Date) error {
	if p != Week && p != Month {
		return fault.New(fault.Invalid, "period_unknown", "Summaries are written by week or by month.")
	}
	from, to := p.Start(of), p.End(of)-1
	now := b.clock().UTC().Truncate(time.Millisecond)
	var list []Written
	err := b.store.View(ctx, func(tx store.Tx) error {
		venues, err := b.venues.All(tx)
		if err != nil {
			return err
		}
		for _, v := range venues {
			if civil.DateOf(now, v.Location()) <= to {
				return fault.New(fault.Invalid, "period_not_over", "That %s is not over.", string(p))
			}
		}
		t, err := newTally(tx, scope{venues, true}, from, to, never, never)
		if err != nil {
			return err
		}
		list = t.write(p, from, to, now)
		return nil
	})
	if err != nil {
		return err
	}
	for chunk := range slices.Chunk(list, 100) {
		if err := b.store.Update(ctx, func(tx store.Tx) error { return keepWritten(tx, chunk) }); err != nil {
			return fmt.Errorf("write summaries of the %s of %s: %w", p, from, err)
		}
	}
	return nil
}

func (t *tally) write(p Period, from, to civil.Date, now time.Time) []Written {
	district := Written{Period: p, From: from, To: to, WrittenAt: now}
	var list []Written
	for id, f := range t.venues {
		w := district
		w.Venue, w.Figures = id, *f
		list = append(list, w)
	}
	for i := range list {
		district.Figures.add(&list[i].Figures)
	}
	list = append(list, district)
	for i := range list {
		list[i].ID = writtenID(p, from, list[i].Venue)
	}
	return list
}

func writtenID(p Period, from civil.Date, venue string) string {
	return fmt.Sprintf("%s|%s|%s", p, from, venue)
}

func keepWritten(tx store.Tx, list []Written) error {
	for i := range list {
		var old Written
		err := tx.Get(summaries, list[i].ID, &old)
		switch {
		case fault.Is(err, fault.NotFound):
			err = tx.Insert(summaries, list[i])
		case err == nil && !old.Figures.equal(&list[i].Figures):
			err = tx.Replace(summaries, list[i])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// rewrite writes again the summaries of finished periods with any of the dates in them, where they were written before.
func (b *Bureau) rewrite(ctx context.Context, dates []civil.Date) error {
	type period struct {
		p    Period
		from civil.Date
	}
	touched := map[period]bool{}
	for _, d := range dates {
		touched[period{Week, Week.Start(d)}] = true
		touched[period{Month, Month.Start(d)}] = true
	}
	for t := range touched {
		err := b.store.View(ctx, func(tx store.Tx) error {
			var old Written
			return tx.Get(summaries, writtenID(t.p, t.from, ""), &old)
		})
		if err == nil {
			err = b.WriteSummaries(ctx, t.p, t.from)
		}
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
	}
	return nil
}

// ReadWritten lists the summaries written of the week or month the date is in that the actor may see, by venue; the
// district's is first and only for those who may see all of it.
func (b *Bureau) ReadWritten(ctx context.Context, actor account.Actor, p Period, of civil.Date) ([]Written, error) {
	if err := actor.Check(account.ViewSummary, ""); err != nil {
		return nil, err
	}
	ids, all := actor.Scope(account.ViewSummary)
	var list []Written
	err := b.store.View(ctx, func(tx store.Tx) (err error) {
		from := p.Start(of)
		list, err = store.All[Written](tx, summaries, store.Query{
			Index: byPeriod, Equal: []any{string(p)}, From: from.String(), Before: from.Add(1).String(),
		})
		return err
	})
	return slices.DeleteFunc(list, func(w Written) bool { return !all && !slices.Contains(ids, w.Venue) }), err
}
