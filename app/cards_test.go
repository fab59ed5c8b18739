package app_test

import (
	"strings"
	"testing"
	"time"

	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/rule"
)

const card = "00000019900307009X"

// cardHouse has a room where cards count, and somebody with a card who has booked 10:00 to 11:00; it is 09:40.
func cardHouse(t *testing.T) (*apptest.House, *apptest.Client, handlers.Booking) {
	t.Helper()
	h := apptest.Start(t)
	h.ReadingRoom("room", 6)
	me := h.Resident("王小明")
	me.Post("/api/v1/account/identity", map[string]string{"name": "王小明", "number": card}).Expect(200)
	return h, me, bookAt(t, me, `{"venue":"room","space":"seats","start":"2026-11-24T10:00","end":"2026-11-24T11:00"}`)
}

func swipe(c *apptest.Client, number, do string) *apptest.Answer {
	return c.Post("/api/v1/venues/room/card-attendance", map[string]string{"identity_number": number, "do": do})
}

func TestAnIdentityCardAtTheKioskChecksInAndOut(t *testing.T) {
	t.Parallel()
	h, me, b := cardHouse(t)
	kiosk := h.Device(account.Kiosk, "room")
	swipe(kiosk, card, "check_in").Refused(409, "too_early")
	h.Clock.Advance(10 * time.Minute)
	in := apptest.Decode[struct{ Booking handlers.Booking }](swipe(kiosk, " 000000 19900307 009x", "check_in").Expect(200)).Booking
	if in.ID != b.ID || in.State != booking.CheckedIn || in.Holder.Name != "王*明" || in.Holder.ID != "" {
		t.Errorf("the kiosk is told %+v", in)
	}
	swipe(kiosk, card, "check_in").Refused(409, "already_in")
	out := apptest.Decode[struct{ Booking handlers.Booking }](swipe(kiosk, card, "check_out").Expect(200)).Booking
	if out.State != booking.Completed {
		t.Errorf("it is %s", out.State)
	}
	if looks := looksAt(me); looks != 0 {
		t.Errorf("a machine looked %d times", looks)
	}
}

// looksAt is how many times staff looked at somebody's data, as they are shown it.
func looksAt(who *apptest.Client) int {
	return len(apptest.Decode[struct{ Items []any }](who.Get("/api/v1/account/looks").Expect(200)).Items)
}

func TestACardThatOpensNothingSaysWhyAndNoMore(t *testing.T) {
	t.Parallel()
	h, me, b := cardHouse(t)
	h.Clock.Advance(10 * time.Minute)
	door := h.Device(account.Door, "room")
	unbound := swipe(door, "000000199001019995", "check_in").Refused(404, "card_no_booking")
	swipe(door, card[:17]+"1", "check_in").Refused(422, "identity_number")
	h.Save(h.Square("square", 9))
	elsewhere := h.Device(account.Door, "square").Post("/api/v1/venues/square/card-attendance", map[string]string{"identity_number": card}).
		Refused(404, "card_no_booking")
	if unbound.Detail != elsewhere.Detail || len(unbound.Params)+len(elsewhere.Params) > 0 {
		t.Errorf("who is known here can be told from who is not: %+v, %+v", unbound, elsewhere)
	}
	door.Post("/api/v1/venues/square/card-attendance", map[string]string{"identity_number": card}).Refused(403, "not_permitted")
	h.Resident("李雷").Post("/api/v1/venues/room/card-attendance", map[string]string{"identity_number": card}).Refused(403, "not_permitted")
	me.Post("/api/v1/bookings/"+b.ID+"/cancellation", nil).Expect(200)
	swipe(door, card, "check_in").Refused(404, "card_no_booking")
}

func TestACardIsRefusedWhereTheRulesNameOtherMeans(t *testing.T) {
	t.Parallel()
	h, me, _ := cardHouse(t)
	room, err := h.Venues.Get(t.Context(), "room")
	if err != nil {
		t.Fatal(err)
	}
	changed := *room
	changed.Rules.CheckInBy = []rule.Means{rule.ByPass, rule.ByStaff}
	h.Save(&changed)
	me.Post("/api/v1/bookings", `{"venue":"room","space":"seats","start":"2026-11-24T13:00","end":"2026-11-24T14:00"}`).Expect(201)
	h.Clock.Advance(3*time.Hour + 10*time.Minute)
	swipe(h.Device(account.Kiosk, "room"), card, "check_in").Refused(422, "rule_check_in_by")
	swipe(h.Staff(account.Attendant, "room"), card, "check_in").Refused(422, "rule_check_in_by")
}

func TestACardStandsForOnesFamilyAndTakesWhatIsOpenFirst(t *testing.T) {
	t.Parallel()
	h, me, mine := cardHouse(t)
	child := apptest.Decode[struct{ ID string }](
		me.Post("/api/v1/account/family", map[string]any{"relation": "child", "name": "王小宝", "birth_year": 2018}).Expect(201))
	theirs := bookAt(t, me, `{"venue":"room","space":"seats","start":"2026-11-24T10:00","end":"2026-11-24T11:00","for":"`+child.ID+`"}`)
	later := bookAt(t, me, `{"venue":"room","space":"seats","start":"2026-11-24T15:00","end":"2026-11-24T16:00"}`)
	tomorrow := bookAt(t, me, `{"venue":"room","space":"seats","start":"2026-11-25T08:00","end":"2026-11-25T09:00"}`)
	friend := h.Resident("李雷")
	with := bookAt(t, friend, `{"venue":"room","space":"seats","start":"2026-11-24T10:00","end":"2026-11-24T11:00"}`)
	h.Clock.Advance(10 * time.Minute)
	kiosk := h.Device(account.Kiosk, "room")
	swipe(kiosk, card, "check_in").Expect(200)
	swipe(kiosk, card, "check_in").Expect(200)
	swipe(kiosk, card, "check_in").Refused(409, "already_in")
	manager := h.Staff(account.Manager, "room")
	for id, want := range map[string]booking.State{
		mine.ID: booking.CheckedIn, theirs.ID: booking.CheckedIn, later.ID: booking.Confirmed, tomorrow.ID: booking.Confirmed, with.ID: booking.Confirmed,
	} {
		if b := apptest.Decode[handlers.Booking](manager.Get("/api/v1/bookings/" + id).Expect(200)); b.State != want {
			t.Errorf("the booking of %s at %s is %s, want %s", b.Holder.Name, b.Start, b.State, want)
		}
	}
}

func TestACardThatStaffTypeIsALookAndIsKeptNowhere(t *testing.T) {
	t.Parallel()
	h, me, _ := cardHouse(t)
	h.Clock.Advance(10 * time.Minute)
	desk := h.Staff(account.Counter, "room")
	said := swipe(desk, card, "check_in").Expect(200)
	again := swipe(desk, card, "check_in").Refused(409, "already_in")
	wrong := swipe(desk, "{\"$ne\":null}", "check_in")
	if looks := looksAt(me); looks != 1 {
		t.Errorf("%d looks are recorded, want 1", looks)
	}
	text := string(said.Body) + again.Detail + string(wrong.Body)
	for name, all := range everything(t, h) {
		text += name + all
	}
	if strings.Contains(text, card) || strings.Contains(text, "$ne") {
		t.Error("the number is kept, or said again")
	}
}

func TestCardsAreReadOnlySoOften(t *testing.T) {
	t.Parallel()
	h, _, _ := cardHouse(t)
	kiosk, door := h.Device(account.Kiosk, "room"), h.Device(account.Door, "room")
	for range 30 {
		swipe(kiosk, "000000199001019995", "check_in").Refused(404, "card_no_booking")
	}
	swipe(kiosk, card, "check_in").Refused(429, "too_many_requests")
	swipe(door, card, "check_in").Refused(409, "too_early") // each counts for itself
	h.Clock.Advance(time.Minute)
	swipe(kiosk, card, "check_in").Refused(409, "too_early")
}
