package notice

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"wenguan/models/id"
	"wenguan/models/store"
)

// How the outbox works off what is due. A batch is claimed at once and ends well within its lease: its senders take
// at most batch/workers*sendTimeout = 60 s.
const (
	batch       = 20
	workers     = 5
	sendTimeout = 15 * time.Second
	lease       = 2 * time.Minute
	maxTries    = 12 // about three and a half hours of trying
	keepDone    = 30 * 24 * time.Hour
)

// Senders are the ways out. With both nil everything goes to the log.
type Senders struct {
	SMS  Sender // phone numbers; nil: phones are not reached
	Mail Sender // e-mail addresses; nil: e-mail is not reached
}

// Outbox holds notices until they are sent. It is safe for concurrent use and by several instances of the service: a
// notice is leased before it is sent, so each is sent once, and again only if the instance died or lost the store
// between sending and writing that down (at least once).
type Outbox struct {
	store   store.Store
	senders Senders
	log     *slog.Logger
	clock   func() time.Time
	woken   chan struct{}
	silent  bool
}

// New makes the outbox of st.
func New(st store.Store, senders Senders, log *slog.Logger, clock func() time.Time) *Outbox {
	if senders.SMS == nil && senders.Mail == nil {
		senders = Senders{SMS: NewLog(log), Mail: NewLog(log)}
	}
	return &Outbox{store: st, senders: senders, log: log, clock: clock, woken: make(chan struct{}, 1)}
}

// Discard returns an outbox that drops every notice: for filling a demo with history nobody should be told about.
func Discard() *Outbox { return &Outbox{woken: make(chan struct{}, 1), silent: true} }

// Put adds a notice within the transaction of the change it tells about. It does nothing when To is empty or cannot be
// reached. An unknown template or a missing param is an error of the caller and fails the transaction.
func (o *Outbox) Put(tx store.Tx, n Notice) error {
	if o.silent || n.To == "" || !o.Reaches(n.To) {
		return nil
	}
	now := o.clock()
	n, err := n.ready(now)
	if err != nil {
		return err
	}
	if n.ID == "" {
		n.ID = id.New(now)
	}
	if err := insert(tx, n); err != nil {
		return fmt.Errorf("put notice %s: %w", n.Template, err)
	}
	o.Wake()
	return nil
}

// Wake makes Woken receive. Put does it too, but before its transaction commits; a verb whose notice is urgent calls Wake
// after the commit, so that Deliver surely finds it.
func (o *Outbox) Wake() {
	select {
	case o.woken <- struct{}{}:
	default: // a signal is waiting already
	}
}

// Woken receives, at best effort, when there may be something to deliver at once. Deliver is to be called now and then
// all the same: retries and notices of other instances make no signal.
func (o *Outbox) Woken() <-chan struct{} { return o.woken }

// Reaches reports whether there is a sender for this address.
func (o *Outbox) Reaches(to string) bool { return o.silent || o.sender(to) != nil }

// Reachable returns the first of these addresses that there is a sender for, "" if there is none.
func (o *Outbox) Reachable(addresses ...string) string {
	for _, to := range addresses {
		if to != "" && o.Reaches(to) {
			return to
		}
	}
	return ""
}

// Deliver sends what is due and returns how many notices were sent. A failed one is tried again after 5 seconds, then
// after twice as long each time, up to an hour, and given up after 12 tries, when it expires, or when the receiver refuses it
// for good. The error is one of the store; failures of senders are logged, without personal data.
func (o *Outbox) Deliver(ctx context.Context) (sent int, err error) {
	if o.silent {
		return 0, nil
	}
	lanes, err := o.busy(ctx)
	if err != nil {
		return 0, fmt.Errorf("deliver notices: %w", err)
	}
	var total atomic.Int64
	group, ctx := errgroup.WithContext(ctx)
	for _, lane := range lanes {
		group.Go(func() error { return o.drain(ctx, lane, &total) })
	}
	if err := group.Wait(); err != nil {
		return int(total.Load()), fmt.Errorf("deliver notices: %w", err)
	}
	return int(total.Load()), nil
}

// drain works off one lane until nothing in it is due.
func (o *Outbox) drain(ctx context.Context, lane string, total *atomic.Int64) error {
	for ctx.Err() == nil {
		claimed, err := o.claim(ctx, lane)
		if err != nil {
			return err
		}
		var group errgroup.Group
		group.SetLimit(workers)
		for _, e := range claimed {
			group.Go(func() error {
				ok, err := o.deliverOne(ctx, e)
				if ok {
					total.Add(1)
				}
				return err
			})
		}
		if err := group.Wait(); err != nil {
			return err
		}
		if len(claimed) < batch {
			return nil
		}
	}
	return ctx.Err()
}

// deliverOne sends a claimed notice and writes down what became of it.
func (o *Outbox) deliverOne(ctx context.Context, e entry) (sent bool, err error) {
	now := o.clock()
	if !now.Before(e.Expires) {
		o.report(ctx, e, slog.LevelError, "expired")
		return false, o.settle(ctx, e, e.finish(expired, now))
	}
	failure := o.send(ctx, e.Notice)
	now = o.clock()
	switch {
	case failure == nil:
		return true, o.settle(ctx, e, e.finish(delivered, now))
	case ctx.Err() != nil: // the service is stopping: not the notice's fault
		return false, o.settle(ctx, e, e.release(now))
	case failure.Permanent:
		o.report(ctx, e, slog.LevelWarn, failure.Reason)
		return false, o.settle(ctx, e, e.finish(refused, now))
	case e.Tries >= maxTries:
		o.report(ctx, e, slog.LevelError, failure.Reason)
		return false, o.settle(ctx, e, e.finish(givenUp, now))
	}
	o.log.InfoContext(ctx, "notice not sent yet", "notice", e.ID, "template", e.Template, "tries", e.Tries, "reason", failure.Reason)
	return false, o.settle(ctx, e, e.retry(now))
}

func (o *Outbox) send(ctx context.Context, n Notice) *Failure {
	sender := o.sender(n.To)
	if sender == nil {
		return &Failure{Reason: "no sender is configured"}
	}
	message, err := n.message()
	if err != nil {
		return &Failure{Reason: "no words for the template", Permanent: true, Err: err}
	}
	ctx, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	err = sender.Send(ctx, message)
	if err == nil {
		return nil
	}
	if failure, ok := errors.AsType[*Failure](err); ok {
		return failure
	}
	return &Failure{Reason: "not sent", Err: err}
}

func (o *Outbox) sender(to string) Sender {
	if IsPhone(to) {
		return o.senders.SMS
	}
	return o.senders.Mail
}

// report says that a notice will never be sent: the log's reader has to know, but not to whom or about what it was.
func (o *Outbox) report(ctx context.Context, e entry, level slog.Level, reason string) {
	o.log.Log(ctx, level, "notice never sent",
		"notice", e.ID, "template", e.Template, "lane", e.Lane, "tries", e.Tries, "reason", reason)
}
