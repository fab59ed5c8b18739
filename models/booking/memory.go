package booking

import (
	"wenguan/models/rule"
	"wenguan/models/venue"
)

// leastMemory is how many days after its end a booking is remembered whatever the rules: a day's bookings count for the
// whole day, in every zone.
const leastMemory = 2

// memory is how many days after its end some rule may ask for a booking made here: one of the venue's own books, or one of
// another venue that counts beyond it.
func (w *work) memory() int {
	w.farMemory.Do(func() {
		all, _ := w.Venues.All(w.tx) // if it cannot be read now, places are learned as they are met
		for _, v := range all {
			w.remembers(v)
		}
	})
	return max(leastMemory, w.place.memory, int(w.far.Load()))
}

// remembers learns how far back the rules of the venue that count beyond it look.
func (d *Desk) remembers(v *venue.Venue) {
	for _, b := range v.Books() {
		if !reachesFar(b) {
			continue
		}
		for days := int32(b.Memory()); ; {
			known := d.far.Load()
			if days <= known || d.far.CompareAndSwap(known, days) {
				break
			}
		}
	}
}

// reachesFar reports whether a limit of the book counts bookings at other venues.
func reachesFar(b *rule.Book) bool {
	for _, l := range b.Limits {
		if l.Scope == rule.OfKind || l.Scope == rule.InArea || l.Scope == rule.InDistrict {
			return true
		}
	}
	return false
}

// memoryOf is how far back the venue's own rules look.
func memoryOf(v *venue.Venue) (days int) {
	for _, b := range v.Books() {
		days = max(days, b.Memory())
	}
	return days
}
