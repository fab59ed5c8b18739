package booking

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"wenguan/models/civil"
	"wenguan/models/ledger"
	"wenguan/models/rule"
	"wenguan/models/store"
	"wenguan/models/venue"
)

const (
	defaultDays = 7
	mostDays    = 14
	weeksKept   = 128 // answers kept ready; a week of 108 seats is about 100 kB
)

// AvailabilityQuery asks what is left at a venue from a date on.
type AvailabilityQuery struct {
	Venue   string
	From    civil.Date // 0 means today
	Days    int        // 0 means 7, at most 14
	Space   string     // only this one; "" the spaces that stand on their own
	Members bool       // also the members of AnyOf groups

	Organization bool // as an organization sees it, where it may book at other times
}

// Availability is what is left, ready to be written as JSON. It is shared between callers: read-only.
type Availability struct {
	Venue string            `json:"venue"`
	Zone  string            `json:"zone"`
	Now   time.Time         `json:"now"`
	Times rule.Times        `json:"times"` // what a slot is: a step, a session or a day
	Step  int32             `json:"step" doc:"Minutes of a slot of free times."`
	Days  []AvailabilityDay `json:"days"`
	ETag  string            `json:"-"` // without quotes
}

// AvailabilityDay is one date. Left is aligned with Slots; a slot lasts Step minutes, or ends as Ends says.
type AvailabilityDay struct {
	Date    civil.Date       `json:"date"`
	Open    []civil.Interval `json:"open"`
	Reason  string           `json:"reason,omitempty"` // why closed: weekly, holiday, special, closure
	Holiday string           `json:"holiday,omitempty"`
	MakeUp  bool             `json:"make_up,omitempty"`
	Note    venue.Text       `json:"note,omitzero"`
	Slots   []string         `json:"slots"`          // wall-clock starts, "08:00"
	Ends    []string         `json:"ends,omitempty"` // of sessions and days: when each slot ends
	Spaces  []SpaceLeft      `json:"spaces"`
}

// SpaceLeft is what is left of one space in each slot: free units (people of a shared space, members of an AnyOf group,
// 1 or 0 otherwise), -1 where it cannot be booked at all: past, not released yet, too late to book, closed.
type SpaceLeft struct {
	ID   string  `json:"id"`
	Left []int32 `json:"left"`

	// Of a space with a rule book of its own; else those of the day.
	Times rule.Times `json:"times,omitempty"`
	Step  int32      `json:"step,omitempty"`
	Slots []string   `json:"slots,omitempty"`
	Ends  []string   `json:"ends,omitempty"`
}

// Availability tells what is left at a venue; fault.NotFound "venue_not_found", "space_not_found". Slots of a run are
// free together: a booking of several slots that all have something left fits (of an AnyOf group it needs one member
// that is free in all of them). Of the slot that is running, what counts is what is left of it.
func (d *Desk) Availability(ctx context.Context, q AvailabilityQuery) (*Availability, error) {
	var out *Availability
	err := d.store.View(ctx, func(tx store.Tx) error {
		p, tag, err := d.tag(tx, &q)
		if err != nil {
			return err
		}
		if out, _ = d.weeks.get(tag); out != nil {
			return nil
		}
		if out, err = d.week(tx, p, q); err != nil {
			return err
		}
		out.ETag = tag
		d.weeks.put(tag, out)
		return nil
	})
	return out, err
}

// AvailabilityTag is the ETag that Availability would answer with now, without computing it. It changes with the
// venue, the calendar, the sheets of the days asked for and the minute.
func (d *Desk) AvailabilityTag(ctx context.Context, q AvailabilityQuery) (tag string, err error) {
	err = d.store.View(ctx, func(tx store.Tx) (err error) {
		_, tag, err = d.tag(tx, &q)
		return err
	})
	return tag, err
}

// tag completes the query and names the state of everything its answer depends on.
func (d *Desk) tag(tx store.Tx, q *AvailabilityQuery) (*place, string, error) {
	p, err := d.placeIn(tx, q.Venue)
	if err != nil {
		return nil, "", err
	}
	if q.Space != "" {
		if _, err := p.spot(q.Space); err != nil {
			return nil, "", err
		}
	}
	now := d.now()
	if q.From == 0 {
		q.From = civil.DateOf(now, p.zone)
	}
	if q.Days <= 0 {
		q.Days = defaultDays
	}
	q.Days = min(q.Days, mostDays)
	b := make([]byte, 0, 512)
	b = fmt.Appendf(b, "%s|%d|%d|%d|%d|%s|%t|%t|%d|",
		p.ID, p.Revision, p.cal.Revision, q.From, q.Days, q.Space, q.Members, q.Organization, now.Unix()/60)
	// Buffers can reach over midnight, so the neighbouring days count too.
	b, err = ledger.AppendRevisions(b, tx, p.ID, q.From-1, q.From+civil.Date(q.Days))
	return p, hashed(b), err
}

func hashed(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:12])
}

func (d *Desk) week(tx store.Tx, p *place, q AvailabilityQuery) (*Availability, error) {
	w := d.workAt(tx, p) // a working set that is never saved
	days, err := w.sheets.Days(q.From-1, q.From+civil.Date(q.Days))
	if err != nil {
		return nil, err
	}
	defer w.sheets.Keep()
	for _, day := range days {
		if err := w.releaseDay(day.Date); err != nil {
			return nil, err
		}
	}
	now := w.now
	spots := p.asked(q)
	out := &Availability{
		Venue: p.ID, Zone: p.Zone, Now: now.In(p.zone).Truncate(time.Minute), Times: timesOf(p.book(nil, now)),
		Step: p.book(nil, now).Step(), Days: make([]AvailabilityDay, q.Days),
	}
	for i := range out.Days {
		out.Days[i] = p.dayLeft(days[i:i+3], spots, q.Organization, now)
	}
	return out, nil
}

// asked are the spots a query is about.
func (p *place) asked(q AvailabilityQuery) []*spot {
	var out []*spot
	for _, s := range p.spots {
		group := p.byID[s.Parent]
		member := group != nil && group.Allocation == venue.AnyOf
		switch {
		case q.Space == "" && (p.shown(s) || q.Members && member && s.Bookable):
			out = append(out, s)
		case q.Space != "" && (s.ID == q.Space || q.Members && member && s.Parent == q.Space):
			out = append(out, s)
		}
	}
	return out
}

// dayLeft answers for one date, given its sheet between those of its neighbours.
func (p *place) dayLeft(sheets []*ledger.Day, spots []*spot, organization bool, now time.Time) AvailabilityDay {
	date := sheets[1].Date
	day := p.day(date)
	grids := map[*rule.Book]*grid{}
	gridOf := func(s *spot) *grid {
		book := p.bookFor(s, now, organization)
		g := grids[book]
		if g == nil {
			g = p.grid(book, day, now)
			g.left = sheets[1].Ask(ledger.Question{
				Slots: g.slots, Before: book.BufferBefore, After: book.BufferAfter, Zone: p.zone,
			}, sheets[0], sheets[2])
			grids[book] = g
		}
		return g
	}
	common := gridOf(nil)
	out := AvailabilityDay{
		Date: date, Open: day.Open, Reason: string(day.Reason), Holiday: day.Holiday, MakeUp: day.MakeUp, Note: day.Note,
		Slots: common.names, Ends: common.ends, Spaces: make([]SpaceLeft, len(spots)),
	}
	if out.Open == nil {
		out.Open = []civil.Interval{}
	}
	counts := make([]int32, len(spots)*len(common.slots))
	for i, s := range spots {
		g := gridOf(s)
		left := SpaceLeft{ID: s.ID}
		if g == common {
			left.Left = counts[i*len(g.slots) : (i+1)*len(g.slots) : (i+1)*len(g.slots)]
		} else {
			left.Left = make([]int32, len(g.slots))
			left.Times, left.Step, left.Slots, left.Ends = timesOf(g.book), g.book.Step(), g.names, g.ends
		}
		p.fill(left.Left, s, g.left, g)
		g.cap(left.Left, sheets[1], s, now)
		out.Spaces[i] = left
	}
	return out
}

// grid is the slots of a date under one rule book, and which of them can be booked at all.
type grid struct {
	book   *rule.Book
	left   *ledger.Left
	slots  []ledger.Slot
	spans  []civil.Span // the same as instants; of a slot that has begun, what is left
	names  []string
	ends   []string         // of sessions and days
	quotas []int32          // of sessions, 0 for none
	closed []bool           // past, not released, too late
	shut   []*venue.Closure // closures of some spaces that touch the date
}

func timesOf(b *rule.Book) rule.Times {
	if b.Times == "" {
		return rule.Free
	}
	return b.Times
}

func (p *place) grid(book *rule.Book, day *openDay, now time.Time) *grid {
	g := &grid{book: book, names: []string{}}
	for _, s := range book.Slots(p.rules, day.Date) {
		rest := rule.Rest(s.Span, now)
		g.slots = append(g.slots, ledger.Slot{
			Start: int32(rest.Start.Sub(day.first) / time.Minute), End: int32(rest.End.Sub(day.first) / time.Minute),
		})
		g.spans = append(g.spans, rest)
		g.names = append(g.names, civil.ClockOf(s.Start, p.zone).String())
		if timesOf(book) != rule.Free {
			g.ends = append(g.ends, endClock(s.End, day.Date, p.zone))
		}
		g.quotas = append(g.quotas, s.Quota)
		g.closed = append(g.closed, book.Bookable(p.rules, s.Span, now) != nil)
	}
	if len(g.spans) == 0 {
		return g
	}
	open := civil.Span{Start: g.spans[0].Start, End: g.spans[len(g.spans)-1].End}
	for i := range p.Closures {
		if c := &p.Closures[i]; len(c.Spaces) > 0 && c.Span().Overlaps(open) {
			g.shut = append(g.shut, c)
		}
	}
	return g
}

// endClock is the wall clock of an end; midnight of the date is 24:00.
func endClock(end time.Time, date civil.Date, zone *time.Location) string {
	if civil.DateOf(end, zone) > date && civil.ClockOf(end, zone) == 0 {
		return "24:00"
	}
	return civil.ClockOf(end, zone).String()
}

// cap lowers what is left to what the quotas of the sessions leave.
func (g *grid) cap(row []int32, day *ledger.Day, s *spot, now time.Time) {
	for i, quota := range g.quotas {
		if quota > 0 && row[i] > 0 {
			slot := ledger.Claim{Start: g.slots[i].Start, End: g.slots[i].End}
			row[i] = max(0, min(row[i], quota-peopleOn(day, &slot, s.Atoms, "", now)))
		}
	}
}

// fill sets what is left of one spot.
func (p *place) fill(row []int32, s *spot, left *ledger.Left, g *grid) {
	switch {
	case p.Retired || !s.Bookable:
		for i := range row {
			row[i] = -1
		}
		return
	case s.Allocation == venue.AnyOf:
		p.fillGroup(row, s, left, g)
	case s.shared():
		left.Units(s.numbers, row)
	default:
		left.Whole(s.numbers, row)
	}
	for i := range row {
		if g.closed[i] || s.Allocation != venue.AnyOf && p.shutIn(g, i, s) {
			row[i] = -1
		}
	}
}

// fillGroup counts the members that are free and in use; where all of them are closed, nothing can be booked.
func (p *place) fillGroup(row []int32, s *spot, left *ledger.Left, g *grid) {
	members := make([][]int32, 0, len(s.members))
	for _, m := range s.members {
		if m.Bookable {
			members = append(members, m.numbers)
		}
	}
	if len(g.shut) == 0 {
		left.Members(members, row)
		return
	}
	one := make([]int32, len(row))
	open := make([]bool, len(row))
	for _, m := range s.members {
		if !m.Bookable {
			continue
		}
		left.Whole(m.numbers, one)
		for i := range row {
			if !p.shutIn(g, i, m) {
				open[i] = true
				row[i] += one[i]
			}
		}
	}
	for i := range row {
		if !open[i] {
			row[i] = -1
		}
	}
}

func (p *place) shutIn(g *grid, slot int, s *spot) bool {
	if len(g.shut) == 0 {
		return false
	}
	_, shut := p.ClosureOf(s.Atoms, g.spans[slot])
	return shut
}
