package app_test

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"

	"wenguan/app"
	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
	"wenguan/models/venue"
)

// raw sends bytes that a well-behaved client would not, and returns the answer.
func raw(t *testing.T, h *apptest.House, request string) *http.Response {
	t.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(h.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	go func() { _, _ = c.Write([]byte(request)) }() // the server may hang up in the middle
	answer, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatalf("%.60q: %v", request, err)
	}
	return answer
}

func TestEveryAnswerHasTheHeadersOfSecurity(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	wanted := map[string]string{"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin", "Content-Security-Policy": "default-src"}
	guarded := func(name string, header http.Header) {
		t.Helper()
		for which, want := range wanted {
			if !strings.Contains(header.Get(which), want) {
				t.Errorf("%s: %s is %q", name, which, header.Get(which))
			}
		}
		if header.Get("Server") != "" || header.Get("X-Powered-By") != "" {
			t.Errorf("%s tells what serves it", name)
		}
	}
	for _, r := range accessTable {
		if r.method != "GET" || strings.Contains(r.path, "/provider/") {
			continue
		}
		path, _ := s.fill(r)
		for _, client := range []*apptest.Client{s.Anonymous(), s.may(r)} {
			if client != nil {
				guarded("GET "+r.path, client.Get(path).Header)
			}
		}
	}
	for _, path := range []string{"/", "/manage", "/nowhere", "/api/v1/nowhere", "/static/x/y"} {
		guarded(path, s.Anonymous().Get(path, "Accept", "text/html").Header)
	}
	const host = " HTTP/1.1\r\nHost: x\r\n"
	for name, request := range map[string]string{
		"431": "GET /" + host + "X-Flood: " + strings.Repeat("x", 20<<10) + "\r\n\r\n",
		"413": "POST /api/v1/bookings" + host + "Content-Length: 99999999\r\n\r\n",
		"400": "GET /" + host + "no header\r\n\r\n",
		"405": "DELETE /api/v1/bookings" + host + "\r\n",
	} {
		answer := raw(t, s.House, request)
		guarded(name, answer.Header)
		if got := fmt.Sprint(answer.StatusCode); got != name {
			t.Errorf("%.40q answers %s, not %s", request, got, name)
		}
	}
	asset := s.Anonymous().Get("/static/" + s.Site.Hash + "/js/lib/api.js").Expect(200)
	if asset.Header.Get("X-Content-Type-Options") != "nosniff" || !strings.HasPrefix(asset.Header.Get("Content-Type"), "text/javascript") {
		t.Errorf("a script has %v", asset.Header)
	}
}

func TestAFloodOfHeadersIsRefusedAndSlowOnesAreCutOff(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	var many strings.Builder
	for i := range 2000 {
		fmt.Fprintf(&many, "X-%d: y\r\n", i)
	}
	if answer := raw(t, h, "GET / HTTP/1.1\r\nHost: x\r\n"+many.String()+"\r\n"); answer.StatusCode != 431 {
		t.Errorf("two thousand headers: %d", answer.StatusCode)
	}
	limits := h.Server.Server()
	if limits.ReadTimeout <= 0 || limits.WriteTimeout <= 0 || limits.IdleTimeout <= 0 || limits.Concurrency <= 0 || limits.MaxRequestBodySize > 2<<20 {
		t.Errorf("reading ends after %s, writing after %s, waiting after %s, of at most %d connections", limits.ReadTimeout, limits.WriteTimeout, limits.IdleTimeout, limits.Concurrency)
	}
	h.Anonymous().Get("/health").Expect(200)
}

func TestEveryChangeThatAnotherSiteMakesTheBrowserSendIsRefused(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	cookie := handlers.Cookie + "=" + s.callers["administrator"].Token
	for template, item := range s.OpenAPI.Paths {
		path := strings.NewReplacer("{venue}", "room", "{", "", "}", "").Replace(template)
		for method, there := range map[string]bool{"POST": item.Post != nil, "PUT": item.Put != nil, "PATCH": item.Patch != nil, "DELETE": item.Delete != nil} {
			if !there || strings.HasSuffix(path, "/csp-reports") {
				continue
			}
			for name, headers := range map[string][]string{
				"a form of another site":       {"Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"},
				"a neighbouring subdomain":     {"Sec-Fetch-Site", "same-site", "Origin", "https://evil.wenguan.example"},
				"an old browser":               {"Origin", "https://evil.example"},
				"a sandbox":                    {"Origin", "null"},
				"nothing said":                 {},
				"a type that needs no asking":  {"Sec-Fetch-Site", "cross-site", "Content-Type", "text/plain"},
				"an address like ours":         {"Origin", s.URL + ".evil.example"},
				"ours as the name of somebody": {"Origin", strings.Replace(s.URL, "http://", "http://127.0.0.1@evil.example:", 1)},
			} {
				got := s.Anonymous().Undescribed().Do(method, path, nil, append([]string{"Cookie", cookie}, headers...)...)
				if got.Status != 403 || !strings.Contains(string(got.Body), "foreign_origin") {
					t.Errorf("%s %s by %s: %d %.100s", method, template, name, got.Status, got.Body)
				}
			}
		}
	}
}

func TestHeadersThatOverrideTheMethodAreIgnored(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	resident := h.Resident("王小明")
	for _, name := range []string{"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"} {
		resident.Get("/api/v1/session?_method=DELETE", name, "DELETE").Expect(200)
		resident.Undescribed().Post("/api/v1/session", `{"_method":"DELETE"}`, name, "DELETE").Refused(405, "method_not_allowed")
	}
	resident.Get("/api/v1/bookings").Expect(200)
}

func TestNoHostHeaderGetsIntoALinkOrAnAddress(t *testing.T) {
	t.Parallel()
	c := withProvider(t, func(c *app.Config, _ *app.Options) { c.PublicURL = "https://wenguan.example" })
	c.ReadingRoom("room", 4)
	for _, lie := range []string{"Host: evil.example", "Host: x\r\nX-Forwarded-Host: evil.example", "Host: x\r\nForwarded: host=evil.example", "Host: evil.example\r\nX-Forwarded-Proto: http"} {
		for _, path := range []string{"/", "/nowhere", "/api/v1/provider/start", "/api/v1/venues", "/manage"} {
			answer := raw(t, c.House, "GET "+path+" HTTP/1.1\r\n"+lie+"\r\nConnection: close\r\n\r\n")
			var body bytes.Buffer
			_, _ = body.ReadFrom(answer.Body) // what there is of it
			if all := fmt.Sprint(answer.Header) + body.String(); strings.Contains(all, "evil") {
				t.Errorf("%q of %s comes back: %.300s", lie, path, all)
			}
		}
		answer := raw(t, c.House, "POST /api/v1/sign-in-codes HTTP/1.1\r\n"+lie+"\r\nContent-Type: application/json\r\nContent-Length: 23\r\n\r\n{\"to\":\"li@example.cn\" }")
		_ = answer.Body.Close()
		c.Clock.Advance(2 * 60e9)
	}
	if _, err := c.Notices.Deliver(t.Context()); err != nil {
		t.Fatal(err)
	}
	sent := c.Mail.To("li@example.cn")
	if len(sent) == 0 || strings.Contains(fmt.Sprint(sent), "evil") {
		t.Errorf("sent were %v", sent)
	}
}

func TestPathsThatClimbOutOfTheFilesFindNothing(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	for _, path := range []string{
		"/static/" + h.Site.Hash + "/../../app/config.go", "/static/" + h.Site.Hash + "/..%2f..%2fetc%2fpasswd", "/static/" + h.Site.Hash + "/%2e%2e/%2e%2e/go.mod",
		"/static/" + h.Site.Hash + "/..\\..\\go.mod", "/static/" + h.Site.Hash + "//etc/passwd", "/static/../wenguan.db", "/..%2fgo.mod", "/static/" + h.Site.Hash + "/js%00/lib/api.js",
		"/static/" + h.Site.Hash + "/", "/static/" + h.Site.Hash + "/js", "/static/" + h.Site.Hash + "/static.go", "/.git/config", "/data/wenguan.db",
	} {
		answer := raw(t, h, "GET "+path+" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
		var body bytes.Buffer
		_, _ = body.ReadFrom(answer.Body)
		if answer.StatusCode < 400 && answer.StatusCode != 301 && answer.StatusCode != 302 || strings.Contains(body.String(), "package ") || strings.Contains(body.String(), "root:") {
			t.Errorf("%s: %d %.100s", path, answer.StatusCode, body.String())
		}
	}
}

func TestAnswersAboutPeopleAreKeptByNobody(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	public := []string{"/venues", "/photos", "/free", "/holidays", "/health", "/.well-known", "/session/ways", "/privacy/texts", "/rule-templates", "/codes/{code}/picture"}
	for _, r := range accessTable {
		if r.method != "GET" || slices.ContainsFunc(public, func(p string) bool { return strings.HasPrefix(r.path, p) }) && !strings.Contains(r.path, "board") {
			continue
		}
		client := s.may(r)
		if client == nil {
			continue
		}
		path, _ := s.fill(r)
		if got := client.Get(path).Header.Get("Cache-Control"); !strings.Contains(got, "no-store") && !strings.Contains(got, "private") {
			t.Errorf("GET %s may be kept: %q", r.path, got)
		}
	}
}

func TestNoTableOfTheProductHasACellThatASpreadsheetComputes(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	for i, name := range []string{"=1+1", "+SUM(A1)", "-2+3", "@SUM(1)", "\t=1", "\r=1", " =1", "＝1", "=cmd|' /C calc'!A0"} {
		v := apptest.Blank(fmt.Sprintf("evil%d", i), venue.Square)
		v.Name, v.Area = venue.Text{ZH: name + "场", EN: name + "x"}, "紫阳"
		if _, err := s.Venues.Save(t.Context(), apptest.System, v); err != nil {
			t.Logf("%q is no name: %v", name, err)
		}
	}
	tables := 0
	for _, r := range accessTable {
		client := s.may(r)
		if r.method != "GET" || client == nil || !strings.Contains(r.path, ".csv") {
			continue
		}
		path, _ := s.fill(r)
		for _, language := range []string{"zh-CN", "en"} {
			body := client.Get(path, "Accept-Language", language).Expect(200).Body
			rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")))).ReadAll()
			if err != nil {
				t.Fatalf("GET %s: %v", r.path, err)
			}
			tables++
			for _, cell := range slices.Concat(rows...) {
				bare := strings.TrimLeft(cell, " \u3000")
				number := strings.Trim(cell, "-0123456789.") == ""
				if !number && strings.ContainsAny(bare[:min(len(bare), 1)], "=+-@\t\r") || strings.HasPrefix(bare, "＝") {
					t.Errorf("GET %s has the cell %q", r.path, cell)
				}
			}
		}
	}
	if tables < 2 {
		t.Errorf("only %d tables were read", tables)
	}
}

// unlike is another letter.
func unlike(b byte) string {
	if b == 'x' {
		return "y"
	}
	return "x"
}

func TestATamperedSessionIsNobodys(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	resident, administrator := h.Resident("王小明"), h.Staff(account.Administrator)
	token := resident.Token
	for name, cookie := range map[string]string{
		"a letter changed": token[:20] + unlike(token[20]) + token[21:], "half": token[:20], "twice": token + token, "an id": administrator.Account.ID,
		"empty": "", "an operator": `{"$ne":""}`, "long": strings.Repeat("x", 5000), "a device's": "wgd_" + token, "quoted": `"` + token[:42] + unlike(token[42]) + `"`,
	} {
		if got := h.Anonymous().Get("/api/v1/bookings", "Cookie", handlers.Cookie+"="+cookie); got.Status != 401 {
			t.Errorf("%s: %d", name, got.Status)
		}
		if got := h.Anonymous().Get("/api/v1/bookings", "Authorization", "Bearer "+cookie); got.Status != 401 {
			t.Errorf("%s as a bearer token: %d", name, got.Status)
		}
	}
	secure := apptest.Start(t, func(c *app.Config, _ *app.Options) { c.PublicURL = "https://wenguan.example" })
	who := secure.Resident("李雷")
	secure.Anonymous().Get("/api/v1/bookings", "Cookie", handlers.Cookie+"="+who.Token).Refused(401, "sign_in_needed")
	secure.Anonymous().Get("/api/v1/bookings", "Cookie", handlers.SessionCookie(true)+"="+who.Token).Expect(200)
}
