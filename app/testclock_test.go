package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"wenguan/app"
	"wenguan/app/apptest"
	"wenguan/models/store"
)

func TestTheDemoHasATestClockThatIsMovedByRequestsAndJobsFollow(t *testing.T) {
	t.Parallel()
	program := binary(t)
	cmd := exec.Command(program, "demo", "--data", filepath.Join(t.TempDir(), "demo"), "--addr", "127.0.0.1:0",
		"--residents", "20", "--days", "3", "--at", "2026-11-24T09:40", "--test-clock")
	said := greeting(t, cmd)
	url := regexp.MustCompile(`is at (http://[0-9.:]+)`).FindStringSubmatch(said)[1]
	move := func(body string, status int) (now string, stopped bool) {
		t.Helper()
		answer, err := http.Post(url+"/test-clock", "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		text, _ := io.ReadAll(answer.Body)
		if answer.StatusCode != status {
			t.Fatalf("%s: %d %s", body, answer.StatusCode, text)
		}
		var state struct {
			Now     string
			Stopped bool
		}
		if status == 200 && json.Unmarshal(text, &state) != nil {
			t.Fatalf("%s: %s", body, text)
		}
		return state.Now, state.Stopped
	}
	if now, stopped := move(`{"now":"2026-11-24T10:00","stopped":true}`, 200); now != "2026-11-24T10:00:00+08:00" || !stopped {
		t.Errorf("it shows %s, %v", now, stopped)
	}
	if now, _ := move(`{"advance":"90m"}`, 200); now != "2026-11-24T11:30:00+08:00" {
		t.Errorf("it shows %s", now)
	}
	if got := fetch(t, url+"/api/v1/session", "Accept", "application/json"); !strings.Contains(got, `"now":"2026-11-24T03:30:00`) {
		t.Errorf("the product's time is another: %s", got)
	}
	for body, status := range map[string]int{
		`{"now":"2026-11-24T11:29"}`: 422, `{"advance":"-1m"}`: 422, `{"advance":"soon"}`: 422, `{"now":"noon"}`: 422,
		`{"now":"2026-11-24T12:00","advance":"1m"}`: 422, `{`: 400,
	} {
		move(body, status)
	}
	if _, stopped := move(`{"now":"2026-11-25T09:00:30","stopped":false}`, 200); stopped {
		t.Error("it does not go on")
	}
	interrupt(t, cmd)
}

// A normal start has no test clock: no flag, no setting of the environment and no request moves its time.
func TestNothingMovesTheClockOfAService(t *testing.T) {
	for _, name := range []string{"WENGUAN_TEST_CLOCK", "WENGUAN_CLOCK", "WENGUAN_AT", "WENGUAN_DEMO_TEST_CLOCK", "TEST_CLOCK"} {
		t.Setenv(name, "1")
	}
	for _, flag := range []string{"--test-clock", "--at=2026-11-24T09:40", "--clock=x", "--now=x"} {
		if code, _, errs := run("serve", flag, "--data", t.TempDir()); code != 2 || !strings.Contains(errs, "unknown flag") {
			t.Errorf("serve %s: exit %d, %s", flag, code, errs)
		}
	}
	config := app.Config{Addr: "127.0.0.1:0", Zone: "Asia/Shanghai", Data: t.TempDir()}
	st, err := store.OpenEmbedded(filepath.Join(t.TempDir(), "wenguan.db"), store.EmbeddedOptions{NoSync: true}, app.Collections())
	if err != nil {
		t.Fatal(err)
	}
	a, err := app.New(context.Background(), config, app.Options{Store: st}) // as serve makes it
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if reflect.ValueOf(a.Clock).Pointer() != reflect.ValueOf(time.Now).Pointer() {
		t.Error("the clock of a service is not the system's")
	}
	h := apptest.Start(t)
	before := h.Clock.Now()
	for _, method := range []string{"GET", "POST", "PUT"} {
		for _, path := range []string{"/test-clock", "/api/v1/test-clock"} {
			request, _ := http.NewRequest(method, h.URL+path, strings.NewReader(`{"advance":"24h"}`))
			answer, err := http.DefaultClient.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			answer.Body.Close()
			if answer.StatusCode != 404 && answer.StatusCode != 405 {
				t.Errorf("%s %s answers %d", method, path, answer.StatusCode)
			}
		}
	}
	if !h.Clock.Now().Equal(before) {
		t.Error("the clock was moved")
	}
}

// The clock of an App is an option that code sets, and only the demo's code does.
func TestOnlyTheDemoGivesTheProductAClock(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	sets := regexp.MustCompile(`options\.Clock[^=:\n]* = |Options\{[^}]*Clock:|newTestClock\(`)
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if sets.Match(bytes.ReplaceAll(text, []byte("func newTestClock("), nil)) && name != "demo.go" && !strings.HasSuffix(name, "_test.go") {
			t.Errorf("%s sets a clock", name)
		}
	}
}
