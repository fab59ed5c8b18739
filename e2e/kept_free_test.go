package e2e

import (
	"net/http"
	"testing"

	"wenguan/app/apptest"
)

// Who asks for a time at which nobody is there, but which the next booking needs for preparing, is told that, and not
// that somebody was faster.
func TestTheTimeKeptFreeAroundABookingIsSaidToBeThat(t *testing.T) {
	t.Parallel()
	for on, c := range map[device]struct{ language, said string }{
		phone:   {"zh-CN", "前后的预约要留出准备时间"},
		desktop: {"en", "the bookings next to it need time"},
	} {
		t.Run(string(on), func(t *testing.T) {
			t.Parallel()
			house := apptest.Start(t)
			venue := *house.Hotel("hotel")
			venue.Rules.BufferBefore = 30
			house.Save(&venue)
			p := open(t, house, on)
			p.language(c.language)
			p.as(house.Resident("王小明"))
			p.visit("/venues/hotel?space=c&date=2026-11-24&from=14:00&to=16:00&book=1")
			p.see("dialog[open] select[name=start]")
			house.Resident("李小红").Post("/api/v1/bookings", map[string]any{
				"venue": "hotel", "space": "c", "start": "2026-11-24T16:00", "end": "2026-11-24T18:00", "party": 1,
			}).Expect(http.StatusCreated)
			p.click("dialog button.large")
			p.read(".taken", c.said)
			p.shot(" kept")
			p.click(".alternative")
			p.see(".qr")
		})
	}
}
