package notice

import (
	"context"
	"fmt"
	"time"

	"wenguan/models/store"
)

const (
	outbox = "notices"
	byDue  = "due"
	byDone = "done"
)

// Collections declares what the outbox keeps.
func Collections() []store.Collection {
	return []store.Collection{{Name: outbox, Indexes: []store.Index{
		{Name: byDue, Fields: []string{"lane", "next"}},
		{Name: byDone, Fields: []string{"done"}},
	}}}
}

func insert(tx store.Tx, n Notice) error {
	e := newEntry(n)
	return tx.Insert(outbox, e.encode())
}

// dueIn selects what may be sent now in a lane, the longest waiting first.
func dueIn(lane string, now time.Time, limit int) store.Query {
	return store.Query{Index: byDue, Equal: []any{lane}, Before: now.Add(time.Millisecond), Limit: limit}
}

// busy returns the lanes that have something due.
func (o *Outbox) busy(ctx context.Context) ([]string, error) {
	now := o.clock()
	var found []string
	err := o.store.View(ctx, func(tx store.Tx) error {
		found = nil
		for _, lane := range lanes {
			due, err := store.All[entry](tx, outbox, dueIn(lane, now, 1))
			if err != nil {
				return err
			}
			if len(due) > 0 {
				found = append(found, lane)
			}
		}
		return nil
	})
	return found, err
}

// claim leases up to a batch of what is due in a lane. An instance that claims the same ones at the same moment
// collides on the first of them and finds them taken.
func (o *Outbox) claim(ctx context.Context, lane string) ([]entry, error) {
	var claimed []entry
	err := o.store.Update(ctx, func(tx store.Tx) error {
		claimed = nil
		now := o.clock()
		due, err := store.All[entry](tx, outbox, dueIn(lane, now, batch))
		if err != nil {
			return err
		}
		for _, e := range due {
			e = e.leased(now)
			if err := tx.Replace(outbox, e.encode()); err != nil {
				return err
			}
			claimed = append(claimed, e)
		}
		return nil
	})
	return claimed, err
}

// settle replaces a leased entry by what became of it, unless its lease was lost to somebody else. It does so even when
// ctx is already cancelled: the message is out, and forgetting that would send it again.
func (o *Outbox) settle(ctx context.Context, held, became entry) error {
	return o.store.Update(context.WithoutCancel(ctx), func(tx store.Tx) error {
		var stored entry
		if err := tx.Get(outbox, held.ID, &stored); err != nil {
			return err
		}
		if stored.Lease != held.Lease {
			return nil
		}
		return tx.Replace(outbox, became.encode())
	})
}

// Tidy deletes notices that were done 30 days ago, at most 10,000 at a time, and returns how many.
func (o *Outbox) Tidy(ctx context.Context) (int, error) {
	if o.silent {
		return 0, nil
	}
	n, err := store.DeleteBefore(ctx, o.store, outbox, byDone, o.clock().Add(-keepDone))
	if err != nil {
		return n, fmt.Errorf("tidy notices: %w", err)
	}
	return n, nil
}
