package booking_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"wenguan/models/booking"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/venue"
)

// TestAvailabilityFreeAndReserveAgree asks all three about every slot of random days: what one shows the others grant.
func TestAvailabilityFreeAndReserveAgree(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	worlds := 0
	ctx := context.Background()
	rapid.Check(t, func(rt *rapid.T) {
		worlds++
		w.clock.Set(w.at(today, 9, 40))
		l := &life{world: w, rt: rt, seen: map[string]booking.Booking{}}
		v := l.venueOf(fmt.Sprintf("v%d", worlds))
		v.Rules.OneAtATime, v.Rules.PerDay, v.Rules.Longest = false, 0, 3*1440
		v.Rules.Notice = rapid.SampledFrom([]int32{0, 60}).Draw(rt, "notice")
		v.Rules.HorizonDays = 2
		if rapid.Bool().Draw(rt, "closure") {
			at := w.at(today.Add(1), rapid.IntRange(8, 18).Draw(rt, "from"), 15)
			v.Closures = []venue.Closure{{ID: "c", Spaces: []string{v.Spaces[1].ID}, Start: at, End: at.Add(100 * time.Minute), Reason: venue.Text{ZH: "维修"}}}
		}
		l.venue = w.save(v)
		zone := l.venue.Location()
		for range rapid.IntRange(0, 12).Draw(rt, "bookings") {
			start, end := l.someSpan()
			_, err := w.desk.Reserve(ctx, l.someone(), booking.Request{
				Venue: v.ID, Space: rapid.SampledFrom(v.Spaces).Draw(rt, "space").ID, Start: start, End: end, Party: 1,
			})
			if fault.KindOf(err) == fault.Internal {
				rt.Fatal(err)
			}
		}
		from := civil.DateOf(w.clock.Now(), zone)
		week, err := w.desk.Availability(ctx, booking.AvailabilityQuery{Venue: v.ID, From: from, Days: 4, Members: true})
		if err != nil {
			rt.Fatal(err)
		}
		day := rapid.SampledFrom(week.Days).Draw(rt, "day")
		if len(day.Slots) == 0 {
			return
		}
		for range 2 {
			i := rapid.IntRange(0, len(day.Slots)-1).Draw(rt, "slot")
			clock, err := civil.ParseTimeOfDay(day.Slots[i])
			if err != nil {
				rt.Fatal(err)
			}
			start := day.Date.At(clock, zone)
			for _, s := range day.Spaces {
				l.agree(s.ID, start, start.Add(30*time.Minute), s.Left[i])
			}
		}
	})
}

// agree compares what is said to be left with what Free finds and with what a newcomer gets.
func (l *life) agree(space string, start, end time.Time, left int32) {
	ctx := context.Background()
	zone := l.venue.Location()
	till := civil.ClockOf(end, zone)
	if till == 0 {
		till = civil.DayEnd
	}
	q := booking.FreeQuery{Venue: l.venue.ID, Date: civil.DateOf(start, zone), From: civil.ClockOf(start, zone), To: till, Limit: 200}
	if s, _ := l.venue.FindSpace(space); s.Parent != "" {
		q.Parent = s.Parent
	}
	list, _, err := l.desk.Free(ctx, q)
	if err != nil {
		l.rt.Fatal(err)
	}
	found := int32(0)
	if i := slices.IndexFunc(list, func(f booking.FreeSpace) bool { return f.Space.ID == space }); i >= 0 {
		found = list[i].Left
	}
	if found != max(left, 0) {
		l.rt.Fatalf("%s at %s: availability says %d, free says %d", space, start.In(zone), left, found)
	}
	b, err := l.desk.Reserve(ctx, resident(77), booking.Request{Venue: l.venue.ID, Space: space, Start: start, End: end, Party: 1})
	if (err == nil) != (left > 0) || (left == 0) != (fault.CodeOf(err) == "space_taken") {
		l.rt.Fatalf("%s at %s: availability says %d, reserve says %v", space, start.In(zone), left, err)
	}
	if err != nil {
		return
	}
	if _, err := l.desk.Cancel(ctx, system, b.ID, ""); err != nil {
		l.rt.Fatal(err)
	}
}

// row is the row of a space in an answer, as text.
func row(week *booking.Availability, day int, space string) string {
	for _, s := range week.Days[day].Spaces {
		if s.ID == space {
			return strings.Trim(fmt.Sprint(s.Left), "[]")
		}
	}
	return "none"
}

func TestAWeekShowsWhatIsLeft(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := premises("v")
	for i := range v.Hours {
		v.Hours[i] = []civil.Interval{{Start: 8 * 60, End: 10 * 60}, {Start: 14 * 60, End: 16 * 60}}
	}
	v.Rules.HorizonDays, v.Rules.ReleaseAt = 2, 9*60
	v.Hours[time.Wednesday] = nil
	w.save(v)
	book := func(space string, date civil.Date, hour int, party int32) {
		w.reserve(resident(1), booking.Request{Venue: "v", Space: space, Start: w.at(date, hour, 0), End: w.at(date, hour+1, 0), Party: party})
	}
	book("room-a", today, 14, 1)
	book("square", today, 15, 20)
	book("square", today, 15, 20)
	w.clock.Set(w.at(today, 8, 40))
	week, err := w.desk.Availability(context.Background(), booking.AvailabilityQuery{Venue: "v", From: today, Days: 3})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		day         int
		space, want string
	}{
		// 08:30 runs and can still be had, 08:00 is past.
		{0, "r1", "-1 1 1 1 1 1 1 1"}, {0, "room-a", "-1 1 1 1 0 0 1 1"}, {0, "room-b", "-1 1 1 1 1 1 1 1"}, {0, "hall", "-1 1 1 1 0 0 1 1"},
		{0, "square", "-1 50 50 50 50 50 10 10"},
		{1, "r1", ""},
		{2, "r1", "-1 -1 -1 -1 -1 -1 -1 -1"}, // released at 09:00
	} {
		if got := row(week, c.day, c.space); got != c.want {
			t.Errorf("day %d, %s: %s, want %s", c.day, c.space, got, c.want)
		}
	}
	if diff := cmp.Diff([]string{"08:00", "08:30", "09:00", "09:30", "14:00", "14:30", "15:00", "15:30"}, week.Days[0].Slots); diff != "" {
		t.Error(diff)
	}
	if closed := week.Days[1]; closed.Reason != "weekly" || len(closed.Slots) != 0 {
		t.Errorf("a closed day: %+v", closed)
	}
	if encoded, err := json.Marshal(week.Days[1]); err != nil || !strings.HasPrefix(string(encoded),
		`{"date":"2026-11-25","open":[],"reason":"weekly","slots":[],"spaces":[{"id":"hall","left":[]}`) {
		t.Errorf("%s, %v", encoded, err)
	}
}

func TestAGroupCountsItsFreeMembersAndListsThemWhenAsked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := readingRoom("v", 3)
	v.Closures = []venue.Closure{{ID: "c", Spaces: []string{"s03"}, Start: w.at(today, 8, 0), End: w.at(today, 10, 0), Reason: venue.Text{ZH: "维修"}}}
	for i := range v.Hours {
		v.Hours[i] = []civil.Interval{{Start: 9 * 60, End: 11 * 60}}
	}
	w.save(v)
	w.reserve(resident(1), booking.Request{Venue: "v", Space: "s02", Start: w.at(today, 9, 0), End: w.at(today, 10, 0)})
	ask := func(q booking.AvailabilityQuery) *booking.Availability {
		t.Helper()
		q.Venue, q.From, q.Days = "v", today, 1
		week, err := w.desk.Availability(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		return week
	}
	if week := ask(booking.AvailabilityQuery{}); row(week, 0, "room") != "1 1 3 3" || row(week, 0, "s01") != "none" {
		t.Errorf("by default: %+v", week.Days[0].Spaces)
	}
	if week := ask(booking.AvailabilityQuery{Members: true}); row(week, 0, "s01") != "1 1 1 1" || row(week, 0, "s02") != "0 0 1 1" || row(week, 0, "s03") != "-1 -1 1 1" {
		t.Errorf("with members: %+v", week.Days[0].Spaces)
	}
	if week := ask(booking.AvailabilityQuery{Space: "s02"}); len(week.Days[0].Spaces) != 1 {
		t.Errorf("one seat: %+v", week.Days[0].Spaces)
	}
	_, err := w.desk.Availability(context.Background(), booking.AvailabilityQuery{Venue: "v", Space: "s99"})
	expectCode(t, err, "space_not_found")
	_, err = w.desk.Availability(context.Background(), booking.AvailabilityQuery{Venue: "w"})
	expectCode(t, err, "venue_not_found")
}

func TestTheTagChangesExactlyWithWhatCanChangeTheAnswer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := w.save(readingRoom("v", 3))
	w.save(readingRoom("w", 3))
	ctx := context.Background()
	tag := func() string {
		t.Helper()
		q := booking.AvailabilityQuery{Venue: "v", From: today, Days: 2}
		tag, err := w.desk.AvailabilityTag(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		week, err := w.desk.Availability(ctx, q)
		if err != nil || week.ETag != tag {
			t.Fatalf("tag %q, answer has %q, %v", tag, week.ETag, err)
		}
		return tag
	}
	same := func(what string, change func()) {
		t.Helper()
		before := tag()
		if change(); tag() != before {
			t.Errorf("%s changed the tag", what)
		}
	}
	differs := func(what string, change func()) {
		t.Helper()
		before := tag()
		if change(); tag() == before {
			t.Errorf("%s did not change the tag", what)
		}
	}
	var b booking.Booking
	book := func(venue string, date civil.Date) func() {
		return func() {
			b = w.reserve(resident(1), booking.Request{Venue: venue, Space: "room", Start: w.at(date, 9, 0), End: w.at(date, 10, 0)})
		}
	}
	same("nothing", func() {})
	same("a second", func() { w.clock.Add(time.Second) })
	differs("a minute", func() { w.clock.Add(time.Minute) })
	same("a booking at another venue", book("w", today))
	same("a booking in a week", book("v", today.Add(6)))
	differs("a booking", book("v", today))
	differs("its check-in", func() {
		w.clock.Set(w.at(today, 8, 50))
		_ = tag()
		if _, err := w.desk.CheckIn(ctx, system, booking.CheckInRequest{Venue: "v", Number: b.Number}); err != nil {
			t.Fatal(err)
		}
	})
	differs("its end", func() {
		if _, err := w.desk.CheckOut(ctx, system, b.ID); err != nil {
			t.Fatal(err)
		}
	})
	differs("an edit of the venue", func() {
		edited := *v
		edited.Phone = "+867951234567"
		w.save(&edited)
	})
	differs("a new calendar", func() {
		if err := w.venues.SaveCalendar(ctx, system, &civil.Calendar{}); err != nil {
			t.Fatal(err)
		}
	})
}

func TestFreeFindsByKindPeopleFeaturesAndDistance(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	near, far := premises("near"), premises("far")
	near.Position, far.Position = &venue.Position{Lat: 29.29, Lon: 117.20}, &venue.Position{Lat: 29.30, Lon: 117.25}
	near.Spaces[3].Features = []venue.Feature{venue.Piano}
	w.save(near)
	w.save(far)
	w.save(readingRoom("library", 5))
	w.reserve(resident(1), booking.Request{Venue: "near", Space: "hall", Start: w.at(today, 9, 0), End: w.at(today, 11, 0)})
	w.reserve(resident(1), booking.Request{Venue: "library", Space: "room", Start: w.at(today, 10, 0), End: w.at(today, 11, 0), Party: 2})
	here := &venue.Position{Lat: 29.29, Lon: 117.2}
	for _, c := range []struct {
		name string
		q    booking.FreeQuery
		want string
	}{
		{"all, by venue", booking.FreeQuery{}, "far/hall far/room-a far/room-b far/r1 far/r2 far/r3 far/square:50 library/room:3 near/r1 near/r2 near/r3 near/square:50"},
		{"for many", booking.FreeQuery{People: 41}, "far/hall far/square:50 near/square:50"},
		{"three seats", booking.FreeQuery{People: 3, Kind: venue.ReadingRoom}, "library/room:3"},
		{"four seats", booking.FreeQuery{People: 4, Kind: venue.ReadingRoom}, ""},
		{"with a piano", booking.FreeQuery{Features: []venue.Feature{venue.Piano}}, "near/r1"},
		{"nearest first", booking.FreeQuery{Near: here, Limit: 5}, "near/r1 near/r2 near/r3 near/square:50 far/hall"},
		{"within a kilometre", booking.FreeQuery{Near: here, WithinMeters: 1000}, "near/r1 near/r2 near/r3 near/square:50"},
		{"the free seats of a group", booking.FreeQuery{Venue: "library", Parent: "room"}, "library/s03 library/s04 library/s05"},
		{"too early", booking.FreeQuery{From: 6 * 60}, ""},
	} {
		c.q.Date, c.q.To = today, 11*60
		if c.q.From == 0 {
			c.q.From = 10 * 60
		}
		list, tag, err := w.desk.Free(context.Background(), c.q)
		if err != nil || tag == "" {
			t.Fatalf("%s: tag %q, %v", c.name, tag, err)
		}
		var got []string
		for _, f := range list {
			name := f.Venue.ID + "/" + f.Space.ID
			if f.Left > 1 {
				name += fmt.Sprintf(":%d", f.Left)
			}
			got = append(got, name)
			if c.q.Near != nil && f.Venue.ID == "far" && (f.Distance < 4800 || f.Distance > 5100) {
				t.Errorf("%s: %d meters", c.name, f.Distance)
			}
		}
		if diff := cmp.Diff(c.want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
		again, same, err := w.desk.Free(context.Background(), c.q)
		if err != nil || same != tag || len(again) != len(list) {
			t.Errorf("%s: asked again: %d found, tag %q then %q, %v", c.name, len(again), tag, same, err)
		}
	}
	_, _, err := w.desk.Free(context.Background(), booking.FreeQuery{Date: today, From: 600, To: 540})
	expectCode(t, err, "time_order")
	_, _, err = w.desk.Free(context.Background(), booking.FreeQuery{Date: today, From: 540, To: 600, Parent: "room"})
	expectCode(t, err, "venue_needed")
}

func TestBothDaysOfAClockChangeHaveTheirRealHours(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := premises("v")
	v.Zone = "Europe/Berlin"
	v.Rules.HorizonDays = 400
	for i := range v.Hours {
		v.Hours[i] = []civil.Interval{{Start: 0, End: 6 * 60}}
	}
	w.save(v)
	berlin := v.Location()
	spring, autumn := civil.NewDate(2027, time.March, 28), civil.NewDate(2027, time.October, 31)
	for _, c := range []struct {
		date  civil.Date
		slots int
	}{{spring, 10}, {autumn, 14}, {autumn + 1, 12}} {
		week, err := w.desk.Availability(context.Background(), booking.AvailabilityQuery{Venue: "v", From: c.date, Days: 1})
		if err != nil || len(week.Days[0].Slots) != c.slots {
			t.Errorf("%s: slots %v, %v", c.date, week.Days[0].Slots, err)
		}
	}
	// The hour that happens twice is two hours, and can be booked as such.
	first := autumn.At(2*60, berlin)
	w.reserve(resident(1), booking.Request{Venue: "v", Space: "r1", Start: first, End: first.Add(time.Hour)})
	second := w.reserve(resident(2), booking.Request{Venue: "v", Space: "r1", Start: first.Add(time.Hour), End: first.Add(2 * time.Hour)})
	_, err := w.desk.Reserve(context.Background(), resident(3), booking.Request{Venue: "v", Space: "r1", Start: first, End: first.Add(2 * time.Hour), Party: 1})
	expectCode(t, err, "space_taken")
	if got := second.Start.In(berlin).Format("15:04 MST"); got != "02:00 CET" {
		t.Errorf("the second booking starts at %s", got)
	}
	w.verify()
}
