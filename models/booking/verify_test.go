package booking_test

import (
	"context"
	"strings"
	"testing"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/booking"
	"wenguan/models/ledger"
	"wenguan/models/store"
)

func TestVerifyFindsWhatIsWrong(t *testing.T) {
	t.Parallel()
	sheetOf := func(change func(*ledger.Sheet)) func(store.Tx) error {
		return func(tx store.Tx) error {
			var s ledger.Sheet
			if err := tx.Get("sheets", ledger.SheetID("v", today), &s); err != nil {
				return err
			}
			change(&s)
			return tx.Replace("sheets", &s)
		}
	}
	for _, c := range []struct {
		name   string
		damage func(store.Tx) error
		want   []string
	}{
		{"nothing", func(store.Tx) error { return nil }, nil},
		{"a lost claim", sheetOf(func(s *ledger.Sheet) { s.Claims = s.Claims[1:] }), []string{"should have"}},
		{"a stray claim", sheetOf(func(s *ledger.Sheet) {
			s.Claims = append(s.Claims, ledger.Claim{Booking: "nobody's", Atoms: []string{"r3"}, Start: 600, End: 660})
		}), []string{`claim of booking "nobody's"`}},
		{"a place given away twice", sheetOf(func(s *ledger.Sheet) {
			c := s.Claims[0]
			c.Booking = "rival"
			s.Claims = append(s.Claims, c)
		}), []string{"atom r1 is used beyond its capacity at 09:00", `claim of booking "rival"`}},
		{"a moved claim", sheetOf(func(s *ledger.Sheet) { s.Claims[0].Start += 30 }), []string{"should have"}},
		{"a booking that is gone", func(tx store.Tx) error {
			list, err := store.All[bson.M](tx, "bookings", store.Query{Limit: 1})
			if err != nil {
				return err
			}
			return tx.Delete("bookings", list[0]["_id"].(string))
		}, []string{"there is no such booking"}},
		{"a holder's record that is gone", func(tx store.Tx) error { return tx.Delete("holders", resident(1).ID) }, []string{"not in the record of its holder"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.save(premises("v"))
			for i, space := range []string{"r1", "r2"} {
				w.reserve(resident(i+1), booking.Request{Venue: "v", Space: space, Start: w.at(today, 9, 0), End: w.at(today, 10, 0)})
			}
			if err := w.store.Update(context.Background(), c.damage); err != nil {
				t.Fatal(err)
			}
			err := booking.Verify(context.Background(), w.store)
			if (err == nil) != (len(c.want) == 0) {
				t.Fatalf("found %v", err)
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("found\n%v\nwithout %q", err, want)
				}
			}
		})
	}
}
