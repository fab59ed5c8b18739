package app_test

import (
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

func TestAVerifiedAddressLeadsToItsAccountOnlyWhereThatIsWanted(t *testing.T) {
	t.Parallel()
	for _, linked := range []bool{true, false} {
		c := withProvider(t, func(c *app.Config, _ *app.Options) {
			if linked {
				c.OIDC.Scopes, c.OIDC.LinkBy = []string{"profile", "phone"}, "phone"
			}
		})
		known := c.Account("王小明")
		for _, claims := range []struct {
			name string
			say  providertest.Claims
			same bool
		}{
			{"unverified", providertest.Claims{"sub": "1", "phone_number": known.Phone}, false},
			{"verified in a text", providertest.Claims{"sub": "2", "phone_number": known.Phone, "phone_number_verified": "true"}, false},
			{"an e-mail address", providertest.Claims{"sub": "3", "phone_number": "a@example.cn", "phone_number_verified": true}, false},
			{"verified", providertest.Claims{"sub": "4", "phone_number": known.Phone, "phone_number_verified": true}, true},
		} {
			c.provider.Do(func(p *providertest.Provider) { p.People["wang"] = claims.say })
			b := c.browser()
			b.signIn("wang", "")
			got := b.session().Account
			if got == nil || (got.ID == known.ID) != (claims.same && linked) {
				t.Errorf("%s, linked %t: the account is %+v", claims.name, linked, got)
			}
		}
	}
}

func TestARealNameIsBoundOnlyAtTheLevelThatVouchesForIt(t *testing.T) {
	t.Parallel()
	c := withProvider(t, func(c *app.Config, _ *app.Options) {
		c.OIDC.RealNameACR, c.OIDC.NumberClaim = []string{"urn:level:3"}, "id_number"
	})
	const number = "11010519491231002X"
	bound := func(who string, claims providertest.Claims) *account.Identity {
		t.Helper()
		c.provider.Do(func(p *providertest.Provider) {
			p.People[who], p.Info[who] = claims, providertest.Claims{"id_number": number, "name": "王小明"}
		})
		b := c.browser()
		b.signIn(who, "")
		a, err := c.Accounts.Get(t.Context(), apptest.System, b.session().Account.ID)
		if err != nil {
			t.Fatal(err)
		}
		return a.Identity
	}
	if got := bound("wang", providertest.Claims{"sub": "1", "acr": "urn:level:2"}); got != nil {
		t.Errorf("a lower level binds %+v", got)
	}
	if got := bound("wang", providertest.Claims{"sub": "1", "acr": "urn:level:3"}); got == nil || got.By != account.ByProvider || got.Last4 != "002X" {
		t.Errorf("the level that vouches binds %+v", got)
	}
	if got := bound("wang", providertest.Claims{"sub": "1", "acr": "urn:level:2"}); got == nil {
		t.Error("a later sign-in at a lower level takes it back")
	}
	if got := bound("other", providertest.Claims{"sub": "2", "acr": "urn:level:3"}); got != nil {
		t.Errorf("the same number is bound twice: %+v", got)
	}
}

func TestTheSecondFactorCountsAsShownWhenTheProviderSays(t *testing.T) {
	t.Parallel()
	c := withProvider(t)
	c.provider.People["wang"] = providertest.Claims{"sub": "4711", "groups": "culture", "acr": "urn:level:2"}
	for _, step := range []struct {
		name, query string
		late        time.Duration
		fresh       bool
	}{
		{"just now", "", 0, true},
		{"an hour ago", "", time.Hour, false},
		{"once more, after an hour", "?again=true", time.Hour, true},
	} {
		c.provider.Do(func(p *providertest.Provider) { p.Late = step.late })
		b := c.browser()
		b.signIn("wang", step.query)
		if got := b.session(); got.Fresh != step.fresh || got.Means != account.ByProvider {
			t.Errorf("%s: %+v", step.name, got)
		}
	}
	c.provider.Do(func(p *providertest.Provider) {
		p.Bend = func(claims providertest.Claims) { claims["auth_time"] = apptest.Now.Add(-time.Hour).Unix() }
	})
	if page := c.browser().signIn("wang", "?again=true"); !strings.Contains(page, "problem=provider_answer_invalid") {
		t.Errorf("who was to show it once more and did not ends on %q", page)
	}
}

func TestSigningInAgainAtTheProviderEndsTheFormerSession(t *testing.T) {
	t.Parallel()
	c := withProvider(t)
	b := c.browser()
	b.signIn("wang", "")
	former := b.jar[handlers.Cookie]
	b.signIn("wang", "")
	c.Anonymous().Get("/api/v1/bookings", "Cookie", handlers.Cookie+"="+former).Refused(401, "sign_in_needed")
	if b.session().Account == nil {
		t.Error("nobody is signed in")
	}
}

func TestWhomTheProviderMakesAnAdministratorIsNotTheLastOne(t *testing.T) {
	t.Parallel()
	c := withProvider(t, func(c *app.Config, _ *app.Options) { c.OIDC.Roles = []string{"bosses=administrator"} })
	c.provider.People["wang"] = providertest.Claims{"sub": "4711", "groups": "bosses", "acr": "urn:level:2"}
	b := c.browser()
	b.signIn("wang", "")
	if !slices.Contains(b.session().May, account.ManageAccounts) {
		t.Fatalf("the session is %+v", b.session())
	}
	if has, err := c.Accounts.HasAdministrator(t.Context()); has || err != nil {
		t.Errorf("somebody else need not be an administrator any more: %t, %v", has, err)
	}
	c.provider.Do(func(p *providertest.Provider) { delete(p.People["wang"], "groups") })
	if page := b.signIn("wang", ""); page != "/sign-in" || slices.Contains(b.session().May, account.ManageAccounts) {
		t.Errorf("ends on %q as %+v", page, b.session())
	}
}
