// Package privacy owns what the product owes people about their own data: the consent text and who agreed to which
// version of it, a copy of everything that is kept about somebody, erasing it, and letting go by itself of what is no
// longer needed. It stands on top of the other models and refuses to keep anything about people of its own.
package privacy

import (
	"log/slog"
	"time"

	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/notice"
	"wenguan/models/store"
)

const (
	texts    = "privacy_texts"
	erasings = "privacy_erasings" // accounts that were erased and whose traces elsewhere are still being taken away
)

// Collections declares what is kept.
func Collections() []store.Collection { return []store.Collection{{Name: texts}, {Name: erasings}} }

// Part is something else that keeps data about a person. A function that is nil has nothing to do.
type Part struct {
	Name   string                                              // of what it keeps, in the copy a person gets
	Copy   func(tx store.Tx, who account.Account) (any, error) // all of it, without secrets; nil for nothing
	Blocks func(tx store.Tx, who account.Account) error        // a fault that says what has to be done before erasing
	Erase  func(tx store.Tx, who account.Account) error        // takes all of it away
}

// Deps are the neighbours an office works with.
type Deps struct {
	Accounts *account.Directory
	Desk     *booking.Desk
	Notices  *notice.Outbox
	Parts    []Part
	Months   int // bookings and looks stay with the person that long, at least 1
	Log      *slog.Logger

	UnmetMonths int // refused requests are kept that long, at least 1
}

// Office is where people ask for their data. It is safe for concurrent use and by several instances of the service.
type Office struct {
	store store.Store
	Deps
	clock func() time.Time
}

// New makes the office of st.
func New(st store.Store, deps Deps, clock func() time.Time) *Office {
	if deps.Log == nil {
		deps.Log = slog.New(slog.DiscardHandler)
	}
	return &Office{store: st, Deps: deps, clock: clock}
}

// now is the clock in the precision the store keeps.
func (o *Office) now() time.Time { return o.clock().UTC().Truncate(time.Millisecond) }

// product is who erases and anonymizes; permission is asked before.
var product = account.Actor{System: true}
