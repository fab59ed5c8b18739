package app

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"wenguan/models/store"
)

// openStore opens the store of a URL, and makes the folder of an embedded one.
func openStore(ctx context.Context, where string) (store.Store, error) {
	if path, embedded := filePath(where); embedded {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return nil, fmt.Errorf("the data folder cannot be made: %w", err)
		}
	}
	return store.Open(ctx, where, Collections())
}

// filePath is the path of an embedded store, false for another one.
func filePath(where string) (string, bool) {
	if strings.HasPrefix(where, "mongodb://") || strings.HasPrefix(where, "mongodb+srv://") {
		return "", false
	}
	return strings.TrimPrefix(where, "file:"), true
}

// shownStore is the store's URL without a password.
func shownStore(where string) string {
	if u, err := url.Parse(where); err == nil && u.User != nil {
		return u.Redacted()
	}
	return where
}
