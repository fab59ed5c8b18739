package venue_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"wenguan/models/store"
	"wenguan/models/venue"
)

// library is a reading room of 108 seats.
func library(b *testing.B) *venue.Catalog {
	b.Helper()
	c, _ := opened(b)
	v := room("library")
	v.Spaces, v.Atoms = nil, nil
	for i := range 108 {
		id := fmt.Sprintf("S-%03d", i)
		v.Atoms = append(v.Atoms, venue.Atom{ID: id, Capacity: 1})
		v.Spaces = append(v.Spaces, venue.Space{
			ID: id, Name: venue.Text{ZH: id}, Type: venue.Seat, Allocation: venue.Exclusive, Atoms: []string{id}, Seats: 1, Bookable: true,
		})
	}
	saved(b, c, v)
	return c
}

// BenchmarkGet is a whole View that finds its venue decoded already: it must not grow with the venue.
func BenchmarkGet(b *testing.B) {
	c := library(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.Get(b.Context(), "library"); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkIn is the same inside a transaction that is open.
func BenchmarkIn(b *testing.B) {
	c, st := opened(b)
	saved(b, c, room("qingfen"))
	err := st.View(b.Context(), func(tx store.Tx) error {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := c.In(tx, "qingfen"); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

// BenchmarkDecode is what a miss costs.
func BenchmarkDecode(b *testing.B) {
	c := library(b)
	v, err := c.Get(b.Context(), "library")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if v, err = c.Save(b.Context(), administrator, v); err != nil {
			b.Fatal(err)
		}
		if _, err := c.Get(b.Context(), "library"); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkListOfThousands is a text query that matches nothing, over 3,000 venues.
func BenchmarkListOfThousands(b *testing.B) {
	c, _ := opened(b)
	var text strings.Builder
	text.WriteString("id,kind,name,area,address\n")
	for i := range 3000 {
		fmt.Fprintf(&text, "square-%04d,square,广场 %d,区,人民路 %d 号\n", i, i, i)
	}
	files := map[string]io.Reader{"venues.csv": strings.NewReader(text.String())}
	if _, err := c.Import(b.Context(), administrator, files, false); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := c.List(b.Context(), venue.Filter{Query: "图书馆"}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDay is one day's hours with the holiday calendar.
func BenchmarkDay(b *testing.B) {
	c, _ := opened(b)
	cal, err := c.CalendarOf(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	v := room("qingfen")
	date := day("2026-11-25")
	b.ReportAllocs()
	for b.Loop() {
		v.Day(date, cal)
	}
}
