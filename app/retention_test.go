package app_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/app"
	"wenguan/app/apptest"
	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/store"
)

// runJob runs a job now.
func runJob(t *testing.T, h *apptest.House, job string) {
	t.Helper()
	if err := h.Jobs.RunNow(t.Context(), job, 0, 0); err != nil {
		t.Fatal(err)
	}
}

func TestOldBookingsAndLooksGoByThemselves(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t, func(c *app.Config, _ *app.Options) { c.RetentionMonths = 6 })
	h.ReadingRoom("room", 20)
	me := h.Resident("王小明")
	b := bookAt(t, me, `{"venue":"room","space":"seats","start":"2026-11-24T10:00","end":"2026-11-24T11:00"}`)
	h.Staff(account.Counter, "room").Get("/api/v1/people/" + me.Account.ID + "?why=counter&venue=room").Expect(200)
	h.Clock.Advance(24 * time.Hour)
	runJob(t, h, "sweep")
	day := civil.NewDate(2026, time.November, 24)
	if err := h.Jobs.RunNow(t.Context(), "summarize", day, day); err != nil {
		t.Fatal(err)
	}
	counted := everything(t, h)["rollups"]
	holder := func() string {
		t.Helper()
		got, err := h.Desk.Get(t.Context(), apptest.System, b.ID)
		if err != nil {
			t.Fatal(err)
		}
		return got.Holder
	}
	h.Clock.Set(time.Date(2027, 5, 24, 1, 0, 0, 0, time.UTC))
	runJob(t, h, "retain")
	if holder() != me.Account.ID {
		t.Error("it lost its person before its time")
	}
	h.Clock.Set(time.Date(2027, 5, 26, 1, 0, 0, 0, time.UTC))
	for range 2 {
		runJob(t, h, "retain")
		if holder() != booking.Nobody {
			t.Error("it still has its person")
		}
	}
	if text := everything(t, h)["audit_looks"]; text != "" {
		t.Errorf("looks are kept: %s", text)
	}
	if err := h.Jobs.RunNow(t.Context(), "summarize", day, day); err != nil {
		t.Fatal(err)
	}
	if now := everything(t, h)["rollups"]; withoutMoments(now) != withoutMoments(counted) {
		t.Errorf("the roll-ups changed from\n%s\nto\n%s", counted, now)
	}
	if err := booking.Verify(t.Context(), h.Store); err != nil {
		t.Error(err)
	}
}

// withoutMoments leaves out when roll-ups were computed.
func withoutMoments(rollups string) string {
	before, _, _ := strings.Cut(rollups, `"rolled`)
	return before
}

func TestAnUnusedAccountIsWarnedAndThenErased(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.ReadingRoom("room", 20)
	idle, back := h.Account("闲置"), h.Account("回来")
	h.As(idle)
	h.As(back)
	silent, err := h.Accounts.MakePerson(t.Context(), apptest.System, "room", account.PersonDraft{Name: "没有手机"})
	if err != nil {
		t.Fatal(err)
	}
	erased := func(id string) bool {
		t.Helper()
		a, err := h.Accounts.Get(t.Context(), apptest.System, id)
		if err != nil {
			t.Fatal(err)
		}
		return a.ErasedAt != nil
	}
	warnings := func(to string) (n int) {
		t.Helper()
		if _, err := h.Notices.Deliver(context.Background()); err != nil {
			t.Fatal(err)
		}
		for _, m := range h.Mail.To(to) {
			if m.Template == "account_unused" {
				n++
			}
		}
		return n
	}
	served, err := h.Accounts.MakePerson(t.Context(), apptest.System, "room", account.PersonDraft{Name: "常来的人"})
	if err != nil {
		t.Fatal(err)
	}
	two := apptest.Now.AddDate(2, 0, 0)
	h.Clock.Set(two.AddDate(0, 0, -20))
	runJob(t, h, "retain")
	if warnings(idle.Phone) != 0 {
		t.Error("warned too early")
	}
	h.Clock.Set(two.AddDate(0, 0, -13)) // a day late
	runJob(t, h, "retain")
	runJob(t, h, "retain")
	if warnings(idle.Phone) != 1 || warnings(back.Phone) != 1 {
		t.Errorf("warned %d and %d times", warnings(idle.Phone), warnings(back.Phone))
	}
	tomorrow := h.Clock.Now().AddDate(0, 0, 1).Format(time.DateOnly)
	h.Staff(account.Counter, "room").Post("/api/v1/bookings", map[string]string{
		"venue": "room", "space": "seats", "for": served.ID, "start": tomorrow + "T10:00", "end": tomorrow + "T11:00",
	}).Expect(201)
	h.ByCode(back).Get("/api/v1/bookings").Expect(200)
	h.Clock.Set(two.Add(time.Hour))
	runJob(t, h, "retain")
	if erased(idle.ID) {
		t.Error("erased before two weeks were over")
	}
	h.Clock.Set(two.AddDate(0, 0, 2))
	runJob(t, h, "retain")
	runJob(t, h, "retain")
	if !erased(idle.ID) || !erased(silent.ID) {
		t.Error("an unused account is still there")
	}
	if erased(back.ID) || erased(served.ID) {
		t.Error("an account that is used again, or served, was erased")
	}
	if _, err := h.Accounts.FindByAddress(t.Context(), apptest.System, idle.Phone); !fault.Is(err, fault.NotFound) {
		t.Errorf("its number still leads to it: %v", err)
	}
}

func TestAnErasingThatWasInterruptedIsFinishedAtNight(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.ReadingRoom("room", 20)
	me := h.Resident("王小明")
	b := bookAt(t, me, `{"venue":"room","space":"seats","start":"2026-11-24T10:00","end":"2026-11-24T11:00"}`)
	me.Post("/api/v1/bookings/"+b.ID+"/cancellation", `{}`).Expect(200)
	err := h.Store.Update(t.Context(), func(tx store.Tx) error { // as if the service had died after the first step
		if _, err := h.Accounts.Erase(tx, me.Account.ID); err != nil {
			return err
		}
		return tx.Insert("privacy_erasings", bson.M{"_id": me.Account.ID, "at": h.Clock.Now()})
	})
	if err != nil {
		t.Fatal(err)
	}
	runJob(t, h, "retain")
	all := everything(t, h)
	if strings.Contains(all["bookings"], me.Account.ID) || strings.Contains(all["bookings"], "王小明") || all["privacy_erasings"] != "" {
		t.Errorf("it was not finished: %s", all["bookings"])
	}
}

func TestTheRetentionIsAtLeastAMonth(t *testing.T) {
	t.Parallel()
	config := app.Config{Addr: ":8080", Zone: "Asia/Shanghai", RetentionMonths: 0}
	if err := config.Validate(); err == nil || !strings.Contains(err.Error(), "--retention-months") {
		t.Errorf("0 months: %v", err)
	}
}
