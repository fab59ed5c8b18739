package app_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"wenguan/app"
	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/provider/providertest"
)

// city is a house whose people may sign in at a provider.
type city struct {
	*apptest.House
	provider *providertest.Provider
	t        *testing.T
}

func withProvider(t *testing.T, change ...func(*app.Config, *app.Options)) city {
	t.Helper()
	clock := &apptest.Clock{}
	clock.Set(apptest.Now)
	p := providertest.Start(t, clock.Now)
	config := func(c *app.Config, o *app.Options) {
		o.Clock = clock.Now
		c.OIDC = app.OIDCConfig{
			Issuer: p.URL, ClientID: providertest.ClientID, ClientSecret: providertest.ClientSecret, Name: "江西政务",
			Scopes: []string{"profile"}, GroupsClaim: "groups", Roles: []string{"culture=manager:venue/room", "cn=front,o=ws=attendant"},
			StrongACR: []string{"urn:level:2", "otp"}, NameClaim: "name",
		}
	}
	h := apptest.Start(t, append([]func(*app.Config, *app.Options){config}, change...)...)
	h.Clock = clock
	p.People["wang"] = providertest.Claims{"sub": "4711", "name": "王小明"}
	return city{h, p, t}
}

// browser is a person's browser: it keeps cookies and follows nothing by itself.
type browser struct {
	client *http.Client
	city   city
	jar    map[string]string
}

func (c city) browser() *browser {
	return &browser{city: c, jar: map[string]string{}, client: &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// get asks for an address and returns the status and where it sends the browser.
func (b *browser) get(address string) (status int, location string) {
	b.city.t.Helper()
	r, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		b.city.t.Fatal(err)
	}
	for name, value := range b.jar {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	return b.ask(r)
}

func (b *browser) ask(r *http.Request) (status int, location string) {
	b.city.t.Helper()
	answer, err := b.client.Do(r)
	if err != nil {
		b.city.t.Fatal(err)
	}
	defer answer.Body.Close()
	_, _ = io.Copy(io.Discard, answer.Body)
	if strings.HasPrefix(r.URL.String(), b.city.URL) {
		for _, c := range answer.Cookies() {
			if b.jar[c.Name] = c.Value; c.Value == "" {
				delete(b.jar, c.Name)
			}
		}
	}
	return answer.StatusCode, answer.Header.Get("Location")
}

// start begins a sign-in and returns the address of the provider's page.
func (b *browser) start(query string) string {
	b.city.t.Helper()
	status, location := b.get(b.city.URL + "/api/v1/provider/start" + query)
	if status != http.StatusFound {
		b.city.t.Fatalf("the start answers %d", status)
	}
	return location
}

// enter fills in the provider's page and returns the address it sends the browser back to.
func (b *browser) enter(page, who string) string {
	b.city.t.Helper()
	if status, _ := b.get(page); status != http.StatusOK {
		b.city.t.Fatalf("the provider's page answers %d", status)
	}
	u, err := url.Parse(page)
	if err != nil {
		b.city.t.Fatal(err)
	}
	form := url.Values{"who": {who}, "asked": {u.RawQuery}}
	r, err := http.NewRequest(http.MethodPost, b.city.provider.URL+"/authorize", strings.NewReader(form.Encode()))
	if err != nil {
		b.city.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	status, back := b.ask(r)
	if status != http.StatusFound {
		b.city.t.Fatalf("the provider answers %d", status)
	}
	return back
}

// signIn goes all the way and returns the page the person ends on.
func (b *browser) signIn(who, query string) string {
	b.city.t.Helper()
	_, page := b.get(b.enter(b.start(query), who))
	return page
}

func (b *browser) session() handlers.SessionView {
	b.city.t.Helper()
	token := b.jar[handlers.Cookie]
	return apptest.Decode[handlers.SessionView](b.city.Anonymous().Get("/api/v1/session", "Cookie", handlers.Cookie+"="+token).Expect(200))
}
