package app_test

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
)

const goodPassword = "a quiet walk by the river"

// officer is somebody of the staff who has set up a password and an authenticator app, and what they know.
type member struct {
	*apptest.Client
	login, secret string
}

// code is what the authenticator app shows now. Each counts once, so the clock goes on by a step before the next.
func (m *member) code(h *apptest.House) string {
	h.Clock.Advance(30 * time.Second)
	code, err := totp.GenerateCodeCustom(m.secret, h.Clock.Now(), totp.ValidateOpts{Period: 30, Digits: otp.DigitsSix})
	if err != nil {
		panic(err)
	}
	return code
}

// enrol makes somebody of the staff and sets up a password and an authenticator app with a link, as a new colleague does.
func enrol(t *testing.T, h *apptest.House, grants ...account.Grant) *member {
	t.Helper()
	who := h.Account("林主任", grants...)
	token, err := h.Accounts.MakeLink(t.Context(), apptest.System, who.ID, account.LinkOptions{TTL: time.Hour, Enrol: true})
	if err != nil {
		t.Fatal(err)
	}
	m := &member{Client: h.Anonymous(), login: who.Phone}
	m.Account = who
	m.Token = sessionIn(t, m.Post("/api/v1/sessions", map[string]string{"link": token}).Expect(201))
	m.Put("/api/v1/account/password", map[string]string{"password": goodPassword}).Expect(200)
	m.secret = apptest.Decode[struct{ Secret string }](m.Post("/api/v1/account/totp", nil).Expect(200)).Secret
	answer := m.Post("/api/v1/account/totp/confirmation", map[string]string{"code": m.code(h)}).Expect(200)
	m.Token = sessionIn(t, answer)
	return m
}

// sessionIn is the token of the session cookie that an answer sets.
func sessionIn(t *testing.T, a *apptest.Answer) string {
	t.Helper()
	for _, line := range a.Header.Values("Set-Cookie") {
		if c, err := http.ParseSetCookie(line); err == nil && c.Name == handlers.Cookie {
			return c.Value
		}
	}
	t.Fatalf("the answer sets no session: %v %s", a.Header, a.Body)
	return ""
}

func sessionOf(c *apptest.Client) handlers.SessionView {
	return apptest.Decode[handlers.SessionView](c.Get("/api/v1/session").Expect(200))
}

var manager = account.Grant{Role: account.Manager}

func TestANewColleagueSetsUpPasswordAndAppByALinkAndSignsInWithThem(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	m := enrol(t, h, manager)
	if s := sessionOf(m.Client); s.Means != account.ByPassword || !s.Fresh || s.Enrol || len(s.Scopes) == 0 {
		t.Errorf("after enrolling the session is %+v", s)
	}
	again := h.Anonymous()
	again.Token = sessionIn(t, again.Post("/api/v1/sessions", map[string]string{
		"login": m.login, "password": goodPassword, "totp": m.code(h),
	}).Expect(201))
	again.Get("/api/v1/jobs").Refused(403, "not_permitted")
	again.Get("/api/v1/summaries?from=2026-11-01&to=2026-11-30").Expect(200)
	var raw map[string]json.RawMessage
	again.Get("/api/v1/account/credentials").Expect(200).Into(&raw)
}
