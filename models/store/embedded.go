package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"go.etcd.io/bbolt"
	bbolterrors "go.etcd.io/bbolt/errors"

	"wenguan/models/fault"
)

// Embedded is the store in one file, for one process. Its transactions are strictly serializable.
type Embedded struct {
	db     *bbolt.DB
	schema *schema
	writer *writer
}

// EmbeddedOptions are for the few callers that do not want the default, a durable store.
type EmbeddedOptions struct {
	NoSync bool // commits do not wait for the disk: only for filling a store that may be thrown away; call Sync after
}

// lockWait is how long to wait for a process that is closing the file.
const lockWait = 300 * time.Millisecond

// OpenEmbedded opens the data file at path, making it and its folder if there are none, and brings its collections and
// indexes in line with the declared ones. fault.Unavailable ("data_file_in_use") if another process has it open.
func OpenEmbedded(path string, opts EmbeddedOptions, collections []Collection) (*Embedded, error) {
	return openEmbedded(path, boltOptions(opts), collections)
}

func openEmbedded(path string, opts *bbolt.Options, collections []Collection) (*Embedded, error) {
	s, err := compile(collections)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("open data file: %w", err)
	}
	db, err := bbolt.Open(path, 0o600, opts)
	switch {
	case errors.Is(err, bbolterrors.ErrTimeout):
		return nil, fault.New(fault.Unavailable, "data_file_in_use",
			"Another process has this data file open: %s. Stop it first, or give this one another file.", path)
	case err != nil:
		return nil, fmt.Errorf("open data file %s: %w", path, err)
	}
	if err := migrate(db, s); err != nil {
		return nil, errors.Join(fmt.Errorf("open data file %s: %w", path, err), db.Close())
	}
	return &Embedded{db: db, schema: s, writer: startWriter(db, s)}, nil
}

func boltOptions(opts EmbeddedOptions) *bbolt.Options {
	o := &bbolt.Options{
		Timeout:        lockWait,
		FreelistType:   bbolt.FreelistMapType,
		NoFreelistSync: true, // the list is found anew at open; after a failed commit too, which keeps the file usable
		NoSync:         opts.NoSync,
		NoStatistics:   true,
	}
	// Growing the map waits for all readers, so a long backup would stop the writer. Address space costs nothing,
	// except on Windows, where the file would grow with it.
	if runtime.GOOS != "windows" && ^uint(0)>>32 != 0 {
		o.InitialMmapSize = 16 << 30
	}
	return o
}

// View runs fn on a snapshot.
func (e *Embedded) View(ctx context.Context, fn func(Tx) error) error {
	if ctx.Err() != nil {
		return ended(ctx)
	}
	bolt, err := e.db.Begin(false)
	if err != nil {
		return closed()
	}
	tx := &embeddedTx{ctx: ctx, schema: e.schema, file: newFile(bolt, e.schema)}
	defer func() {
		tx.ended = true
		_ = bolt.Rollback() // always nil for a reading transaction
	}()
	if err := fn(tx); err != nil {
		return err
	}
	return tx.failed
}

// Update runs fn once, in a batch with the others that wait; see writer.
func (e *Embedded) Update(ctx context.Context, fn func(Tx) error) error {
	return e.writer.update(ctx, fn)
}

// Sync waits until all that was written is on the disk; only of use with EmbeddedOptions.NoSync.
func (e *Embedded) Sync() error { return e.db.Sync() }

// Backup writes a copy of the data file, as it is at one moment, to w. Readers and writers go on meanwhile.
func (e *Embedded) Backup(ctx context.Context, w io.Writer) error {
	bolt, err := e.db.Begin(false)
	if err != nil {
		return closed()
	}
	defer func() { _ = bolt.Rollback() }() // always nil for a reading transaction
	_, err = bolt.WriteTo(ctxWriter{ctx, w})
	switch {
	case err != nil && ctx.Err() != nil:
		return ended(ctx)
	case err != nil:
		return fmt.Errorf("backup: %w", err)
	}
	return nil
}

// ctxWriter ends a copy when ctx is done.
type ctxWriter struct {
	ctx context.Context
	w   io.Writer
}

func (c ctxWriter) Write(p []byte) (int, error) {
	if c.ctx.Err() != nil {
		return 0, ended(c.ctx)
	}
	return c.w.Write(p)
}

// Close waits for the updates and views under way and closes the file. Closing twice is harmless.
func (e *Embedded) Close() error {
	e.writer.stop()
	return e.db.Close()
}
