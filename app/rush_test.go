package app_test

import (
	"errors"
	"fmt"
	"net/http"
	"sync"
	"testing"

	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/booking"
)

const rushClients = 500

func TestFiveHundredResidentsRushForTheSamePlaces(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.ReadingRoom("room", 24)
	h.Hotel("hotel")
	residents := make([]*apptest.Client, rushClients)
	for i := range residents {
		residents[i] = h.Resident(fmt.Sprintf("读者%d", i))
	}
	hall := []string{"hall", "a", "b"}
	for _, rush := range []struct {
		name    string
		winners func(won int) bool
		wish    func(i int) string
	}{
		{
			"24 seats of one session", func(won int) bool { return won == 24 },
			func(int) string { return wish("room", "seats", "2026-11-25T09:00", "2026-11-25T11:00") },
		}, {
			"24 seats at overlapping times", func(won int) bool { return won >= 24 && won <= 48 },
			func(i int) string {
				start := 12*60 + i%4*30
				return wish("room", "seats", clock("2026-11-25", start), clock("2026-11-25", start+120))
			},
		}, {
			"a hall and its two halves", func(won int) bool { return won == 1 || won == 2 },
			func(i int) string { return wish("hotel", hall[i%3], "2026-11-25T09:00", "2026-11-25T11:00") },
		},
	} {
		answers := all(t, residents, func(c *apptest.Client, i int) (*apptest.Answer, error) {
			return c.Try(http.MethodPost, "/api/v1/bookings", rush.wish(i))
		})
		won := 0
		for _, a := range answers {
			if a.Status == http.StatusCreated {
				won++
			} else if p := a.Refused(409, "space_taken"); len(p.Alternatives) == 0 {
				t.Errorf("%s: a loser is offered nothing", rush.name)
			}
		}
		if !rush.winners(won) {
			t.Errorf("%s: %d winners", rush.name, won)
		}
		if err := booking.Verify(t.Context(), h.Store); err != nil {
			t.Errorf("%s: %v", rush.name, err)
		}
	}
}

func TestOneKeyGivesOneBookingHoweverOftenItIsSentAtOnce(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.ReadingRoom("room", 24)
	resident := h.Resident("王小明")
	same := make([]*apptest.Client, 50)
	for i := range same {
		same[i] = resident
	}
	ids := map[string]bool{}
	for _, a := range all(t, same, func(c *apptest.Client, _ int) (*apptest.Answer, error) {
		return c.Try(http.MethodPost, "/api/v1/bookings", wish("room", "seats", "2026-11-25T09:00", "2026-11-25T11:00"), "Idempotency-Key", "one")
	}) {
		ids[apptest.Decode[handlers.Booking](a.Expect(201)).ID] = true
	}
	if len(ids) != 1 {
		t.Errorf("%d bookings", len(ids))
	}
}

// all lets every client ask at once and fails the test if one gets no answer.
func all(t *testing.T, clients []*apptest.Client, ask func(*apptest.Client, int) (*apptest.Answer, error)) []*apptest.Answer {
	t.Helper()
	answers, errs := make([]*apptest.Answer, len(clients)), make([]error, len(clients))
	start := make(chan struct{})
	var asking sync.WaitGroup
	for i, c := range clients {
		asking.Go(func() {
			<-start
			answers[i], errs[i] = ask(c, i)
		})
	}
	close(start)
	asking.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	return answers
}

func wish(venue, space, start, end string) string {
	return fmt.Sprintf(`{"venue":%q,"space":%q,"start":%q,"end":%q}`, venue, space, start, end)
}

func clock(date string, minute int) string {
	return fmt.Sprintf("%sT%02d:%02d", date, minute/60, minute%60)
}
