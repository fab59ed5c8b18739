package booking

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/ledger"
	"wenguan/models/rule"
	"wenguan/models/store"
	"wenguan/models/venue"
)

const freesKept = 128

// FreeQuery asks what is free at a time anywhere in the district.
type FreeQuery struct {
	Date         civil.Date
	From, To     civil.TimeOfDay // by the clocks of each venue
	People       int32           // 0 means 1
	Kind         venue.Kind
	Features     []venue.Feature // the space or its venue has all of them
	Near         *venue.Position
	WithinMeters int    // 0 means anywhere; needs Near
	Venue        string // only this venue
	Parent       string // the free members of this AnyOf group; needs Venue
	Limit        int    // 0 means 50, at most 200
}

// FreeSpace is one space that can be booked as asked.
type FreeSpace struct {
	Venue    *venue.Venue // shared, read-only
	Space    *venue.Space // shared, read-only
	Start    time.Time
	End      time.Time
	Left     int32 // as SpaceLeft
	Distance int   // meters from Near, 0 without
}

// found is a venue that a query is about, with its distance.
type found struct {
	*venue.Venue
	meters int
}

// Free tells what somebody who is not signed in could book at a time, by the same rules and the same sheets as
// Reserve: nearest venue first, or in the order of venue ids when nobody said near what. An AnyOf group counts once.
// The ETag has no quotes; it changes with the venues, the calendar, the sheets of the date and the minute. The slice
// is shared between callers: read-only.
func (d *Desk) Free(ctx context.Context, q FreeQuery) (list []FreeSpace, tag string, err error) {
	if q.From >= q.To {
		return nil, "", fault.New(fault.Invalid, "time_order", "The end must be after the start.").On("to")
	}
	if q.Parent != "" && q.Venue == "" {
		return nil, "", fault.New(fault.Invalid, "venue_needed", "Say which venue the group belongs to.").On("venue")
	}
	q.People = max(q.People, 1)
	q.Limit = limited(q.Limit)
	err = d.store.View(ctx, func(tx store.Tx) error {
		venues, err := d.candidates(tx, &q)
		if err != nil {
			return err
		}
		if tag, err = d.freeTag(tx, &q, venues); err != nil {
			return err
		}
		if known, ok := d.frees.get(tag); ok {
			list = known
			return nil
		}
		list = []FreeSpace{}
		for _, v := range venues {
			if list, err = d.freeAt(tx, &q, v, list); err != nil || len(list) >= q.Limit {
				break
			}
		}
		if err == nil {
			d.frees.put(tag, list)
		}
		return err
	})
	return list, tag, err
}

// candidates are the venues a query is about, in the order of its answer.
func (d *Desk) candidates(tx store.Tx, q *FreeQuery) ([]found, error) {
	var all []*venue.Venue
	if q.Venue != "" {
		v, err := d.Venues.In(tx, q.Venue)
		if err != nil {
			return nil, err
		}
		all = []*venue.Venue{v}
	} else {
		var err error
		if all, err = d.Venues.All(tx); err != nil {
			return nil, err
		}
	}
	var out []found
	for _, v := range all {
		f := found{Venue: v}
		if v.Retired || q.Kind != "" && v.Kind != q.Kind {
			continue
		}
		if q.Near != nil && v.Position != nil {
			f.meters = int(q.Near.MetersTo(*v.Position))
		}
		if q.Near != nil && q.WithinMeters > 0 && (v.Position == nil || f.meters > q.WithinMeters) {
			continue
		}
		out = append(out, f)
	}
	if q.Near != nil {
		slices.SortStableFunc(out, func(a, b found) int {
			if a.Position == nil || b.Position == nil { // nobody knows how far: last
				return cmp.Compare(boolToInt(a.Position == nil), boolToInt(b.Position == nil))
			}
			return cmp.Compare(a.meters, b.meters)
		})
	}
	return out, nil
}

func boolToInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (d *Desk) freeTag(tx store.Tx, q *FreeQuery, venues []found) (string, error) {
	cal, err := d.Venues.Calendar(tx)
	if err != nil {
		return "", err
	}
	b := make([]byte, 0, 256+48*len(venues))
	b = fmt.Appendf(b, "%d|%d|%d|%d|%d|%s|%v|%d|%s|%s|%d|%d|%d|", q.Date, q.From, q.To, q.People, q.WithinMeters, q.Kind, q.Features,
		q.Limit, q.Venue, q.Parent, cal.Revision, d.now().Unix()/60, len(venues))
	if q.Near != nil {
		b = fmt.Appendf(b, "%g,%g|", q.Near.Lat, q.Near.Lon)
	}
	for _, v := range venues {
		b = append(b, v.ID...)
		b = fmt.Appendf(b, "|%d|", v.Revision)
	}
	// A sheet of the day before can reach into the date by a buffer; its changes show in this date's sheet then.
	if q.Venue != "" {
		b, err = ledger.AppendRevisions(b, tx, q.Venue, q.Date, q.Date)
	} else {
		b, err = ledger.AppendRevisionsOn(b, tx, q.Date)
	}
	return hashed(b), err
}

// freeAt appends what one venue has.
func (d *Desk) freeAt(tx store.Tx, q *FreeQuery, v found, list []FreeSpace) ([]FreeSpace, error) {
	w, err := d.begin(tx, v.ID) // a working set that is never saved
	if err != nil {
		return list, err
	}
	for _, s := range w.place.spots {
		if !w.place.listed(s, q.Parent) || !hasAll(v.Venue, s.Space, q.Features) {
			continue
		}
		a := &ask{
			place: w.place, spot: s, party: q.People, now: w.now,
			span: civil.Span{Start: q.Date.At(q.From, w.place.zone), End: q.Date.At(q.To, w.place.zone)},
		}
		found, left, err := w.soonest(a, q.Date)
		if err != nil {
			return list, err
		}
		if found != nil {
			list = append(list, FreeSpace{
				Venue: v.Venue, Space: s.Space, Start: found.span.Start, End: found.span.End, Left: left, Distance: v.meters,
			})
		}
		if len(list) >= q.Limit {
			break
		}
	}
	w.sheets.Keep()
	return list, nil
}

// soonest is the ask if it can be had, and how much is left; where the rules offer sessions or whole days, the one that
// shares most time with the ask. Nil if there is none.
func (w *work) soonest(a *ask, date civil.Date) (*ask, int32, error) {
	for _, span := range a.offeredOn(date) {
		b := *a
		b.span = span
		if err := w.takenBy(&b); err != nil {
			return nil, 0, err
		}
		if b.offered() != nil {
			continue
		}
		left, err := w.left(&b)
		if quota := b.quota(date); quota > 0 {
			left = min(left, quota-b.taken)
		}
		if err != nil || b.spot.Allocation == venue.Exclusive && left > 0 || left >= b.party {
			return &b, left, err
		}
	}
	return nil, 0, nil
}

// offeredOn are the times of the date that come into question: the one asked for, or the sessions or the day that it
// touches, those that share most with it first.
func (a *ask) offeredOn(date civil.Date) []civil.Span {
	if timesOf(a.book()) == rule.Free {
		return []civil.Span{a.span}
	}
	var out []civil.Span
	for _, s := range a.book().Slots(a.place.rules, date) {
		if s.Overlaps(a.span) {
			out = append(out, s.Span)
		}
	}
	shared := func(s civil.Span) time.Duration {
		from, to := s.Start, s.End
		if from.Before(a.span.Start) {
			from = a.span.Start
		}
		if to.After(a.span.End) {
			to = a.span.End
		}
		return to.Sub(from)
	}
	slices.SortStableFunc(out, func(x, y civil.Span) int { return cmp.Compare(shared(y), shared(x)) })
	return out
}

// quota is for how many people the ask's session is, 0 for no limit.
func (a *ask) quota(date civil.Date) int32 {
	for _, s := range a.book().Slots(a.place.rules, date) {
		if s.Start.Equal(a.span.Start) && s.End.Equal(a.span.End) {
			return s.Quota
		}
	}
	return 0
}

// listed reports whether the space is in the answer at all: the members of the parent asked for, or what stands on
// its own.
func (p *place) listed(s *spot, parent string) bool {
	if parent != "" {
		return s.Parent == parent && s.Bookable
	}
	return p.shown(s)
}

func hasAll(v *venue.Venue, s *venue.Space, features []venue.Feature) bool {
	for _, f := range features {
		if !slices.Contains(s.Features, f) && !slices.Contains(v.Features, f) {
			return false
		}
	}
	return true
}

// left is how much of the spot is left throughout the time asked for; see SpaceLeft.
func (w *work) left(a *ask) (int32, error) {
	switch a.spot.Allocation {
	case venue.AnyOf:
		free, err := w.freeMembers(a)
		return int32(len(free)), err
	case venue.Shared:
		return w.room(a)
	}
	got, err := w.choose(a)
	if got == nil || err != nil {
		return 0, err
	}
	return 1, nil
}

// room is how many units of a shared spot can be had throughout.
func (w *work) room(a *ask) (int32, error) {
	pieces := w.sheets.Split(a.rest(), a.template(a.whole()))
	if err := w.release(pieces); err != nil {
		return 0, err
	}
	least := a.spot.people
	for i := range pieces {
		d, err := w.sheets.Day(pieces[i].Date)
		if err != nil {
			return 0, err
		}
		least = min(least, d.Room(&pieces[i].Claim))
	}
	return least, nil
}
