package app

import (
	"context"
	"fmt"
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

// mustExist refuses an embedded store that is not there, before opening would make it.
func mustExist(where string) error {
	path, embedded := filePath(where)
	if !embedded {
		return nil
	}
	if _, err := os.Stat(path); err != nil {
		return fmt.Errorf("there is no store at %s", path)
	}
	return nil
}
