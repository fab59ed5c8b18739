package booking

import (
	"strings"
	"sync"
	"time"

	"wenguan/models/account"
	"wenguan/models/civil"
	"wenguan/models/fault"
)

// Unmet is a request for a booking that was refused because all was full or because of a rule (未满足的需求): demand that a
// booking list does not show. It is kept for some months only, to try other rules on it.
type Unmet struct {
	ID      string    `bson:"_id" json:"-"` // the same for the same wish of the same holder within an hour
	Venue   string    `bson:"venue" json:"venue"`
	Space   string    `bson:"space" json:"space"`
	Also    []string  `bson:"also,omitempty" json:"also,omitempty"`
	Start   time.Time `bson:"start" json:"start"`
	End     time.Time `bson:"end" json:"end"`
	Party   int32     `bson:"party" json:"party"`
	Holder  string    `bson:"holder" json:"holder"` // account id
	ByStaff bool      `bson:"by_staff,omitempty" json:"by_staff,omitempty"`
	With    []string  `bson:"with,omitempty" json:"with,omitempty"` // account ids, as in Request
	At      time.Time `bson:"at" json:"asked_at"`
	Code    string    `bson:"code" json:"refused_with"`
	Rules   int32     `bson:"rules" json:"rules"` // version of the rule book it was asked under

	day string // id of the UnmetDay it was for, while it waits
}

// Bounds of what is remembered of refused requests, so that no script fills memory or store.
const (
	maxWaiting   = 10_000 // requests in memory between two writes; more are only counted
	maxPerHolder = 10     // of them of one holder; nobody tries more by hand
)

// demand gathers refused requests in memory. To note one costs its caller about a microsecond and no transaction, and who
// wins pays nothing. What is gathered is written every minute and when the service stops; if the process is killed
// before, a minute of it is lost. Nothing that anybody was told is lost by that: a refusal promises nothing.
type demand struct {
	mu      sync.Mutex
	waiting map[wish]Unmet
	holders map[string]int         // how many of them are whose
	counted map[string]UnmetCounts // by the id of the day: what did not fit into waiting
}

// wish is what makes two requests the same.
type wish struct {
	holder, venue, space string
	start, end, hour     int64
	party                int32
}

func (u *Unmet) wish() wish {
	return wish{u.Holder, u.Venue, u.Space, u.Start.Unix(), u.End.Unix(), u.At.Unix() / 3600, u.Party}
}

// missed remembers a refused request if it is demand that was not met.
func (d *Desk) missed(actor account.Actor, want *Request, err error) {
	code := fault.CodeOf(err)
	if !isUnmet(code) {
		return
	}
	now := d.now()
	d.mu.RLock()
	p := d.places[want.Venue]
	d.mu.RUnlock()
	if p == nil || !want.End.After(now) || want.Start.After(now.AddDate(0, 0, farthest)) {
		return
	}
	u := Unmet{
		Venue: want.Venue, Space: want.Space, Also: want.Also, Start: want.Start.UTC(), End: want.End.UTC(), Party: want.Party,
		Holder: want.For, ByStaff: want.For != "" && !actor.BooksFor(want.For), With: want.With, At: now, Code: code,
	}
	if u.Holder == "" {
		u.Holder = actor.ID
	}
	u.Rules, u.day = p.book(p.byID[u.Space], now).Version, unmetDayID(u.Venue, civil.DateOf(u.Start, p.zone))
	d.demand.add(u)
}

func (m *demand) add(u Unmet) {
	m.mu.Lock()
	defer m.mu.Unlock()
	w := u.wish()
	if _, known := m.waiting[w]; known || m.holders[u.Holder] >= maxPerHolder {
		return
	}
	if len(m.waiting) >= maxWaiting {
		m.count(u.day, UnmetCounts{}.with(u.Code))
		return
	}
	if m.waiting == nil {
		m.waiting, m.holders = map[wish]Unmet{}, map[string]int{}
	}
	m.waiting[w] = u
	m.holders[u.Holder]++
}

// count adds what is only counted of a day. The demand is locked.
func (m *demand) count(day string, n UnmetCounts) {
	if m.counted == nil {
		m.counted = map[string]UnmetCounts{}
	}
	if _, known := m.counted[day]; known || len(m.counted) < maxWaiting {
		m.counted[day] = m.counted[day].plus(n)
	}
}

// take hands over what was gathered.
func (m *demand) take() (map[wish]Unmet, map[string]UnmetCounts) {
	m.mu.Lock()
	defer m.mu.Unlock()
	waiting, counted := m.waiting, m.counted
	m.waiting, m.holders, m.counted = nil, nil, nil
	return waiting, counted
}

// putBack lets what could not be written wait again.
func (m *demand) putBack(day string, list []Unmet, more UnmetCounts) {
	for _, u := range list {
		m.add(u)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if more != (UnmetCounts{}) {
		m.count(day, more)
	}
}

// UnmetCounts are how many requests were refused.
type UnmetCounts struct {
	Full  int64 `bson:"full,omitempty"`  // somebody else had the place
	Rules int64 `bson:"rules,omitempty"` // a rule said no
}

func (c UnmetCounts) with(code string) UnmetCounts {
	if isFull(code) {
		c.Full++
	} else {
		c.Rules++
	}
	return c
}

func (c UnmetCounts) plus(o UnmetCounts) UnmetCounts {
	return UnmetCounts{c.Full + o.Full, c.Rules + o.Rules}
}

// isFull reports whether the code says that others have the place.
func isFull(code string) bool { return code == "space_taken" || code == "session_full" }

// isUnmet reports whether a refusal with the code leaves somebody without what they wanted. It does not when they only
// have to fill in the form another way.
func isUnmet(code string) bool {
	switch code {
	case "space_taken", "session_full", "closed_day", "outside_hours", "in_closure", "one_at_a_time":
		return true
	case "rule_purpose", "rule_letter", "rule_choose", "rule_automatic", "rule_step":
		return false
	}
	return strings.HasPrefix(code, "rule_")
}
