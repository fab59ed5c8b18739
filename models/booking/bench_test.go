package booking_test

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/id"
	"wenguan/models/ledger"
	"wenguan/models/store"
	"wenguan/models/venue"
)

// town has 50 rooms in five venues and 500 residents who get notices.
func newTown(b *testing.B) (*world, []account.Actor) {
	w := newDurableWorld(b)
	for n := range 5 {
		v := blank(fmt.Sprintf("v%d", n), venue.IdleVenue)
		for i := range 10 {
			atom := fmt.Sprintf("r%02d", i)
			v.Atoms = append(v.Atoms, venue.Atom{ID: atom, Capacity: 1})
			v.Spaces = append(v.Spaces, venue.Space{
				ID: atom, Name: venue.Text{ZH: atom}, Type: venue.Room, Allocation: venue.Exclusive, Atoms: []string{atom}, Seats: 10, Bookable: true,
			})
		}
		v.Rules.HorizonDays = 365
		w.save(v)
	}
	people := make([]account.Actor, 500)
	for i := range people {
		a, err := w.people.Create(context.Background(), system, account.Account{Kind: account.Person, Name: "居民", Phone: fmt.Sprintf("+86199%08d", i)})
		if err != nil {
			b.Fatal(err)
		}
		people[i] = account.Actor{ID: a.ID, Kind: a.Kind, Name: a.Name}
	}
	return w, people
}

// townRequest spreads 438,000 bookings over 365 days, 50 rooms and 24 half hours a day from 8 to 20, each somewhere
// else than the one before.
func (w *world) townRequest(n int) booking.Request {
	room, slot, day := n/365%50, n/365/50%24, n%365
	start := w.at(today.Add(day+1), 8, 0).Add(time.Duration(slot) * 30 * time.Minute)
	return booking.Request{
		Venue: fmt.Sprintf("v%d", room%5), Space: fmt.Sprintf("r%02d", room/5), Start: start, End: start.Add(30 * time.Minute), Party: 1,
		Key: fmt.Sprintf("key %d", n),
	}
}

// BenchmarkReserve books 50 rooms over many days without conflicts, on a durable store, by one and by many at once.
func BenchmarkReserve(b *testing.B) {
	for _, clients := range []int{1, 16, 64, 256} {
		b.Run(fmt.Sprintf("clients=%d", clients), func(b *testing.B) {
			w, people := newTown(b)
			spread(b, clients, func(n int) error {
				_, err := w.desk.Reserve(context.Background(), people[n%len(people)], w.townRequest(n))
				return err
			})
		})
	}
}

// BenchmarkBareStore does the same writes without any thought, one transaction each: the sheet and the holder's
// record read and replaced, the booking and the notice inserted. Documents and index keys are as large and
// as scattered as those of a reserve.
func BenchmarkBareStore(b *testing.B) {
	for _, clients := range []int{1, 16, 64, 256} {
		b.Run(fmt.Sprintf("clients=%d", clients), func(b *testing.B) {
			w, people := newTown(b)
			made := w.reserve(people[0], w.townRequest(0))
			kept := map[string]bson.Raw{}
			for _, name := range []string{"sheets", "holders", "notices"} {
				kept[name] = w.one(name)
			}
			spread(b, clients, func(n int) error { return w.bareReserve(kept, made, people[n%len(people)].ID, n) })
		})
	}
}

func (w *world) bareReserve(kept map[string]bson.Raw, made booking.Booking, holder string, n int) error {
	r := w.townRequest(n)
	made.ID, made.Number, made.Venue, made.Holder, made.Start, made.End = id.New(made.Made), id.Number(), r.Venue, holder, r.Start, r.End
	due := r.Start.Add(15 * time.Minute)
	made.Due = &due
	return w.store.Update(context.Background(), func(tx store.Tx) error {
		if err := replaceOrInsert(tx, "sheets", renamed(kept["sheets"], ledger.SheetID(r.Venue, civil.DateOf(r.Start, w.zone)))); err != nil {
			return err
		}
		if err := replaceOrInsert(tx, "holders", renamed(kept["holders"], holder)); err != nil {
			return err
		}
		for name, doc := range map[string]any{
			"bookings": made, "notices": renamed(kept["notices"], made.ID),
		} {
			if err := tx.Insert(name, doc); err != nil {
				return err
			}
		}
		return nil
	})
}

// one is any document of the collection.
func (w *world) one(collection string) (doc bson.Raw) {
	err := w.store.View(context.Background(), func(tx store.Tx) error {
		return tx.Find(collection, store.Query{Limit: 1}, func(raw bson.Raw) (bool, error) {
			doc = bytes.Clone(raw)
			return true, nil
		})
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return doc
}

// renamed is a copy of the document under another _id of the same length.
func renamed(doc bson.Raw, id string) bson.Raw {
	out := bytes.Clone(doc)
	copy(out[13:13+len(doc.Lookup("_id").StringValue())], id) // length, type, "_id\0", length of the string
	return out
}

func replaceOrInsert(tx store.Tx, collection string, doc bson.Raw) error {
	var present bson.Raw
	err := tx.Get(collection, doc.Lookup("_id").StringValue(), &present)
	if fault.Is(err, fault.NotFound) {
		return tx.Insert(collection, doc)
	}
	if err != nil {
		return err
	}
	return tx.Replace(collection, doc)
}

// spread runs b.N numbered operations on so many goroutines.
func spread(b *testing.B, clients int, op func(n int) error) {
	b.Helper()
	b.ReportAllocs()
	b.ResetTimer()
	var next atomic.Int64
	var all sync.WaitGroup
	for range clients {
		all.Go(func() {
			for n := int(next.Add(1)) - 1; n < b.N; n = int(next.Add(1)) - 1 {
				if err := op(n); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "ops/s")
}

// BenchmarkRush is 500 for 24 seats of one session.
func BenchmarkRush(b *testing.B) {
	w := newWorld(b)
	w.save(openFor(readingRoom("v", 24), 400))
	b.ResetTimer()
	for n := range b.N {
		date := today.Add(1 + n%300)
		start := w.at(date, 8, 0).Add(time.Duration(n/300%24) * 30 * time.Minute)
		w.rush(func(int) booking.Request {
			return booking.Request{Venue: "v", Space: "room", Start: start, End: start.Add(30 * time.Minute), Party: 1}
		})
	}
}

// BenchmarkAvailability is a week of a 108-seat reading room with 60 bookings a day: computed anew, and remembered.
func BenchmarkAvailability(b *testing.B) {
	w := newWorld(b)
	w.save(readingRoom("v", 108))
	for day := range 7 {
		for i := range 60 {
			start := w.at(today.Add(day), 9+i%4*3, 0)
			w.reserve(resident(i), booking.Request{Venue: "v", Space: "room", Start: start, End: start.Add(3 * time.Hour)})
		}
	}
	ask := booking.AvailabilityQuery{Venue: "v", Members: true}
	b.Run("new", func(b *testing.B) {
		b.ReportAllocs()
		for n := range b.N {
			w.clock.Set(w.at(today, 8, 0).Add(time.Duration(n) * time.Minute))
			if _, err := w.desk.Availability(context.Background(), ask); err != nil {
				b.Fatal(err)
			}
		}
	})
	w.clock.Set(w.at(today, 8, 0))
	b.Run("remembered", func(b *testing.B) {
		b.ReportAllocs()
		for range b.N {
			if _, err := w.desk.Availability(context.Background(), ask); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("tag", func(b *testing.B) {
		b.ReportAllocs()
		for range b.N {
			if _, err := w.desk.AvailabilityTag(context.Background(), ask); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// newDurableWorld is a world whose store waits for the disk.
func newDurableWorld(b *testing.B) *world {
	b.Helper()
	st, err := store.OpenEmbedded(filepath.Join(b.TempDir(), "durable.db"), store.EmbeddedOptions{}, collections())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = st.Close() })
	return newWorld(b, func(store.Store) store.Store { return st })
}
