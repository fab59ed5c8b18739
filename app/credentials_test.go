package app_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"wenguan/app"
	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
	"wenguan/models/notice"
)

const goodPassword = "a quiet walk by the river"

// colleague is somebody of the staff who has set up a password and an authenticator app, and what they know.
type colleague struct {
	*apptest.Client
	login, secret string
}

// code is what the authenticator app shows next: the clock goes on by a step, for each code counts once.
func (c *colleague) code(h *apptest.House) string {
	h.Clock.Advance(30 * time.Second)
	code, err := totp.GenerateCodeCustom(c.secret, h.Clock.Now(), totp.ValidateOpts{Period: 30, Digits: otp.DigitsSix})
	if err != nil {
		panic(err)
	}
	return code
}

// tries is a sign-in with this password and code.
func (c *colleague) tries(password, code string) map[string]string {
	return map[string]string{"login": c.login, "password": password, "totp": code}
}

// enrol makes somebody of the staff and sets up a password and an authenticator app with a link, as a new colleague does.
func enrol(t *testing.T, h *apptest.House, grants ...account.Grant) *colleague {
	t.Helper()
	who := h.Account("林主任", grants...)
	c := &colleague{Client: byEnrolmentLink(t, h, who), login: who.Phone}
	c.Put("/api/v1/account/password", map[string]string{"password": goodPassword}).Expect(200)
	c.secret = apptest.Decode[struct{ Secret string }](c.Post("/api/v1/account/totp", nil).Expect(200)).Secret
	c.Token = sessionIn(t, c.Post("/api/v1/account/totp/confirmation", map[string]string{"code": c.code(h)}).Expect(200))
	return c
}

func byEnrolmentLink(t *testing.T, h *apptest.House, who account.Account) *apptest.Client {
	t.Helper()
	token, err := h.Accounts.MakeLink(t.Context(), apptest.System, who.ID, account.LinkOptions{TTL: time.Hour, Enrol: true})
	if err != nil {
		t.Fatal(err)
	}
	c := h.Anonymous()
	c.Account, c.Token = who, sessionIn(t, c.Post("/api/v1/sessions", map[string]string{"link": token}).Expect(201))
	return c
}

// sessionIn is the token of the session cookie that an answer sets.
func sessionIn(t *testing.T, a *apptest.Answer) string {
	t.Helper()
	return cookieIn(t, a, handlers.Cookie)
}

func cookieIn(t *testing.T, a *apptest.Answer, name string) string {
	t.Helper()
	for _, line := range a.Header.Values("Set-Cookie") {
		if c, err := http.ParseSetCookie(line); err == nil && c.Name == name {
			return c.Value
		}
	}
	t.Fatalf("the answer does not set %s: %v %s", name, a.Header, a.Body)
	return ""
}

func sessionOf(c *apptest.Client) handlers.SessionView {
	return apptest.Decode[handlers.SessionView](c.Get("/api/v1/session").Expect(200))
}

var (
	manager  = account.Grant{Role: account.Manager}
	sessions = "/api/v1/sessions"
)

func TestANewColleagueSetsUpPasswordAndAppByALinkAndSignsInWithThem(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	c := enrol(t, h, manager)
	if s := sessionOf(c.Client); s.Means != account.ByPassword || !s.Fresh || s.Enrol || len(s.Scopes) == 0 {
		t.Errorf("after enrolling the session is %+v", s)
	}
	again := h.Anonymous()
	again.Token = sessionIn(t, again.Post(sessions, c.tries(goodPassword, c.code(h))).Expect(201))
	again.Get("/api/v1/summaries?from=2026-11-01&to=2026-11-30").Expect(200)
	told := 0
	if _, err := h.Notices.Deliver(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, m := range h.Mail.To(c.login) {
		if m.Template == notice.SecurityChanged {
			told++
		}
	}
	if told != 2 {
		t.Errorf("the person was told %d times, not of the password and of the app", told)
	}
}

func TestACodeOrALinkOfStaffOpensNoStaffPage(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	c := enrol(t, h, manager)
	weak := h.ByCode(c.Account)
	weak.Get("/api/v1/summaries?from=2026-11-01&to=2026-11-30").Refused(403, "staff_sign_in_needed")
	weak.Put("/api/v1/account/password", map[string]string{"password": "another walk by the sea"}).Refused(403, "staff_sign_in_needed")
	weak.Post("/api/v1/session/proofs", map[string]string{"totp": c.code(h)}).Refused(403, "staff_sign_in_needed")
	late := byEnrolmentLink(t, h, c.Account) // the account has its password by now
	late.Put("/api/v1/account/password", map[string]string{"password": "another walk by the sea"}).Refused(409, "enrolled_already")
	late.Post("/api/v1/account/passkeys/options", nil).Refused(409, "enrolled_already")
	h.Anonymous().Post(sessions, c.tries("another walk by the sea", c.code(h))).Refused(422, "sign_in_wrong")
}

func TestTheLinkOfAnEnrolmentIsWorthNothingAfterwards(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	who := h.Account("林主任", manager)
	c := byEnrolmentLink(t, h, who)
	before := c.Token
	other := byEnrolmentLink(t, h, who) // somebody else who got hold of a link in time
	c.Put("/api/v1/account/password", map[string]string{"password": goodPassword}).Expect(200)
	other.Post("/api/v1/account/totp", nil).Refused(409, "password_first")
	secret := apptest.Decode[struct{ Secret string }](c.Post("/api/v1/account/totp", nil).Expect(200)).Secret
	me := &colleague{c, who.Phone, secret}
	code := me.code(h)
	other.Post("/api/v1/account/totp/confirmation", map[string]string{"code": code}).Refused(409, "totp_not_started")
	c.Token = sessionIn(t, c.Post("/api/v1/account/totp/confirmation", map[string]string{"code": code}).Expect(200))
	old := h.Anonymous()
	old.Token = before
	if s := sessionOf(old); s.Account != nil {
		t.Error("the session of the link goes on beside the strong one")
	}
	if s := sessionOf(c); s.Means != account.ByPassword {
		t.Errorf("the session is %+v", s)
	}
	if s := sessionOf(other); s.Account != nil {
		t.Error("who got hold of the other link is still signed in")
	}
}

func TestALinkOfAnEnrolmentEndsWithTheNextOneAndWithTheEnrolment(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	who := h.Account("林主任", manager)
	link := func() string {
		token, err := h.Accounts.MakeLink(t.Context(), apptest.System, who.ID, account.LinkOptions{TTL: time.Hour, Enrol: true})
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	gone := func(token string) {
		t.Helper()
		h.Anonymous().Post(sessions, map[string]string{"link": token}).Refused(422, "link_invalid")
	}
	first := link()
	c := byEnrolmentLink(t, h, who)
	gone(first) // sent to the wrong number, so another one was made
	second := link()
	c.Put("/api/v1/account/password", map[string]string{"password": goodPassword}).Expect(200)
	me := &colleague{c, who.Phone, apptest.Decode[struct{ Secret string }](c.Post("/api/v1/account/totp", nil).Expect(200)).Secret}
	c.Post("/api/v1/account/totp/confirmation", map[string]string{"code": me.code(h)}).Expect(200)
	gone(second)
	third := link()
	if _, err := h.Credentials.Reset(t.Context(), apptest.System, who.ID); err != nil {
		t.Fatal(err)
	}
	gone(third)
}

func TestAnAdministratorBecomesNoResidentByResettingThem(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	chief := enrol(t, h, account.Grant{Role: account.Administrator})
	reset := func(id string) *apptest.Answer { return chief.Post("/api/v1/accounts/"+id+"/credential-resets", nil) }
	resident := h.Resident("王小瓷")
	child := apptest.Decode[struct{ ID string }](resident.Post("/api/v1/account/family",
		map[string]any{"relation": "child", "name": "王小满", "birth_year": 2018}).Expect(201))
	reset(resident.Account.ID).Refused(422, "not_staff")
	reset(child.ID).Refused(422, "not_staff")
	if s := sessionOf(resident); s.Account == nil {
		t.Error("a reset that was refused has signed the resident out")
	}
	resident.Post("/api/v1/account/erasure", map[string]string{"confirm": "erase"}).Expect(204)
	reset(resident.Account.ID).Refused(404, "account_not_found")
}

func TestARecoveryCodeWorksOnceAndAnotherPersonsNever(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	c, other := enrol(t, h, manager), enrol(t, h, manager)
	codes := apptest.Decode[struct{ Codes []string }](c.Post("/api/v1/account/recovery-codes", nil).Expect(200)).Codes
	if len(codes) != 10 {
		t.Fatalf("there are %d codes", len(codes))
	}
	with := func(login, code string) *apptest.Answer {
		return h.Anonymous().Post(sessions, map[string]string{"login": login, "password": goodPassword, "recovery": code})
	}
	with(other.login, codes[0]).Refused(422, "sign_in_wrong")
	with(c.login, strings.ToUpper(strings.ReplaceAll(codes[0], "-", " "))).Expect(201)
	with(c.login, codes[0]).Refused(422, "sign_in_wrong")
	h.Clock.Advance(time.Hour)
	c.Post("/api/v1/account/recovery-codes", nil).Refused(403, "step_up_needed")
	c.Post("/api/v1/session/proofs", map[string]string{"recovery": codes[0]}).Refused(422, "recovery_wrong")
	c.Post("/api/v1/session/proofs", map[string]string{"recovery": codes[1]}).Expect(204)
	c.Post("/api/v1/account/recovery-codes", nil).Expect(200)
	with(c.login, codes[2]).Refused(422, "sign_in_wrong")
}

func TestSteppingUpLastsTenMinutesAndTakesACodeOnce(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	c := enrol(t, h, account.Grant{Role: account.Administrator})
	other := h.Account("同事", manager)
	reset := "/api/v1/accounts/" + other.ID + "/credential-resets"
	h.Clock.Advance(10 * time.Minute)
	c.Post(reset, nil).Refused(403, "step_up_needed")
	code := c.code(h)
	c.Post("/api/v1/session/proofs", map[string]string{"totp": code}).Expect(204)
	c.Post(reset, nil).Expect(201)
	c.Post("/api/v1/session/proofs", map[string]string{"totp": code}).Refused(422, "totp_wrong")
	for range 5 {
		c.Post("/api/v1/session/proofs", map[string]string{"totp": "000000"})
	}
	c.Post("/api/v1/session/proofs", map[string]string{"totp": "000000"}).Refused(429, "too_many_attempts")
}

func TestAResetEndsEverySessionAndOpensTheWayToNewCredentials(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	chief, c := enrol(t, h, account.Grant{Role: account.Administrator}), enrol(t, h, manager)
	c.Post("/api/v1/accounts/"+chief.Account.ID+"/credential-resets", nil).Refused(403, "not_permitted")
	chief.Post("/api/v1/session/proofs", map[string]string{"totp": chief.code(h)}).Expect(204)
	made := apptest.Decode[struct{ Token string }](chief.Post("/api/v1/accounts/"+c.Account.ID+"/credential-resets", nil).Expect(201))
	if s := sessionOf(c.Client); s.Account != nil {
		t.Error("the session of before goes on")
	}
	h.Anonymous().Post(sessions, c.tries(goodPassword, c.code(h))).Refused(422, "sign_in_wrong")
	again := h.Anonymous()
	again.Token = sessionIn(t, again.Post(sessions, map[string]string{"link": made.Token}).Expect(201))
	if s := sessionOf(again); !s.Enrol || len(s.Scopes) > 0 {
		t.Errorf("the link opens %+v", s)
	}
	again.Put("/api/v1/account/password", map[string]string{"password": "another walk by the sea"}).Expect(200)
}

func TestAChangeOfPasswordEndsTheOtherSessionsOfStaff(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	c := enrol(t, h, manager)
	other := h.Anonymous()
	other.Token = sessionIn(t, other.Post(sessions, c.tries(goodPassword, c.code(h))).Expect(201))
	weak := h.ByCode(c.Account)
	c.Put("/api/v1/account/password", map[string]string{"password": "another walk by the sea"}).Expect(200)
	if s := sessionOf(other); s.Account != nil {
		t.Error("a session opened with the old password goes on")
	}
	for who, one := range map[string]*apptest.Client{"that changed it": c.Client, "that carries no role": weak} {
		if s := sessionOf(one); s.Account == nil {
			t.Errorf("the session %s has ended", who)
		}
	}
}

func TestSessionsAreSeenAndEndedByTheirOwnerAlone(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	me, stranger := h.Resident("王小明"), h.Resident("李雷")
	phone := h.As(me.Account)
	type list struct{ Items []handlers.OwnSession }
	own := apptest.Decode[list](me.Get("/api/v1/account/sessions").Expect(200)).Items
	if len(own) != 2 || strings.Contains(fmt.Sprint(own), me.Token) {
		t.Fatalf("the sessions are %+v", own)
	}
	there := own[slices.IndexFunc(own, func(s handlers.OwnSession) bool { return !s.Here })].ID
	stranger.Do("DELETE", "/api/v1/account/sessions/"+there, nil).Refused(404, "session_not_found")
	h.Anonymous().Do("DELETE", "/api/v1/account/sessions/"+there, nil).Refused(401, "sign_in_needed")
	me.Do("DELETE", "/api/v1/account/sessions/"+there, nil).Expect(204)
	phone.Get("/api/v1/bookings").Refused(401, "sign_in_needed")
	me.Do("DELETE", "/api/v1/account/sessions/"+there, nil).Refused(404, "session_not_found")
	me.Do("DELETE", "/api/v1/account/sessions", nil).Expect(204)
	if s := sessionOf(stranger); s.Account == nil {
		t.Error("a stranger was signed out")
	}
	for _, tampered := range []string{there, me.Token[:42] + "A", me.Token + "x", strings.ToLower(me.Token)} {
		c := h.Anonymous()
		c.Token = tampered
		if s := sessionOf(c); s.Account != nil && tampered != me.Token {
			t.Errorf("%q signs somebody in", tampered)
		}
	}
}

func TestSessionsOfStaffEndSoonerThanThoseOfResidents(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	c, resident := enrol(t, h, manager), h.Resident("王小明")
	for range 6 {
		h.Clock.Advance(11 * time.Hour)
		if s := sessionOf(c.Client); s.Account == nil {
			t.Fatal("a session that is used has ended")
		}
	}
	h.Clock.Advance(12 * time.Hour)
	if s := sessionOf(c.Client); s.Account != nil {
		t.Error("a session of staff goes on after twelve hours without use")
	}
	if s := sessionOf(resident); s.Account == nil {
		t.Error("a resident's session has ended within a week")
	}
}

func TestNoSecretIsInTheLogOrInAnAnswer(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	var mu sync.Mutex
	h := apptest.Start(t, func(_ *app.Config, o *app.Options) {
		o.Log = slog.New(slog.NewTextHandler(writerFunc(func(p []byte) (int, error) {
			mu.Lock()
			defer mu.Unlock()
			return log.Write(p)
		}), &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	c := enrol(t, h, manager)
	code := c.code(h)
	answers := [][]byte{
		h.Anonymous().Post(sessions, c.tries(goodPassword, code)).Expect(201).Body,
		h.Anonymous().Post(sessions, c.tries("river "+goodPassword, "123123")).Expect(422).Body,
		c.Get("/api/v1/account/credentials").Expect(200).Body,
		c.Put("/api/v1/account/password", `{"password":"`+goodPassword+`","x":1}`).Expect(422).Body,
		c.Put("/api/v1/account/password", `{"password":"`+goodPassword).Expect(400).Body,
	}
	mu.Lock()
	everything := log.String() + string(bytes.Join(answers, nil))
	mu.Unlock()
	for what, secret := range map[string]string{"password": goodPassword, "secret": c.secret, "code": "123123", "hash": "argon2id", "token": c.Token} {
		if strings.Contains(everything, secret) {
			t.Errorf("the %s is in the log or in an answer", what)
		}
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }
