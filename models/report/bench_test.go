package report_test

import (
	"fmt"
	"testing"
	"time"

	"wenguan/models/account"
	"wenguan/models/civil"
	"wenguan/models/report"
)

// BenchmarkYear asks for a year of a district, the second time from what is remembered, then from the store every time.
func BenchmarkYear(b *testing.B) {
	for _, venues := range []int{10, 200} {
		w := newWorld(b)
		li := w.person(b, "Li", account.Residents)
		for n := range venues - 2 {
			w.open(b, fmt.Sprintf("room-%d", n), "a", "b", "c")
		}
		w.at(10, 8, 0)
		w.reserve(b, li, "hotel", "hall", 10, 9, 12)
		w.now = time.Date(2026, 11, 10, 12, 0, 0, 0, zone)
		from, to := civil.NewDate(2025, 11, 10), civil.NewDate(2026, 11, 10)
		if err := w.bureau.Range(b.Context(), from, to); err != nil {
			b.Fatal(err)
		}
		q := report.Query{From: from, To: to, By: report.Month}
		ask := func(b *testing.B, bureau *report.Bureau) {
			if _, err := bureau.Query(b.Context(), system, q); err != nil {
				b.Fatal(err)
			}
		}
		b.Run(fmt.Sprintf("%d venues/remembered", venues), func(b *testing.B) {
			for b.Loop() {
				ask(b, w.bureau)
			}
		})
		b.Run(fmt.Sprintf("%d venues/from the store", venues), func(b *testing.B) {
			for b.Loop() {
				ask(b, report.New(w.store, w.venues, w.desk, w.clock))
			}
		})
	}
}
