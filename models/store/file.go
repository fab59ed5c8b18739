package store

import (
	"bytes"

	"go.etcd.io/bbolt"
)

// file reads the data file within one bbolt transaction.
type file struct {
	bolt    *bbolt.Tx
	schema  *schema
	cursors []*bbolt.Cursor // by keyspace, for get; made when first needed
	id      []byte          // room for an _id
}

func newFile(bolt *bbolt.Tx, s *schema) *file {
	return &file{bolt: bolt, schema: s, cursors: make([]*bbolt.Cursor, len(s.spaces))}
}

func (f *file) bucket(space int) *bbolt.Bucket { return f.bolt.Bucket([]byte(f.schema.spaces[space])) }

// cursor is one that the next get or cursor of the same keyspace moves. A cursor keeps its path, so that looking up one
// key after the other takes no memory.
func (f *file) cursor(space int) *bbolt.Cursor {
	if f.cursors[space] == nil {
		f.cursors[space] = f.bucket(space).Cursor()
	}
	return f.cursors[space]
}

func (f *file) get(space int, key []byte) []byte {
	if found, value := f.cursor(space).Seek(key); bytes.Equal(found, key) && len(key) > 0 {
		return value
	}
	return nil
}
