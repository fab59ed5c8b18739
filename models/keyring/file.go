package keyring

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

const heading = `# The keys of a Wenguan store: it is worth little without them. Keep a copy, but not where the backups of the
# store are. Every instance of the service on this store has this file.
`

// read reads the file; os.ErrNotExist if there is none.
func read(path string, slots []Slot) (Ring, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("the file of the keys cannot be read: %w", err)
	}
	ring := Ring{}
	for lines := bufio.NewScanner(bytes.NewReader(text)); lines.Scan(); {
		name, encoded, _ := strings.Cut(strings.TrimSpace(lines.Text()), " ")
		if name == "" || name[0] == '#' {
			continue
		}
		key, err := base64.StdEncoding.DecodeString(encoded)
		if err != nil || len(key) != bytesOfKey {
			return nil, fmt.Errorf("the file of the keys, %s, is damaged: the key %q is not %d bytes in base64", path, name, bytesOfKey)
		}
		ring[name] = key
	}
	for _, s := range slots {
		if ring[s.Name] == nil {
			return nil, fmt.Errorf("the file of the keys, %s, is damaged: it lacks the key %q", path, s.Name)
		}
	}
	return ring, nil
}

// create writes a new file that its owner alone can read, and reports whether it was this process that did.
func create(path string, ring Ring, slots []Slot) (Ring, bool, error) {
	text := heading
	for _, s := range slots {
		text += s.Name + " " + base64.StdEncoding.EncodeToString(ring[s.Name]) + "\n"
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, false, fmt.Errorf("the folder of the keys cannot be made: %w", err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) { // another process was faster
		ring, err = read(path, slots)
		return ring, false, err
	}
	if err == nil {
		_, err = f.WriteString(text)
		if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
			err = errors.Join(err, os.Remove(path))
		}
	}
	if err != nil {
		return nil, false, fmt.Errorf("the file of the keys cannot be made: %w", err)
	}
	return ring, true, syncFolder(filepath.Dir(path))
}

// syncFolder makes what was added to a folder last.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
