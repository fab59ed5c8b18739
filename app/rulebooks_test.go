package app_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
	"wenguan/models/rule"
)

func TestEveryTemplateIsOfferedWithWhatItIsFor(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	got := apptest.Decode[struct{ Items []rule.Template }](h.Anonymous().Get("/api/v1/rule-templates").Expect(http.StatusOK)).Items
	if len(got) != len(rule.Templates()) {
		t.Errorf("%d templates are offered", len(got))
	}
	for _, one := range got {
		if one.Name.ZH == "" || one.About.EN == "" || one.Book.Based != one.ID {
			t.Errorf("the template %s is offered as %+v", one.ID, one)
		}
	}
}

func TestTheRuleBooksOfAVenueAreKeptAndCanBeTakenUpAgain(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	v := *h.ReadingRoom("room", 4)
	for _, longest := range []int32{120, 180} {
		v.Rules.Longest = longest
		v = *h.Save(&v)
	}
	manager := h.Staff(account.Manager, "room")
	kept := apptest.Decode[struct{ Items []handlers.RuleVersion }](manager.Get("/api/v1/venues/room/rule-versions").Expect(http.StatusOK)).Items
	var longest []int32
	for _, k := range kept {
		longest = append(longest, k.Rules.Longest)
		if k.SavedAt == "" || len(k.Explained) == 0 {
			t.Errorf("version %d is shown as %+v", k.Rules.Version, k)
		}
	}
	if !slices.Equal(longest, []int32{180, 120, 240}) {
		t.Errorf("the longest bookings were %v", longest)
	}
}

func TestARuleBookIsTriedBeforeItIsSaved(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.ReadingRoom("room", 4)
	manager := h.Staff(account.Manager, "room")
	try := func(rules string) handlers.RuleCheck {
		return apptest.Decode[handlers.RuleCheck](manager.Post("/api/v1/venues/room/rule-checks", `{"rules":`+rules+`,"at":"2026-11-25T09:40"}`).Expect(http.StatusOK))
	}
	wrong := try(`{"version":1,"shortest":240,"longest":60,"check_in_after":15}`)
	if len(wrong.Faults) == 0 || wrong.Faults[0].Field != "longest" || wrong.Faults[0].Code != "longest_under_shortest" || len(wrong.Preview) != 0 {
		t.Errorf("a longest under the shortest is answered with %+v", wrong)
	}
	good := try(`{"version":1,"horizon_days":1,"release_at":"10:00","times":"sessions","check_in_after":30,
		"sessions":[{"start":"09:00","end":"13:00","quota":2},{"start":"13:00","end":"17:00","quota":2}]}`)
	if len(good.Faults) != 0 || len(good.Preview) != 14 || good.At != "2026-11-25T09:40:00+08:00" {
		t.Fatalf("two sessions are answered with %+v", good)
	}
	today, tomorrow := good.Preview[0].Times, good.Preview[1].Times
	if len(today) != 2 || !today[1].Bookable || today[1].Start != "2026-11-25T13:00:00+08:00" || today[1].Quota != 2 {
		t.Errorf("today is %+v", today)
	}
	if len(tomorrow) != 2 || tomorrow[0].Bookable || tomorrow[0].Code != "rule_horizon" || tomorrow[0].Params["opens"] != "2026-11-25T10:00:00+08:00" {
		t.Errorf("tomorrow, before its release, is %+v", tomorrow)
	}
	manager.Post("/api/v1/venues/room/rule-checks", `{"rules":{"version":1},"space":"nowhere"}`).Refused(http.StatusNotFound, "space_not_found")
	manager.Post("/api/v1/venues/room/rule-checks", `{"rules":{"version":1},"at":"soon"}`).Refused(http.StatusUnprocessableEntity, "time_unreadable")
}

func TestRealBookingsAreReplayedUnderOtherRules(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.ReadingRoom("room", 4)
	manager := h.Staff(account.Manager, "room")
	for _, hours := range [][2]string{{"10:00", "11:00"}, {"13:00", "17:00"}, {"14:00", "17:30"}} {
		h.Resident("王小明").Post("/api/v1/bookings",
			`{"venue":"room","space":"seats","start":"2026-11-24T`+hours[0]+`","end":"2026-11-24T`+hours[1]+`"}`).Expect(http.StatusCreated)
	}
	replay := func(rules, from, to string) *apptest.Answer {
		return manager.Post("/api/v1/venues/room/rule-replays", `{"rules":`+rules+`,"from":"`+from+`","to":"`+to+`"}`)
	}
	answer := replay(`{"longest":120,"check_in_after":15}`, "2026-11-01", "2026-11-30").Expect(http.StatusOK)
	got := apptest.Decode[handlers.RuleReplay](answer)
	if got.Accepted != 1 || got.Refused != 2 || len(got.ByRule) != 1 || got.ByRule[0].Code != "rule_longest" || got.ByRule[0].Count != 2 {
		t.Fatalf("under two hours at most: %s", answer.Body)
	}
	if e := got.ByRule[0].Examples; len(e) != 2 || !strings.HasPrefix(e[0].Start, "2026-11-24T1") || e[0].Params["minutes"] != json.Number("120") && e[0].Params["minutes"] != 120.0 {
		t.Errorf("the examples are %+v", e)
	}
	for name, c := range map[string][3]string{
		"range_backwards":        {`{"version":1,"check_in_after":15}`, "2026-11-30", "2026-11-01"},
		"range_too_long":         {`{"version":1,"check_in_after":15}`, "2026-10-01", "2026-11-30"},
		"longest_under_shortest": {`{"version":1,"shortest":90,"longest":60,"check_in_after":15}`, "2026-11-01", "2026-11-30"},
	} {
		replay(c[0], c[1], c[2]).Refused(http.StatusUnprocessableEntity, name)
	}
}

func TestRefusedRequestsAreReplayedUnderOtherRules(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	refusedTo(t, h, h.Resident("李小红"))
	h.Resident("赵金桂").Post("/api/v1/bookings", `{"venue":"room","space":"seats","start":"2026-11-24T16:00","end":"2026-11-24T21:00"}`).
		Refused(http.StatusUnprocessableEntity, "rule_longest")
	runJob(t, h, "unmet")
	answer := h.Staff(account.Manager, "room").Post("/api/v1/venues/room/rule-replays",
		`{"rules":{"horizon_days":14,"longest":300,"check_in_after":15},"from":"2026-11-01","to":"2026-11-30"}`).Expect(http.StatusOK)
	got := apptest.Decode[handlers.RuleReplay](answer)
	if u := got.Unmet; got.Accepted != 1 || u.Served != 1 || u.Refused != 1 || len(u.ByRule) != 1 || u.ByRule[0].Code != rule.Full {
		t.Fatalf("five hours at most: %s", answer.Body)
	}
	if e := got.Unmet.Examples; len(e) != 1 || e[0].Then != "rule_longest" || e[0].Rules != 1 || e[0].Start != "2026-11-24T16:00:00+08:00" {
		t.Errorf("who would have got a place: %+v", e)
	}
	for _, name := range []string{"李小红", "赵金桂"} {
		if strings.Contains(string(answer.Body), name) {
			t.Errorf("%s is named", name)
		}
	}
}

func TestRulesAreTriedWithTheHoursThatAreNotSavedYet(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.ReadingRoom("room", 4)
	manager := h.Staff(account.Manager, "room")
	manager.Post("/api/v1/bookings", `{"venue":"room","space":"seats","start":"2026-11-24T12:00","end":"2026-11-24T14:00"}`).Expect(http.StatusCreated)
	check := func(days string) *apptest.Answer {
		return manager.Post("/api/v1/venues/room/rule-checks", `{"at":"2026-11-24T07:00",`+days+
			`"rules":{"horizon_days":1,"times":"sessions","check_in_after":30,"sessions":[{"start":"09:00","end":"13:00"},{"start":"22:00","end":"23:00"}]}}`)
	}
	tuesdays := func(hours, more string) string {
		return `"days":{"hours":[[],[],[` + hours + `],[],[],[],[]]` + more + `},`
	}
	late := `{"start":"21:00","end":"23:30"},{"start":"08:00","end":"13:00"}` // in any order
	whole := `,"special":[{"date":"2026-11-24","hours":[{"start":"08:00","end":"15:00"}],"reason":{"zh-CN":"演出"}}]`
	for _, c := range []struct{ name, days, fault, times string }{
		{"as they are stored", "", "session_outside_hours", ""}, // it is closed at 22:00
		{"as they are edited", tuesdays(late, ""), "", "09:00 22:00"},
		{"with a special day", tuesdays(late, whole), "", "09:00"},
	} {
		got := apptest.Decode[handlers.RuleCheck](check(c.days).Expect(http.StatusOK))
		var times []string
		if len(got.Preview) > 0 {
			for _, one := range got.Preview[0].Times {
				times = append(times, one.Start[11:16])
			}
		}
		faulty := len(got.Faults) == 1 && got.Faults[0].Code == c.fault || len(got.Faults) == 0 && c.fault == ""
		if !faulty || strings.Join(times, " ") != c.times {
			t.Errorf("%s: %v, %v", c.name, got.Faults, times)
		}
	}
	check(tuesdays(`{"start":"12:00","end":"08:00"}`, "")).Refused(http.StatusUnprocessableEntity, "ends_before_start")
	replay := apptest.Decode[handlers.RuleReplay](manager.Post("/api/v1/venues/room/rule-replays",
		`{"from":"2026-11-24","to":"2026-11-24",`+tuesdays(late, "")+`"rules":{"horizon_days":1,"check_in_after":30}}`).Expect(http.StatusOK))
	if replay.Refused != 1 || replay.ByRule[0].Code != "outside_hours" {
		t.Errorf("a booking at noon, when it would be closed: %+v", replay)
	}
}
