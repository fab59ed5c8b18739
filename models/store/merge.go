package store

import (
	"bytes"

	"go.etcd.io/bbolt"
)

// merge walks a keyspace in one direction through the file and the overlay at once.
type merge struct {
	desc       bool
	file       *bbolt.Cursor
	key, value []byte // where file is; key is nil at its end
	over       *sorted
	place      at
}

// merge starts at the low end of the span, or at its high end if the span is descending.
func (t *embeddedTx) merge(s span) *merge {
	m := &merge{desc: s.desc, file: t.file.bucket(s.space).Cursor()}
	if t.over != nil && len(t.over.spaces[s.space].chunks) > 0 {
		m.over = &t.over.spaces[s.space]
	}
	if s.desc {
		m.startBelow(s.high)
	} else {
		m.startAt(s.low)
	}
	return m
}

func (m *merge) startAt(low []byte) {
	m.key, m.value = m.file.Seek(low)
	if m.over != nil {
		m.place, _ = m.over.seek(low)
	}
}

func (m *merge) startBelow(high []byte) {
	m.key = nil
	if high != nil {
		m.key, _ = m.file.Seek(high)
	}
	if m.key == nil {
		m.key, m.value = m.file.Last()
	} else {
		m.key, m.value = m.file.Prev()
	}
	if m.over == nil {
		return
	}
	m.place = at{len(m.over.chunks), 0}
	if high != nil {
		m.place, _ = m.over.seek(high)
	}
	m.place = m.over.previous(m.place)
}

func (m *merge) next() (key, value []byte, ok bool) {
	for {
		e, fromOver := m.peekOver()
		order := 0
		switch {
		case m.key == nil && !fromOver:
			return nil, nil, false
		case m.key == nil:
			order = 1
		case !fromOver:
			order = -1
		default:
			if order = bytes.Compare(m.key, e.key); m.desc {
				order = -order
			}
		}
		key, value = m.key, m.value
		if order <= 0 {
			m.advanceFile()
		}
		if order < 0 {
			return key, value, true
		}
		m.advanceOver()
		if !e.deleted {
			return e.key, e.value, true
		}
	}
}

func (m *merge) peekOver() (entry, bool) {
	if m.over == nil {
		return entry{}, false
	}
	return m.over.entryAt(m.place)
}

func (m *merge) advanceFile() {
	if m.desc {
		m.key, m.value = m.file.Prev()
	} else {
		m.key, m.value = m.file.Next()
	}
}

func (m *merge) advanceOver() {
	if m.desc {
		m.place = m.over.previous(m.place)
	} else {
		m.place = m.over.next(m.place)
	}
}
