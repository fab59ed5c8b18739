package ledger

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/store"
)

// naive is the rule of the package said minute by minute, over real time, without days, numbers or shortcuts.
type naive struct {
	capacity map[string]int32
	claims   []want
}

type want struct {
	booking       string
	atoms         []string
	start, end    int // minutes since the first day began
	before, after int
	quantity      int32
}

func (n *naive) fits(c want) bool {
	for _, atom := range c.atoms {
		all := append(slices.Clone(n.claims), c)
		for m := c.start - c.before; m < c.end+c.after; m++ {
			people, sum := false, int32(0)
			for _, o := range all {
				if !slices.Contains(o.atoms, atom) {
					continue
				}
				if o.start <= m && m < o.end {
					people = true
				}
				if o.start-o.before <= m && m < o.end+o.after {
					if o.quantity == 0 {
						sum += n.capacity[atom]
					} else {
						sum += o.quantity
					}
				}
			}
			if people && sum > n.capacity[atom] {
				return false
			}
		}
	}
	return true
}

func (n *naive) remove(booking string) {
	n.claims = slices.DeleteFunc(n.claims, func(c want) bool { return c.booking == booking })
}

// world is one random venue over the days around a change of clocks.
type world struct {
	venue string
	zone  *time.Location
	first civil.Date
	atoms *Atoms
	cache *Cache
	ids   []string
	model naive
}

func (w *world) template(c want) (civil.Span, Claim) {
	opens := w.first.Start(w.zone)
	at := func(m int) time.Time { return opens.Add(time.Duration(m) * time.Minute) }
	return civil.Span{Start: at(c.start), End: at(c.end)}, Claim{
		Booking: c.booking, Atoms: c.atoms, Before: int32(c.before), After: int32(c.after), Quantity: c.quantity,
	}
}

const (
	span = 3 * 1440 // minutes in which random claims lie
	grid = 30
)

func drawWorld(t *rapid.T, venue string) *world {
	zone, err := time.LoadLocation(rapid.SampledFrom([]string{"Asia/Shanghai", "Europe/Berlin", "America/Sao_Paulo"}).Draw(t, "zone"))
	if err != nil {
		t.Fatal(err)
	}
	first := rapid.SampledFrom([]civil.Date{
		civil.NewDate(2026, time.November, 24), civil.NewDate(2026, time.March, 28), civil.NewDate(2026, time.October, 24),
		civil.NewDate(2018, time.November, 3), // midnight does not exist on the 4th in São Paulo
	}).Draw(t, "first date")
	w := &world{venue: venue, zone: zone, first: first, model: naive{capacity: map[string]int32{}}}
	var list []Atom
	for i := range rapid.IntRange(1, 4).Draw(t, "atoms") {
		a := Atom{ID: fmt.Sprintf("a%d", i), Capacity: rapid.Int32Range(1, 4).Draw(t, "capacity")}
		list, w.ids, w.model.capacity[a.ID] = append(list, a), append(w.ids, a.ID), a.Capacity
	}
	w.atoms = NewAtoms(list)
	if rapid.Bool().Draw(t, "cached") {
		w.cache = NewCache(2)
	}
	return w
}

func (w *world) draw(t *rapid.T, booking string) want {
	start := grid * rapid.IntRange(0, span/grid-1).Draw(t, "start")
	length := grid * rapid.OneOf(rapid.IntRange(1, 8), rapid.IntRange(1, 80)).Draw(t, "length")
	return want{
		booking: booking,
		atoms:   slices.Sorted(slices.Values(rapid.SliceOfNDistinct(rapid.SampledFrom(w.ids), 1, len(w.ids), rapid.ID).Draw(t, "atoms"))),
		start:   start, end: start + length,
		before: 10 * rapid.IntRange(0, 4).Draw(t, "before"), after: 10 * rapid.IntRange(0, 4).Draw(t, "after"),
		quantity: rapid.Int32Range(0, 3).Draw(t, "quantity"),
	}
}

func openStore(t *testing.T) store.Store {
	t.Helper()
	st, err := store.OpenEmbedded(filepath.Join(t.TempDir(), "ledger.db"), store.EmbeddedOptions{NoSync: true}, Collections())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	return st
}

// update runs one transaction on a fresh working set and saves it.
func (w *world) update(t *rapid.T, st store.Store, fn func(*Sheets) error) {
	var kept *Sheets
	err := st.Update(context.Background(), func(tx store.Tx) error {
		kept = Open(tx, w.venue, w.zone, w.atoms, w.cache)
		if err := fn(kept); err != nil {
			return err
		}
		return kept.Save()
	})
	if err != nil {
		t.Fatal(err)
	}
	kept.Keep()
}

func TestClaimsFitExactlyWhenTheNaiveModelSaysSo(t *testing.T) {
	t.Parallel()
	st := openStore(t)
	venues := 0
	rapid.Check(t, func(t *rapid.T) {
		venues++
		w := drawWorld(t, fmt.Sprintf("v%d", venues))
		bookings := 0
		t.Repeat(map[string]func(*rapid.T){
			"claim": func(t *rapid.T) {
				bookings++
				c := w.draw(t, fmt.Sprintf("b%d", bookings))
				should := w.model.fits(c)
				w.update(t, st, func(s *Sheets) error { return w.claim(t, s, c, should) })
				if should {
					w.model.claims = append(w.model.claims, c)
				}
			},
			"remove": func(t *rapid.T) {
				if len(w.model.claims) == 0 {
					t.Skip("nothing to remove")
				}
				c := rapid.SampledFrom(w.model.claims).Draw(t, "victim")
				w.update(t, st, func(s *Sheets) error {
					span, template := w.template(c)
					return s.Remove(c.booking, s.Split(span, template))
				})
				w.model.remove(c.booking)
			},
			"": func(t *rapid.T) { w.compareLeft(t, st) },
		})
	})
}

func (w *world) claim(t *rapid.T, s *Sheets, c want, should bool) error {
	span, template := w.template(c)
	pieces := s.Split(span, template)
	fits, err := s.Fits(pieces)
	if err != nil {
		return err
	}
	if fits != should {
		t.Fatalf("claim %+v fits: %v, the naive model says %v; claims %+v", c, fits, should, w.model.claims)
	}
	if !fits {
		return nil
	}
	return s.Add(pieces)
}

// compareLeft asks for one random day what is left in a grid of slots and tries each answer on the model.
func (w *world) compareLeft(t *rapid.T, st store.Store) {
	date := w.first.Add(rapid.IntRange(0, 2).Draw(t, "asked day"))
	offset := int(date.Start(w.zone).Sub(w.first.Start(w.zone)) / time.Minute)
	step := grid * rapid.IntRange(1, 16).Draw(t, "slots of")
	q := Question{
		Before: int32(10 * rapid.IntRange(0, 3).Draw(t, "asked before")),
		After:  int32(10 * rapid.IntRange(0, 3).Draw(t, "asked after")),
		Zone:   w.zone,
	}
	for m := 0; m+step <= date.Minutes(w.zone); m += step {
		q.Slots = append(q.Slots, Slot{int32(m), int32(m + step)})
	}
	left := w.ask(t, st, date, q)
	whole, units, members := make([]int32, len(q.Slots)), make([]int32, len(q.Slots)), make([]int32, len(q.Slots))
	all := w.atoms.Numbers(w.ids)
	left.Whole(all, whole)
	left.Units(all, units)
	left.Members([][]int32{all[:1], all[len(all)/2:], all[len(all)-1:]}, members)
	for i, s := range q.Slots {
		try := func(atoms []string, quantity int32) bool {
			return w.model.fits(want{atoms: atoms, start: offset + int(s.Start), end: offset + int(s.End),
				before: int(q.Before), after: int(q.After), quantity: quantity})
		}
		most := int32(0)
		for n := int32(1); n <= 4 && try(w.ids, n); n++ {
			most = n
		}
		free := int32(0)
		for _, member := range [][]string{w.ids[:1], w.ids[len(all)/2:], w.ids[len(all)-1:]} {
			if try(member, 0) {
				free++
			}
		}
		if (whole[i] == 1) != try(w.ids, 0) || units[i] != most || members[i] != free {
			t.Fatalf("%s slot %v: left whole %d units %d members %d, the naive model says %v, %d, %d; claims %+v",
				date, s, whole[i], units[i], members[i], try(w.ids, 0), most, free, w.model.claims)
		}
	}
}

func (w *world) ask(t *rapid.T, st store.Store, date civil.Date, q Question) (left *Left) {
	err := st.View(context.Background(), func(tx store.Tx) error {
		var days [3]*Day
		for i := range days {
			var err error
			if days[i], err = ReadDay(tx, w.venue, date.Add(i-1), w.atoms); err != nil {
				return err
			}
		}
		left = days[1].Ask(q, days[0], days[2])
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return left
}

func TestSheetsCountRevisionsAndDirtyDays(t *testing.T) {
	t.Parallel()
	st := openStore(t)
	atoms := NewAtoms([]Atom{{ID: "a", Capacity: 1}})
	date := civil.NewDate(2026, time.November, 24)
	in := func(fn func(tx store.Tx) error) {
		t.Helper()
		if err := st.Update(context.Background(), fn); err != nil {
			t.Fatal(err)
		}
	}
	touch := func(tx store.Tx) error {
		s := Open(tx, "v", time.UTC, atoms, nil)
		d, err := s.Day(date)
		if err != nil {
			return err
		}
		d.Touch()
		return s.Save()
	}
	expect := func(revision int64, dirty int) {
		t.Helper()
		in(func(tx store.Tx) error {
			rev, err := Revision(tx, "v", date)
			if err != nil || rev != revision {
				t.Errorf("revision %d, %v; want %d", rev, err, revision)
			}
			list, err := DirtyDays(tx, date.Add(1))
			if err != nil || len(list) != dirty {
				t.Errorf("dirty days %v, %v; want %d of them", list, err, dirty)
			}
			return err
		})
	}
	expect(0, 0)
	in(touch)
	in(touch)
	expect(2, 1)
	in(func(tx store.Tx) error { return Clean(tx, "v", date, 1) }) // it moved on: stays dirty
	expect(2, 1)
	in(func(tx store.Tx) error { return Clean(tx, "v", date, 2) })
	expect(2, 0)
	in(touch)
	expect(3, 1)
	if err := st.View(context.Background(), func(tx store.Tx) error {
		list, err := DirtyDays(tx, date)
		if len(list) != 0 {
			t.Errorf("the day itself is not before itself: %v", list)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

func TestCleanIgnoresADayWithoutSheet(t *testing.T) {
	t.Parallel()
	st := openStore(t)
	err := st.Update(context.Background(), func(tx store.Tx) error { return Clean(tx, "v", civil.NewDate(2026, 1, 1), 0) })
	if err != nil || fault.Is(err, fault.NotFound) {
		t.Fatal(err)
	}
}
