package store_test

import (
	"fmt"
	"path/filepath"
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
			st, err := store.OpenEmbedded(filepath.Join(b.TempDir(), "bench.db"), store.EmbeddedOptions{}, benchCollections())
			if err != nil {
				b.Fatal(err)
			}
			defer st.Close()
			var claims []claim
			for n := range 2 {
				claims = append(claims, claim{Booking: fmt.Sprintf("01h%023d", n), Atoms: []string{"a1", "a2"}, Start: 540, End: 600})
			}
			const sheets = 256
			err = st.Update(b.Context(), func(tx store.Tx) error {
				for n := range sheets {
					if err := tx.Insert("sheets", sheet{ID: fmt.Sprintf("v%03d|2026-11-24", n), Claims: claims}); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				b.Fatal(err)
			}
			var next atomic.Int64
			b.ReportAllocs()
			b.SetParallelism((clients + 1) / 2)
			cpu := cpuNow()
			b.ResetTimer()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					n := next.Add(1)
					err := st.Update(b.Context(), func(tx store.Tx) error {
						var s sheet
						if err := tx.Get("sheets", fmt.Sprintf("v%03d|2026-11-24", n%sheets), &s); err != nil {
							return err
						}
						s.Revision++
						s.Claims[n%2].Booking = fmt.Sprintf("01h%023d", n)
						if err := tx.Replace("sheets", s); err != nil {
							return err
						}
						return tx.Insert("bookings", slip{
							ID: fmt.Sprintf("01j%023d", n), Number: fmt.Sprintf("%08d", n*7919%100000000),
							Holder: fmt.Sprintf("h%05d", n%5000), Start: n, State: "booked",
						})
					})
					if err != nil {
						b.Error(err)
						return
					}
				}
			})
			reportCPU(b, cpu)
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "updates/s")
		})
	}
}
