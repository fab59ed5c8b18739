package booking

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"wenguan/models/account"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/rule"
	"wenguan/models/store"
	"wenguan/models/venue"
)

// Trial is a rule book that is tried before it is in force, for a venue or for one of its spaces.
type Trial struct {
	Venue string
	Space string // "" for the venue: all spaces that have no rule book of their own
	Book  *rule.Book
	Days  *venue.OpenDays // when the venue would be open; nil: as it is
}

// Replayed is what the real requests of some days would have met under a rule book: the bookings, and what was refused.
type Replayed struct {
	Accepted int         // bookings that could be made all the same
	ByRule   []RuleCount // the others; the rule that refuses most comes first
	Partial  bool        // there were more bookings or refused requests than a replay takes; the latest were left out
	Unmet    ReplayedUnmet
}

// ReplayedUnmet is what the requests would have met that were refused then. All tries of one holder for one date are one
// request.
type ReplayedUnmet struct {
	Served   int         // would have got a place
	Examples []Example   // of them, at most three, with what refused them then
	ByRule   []RuleCount // the others, by what their last try would have met
	Met      int         // tries whose holder booked something of the date in the end; they are not counted as requests
	Counted  int64       // tries of which nothing is kept but how many they were
}

// RuleCount is how many requests a rule would have refused; rule.Full stands for no place left.
type RuleCount struct {
	Code     string
	Count    int
	Examples []Example // at most three, without whose they were
}

// Example is a request, without whose it was.
type Example struct {
	Space  string
	Made   time.Time
	Start  time.Time
	End    time.Time
	Party  int32
	Params fault.Params // of the refusal
	Then   string       // what refused it when it was made, "" for a booking
	Rules  int32        // with Then: the version of the rule book that did
}

const (
	replayDays     = 31
	replayBookings = 10_000 // and as many refused requests
	replayLead     = 62     // days before the dates: strikes of a month, and the suspensions that follow
	replayExamples = 3
)

// Preview is what a resident without a history could book under the trial's rule book at the moment now, for so many days.
// For EditVenue. Refusals: fault.NotFound "venue_not_found", "space_not_found", those of venue.OpenDays.
func (d *Desk) Preview(ctx context.Context, actor account.Actor, t Trial, days int, now time.Time) (out []rule.PreviewDay, err error) {
	err = d.try(ctx, actor, t, func(_ store.Tx, p *place, _ *spot) error {
		out = rule.Preview(t.Book, p.rules, civil.DateOf(now, p.zone), days, now)
		return nil
	})
	return out, err
}

// Replay is what the requests for the dates, both included, would have met under the trial's rule book: bookings, and
// requests that were refused. Each is asked at the moment it was made, with what its holder would have had by then and with
// the places that would have been taken by then: a request that was refused as full stays so unless the rules would have
// refused somebody who had the place. What would have been booked now is taken to be used to its end. Of
// the two months before, the bookings decide what people have behind them; of other venues a replay knows nothing. For EditVenue. Refusals: those of Preview, fault.Invalid
// "range_backwards", "range_too_long".
func (d *Desk) Replay(ctx context.Context, actor account.Actor, t Trial, from, to civil.Date) (out Replayed, err error) {
	switch {
	case to < from:
		return out, fault.New(fault.Invalid, "range_backwards", "The last day must not be before the first.").On("to")
	case to-from >= replayDays:
		return out, fault.New(fault.Invalid, "range_too_long", "A replay takes at most %d days.", replayDays).On("to").With("max", replayDays)
	}
	err = d.try(ctx, actor, t, func(tx store.Tx, p *place, s *spot) error {
		r := newReplayer(d, tx, p, s)
		if err := r.collect(from, to); err != nil {
			return err
		}
		out = r.outcome(t.Book)
		counts, err := d.UnmetOf(tx, p.ID, from, to)
		out.Unmet.Counted = counts.Full + counts.Rules - counts.Kept
		return err
	})
	return out, err
}

// try finds where the trial's rule book would hold.
func (d *Desk) try(ctx context.Context, actor account.Actor, t Trial, do func(store.Tx, *place, *spot) error) error {
	if err := actor.Check(account.EditVenue, t.Venue); err != nil {
		return err
	}
	return d.store.View(ctx, func(tx store.Tx) error {
		p, err := d.placeIn(tx, t.Venue)
		if err != nil {
			return err
		}
		if t.Days != nil {
			v, err := t.Days.On(p.Venue)
			if err != nil {
				return err
			}
			p = newPlace(v, p.cal)
		}
		var s *spot
		if t.Space != "" {
			if s, err = p.spot(t.Space); err != nil {
				return err
			}
		}
		return do(tx, p, s)
	})
}

// outcome replays the cases and counts what they meet.
func (r *replayer) outcome(book *rule.Book) Replayed {
	out := Replayed{Partial: r.partial, Unmet: ReplayedUnmet{Met: r.met}}
	last := map[string]rule.Verdict{} // by wish
	for _, v := range rule.Replay(book, r.cases, newRehearsal(r.place, book, r.what)).Verdicts {
		w := r.what[v.ID]
		switch {
		case w.lead:
		case w.wish != "":
			last[w.wish] = v
		case v.Code == "":
			out.Accepted++
		default:
			out.ByRule = refused(out.ByRule, v, w)
		}
	}
	for _, wish := range slices.Sorted(maps.Keys(last)) {
		v := last[wish]
		if w := r.what[v.ID]; v.Code != "" {
			out.Unmet.ByRule = refused(out.Unmet.ByRule, v, w)
		} else {
			out.Unmet.Served++
			out.Unmet.Examples = with(out.Unmet.Examples, v, w)
		}
	}
	for _, list := range [][]RuleCount{out.ByRule, out.Unmet.ByRule} {
		slices.SortStableFunc(list, func(a, b RuleCount) int { return cmp.Compare(b.Count, a.Count) })
	}
	return out
}

// refused counts a refusal.
func refused(list []RuleCount, v rule.Verdict, w asked) []RuleCount {
	i := slices.IndexFunc(list, func(c RuleCount) bool { return c.Code == v.Code })
	if i < 0 {
		i, list = len(list), append(list, RuleCount{Code: v.Code})
	}
	list[i].Count++
	list[i].Examples = with(list[i].Examples, v, w)
	return list
}

func with(list []Example, v rule.Verdict, w asked) []Example {
	if len(list) == replayExamples {
		return list
	}
	e := w.Example
	e.Params = v.Params
	return append(list, e)
}
