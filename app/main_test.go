package app_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"wenguan/app"
	"wenguan/models/store"
)

// workshop is where the binary is built, once for all tests.
var workshop string

func TestMain(m *testing.M) {
	var err error
	if workshop, err = os.MkdirTemp("", "wenguan"); err != nil {
		panic(err)
	}
	code := m.Run()
	_ = os.RemoveAll(workshop)
	os.Exit(code)
}

var built = sync.OnceValue(func() error {
	out, err := exec.Command("go", "build", "-o", filepath.Join(workshop, "wenguan"), "wenguan").CombinedOutput()
	if err != nil {
		return fmt.Errorf("go build: %w\n%s", err, out)
	}
	return nil
})

// binary is the path of the program as it is shipped.
func binary(t *testing.T) string {
	t.Helper()
	if err := built(); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(workshop, "wenguan")
}

// run runs a command line in this process.
func run(args ...string) (code int, out, errs string) {
	var o, e bytes.Buffer
	code = app.Main(args, strings.NewReader(""), &o, &e)
	return code, o.String(), e.String()
}

func TestACommandLineThatCannotBeMeantIsRefusedInASentence(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, c := range []struct {
		args, says string
		code       int
	}{
		{"version", "", 0},
		{"--help", "", 0},
		{"dance", "unexpected argument dance", 2},
		{"serve --store file:a.db --data b", "--store and --data both say where the data is; give one of them", 2},
		{"serve --tls-cert " + os.Args[0], "HTTPS needs both --tls-cert and --tls-key", 2},
		{"serve --addr 8080", "--addr is written like 127.0.0.1:8080 or :8080", 2},
		{"serve --public-url wenguan.example", "--public-url is written like https://wenguan.example.cn, without a path", 2},
		{"serve --zone Mars/Olympus", "--zone is the IANA name of a time zone, such as Asia/Shanghai", 2},
		{"serve --trusted-proxies 10.0.0.0/99", "--trusted-proxies takes addresses and networks such as 10.0.0.0/8", 2},
		{"serve --smtp smtp://mail", "mail needs both --smtp and --smtp-from", 2},
		{"serve --sms-secret x", "the other --sms-… settings need --sms, the address of the gateway", 2},
		{"serve --bookings-per-minute=-1", "a limit is 0 (no limit) or more", 2},
		{"serve --sms ftp://x --data " + dir, "the SMS gateway must be an http:// or https:// address", 1},
		{"serve --data " + dir, "first run wenguan user add --role administrator", 1},
		{"user add --role administrator", "give --phone or --email: it is how the account signs in", 2},
		{"user add --role administrator --venues x --phone 13800138000", "--venues and --areas are not for the role administrator", 2},
		{"user add --role attendant --venues nowhere --phone 13800138000 --data " + dir, "venue nowhere: There is no such venue.", 1},
		{"user add --phone 12 --data " + dir, "This is not a usable address of its kind.", 1},
		{"user add --organization --phone 13800138000", "unknown flag --organization", 2}, // one is founded, and registers
		{"user link nobody@example.org --data " + dir, "There is no such account.", 1},
		{"job dance --data " + dir, "There is no job of this name.", 1},
		{"job summarize --to 2026-11-24", "--to needs --from", 2},
		{"job summarize --from 2026-11-24 --to 2026-11-20", "--to is before --from", 2},
		{"job summarize --from yesterday", "a date is written like 2026-11-24", 2},
		{"import", "name at least one file: --venues, --spaces or --hours", 2},
		{"import --venues " + dir + "/none.csv --data " + dir, "none.csv: no such file", 1},
		{"copy --from file:" + dir + "/none.db --to file:" + dir + "/copy.db", "there is no store at " + dir + "/none.db", 1},
		{"verify --data " + dir + "/none", "there is no store at", 1},
		{"demo --store file:x.db", "a demo makes its own store; name its folder with --data", 1},
		{"demo --residents 0", "--residents is a number from 1 to 20000", 2},
		{"demo --at noon --data " + dir + "/demo", "--at is written like 2026-11-24T09:40", 1},
		{"serve --at 2026-11-24T09:40", "unknown flag --at", 2},
		{"serve --sessions x", "unknown flag --sessions", 2},
		{"health --addr 127.0.0.1:1", "the service does not answer", 1},
	} {
		code, out, errs := run(strings.Fields(c.args)...)
		if code != c.code || !strings.Contains(errs, c.says) || strings.Contains(errs+out, "panic") {
			t.Errorf("wenguan %s: exit %d, not %d, and says %q", c.args, code, c.code, errs)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "demo")); err == nil {
		t.Error("a refused demo left a folder")
	}
}

func TestASecondProcessOnTheDataFileIsRefusedInASentence(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	st, err := store.OpenEmbedded(filepath.Join(dir, "wenguan.db"), store.EmbeddedOptions{}, app.Collections())
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	code, _, errs := run("serve", "--data", dir)
	if code != 1 || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, "Another process has this data file open") {
		t.Errorf("exit %d: %q", code, errs)
	}
}

func TestADemoTouchesOnlyWhatIsADemo(t *testing.T) {
	t.Parallel()
	other, real := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(other, "letter.txt"), []byte("dear"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := run("user", "add", "--role", "administrator", "--phone", "13800138000", "--data", real); code != 0 {
		t.Fatal(errs)
	}
	for dir, says := range map[string]string{other: "holds something else than a demo", real: "holds a real store, not a demo"} {
		if code, _, errs := run("demo", "--data", dir); code != 1 || !strings.Contains(errs, says) {
			t.Errorf("exit %d: %q", code, errs)
		}
	}
	if code, out, errs := run("user", "list", "--data", real); code != 0 || !strings.Contains(out, "administrator") {
		t.Errorf("the real store is not what it was: %s%s", out, errs)
	}
}

func TestTheServiceTakesCommandsWhileItRunsAndStopsInOrder(t *testing.T) {
	t.Parallel()
	binary, dir := binary(t), t.TempDir()
	if code, out, errs := run("user", "add", "--role", "administrator", "--name", "王主任", "--phone", "13800138000", "--data", dir); code != 0 ||
		!strings.Contains(out, "http://127.0.0.1:8080/sign-in#link=") {
		t.Fatalf("%s%s", out, errs)
	}
	service := startService(t, binary, dir)
	backup := filepath.Join(t.TempDir(), "backup.db")
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"user", "list"}, 0, "王主任"},
		{[]string{"user", "add", "--role", "attendant", "--email", "door@example.org"}, 0, service.url + "/sign-in#link="},
		{[]string{"user", "link", "nobody@example.org"}, 1, "There is no such account."},
		{[]string{"job", "tidy"}, 0, ""},
		{[]string{"verify"}, 0, "every claim its booking"},
		{[]string{"keys", "rotate"}, 0, "from now on"},
		{[]string{"backup", backup}, 0, ""},
		{[]string{"backup", backup}, 1, "exists"},
		{[]string{"serve"}, 1, "Another process has this data file open"},
	} {
		code, out, errs := run(append(c.args, "--data", dir)...)
		if code != c.code || !strings.Contains(out+errs, c.says) {
			t.Errorf("%v: exit %d: %s%s", c.args, code, out, errs)
		}
	}
	if err := service.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := service.cmd.Wait(); err != nil {
		t.Errorf("SIGTERM ends the service with %v", err)
	}
	restored := t.TempDir()
	if err := os.Rename(backup, filepath.Join(restored, "wenguan.db")); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := run("user", "list", "--data", restored); code != 1 || !strings.Contains(errs, "--key-file") {
		t.Errorf("the backup opens without the keys: %s", errs)
	}
	keys := filepath.Join(dir, "wenguan.keys")
	if code, out, errs := run("user", "list", "--data", restored, "--key-file", keys); code != 0 || !strings.Contains(out, "王主任") || !strings.Contains(out, "attendant") {
		t.Errorf("the backup is not the store: %s%s", out, errs)
	}
	if _, err := os.Stat(filepath.Join(dir, "wenguan.db.sock")); err == nil {
		t.Error("the socket was left behind")
	}
}

func TestAStoreIsCopiedIntoAnEmptyOneOnly(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if code, _, errs := run("user", "add", "--role", "administrator", "--phone", "13800138000", "--data", dir); code != 0 {
		t.Fatal(errs)
	}
	from, to := "file:"+filepath.Join(dir, "wenguan.db"), "file:"+filepath.Join(dir, "copy", "wenguan.db")
	if code, out, errs := run("copy", "--from", from, "--to", to); code != 0 || !strings.Contains(out, "accounts\t1") || !strings.Contains(errs, "wenguan.keys") {
		t.Fatalf("exit %d: %s%s", code, out, errs)
	}
	keys := filepath.Join(dir, "wenguan.keys")
	if code, out, errs := run("user", "list", "--store", to, "--key-file", keys); code != 0 || !strings.Contains(out, "administrator") {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
	if code, _, errs := run("copy", "--from", from, "--to", to); code != 1 || errs == "" {
		t.Errorf("copying over a store: exit %d: %s", code, errs)
	}
}

func TestVenuesAreImportedFromTablesOrNotAtAll(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	code, out, _ := run("import", "--venues", "testdata/bad.csv", "--data", dir)
	if code != 1 || !strings.Contains(out, "venues.csv:2:") {
		t.Errorf("exit %d: %s", code, out)
	}
}

func TestStoppingLetsRequestsEndAndWaitsForNobodySilent(t *testing.T) {
	t.Parallel()
	var log lockedBuffer
	a, err := app.New(t.Context(), app.Config{Data: t.TempDir(), Addr: "127.0.0.1:0", Zone: "Asia/Shanghai"}, app.Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	begun, finish := make(chan struct{}), make(chan struct{})
	a.Server.Get("/slow", func(c *fiber.Ctx) error {
		close(begun)
		<-finish
		return c.SendString("done")
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- a.Serve(ctx, listener) }()

	quiet, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer quiet.Close()
	busy, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer busy.Close()
	if _, err := io.WriteString(busy, "GET /slow HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	<-begun
	stop()
	for { // until no new connection is taken
		c, err := net.DialTimeout("tcp", listener.Addr().String(), time.Second)
		if err != nil {
			break
		}
		c.Close()
	}
	close(finish)
	answer, _ := io.ReadAll(busy)
	if !strings.Contains(string(answer), "done") {
		t.Errorf("the request under way was cut off: %q", answer)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if strings.Contains(log.String(), "cut off") {
		t.Error("stopping waited for a connection on which nothing was sent")
	}
}
