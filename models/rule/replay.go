package rule

import (
	"cmp"
	"slices"
	"time"

	"wenguan/models/fault"
)

// Case is a request that was really made, with what became of it.
type Case struct {
	ID        string // of the booking, or any other name
	At        time.Time
	Request   Request       // Self and Taken are ignored
	Ended     time.Time     // when it was over, cancelled or missed; zero: not yet
	Cancelled bool          // by Ended
	Violation ViolationKind // what it ended with
	Fault     FaultOf
	Wish      string // of what was refused then: one for all the tries of somebody that one place would have answered
	Given     bool   // it is under another book: it has its place, and is not judged
}

// Room is where the cases of a replay find their places.
type Room interface {
	// Take claims a place for the case at its moment; false when there is none left. The place of a given case is asked for
	// like any other.
	Take(c *Case) bool
	// Give takes back what was claimed for the case.
	Give(c *Case)
}

// Verdict is what a case would have met.
type Verdict struct {
	ID     string       `json:"id"`
	Code   string       `json:"code,omitempty"` // "" accepted, else of the rule that refuses it
	Params fault.Params `json:"params,omitempty"`
}

// Full is the code of a case that the rules allow and that finds no place.
const Full = "space_taken"

// Replayed is the outcome of a replay.
type Replayed struct {
	Accepted int            `json:"accepted"`
	Refused  int            `json:"refused"`
	ByRule   map[string]int `json:"by_rule"` // refusals by code
	Verdicts []Verdict      `json:"verdicts"`
}

// Replay is what the cases would have met under the book, in the order they were made. Only what would have been accepted
// counts in limits, quotas, places and strikes later; nobody is asked for a letter or a purpose that nobody asked for then.
// Who got a place for a wish does not try again. A nil room has a place for everybody.
func Replay(b *Book, cases []Case, room Room) Replayed {
	r := replay{book: b, room: room, people: map[string]*replayed{}, taken: map[session]int32{}, met: map[string]bool{}}
	sorted := slices.Clone(cases)
	slices.SortStableFunc(sorted, func(a, b Case) int {
		first := cmp.Compare(a.Wish, b.Wish) // of one moment, who got a place before who did not
		return cmp.Or(a.At.Compare(b.At), first, cmp.Compare(a.ID, b.ID))
	})
	out := Replayed{ByRule: map[string]int{}, Verdicts: make([]Verdict, 0, len(sorted))}
	for i := range sorted {
		if sorted[i].Given {
			r.given(&sorted[i])
			continue
		}
		if r.met[sorted[i].Wish] {
			continue
		}
		v := r.judge(&sorted[i])
		if v.Code == "" {
			out.Accepted++
		} else {
			out.Refused++
			out.ByRule[v.Code]++
		}
		out.Verdicts = append(out.Verdicts, v)
	}
	return out
}

type replay struct {
	book   *Book
	room   Room
	people map[string]*replayed
	taken  map[session]int32
	held   []*Case         // accepted and not given back
	met    map[string]bool // wishes
}

type replayed struct {
	cases  []*Case // accepted
	record Record
}

// session names one session of one space.
type session struct {
	venue, space string
	start        int64
}

func (c *Case) session() session {
	return session{c.Request.Place.Venue, c.Request.Space.ID, c.Request.Span.Start.Unix()}
}

// given lets a case have its place without judging it.
func (r *replay) given(c *Case) {
	r.giveBack(c.At)
	if r.room != nil {
		r.room.Take(c)
	}
	r.hold(c)
}

func (r *replay) judge(c *Case) Verdict {
	r.giveBack(c.At)
	who := r.person(c)
	ask := c.Request
	ask.Self, ask.Taken = "", r.taken[c.session()]
	if r.book.Letter != nil {
		ask.Accepts = r.book.Letter.Version
	}
	if ask.Purpose == "" {
		ask.Purpose = "-"
	}
	if err := Check(r.book, ask, r.history(who, c), c.At); err != nil {
		return Verdict{ID: c.ID, Code: err.Code, Params: err.Params}
	}
	if r.room != nil && !r.room.Take(c) {
		return Verdict{ID: c.ID, Code: Full}
	}
	r.hold(c)
	if c.Wish != "" {
		r.met[c.Wish] = true
	}
	return Verdict{ID: c.ID}
}

func (r *replay) person(c *Case) *replayed {
	who := r.people[c.Request.Holder.ID]
	if who == nil {
		who = &replayed{}
		r.people[c.Request.Holder.ID] = who
	}
	return who
}

// hold counts a case that has its place. What it broke counts by the book that is tried, wherever it was.
func (r *replay) hold(c *Case) {
	who := r.person(c)
	who.cases = append(who.cases, c)
	if c.Violation != "" && !c.Ended.IsZero() {
		who.record.Violations = append(who.record.Violations, Violation{
			ID: c.ID, Booking: c.ID, Kind: c.Violation, At: c.Ended, Where: c.Request.where(), Rules: r.book.Version, Fault: c.Fault,
		})
	}
	r.taken[c.session()] += c.Request.Party
	r.held = append(r.held, c)
}

// giveBack frees the places of what was over or cancelled by then.
func (r *replay) giveBack(now time.Time) {
	r.held = slices.DeleteFunc(r.held, func(c *Case) bool {
		early := !c.Ended.IsZero() && !now.Before(c.Ended)
		if !early && now.Before(c.Request.Span.End) {
			return false
		}
		r.taken[c.session()] -= c.Request.Party
		if r.room != nil {
			r.room.Give(c)
		}
		return true
	})
}

// history is what the rules know of somebody at the moment of a case.
func (r *replay) history(who *replayed, c *Case) *History {
	h := &History{}
	for _, past := range who.cases {
		q := &past.Request
		over := !past.Ended.IsZero() && !c.At.Before(past.Ended)
		if past.Cancelled && over {
			h.Cancels = append(h.Cancels, Cancel{Booking: past.ID, Where: q.where(), At: past.Ended})
			continue
		}
		u := Use{Booking: past.ID, Where: q.where(), Start: q.Span.Start, End: q.Span.End, Booked: int32(q.Span.End.Sub(q.Span.Start) / time.Minute)}
		if over {
			u.State, u.End = UseOver, earlier(past.Ended, u.End)
		}
		h.Uses = append(h.Uses, u)
	}
	if len(who.record.Violations) > 0 && len(r.book.Strikes) > 0 {
		s := Fold(func(*Violation) *Book { return r.book }, c.Request.Place.Zone, &who.record, c.At)
		h.Suspensions = s.InForce(c.At)
	}
	return h
}
