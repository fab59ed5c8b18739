package app_test

import (
	"fmt"
	"strings"
	"testing"

	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
	"wenguan/models/rule"
	"wenguan/models/venue"
)

const seatAtTwo = `{"venue":"room","space":"seats","start":"2026-11-24T14:00","end":"2026-11-24T15:00"%s}`

// ruled is a house with a reading room under rules that the test changes.
func ruled(t *testing.T, change func(*rule.Book)) *apptest.House {
	t.Helper()
	h := apptest.Start(t)
	h.Save(reruled(h.ReadingRoom("room", 20), change))
	return h
}

func reruled(v *venue.Venue, change func(*rule.Book)) *venue.Venue {
	change(&v.Rules)
	return v
}

// identityBorn is a made-up identity number of that year.
func identityBorn(year int) string {
	digits := fmt.Sprintf("000000%d0307009", year)
	return digits + string(account.IdentityCheckCharacter(digits))
}

func bind(c *apptest.Client, year int) *apptest.Answer {
	return c.Post("/api/v1/account/identity", map[string]string{"name": "王小明", "number": identityBorn(year)}).Expect(200)
}

func TestABoundRealNameIsOldEnoughWithoutSayingMore(t *testing.T) {
	t.Parallel()
	h := ruled(t, func(b *rule.Book) { b.MinAge = 14 })
	adult, child := h.Resident("王小明"), h.Resident("王小宝")
	bind(adult, 1985)
	adult.Post("/api/v1/bookings", fmt.Sprintf(seatAtTwo, "")).Expect(201)
	bind(child, 2014)
	refused := child.Post("/api/v1/bookings", fmt.Sprintf(seatAtTwo, "")).Refused(422, "rule_min_age")
	if refused.Params["mine"] != float64(12) || refused.Field != "for" {
		t.Errorf("refused by %+v", refused)
	}
	me := apptest.Decode[handlers.ProfileView](adult.Get("/api/v1/account").Expect(200))
	if me.BirthYear != 1985 || !me.BirthAttested {
		t.Errorf("the account says %+v", me.AccountView)
	}
	adult.Do("PATCH", "/api/v1/account", `{"birth_year":2000}`).Refused(409, "birth_year_bound")
}

func TestSomebodyWithoutABindingSaysTheirYear(t *testing.T) {
	t.Parallel()
	h := ruled(t, func(b *rule.Book) { b.MinAge = 14 })
	me := h.Resident("王小明")
	me.Post("/api/v1/bookings", fmt.Sprintf(seatAtTwo, "")).Refused(422, "rule_age_unknown")
	me.Do("PATCH", "/api/v1/account", `{"birth_year":1850}`).Refused(422, "birth_year_unlikely")
	me.Do("PATCH", "/api/v1/account", `{"birth_year":1985}`).Expect(200)
	session := apptest.Decode[handlers.SessionView](me.Get("/api/v1/session").Expect(200))
	if session.Account.BirthYear != 1985 || session.Account.BirthAttested {
		t.Errorf("the session says %+v", session.Account)
	}
	me.Post("/api/v1/bookings", fmt.Sprintf(seatAtTwo, "")).Expect(201)
	me.Do("PATCH", "/api/v1/account", `{"birth_year":0}`).Expect(200)
	if again := me.Get("/api/v1/account").Expect(200); strings.Contains(string(again.Body), "birth_year") {
		t.Errorf("taken back, the account still says %s", again.Body)
	}
}

// A year is one thing more that is kept about somebody.
func TestAYearNeedsConsentToThePrivacyText(t *testing.T) {
	t.Parallel()
	h := ruled(t, func(*rule.Book) {})
	me := h.ByCode(h.Account("王小明"))
	me.Do("PATCH", "/api/v1/account", `{"birth_year":1985}`).Refused(403, "consent_required")
	me.Do("PATCH", "/api/v1/account", `{"language":"en"}`).Expect(200)
	me.Post("/api/v1/account/consents", `{"version":1}`).Expect(200)
	me.Do("PATCH", "/api/v1/account", `{"birth_year":1985}`).Expect(200)
}

func TestWhereRealNamesAreAskedForTheYearIsThatOfTheDocument(t *testing.T) {
	t.Parallel()
	h := ruled(t, func(b *rule.Book) { b.MinAge, b.RealNameOnly = 14, true })
	me := h.Resident("王小明")
	me.Do("PATCH", "/api/v1/account", `{"birth_year":1985}`).Expect(200)
	me.Post("/api/v1/bookings", fmt.Sprintf(seatAtTwo, "")).Refused(422, "rule_real_name")
	bind(me, 2014)
	me.Post("/api/v1/bookings", fmt.Sprintf(seatAtTwo, "")).Refused(422, "rule_min_age")
}

func TestStaffWriteDownTheYearThatTheRulesAskFor(t *testing.T) {
	t.Parallel()
	h := ruled(t, func(b *rule.Book) { b.MinAge = 14 })
	clerk := h.Staff(account.Counter, "room")
	made := apptest.Decode[handlers.PersonView](clerk.Post("/api/v1/people", `{"venue":"room","name":"王秀英"}`).Expect(201))
	wish := fmt.Sprintf(seatAtTwo, `,"for":"`+made.ID+`"`)
	clerk.Post("/api/v1/bookings", wish).Refused(422, "rule_age_unknown")
	clerk.Do("PATCH", "/api/v1/people/"+made.ID, `{"venue":"room","birth_year":2027}`).Refused(422, "birth_year_unlikely")
	clerk.Do("PATCH", "/api/v1/people/"+made.ID, `{"venue":"room","birth_year":1948}`).Expect(200)
	clerk.Post("/api/v1/bookings", wish).Expect(201)
	known := h.Resident("张建国")
	bind(known, 1985)
	clerk.Do("PATCH", "/api/v1/people/"+known.Account.ID, `{"venue":"room","birth_year":1948}`).Refused(409, "birth_year_bound")
}

func TestWhoHasReachedTheAgeWalksInHoweverItIsKnown(t *testing.T) {
	t.Parallel()
	h := ruled(t, func(b *rule.Book) { b.ExemptAge = 60 })
	clerk := h.Staff(account.Counter, "room")
	walk := func(who string) *apptest.Answer {
		return clerk.Post("/api/v1/venues/room/walk-ins", map[string]any{"people": 1, "person": who})
	}
	elder, young, told := h.Resident("王小明"), h.Resident("李小红"), h.Resident("张建国")
	walk(elder.Account.ID).Refused(422, "rule_walk_in")
	bind(elder, 1950)
	walk(elder.Account.ID).Expect(200)
	bind(young, 1985)
	walk(young.Account.ID).Refused(422, "rule_walk_in")
	clerk.Do("PATCH", "/api/v1/people/"+told.Account.ID, `{"venue":"room","birth_year":1950}`).Expect(200)
	walk(told.Account.ID).Expect(200)
}

func TestAnAdultBringsNoMoreChildrenThanTheBookSays(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.Save(reruled(h.Square("room", 40), func(b *rule.Book) { b.ChildUnder, b.ChildrenEach = 10, 3 }))
	mother := h.Resident("妈妈")
	mother.Do("PATCH", "/api/v1/account", `{"birth_year":1985}`).Expect(200)
	add := func(relation, name string, year int) string {
		return apptest.Decode[struct{ ID string }](mother.Post("/api/v1/account/family",
			map[string]any{"relation": relation, "name": name, "birth_year": year}).Expect(201)).ID
	}
	var with []string
	for i := range 4 {
		with = append(with, add("child", fmt.Sprint("宝宝", i), 2018))
	}
	book := func(with []string) *apptest.Answer {
		return mother.Post("/api/v1/bookings", map[string]any{"venue": "room", "space": "lawn", "start": "2026-11-24T14:00",
			"end": "2026-11-24T15:00", "party": 1 + len(with), "with": with})
	}
	refused := book(with).Refused(422, "rule_children_per_guardian")
	if refused.Field != "with" || refused.Params["max"] != float64(3) || refused.Params["mine"] != float64(4) || refused.Params["adults"] != float64(1) {
		t.Errorf("refused by %+v", refused)
	}
	book(append(with, add("elder", "外婆", 1955))).Expect(201)
}

// What is kept of a year is in one's copy, and gone with the account.
func TestACopyHasTheYearAndAnErasedAccountHasNone(t *testing.T) {
	t.Parallel()
	h := ruled(t, func(*rule.Book) {})
	me := h.Resident("王小明")
	bind(me, 1985)
	if text := string(me.Get("/api/v1/account/export.json").Expect(200).Body); !strings.Contains(text, `"birth_year": 1985`) || !strings.Contains(text, `"birth_year_attested": true`) {
		t.Errorf("the copy says %s", text)
	}
	if page := string(me.Get("/api/v1/account/export.html").Expect(200).Body); !strings.Contains(page, "1985") {
		t.Errorf("the page says %s", page)
	}
	me.Post("/api/v1/account/erasure", `{"confirm":"erase"}`).Expect(204)
	for name, text := range everything(t, h) {
		if strings.Contains(text, "1985") {
			t.Errorf("%s still has the year", name)
		}
	}
}
