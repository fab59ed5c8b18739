package booking

import (
	"fmt"
	"time"

	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/store"
)

const (
	bookings = "bookings"
	holders  = "holders"
	marks    = "booking_marks" // how far jobs came

	byNumber = "number"
	byHolder = "holder"
	byVenue  = "venue"
	byLong   = "long"
	byDue    = "due"
)

// Collections declares what the desk keeps.
func Collections() []store.Collection {
	return []store.Collection{
		{Name: bookings, Indexes: []store.Index{
			{Name: byNumber, Fields: []string{"number"}, Unique: true},
			{Name: byHolder, Fields: []string{"holder", "end"}},
			{Name: byVenue, Fields: []string{"venue", "start"}},
			{Name: byLong, Fields: []string{"venue", "long"}}, // only bookings over midnight have it
			{Name: byDue, Fields: []string{"due"}},            // only live bookings have it
		}},
		{Name: holders},
		{Name: appeals, Indexes: []store.Index{
			{Name: byAppellant, Fields: []string{"holder", "at"}},
			{Name: byState, Fields: []string{"venue", "state", "at"}},
			{Name: byAt, Fields: []string{"at"}},
		}},
		{Name: appealPhotos, Indexes: []store.Index{{Name: byAt, Fields: []string{"at"}}}},
		{Name: unmets, Indexes: []store.Index{
			{Name: byVenue, Fields: []string{"venue", "start"}},
			{Name: byHolder, Fields: []string{"holder", "at"}},
			{Name: byAt, Fields: []string{"at"}},
		}},
		{Name: unmetDays},
		{Name: marks},
		{Name: walkIns},
		{Name: codes, Indexes: []store.Index{{Name: bySpot, Fields: []string{"venue", "space"}, Unique: true}}},
	}
}

func bookingNotFound() error {
	return fault.New(fault.NotFound, "booking_not_found", "There is no such booking.")
}

// load reads a booking; fault.NotFound "booking_not_found" if there is none.
func load(tx store.Tx, id string) (Booking, error) {
	var b Booking
	if id == "" {
		return b, bookingNotFound()
	}
	err := tx.Get(bookings, id, &b)
	if fault.Is(err, fault.NotFound) {
		return b, bookingNotFound()
	}
	if err != nil {
		return b, fmt.Errorf("read booking %s: %w", id, err)
	}
	return b, nil
}

// loadNumber reads the booking with this normal number.
func loadNumber(tx store.Tx, number string) (Booking, error) {
	list, err := store.All[Booking](tx, bookings, store.Query{Index: byNumber, Equal: []any{number}, Limit: 1})
	if err != nil {
		return Booking{}, fmt.Errorf("read booking by number: %w", err)
	}
	if len(list) == 0 {
		return Booking{}, bookingNotFound()
	}
	return list[0], nil
}

// loadDue lists bookings whose state the clock should have changed by now, the longest overdue first.
func loadDue(tx store.Tx, now time.Time, limit int) ([]Booking, error) {
	return store.All[Booking](tx, bookings, store.Query{Index: byDue, Before: now.Add(time.Millisecond), Limit: limit})
}

// loadDay lists the bookings that start on the date, and those over midnight that started before and reach into it, as the
// clock has made them by now.
func loadDay(tx store.Tx, venue string, date civil.Date, zone *time.Location, now time.Time) ([]Booking, error) {
	from, till := date.Start(zone), date.Add(1).Start(zone)
	over := store.Query{Index: byLong, Equal: []any{venue}, From: from.Add(time.Millisecond)}
	earlier, err := store.All[Booking](tx, bookings, over)
	if err != nil {
		return nil, fmt.Errorf("read bookings over midnight of %s: %w", venue, err)
	}
	var list []Booking
	for _, b := range earlier {
		if b.Start.Before(from) {
			list = append(list, b)
		}
	}
	today, err := store.All[Booking](tx, bookings, store.Query{Index: byVenue, Equal: []any{venue}, From: from, Before: till})
	if err != nil {
		return nil, fmt.Errorf("read bookings of %s on %s: %w", venue, date, err)
	}
	return asOf(append(list, today...), now), nil
}

// eachBooking walks over all bookings, by id, a page at a time.
func eachBooking(tx store.Tx, each func(Booking) error) error {
	for after := ""; ; {
		page, next, err := store.Page[Booking](tx, bookings, store.Query{After: after, Limit: 500})
		if err != nil {
			return fmt.Errorf("read bookings: %w", err)
		}
		for _, b := range page {
			if err := each(b); err != nil {
				return err
			}
		}
		if next == "" {
			return nil
		}
		after = next
	}
}
