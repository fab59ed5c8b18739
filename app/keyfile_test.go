package app_test

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wenguan/app"
	"wenguan/app/apptest"
	"wenguan/models/account"
	"wenguan/models/fault"
)

// reopened runs something on the app of a folder, as every start of the service opens it.
func reopened(t *testing.T, config app.Config, do func(*app.App)) {
	t.Helper()
	config.Addr, config.Zone = "127.0.0.1:0", "Asia/Shanghai"
	a, err := app.New(t.Context(), config, app.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	do(a)
}

func TestIdentitiesAndAppsAreRecognizedAfterARestartByTheFileOfTheKeys(t *testing.T) {
	t.Parallel()
	config := app.Config{Data: t.TempDir(), KeyFile: filepath.Join(t.TempDir(), "elsewhere.keys")}
	bind := func(a *app.App, phone string) error {
		who, err := a.Accounts.Create(t.Context(), apptest.System, account.Account{Kind: account.Person, Name: "王小明", Phone: phone})
		if err != nil {
			t.Fatal(err)
		}
		_, err = a.Accounts.BindIdentity(t.Context(), who.Actor(), account.RealName{Name: "王小明", Number: "00000019900307009X"})
		return err
	}
	reopened(t, config, func(a *app.App) {
		if err := bind(a, "+8613800000001"); err != nil {
			t.Fatal(err)
		}
	})
	reopened(t, config, func(a *app.App) {
		if err := bind(a, "+8613800000002"); fault.CodeOf(err) != "identity_taken" {
			t.Errorf("another account binds the same identity after a restart: %v", err)
		}
	})
	if _, err := os.Stat(filepath.Join(config.Data, "wenguan.keys")); err == nil {
		t.Error("there are keys beside the store although they were named elsewhere")
	}
}

func TestAStoreWhoseKeysAreGoneSaysWhatToDo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	add := []string{"user", "add", "--role", "administrator", "--phone", "13800138000", "--data", dir}
	if code, _, errs := run(add...); code != 0 {
		t.Fatal(errs)
	}
	keys := filepath.Join(dir, "wenguan.keys")
	if err := os.Rename(keys, keys+".away"); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"serve", "--data", dir}, {"user", "list", "--data", dir}} {
		code, _, errs := run(args...)
		if code != 1 || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, keys) || !strings.Contains(errs, "--key-file") {
			t.Errorf("wenguan %s: exit %d, %q", args[0], code, errs)
		}
	}
	if code, _, errs := run("user", "list", "--data", dir, "--key-file", keys+".away"); code != 0 {
		t.Error(errs)
	}
}

func TestKeysThatOthersMayReadAreWarnedOf(t *testing.T) {
	t.Parallel()
	config := app.Config{Data: t.TempDir(), Addr: "127.0.0.1:0", Zone: "Asia/Shanghai"}
	keys := filepath.Join(config.Data, "wenguan.keys")
	warned := func() bool {
		var log bytes.Buffer
		a, err := app.New(t.Context(), config, app.Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
		if err != nil {
			t.Fatal(err)
		}
		a.Close()
		return strings.Contains(log.String(), "chmod 600") && strings.Contains(log.String(), keys)
	}
	if warned() {
		t.Error("a file that was just made is warned of")
	}
	for mode, want := range map[os.FileMode]bool{0o644: true, 0o660: true, 0o600: false, 0o400: false} {
		if err := os.Chmod(keys, mode); err != nil {
			t.Fatal(err)
		}
		if warned() != want {
			t.Errorf("keys of mode %o are warned of: %v", mode, !want)
		}
	}
}
