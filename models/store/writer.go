package store

import (
	"context"
	"sync"
	"sync/atomic"
	"syscall"

	"go.etcd.io/bbolt"
)

// writer is the one goroutine that writes. It takes every waiting update, lets them run one after the other over one
// overlay, commits what the successful ones wrote in one bbolt transaction, and answers them after that commit.
//
// The fn of an update runs in the goroutine of its caller, which gets the turn and hands it back. So a panic or a
// runtime.Goexit (t.FailNow) in fn is the caller's own, and the writer lives on.
type writer struct {
	db     *bbolt.DB
	schema *schema

	mu      sync.Mutex
	waiting []*update
	closed  bool
	wake    chan struct{} // holds one signal: look at waiting and closed
	done    chan struct{} // closed when the writer has ended

	turnOver chan struct{} // the caller that had the turn hands it back

	// Of the batch under way. Only who has the turn touches these.
	tx     *bbolt.Tx
	over   *overlay
	ran    []*update
	broken error // why nothing more is written: the disk lost what it had taken
}

// update is one call of Embedded.Update.
type update struct {
	ctx     context.Context
	state   atomic.Int32
	turn    chan struct{}
	refused error // why there is no transaction to run fn in
	ended   bool  // fn returned (it did not panic), so its caller waits for the reply
	err     error // of fn
	reply   chan error
}

// States of an update.
const (
	updateWaiting int32 = iota
	updateRunning
	updateGivenUp // its ctx was done before its turn came
)

// batchMax bounds the updates of one commit, so that the first of them does not wait for all of a rush.
const batchMax = 512

func startWriter(db *bbolt.DB, schema *schema) *writer {
	w := &writer{
		db: db, schema: schema, over: newOverlay(len(schema.spaces)),
		wake: make(chan struct{}, 1), done: make(chan struct{}), turnOver: make(chan struct{}),
	}
	go w.run()
	return w
}

// stop waits for the updates under way and refuses the ones that come after.
func (w *writer) stop() {
	w.mu.Lock()
	w.closed = true
	w.mu.Unlock()
	w.signal()
	<-w.done
}

func (w *writer) update(ctx context.Context, fn func(Tx) error) error {
	if ctx.Err() != nil {
		return ended(ctx)
	}
	u := &update{ctx: ctx, turn: make(chan struct{}, 1), reply: make(chan error, 1)}
	if !w.enqueue(u) {
		return closed()
	}
	select {
	case <-u.turn:
	case <-ctx.Done():
		if u.state.CompareAndSwap(updateWaiting, updateGivenUp) {
			return ended(ctx)
		}
		<-u.turn
	}
	if u.refused != nil {
		return u.refused
	}
	w.attempt(u, fn)
	return <-u.reply
}

func (w *writer) enqueue(u *update) bool {
	w.mu.Lock()
	if w.closed {
		w.mu.Unlock()
		return false
	}
	w.waiting = append(w.waiting, u)
	w.mu.Unlock()
	w.signal()
	return true
}

func (w *writer) signal() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// attempt runs fn while its caller has the turn. However fn ends, its writes stay in the overlay only if it succeeded.
func (w *writer) attempt(u *update, fn func(Tx) error) {
	mark := w.over.mark()
	tx := &embeddedTx{ctx: u.ctx, schema: w.schema, bolt: w.tx, over: w.over}
	defer func() {
		tx.ended = true
		if !u.ended || u.err != nil {
			w.over.rollback(mark)
		}
		w.turnOver <- struct{}{}
	}()
	if u.err = fn(tx); u.err == nil {
		u.err = tx.failed
	}
	if u.err == nil && u.ctx.Err() != nil {
		u.err = ended(u.ctx)
	}
	u.ended = true
}

func (w *writer) run() {
	defer close(w.done)
	for range w.wake {
		batch, closed := w.take(batchMax)
		for len(batch) > 0 {
			w.commit(batch)
			batch, closed = w.take(batchMax)
		}
		if closed {
			return
		}
	}
}

// take removes up to limit updates from those that wait.
func (w *writer) take(limit int) (batch []*update, closed bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.waiting) <= limit {
		batch, w.waiting = w.waiting, nil
	} else {
		batch, w.waiting = w.waiting[:limit:limit], w.waiting[limit:]
	}
	return batch, w.closed
}

// commit runs the batch, and whoever comes while it runs, and answers all of them.
func (w *writer) commit(batch []*update) {
	err := w.broken
	if err == nil {
		w.tx, err = w.db.Begin(true)
	}
	if err != nil {
		w.refuse(batch, err)
		return
	}
	for len(batch) > 0 {
		w.runAll(batch)
		batch, _ = w.take(max(0, batchMax-len(w.ran)))
	}
	err = w.flush()
	for _, u := range w.ran {
		if err != nil {
			u.err = err
		}
		u.reply <- u.err
	}
	clear(w.ran)
	w.ran, w.tx = w.ran[:0], nil
	w.over.reset()
}

func (w *writer) runAll(batch []*update) {
	for _, u := range batch {
		if !u.state.CompareAndSwap(updateWaiting, updateRunning) {
			continue
		}
		u.turn <- struct{}{}
		<-w.turnOver
		if u.ended {
			w.ran = append(w.ran, u)
		}
	}
}

// flush makes the overlay durable. If it cannot, nothing of the batch is in the file.
func (w *writer) flush() error {
	if w.over.mark() == 0 {
		return w.tx.Rollback()
	}
	for space, name := range w.schema.spaces {
		s := &w.over.spaces[space]
		if len(s.chunks) == 0 {
			continue
		}
		bucket := w.tx.Bucket([]byte(name))
		for _, chunk := range s.chunks {
			for _, e := range chunk {
				if err := e.write(bucket); err != nil {
					_ = w.tx.Rollback()
					return notDurable(err)
				}
			}
		}
	}
	if err := w.tx.Commit(); err != nil {
		// bbolt returns the bare errno only of a failed fsync. After one the kernel may have dropped pages it had
		// taken, and the next fsync would not say so; so nothing more is written until the file is opened anew.
		if errno, ok := err.(syscall.Errno); ok {
			w.broken = errno
		}
		return notDurable(err)
	}
	return nil
}

func (e entry) write(bucket *bbolt.Bucket) error {
	if e.deleted {
		return bucket.Delete(e.key)
	}
	return bucket.Put(e.key, e.value)
}

// refuse answers updates whose fn has not been run.
func (w *writer) refuse(batch []*update, err error) {
	for _, u := range batch {
		if u.state.CompareAndSwap(updateWaiting, updateRunning) {
			u.refused = notDurable(err)
			u.turn <- struct{}{}
		}
	}
}

func notDurable(err error) error {
	return unavailable("not_saved", "This could not be saved; nothing of it was kept. Try again later.", err)
}
