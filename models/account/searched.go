package account

import (
	"maps"
	"sync"
	"time"
)

// oneSearch is how long somebody who types on is still making the search that the audit has.
const oneSearch = time.Minute

// searches remembers the searches that the audit has lately got from this instance. Its zero value is ready.
type searches struct {
	mu   sync.Mutex
	last map[string]time.Time
}

// recorded reports whether the audit has got this within the last minute.
func (s *searches) recorded(search string, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, known := s.last[search]
	return known && now.Sub(at) < oneSearch
}

// record remembers that the audit has it, and forgets what is older than a minute.
func (s *searches) record(search string, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last == nil {
		s.last = map[string]time.Time{}
	}
	maps.DeleteFunc(s.last, func(_ string, at time.Time) bool { return now.Sub(at) >= oneSearch })
	s.last[search] = now
}
