package app_test

import (
	"net/http"
	"strings"
	"testing"

	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
	"wenguan/models/audit"
)

// machine is a browser that became a device of the venue "room" by its token.
type machine struct {
	*apptest.Client
	cookie string
	id     string
}

func deviceAt(t *testing.T, h *apptest.House, manager *apptest.Client, purpose string) machine {
	t.Helper()
	var made struct {
		Device handlers.DeviceView `json:"device"`
		Token  string              `json:"token"`
	}
	manager.Post("/api/v1/venues/room/devices", map[string]string{"name": "东门平板", "purpose": purpose}).Expect(201).Into(&made)
	answer := h.Anonymous().Post("/api/v1/sessions", map[string]string{"device": made.Token}).Expect(201)
	cookie, err := http.ParseSetCookie(answer.Header.Get("Set-Cookie"))
	if err != nil || !cookie.HttpOnly {
		t.Fatalf("the cookie is %+v, %v", cookie, err)
	}
	return machine{h.Anonymous(), cookie.Name + "=" + cookie.Value, made.Device.ID}
}

// ask is a request of the page that the device shows.
func (m machine) ask(method, path string, body any) *apptest.Answer {
	return m.Do(method, "/api/v1"+path, body, "Cookie", m.cookie, "Sec-Fetch-Site", "same-origin")
}

func TestABrowserBecomesADoorAndChecksPeopleIn(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.ReadingRoom("room", 4)
	h.Square("elsewhere", 4)
	manager := h.Staff(account.Manager, "room")
	door := deviceAt(t, h, manager, "door")
	session := apptest.Decode[handlers.SessionView](door.ask("GET", "/session", nil).Expect(200))
	if session.Account != nil || session.Device == nil || session.Device.Venue != "room" || session.Device.Purpose != account.Door ||
		len(session.May) != 1 || session.Scopes[account.CheckIn].Venues[0] != "room" {
		t.Errorf("the session is %+v of %+v", session, session.Device)
	}
	holder := h.Resident("王小明")
	b := apptest.Decode[handlers.Booking](holder.Post("/api/v1/bookings",
		`{"venue":"room","space":"seats","start":"2026-11-24T09:30","end":"2026-11-24T11:30","purpose":"复习"}`).Expect(201))
	here := map[string]string{"venue": "room", "number": b.Number}
	door.ask("POST", "/check-ins", map[string]string{"venue": "elsewhere", "number": b.Number}).Refused(403, "not_permitted")
	var in struct{ Booking handlers.Booking }
	door.ask("POST", "/check-ins", here).Expect(200).Into(&in)
	if in.Booking.Holder.Name != "王*明" || in.Booking.Holder.ID != "" || in.Booking.Purpose != "" {
		t.Errorf("the door shows %+v", in.Booking)
	}
	door.ask("GET", "/bookings/"+b.ID, nil).Refused(403, "not_permitted")
	door.ask("GET", "/venues/room/board", nil).Refused(403, "not_permitted")
	records, _, err := h.Audit.Find(t.Context(), h.Staff(account.Administrator).Account.Actor(), audit.Query{Chain: "room", Limit: 1})
	if err != nil || records[0].Action != "booking.checked_in" || records[0].Actor != "device/"+door.id {
		t.Errorf("the audit has %+v, %v", records, err)
	}
}

func TestADisplaySeesItsDayWithoutNumbersOrNames(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.ReadingRoom("room", 4)
	display := deviceAt(t, h, h.Staff(account.Manager, "room"), "display")
	b := apptest.Decode[handlers.Booking](h.Resident("王小明").Post("/api/v1/bookings",
		`{"venue":"room","space":"seats","start":"2026-11-24T09:30","end":"2026-11-24T11:30"}`).Expect(201))
	answer := display.ask("GET", "/venues/room/board", nil).Expect(200)
	board := apptest.Decode[handlers.BoardView](answer)
	if len(board.Bookings) != 1 || board.Bookings[0].HolderName != "王*明" || strings.Contains(string(answer.Body), b.Number) {
		t.Errorf("the display sees %s", answer.Body)
	}
	display.ask("POST", "/check-ins", map[string]string{"venue": "room", "number": b.Number}).Refused(403, "not_permitted")
	display.Get("/api/v1/venues/room/board", "Cookie", display.cookie, "If-None-Match", answer.Header.Get("ETag")).Expect(304)
}

func TestADeviceThatIsRevokedIsNobody(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.ReadingRoom("room", 4)
	manager := h.Staff(account.Manager, "room")
	kiosk := deviceAt(t, h, manager, "kiosk")
	var list struct{ Items []handlers.DeviceView }
	manager.Get("/api/v1/venues/room/devices").Expect(200).Into(&list)
	if len(list.Items) != 1 || list.Items[0].SeenAt == nil || strings.Contains(kiosk.cookie, list.Items[0].ID) {
		t.Errorf("listed %+v", list.Items)
	}
	manager.Do("DELETE", "/api/v1/venues/room/devices/"+kiosk.id, nil).Expect(204)
	if s := apptest.Decode[handlers.SessionView](kiosk.ask("GET", "/session", nil).Expect(200)); s.Device != nil || len(s.May) > 0 {
		t.Errorf("it is still %+v", s)
	}
	kiosk.ask("POST", "/check-ins", map[string]string{"venue": "room", "number": "23456789"}).Refused(401, "sign_in_needed")
	_, token, _ := strings.Cut(kiosk.cookie, "=")
	h.Anonymous().Post("/api/v1/sessions", map[string]string{"device": token}).Refused(422, "device_unknown")
}

func TestMakingADeviceOfABrowserSignsItsPersonOut(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.ReadingRoom("room", 4)
	manager := h.Staff(account.Manager, "room")
	_, token, err := h.Accounts.MakeDevice(t.Context(), apptest.System, "room", account.Display, "大屏")
	if err != nil {
		t.Fatal(err)
	}
	manager.Post("/api/v1/sessions", map[string]string{"device": token}).Expect(201)
	if s := apptest.Decode[handlers.SessionView](manager.Get("/api/v1/session").Expect(200)); s.Account != nil {
		t.Errorf("the manager is still signed in on the wall: %+v", s.Account)
	}
}
