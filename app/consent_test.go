package app_test

import (
	"testing"

	"wenguan/app/apptest"
	"wenguan/models/account"
)

// The pages ask for consent; who writes to the API has to give it as well.
func TestNothingMoreIsKeptOfWhoHasNotAgreed(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.ReadingRoom("room", 9)
	const booking = `{"venue":"room","space":"seats","start":"2026-11-25T09:00","end":"2026-11-25T10:00"}`
	me := h.ByCode(h.Account("王小明"))
	for path, body := range map[string]string{
		"/bookings":            booking,
		"/codes/7K2M/bookings": booking,
		"/account/family":      `{"relation":"child","name":"小宝","birth_year":2018}`,
		"/account/identity":    `{"name":"王小明","number":"00000019900307009X"}`,
		"/organizations":       `{"name":"新队","kind":"troupe","contact":"王","phone":"13800138000"}`,
		"/invitations/accept":  `{"token":"x"}`,
	} {
		p := me.Post("/api/v1"+path, body).Refused(403, "consent_required")
		if p.Params["version"] != 1.0 {
			t.Errorf("%s does not say which version: %v", path, p.Params)
		}
	}
	for _, more := range []struct{ method, path, body string }{
		{"PATCH", "/account", `{"name":"王大明"}`},
		{"PATCH", "/account", `{"group":"elders"}`},
		{"PATCH", "/account", `{"birth_year":1990}`},
		{"POST", "/account/addresses", `{"to":"ming@example.org","code":"123456"}`},
		{"PATCH", "/account/family/x", `{"relation":"child","name":"小宝","birth_year":2018}`},
		{"POST", "/account/appeals", `{"strike":"x","text":"我来过"}`},
		{"PUT", "/account/appeals/x/photo", `x`},
	} {
		me.Do(more.method, "/api/v1"+more.path, more.body).Refused(403, "consent_required")
	}
	me.Do("PATCH", "/api/v1/account", `{"language":"en"}`).Expect(200) // to read the text in
	me.Do("PATCH", "/api/v1/account", `{"birth_year":0}`).Expect(200)  // taking back is free
	me.Get("/api/v1/bookings").Expect(200)                             // what is kept already stays theirs to see
	me.Post("/api/v1/account/consents", `{"version":1}`).Expect(200)
	made := bookAt(t, me, booking)
	boss, text := h.Staff(account.Administrator), map[string]any{}
	h.Anonymous().Get("/api/v1/privacy/texts/current").Expect(200).Into(&text)
	boss.Post("/api/v1/privacy/texts", map[string]any{"after": 1, "body": text["body"]}).Expect(201)
	if p := me.Post("/api/v1/bookings", booking).Refused(403, "consent_required"); p.Params["version"] != 2.0 {
		t.Errorf("a newer text is asked for as %v", p.Params)
	}
	me.Post("/api/v1/bookings/"+made.ID+"/cancellation", nil).Expect(200) // nobody is held to what they no longer agree to
}

func TestWhatWasSaidAtTheCounterHoldsAtTheCounter(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.ReadingRoom("room", 9)
	clerk := h.Staff(account.Counter, "room")
	for how, body := range map[string]string{
		"oral":  `{"venue":"room","name":"王秀英","phone":"13700000001"}`,
		"paper": `{"venue":"room","name":"王秀英","consent":"paper"}`,
	} {
		var person struct{ ID string }
		clerk.Post("/api/v1/people", body).Expect(201).Into(&person)
		kept, err := h.Accounts.Get(t.Context(), apptest.System, person.ID)
		if err != nil || kept.Consent == nil || string(kept.Consent.How) != how || kept.Consent.Version != 1 || kept.Consent.At.IsZero() {
			t.Errorf("kept of %s consent: %+v, %v", how, kept.Consent, err)
		}
		clerk.Post("/api/v1/bookings", map[string]string{
			"venue": "room", "space": "seats", "start": "2026-11-25T09:00", "end": "2026-11-25T10:00", "for": person.ID,
		}).Expect(201)
	}
	clerk.Post("/api/v1/people", `{"venue":"room","name":"王秀英","consent":"somehow"}`).Refused(422, "invalid_input")
	self := h.ByCode(account.Account{Phone: "+8613700000001"})
	self.Post("/api/v1/account/family", `{"relation":"child","name":"小宝","birth_year":2018}`).Refused(403, "consent_required")
	self.Post("/api/v1/account/consents", `{"version":1}`).Expect(200)
	self.Post("/api/v1/account/family", `{"relation":"child","name":"小宝","birth_year":2018}`).Expect(201)
}
