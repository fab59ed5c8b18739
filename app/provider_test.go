package app_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"wenguan/app"
	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
	"wenguan/models/provider/providertest"
)

func TestSomebodySignsInAtTheProviderAndComesBackToTheirPage(t *testing.T) {
	t.Parallel()
	c := withProvider(t)
	b := c.browser()
	if page := b.signIn("wang", "?next=%2Fvenues%2Froom%3Fdate%3D2026-11-25"); page != "/venues/room?date=2026-11-25" {
		t.Errorf("the browser ends on %q", page)
	}
	first := b.session()
	if first.Account == nil || first.Account.Name != "王小明" || len(first.May) != 1 {
		t.Fatalf("the session is %+v", first)
	}
	again := c.browser()
	if page := again.signIn("wang", ""); page != "/sign-in" {
		t.Errorf("without a page to go to the browser ends on %q", page)
	}
	if got := again.session(); got.Account == nil || got.Account.ID != first.Account.ID {
		t.Errorf("the second sign-in is %+v, not of account %s", got.Account, first.Account.ID)
	}
	asked, traded := c.provider.Asked[0], c.provider.Traded[0]
	if asked.Get("code_challenge_method") != "S256" || len(asked.Get("code_challenge")) != 43 || len(traded.Get("code_verifier")) < 43 ||
		asked.Get("nonce") == "" || asked.Get("state") == "" || asked.Get("redirect_uri") != c.URL+"/api/v1/provider/callback" {
		t.Errorf("asked %v, traded %v", asked, traded)
	}
	if asked.Get("scope") != "openid profile" || asked.Get("acr_values") != "urn:level:2 otp" {
		t.Errorf("asked %v", asked)
	}
}

func TestTheGroupsOfTheProviderAreRolesOnlyInAStrongSignInAndAreTakenBackAtTheNext(t *testing.T) {
	t.Parallel()
	c := withProvider(t)
	c.ReadingRoom("room", 4)
	as := func(claims providertest.Claims) handlers.SessionView {
		t.Helper()
		c.provider.Do(func(p *providertest.Provider) {
			p.People["wang"] = providertest.Claims{"sub": "4711", "name": "王小明"}
			for name, value := range claims {
				p.People["wang"][name] = value
			}
		})
		b := c.browser()
		b.signIn("wang", "")
		return b.session()
	}
	may := func(v handlers.SessionView) string {
		switch {
		case slices.Contains(v.May, account.EditVenue):
			return "manager at " + strings.Join(v.Venues, " ")
		case slices.Contains(v.May, account.CheckIn):
			return "attendant"
		}
		return "resident"
	}
	for _, step := range []struct {
		name   string
		claims providertest.Claims
		want   string
	}{
		{"no groups", nil, "resident"},
		{"a group in a weak sign-in", providertest.Claims{"groups": []string{"culture"}}, "resident"},
		{"a group in another weak one", providertest.Claims{"groups": []string{"culture"}, "acr": "urn:level:1", "amr": []string{"pwd"}}, "resident"},
		{"a group and the class", providertest.Claims{"groups": []string{"culture", "culture", "chess"}, "acr": "urn:level:2"}, "manager at room"},
		{"one group as a text, and a way", providertest.Claims{"groups": "cn=front,o=ws", "amr": []string{"pwd", "otp"}}, "attendant"},
		{"the group is lost", providertest.Claims{"groups": []string{"chess"}, "acr": "urn:level:2"}, "resident"},
		{"groups of a strange form", providertest.Claims{"groups": map[string]any{"culture": true}, "acr": "urn:level:2"}, "resident"},
	} {
		if got := may(as(step.claims)); got != step.want {
			t.Errorf("%s: %s, not %s", step.name, got, step.want)
		}
	}
}

func TestWhatTheProviderTakesBackLeavesTheGrantsThatPeopleGave(t *testing.T) {
	t.Parallel()
	c := withProvider(t)
	c.ReadingRoom("room", 4)
	c.provider.People["wang"] = providertest.Claims{"sub": "4711", "groups": []string{"culture"}, "acr": "urn:level:2"}
	b := c.browser()
	b.signIn("wang", "")
	id := b.session().Account.ID
	if _, err := c.Accounts.Give(t.Context(), apptest.System, id, account.Grant{Role: account.Officer}); err != nil {
		t.Fatal(err)
	}
	c.provider.Do(func(p *providertest.Provider) { p.People["wang"]["groups"] = []string{} })
	b.signIn("wang", "")
	if who, err := c.Accounts.Get(t.Context(), apptest.System, id); err != nil || len(who.Grants) != 1 || who.Grants[0].Role != account.Officer {
		t.Errorf("the grants are %+v, %v", who.Grants, err)
	}
}

func TestAnAnswerOfTheProviderThatCannotBeBelievedSignsNobodyIn(t *testing.T) {
	t.Parallel()
	for _, lie := range []struct {
		name string
		tell func(*providertest.Provider)
	}{
		{"another nonce", bend(func(c providertest.Claims) { c["nonce"] = "another" })},
		{"no nonce", bend(func(c providertest.Claims) { delete(c, "nonce") })},
		{"another issuer", bend(func(c providertest.Claims) { c["iss"] = "https://evil.example" })},
		{"another audience", bend(func(c providertest.Claims) { c["aud"] = "other" })},
		{"no audience", bend(func(c providertest.Claims) { delete(c, "aud") })},
		{"several audiences and no party", bend(func(c providertest.Claims) { c["aud"] = []string{providertest.ClientID, "other"} })},
		{"another party", bend(func(c providertest.Claims) {
			c["aud"], c["azp"] = []string{providertest.ClientID, "other"}, "other"
		})},
		{"expired", bend(func(c providertest.Claims) { c["exp"] = apptest.Now.Add(-time.Minute).Unix() })},
		{"of the future", bend(func(c providertest.Claims) { c["iat"] = apptest.Now.Add(time.Hour).Unix() })},
		{"nobody", bend(func(c providertest.Claims) { c["sub"] = "" })},
		{"no algorithm", func(p *providertest.Provider) { p.Forge = providertest.Unsigned }},
		{"another key", func(p *providertest.Provider) { p.Forge = providertest.SignedByAnother }},
		{"the client's secret as the key", func(p *providertest.Provider) { p.Forge = providertest.SignedWithSecret }},
		{"no ID token", func(p *providertest.Provider) { p.Forge = func(providertest.Claims) string { return "" } }},
		{"a claim kept elsewhere", bend(func(c providertest.Claims) {
			c["_claim_names"] = map[string]string{"groups": "there"}
		})},
		{"the userinfo of another", func(p *providertest.Provider) {
			p.Info["wang"] = providertest.Claims{"sub": "4712"}
		}},
	} {
		t.Run(lie.name, func(t *testing.T) {
			t.Parallel()
			c := withProvider(t)
			lie.tell(c.provider)
			b := c.browser()
			if page := b.signIn("wang", "?next=/bookings"); page != "/sign-in?next=%2Fbookings&problem=provider_answer_invalid" {
				t.Errorf("the browser ends on %q", page)
			}
			if b.jar[handlers.Cookie] != "" {
				t.Error("there is a session")
			}
		})
	}
}

func bend(change func(providertest.Claims)) func(*providertest.Provider) {
	return func(p *providertest.Provider) { p.Bend = change }
}

func TestComingBackFromTheProviderWorksOnceAndOnlyInTheBrowserThatLeft(t *testing.T) {
	t.Parallel()
	c := withProvider(t)
	const ended = "/sign-in?problem=provider_flow_ended"
	b := c.browser()
	back := b.enter(b.start(""), "wang")
	if _, page := c.browser().get(back); page != ended {
		t.Errorf("a browser that never left ends on %q", page)
	}
	other := c.browser()
	other.start("")
	if _, page := other.get(back); page != ended || other.jar[handlers.Cookie] != "" {
		t.Errorf("another browser ends on %q", page)
	}
	if _, page := b.get(strings.Replace(back, "state=", "state=x", 1)); page != ended {
		t.Errorf("another state ends on %q", page)
	}
	kept := b.jar["wenguan_flow"]
	if _, page := b.get(back); page != "/sign-in" || b.jar[handlers.Cookie] == "" {
		t.Fatalf("the browser itself ends on %q", page)
	}
	b.jar = map[string]string{"wenguan_flow": kept}
	if _, page := b.get(back); page != ended || b.jar[handlers.Cookie] != "" {
		t.Errorf("a replayed answer ends on %q", page)
	}
	late := b.enter(b.start(""), "wang")
	c.Clock.Advance(11 * time.Minute)
	if _, page := b.get(late); page != ended {
		t.Errorf("a late answer ends on %q", page)
	}
	if deleted, err := c.Provider.Tidy(t.Context()); err != nil || deleted != 1 {
		t.Errorf("tidied %d sign-ins under way, %v; only the other browser's is left", deleted, err)
	}
}

func TestTwoTabsCanSignInAtTheProviderAtOnce(t *testing.T) {
	t.Parallel()
	c := withProvider(t)
	b := c.browser()
	first, second := b.start("?next=/bookings"), b.start("?next=/venues/room")
	if _, page := b.get(b.enter(first, "wang")); page != "/bookings" {
		t.Errorf("the first tab ends on %q", page)
	}
	if _, page := b.get(b.enter(second, "wang")); page != "/venues/room" {
		t.Errorf("the second tab ends on %q", page)
	}
}

func TestAnswersOfTheProviderWithoutACodeAreToldOnTheSignInPage(t *testing.T) {
	t.Parallel()
	c := withProvider(t)
	for query, want := range map[string]string{
		"error=access_denied":           "provider_refused",
		"error=server_error":            "provider_unavailable",
		"error=<script>":                "provider_refused",
		"":                              "provider_refused",
		"code=made-up":                  "provider_answer_invalid",
		"code=x&iss=https://evil.test/": "provider_answer_invalid",
	} {
		b := c.browser()
		asked, err := url.Parse(b.start("?next=/manage/board"))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(query, "iss=") {
			query += "&iss=" + url.QueryEscape(c.provider.URL)
		}
		_, page := b.get(c.URL + "/api/v1/provider/callback?state=" + asked.Query().Get("state") + "&" + query)
		if page != "/manage/sign-in?next=%2Fmanage%2Fboard&problem="+want {
			t.Errorf("%s ends on %q", query, page)
		}
	}
}

func TestTheServiceStartsAndGoesOnWhileTheProviderIsDown(t *testing.T) {
	t.Parallel()
	c := withProvider(t, func(_ *app.Config, _ *app.Options) {})
	c.provider.Do(func(p *providertest.Provider) { p.Down = true })
	b := c.browser()
	if page := b.start("?next=/bookings"); page != "/sign-in?next=%2Fbookings&problem=provider_unavailable" {
		t.Errorf("the browser ends on %q", page)
	}
	c.provider.Do(func(p *providertest.Provider) { p.Down = false })
	c.Clock.Advance(6 * time.Second)
	page := b.start("?next=/bookings")
	if !strings.HasPrefix(page, c.provider.URL) {
		t.Fatalf("the browser ends on %q", page)
	}
	back := b.enter(page, "wang")
	c.provider.Do(func(p *providertest.Provider) { p.Down = true })
	if _, page := b.get(back); page != "/sign-in?next=%2Fbookings&problem=provider_unavailable" {
		t.Errorf("the browser ends on %q", page)
	}
}

func TestTheProviderIsNoWayToAnotherSite(t *testing.T) {
	t.Parallel()
	c := withProvider(t)
	for _, next := range []string{
		"//evil.example", "/\\evil.example", "https://evil.example", "%2F%2Fevil.example", "/%09/evil.example", "/%0A/evil.example",
		"%2F%5Cevil.example", "javascript:alert(1)", "evil.example", "/api/v1/provider/start", "///evil.example",
		"/%E2%80%8B/evil.example", "%5C%5Cevil.example", "%09//evil.example", "/%0D%0ASet-Cookie:x=y",
	} {
		b := c.browser()
		if page := b.signIn("wang", "?next="+next); page != "/sign-in" {
			t.Errorf("%s leads to %q", next, page)
		}
		if page := b.start("?next=" + next); !strings.HasPrefix(page, c.provider.URL+"/authorize?") {
			t.Errorf("%s starts at %q", next, page)
		}
	}
}

// An address with a character that cannot be meant is refused before the provider is asked.
func TestWhoSignsOutIsSentToDoSoAtTheProvider(t *testing.T) {
	t.Parallel()
	c := withProvider(t)
	status, location := c.browser().get(c.URL + "/api/v1/provider/sign-out")
	to, err := url.Parse(location)
	if err != nil || status != 302 || !strings.HasPrefix(location, c.provider.URL+"/leave?") ||
		to.Query().Get("client_id") != providertest.ClientID || to.Query().Get("post_logout_redirect_uri") != c.URL+"/" {
		t.Errorf("%d to %s", status, location)
	}
	if _, back := c.browser().get(location); back != c.URL+"/" {
		t.Errorf("the provider sends the browser to %s", back)
	}
	for _, says := range []any{nil, "", "http://evil.example/leave", "javascript:alert(1)", "//evil.example", "%"} {
		c := withProvider(t)
		c.provider.Do(func(p *providertest.Provider) {
			p.Says = func(about providertest.Claims) { about["end_session_endpoint"] = says }
		})
		if _, location := c.browser().get(c.URL + "/api/v1/provider/sign-out"); location != "/" {
			t.Errorf("a provider that says %v sends the browser to %s", says, location)
		}
	}
	c.provider.Do(func(p *providertest.Provider) { p.Down = true })
	c.Clock.Advance(48 * time.Hour) // what was known is used on
	if _, location := c.browser().get(c.URL + "/api/v1/provider/sign-out"); !strings.HasPrefix(location, c.provider.URL+"/leave?") {
		t.Errorf("while the provider is down the browser is sent to %s", location)
	}
	if to := apptest.Start(t).Anonymous().Get("/api/v1/provider/sign-out").Header.Get("Location"); to != "/" {
		t.Errorf("without a provider the browser is sent to %s", to)
	}
}

func TestAnAddressWithANulIsNotReturnedTo(t *testing.T) {
	t.Parallel()
	c := withProvider(t)
	c.Anonymous().Get("/api/v1/provider/start?next=/%00/evil.example").Expect(422)
}

func TestWithoutAProviderItsAddressesLeadToTheSignInPage(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	for _, path := range []string{"/api/v1/provider/start", "/api/v1/provider/callback?state=x&code=y"} {
		if got := h.Anonymous().Get(path).Expect(302).Header.Get("Location"); got != "/sign-in?problem=provider_none" {
			t.Errorf("%s leads to %q", path, got)
		}
	}
}
