package apptest

import (
	"net/http"
	"time"

	"wenguan/models/pass"
)

// ShownPass is the pass that a phone has got.
type ShownPass struct {
	Token string
	Live  struct {
		Seconds int64
		From    int64
		Codes   []string
	}
	By []string `json:"check_in_by"`
}

// PassOf asks for the pass of a booking, as the page of the holder does.
func PassOf(holder *Client, booking string) *ShownPass {
	holder.t.Helper()
	return new(Decode[ShownPass](holder.Get("/api/v1/bookings/" + booking + "/pass").Expect(http.StatusOK)))
}

// At is what the QR code of the pass says at a moment: the pass alone where the phone has no code for it.
func (p *ShownPass) At(now time.Time) string {
	return pass.Live{From: p.Live.From, Codes: p.Live.Codes}.Text(p.Token, now.Unix()/p.Live.Seconds)
}
