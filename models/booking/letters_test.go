package booking_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/store"
)

// notices are those in the outbox, by template.
func (w *world) notices() map[string][]map[string]string {
	w.t.Helper()
	out := map[string][]map[string]string{}
	err := w.store.View(context.Background(), func(tx store.Tx) error {
		list, err := store.All[struct {
			Template string            `bson:"template"`
			To       string            `bson:"to"`
			Params   map[string]string `bson:"params"`
		}](tx, "notices", store.Query{})
		for _, n := range list {
			n.Params["to"] = n.To
			out[n.Template] = append(out[n.Template], n.Params)
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return out
}

func TestTheHolderIsToldOfEveryChangeThatWasCommitted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(readingRoom("v", 1))
	ctx := context.Background()
	person, err := w.people.Create(ctx, system, account.Account{Kind: account.Person, Name: "王小明", Phone: "+8613800000000", Language: "en"})
	if err != nil {
		t.Fatal(err)
	}
	actor := account.Actor{ID: person.ID, Name: person.Name, Kind: person.Kind}
	b := w.reserve(actor, booking.Request{Venue: "v", Space: "room", Start: w.at(today, 9, 0), End: w.at(today, 11, 0)})
	if _, err := w.desk.Reserve(ctx, actor, booking.Request{Venue: "v", Space: "room", Start: w.at(today, 9, 0), End: w.at(today, 11, 0), Party: 1}); err == nil {
		t.Fatal("booked twice")
	}
	if _, err := w.desk.Move(ctx, actor, b.ID, booking.MoveRequest{Start: w.at(today, 10, 0), End: w.at(today, 12, 0)}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.desk.Cancel(ctx, actor, b.ID, "下雨"); err != nil {
		t.Fatal(err)
	}
	missed := w.reserve(actor, booking.Request{Venue: "v", Space: "s01", Start: w.at(today, 13, 0), End: w.at(today, 14, 0)})
	w.reserve(resident(1), booking.Request{Venue: "v", Space: "s01", Start: w.at(today, 9, 0), End: w.at(today, 10, 0)}) // not in the directory: nobody to tell
	w.clock.Set(w.at(today, 13, 15))
	if n, _, err := w.desk.Sweep(ctx); n != 2 || err != nil {
		t.Fatalf("%d no-shows, %v", n, err)
	}
	told := func(number, space, start, end string) map[string]string {
		return map[string]string{
			"to": "+8613800000000", "number": number, "venue": "Qingfen Reading Room", "space": space, "start": "2026-11-24 " + start, "end": "2026-11-24 " + end,
		}
	}
	cancelled := told(b.Number, "座位s01", "10:00", "12:00")
	cancelled["reason"] = "下雨"
	want := map[string][]map[string]string{
		"booking_confirmed": {told(b.Number, "座位s01", "09:00", "11:00"), told(missed.Number, "座位s01", "13:00", "14:00")},
		"booking_moved":     {told(b.Number, "座位s01", "10:00", "12:00")},
		"booking_cancelled": {cancelled},
		"booking_no_show":   {told(missed.Number, "座位s01", "13:00", "14:00")},
	}
	byNumber := cmpopts.SortSlices(func(a, b map[string]string) bool { return a["number"] < b["number"] })
	if diff := cmp.Diff(want, w.notices(), byNumber); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTheBoardCountsPeople(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(premises("v"))
	ctx := context.Background()
	in := w.reserve(resident(1), booking.Request{Venue: "v", Space: "square", Start: w.at(today, 9, 0), End: w.at(today, 11, 0), Party: 7})
	w.reserve(resident(2), booking.Request{Venue: "v", Space: "r1", Start: w.at(today, 9, 0), End: w.at(today, 10, 0), Party: 3})
	w.reserve(resident(3), booking.Request{Venue: "v", Space: "r1", Start: w.at(today, 10, 0), End: w.at(today, 11, 0), Party: 5})
	off := w.reserve(resident(4), booking.Request{Venue: "v", Space: "hall", Start: w.at(today, 9, 0), End: w.at(today, 11, 0), Party: 60})
	if _, err := w.desk.Cancel(ctx, resident(4), off.ID, ""); err != nil {
		t.Fatal(err)
	}
	w.clock.Set(w.at(today, 9, 5))
	if _, err := w.desk.CheckIn(ctx, system, booking.CheckInRequest{Venue: "v", Number: in.Number}); err != nil {
		t.Fatal(err)
	}
	board, err := w.desk.Board(ctx, staff(account.Attendant, "v"), "v", 0)
	if err != nil {
		t.Fatal(err)
	}
	if len(board.Bookings) != 4 || board.In != 7 || board.BookedNow != 10 || board.Capacity != 40+40+3*12+50 || board.Date != today {
		t.Errorf("%d bookings, %d in, %d booked now, room for %d, on %s", len(board.Bookings), board.In, board.BookedNow, board.Capacity, board.Date)
	}
	w.clock.Add(time.Hour)
	if board, err = w.desk.Board(ctx, system, "v", today.Add(1)); err != nil || len(board.Bookings) != 0 {
		t.Errorf("tomorrow: %+v, %v", board, err)
	}
}
