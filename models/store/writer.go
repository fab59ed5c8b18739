package store

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"

	"go.etcd.io/bbolt"
)

// writer is the one goroutine that writes. It takes every waiting update, runs one after the other over one overlay,
// commits what the successful ones wrote in one bbolt transaction, and answers all of them after that commit. A panic or
// a runtime.Goexit (t.FailNow) in an update goes on in the goroutine of its caller; the writer lives on.
type writer struct {
	db     *bbolt.DB
	schema *schema

	mu      sync.Mutex
	waiting []*update
	closed  bool
	wake    chan struct{} // holds one signal: look at waiting and closed
	done    chan struct{} // closed when the writer has ended

	// The batch under way.
	batch  []*update
	next   int // of batch, the first that has not been run
	ran    []*update
	tx     *bbolt.Tx
	file   *file // what tx reads
	over   *overlay
	broken error // why nothing more is written: the disk lost what it had taken
}

// update is one call of Embedded.Update.
type update struct {
	ctx      context.Context
	fn       func(Tx) error
	state    atomic.Int32
	err      error // the answer
	panicked any   // what fn panicked with
	stack    []byte
	exited   bool // fn ended its goroutine
	reply    chan struct{}
}

// States of an update.
const (
	updateWaiting int32 = iota
	updateTaken
	updateGivenUp // its ctx was done before its turn came
)

// appendedFill is how full a page gets of which only the end grows, such as those of documents named after the moment they
// were made. The others are split in halves, which leaves room for what comes between.
const appendedFill = 0.9

// batchMax bounds the updates of one commit, so that the first of them does not wait for all of a rush.
const batchMax = 512

func startWriter(db *bbolt.DB, schema *schema) *writer {
	w := &writer{
		db: db, schema: schema, over: newOverlay(schema),
		wake: make(chan struct{}, 1), done: make(chan struct{}),
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
	u := &update{ctx: ctx, fn: fn, reply: make(chan struct{}, 1)} // never used again: tests have bubbles (testing/synctest)
	if !w.enqueue(u) {
		return closed()
	}
	select {
	case <-u.reply:
	case <-ctx.Done():
		if u.state.CompareAndSwap(updateWaiting, updateGivenUp) {
			return ended(ctx)
		}
		<-u.reply // its turn has come: the answer is the truth
	}
	switch {
	case u.panicked != nil:
		panic(fmt.Sprintf("%v [in store.Update]\n%s", u.panicked, u.stack))
	case u.exited:
		runtime.Goexit()
	}
	return u.err
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

func (w *writer) run() {
	exited := true
	defer func() {
		if exited {
			go w.run() // a fn has ended this goroutine; another one goes on where it was
		}
	}()
	if w.tx != nil {
		w.commit()
	}
	for range w.wake {
		closed := w.take(batchMax)
		for len(w.batch) > 0 {
			w.begin()
			closed = w.take(batchMax)
		}
		if closed {
			break
		}
	}
	exited = false
	close(w.done)
}

// take makes up to limit of the waiting updates the batch.
func (w *writer) take(limit int) (closed bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	clear(w.batch)
	w.batch, w.next = w.batch[:0], 0
	if len(w.waiting) <= limit {
		w.batch, w.waiting = w.waiting, w.batch
	} else {
		w.batch = append(w.batch, w.waiting[:limit]...)
		w.waiting = slices.Delete(w.waiting, 0, limit)
	}
	return w.closed
}

// begin starts the transaction of the batch and commits it.
func (w *writer) begin() {
	err := w.broken
	if err == nil {
		w.tx, err = w.db.Begin(true)
	}
	if err == nil {
		w.file = newFile(w.tx, w.schema)
		w.commit()
		return
	}
	for _, u := range w.batch {
		if u.state.CompareAndSwap(updateWaiting, updateTaken) {
			u.err = notDurable(err)
			u.reply <- struct{}{}
		}
	}
}

// commit runs the rest of the batch, and whoever comes meanwhile, and answers all of them.
func (w *writer) commit() {
	for len(w.batch) > 0 {
		for w.next < len(w.batch) {
			u := w.batch[w.next]
			w.next++
			if u.state.CompareAndSwap(updateWaiting, updateTaken) {
				w.ran = append(w.ran, u)
				w.attempt(u)
			}
		}
		w.take(max(0, batchMax-len(w.ran)))
	}
	err := w.flush()
	w.tx, w.file = nil, nil
	for _, u := range w.ran {
		if err != nil {
			u.err = err
		}
		u.reply <- struct{}{}
	}
	clear(w.ran)
	w.ran = w.ran[:0]
	w.over.reset()
}

// attempt runs an update. However its fn ends, its writes stay in the overlay only if it succeeded.
func (w *writer) attempt(u *update) {
	mark := w.over.mark()
	tx := &embeddedTx{ctx: u.ctx, schema: w.schema, file: w.file, over: w.over}
	returned := false
	defer func() {
		if !returned {
			if u.panicked = recover(); u.panicked != nil {
				u.stack = debug.Stack()
			} else {
				u.exited = true
			}
		}
		if tx.ended = true; !returned || u.err != nil {
			w.over.rollback(mark)
		}
	}()
	if u.err = u.fn(tx); u.err == nil {
		u.err = tx.failed
	}
	if u.err == nil && u.ctx.Err() != nil {
		u.err = ended(u.ctx)
	}
	returned = true
}

// flush makes the overlay durable. If it cannot, nothing of the batch is in the file.
func (w *writer) flush() error {
	if w.over.mark() == 0 {
		return w.tx.Rollback()
	}
	for space := range w.over.spaces {
		s := &w.over.spaces[space]
		if len(s.chunks) == 0 {
			continue
		}
		bucket := w.file.bucket(space)
		if last, _ := bucket.Cursor().Last(); bytes.Compare(s.chunks[0][0].key, last) > 0 {
			bucket.FillPercent = appendedFill
		}
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

func notDurable(err error) error {
	return unavailable("not_saved", "This could not be saved; nothing of it was kept. Try again later.", err)
}
