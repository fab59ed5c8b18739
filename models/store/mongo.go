package store

import (
	"context"
	"errors"
	"sync"
	"time"

	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/mongo/readconcern"
	"go.mongodb.org/mongo-driver/v2/mongo/readpref"
	"go.mongodb.org/mongo-driver/v2/mongo/writeconcern"
	"go.mongodb.org/mongo-driver/v2/x/mongo/driver/topology"
)

// Mongo is the store on a MongoDB replica set or sharded cluster, for any number of processes.
type Mongo struct {
	client *mongo.Client
	db     *mongo.Database
	schema *schema

	// turn is held by an update that has met a conflict, until it is through: the losers of this process line up
	// instead of beating each other again and again.
	turn chan struct{}

	mu      sync.Mutex
	closed  bool
	running sync.WaitGroup
}

// closeWait is how long Close waits for connections to end properly.
const closeWait = 10 * time.Second

// View runs fn on a snapshot session: every read is of the same moment, and majority committed.
func (m *Mongo) View(ctx context.Context, fn func(Tx) error) error {
	if err := m.enter(ctx); err != nil {
		return err
	}
	defer m.running.Done()
	session, err := m.client.StartSession(options.Session().SetSnapshot(true))
	if err != nil {
		return mongoFault(ctx, err)
	}
	defer session.EndSession(context.WithoutCancel(ctx))
	tx := &mongoTx{ctx: mongo.NewSessionContext(ctx, session), store: m, readOnly: true}
	defer func() { tx.ended = true }()
	if err := fn(tx); err != nil {
		return err
	}
	return tx.failed
}

// Update runs fn in a transaction, again and again while others win the race for a document it writes.
func (m *Mongo) Update(ctx context.Context, fn func(Tx) error) error {
	if err := m.enter(ctx); err != nil {
		return err
	}
	defer m.running.Done()
	session, err := m.client.StartSession()
	if err != nil {
		return mongoFault(ctx, err)
	}
	defer session.EndSession(context.WithoutCancel(ctx)) // ends a transaction that a panic has left open
	u := mongoUpdate{store: m, fn: fn}
	defer u.release()
	if _, err := session.WithTransaction(ctx, u.attempt, transactionOptions()); err != nil {
		return u.answer(ctx, err)
	}
	return nil
}

func transactionOptions() *options.TransactionOptionsBuilder {
	return options.Transaction().SetReadConcern(readconcern.Snapshot()).SetWriteConcern(writeconcern.Majority()).
		SetReadPreference(readpref.Primary())
}

// mongoUpdate is one call of Mongo.Update.
type mongoUpdate struct {
	store    *Mongo
	fn       func(Tx) error
	attempts int
	hasTurn  bool
	said     error // what fn returned in the last attempt
	failed   error // what ended the transaction of the last attempt, as the driver must see it to decide on a retry
}

// attempt runs fn once. Its error tells the driver whether to try again.
func (u *mongoUpdate) attempt(ctx context.Context) (any, error) {
	u.said, u.failed = nil, nil
	if ctx.Err() != nil { // the driver would go on
		return nil, ctx.Err()
	}
	if u.attempts++; u.attempts > 1 {
		if err := u.lineUp(ctx); err != nil {
			return nil, err
		}
	}
	tx := &mongoTx{ctx: ctx, store: u.store}
	defer func() { tx.ended = true }()
	u.said = u.fn(tx)
	if u.failed = tx.failed; u.failed == nil {
		return nil, u.said
	}
	if _, noServer := errors.AsType[topology.ServerSelectionError](u.failed); noServer {
		return nil, errGiveUp // it has waited for a server already, and the driver would again until mongoTimeout
	}
	return nil, u.failed
}

var errGiveUp = errors.New("no server")

// lineUp waits for the turn. The transaction takes its snapshot with its first command, so it is not yet under way.
func (u *mongoUpdate) lineUp(ctx context.Context) error {
	if u.hasTurn {
		return nil
	}
	select {
	case u.store.turn <- struct{}{}:
		u.hasTurn = true
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (u *mongoUpdate) release() {
	if u.hasTurn {
		<-u.store.turn
	}
}

// answer is what the caller gets for err of WithTransaction.
func (u *mongoUpdate) answer(ctx context.Context, err error) error {
	ours := errors.Is(err, errGiveUp) || u.failed != nil && errors.Is(err, u.failed) || u.said != nil && errors.Is(err, u.said)
	switch {
	case ours && u.said != nil:
		return u.said
	case ours:
		return u.failed
	}
	return mongoFault(ctx, err)
}

// enter counts a call that Close waits for.
func (m *Mongo) enter(ctx context.Context) error {
	if ctx.Err() != nil {
		return ended(ctx)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return closed()
	}
	m.running.Add(1)
	return nil
}

// Close waits for the updates and views under way and disconnects. Closing twice is harmless.
func (m *Mongo) Close() error {
	m.mu.Lock()
	again := m.closed
	m.closed = true
	m.mu.Unlock()
	if again {
		return nil
	}
	m.running.Wait()
	ctx, cancel := context.WithTimeout(context.Background(), closeWait)
	defer cancel()
	return m.client.Disconnect(ctx)
}
