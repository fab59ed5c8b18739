package booking

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"wenguan/models/account"
	"wenguan/models/id"
	"wenguan/models/ledger"
	"wenguan/models/notice"
	"wenguan/models/pass"
	"wenguan/models/store"
	"wenguan/models/venue"
)

// Deps are the neighbours a desk works with.
type Deps struct {
	Venues   *venue.Catalog
	Accounts *account.Directory
	Passes   *pass.Office
	Notices  *notice.Outbox
}

// sheetsKept is how many days stay decoded: a few weeks of the venues in demand. A busy day is some tens of kilobytes.
const sheetsKept = 512

// Desk is where bookings are made, changed and honoured. It is safe for concurrent use.
type Desk struct {
	store store.Store
	Deps
	clock    func() time.Time
	combiner combiner
	demand   demand // that was not met
	decoded  *ledger.Cache
	weeks    *recent[string, *Availability] // by ETag
	frees    *recent[string, []FreeSpace]   // by ETag

	photos chan struct{} // a place to read a photo in: one at a time

	far       atomic.Int32 // days that rules which count beyond their venue look back
	farMemory sync.Once

	mu     sync.RWMutex
	places map[string]*place // by venue id
}

// New makes the desk of st. From then on venues keep what people have booked: see guard.
func New(st store.Store, deps Deps, clock func() time.Time) *Desk {
	_, oneWriter := st.(*store.Embedded)
	d := &Desk{
		store: st, Deps: deps, clock: clock,
		combiner: combiner{oneWriter: oneWriter, queues: map[string]*queue{}},
		decoded:  ledger.NewCache(sheetsKept),
		weeks:    newRecent[string, *Availability](weeksKept),
		frees:    newRecent[string, []FreeSpace](freesKept),
		photos:   make(chan struct{}, 1),
		places:   map[string]*place{},
	}
	if deps.Venues != nil {
		deps.Venues.Guard(d.guard)
	}
	return d
}

// now is the clock in the precision the store keeps.
func (d *Desk) now() time.Time { return d.clock().UTC().Truncate(time.Millisecond) }

// Get returns a booking to its holder, the holder's guardian, every member of an organization that is the holder, and
// staff who may see the venue's board; to others it does not exist: fault.NotFound "booking_not_found". It is as the clock
// has made it by now.
func (d *Desk) Get(ctx context.Context, actor account.Actor, id string) (Booking, error) {
	return d.see(ctx, actor, func(tx store.Tx) (Booking, error) { return load(tx, id) })
}

// ByNumber is Get by booking number, as somebody typed it.
func (d *Desk) ByNumber(ctx context.Context, actor account.Actor, number string) (Booking, error) {
	return d.see(ctx, actor, func(tx store.Tx) (Booking, error) { return loadNumber(tx, id.Normal(number)) })
}

func (d *Desk) see(ctx context.Context, actor account.Actor, read func(store.Tx) (Booking, error)) (Booking, error) {
	var b Booking
	err := d.store.View(ctx, func(tx store.Tx) (err error) {
		b, err = read(tx)
		return err
	})
	if err != nil {
		return Booking{}, err
	}
	if actor.Anonymous() {
		return Booking{}, actor.Check(account.BookForSelf, "")
	}
	if !actor.SeesOf(b.Holder) && !works(actor, b.Venue) && actor.Check(account.ViewBoard, b.Venue) != nil {
		return Booking{}, bookingNotFound()
	}
	return b.asOf(d.now()), nil
}

// change runs the verb in a transaction on the sheets of the booking's venue, after looking up which venue that is.
// The verb gets the booking as the transaction has it.
func (d *Desk) change(
	ctx context.Context, actor account.Actor, id string, verb func(*work, Booking) (Booking, error),
) (Booking, error) {
	b, err := d.Get(ctx, actor, id)
	if err != nil {
		return Booking{}, err
	}
	return d.do(ctx, b.Venue, func(w *work) (Booking, error) {
		b, err := w.booking(id)
		if err != nil {
			return b, err
		}
		return verb(w, b)
	})
}

// limited is the page size for what a query asked for.
func limited(n int) int {
	if n <= 0 {
		return 50
	}
	return min(n, 200)
}
