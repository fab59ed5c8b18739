package app_test

import (
	"bytes"
	"image"
	"image/png"
	"slices"
	"strings"
	"testing"
	"time"

	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
	"wenguan/models/venue"
)

// call is one request and what must come back.
type call struct {
	name         string
	method, path string
	body         any
	headers      []string
	status       int
	want, never  []string // texts that the body has, and has not
}

func check(t *testing.T, c *apptest.Client, calls []call) {
	t.Helper()
	for _, call := range calls {
		got := c.Do(call.method, call.path, call.body, call.headers...)
		if got.Status != call.status {
			t.Errorf("%s: %s %s: %d, not %d: %.500s", call.name, call.method, call.path, got.Status, call.status, got.Body)
		}
		for _, text := range call.want {
			if !strings.Contains(string(got.Body), text) {
				t.Errorf("%s: the body lacks %s: %.500s", call.name, text, got.Body)
			}
		}
		for _, text := range call.never {
			if strings.Contains(string(got.Body), text) {
				t.Errorf("%s: the body has %s: %.500s", call.name, text, got.Body)
			}
		}
	}
}

func picture(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAResidentBooksASeatAndIsLetIn(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.ReadingRoom("room", 4)
	resident, attendant := h.Resident("王小明"), h.Staff(account.Attendant, "room")

	made := resident.Post("/api/v1/bookings", `{"venue":"room","space":"seats","start":"2026-11-24T10:00","end":"2026-11-24T12:00"}`).Expect(201)
	b := apptest.Decode[handlers.Booking](made)
	if got := made.Header.Get("Location"); got != "/api/v1/bookings/"+b.ID {
		t.Errorf("Location is %q", got)
	}
	if b.Start != "2026-11-24T10:00:00+08:00" || b.Holder.Name != "王小明" || len(b.Assigned) != 1 || !b.Can.Cancel {
		t.Errorf("the booking is not as asked for: %+v", b)
	}
	var pass struct{ Token string }
	resident.Get("/api/v1/bookings/" + b.ID + "/pass").Expect(200).Into(&pass)
	scan := map[string]string{"venue": "room", "token": pass.Token}
	early := attendant.Post("/api/v1/check-ins", scan).Refused(409, "too_early")
	if early.Params["opens"] != "2026-11-24T09:45:00+08:00" {
		t.Errorf("check-in opens at %v", early.Params["opens"])
	}
	h.Clock.Advance(10 * time.Minute)
	in := attendant.Post("/api/v1/check-ins", scan).Expect(200)
	if !strings.Contains(string(in.Body), "王*明") || strings.Contains(string(in.Body), "王小明") {
		t.Errorf("the name is not masked: %s", in.Body)
	}
	attendant.Post("/api/v1/check-ins", map[string]string{"venue": "room", "number": b.Number}).Refused(409, "already_in")
	h.Clock.Advance(20 * time.Minute)
	check(t, attendant, []call{{
		name: "the board counts the party", method: "GET", path: "/api/v1/venues/room/board", status: 200,
		want: []string{`"in":1,"booked_now":1,"walked_in":0,"walk_in":[],"capacity":4`, "王*明"}, never: []string{"王小明"},
	}, {
		name: "the list of venues has one place less", method: "GET", path: "/api/v1/venues", status: 200,
		want: []string{`"seats":4,"free_now":3,"open_now":true`},
	}})
	out := apptest.Decode[handlers.Booking](resident.Post("/api/v1/bookings/"+b.ID+"/check-out", nil).Expect(200))
	if out.State != "completed" || out.CheckOutAt == nil {
		t.Errorf("the visit is not over: %+v", out)
	}
}

func TestAManagerIsToldWhoseBookingNeedsTheSpaceThatIsRemoved(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.Hotel("hotel")
	resident, manager := h.Resident("王小明"), h.Staff(account.Manager, "hotel")
	b := apptest.Decode[handlers.Booking](resident.Post("/api/v1/bookings", `{"venue":"hotel","space":"c","start":"2026-11-25T09:00","end":"2026-11-25T11:00"}`).Expect(201))
	var v map[string]any
	manager.Get("/api/v1/venues/hotel").Expect(200).Into(&v)
	v["spaces"] = slices.DeleteFunc(v["spaces"].([]any), func(s any) bool { return s.(map[string]any)["id"] == "c" })
	refused := manager.Put("/api/v1/venues/hotel", v).Refused(409, "space_in_use")
	if refused.Field != "spaces" || refused.Params["bookings"] != 1.0 || refused.Params["first"] != "2026-11-25T09:00:00+08:00" || refused.Params["space"] != "c" {
		t.Errorf("refused on %q with %v", refused.Field, refused.Params)
	}
	resident.Post("/api/v1/bookings/"+b.ID+"/cancellation", nil).Expect(200)
	manager.Put("/api/v1/venues/hotel", v).Expect(200)
}

func TestWhoLosesASpaceIsToldWhatIsFreeNearby(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.Hotel("hotel")
	wish := `{"venue":"hotel","space":"a","start":"2026-11-25T09:00","end":"2026-11-25T11:00"}`
	h.Resident("王小明").Post("/api/v1/bookings", wish).Expect(201)
	lost := h.Resident("李雷").Post("/api/v1/bookings", wish).Refused(409, "space_taken")
	if len(lost.Alternatives) != 3 || lost.Field != "start" {
		t.Fatalf("the loser gets %d alternatives on field %q", len(lost.Alternatives), lost.Field)
	}
	for _, a := range lost.Alternatives {
		if a.Venue != "hotel" || a.SpaceName.ZH == "" || !strings.HasSuffix(a.Start, "+08:00") {
			t.Errorf("an alternative cannot be shown: %+v", a)
		}
	}
	a := lost.Alternatives[0]
	h.Resident("韩梅梅").Post("/api/v1/bookings", map[string]string{"venue": a.Venue, "space": a.Space, "start": a.Start, "end": a.End}).Expect(201)
	if _, leaked := lost.Params["alternatives"]; leaked {
		t.Error("the alternatives are in the params too")
	}
}

func TestADoubleTapMakesOneBooking(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.ReadingRoom("room", 4)
	resident := h.Resident("王小明")
	wish := `{"venue":"room","space":"seats","start":"2026-11-25T09:00","end":"2026-11-25T10:00"}`
	first := apptest.Decode[handlers.Booking](resident.Post("/api/v1/bookings", wish, "Idempotency-Key", "tap").Expect(201))
	again := apptest.Decode[handlers.Booking](resident.Post("/api/v1/bookings", wish, "Idempotency-Key", "tap").Expect(201))
	if first.ID != again.ID {
		t.Errorf("two bookings: %s and %s", first.ID, again.ID)
	}
	resident.Post("/api/v1/bookings", strings.Replace(wish, "10:00", "11:00", 1), "Idempotency-Key", "tap").Refused(409, "idempotency_key_reused")
	resident.Post("/api/v1/bookings", wish, "Idempotency-Key", strings.Repeat("k", 101)).Refused(422, "invalid_input")
}

func TestTimesAreReadByTheClockOfTheVenueAndWithAnOffset(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	v := apptest.Blank("berlin", venue.Square)
	v.Zone, v.Atoms = "Europe/Berlin", []venue.Atom{{ID: "a", Capacity: 1}}
	v.Spaces = []venue.Space{{ID: "a", Name: venue.Text{ZH: "甲"}, Type: venue.Room, Allocation: venue.Exclusive, Atoms: []string{"a"}, Seats: 9, Bookable: true}}
	for day := range v.Hours {
		v.Hours[day] = fullDay
	}
	h.Save(v)
	h.Clock.Set(time.Date(2026, 3, 28, 8, 0, 0, 0, time.UTC))
	resident := h.Resident("王小明")
	wish := func(start, end string) string {
		return `{"venue":"berlin","space":"a","start":"` + start + `","end":"` + end + `"}`
	}
	gap := resident.Post("/api/v1/bookings", wish("2026-03-29T02:30", "2026-03-29T04:00")).Refused(422, "time_in_gap")
	if gap.Field != "start" || gap.Params["next"] == nil {
		t.Errorf("the gap is not explained: %+v", gap)
	}
	check(t, resident, []call{
		{
			name: "wall clock after the gap", method: "POST", path: "/api/v1/bookings", status: 201,
			body: wish("2026-03-29T03:00", "2026-03-29T04:00"), want: []string{`"start":"2026-03-29T03:00:00+02:00"`},
		}, {
			name: "an offset", method: "POST", path: "/api/v1/bookings", status: 201,
			body: wish("2026-03-29T06:00:00Z", "2026-03-29T16:00:00+08:00"), want: []string{`"start":"2026-03-29T08:00:00+02:00"`, `"end":"2026-03-29T10:00:00+02:00"`},
		}, {
			name: "no time at all", method: "POST", path: "/api/v1/bookings", status: 422,
			body: wish("2026-03-29 half past", "2026-03-29T04:00"), want: []string{`"code":"time_unreadable"`, `"field":"start"`}, never: []string{"half past"},
		},
	})
}
