package app

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"

	"wenguan/models/account"
	"wenguan/models/credential"
	"wenguan/models/keyring"
	"wenguan/models/store"
)

// The names of the keys in their file.
const (
	hashing = "hashing" // codes, addresses and identity numbers
	sealing = "sealing" // the secrets of authenticator apps
)

var slots = []keyring.Slot{
	{Name: hashing, Stored: account.StoredKey, Forget: account.DropStoredKey},
	{Name: sealing, Stored: credential.StoredKey, Forget: credential.DropStoredKey},
}

// keyFile is where the keys are: beside an embedded store unless the configuration names another place.
func (c *Config) keyFile() string {
	if c.KeyFile != "" {
		return c.KeyFile
	}
	folder := c.dataDir()
	if path, embedded := filePath(c.storeURL()); embedded {
		folder = filepath.Dir(path)
	}
	return filepath.Join(folder, "wenguan.keys")
}

// openKeys are the keys of the store.
func (c *Config) openKeys(ctx context.Context, st store.Store) (keyring.Ring, error) {
	return keyring.Open(ctx, st, c.keyFile(), slots)
}

// warnOfOpenKeys says so where others on this machine may read or change the keys. It does not refuse: whoever mounts the
// file may have no say in its mode. Windows has no such modes.
func warnOfOpenKeys(log *slog.Logger, path string) {
	if is, err := os.Stat(path); err == nil && is.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows" {
		log.Warn("others on this machine may read or change the file of the keys: run chmod 600 on it", "file", path, "mode", is.Mode().Perm().String())
	}
}
