package booking

import (
	"cmp"
	"slices"
	"time"

	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/venue"
)

const (
	maxAlternatives = 3
	maxOptions      = 8  // of each sort that are kept for all who lost the same, so that each finds some that suit
	maxDaysAhead    = 14 // how far other times are looked for
)

// taken is the answer to who asked for something that others have. The alternatives are found at the end of the batch, when it is
// known what all its winners have.
type taken struct{ ask *ask }

func (t *taken) Error() string { return "space taken" }

// shape is what losers have in common who can be offered the same.
type shape struct {
	space, self string
	start, end  int64
	party       int32
}

func (a *ask) shape() shape {
	return shape{space: a.spot.ID, self: a.self, start: a.span.Start.Unix(), end: a.span.End.Unix(), party: a.party}
}

// offer is what there is near a shape, nearest first: other spaces at the same time, the same space at other times.
type offer struct{ spaces, times []*ask }

// offerAll completes the answers of those who lost.
func (w *work) offerAll(batch []*turn) error {
	for _, t := range batch {
		lost, ok := t.err.(*taken)
		if !ok {
			continue
		}
		list, err := w.alternatives(lost.ask)
		if err != nil {
			return err
		}
		refused := fault.New(fault.Conflict, "space_taken", "Somebody else has this space at this time.").
			On("start").With("alternatives", list)
		if len(list) == 0 {
			refused = refused.With("nothing_free", true)
		}
		t.err = refused
	}
	return nil
}

// alternatives are up to three that are free and within the rules for this holder: another space at the same time, then
// other times of the same space, nearest first; if there are not enough of one sort, more of the other.
func (w *work) alternatives(a *ask) ([]Alternative, error) {
	o := w.offers[a.shape()]
	if o == nil {
		o = &offer{}
		w.offers[a.shape()] = o
		var err error
		if o.spaces, err = w.otherSpaces(a); err != nil {
			return nil, err
		}
		if o.times, err = w.otherTimes(a); err != nil {
			return nil, err
		}
	}
	spaces, times := a.suiting(o.spaces), a.suiting(o.times)
	n := min(len(spaces), max(1, maxAlternatives-len(times)))
	list := append(spaces[:n:n], times...)
	if len(list) > maxAlternatives {
		list = list[:maxAlternatives]
	}
	out := make([]Alternative, len(list))
	for i, b := range list {
		out[i] = Alternative{Venue: b.place.ID, Space: b.spot.ID, Start: b.span.Start, End: b.span.End}
	}
	return out, nil
}

// suiting are the options that the rules about the holder's other bookings leave.
func (a *ask) suiting(options []*ask) []*ask {
	var out []*ask
	for _, b := range options {
		own := *b
		own.holder, own.self = a.holder, a.self
		if perDay(&own) == nil && oneAtATime(&own) == nil {
			out = append(out, b)
		}
	}
	return out
}

// free reports whether what is asked is within the rules for anybody and could be had now.
func (w *work) free(a *ask) (bool, error) {
	if known, ok := w.freeNow[a.shape()]; ok {
		return known, nil
	}
	free := a.allowed()
	if free {
		got, err := w.choose(a)
		if err != nil {
			return false, err
		}
		free = got != nil
	}
	w.freeNow[a.shape()] = free
	return free, nil
}

// otherSpaces are spaces of the same type that are free at the same time: those under the same parent first, then by how near they stand in
// the venue's list.
func (w *work) otherSpaces(a *ask) ([]*ask, error) {
	var near []*spot
	for _, s := range w.place.spots {
		group := s.Allocation == venue.AnyOf
		if s != a.spot && s.Bookable && s.Type == a.spot.Type && group == (a.spot.Allocation == venue.AnyOf) {
			near = append(near, s)
		}
	}
	far := func(s *spot) int {
		n := max(s.order-a.spot.order, a.spot.order-s.order)
		if s.Parent != a.spot.Parent {
			n += len(w.place.spots)
		}
		return n
	}
	slices.SortStableFunc(near, func(s, t *spot) int { return cmp.Compare(far(s), far(t)) })
	var out []*ask
	for _, s := range near {
		other := a.anybody()
		other.spot = s
		free, err := w.free(other)
		if err != nil {
			return nil, err
		}
		if free {
			out = append(out, other)
		}
		if len(out) == maxOptions {
			break
		}
	}
	return out, nil
}

// otherTimes are times of the same length at which the space is free: on the same day, then on the days after it at about the
// same time of day, until there are enough.
func (w *work) otherTimes(a *ask) ([]*ask, error) {
	var out []*ask
	first := a.date()
	clock := civil.ClockOf(a.span.Start, a.place.zone)
	for date := first; date <= first+maxDaysAhead && len(out) < maxAlternatives; date++ {
		if w.now.Before(a.place.releaseOf(date)) {
			break
		}
		wanted := a.span.Start
		if date != first {
			wanted = date.At(clock, a.place.zone)
		}
		found := 0
		for _, start := range a.starts(date, wanted) {
			other := a.anybody()
			other.span = civil.Span{Start: start, End: start.Add(a.span.End.Sub(a.span.Start))}
			free, err := w.free(other)
			if err != nil {
				return nil, err
			}
			if free {
				out = append(out, other)
				found++
			}
			if found == maxOptions {
				break
			}
		}
	}
	return out, nil
}

// starts are the steps of the date's openings except the start asked for, nearest to wanted first. The rules decide about them later.
func (a *ask) starts(date civil.Date, wanted time.Time) []time.Time {
	step := minutes(max(a.place.Rules.SlotStep, 1))
	length := a.span.End.Sub(a.span.Start)
	var out []time.Time
	for _, s := range a.place.day(date).spans {
		for t := s.Start; t.Before(s.End); t = t.Add(step) {
			tooLong := length < 24*time.Hour && t.Add(length).After(s.End)
			if !tooLong && !t.Equal(a.span.Start) && a.now.Before(t.Add(step)) {
				out = append(out, t)
			}
		}
	}
	slices.SortStableFunc(out, func(t, u time.Time) int { return cmp.Compare(t.Sub(wanted).Abs(), u.Sub(wanted).Abs()) })
	return out
}

// anybody is the same ask without its holder.
func (a *ask) anybody() *ask {
	b := *a
	b.holder = nil
	return &b
}
