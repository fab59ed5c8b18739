package store_test

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"testing"

	"wenguan/models/store"
)

type sheet struct {
	ID       string  `bson:"_id"`
	Revision int64   `bson:"rev"`
	Venue    string  `bson:"venue"`
	Claims   []claim `bson:"claims"`
}

type claim struct {
	Booking string   `bson:"b"`
	Atoms   []string `bson:"a"`
	Start   int32    `bson:"s"`
	End     int32    `bson:"e"`
}

type slip struct {
	ID     string `bson:"_id"`
	Number string `bson:"number"`
	Holder string `bson:"holder"`
	Start  int64  `bson:"start"`
	State  string `bson:"state"`
}

func benchCollections() []store.Collection {
	return []store.Collection{
		{Name: "sheets"},
		{Name: "bookings", Indexes: []store.Index{
			{Name: "number", Fields: []string{"number"}, Unique: true},
			{Name: "holder", Fields: []string{"holder", "start"}},
		}},
	}
}

// BenchmarkUpdate is what a reservation writes: a day sheet replaced and a booking inserted, durable.
func BenchmarkUpdate(b *testing.B) {
	for _, clients := range []int{1, 16, 64, 256} {
		b.Run(fmt.Sprintf("clients=%d", clients), func(b *testing.B) {
			path := filepath.Join(b.TempDir(), "bench.db")
			st, err := store.OpenEmbedded(path, store.EmbeddedOptions{}, benchCollections())
			if err != nil {
				b.Fatal(err)
			}
			defer st.Close()
			fillSheets(b, st)
			var next atomic.Int64
			b.ReportAllocs()
			b.SetParallelism((clients + runtime.GOMAXPROCS(0) - 1) / runtime.GOMAXPROCS(0))
			b.ResetTimer()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					if err := reserve(b.Context(), st, next.Add(1)); err != nil {
						b.Error(err)
						return
					}
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "updates/s")
		})
	}
}

const benchSheets = 256

func sheetID(n int64) string { return fmt.Sprintf("v%03d|2026-11-24", n%benchSheets) }

func fillSheets(b *testing.B, st store.Store) {
	b.Helper()
	claims := []claim{
		{Booking: "01jd0000000000000000000001", Atoms: []string{"a1", "a2"}, Start: 540, End: 600},
		{Booking: "01jd0000000000000000000002", Atoms: []string{"a3"}, Start: 600, End: 720},
	}
	err := st.Update(b.Context(), func(tx store.Tx) error {
		for n := range int64(benchSheets) {
			if err := tx.Insert("sheets", sheet{ID: sheetID(n), Claims: claims}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

func reserve(ctx context.Context, st store.Store, n int64) error {
	return st.Update(ctx, func(tx store.Tx) error {
		var s sheet
		if err := tx.Get("sheets", sheetID(n), &s); err != nil {
			return err
		}
		s.Revision++
		s.Claims[n%2].Booking = fmt.Sprintf("01jd%022d", n)
		if err := tx.Replace("sheets", s); err != nil {
			return err
		}
		return tx.Insert("bookings", slip{
			ID: fmt.Sprintf("01jd%022d", n), Number: fmt.Sprintf("%08d", n*7919%100_000_000),
			Holder: fmt.Sprintf("h%05d", n%5000), Start: n, State: "booked",
		})
	})
}
