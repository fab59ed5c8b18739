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

// The combiner is the one way in for everything that writes a venue's sheets. Who comes waits for the venue's next
// transaction; all who wait when it begins are decided in it, in the order they came, over sheets that are read and
// decoded once, and each gets an answer of its own after the commit. A rush of 500 for 24 seats is a handful of
// transactions instead of 500.
//
// When the store has one writer, a transaction that waits for its turn there goes on collecting until it begins, and
// the next one does not wait for its commit: the store commits them together. Otherwise two transactions of one venue
// at once would only make each other run again, so the next one begins after the commit.
//
// It relies on verbs that find out everything that can refuse them before they change the working set: a refused
// member leaves nothing behind for the others to trip over. When the transaction as a whole fails, its members are
// run again one by one.

const (
	// maxBatch bounds how long the first of a batch waits for the last, and maxRemote how long a transaction takes on
	// a store that is asked over a network: a few questions a member.
	maxBatch  = 256
	maxRemote = 64
	// maxTries is how often a lone request is run again after losing a race for an insert against another process.
	maxTries = 8
	// maxWait ends a transaction whose store does not answer. It is longer than any request is willing to wait.
	maxWait = 30 * time.Second
)

type combiner struct {
	oneWriter bool // the store runs one transaction at a time

	mu     sync.Mutex
	queues map[string]*queue // only of venues that somebody waits for
}

// queue is who waits for a venue's next transaction, which somebody has been sent to begin.
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

// do runs the verb in a transaction on the venue's sheets, maybe together with others, and returns its answer after
// the commit. A caller whose ctx ends before its turn comes is answered with the end of its ctx, and nothing
// happened. After that it waits for the answer.
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
		// Nobody's leaving may end the transaction of the others.
		go d.serve(context.WithoutCancel(t.ctx), venue)
	}
	q.waiting = append(q.waiting, t)
}

// serve decides who waits for the venue when its transaction begins.
func (d *Desk) serve(ctx context.Context, venue string) {
	b := &batch{venue: venue}
	err := d.attempt(ctx, b)
	if b.turns == nil { // it never began
		b.turns = d.collect(ctx, venue)
	}
	if !d.combiner.oneWriter {
		d.combiner.mu.Lock()
		d.next(ctx, venue)
		d.combiner.mu.Unlock()
	}
	d.answer(ctx, b, err)
}

// batch is the turns that one transaction decides.
type batch struct {
	venue string
	turns []*turn // nil: not known yet
}

// collect takes who waits, without those who went away.
func (d *Desk) collect(ctx context.Context, venue string) []*turn {
	c := &d.combiner
	c.mu.Lock()
	defer c.mu.Unlock()
	q := c.queues[venue]
	most := maxRemote
	if c.oneWriter {
		most = maxBatch
	}
	turns := make([]*turn, 0, min(len(q.waiting), most))
	for len(q.waiting) > 0 && len(turns) < most {
		if t := q.waiting[0]; t.state.CompareAndSwap(turnWaiting, turnTaken) {
			turns = append(turns, t)
		}
		q.waiting = q.waiting[1:]
	}
	if c.oneWriter {
		d.next(ctx, venue)
	}
	return turns
}

// next sends somebody to begin the venue's next transaction if anybody waits for it. The combiner is locked.
func (d *Desk) next(ctx context.Context, venue string) {
	if len(d.combiner.queues[venue].waiting) > 0 {
		go d.serve(ctx, venue)
	} else {
		delete(d.combiner.queues, venue)
	}
}

// answer gives every turn of the batch what the transaction found for it. If that failed, each is run again by
// itself, so that none suffers from another; but not when the store does not answer at all.
func (d *Desk) answer(ctx context.Context, b *batch, err error) {
	switch {
	case err == nil:
	case fault.Is(err, fault.Unavailable) || errors.Is(err, context.DeadlineExceeded):
		for _, t := range b.turns {
			t.made, t.err = Booking{}, err
		}
	default:
		for _, t := range b.turns {
			if err := d.alone(ctx, b.venue, t, err); err != nil {
				t.made, t.err = Booking{}, err
			}
		}
	}
	for _, t := range b.turns {
		close(t.done)
	}
}

// alone runs one turn again by itself after the transaction failed in which it was: at once, and then as long as it
// keeps losing a race. An error means that it was not decided.
func (d *Desk) alone(ctx context.Context, venue string, t *turn, err error) error {
	for range maxTries {
		if err = d.attempt(ctx, &batch{venue: venue, turns: []*turn{t}}); err == nil || !lostRace(err) {
			return err
		}
	}
	busy := fault.New(fault.Unavailable, "busy", "Too many people are booking here at once; try again in a moment.")
	return fmt.Errorf("%w (%w)", busy, err)
}

// attempt decides the batch in one transaction. An error means that nothing of it happened.
func (d *Desk) attempt(ctx context.Context, b *batch) (err error) {
	limited, stop := context.WithTimeout(ctx, maxWait)
	defer stop()
	var w *work
	defer func() {
		if r := recover(); r != nil {
			err = panicked(r)
		}
		if w != nil {
			w.over(err == nil)
		}
	}()
	return d.store.Update(limited, func(tx store.Tx) (err error) {
		if b.turns == nil {
			b.turns = d.collect(ctx, b.venue)
		}
		w, err = d.begin(tx, b.venue)
		if err == nil {
			err = w.decide(b.turns)
		} else if refusal(err) { // there is no such venue, and nothing to write
			for _, t := range b.turns {
				t.made, t.err = Booking{}, err
			}
			err = nil
		}
		return err
	})
}

// decide runs the turns one after the other over the working set and writes what they made of it.
func (w *work) decide(turns []*turn) error {
	for _, t := range turns {
		t.made, t.err = t.runIn(w)
		if t.err != nil && !refusal(t.err) {
			return t.err
		}
	}
	if err := w.offerAll(turns); err != nil {
		return err
	}
	for _, t := range turns {
		t.err = w.localized(t.err)
	}
	if err := w.save(); err != nil {
		return err
	}
	if w.combiner.oneWriter {
		w.sheets.Keep() // for the next transaction, which begins before this one is on disk
	}
	return nil
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

// lostRace reports whether a document that had to be new was not: somebody else inserted the sheet, the holder's
// record, or (very rarely) a booking with the same number. Running again finds it there.
func lostRace(err error) bool {
	code := fault.CodeOf(err)
	return code == "duplicate_id" || code == "duplicate_key"
}
