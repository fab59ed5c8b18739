package rule

import (
	"slices"
	"time"

	"wenguan/models/civil"
)

// Standing is what a holder's violations have come to.
type Standing struct {
	Strikes     []Strike     // one for each rule that counts a violation, the earliest first
	Warnings    []Warning    // the earliest first
	Suspensions []Suspension // also those that are over, the earliest first
}

// Strike is one violation as one rule counts it.
type Strike struct {
	Violation string        `json:"violation"`
	Booking   string        `json:"booking,omitempty"`
	Kind      ViolationKind `json:"kind"`
	At        time.Time     `json:"at"`
	Where     Where         `json:"where"`
	Rule      string        `json:"rule"` // id of the strike rule
	Max       int32         `json:"max"`  // so many suspend
	Expires   *time.Time    `json:"expires,omitempty"`
	State     StrikeState   `json:"state"`
	Penalty   string        `json:"suspension,omitempty"` // id of the suspension it led to

	earned *time.Time
	key    string
	date   civil.Date
}

// StrikeState says whether a strike counts.
type StrikeState string

// The states.
const (
	StrikeActive  StrikeState = "active"
	StrikeExpired StrikeState = "expired"
	StrikeUsed    StrikeState = "used" // it led to a suspension and does not count again
	StrikeWaived  StrikeState = "waived"
	StrikeEarned  StrikeState = "earned_back"
)

// Warning is a strike that was told to be only a warning, or a warning in place of a suspension.
type Warning struct {
	Violation string    `json:"violation"`
	Rule      string    `json:"rule"`
	At        time.Time `json:"at"`
	Where     Where     `json:"where"`
}

// Suspension is a time in which the holder cannot book at some places.
type Suspension struct {
	ID      string     `bson:"id" json:"id"`
	Rule    string     `bson:"rule" json:"rule"`
	Where   Where      `bson:"where" json:"where"` // where the last strike was
	Covers  Scope      `bson:"covers,omitempty" json:"covers,omitempty"`
	From    time.Time  `bson:"from" json:"from"`
	Until   *time.Time `bson:"until,omitempty" json:"until,omitempty"` // nil: until staff lift it
	Max     int32      `bson:"max" json:"max"`
	Nth     int32      `bson:"nth" json:"nth"` // the first, second … suspension that escalation counts
	Strikes []string   `bson:"strikes" json:"strikes"`
	Lifted  bool       `bson:"lifted,omitempty" json:"lifted,omitempty"`
}

// holds reports whether the suspension is in force.
func (s *Suspension) holds(now time.Time) bool {
	return !now.Before(s.From) && (s.Until == nil || now.Before(*s.Until))
}

// longer reports whether the suspension ends later than the other, or is told first of two that end together.
func (s *Suspension) longer(o *Suspension) bool {
	switch {
	case s.Until == nil && o.Until == nil, s.Until != nil && o.Until != nil && s.Until.Equal(*o.Until):
		return s.ID < o.ID
	case s.Until == nil || o.Until == nil:
		return s.Until == nil
	}
	return s.Until.After(*o.Until)
}

// InForce are the suspensions that hold at the moment; what History needs.
func (s *Standing) InForce(now time.Time) []Suspension {
	var out []Suspension
	for i := range s.Suspensions {
		if s.Suspensions[i].holds(now) {
			out = append(out, s.Suspensions[i])
		}
	}
	return out
}

// Only is the part of the standing that began at places that are asked for.
func (s *Standing) Only(at func(Where) bool) Standing {
	var out Standing
	for _, k := range s.Strikes {
		if at(k.Where) {
			out.Strikes = append(out.Strikes, k)
		}
	}
	for _, w := range s.Warnings {
		if at(w.Where) {
			out.Warnings = append(out.Warnings, w)
		}
	}
	for _, p := range s.Suspensions {
		if at(p.Where) {
			out.Suspensions = append(out.Suspensions, p)
		}
	}
	return out
}

// Counting is how many strikes count together with this one at the moment of the standing, itself included; of one that was
// used up, how many it took; 0 of one that does not count.
func (s *Standing) Counting(k *Strike) (n int32) {
	switch k.State {
	case StrikeUsed:
		return max(k.Max, 1)
	case StrikeActive:
		for i := range s.Strikes {
			if o := &s.Strikes[i]; o.key == k.key && o.State == StrikeActive {
				n++
			}
		}
	}
	return n
}

// Shelf finds the book that a violation is judged by: the version that its booking was made under. Nil: it is not
// judged.
type Shelf func(*Violation) *Book

// Fold is the holder's standing at the moment now. Each violation is judged by the book it was made under, in the order
// they happened, and counts for a rule of it at most once. zone is where dates are read.
func Fold(shelf Shelf, zone *time.Location, r *Record, now time.Time) Standing {
	f := folding{record: r, zone: zone, now: now, falls: map[string][]civil.Date{}}
	for _, v := range r.inOrder(now) {
		book := shelf(&v)
		if book == nil {
			continue
		}
		kind := book.counted(v.Kind)
		for i := range book.Strikes {
			if s := &book.Strikes[i]; slices.Contains(s.Counts, kind) {
				f.add(book, s, kind, &v)
			}
		}
	}
	for i := range f.Strikes {
		s := &f.Strikes[i]
		switch {
		case s.State != StrikeActive:
		case s.earned != nil:
			s.State = StrikeEarned
		case s.Expires != nil && !now.Before(*s.Expires):
			s.State = StrikeExpired
		}
	}
	return f.Standing
}

type folding struct {
	Standing
	record *Record
	zone   *time.Location
	now    time.Time
	falls  map[string][]civil.Date // when rules were broken once too often
}

// add counts one violation for one rule.
func (f *folding) add(b *Book, s *StrikeRule, kind ViolationKind, v *Violation) {
	key := s.ID + "|" + s.Across.key(v.Where)
	if s.Each {
		key += "|" + string(kind)
	}
	date := dateOf(v.At, f.zone)
	strike := Strike{
		Violation: v.ID, Booking: v.Booking, Kind: v.Kind, At: v.At, Where: v.Where, Rule: s.ID, Max: s.Max,
		State: StrikeActive, key: key, date: date, earned: f.record.pardoned(v.ID, EarnedBack, f.now),
	}
	if d, ok := s.expires(date); ok {
		at := d.Start(f.zone)
		strike.Expires = &at
	}
	if v.Fault != "" && slices.Contains(b.Waives, v.Fault) || f.record.pardoned(v.ID, WaivedByStaff, f.now) != nil {
		strike.State = StrikeWaived
	}
	f.Strikes = append(f.Strikes, strike)
	if strike.State != StrikeActive {
		return
	}
	counting := f.counting(s, key, v.At, date)
	switch {
	case len(counting) >= int(max(s.Max, 1)):
		f.punish(s, v, key, counting)
	case s.FirstWarns && len(counting) == 1:
		f.Warnings = append(f.Warnings, Warning{Violation: v.ID, Rule: s.ID, At: v.At, Where: v.Where})
	}
}

// counting are the strikes that count together with one at the instant, itself included.
func (f *folding) counting(s *StrikeRule, key string, at time.Time, date civil.Date) []*Strike {
	var out []*Strike
	for i := range f.Strikes {
		o := &f.Strikes[i]
		if o.key != key || o.State != StrikeActive || o.earned != nil && !o.earned.After(at) {
			continue
		}
		if s.together(o.date, date) {
			out = append(out, o)
		}
	}
	return out
}

// punish uses up the strikes: a suspension, or a warning where the penalty is one.
func (f *folding) punish(s *StrikeRule, v *Violation, key string, used []*Strike) {
	date := dateOf(v.At, f.zone)
	f.falls[key] = append(f.falls[key], date)
	penalty, nth := s.penalty(f.falls[key])
	made := Suspension{
		ID: key + "|" + v.ID, Rule: s.ID, Where: v.Where, Covers: s.Covers, From: v.At, Max: s.Max, Nth: nth,
		Until: penalty.until(v.At, f.zone),
	}
	for _, strike := range used {
		strike.State = StrikeUsed
		made.Strikes = append(made.Strikes, strike.Violation)
	}
	if penalty.Kind == OnlyWarning {
		f.Warnings = append(f.Warnings, Warning{Violation: v.ID, Rule: s.ID, At: v.At, Where: v.Where})
		return
	}
	for _, strike := range used {
		strike.Penalty = made.ID
	}
	if at := f.record.lifted(made.ID, f.now); at != nil && (made.Until == nil || at.Before(*made.Until)) {
		end := later(*at, made.From)
		made.Until, made.Lifted = &end, true
	}
	f.Suspensions = append(f.Suspensions, made)
}

// penalty is what the last of these falls costs, and which it is of those the hardest escalation counts; 1 without one.
func (s *StrikeRule) penalty(falls []civil.Date) (Penalty, int32) {
	out, nth := s.Penalty, int32(1)
	last := falls[len(falls)-1]
	for _, e := range s.Escalation {
		n := int32(0)
		for _, d := range falls {
			if e.Days <= 0 || d > last-civil.Date(e.Days) {
				n++
			}
		}
		nth = max(nth, n)
		if n >= e.Nth {
			out = e.Penalty
		}
	}
	return out, nth
}

// until is when a penalty that begins at the instant ends, nil for never. Days and months are counted on the clock of
// the zone: seven days from Tuesday 10:05 end on Tuesday 10:05.
func (p Penalty) until(at time.Time, zone *time.Location) *time.Time {
	date := dateOf(at, zone)
	var end time.Time
	switch p.Kind {
	case UntilLifted:
		return nil
	case RestOfWeek:
		end = (date.WeekStart() + 7).Start(zone)
	case RestOfMonth:
		_, next, _ := Within{Per: AMonth}.bounds(date)
		end = next.Start(zone)
	case ForMonths:
		end = addMonths(date, p.N).At(civil.ClockOf(at, zone), zone)
	default:
		end = (date + civil.Date(p.N)).At(civil.ClockOf(at, zone), zone)
	}
	end = later(end, at)
	return &end
}

// addMonths is the same day n months later, or the last day of that month where it is shorter: a month from 31 January
// ends with February.
func addMonths(d civil.Date, n int32) civil.Date {
	y, m, day := d.Civil()
	first := civil.NewDate(y, m+time.Month(min(max(n, 0), 1200)), 1)
	y, m, _ = first.Civil()
	return min(first+civil.Date(day-1), civil.NewDate(y, m+1, 1)-1)
}
