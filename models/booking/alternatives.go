package booking

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/rule"
	"wenguan/models/venue"
)

const (
	maxAlternatives = 3
	maxDaysAhead    = 14 // how far other times are looked for
	maxVenues       = 6  // how many other venues
)

// taken is the answer to who asked for something that others have. The alternatives are found at the end of the
// batch, when it is known what all its winners have.
type taken struct{ ask *ask }

func (t *taken) Error() string { return "space taken" }

// shape is what losers have in common who can be offered the same.
type shape struct {
	space, self string
	start, end  int64
	party       int32
	group       bool // terms may differ
}

func (a *ask) shape() shape {
	return shape{space: a.spot.ID, self: a.self, start: a.span.Start.Unix(), end: a.span.End.Unix(), party: a.party, group: a.organization()}
}

// offerAll completes the answers of those who lost.
func (w *work) offerAll(turns []*turn) error {
	for _, t := range turns {
		lost, ok := t.err.(*taken)
		if !ok {
			continue
		}
		list, err := w.alternatives(lost.ask)
		if err != nil {
			return err
		}
		kept, err := w.onlyKept(lost.ask)
		if err != nil {
			return err
		}
		refused := fault.New(fault.Conflict, "space_taken", "Somebody else has this space at this time.")
		if kept {
			refused = fault.New(fault.Conflict, "space_taken", "Time is kept free around the bookings next to this one.").With("kept_free", true)
		}
		if len(list) == 0 {
			refused = refused.With("nothing_free", true)
		}
		t.err = refused.On("start").With("alternatives", list)
	}
	return nil
}

// alternatives are up to three that are free and within the rules for this holder: another space at the same time,
// then other times of the same space, nearest first; if there are not enough of one sort, more of the other; if there
// are not enough at all, spaces of the same type at the nearest venues of the same kind.
func (w *work) alternatives(a *ask) ([]Alternative, error) {
	times, err := w.pick(a, a.otherTimes(), maxAlternatives)
	if err != nil {
		return nil, err
	}
	list, err := w.pick(a, a.otherSpaces(), max(1, maxAlternatives-len(times)))
	if err != nil {
		return nil, err
	}
	list = append(list, times...)
	if len(list) < maxAlternatives {
		others, err := w.elsewhere(a, maxAlternatives-len(list))
		if err != nil {
			return nil, err
		}
		list = append(list, others...)
	}
	out := make([]Alternative, min(len(list), maxAlternatives))
	for i := range out {
		b := list[i]
		out[i] = Alternative{Venue: b.place.ID, Space: b.spot.ID, Start: b.span.Start, End: b.span.End}
	}
	return out, nil
}

// elsewhere are spaces of the same type at the same time at the nearest venues of the same kind, one at each.
func (w *work) elsewhere(a *ask, most int) ([]*ask, error) {
	venues, err := w.candidates(w.tx, &FreeQuery{Kind: w.place.Kind, Near: w.place.Position})
	if err != nil {
		return nil, err
	}
	var out []*ask
	for _, v := range venues[:min(len(venues), maxVenues)] {
		if v.ID == w.place.ID {
			continue
		}
		there, err := w.neighbour(v.ID)
		if err != nil {
			return nil, err
		}
		found, err := there.pick(a, a.spacesAt(there.place), 1)
		if err != nil {
			return nil, err
		}
		if out = append(out, found...); len(out) == most {
			break
		}
	}
	return out, nil
}

// neighbour is a working set of another venue, to look at: it is never saved.
func (w *work) neighbour(venue string) (*work, error) {
	if there := w.neighbours[venue]; there != nil {
		return there, nil
	}
	there, err := w.begin(w.tx, venue)
	if err != nil {
		return nil, err
	}
	w.neighbours[venue] = there
	return there, nil
}

// spacesAt are the spaces of the same type at another place.
func (a *ask) spacesAt(p *place) iter.Seq[*ask] {
	return func(yield func(*ask) bool) {
		for _, s := range p.spots {
			other := *a
			other.place, other.spot, other.self = p, s, ""
			if p.shown(s) && s.Type == a.spot.Type && !yield(&other) {
				return
			}
		}
	}
}

// pick is the first of the candidates that are free and that the rules about the holder's other bookings leave.
func (w *work) pick(a *ask, candidates iter.Seq[*ask], most int) ([]*ask, error) {
	var out []*ask
	for b := range candidates {
		if b.personal() != nil {
			continue
		}
		free, err := w.free(b)
		if err != nil {
			return nil, err
		}
		if free {
			out = append(out, b)
		}
		if len(out) == most {
			break
		}
	}
	return out, nil
}

// free reports whether the ask, whoever asks it, is within the rules and could be had now. All who lost in a batch
// share what was found out.
func (w *work) free(a *ask) (bool, error) {
	if known, ok := w.freeNow[a.shape()]; ok {
		return known, nil
	}
	anybody := *a
	anybody.holder, anybody.who, anybody.group = nil, nil, a.organization()
	free := anybody.offered() == nil
	if free {
		got, err := w.choose(&anybody)
		if err != nil {
			return false, err
		}
		free = got != nil
	}
	w.freeNow[a.shape()] = free
	return free, nil
}

// otherSpaces are the spaces of the same type at the same time: those under the same parent first, then those of
// about the same size, then by how near they stand in the venue's list.
func (a *ask) otherSpaces() iter.Seq[*ask] {
	var near []*spot
	for _, s := range a.place.spots {
		group := s.Allocation == venue.AnyOf
		if s != a.spot && s.Bookable && s.Type == a.spot.Type && group == (a.spot.Allocation == venue.AnyOf) {
			near = append(near, s)
		}
	}
	distance := func(x, y int) int { return max(x-y, y-x) }
	far := func(s *spot) [3]int {
		key := [3]int{0, distance(int(s.Seats), int(a.spot.Seats)), distance(s.order, a.spot.order)}
		if s.Parent != a.spot.Parent {
			key[0] = 1
		}
		return key
	}
	slices.SortStableFunc(near, func(s, t *spot) int {
		x, y := far(s), far(t)
		return slices.Compare(x[:], y[:])
	})
	return func(yield func(*ask) bool) {
		for _, s := range near {
			other := *a
			other.spot = s
			if !yield(&other) {
				return
			}
		}
	}
}

// otherTimes are times of the same length for the same space, or its other sessions, whether free or not: on the same day,
// then on the released days after it at about the same time of day, always the nearest first.
func (a *ask) otherTimes() iter.Seq[*ask] {
	first := a.date()
	clock := civil.ClockOf(a.span.Start, a.place.zone)
	return func(yield func(*ask) bool) {
		for date := first; date <= first+maxDaysAhead && !a.now.Before(a.book().Released(a.place.rules, date)); date++ {
			wanted := a.span.Start
			if date != first {
				wanted = date.At(clock, a.place.zone)
			}
			for _, span := range a.spans(date, wanted) {
				other := *a
				other.span = span
				if !yield(&other) {
					return
				}
			}
		}
	}
}

// spans are the times of the date that the rule book offers, of the length asked for, except the one asked for; the
// nearest to wanted first. The rules decide about them later.
func (a *ask) spans(date civil.Date, wanted time.Time) []civil.Span {
	length := a.span.End.Sub(a.span.Start)
	fixed := a.book().Times == rule.InSessions || a.book().Times == rule.WholeDays && length < 24*time.Hour
	var out []civil.Span
	for _, s := range a.book().Slots(a.place.rules, date) {
		span := s.Span
		if !fixed {
			span.End = span.Start.Add(length)
		}
		if !span.Start.Equal(a.span.Start) && a.now.Before(s.End) {
			out = append(out, span)
		}
	}
	slices.SortStableFunc(out, func(x, y civil.Span) int {
		return cmp.Compare(x.Start.Sub(wanted).Abs(), y.Start.Sub(wanted).Abs())
	})
	return out
}
