package app_test

import (
	"fmt"
	"net/http"
	"testing"

	"wenguan/app/apptest"
	"wenguan/models/booking"
	"wenguan/models/rule"
)

func TestTwoHundredResidentsRushForASessionOf120AndExactly120GetIn(t *testing.T) {
	t.Parallel()
	s := under(t, "city-library-entry", hall(2000, 9*60, 17*60))
	v, err := s.Venues.Get(t.Context(), "place")
	if err != nil {
		t.Fatal(err)
	}
	less := *v
	less.Rules.Sessions = []rule.Session{{Start: 9 * 60, End: 13 * 60, Quota: 120}, {Start: 13 * 60, End: 17 * 60, Quota: 120}}
	s.Save(&less)
	s.at("2026-11-24 10:00")
	residents := make([]*apptest.Client, 200)
	for i := range residents {
		residents[i] = s.Resident(fmt.Sprintf("读者%d", i))
	}
	answers := all(t, residents, func(c *apptest.Client, _ int) (*apptest.Answer, error) {
		return c.Try(http.MethodPost, "/api/v1/bookings", wish("place", "hall", "2026-11-25T09:00", "2026-11-25T13:00"))
	})
	won := 0
	for _, a := range answers {
		if a.Status == http.StatusCreated {
			won++
		} else {
			a.Refused(409, "session_full")
		}
	}
	if won != 120 {
		t.Errorf("%d got in", won)
	}
	s.ends()
}

// A limit that reaches over the whole district is one limit, however fast somebody taps at two of its venues.
func TestTapsAtTwoVenuesUnderADistrictWideLimitWinOnce(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	for _, id := range []string{"east", "west"} {
		v := h.ReadingRoom(id, 40)
		v.Rules.Limits = []rule.Limit{{Count: rule.Bookings, Max: 1, Within: rule.Within{Per: rule.AWeek}, Scope: rule.InDistrict}}
		h.Save(v)
	}
	residents := make([]*apptest.Client, 60) // two taps each
	for i := range 30 {
		residents[2*i] = h.Resident(fmt.Sprintf("读者%d", i))
		residents[2*i+1] = h.As(residents[2*i].Account)
	}
	answers := all(t, residents, func(c *apptest.Client, i int) (*apptest.Answer, error) {
		from := []string{"2026-11-25T09:00", "2026-11-26T14:00"}[i%2]
		return c.Try(http.MethodPost, "/api/v1/bookings", wish([]string{"east", "west"}[i%2], "seats", from, from[:11]+map[string]string{"0": "11:00", "1": "16:00"}[from[11:12]]))
	})
	for i := range 30 {
		a, b := answers[2*i], answers[2*i+1]
		if a.Status > b.Status {
			a, b = b, a
		}
		a.Expect(http.StatusCreated)
		if p := b.Refused(422, "rule_bookings"); p.Params["mine"] != 1.0 {
			t.Errorf("the refusal says %v", p.Params)
		}
	}
	if err := booking.Verify(t.Context(), h.Store); err != nil {
		t.Error(err)
	}
}
