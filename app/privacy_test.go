package app_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/app"
	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/privacy"
	"wenguan/models/store"
)

// everything is every document of the store as text, by collection.
func everything(t *testing.T, h *apptest.House) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := h.Store.View(t.Context(), func(tx store.Tx) error {
		for _, c := range app.Collections() {
			var text strings.Builder
			err := tx.Find(c.Name, store.Query{}, func(raw bson.Raw) (bool, error) {
				text.WriteString(raw.String())
				return true, nil
			})
			if err != nil {
				return err
			}
			all[c.Name] = text.String()
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func bookAt(t *testing.T, c *apptest.Client, body string) handlers.Booking {
	t.Helper()
	return apptest.Decode[handlers.Booking](c.Post("/api/v1/bookings", body).Expect(201))
}

func TestSomebodyWhoEraseTheirAccountIsNowhereAnyMore(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.ReadingRoom("room", 20)
	me := h.Resident("欧阳晓晓")
	me.Do("POST", "/api/v1/account/consents", `{"version":1}`).Expect(200)
	me.Post("/api/v1/account/family", `{"relation":"elder","name":"欧阳老太","birth_year":1940}`).Expect(201)
	past := bookAt(t, me, `{"venue":"room","space":"seats","start":"2026-11-24T10:00","end":"2026-11-24T11:00","purpose":"备考司法考试"}`)
	counter := h.Staff(account.Counter, "room")
	counter.Get("/api/v1/people/" + me.Account.ID + "?why=counter&venue=room").Expect(200)
	h.Clock.Set(apptest.Now.Add(24 * time.Hour))
	runJob(t, h, "sweep")
	ahead := bookAt(t, me, `{"venue":"room","space":"seats","start":"2026-11-25T12:00","end":"2026-11-25T13:00"}`)

	me.Post("/api/v1/account/erasure", `{"confirm":"yes"}`).Refused(422, "confirmation_needed")
	me.Post("/api/v1/account/erasure", `{"confirm":" Erase "}`).Expect(204)

	me.Get("/api/v1/account/looks").Refused(401, "sign_in_needed")
	if _, err := h.Notices.Deliver(t.Context()); err != nil {
		t.Fatal(err)
	}
	var last []string
	for _, m := range h.Mail.To(me.Account.Phone) {
		last = append(last, m.Template)
	}
	if n := len(last); n < 2 || last[n-2] != "booking_cancelled" && last[n-1] != "booking_cancelled" || !strings.Contains(fmt.Sprint(last), "account_erased") {
		t.Errorf("told %v", last)
	}
	for collection, text := range everything(t, h) {
		for _, trace := range []string{"欧阳", me.Account.Phone, me.Account.Phone[3:], past.Number, ahead.Number, "司法考试"} {
			if strings.Contains(text, trace) {
				t.Errorf("%q is still in %s: %.300s", trace, collection, text)
			}
		}
		if collection != "accounts" && !strings.HasPrefix(collection, "audit_") && collection != "holders" && strings.Contains(text, me.Account.ID) {
			t.Errorf("the account's id is still in %s", collection)
		}
		if collection == "audit_looks" && strings.Contains(text, me.Account.ID) {
			t.Error("looks at them are still there")
		}
	}
	if err := booking.Verify(t.Context(), h.Store); err != nil {
		t.Error(err)
	}
	again := h.ByCode(account.Account{Phone: me.Account.Phone})
	if s := apptest.Decode[handlers.SessionView](again.Get("/api/v1/session").Expect(200)); s.Account.ID == me.Account.ID || s.Account.Name != "" {
		t.Errorf("signing in again finds %+v", s.Account)
	}
}

func TestErasingWaitsForWhoIsInAndForWhoCannotGo(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.ReadingRoom("room", 20)
	me, attendant := h.Resident("王小明"), h.Staff(account.Attendant, "room")
	b := bookAt(t, me, `{"venue":"room","space":"seats","start":"2026-11-24T09:30","end":"2026-11-24T11:00"}`)
	other := bookAt(t, me, `{"venue":"room","space":"seats","start":"2026-11-25T09:30","end":"2026-11-25T11:00"}`)
	attendant.Post("/api/v1/check-ins", map[string]string{"venue": "room", "number": b.Number}).Expect(200)
	me.Post("/api/v1/account/erasure", `{"confirm":"注销"}`).Refused(409, "still_checked_in")
	if got := apptest.Decode[handlers.Booking](me.Get("/api/v1/bookings/" + other.ID).Expect(200)); got.State != booking.Confirmed {
		t.Errorf("a refused erasing left a booking %s", got.State)
	}

	boss := h.Staff(account.Administrator)
	boss.Post("/api/v1/account/erasure", `{"confirm":"erase"}`).Refused(409, "last_administrator")
	second := h.Staff(account.Administrator)
	boss.Post("/api/v1/account/erasure", `{"confirm":"erase"}`).Expect(204)
	second.Get("/api/v1/jobs").Expect(200)

	owner := h.Resident("社长")
	owner.Post("/api/v1/organizations", `{"name":"晨光合唱团","kind":"troupe","contact":"社长","phone":"13800138000"}`).Expect(201)
	p := owner.Post("/api/v1/account/erasure", `{"confirm":"erase"}`).Refused(409, "sole_owner")
	if p.Params["name"] != "晨光合唱团" {
		t.Errorf("the refusal names %v", p.Params)
	}
}

func TestWhatIsOverButNotMarkedSoHoldsUpNoErasing(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.ReadingRoom("room", 20)
	me, attendant := h.Resident("王小明"), h.Staff(account.Attendant, "room")
	b := bookAt(t, me, `{"venue":"room","space":"seats","start":"2026-11-24T09:30","end":"2026-11-24T10:30"}`)
	attendant.Post("/api/v1/check-ins", map[string]string{"venue": "room", "number": b.Number}).Expect(200)
	bookAt(t, me, `{"venue":"room","space":"seats","start":"2026-11-24T11:00","end":"2026-11-24T12:00"}`)
	h.Clock.Advance(100 * time.Minute) // the visit is over, and nobody came to the second
	me.Post("/api/v1/account/erasure", `{"confirm":"erase"}`).Expect(204)
}

func TestACopyHasEverythingAndNothingOfOthers(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.ReadingRoom("room", 20)
	me, other := h.Resident("王小明"), h.Resident("李雷雷")
	me.Post("/api/v1/account/family", `{"relation":"child","name":"王豆豆","birth_year":2018}`).Expect(201)
	mine := bookAt(t, me, `{"venue":"room","space":"seats","start":"2026-11-25T10:00","end":"2026-11-25T11:00","purpose":"<script>alert(1)</script>"}`)
	theirs := bookAt(t, other, `{"venue":"room","space":"seats","start":"2026-11-25T10:00","end":"2026-11-25T11:00"}`)
	h.Staff(account.Counter, "room").Get("/api/v1/people/" + me.Account.ID + "?why=counter&venue=room").Expect(200)

	answer := me.Get("/api/v1/account/export.json").Expect(200)
	var c privacy.Copy
	answer.Into(&c)
	if c.Account.Phone != me.Account.Phone || len(c.Family) != 1 || len(c.Bookings) != 1 || len(c.Looks) != 1 || len(c.Sessions) != 1 {
		t.Errorf("the copy is %s", answer.Body)
	}
	if c.Looks[0].Who != "员工counter" || c.Looks[0].Role != account.Counter || c.Looks[0].Why != "counter" {
		t.Errorf("the look is %+v", c.Looks[0])
	}
	page := me.Get("/api/v1/account/export.html?language=en").Expect(200)
	html := string(page.Body)
	for _, want := range []string{"王小明", "王豆豆", mine.Number, me.Account.Phone[1:], "员工counter", "service desk", "&lt;script&gt;", "2026-11-25 10:00–11:00"} {
		if !strings.Contains(html, want) {
			t.Errorf("the page has no %q", want)
		}
	}
	policy := page.Header.Get("Content-Security-Policy")
	if !strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(policy, "script") || strings.Contains(html, "<script") {
		t.Errorf("the page may run something: %s", policy)
	}
	for _, leak := range []string{theirs.Number, "李雷雷", me.Token} {
		if strings.Contains(html+string(answer.Body), leak) {
			t.Errorf("the copy has %q", leak)
		}
	}
}

func TestACopyThatStaffMadeIsSeenByThePerson(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	me, boss := h.Resident("王小明"), h.Staff(account.Administrator)
	boss.Get("/api/v1/people/" + me.Account.ID + "/export.json").Expect(200)
	var looks struct{ Items []handlers.LookView }
	me.Get("/api/v1/account/looks").Expect(200).Into(&looks)
	if len(looks.Items) != 1 || looks.Items[0].Why != "export" || looks.Items[0].Role != account.Administrator {
		t.Errorf("%+v", looks.Items)
	}
	if text := everything(t, h)["audit_records"]; !strings.Contains(text, "privacy.exported") {
		t.Error("the audit does not know of it")
	}
	boss.Post("/api/v1/people/"+me.Account.ID+"/erasure", nil).Expect(204)
	boss.Get("/api/v1/people/"+me.Account.ID+"/export.json").Refused(404, "person_not_found")
	boss.Post("/api/v1/people/"+me.Account.ID+"/erasure", nil).Refused(404, "person_not_found")
}

func TestEveryVersionOfTheTextIsAgreedToAnew(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	boss, tool := h.Staff(account.Administrator), h.Resident("工具")
	me := h.ByCode(h.Account("王小明"))
	needed := func(c *apptest.Client) int32 {
		t.Helper()
		s := apptest.Decode[handlers.SessionView](c.Get("/api/v1/session").Expect(200))
		if s.ConsentNeeded == nil {
			return 0
		}
		return s.ConsentNeeded.Version
	}
	first := apptest.Decode[handlers.PrivacyText](h.Anonymous().Get("/api/v1/privacy/texts/current").Expect(200))
	if first.Version != 1 || !strings.Contains(first.Body.ZH, "个人信息保护法") || !strings.Contains(first.Body.EN, "Personal Information Protection Law") {
		t.Errorf("the text that comes with the product is %+v", first)
	}
	if n := needed(me); n != 1 {
		t.Errorf("at the first sign-in version %d is needed", n)
	}
	if needed(boss)+needed(tool) != 0 {
		t.Error("staff at work and tools are asked")
	}
	me.Post("/api/v1/account/consents", `{"version":2}`).Refused(409, "consent_outdated")
	me.Post("/api/v1/account/consents", `{"version":1}`).Expect(200)
	if n := needed(me); n != 0 {
		t.Errorf("after consent version %d is needed", n)
	}
	draft := map[string]any{"after": 1, "changed": "保存期限改为十二个月", "body": map[string]string{"zh-CN": first.Body.ZH + "\n\n新的一段。", "en": first.Body.EN + "\n\nA new paragraph."}}
	boss.Post("/api/v1/privacy/texts", draft).Expect(201)
	boss.Post("/api/v1/privacy/texts", draft).Refused(409, "revision_changed")
	boss.Post("/api/v1/privacy/texts", `{"after":2,"body":{"zh-CN":"太短","en":"short"}}`).Refused(422, "text_too_short")
	if n := needed(me); n != 2 {
		t.Errorf("after a new text version %d is needed", n)
	}
	me.Post("/api/v1/account/consents", `{"version":1}`).Refused(409, "consent_outdated")
	me.Post("/api/v1/account/consents", `{"version":2}`).Expect(200)
	old := apptest.Decode[handlers.PrivacyText](me.Get("/api/v1/privacy/texts/1").Expect(200))
	if old.Body != first.Body {
		t.Error("what was agreed to before cannot be read any more")
	}
	me.Get("/api/v1/privacy/texts/3").Refused(404, "text_not_found")
}

func TestAnAddressIsChangedByACodeAndTheOldOneIsTold(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	me, other := h.Resident("王小明"), h.Resident("李雷")
	change := func(to string) *apptest.Answer {
		t.Helper()
		me.Post("/api/v1/sign-in-codes", map[string]string{"to": to}).Expect(202)
		return me.Post("/api/v1/account/addresses", map[string]string{"to": to, "code": h.Code(to)})
	}
	me.Post("/api/v1/account/addresses", `{"to":"+8613700001111","code":"123456"}`).Refused(422, "code_wrong")
	change("+8613700001111").Expect(200)
	change("wang@example.cn").Expect(200)
	change(other.Account.Phone).Refused(409, "address_taken")
	if _, err := h.Notices.Deliver(t.Context()); err != nil {
		t.Fatal(err)
	}
	told := func(to, template string) bool {
		for _, m := range h.Mail.To(to) {
			if m.Template == template {
				return strings.Contains(m.Text, "***") && !strings.Contains(m.Text, "13700001111")
			}
		}
		return false
	}
	if !told(me.Account.Phone, "address_changed") || !told("+8613700001111", "address_added") {
		t.Error("the old address was not told, or was told the new one in full")
	}
	h.Clock.Advance(time.Hour)
	if s := h.ByCode(account.Account{Phone: "+8613700001111"}); apptest.Decode[handlers.SessionView](s.Get("/api/v1/session")).Account.ID != me.Account.ID {
		t.Error("the new number signs in to another account")
	}
	if s := h.ByCode(account.Account{Phone: me.Account.Phone}); apptest.Decode[handlers.SessionView](s.Get("/api/v1/session")).Account.ID == me.Account.ID {
		t.Error("the old number still signs in to the account")
	}
	if text := everything(t, h)["audit_records"]; !strings.Contains(text, "account.address_changed") || strings.Contains(text, "13700001111") {
		t.Error("the audit does not know of it, or knows the number")
	}
}
