package app_test

import (
	"strings"
	"testing"

	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/rule"
)

func TestAnAppealIsInTheCopyOfOnesDataAndGoesWithThePerson(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	room := h.ReadingRoom("room", 4)
	room.Rules.Strikes = []rule.StrikeRule{{
		ID: "manners", Counts: []rule.ViolationKind{rule.Misconduct}, Max: 1, Penalty: rule.Penalty{Kind: rule.UntilLifted},
	}}
	h.Save(room)
	me, manager := h.Resident("王小明"), h.Staff(account.Manager, "room")
	violation, err := h.Desk.WriteDown(t.Context(), apptest.System, booking.Misconduct{
		Decision: booking.Decision{Holder: me.Account.ID, Reason: "大声喧哗"}, Venue: "room",
	})
	if err != nil {
		t.Fatal(err)
	}
	me.Post("/api/v1/bookings", `{"venue":"room","space":"seats","start":"2026-11-25T10:00","end":"2026-11-25T11:00"}`).
		Refused(422, "rule_suspended_until_lifted")
	made := apptest.Decode[handlers.AppealView](me.Post("/api/v1/account/appeals",
		map[string]string{"violation": violation, "text": "我在接急救电话"}).Expect(201))
	me.Do("PUT", "/api/v1/account/appeals/"+made.ID+"/photo", string(picture(t))).Expect(204)
	photo := manager.Get("/api/v1/appeals/" + made.ID + "/photo").Expect(200)
	for name, want := range map[string]string{
		"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Content-Security-Policy": "sandbox",
		"Content-Disposition": "attachment",
	} {
		if got := photo.Header.Get(name); !strings.Contains(got, want) {
			t.Errorf("%s: %q", name, got)
		}
	}

	kept := string(me.Get("/api/v1/account/export.json").Expect(200).Body)
	for _, want := range []string{"大声喧哗", "我在接急救电话"} {
		if !strings.Contains(kept, want) {
			t.Errorf("the copy lacks %s: %s", want, kept)
		}
	}
	me.Post("/api/v1/account/erasure", `{"confirm":"注销"}`).Expect(204)
	manager.Get("/api/v1/appeals/"+made.ID+"/photo").Refused(404, "appeal_not_found")
	if list := string(manager.Get("/api/v1/venues/room/appeals").Expect(200).Body); strings.Contains(list, "急救") {
		t.Errorf("what they wrote stays: %s", list)
	}
}
