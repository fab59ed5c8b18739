package app_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"wenguan/app"
	"wenguan/app/apptest"
	"wenguan/models/store"
)

func TestTwoInstancesOfTheServiceTogetherAllowWhatOneWould(t *testing.T) {
	t.Parallel()
	six, keys := 6, filepath.Join(t.TempDir(), "wenguan.keys")
	var shared store.Store
	set := func(c *app.Config, o *app.Options) {
		c.SignInsPerMinute, c.BookingsPerMinute, c.SearchesPerMinute, o.Together = 7, &six, &six, true
		c.KeyFile = keys
		if shared == nil {
			shared = o.Store
		}
		o.Store = open{shared}
	}
	first, second := apptest.Start(t, set), apptest.Start(t, set)
	t.Cleanup(func() {
		if err := shared.Close(); err != nil {
			t.Error(err)
		}
	})
	first.ReadingRoom("room", 40)
	resident := first.Resident("王小明")
	allowed := func(method, path string, body any, times int) (n int) {
		t.Helper()
		for i := range times {
			at := []*apptest.House{first, second}[i%2].Anonymous()
			at.Token = resident.Token
			if got := at.Do(method, path, body); got.Status != 429 {
				n++
			}
		}
		return n
	}
	if n := allowed("POST", "/api/v1/sessions", `{"to":"13800138000","code":"000000"}`, 20); n != 7 {
		t.Errorf("%d sign-ins, not 7", n)
	}
	if n := allowed("POST", "/api/v1/bookings", `{"venue":"room","space":"seats","start":"2026-11-25T09:00","end":"2026-11-25T10:00"}`, 20); n != 6 {
		t.Errorf("%d bookings, not 6", n)
	}
	if n := allowed("GET", "/api/v1/free?date=2026-11-25&from=09:00&to=10:00", nil, 20); n != 6 {
		t.Errorf("%d searches, not 6", n)
	}
}

// open is a store that stays open when one of its two instances ends.
type open struct{ store.Store }

// Close implements store.Store.
func (open) Close() error { return nil }

func TestAClientCannotChooseTheNetworkThatItIsCountedFor(t *testing.T) {
	t.Parallel()
	try := func(h *apptest.House, lines ...string) int {
		t.Helper()
		r, err := http.NewRequest(http.MethodPost, h.URL+"/api/v1/sessions", strings.NewReader(`{"to":"13800138000","code":"000000"}`))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		r.Header["X-Forwarded-For"] = lines
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		return answer.StatusCode
	}
	for _, c := range []struct {
		name    string
		proxies []string
		header  func(i int) []string
		free    bool // every request comes from another network
	}{
		{"no proxy is trusted", nil, func(i int) []string { return []string{fmt.Sprintf("1.1.1.%d", i)} }, false},
		{"a proxy on another network is trusted", []string{"10.0.0.0/8"}, func(i int) []string { return []string{fmt.Sprintf("1.1.1.%d", i)} }, false},
		{"what the client says comes first", []string{"127.0.0.1"}, func(i int) []string { return []string{fmt.Sprintf("1.1.1.%d, 9.9.9.9", i)} }, false},
		{"what the client says is a line before", []string{"127.0.0.1"}, func(i int) []string { return []string{fmt.Sprintf("1.1.1.%d", i), "9.9.9.9"} }, false},
		{"what the client says is a trusted hop", []string{"127.0.0.1"}, func(i int) []string { return []string{fmt.Sprintf("1.1.1.%d, 127.0.0.1, 9.9.9.9", i)} }, false},
		{"garbage", []string{"127.0.0.1"}, func(i int) []string { return []string{fmt.Sprintf("1.1.1.%d, x%d", i, i)} }, false},
		{"many hops", []string{"127.0.0.1"}, func(i int) []string {
			return []string{strings.Repeat(fmt.Sprintf("1.1.1.%d, ", i), 900) + "9.9.9.9"}
		}, false},
		{"a household of IPv6", []string{"127.0.0.1"}, func(i int) []string { return []string{fmt.Sprintf("2001:db8:1:2::%x", i+1)} }, false},
		{"addresses with ports", []string{"127.0.0.1"}, func(i int) []string { return []string{fmt.Sprintf("9.9.9.9:%d", 1000+i)} }, false},
		{"other people behind the proxy", []string{"127.0.0.1"}, func(i int) []string { return []string{fmt.Sprintf("9.9.9.%d", i)} }, true},
		{"others behind two proxies", []string{"127.0.0.1", "10.0.0.0/8"}, func(i int) []string { return []string{fmt.Sprintf("9.9.9.%d, 10.1.1.1", i)} }, true},
		{"others with ports", []string{"127.0.0.1"}, func(i int) []string { return []string{fmt.Sprintf("[2001:db8:1:%x::1]:443", i)} }, true},
	} {
		h := apptest.Start(t, func(conf *app.Config, _ *app.Options) {
			conf.SignInsPerMinute, conf.TrustedProxies = 2, c.proxies
		})
		for i := range 4 {
			want := http.StatusUnprocessableEntity
			if i >= 2 && !c.free {
				want = http.StatusTooManyRequests
			}
			if got := try(h, c.header(i)...); got != want {
				t.Errorf("%s, request %d: %d, not %d", c.name, i+1, got, want)
			}
		}
	}
}

func TestWhenEverybodyTogetherHasHadTheCodesOfAnHourTheLogSaysSoOnce(t *testing.T) {
	t.Parallel()
	var log lockedBuffer
	h := apptest.Start(t, func(c *app.Config, o *app.Options) {
		c.CodesPerHour, o.Log = 3, slog.New(slog.NewJSONHandler(&log, nil))
	})
	for i := range 6 {
		got := h.Anonymous().Post("/api/v1/sign-in-codes", fmt.Sprintf(`{"to":"1380000000%d"}`, i))
		if i < 3 {
			got.Expect(202)
			continue
		}
		if p := got.Refused(429, "codes_exhausted"); p.Params["retry_after"] == nil || got.Header.Get("Retry-After") == "" {
			t.Errorf("the refusal says not when: %s", got.Body)
		}
	}
	if n := bytes.Count([]byte(log.String()), []byte(`"level":"ERROR"`)); n != 1 || strings.Contains(log.String(), "1380000000") {
		t.Errorf("%d lines of errors: %s", n, log.String())
	}
}
