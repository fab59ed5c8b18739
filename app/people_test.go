package app_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
)

type foundPeople struct {
	Items []handlers.FoundPerson
	More  bool
}

func TestWhatTheCounterIsAskedIsBoundedAndData(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.ReadingRoom("room", 4)
	clerk := h.Staff(account.Counter, "room")
	for body, code := range map[string]string{
		`{"venue":"room","name":"王秀英","grants":[{"role":"administrator"}]}`:       "invalid_input",
		`{"venue":"room","name":"王秀英","kind":"organization"}`:                     "invalid_input",
		`{"venue":"room","name":"王秀英","id":"01kb3v9e6m8s3c5d7f9h1j2k4m"}`:         "invalid_input",
		`{"venue":"room","name":{"$ne":""}}`:                                      "invalid_input",
		`{"venue":"room","name":"王秀英","phone":{"$gt":""}}`:                        "invalid_input",
		`{"venue":"room","name":"王秀英","group":"organizations"}`:                   "invalid_input",
		`{"venue":"room","name":"` + strings.Repeat("王", 61) + `"}`:               "invalid_input",
		`{"venue":"room","name":"王秀英","note":"` + strings.Repeat("王", 101) + `"}`: "invalid_input",
		`{"venue":"room","name":"王\n秀英","birth_year":3000}`:                       "birth_year_unlikely",
		`{"venue":"room","name":"王\u202e秀英"}`:                                     "name_unusable",
	} {
		clerk.Post("/api/v1/people", body).Refused(http.StatusUnprocessableEntity, code)
	}
	for _, query := range []string{"", "q=王", "venue=room", "q=&venue=room", "q=" + strings.Repeat("a", 101) + "&venue=room"} {
		clerk.Get("/api/v1/people?"+query).Refused(http.StatusUnprocessableEntity, "invalid_input")
	}
	clerk.Get("/api/v1/people/none?why=counter&venue=room").Refused(http.StatusNotFound, "person_not_found")
	clerk.Get("/api/v1/people/none?why=curiosity&venue=room").Refused(http.StatusUnprocessableEntity, "invalid_input")
	operator := apptest.Decode[foundPeople](clerk.Get("/api/v1/people?venue=room&q=" + url.QueryEscape(`{"$gt":""}`)).Expect(http.StatusOK))
	if len(operator.Items) != 0 {
		t.Errorf("an operator found %+v", operator.Items)
	}
}

func TestASearchShowsNobodyInClearAndALookIsShownToThePerson(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.ReadingRoom("room", 4)
	clerk := h.Staff(account.Counter, "room")
	resident := h.Resident("王小明")
	answer := clerk.Get("/api/v1/people?venue=room&q=王小").Expect(http.StatusOK)
	if text := string(answer.Body); strings.Contains(text, "王小明") || strings.Contains(text, resident.Account.Phone) || !strings.Contains(text, "王*明") {
		t.Errorf("a search says %s", text)
	}
	seen := apptest.Decode[handlers.PersonView](clerk.Get("/api/v1/people/" + resident.Account.ID + "?why=counter&venue=room").Expect(http.StatusOK))
	if seen.Name != "王小明" || seen.Phone != resident.Account.Phone {
		t.Errorf("the clerk sees %+v", seen)
	}
	if looks := string(resident.Get("/api/v1/account/looks").Expect(http.StatusOK).Body); strings.Count(looks, `"why":"counter"`) != 1 {
		t.Errorf("the person is shown %s", looks)
	}
}

func TestWhoSearchesWithoutEndIsStopped(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.ReadingRoom("room", 4)
	clerk, other := h.Staff(account.Counter, "room"), h.Staff(account.Counter, "room")
	stopped := 0
	for n := range 100 { // the last four digits of anybody
		if clerk.Get(fmt.Sprintf("/api/v1/people?venue=room&q=%04d", n)).Status == http.StatusTooManyRequests {
			stopped++
		}
	}
	if stopped < 30 {
		t.Errorf("only %d of 100 searches were stopped", stopped)
	}
	other.Get("/api/v1/people?venue=room&q=王").Expect(http.StatusOK)
	h.Clock.Advance(2 * time.Minute)
	clerk.Get("/api/v1/people?venue=room&q=王").Expect(http.StatusOK)
}
