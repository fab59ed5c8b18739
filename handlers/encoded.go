package handlers

import (
	"encoding/json"
	"sync"
)

// encodedMost bounds the bytes of the answers that are kept. A week of a large reading room is some 20 kB, a year of a
// large district some megabytes.
const encodedMost = 64 << 20

// encodings keeps encoded answers by question, each good for one tag. They are bounded by two generations: when the
// younger has half of the bytes, the older is forgotten.
type encodings[Q comparable] struct {
	mu           sync.RWMutex
	young, older map[Q]encoding
	bytes        int // of young
}

type encoding struct {
	tag  string
	body []byte
}

// weight is what an answer costs to keep, with room for its question.
func (e encoding) weight() int { return len(e.body) + 512 }

func (e *encodings[Q]) get(q Q, tag string) ([]byte, bool) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	kept, ok := e.young[q]
	if !ok {
		kept, ok = e.older[q]
	}
	return kept.body, ok && kept.tag == tag
}

func (e *encodings[Q]) put(q Q, tag string, body []byte) {
	e.mu.Lock()
	defer e.mu.Unlock()
	next := encoding{tag, body}
	if old, ok := e.young[q]; ok {
		e.bytes -= old.weight()
	}
	if e.young == nil || e.bytes+next.weight() > encodedMost/2 {
		e.older, e.young, e.bytes = e.young, map[Q]encoding{}, 0
	}
	e.young[q] = next
	e.bytes += next.weight()
}

// encoded is the kept answer of this tag, or else the value as JSON, which is kept.
func (e *encodings[Q]) encoded(q Q, tag string, value func() any) ([]byte, error) {
	if body, ok := e.get(q, tag); ok {
		return body, nil
	}
	body, err := json.Marshal(value())
	if err == nil {
		e.put(q, tag, body)
	}
	return body, err
}
