package store

import (
	"bytes"
	"slices"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"
)

// entry is one uncommitted write: a value, or the deletion of what the file has.
type entry struct {
	key, value []byte
	deleted    bool
}

// overlay is the uncommitted writes of a batch, over the file. A transaction writes into it and takes its writes back
// when it fails, so one overlay serves the whole batch.
type overlay struct {
	spaces []sorted
	undos  []undo // newest last
	block  []byte // keys live here until reset

	// Room that one write after the other uses.
	values [2][]bsoncore.Value
	keys   [2][]byte
}

// blockSize is how much memory for keys is taken at a time.
const blockSize = 64 << 10

// undo says what an entry was before a write.
type undo struct {
	space  int
	before entry
	had    bool
}

func newOverlay(s *schema) *overlay {
	o := &overlay{spaces: make([]sorted, len(s.spaces))}
	for _, c := range s.collections {
		for n := range o.values {
			o.values[n] = slices.Grow(o.values[n], len(c.fields))
		}
	}
	return o
}

// put writes; the key is copied, the value is kept.
func (o *overlay) put(space int, e entry) {
	e.key = o.keep(e.key)
	before, had := o.spaces[space].put(e)
	if !had {
		before.key = e.key
	}
	o.undos = append(o.undos, undo{space, before, had})
}

func (o *overlay) keep(key []byte) []byte {
	if len(o.block)+len(key) > cap(o.block) {
		o.block = make([]byte, 0, max(blockSize, len(key)))
	}
	start := len(o.block)
	o.block = append(o.block, key...)
	return o.block[start:len(o.block):len(o.block)]
}

// mark is a state of the overlay that rollback can go back to.
func (o *overlay) mark() int { return len(o.undos) }

func (o *overlay) rollback(mark int) {
	for n := len(o.undos) - 1; n >= mark; n-- {
		u := o.undos[n]
		if u.had {
			o.spaces[u.space].put(u.before)
		} else {
			o.spaces[u.space].remove(u.before.key)
		}
	}
	clear(o.undos[mark:])
	o.undos = o.undos[:mark]
}

// reset empties the overlay and keeps its memory for the next batch.
func (o *overlay) reset() {
	for n := range o.spaces {
		o.spaces[n].reset()
	}
	clear(o.undos)
	o.undos, o.block = o.undos[:0], o.block[:0]
}

// sorted is an ordered set of entries: chunks of bounded length, so that a large transaction does not move all of its
// entries at every write. No chunk is empty.
type sorted struct {
	chunks [][]entry
	spare  []entry // memory of an emptied chunk
}

const chunkMax = 256

// at is a position in a sorted: an entry of a chunk.
type at struct{ chunk, entry int }

func compareEntry(e entry, key []byte) int { return bytes.Compare(e.key, key) }

// seek is the position of the first entry whose key is not below key; exact if it is that key.
// The position may be one past the end of the last chunk.
func (s *sorted) seek(key []byte) (p at, exact bool) {
	n, found := slices.BinarySearchFunc(s.chunks, key, func(c []entry, key []byte) int { return compareEntry(c[0], key) })
	if found {
		return at{n, 0}, true
	}
	if n == 0 {
		return at{}, false
	}
	p.chunk = n - 1
	p.entry, exact = slices.BinarySearchFunc(s.chunks[p.chunk], key, compareEntry)
	if p.entry == len(s.chunks[p.chunk]) && n < len(s.chunks) {
		return at{n, 0}, false
	}
	return p, exact
}

func (s *sorted) get(key []byte) (entry, bool) {
	if p, exact := s.seek(key); exact {
		return s.chunks[p.chunk][p.entry], true
	}
	return entry{}, false
}

// put sets the entry and returns the one it takes the place of.
func (s *sorted) put(e entry) (before entry, had bool) {
	if len(s.chunks) == 0 {
		s.chunks = append(s.chunks, append(s.spare[:0], e))
		s.spare = nil
		return entry{}, false
	}
	p, exact := s.seek(e.key)
	if exact {
		before = s.chunks[p.chunk][p.entry]
		s.chunks[p.chunk][p.entry] = e
		return before, true
	}
	c := slices.Insert(s.chunks[p.chunk], p.entry, e)
	s.chunks[p.chunk] = c
	if len(c) > chunkMax {
		half := len(c) / 2
		s.chunks = slices.Insert(s.chunks, p.chunk+1, append(make([]entry, 0, chunkMax+1), c[half:]...))
		clear(c[half:])
		s.chunks[p.chunk] = c[:half]
	}
	return entry{}, false
}

func (s *sorted) remove(key []byte) {
	p, exact := s.seek(key)
	if !exact {
		return
	}
	c := slices.Delete(s.chunks[p.chunk], p.entry, p.entry+1)
	if s.chunks[p.chunk] = c; len(c) == 0 {
		s.chunks = slices.Delete(s.chunks, p.chunk, p.chunk+1)
	}
}

func (s *sorted) reset() {
	if len(s.chunks) == 0 {
		return
	}
	first := s.chunks[0]
	clear(first)
	clear(s.chunks)
	s.chunks = s.chunks[:0]
	s.spare = first[:0]
}

// entryAt is the entry at p; ok is false outside the set.
func (s *sorted) entryAt(p at) (entry, bool) {
	if p.chunk < 0 || p.chunk >= len(s.chunks) || p.entry < 0 || p.entry >= len(s.chunks[p.chunk]) {
		return entry{}, false
	}
	return s.chunks[p.chunk][p.entry], true
}

func (s *sorted) next(p at) at {
	if p.entry++; p.chunk < len(s.chunks) && p.entry >= len(s.chunks[p.chunk]) {
		return at{p.chunk + 1, 0}
	}
	return p
}

func (s *sorted) previous(p at) at {
	if p.entry--; p.entry < 0 && p.chunk > 0 {
		return at{p.chunk - 1, len(s.chunks[p.chunk-1]) - 1}
	}
	return p
}
