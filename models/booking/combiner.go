package booking

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"wenguan/models/fault"
	"wenguan/models/store"
)

// The combiner is the one way in for everything that writes a venue's sheets. Who comes while a transaction of the venue is under way
// waits; then all who wait are decided in one transaction, in the order they came, over sheets that are read and decoded once, and each
// gets an answer of its own after the commit. A rush of 500 for 24 seats is a handful of transactions instead of 500.
//
// It relies on verbs that find out everything that can refuse them before they change the working set: a refused member leaves nothing behind
// for the others to trip over. When the transaction as a whole fails, its members are run again one by one.

const (
	// maxBatch bounds how long the first of a batch waits for the last.
	maxBatch = 256
	// maxTries is how often a lone request is run again after losing a race for an insert against another process.
	maxTries = 8
	// maxWait ends a transaction whose store does not answer. It is longer than any request is willing to wait.
	maxWait = 30 * time.Second
)

type combiner struct {
	mu     sync.Mutex
	queues map[string]*queue // only of venues that somebody waits for
}

// queue is who waits for a venue, while one worker serves it.
type queue struct{ waiting []*turn }

// turn is one request on its way through.
type turn struct {
	ctx   context.Context
	run   func(*work) (Booking, error)
	state atomic.Int32
	done  chan struct{}

	made Booking // the answer
	err  error
}

const (
	turnWaiting int32 = iota
	turnTaken
	turnGivenUp // its caller went away before it was taken
)

// do runs the verb in a transaction on the venue's sheets, maybe together with others, and returns its answer after the commit. A caller whose
// ctx ends before its turn comes is answered with the end of its ctx, and nothing happened. After that it waits for the answer.
func (d *Desk) do(ctx context.Context, venue string, run func(*work) (Booking, error)) (Booking, error) {
	if err := ctx.Err(); err != nil {
		return Booking{}, context.Cause(ctx)
	}
	t := &turn{ctx: ctx, run: run, done: make(chan struct{})}
	d.enqueue(venue, t)
	select {
	case <-t.done:
	case <-ctx.Done():
		if t.state.CompareAndSwap(turnWaiting, turnGivenUp) {
			return Booking{}, context.Cause(ctx)
		}
		<-t.done
	}
	if t.err != nil {
		return Booking{}, t.err
	}
	return t.made, nil
}

func (d *Desk) enqueue(venue string, t *turn) {
	c := &d.combiner
	c.mu.Lock()
	defer c.mu.Unlock()
	q := c.queues[venue]
	if q == nil {
		q = &queue{}
		c.queues[venue] = q
		go d.serve(venue, q)
	}
	q.waiting = append(q.waiting, t)
}

// serve decides batches until nobody waits any more.
func (d *Desk) serve(venue string, q *queue) {
	for {
		batch := d.combiner.take(venue, q)
		if batch == nil {
			return
		}
		d.decide(venue, batch)
		for _, t := range batch {
			close(t.done)
		}
	}
}

// take is the next batch; nil, and the queue is gone, when nobody waits.
func (c *combiner) take(venue string, q *queue) []*turn {
	c.mu.Lock()
	defer c.mu.Unlock()
	var batch []*turn
	n := 0
	for _, t := range q.waiting {
		if len(batch) == maxBatch {
			break
		}
		n++
		if t.state.CompareAndSwap(turnWaiting, turnTaken) {
			batch = append(batch, t)
		}
	}
	q.waiting = q.waiting[n:]
	if batch == nil {
		delete(c.queues, venue)
	}
	return batch
}

// decide answers every turn of the batch.
func (d *Desk) decide(venue string, batch []*turn) {
	err := d.attempt(venue, batch)
	for try := 1; len(batch) == 1 && lostRace(err) && try < maxTries; try++ {
		err = d.attempt(venue, batch)
	}
	if lostRace(err) && len(batch) == 1 {
		err = fault.New(fault.Unavailable, "busy", "Too many people are booking here at once; try again in a moment.")
	}
	switch {
	case err == nil:
	case len(batch) == 1 || fault.Is(err, fault.Unavailable) || errors.Is(err, context.DeadlineExceeded):
		for _, t := range batch {
			t.made, t.err = Booking{}, err
		}
	default:
		for i := range batch {
			d.decide(venue, batch[i:i+1])
		}
	}
}

// attempt runs the batch in one transaction. An error means that nothing of it happened.
func (d *Desk) attempt(venue string, batch []*turn) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = panicked(r)
		}
	}()
	// Nobody's leaving may end the transaction of the others.
	ctx, stop := context.WithTimeout(context.WithoutCancel(batch[0].ctx), maxWait)
	defer stop()
	var w *work
	err = d.store.Update(ctx, func(tx store.Tx) error {
		var err error
		w, err = d.begin(tx, venue)
		if refusal(err) {
			for _, t := range batch {
				t.made, t.err = Booking{}, err
			}
			return nil
		}
		if err != nil {
			return err
		}
		for _, t := range batch {
			t.made, t.err = t.runIn(w)
			if t.err != nil && !refusal(t.err) {
				return t.err
			}
		}
		if err := w.offerAll(batch); err != nil {
			return err
		}
		for _, t := range batch {
			t.err = w.localized(t.err)
		}
		return w.save()
	})
	if err == nil && w != nil {
		w.committed()
	}
	return err
}

// runIn turns a panic into an error, which ends the transaction: the working set may be half changed.
func (t *turn) runIn(w *work) (b Booking, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = panicked(r)
		}
	}()
	return t.run(w)
}

func panicked(r any) error { return fmt.Errorf("booking: panic: %v\n%s", r, debug.Stack()) }

// refusal reports whether err is an answer to one request. Anything else concerns the transaction.
func refusal(err error) bool {
	if _, ok := errors.AsType[*taken](err); ok {
		return true
	}
	switch fault.KindOf(err) {
	case "", fault.Internal, fault.Unavailable:
		return false
	}
	return !lostRace(err)
}

// lostRace reports whether a document that had to be new was not: somebody else inserted the sheet, the holder's record, the idempotency key, or
// (very rarely) a booking with the same number. Running again finds it there.
func lostRace(err error) bool {
	code := fault.CodeOf(err)
	return code == "duplicate_id" || code == "duplicate_key"
}
