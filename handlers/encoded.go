package handlers

import (
	"sync"

	"wenguan/models/booking"
)

// encodedMost bounds how many answers are kept. A week of a large reading room is some 20 kB.
const encodedMost = 2000

// encodings keeps encoded availability by question, each good for one tag. It is bounded by two generations: when the
// younger is full, the older is forgotten.
type encodings struct {
	mu           sync.RWMutex
	young, older map[booking.AvailabilityQuery]encoding
}

type encoding struct {
	tag  string
	body []byte
}

func (e *encodings) get(q booking.AvailabilityQuery, tag string) ([]byte, bool) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	kept, ok := e.young[q]
	if !ok {
		kept, ok = e.older[q]
	}
	return kept.body, ok && kept.tag == tag
}

func (e *encodings) put(q booking.AvailabilityQuery, tag string, body []byte) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.young == nil || len(e.young) >= encodedMost/2 {
		e.older, e.young = e.young, map[booking.AvailabilityQuery]encoding{}
	}
	e.young[q] = encoding{tag, body}
}
