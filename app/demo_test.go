package app_test

import (
	"bufio"
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

func TestTheDemoTellsTheWayInAndCanBeGoneOnWith(t *testing.T) {
	t.Parallel()
	program, dir := binary(t), filepath.Join(t.TempDir(), "demo")
	file := filepath.Join(t.TempDir(), "sessions.jsonl")
	demo := func(more ...string) (*exec.Cmd, string) {
		args := append([]string{"demo", "--data", dir, "--addr", "127.0.0.1:0", "--residents", "20", "--days", "3", "--at", "2026-11-24T09:40"}, more...)
		cmd := exec.Command(program, args...)
		return cmd, greeting(t, cmd)
	}
	cmd, said := demo("--sessions", file)
	url := regexp.MustCompile(`is at (http://[0-9.:]+)`).FindStringSubmatch(said)
	links := regexp.MustCompile(`/sign-in#link=(\S+)`).FindAllStringSubmatch(said, -1)
	if url == nil || len(links) != 11 {
		t.Fatalf("the demo says %s", said)
	}
	for i, may := range []string{
		`"may":["book_for_self"]`, `"kind":"organization"`, `"check_in"`, `"find_people"`, `"edit_venue"`, `"manage_accounts"`,
		`"edit_venue"`, `"view_summary"`, `"view_audit"`, `"check_in"`, `"may":["book_for_self"]`,
	} {
		for range 2 { // the links of a demo can be used again
			if got := post(t, url[1]+"/api/v1/sessions", `{"link":"`+links[i][1]+`"}`); !strings.Contains(got, may) {
				t.Errorf("link %d signs in %s", i, got)
			}
		}
	}
	sessions, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(sessions)), "\n")
	var one struct{ Account, Name, Cookie, Token string }
	if err := json.Unmarshal([]byte(lines[0]), &one); err != nil || len(lines) != 20 {
		t.Fatalf("%d sessions, the first %s: %v", len(lines), lines[0], err)
	}
	if got := fetch(t, url[1]+"/api/v1/session", "Authorization", "Bearer "+one.Token); !strings.Contains(got, one.Name) || !strings.Contains(got, `"now":"2026-11-24T01:4`) {
		t.Errorf("the session of a resident: %s", got)
	}
	if got := fetch(t, url[1]+"/api/v1/session", "Cookie", one.Cookie); !strings.Contains(got, one.Account) {
		t.Errorf("the cookie of a resident: %s", got)
	}
	interrupt(t, cmd)
	if code, _, errs := run("verify", "--data", dir); code != 0 {
		t.Errorf("the demo's store: %s", errs)
	}
	again, said := demo()
	if strings.Contains(said, links[0][1]) {
		t.Error("a second demo in the same folder is not a new one")
	}
	interrupt(t, again)
	goOn := startService(t, program, dir)
	if status, err := goOn.get("/api/v1/venues/library/availability"); err != nil || status != http.StatusOK {
		t.Errorf("serve on the demo: %d, %v", status, err)
	}
	interrupt(t, goOn.cmd)
}

// greeting starts the demo and reads what it says until it has said everything.
func greeting(t *testing.T, cmd *exec.Cmd) string {
	t.Helper()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() }) // an error means that it has ended
	var said strings.Builder
	for lines := bufio.NewScanner(out); lines.Scan(); {
		said.WriteString(lines.Text() + "\n")
		if strings.Contains(lines.Text(), "goes on with it") {
			break
		}
	}
	return said.String()
}

func interrupt(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("Ctrl-C ends it with %v", err)
	}
}

func post(t *testing.T, url, body string) string {
	t.Helper()
	answer, err := http.Post(url, "application/json", strings.NewReader(body))
	return read(t, answer, err)
}

func fetch(t *testing.T, url string, header ...string) string {
	t.Helper()
	request, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set(header[0], header[1])
	answer, err := http.DefaultClient.Do(request)
	return read(t, answer, err)
}

func read(t *testing.T, answer *http.Response, err error) string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var b strings.Builder
	if _, err := bufio.NewReader(answer.Body).WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
