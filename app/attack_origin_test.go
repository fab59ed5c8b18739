package app_test

import (
	"fmt"
	"testing"

	"wenguan/app"
	"wenguan/app/apptest"
)

// Browsers from before Fetch-Metadata say only their Origin: scheme, host and port have to be those that were asked.
func TestAnOriginIsOursBySchemeHostAndPort(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	proxied := apptest.Start(t, func(c *app.Config, _ *app.Options) { c.TrustedProxies = []string{"127.0.0.1"} })
	for _, c := range []struct {
		at           *apptest.House
		host, origin string
		tls, ours    bool
	}{
		{h, "wenguan.example:8080", "http://wenguan.example:8080", false, true},
		{h, "wenguan.example:8080", "http://WENGUAN.example:8080", false, true},
		{h, "wenguan.example", "http://wenguan.example:80", false, true},
		{h, "wenguan.example:80", "http://wenguan.example", false, true},
		{h, "wenguan.example:8080", "https://wenguan.example:8080", false, false},
		{h, "wenguan.example:8080", "http://wenguan.example:8081", false, false},
		{h, "wenguan.example:8080", "http://wenguan.example", false, false},
		{h, "wenguan.example", "http://wenguan.example.evil.example", false, false},
		{h, "wenguan.example", "http://evil@wenguan.example", false, false},
		{h, "wenguan.example", "https://wenguan.example", true, false}, // whoever says so is no proxy of ours
		{proxied, "wenguan.example", "https://wenguan.example", true, true},
		{proxied, "wenguan.example:443", "https://wenguan.example", true, true},
		{proxied, "wenguan.example", "http://wenguan.example", true, false},
		{proxied, "wenguan.example", "https://wenguan.example", false, false},
	} {
		request := fmt.Sprintf("DELETE /api/v1/session HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\nConnection: close\r\n", c.host, c.origin)
		if c.tls {
			request += "X-Forwarded-Proto: https\r\n"
		}
		answer := raw(t, c.at, request+"\r\n")
		if got := answer.StatusCode; (got == 204) != c.ours || (got == 403) == c.ours {
			t.Errorf("a page of %s asks %s (TLS %t): %d", c.origin, c.host, c.tls, got)
		}
	}
}
