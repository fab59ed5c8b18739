package app

import (
	"context"
	"path/filepath"

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
