package booking_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/venue"
)

// offered is what a refused wish was offered, as "space day hh:mm".
func (w *world) offered(actor account.Actor, r booking.Request) []string {
	w.t.Helper()
	r.Party = max(r.Party, 1)
	_, err := w.desk.Reserve(context.Background(), actor, r)
	e := expectCode(w.t, err, "space_taken")
	var out []string
	for _, alt := range e.Params["alternatives"].([]booking.Alternative) {
		at := alt.Start.In(w.zone)
		out = append(out, fmt.Sprintf("%s +%d %s", alt.Space, int(civil.DateOf(at, w.zone)-today), at.Format("15:04")))
		if alt.End.Sub(alt.Start) != r.End.Sub(r.Start) {
			w.t.Errorf("an alternative lasts %s", alt.End.Sub(alt.Start))
		}
	}
	if (len(out) == 0) != (e.Params["nothing_free"] == true) {
		w.t.Errorf("offered %v, nothing_free is %v", out, e.Params["nothing_free"])
	}
	return out
}

func TestLosersAreOfferedTheNearest(t *testing.T) {
	t.Parallel()
	date := today.Add(1)
	for _, c := range []struct {
		name   string
		taken  []string // spaces that are taken from 10:00 to 12:00 on the date
		wish   string
		holder func(w *world) // what the loser has already
		want   []string
	}{
		{
			name: "a neighbour at the same time, then the same at other times", taken: []string{"r1"}, wish: "r1",
			want: []string{"r2 +1 10:00", "r1 +1 08:00", "r1 +1 12:00"},
		},
		{
			name: "the next free neighbour", taken: []string{"r1", "r2"}, wish: "r2",
			want: []string{"r3 +1 10:00", "r2 +1 08:00", "r2 +1 12:00"},
		},
		{
			name: "half of a hall that is used as a whole", taken: []string{"hall"}, wish: "room-a",
			want: []string{"r1 +1 10:00", "room-a +1 08:00", "room-a +1 12:00"},
		},
		{
			name: "a hall has no equal, so three times", taken: []string{"room-b"}, wish: "hall",
			want: []string{"hall +1 08:00", "hall +1 12:00", "hall +1 12:30"},
		},
		{
			name: "not where the loser is elsewhere", taken: []string{"r1", "r2", "r3", "hall"}, wish: "r1",
			holder: func(w *world) {
				w.reserve(resident(9), booking.Request{Venue: "v", Space: "square", Start: w.at(date, 12, 0), End: w.at(date, 16, 0)})
			},
			want: []string{"r1 +1 08:00", "r1 +1 16:00", "r1 +1 16:30"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			v := premises("v")
			v.Rules.OneAtATime = true
			w.save(v)
			for i, space := range c.taken {
				w.reserve(resident(i), booking.Request{Venue: "v", Space: space, Start: w.at(date, 10, 0), End: w.at(date, 12, 0)})
			}
			if c.holder != nil {
				c.holder(w)
			}
			got := w.offered(resident(9), booking.Request{Venue: "v", Space: c.wish, Start: w.at(date, 10, 0), End: w.at(date, 12, 0)})
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			w.verify()
		})
	}
}

func TestAFullDayOffersTheDaysAfterAndAFullWeekSaysSo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := readingRoom("v", 2)
	v.Rules.Longest = 13 * 60
	v.Rules.PerDay = 1
	v.Rules.HorizonDays = 2
	w.save(v)
	fill := func(date civil.Date) {
		for i := range 2 {
			w.reserve(resident(i), booking.Request{Venue: "v", Space: "room", Start: w.at(date, 8, 0), End: w.at(date, 21, 0)})
		}
	}
	fill(today)
	wish := booking.Request{Venue: "v", Space: "room", Start: w.at(today, 10, 0), End: w.at(today, 12, 0)}
	if diff := cmp.Diff([]string{"room +1 10:00", "room +1 09:30", "room +1 10:30"}, w.offered(resident(9), wish)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	fill(today.Add(1))
	fill(today.Add(2))
	if got := w.offered(resident(9), wish); len(got) != 0 {
		t.Errorf("offered %v", got)
	}
}

func TestWhoHasTheirShareOfADayIsOfferedAnother(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := readingRoom("v", 1)
	v.Rules.PerDay = 1
	w.save(v)
	w.reserve(resident(1), booking.Request{Venue: "v", Space: "room", Start: w.at(today, 10, 0), End: w.at(today, 12, 0)})
	b := w.reserve(resident(2), booking.Request{Venue: "v", Space: "room", Start: w.at(today, 12, 0), End: w.at(today, 14, 0)})
	_, err := w.desk.Move(context.Background(), resident(2), b.ID, booking.MoveRequest{Start: w.at(today, 11, 0), End: w.at(today, 13, 0)})
	e, _ := err.(*fault.Error)
	if e == nil || e.Code != "space_taken" {
		t.Fatalf("got %v", err)
	}
	// The booking that is being moved is neither in its own way nor counted.
	list := e.Params["alternatives"].([]booking.Alternative)
	if len(list) != 3 || !list[0].Start.Equal(w.at(today, 12, 0)) || !list[1].Start.Equal(w.at(today, 12, 30)) {
		t.Errorf("offered %v", list)
	}
}

func TestSeatsAreChosenTogetherAndWithoutBreakingUpLongTimes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := readingRoom("v", 6)
	v.Spaces[1].Features = append(v.Spaces[1].Features, "step_free") // s01 is kept for who needs it
	w.save(v)
	date := today.Add(1)
	got := func(n int, from, till int, party int32) []string {
		return w.reserve(resident(n), booking.Request{Venue: "v", Space: "room", Start: w.at(date, from, 0), End: w.at(date, till, 0), Party: party}).Assigned
	}
	for _, c := range []struct {
		from, till int
		party      int32
		want       []string
	}{
		{10, 12, 1, []string{"s02"}},
		{12, 14, 1, []string{"s02"}},               // right after the one before, so the others stay free all day
		{10, 12, 3, []string{"s03", "s04", "s05"}}, // side by side
		{10, 12, 1, []string{"s06"}},               // the step-free seat last
		{10, 12, 1, []string{"s01"}},
		{14, 16, 2, []string{"s02", "s03"}},
	} {
		if diff := cmp.Diff(c.want, got(1, c.from, c.till, c.party)); diff != "" {
			t.Errorf("%d to %d for %d (-want +got):\n%s", c.from, c.till, c.party, diff)
		}
	}
	_, err := w.desk.Reserve(context.Background(), resident(1), booking.Request{Venue: "v", Space: "room", Start: w.at(date, 11, 0), End: w.at(date, 12, 0), Party: 1})
	expectCode(t, err, "space_taken")
	w.verify()
}

func TestBuffersKeepPeopleApartButMayShareTheirMinutes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := premises("v")
	v.Rules.BufferBefore, v.Rules.BufferAfter = 30, 60
	w.save(v)
	date := today.Add(1)
	w.reserve(resident(1), booking.Request{Venue: "v", Space: "r1", Start: w.at(date, 12, 0), End: w.at(date, 13, 0)})
	for _, c := range []struct {
		from, till time.Duration
		fits       bool
	}{
		{9 * time.Hour, 11 * time.Hour, true}, // an hour of clearing up lies over half an hour of preparing
		{9*time.Hour + 30*time.Minute, 11*time.Hour + 30*time.Minute, false},
		{13*time.Hour + 30*time.Minute, 15 * time.Hour, false},
		{14 * time.Hour, 15 * time.Hour, true},
	} {
		b, err := w.desk.Reserve(context.Background(), resident(2), booking.Request{
			Venue: "v", Space: "r1", Start: date.Start(w.zone).Add(c.from), End: date.Start(w.zone).Add(c.till), Party: 1,
		})
		if c.fits != (err == nil) {
			t.Errorf("%s to %s: %v", c.from, c.till, err)
		}
		if !c.fits && expectCode(t, err, "space_taken").Params["kept_free"] != true {
			t.Errorf("%s to %s: it is not said that only the time around a booking is in the way", c.from, c.till)
		}
		if err == nil {
			if _, err := w.desk.Cancel(context.Background(), resident(2), b.ID, ""); err != nil {
				t.Fatal(err)
			}
		}
	}
	_, err := w.desk.Reserve(context.Background(), resident(2), booking.Request{Venue: "v", Space: "r1", Start: w.at(date, 12, 30), End: w.at(date, 13, 30), Party: 1})
	if expectCode(t, err, "space_taken").Params["kept_free"] != nil {
		t.Error("it is said that nobody has the room that somebody has")
	}
	w.verify()
}

func TestAFullVenueOffersTheNearestOfItsKind(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for i, id := range []string{"full", "far", "near", "retired"} {
		v := readingRoom(id, 1)
		v.Rules.HorizonDays, v.Rules.Longest = 0, 13*60
		v.Position = &venue.Position{Lat: 29.29, Lon: 117.2 + []float64{0, 0.2, 0.1, 0.05}[i]}
		v.Retired = id == "retired"
		w.save(v)
	}
	w.save(premises("other-kind"))
	w.reserve(resident(1), booking.Request{Venue: "full", Space: "room", Start: w.at(today, 8, 0), End: w.at(today, 21, 0)})
	_, err := w.desk.Reserve(context.Background(), resident(2), booking.Request{
		Venue: "full", Space: "room", Start: w.at(today, 10, 0), End: w.at(today, 12, 0), Party: 1,
	})
	e := expectCode(t, err, "space_taken")
	var got []string
	for _, alt := range e.Params["alternatives"].([]booking.Alternative) {
		got = append(got, alt.Venue+"/"+alt.Space+alt.Start.In(w.zone).Format(" 15:04"))
	}
	if diff := cmp.Diff([]string{"near/room 10:00", "far/room 10:00"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
