package app_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/go-cmp/cmp"

	"wenguan/app"
	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
)

func TestARequestThatAnotherSiteForgedIsRefused(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.ReadingRoom("room", 40)
	session, err := h.Accounts.MakeSession(t.Context(), apptest.System, h.Account("王小明").ID)
	if err != nil {
		t.Fatal(err)
	}
	wish := `{"venue":"room","space":"seats","start":"2026-11-25T09:00","end":"2026-11-25T10:00"}`
	cookie := handlers.Cookie + "=" + session.Token
	for _, c := range []struct {
		name    string
		headers []string
		status  int
	}{
		{"the page itself", []string{"Cookie", cookie, "Sec-Fetch-Site", "same-origin", "Origin", h.URL}, 201},
		{"an old browser on the page itself", []string{"Cookie", cookie, "Origin", h.URL}, 201},
		{"another site", []string{"Cookie", cookie, "Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"}, 403},
		{"another port of this machine", []string{"Cookie", cookie, "Sec-Fetch-Site", "same-site", "Origin", "http://127.0.0.1:1"}, 403},
		{"another site in an old browser", []string{"Cookie", cookie, "Origin", "https://evil.example"}, 403},
		{"a sandboxed frame", []string{"Cookie", cookie, "Origin", "null"}, 403},
		{"nobody knows from where", []string{"Cookie", cookie}, 403},
		{"a lying origin beside a forbidden site", []string{"Cookie", cookie, "Sec-Fetch-Site", "cross-site", "Origin", h.URL}, 403},
		{"a tool with a bearer token", []string{"Authorization", "Bearer " + session.Token}, 201},
	} {
		if got := h.Anonymous().Post("/api/v1/bookings", wish, c.headers...); got.Status != c.status {
			t.Errorf("%s: %d, not %d: %s", c.name, got.Status, c.status, got.Body)
		}
	}
	h.Anonymous().Post("/api/v1/sessions", `{"link":"x"}`, "Origin", "https://evil.example").Refused(403, "foreign_origin")
	h.Anonymous().Get("/api/v1/bookings", "Cookie", cookie, "Sec-Fetch-Site", "cross-site").Expect(200)
}

func TestSigningInByCodeGivesACookieThatScriptsCannotRead(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t, func(c *app.Config, _ *app.Options) { c.PublicURL = "https://wenguan.example" })
	nobody := h.Anonymous()
	nobody.Post("/api/v1/sign-in-codes", `{"to":"138 0013 8000"}`, "Accept-Language", "en-GB,en;q=0.9").Expect(202)
	code := h.Code("+8613800138000")
	nobody.Post("/api/v1/sessions", `{"to":"13800138000","code":"000000"}`).Refused(422, "code_wrong")
	in := nobody.Post("/api/v1/sessions", map[string]string{"to": "13800138000", "code": code}).Expect(201)
	cookie, err := http.ParseSetCookie(in.Header.Get("Set-Cookie"))
	if err != nil {
		t.Fatal(err)
	}
	if cookie.Name != "__Host-wenguan_session" || !cookie.HttpOnly || !cookie.Secure || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" {
		t.Errorf("the cookie is %s", in.Header.Get("Set-Cookie"))
	}
	if strings.Contains(string(in.Body), cookie.Value) {
		t.Error("the token is in the body, where scripts can read it")
	}
	carry := []string{"Cookie", cookie.Name + "=" + cookie.Value, "Sec-Fetch-Site", "same-origin"}
	check(t, nobody, []call{
		{"signed in", "GET", "/api/v1/session", nil, carry, 200, []string{`"may":["book_for_self"]`, `"venues":[]`}, nil},
		{"signed out", "DELETE", "/api/v1/session", nil, carry, 204, nil, nil},
		{"the session is over", "GET", "/api/v1/session", nil, carry, 200, []string{`"account":null`}, nil},
		{"and again", "GET", "/api/v1/bookings", nil, carry, 401, []string{`"code":"sign_in_needed"`}, nil},
		{"the code was used", "POST", "/api/v1/sessions", map[string]string{"to": "13800138000", "code": code}, nil, 422, []string{"code_wrong"}, nil},
	})
	plain := apptest.Start(t)
	token, err := plain.Accounts.MakeLink(t.Context(), apptest.System, plain.Account("王小明").ID, account.LinkOptions{TTL: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	byLink := plain.Anonymous().Post("/api/v1/sessions", map[string]string{"link": token}).Expect(201)
	if strings.Contains(byLink.Header.Get("Set-Cookie"), "ecure") {
		t.Error("over plain HTTP the browser would drop a Secure cookie")
	}
}

func TestTooManyAttemptsAreToldWhenToTryAgain(t *testing.T) {
	t.Parallel()
	five := 5
	h := apptest.Start(t, func(c *app.Config, _ *app.Options) {
		c.SignInsPerMinute, c.BookingsPerMinute, c.TrustedProxies = 3, &five, []string{"127.0.0.0/8"}
	})
	h.ReadingRoom("room", 40)
	try := func(from string) *apptest.Answer {
		return h.Anonymous().Post("/api/v1/sessions", `{"to":"13800138000","code":"000000"}`, "X-Forwarded-For", "1.2.3.4, "+from)
	}
	for range 3 {
		try("9.9.9.9").Refused(422, "code_wrong")
	}
	refused := try("9.9.9.9")
	if p := refused.Refused(429, "too_many_requests"); refused.Header.Get("Retry-After") != "20" || p.Params["retry_after"] != 20.0 {
		t.Errorf("try again after %q, %v", refused.Header.Get("Retry-After"), p.Params)
	}
	try("9.9.9.10").Refused(422, "code_wrong") // the address that the proxy saw counts, not the one it was told
	h.Clock.Advance(20 * time.Second)
	try("9.9.9.9").Refused(422, "code_wrong")

	wish := `{"venue":"room","space":"seats","start":"2026-11-25T09:00","end":"2026-11-25T10:00"}`
	greedy, other := h.Resident("王小明"), h.Resident("李雷")
	for range five {
		greedy.Post("/api/v1/bookings", wish).Expect(201)
	}
	greedy.Post("/api/v1/bookings", wish).Refused(429, "too_many_requests")
	other.Post("/api/v1/bookings", wish).Expect(201)
}

func TestAnUntrustedClientCannotChooseItsAddress(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t, func(c *app.Config, _ *app.Options) { c.SignInsPerMinute = 2 })
	for i, want := range []int{422, 422, 429} {
		h.Anonymous().Post("/api/v1/sessions", `{"to":"13800138000","code":"000000"}`, "X-Forwarded-For", string(rune('1'+i))+".1.1.1").Expect(want)
	}
}

func TestOnlyATrustedProxyIsBelievedAboutTLS(t *testing.T) {
	t.Parallel()
	for proxies, secure := range map[string]bool{"127.0.0.1": true, "10.0.0.0/8": false} {
		h := apptest.Start(t, func(c *app.Config, _ *app.Options) { c.TrustedProxies = []string{proxies} })
		out := h.Anonymous().Do(http.MethodDelete, "/api/v1/session", nil, "X-Forwarded-Proto", "https").Expect(204)
		if got := strings.Contains(out.Header.Get("Set-Cookie"), "Secure"); got != secure {
			t.Errorf("behind %s: %s", proxies, out.Header.Get("Set-Cookie"))
		}
	}
}

func TestAPanicIsAProblemAndALogLineAndTheServerGoesOn(t *testing.T) {
	t.Parallel()
	var log lockedBuffer
	h := apptest.Start(t, func(_ *app.Config, o *app.Options) {
		o.Log = slog.New(slog.NewJSONHandler(&log, nil))
		o.Routes = func(server *fiber.App) {
			server.Get("/api/v1/broken", func(*fiber.Ctx) error { panic("the database password is hunter2") })
		}
	})
	got := h.Resident("王小明").Get("/api/v1/broken")
	got.Refused(500, "internal")
	if strings.Contains(string(got.Body), "hunter2") {
		t.Errorf("the client sees the panic: %s", got.Body)
	}
	if !strings.Contains(log.String(), "hunter2") || !strings.Contains(log.String(), "server_test.go") {
		t.Errorf("the log lacks the panic and its place: %s", log.String())
	}
	h.Anonymous().Get("/health").Expect(200)
}

func TestTheLogNamesRequestsButNoPeople(t *testing.T) {
	t.Parallel()
	var log lockedBuffer
	h := apptest.Start(t, func(_ *app.Config, o *app.Options) { o.Log = slog.New(slog.NewJSONHandler(&log, nil)) })
	h.ReadingRoom("room", 4)
	resident := h.Resident("王小明")
	made := resident.Post("/api/v1/bookings", `{"venue":"room","space":"seats","start":"2026-11-25T09:00","end":"2026-11-25T10:00","purpose":"看病"}`).Expect(201)
	resident.Get("/api/v1/venues?q=%E7%A7%98%E5%AF%86").Expect(200)
	lines := log.String()
	for _, want := range []string{`"route":"/api/v1/bookings"`, `"status":201`, made.Header.Get("X-Request-Id"), resident.Account.ID} {
		if !strings.Contains(lines, want) {
			t.Errorf("the log lacks %s: %s", want, lines)
		}
	}
	for _, never := range []string{"王小明", resident.Account.Phone, resident.Token, "看病", "秘密", "%E7"} {
		if strings.Contains(lines, never) {
			t.Errorf("the log has %s", never)
		}
	}
}

func TestAvailabilityThatDidNotChangeIsNotSentAgain(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.ReadingRoom("room", 4)
	nobody, resident := h.Anonymous(), h.Resident("王小明")
	for _, path := range []string{"/api/v1/venues/room/availability?from=2026-11-25&days=2", "/api/v1/free?date=2026-11-25&from=09:00&to=10:00"} {
		first := nobody.Get(path).Expect(200)
		tag := first.Header.Get("ETag")
		if tag == "" || first.Header.Get("Cache-Control") != "no-cache" {
			t.Fatalf("%s: tag %q, caching %q", path, tag, first.Header.Get("Cache-Control"))
		}
		for _, header := range []string{tag, "W/" + tag, `"other", ` + tag, "*"} {
			if again := nobody.Get(path, "If-None-Match", header).Expect(304); len(again.Body) != 0 || again.Header.Get("ETag") != tag {
				t.Errorf("%s: a 304 for %s with a body or another tag", path, header)
			}
		}
		if again := nobody.Get(path).Expect(200); !bytes.Equal(again.Body, first.Body) {
			t.Errorf("%s: the same tag, another body", path)
		}
		b := apptest.Decode[handlers.Booking](resident.Post("/api/v1/bookings", `{"venue":"room","space":"seats","start":"2026-11-25T09:00","end":"2026-11-25T10:00"}`).Expect(201))
		after := nobody.Get(path, "If-None-Match", tag).Expect(200)
		if bytes.Equal(after.Body, first.Body) {
			t.Errorf("%s: a booking changed nothing", path)
		}
		resident.Post("/api/v1/bookings/"+b.ID+"/cancellation", nil).Expect(200)
	}
}

func TestABoardThatDidNotChangeIsNotSentAgain(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	v := h.ReadingRoom("room", 4)
	path := "/api/v1/venues/room/board"
	manager, resident := h.Staff(account.Manager, "room"), h.Resident("王小明")
	var b handlers.Booking
	tag := ""
	for _, step := range []struct {
		name    string
		do      func()
		changes bool
	}{
		{"the first look", func() {}, true},
		{"nothing", func() { h.Clock.Advance(10 * time.Second) }, false},
		{"a booking of another day", func() {
			resident.Post("/api/v1/bookings", `{"venue":"room","space":"seats","start":"2026-11-25T10:00","end":"2026-11-25T12:00"}`).Expect(201)
		}, false},
		{"a booking", func() {
			b = apptest.Decode[handlers.Booking](resident.Post("/api/v1/bookings", `{"venue":"room","space":"seats","start":"2026-11-24T10:00","end":"2026-11-24T12:00"}`).Expect(201))
		}, true},
		{"a minute", func() { h.Clock.Advance(time.Minute) }, true},
		{"ten minutes", func() { h.Clock.Advance(10 * time.Minute) }, true},
		{"a check-in", func() {
			manager.Post("/api/v1/check-ins", map[string]string{"venue": "room", "number": b.Number}).Expect(200)
		}, true},
		{"the venue", func() {
			edited := *v
			edited.Name.ZH = "新书屋"
			if _, err := h.Venues.Save(t.Context(), account.Actor{System: true}, &edited); err != nil {
				t.Fatal(err)
			}
		}, true},
	} {
		step.do()
		status := 304
		if step.changes {
			status = 200
		}
		got := manager.Get(path, "If-None-Match", tag).Expect(status)
		if now := got.Header.Get("ETag"); now == "" || step.changes == (now == tag) || got.Header.Get("Cache-Control") != "private, no-cache" {
			t.Errorf("%s: tag %s after %s, caching %q", step.name, now, tag, got.Header.Get("Cache-Control"))
		}
		if !step.changes && len(got.Body) > 0 {
			t.Errorf("%s: a 304 with a body", step.name)
		}
		tag = got.Header.Get("ETag")
	}
	if again := manager.Get(path); !bytes.Equal(again.Expect(200).Body, manager.Get(path).Expect(200).Body) || again.Header.Get("ETag") != tag {
		t.Error("one tag, two bodies")
	}
	resident.Get(path, "If-None-Match", tag).Refused(403, "not_permitted")
	h.Anonymous().Get(path, "If-None-Match", tag).Refused(401, "sign_in_needed")
}

func TestASummaryThatDidNotChangeIsNotSentAgainAndSaysWhenItWasComputed(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.ReadingRoom("room", 4)
	manager, path := h.Staff(account.Manager), "/api/v1/summaries?from=2026-11-23&to=2026-11-24"
	look := func(tag string, status int) (string, handlers.SummaryView) {
		got := manager.Get(path, "If-None-Match", tag).Expect(status)
		if got.Header.Get("Cache-Control") != "private, no-cache" {
			t.Errorf("caching %q", got.Header.Get("Cache-Control"))
		}
		var v handlers.SummaryView
		if status == 200 {
			got.Into(&v)
		}
		return got.Header.Get("ETag"), v
	}
	tag, first := look("", 200)
	if again, v := look("", 200); again != tag || !cmp.Equal(v, first) || first.ComputedAt != "2026-11-24T09:40:00+08:00" {
		t.Errorf("computed at %s; another answer with tag %s and %s", first.ComputedAt, again, tag)
	}
	look(tag, 304)
	h.Clock.Advance(time.Minute)
	next, later := look(tag, 200)
	if next == tag || later.ComputedAt != "2026-11-24T09:41:00+08:00" {
		t.Errorf("a minute later it was computed at %s", later.ComputedAt)
	}
}

func TestPagesAreServedWithAPolicyAndOnlyTheScannerGetsTheCamera(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	nobody := h.Anonymous()
	for path, camera := range map[string]bool{"/": false, "/venues/x": false, "/sign-in": false, "/manage/board": false, "/scan": true} {
		page := nobody.Get(path, "Accept", "text/html").Expect(200)
		if !strings.Contains(page.Header.Get("Content-Security-Policy"), "script-src 'self';") {
			t.Errorf("%s: the policy is %q", path, page.Header.Get("Content-Security-Policy"))
		}
		if got := strings.Contains(page.Header.Get("Permissions-Policy"), "camera=(self)"); got != camera {
			t.Errorf("%s: the camera is allowed: %t", path, got)
		}
		if !strings.Contains(string(page.Body), "/static/"+h.Site.Hash+"/") {
			t.Errorf("%s does not name the assets by their hash", path)
		}
		nobody.Get(path, "If-None-Match", page.Header.Get("ETag")).Expect(304)
	}
	lost := nobody.Get("/nowhere", "Accept", "text/html").Expect(404)
	if !strings.HasPrefix(lost.Header.Get("Content-Type"), "text/html") {
		t.Errorf("a lost visitor gets %s", lost.Header.Get("Content-Type"))
	}
	nobody.Get("/nowhere").Refused(404, "not_found")
	nobody.Get("/api/v1/nowhere", "Accept", "text/html").Refused(404, "not_found")
}

func TestAViolationOfThePolicyIsCounted(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.Anonymous().Post("/api/v1/csp-reports", `{"csp-report":{"violated-directive":"style-src"}}`, "Content-Type", "application/csp-report", "Origin", "null").Expect(204)
	if n := h.API.Violations(); n != 1 {
		t.Errorf("%d violations", n)
	}
}

func TestAJobIsRunByHandByAnAdministrator(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	h.ReadingRoom("room", 4)
	admin := h.Staff(account.Administrator)
	check(t, admin, []call{
		{"with dates", "POST", "/api/v1/jobs/summarize/runs", `{"from":"2026-11-20","to":"2026-11-22"}`, nil, 204, nil, nil},
		{"backwards", "POST", "/api/v1/jobs/summarize/runs", `{"from":"2026-11-22","to":"2026-11-20"}`, nil, 422, []string{"range_backwards"}, nil},
		{"no such job", "POST", "/api/v1/jobs/dance/runs", `{}`, nil, 404, []string{"job_not_found"}, nil},
		{"the list says so", "GET", "/api/v1/jobs", nil, nil, 200, []string{`"name":"summarize"`, `"last_run":"2026-11-24T`}, nil},
		{"the table for a spreadsheet", "GET", "/api/v1/summaries.csv?from=2026-11-20&to=2026-11-22", nil, nil, 200, []string{"\xef\xbb\xbf", "场馆room"}, nil},
	})
}

// lockedBuffer is a buffer that a server writes and a test reads.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write implements io.Writer.
func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

// String is what was written.
func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
