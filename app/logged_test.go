package app_test

import (
	"bytes"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"wenguan/app"
	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
)

// lines is a log that several goroutines write to.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// TestTheLogHoldsNoPersonalData drives what people and staff do, well and badly, with a log of the lowest level. What the
// log sender writes when neither mail nor SMS is configured is for trying out and documented; a mailbox is here instead.
func TestTheLogHoldsNoPersonalData(t *testing.T) {
	t.Parallel()
	log := &lines{}
	h := apptest.Start(t, func(_ *app.Config, o *app.Options) {
		o.Log = slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	h.ReadingRoom("room", 20)
	const phone, email, name, child, number = "+8613911112222", "ouyang@example.cn", "欧阳晓晓", "欧阳豆豆", "11010519491231002X"
	secrets := []string{phone, phone[3:], email, name, "欧阳", child, number, number[6:14], "秘密的用途"}

	nobody := h.Anonymous()
	nobody.Post("/api/v1/sign-in-codes", map[string]string{"to": phone}).Expect(202)
	nobody.Post("/api/v1/sessions", map[string]string{"to": phone, "code": "000000"}).Refused(422, "code_wrong")
	nobody.Post("/api/v1/sessions", `{"to":"`+phone+`","code":`).Expect(400)
	secrets = append(secrets, h.Code(phone))
	nobody.Post("/api/v1/sessions", map[string]string{"to": phone, "code": h.Code(phone)}).Expect(201)
	h.Clock.Advance(2 * time.Minute)
	me := h.ByCode(account.Account{Phone: phone})
	id := apptest.Decode[handlers.SessionView](me.Get("/api/v1/session")).Account.ID
	secrets = append(secrets, me.Token)
	me.Post("/api/v1/account/consents", `{"version":1}`).Expect(200)
	me.Do("PATCH", "/api/v1/account", map[string]string{"name": name}).Expect(200)
	me.Do("PATCH", "/api/v1/account", map[string]string{"name": name + "*"}).Refused(422, "name_unusable")
	me.Post("/api/v1/account/identity", map[string]string{"name": name, "number": number})
	me.Post("/api/v1/account/identity", map[string]string{"name": name, "number": number[:17] + "1"})
	me.Post("/api/v1/account/family", map[string]any{"relation": "child", "name": child, "birth_year": 2018}).Expect(201)
	me.Post("/api/v1/sign-in-codes", map[string]string{"to": email}).Expect(202)
	secrets = append(secrets, h.Code(email))
	me.Post("/api/v1/account/addresses", map[string]string{"to": email, "code": h.Code(email)}).Expect(200)
	b := bookAt(t, me, `{"venue":"room","space":"seats","start":"2026-11-24T09:30","end":"2026-11-24T11:00","purpose":"秘密的用途"}`)
	me.Post("/api/v1/bookings", `{"venue":"room","space":"seats","start":"2026-11-24T23:00","end":"2026-11-24T23:30","purpose":"秘密的用途"}`).Expect(422)
	secrets = append(secrets, b.Number)
	me.Get("/api/v1/bookings/" + b.ID + "/pass").Expect(200)

	desk := h.Staff(account.Counter, "room")
	secrets = append(secrets, desk.Token)
	desk.Get("/api/v1/people?q=" + phone[3:] + "&venue=room").Expect(200)
	desk.Get("/api/v1/people?q=%E6%AC%A7%E9%98%B3&venue=room").Expect(200)
	desk.Get("/api/v1/people/" + id + "?why=counter&venue=room").Expect(200)
	desk.Post("/api/v1/people", map[string]any{"venue": "room", "name": name, "phone": phone}).Refused(409, "person_exists")
	desk.Post("/api/v1/check-ins", map[string]string{"venue": "room", "number": b.Number}).Expect(200)
	desk.Post("/api/v1/venues/room/card-attendance", map[string]string{"identity_number": number}).Refused(409, "already_in")
	desk.Post("/api/v1/venues/room/card-attendance", map[string]string{"identity_number": number + "1"}).Refused(422, "identity_number")
	me.Post("/api/v1/bookings/"+b.ID+"/check-out", nil).Expect(200)
	me.Get("/api/v1/account/export.html").Expect(200)
	h.Clock.Advance(24 * time.Hour)
	for _, job := range []string{"sweep", "deliver", "retain", "tidy"} {
		runJob(t, h, job)
	}
	me.Post("/api/v1/account/erasure", map[string]string{"confirm": "erase"}).Expect(204)

	text := log.String()
	if strings.Count(text, "\n") < 20 || !strings.Contains(text, "/api/v1/people/:person") {
		t.Fatalf("the log is too short to say anything: %s", text)
	}
	for _, secret := range secrets {
		if i := strings.Index(text, secret); i >= 0 {
			t.Errorf("%q is in the log: %s", secret, text[strings.LastIndex(text[:i], "\n")+1:i+len(secret)])
		}
	}
}
