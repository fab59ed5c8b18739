package app_test

import (
	"strings"
	"testing"
	"time"

	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
)

func TestARoleGivenByTheAPIReachesItsAreaUntilTheEndOfItsLastDay(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.ReadingRoom("room", 4)
	elsewhere := h.Square("elsewhere", 4)
	elsewhere.Area = "星江"
	h.Save(elsewhere)
	chief, me := h.Staff(account.Administrator), h.Resident("王小明")
	path := "/api/v1/accounts/" + me.Account.ID + "/grants"
	given := apptest.Decode[handlers.StaffView](chief.Post(path, `{"role":"attendant","areas":["紫阳"],"until":"2026-11-24"}`).Expect(201))
	if len(given.Grants) != 1 || given.Grants[0].Until.String() != "2026-11-24" || given.Grants[0].GivenBy == "" || !given.Grants[0].Counts {
		t.Errorf("given %+v", given.Grants)
	}
	me.Get("/api/v1/venues/room/board").Expect(200)
	me.Get("/api/v1/venues/elsewhere/board").Refused(403, "not_permitted")
	there, err := h.Venues.Get(t.Context(), "elsewhere")
	if err != nil {
		t.Fatal(err)
	}
	moved := *there
	moved.Area = "紫阳"
	h.Save(&moved)
	me.Get("/api/v1/venues/elsewhere/board").Expect(200)
	h.Clock.Set(time.Date(2026, 11, 24, 15, 59, 59, 0, time.UTC)) // a second before midnight in Shanghai
	me.Get("/api/v1/venues/room/board").Expect(200)
	h.Clock.Advance(time.Second)
	me.Get("/api/v1/venues/room/board").Refused(403, "not_permitted")
}

func TestNobodyBecomesMoreByWhatTheySend(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.ReadingRoom("room", 4)
	me, chief := h.Resident("王小明"), h.Staff(account.Administrator)
	for _, body := range []string{
		`{"name":"王小明","grants":[{"role":"administrator"}]}`, `{"name":"王小明","role":"administrator"}`,
		`{"name":"王小明","members":[{"org":"x","role":"owner"}]}`, `{"name":"王小明","verified":"2030-01-01"}`,
	} {
		if got := me.Do("PATCH", "/api/v1/account", body); got.Status != 422 {
			t.Errorf("%s: %d", body, got.Status)
		}
	}
	path := "/api/v1/accounts/" + chief.Account.ID + "/grants"
	me.Post(path, `{"role":"administrator"}`).Refused(403, "not_permitted")
	chief.Post(path, `{"role":"auditor"}`).Refused(403, "own_roles")
	for _, body := range []string{
		`{"role":"administrator","id":"x","given_by":"y"}`, `{"role":"king"}`, `{"role":"manager","ends":"2030-01-01T00:00:00Z"}`,
		`{"role":"manager","until":"tomorrow"}`, `{"role":"manager","until":"2026-11-23"}`, `{"role":"manager","venues":["nowhere"]}`,
		`{"role":"manager","areas":["nowhere"]}`, `{"role":"administrator","venues":["room"]}`,
	} {
		if got := chief.Post("/api/v1/accounts/"+me.Account.ID+"/grants", body); got.Status != 422 {
			t.Errorf("%s: %d %s", body, got.Status, got.Body)
		}
	}
	if s := apptest.Decode[handlers.SessionView](me.Get("/api/v1/session").Expect(200)); len(s.May) != 1 {
		t.Errorf("may %v", s.May)
	}
}

func TestTheNightlyJobTakesAwayWhatHasLapsed(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.ReadingRoom("room", 4)
	me := h.Account("王小明", account.Grant{Role: account.Manager, Venues: []string{"room"}})
	h.Clock.Advance(account.GrantLife)
	h.As(me).Get("/api/v1/venues/room/devices").Refused(403, "not_permitted") // before the job has run
	if err := h.Jobs.RunNow(t.Context(), "roles", 0, 0); err != nil {
		t.Fatal(err)
	}
	if left, err := h.Accounts.Get(t.Context(), apptest.System, me.ID); err != nil || len(left.Grants) > 0 {
		t.Errorf("left %+v, %v", left.Grants, err)
	}
	if _, err := h.Notices.Deliver(t.Context()); err != nil {
		t.Fatal(err)
	}
	if sent := h.Mail.To(me.Phone); len(sent) == 0 || !strings.Contains(sent[len(sent)-1].Text, "场馆管理员") {
		t.Errorf("told %+v", sent)
	}
}
