package app_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"wenguan/app/apptest"
)

func TestEveryWrongSignInOfStaffIsOneAnswer(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	c := enrol(t, h, manager)
	resident := h.Account("王小明")
	used := c.code(h)
	h.Anonymous().Post(sessions, c.tries(goodPassword, used)).Expect(201)
	var bodies []string
	for _, body := range []map[string]string{
		c.tries("a quiet walk by the sea", c.code(h)), // the password
		c.tries(goodPassword, "000000"),               // the code
		c.tries(goodPassword, used),                   // a code that was used
		c.tries(goodPassword, ""),                     // no code
		{"login": c.login, "password": goodPassword, "recovery": "aaaa-aaaa-aaaa-aaaa"},
		{"login": resident.Phone, "password": goodPassword, "totp": "000000"},          // no password
		{"login": "nobody@wenguan.example", "password": goodPassword, "totp": "0"},     // no account
		{"login": `{"$gt":""}`, "password": goodPassword, "totp": "000000"},            // an operator is a text
		{"login": "", "password": goodPassword, "totp": "000000"},                      // nobody
		{"login": c.login, "password": strings.Repeat("长", 500), "totp": "000000"},     // very long
		{"login": "+86" + strings.Repeat("1", 200), "password": "x", "totp": "000000"}, // no number
	} {
		p := h.Anonymous().Post(sessions, body).Refused(422, "sign_in_wrong")
		p.RequestID = ""
		bodies = append(bodies, fmt.Sprint(p))
		h.Clock.Advance(20 * time.Minute)
	}
	if len(slices.Compact(bodies)) != 1 {
		t.Errorf("the answers differ: %q", bodies)
	}
}

func TestMoreThanWhatSigningInTakesIsRefused(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	c := enrol(t, h, manager)
	body := c.tries(goodPassword, c.code(h))
	body["means"] = "passkey"
	h.Anonymous().Post(sessions, body).Refused(422, "invalid_input")
	for _, more := range []string{`{"password":"a quiet walk by the river","account":"x"}`, `{"password":"a quiet walk by the river","grants":[{"role":"administrator"}]}`} {
		c.Put("/api/v1/account/password", more).Refused(422, "invalid_input")
	}
	c.Post("/api/v1/account/totp/confirmation", `{"code":"000000","secret":"AAAA"}`).Refused(422, "invalid_input")
	c.Post("/api/v1/session/proofs", `{"totp":"000000","fresh":true}`).Refused(422, "invalid_input")
	c.Put("/api/v1/account/password", `{"password":{"$ne":""}}`).Refused(422, "invalid_input")
}

func TestTenThousandGuessesDoNotGetIn(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	c := enrol(t, h, manager)
	stranger := h.Anonymous()
	refused := 0
	for n := range 10_000 { // the password is known to the stranger, the clock goes on by ten seconds each
		h.Clock.Advance(10 * time.Second)
		a := stranger.Post(sessions, c.tries(goodPassword, fmt.Sprintf("%06d", n*97)))
		switch a.Status {
		case 429:
			refused++
		case 422:
		default:
			t.Fatalf("guess %d: %d %s", n, a.Status, a.Body)
		}
	}
	if refused < 9_700 {
		t.Errorf("only %d of 10,000 guesses within a day were refused unread", refused)
	}
	h.Clock.Advance(time.Hour)
	h.Anonymous().Post(sessions, c.tries(goodPassword, c.code(h))).Refused(422, "sign_in_wrong") // the app was stopped
}

func TestParallelGuessesAreCountedBeforeTheyAreLookedAt(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	c := enrol(t, h, manager)
	var read atomic.Int64
	var wait sync.WaitGroup
	for range 60 {
		wait.Go(func() {
			if a := h.Anonymous().Post(sessions, c.tries("a wrong password", "000000")); a.Status == 422 {
				read.Add(1)
			}
		})
	}
	wait.Wait()
	if n := read.Load(); n > 6 {
		t.Errorf("%d of 60 guesses at one moment were looked at", n)
	}
}

func TestAStrangerCannotLockSomebodyOutForGood(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	c := enrol(t, h, manager)
	mine := h.Anonymous()
	kept := cookieIn(t, mine.Post(sessions, c.tries(goodPassword, c.code(h))).Expect(201), "wenguan_browser")
	for range 200 {
		h.Clock.Advance(time.Minute)
		h.Anonymous().Post(sessions, c.tries("a wrong password", "000000"))
	}
	h.Anonymous().Post(sessions, c.tries("a wrong password", "000000"))
	h.Anonymous().Post(sessions, c.tries(goodPassword, c.code(h))).Refused(429, "too_many_attempts")
	mine.Do("POST", sessions, c.tries(goodPassword, c.code(h)), "Cookie", "wenguan_browser="+kept).Expect(201)
	h.Clock.Advance(16 * time.Minute)
	h.Anonymous().Post(sessions, c.tries(goodPassword, c.code(h))).Expect(201)
}
