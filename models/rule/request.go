package rule

import (
	"cmp"
	"slices"
	"time"

	"wenguan/models/civil"
)

// Request is a wish for a booking with everything the rules look at, except the holder's history.
type Request struct {
	Place   *Place
	Space   Space
	Spaces  int32 // how many spaces in the one booking; 0 is 1
	Span    civil.Span
	Party   int32    // people, the holder included
	Holder  Person   // whose booking it is
	Named   bool     // who books has bound a real name to their account, or stands before staff
	With    []Person // those of the party who are known by name, without the holder
	Purpose string
	Accepts int32    // version of the letter that the holder accepts; 0 none
	Chosen  bool     // a particular seat was asked for, not any of a group
	Self    string   // the booking that is being moved: it does not count against itself
	Taken   int32    // people that other bookings of the same session and space bring, where sessions have quotas
	Closure *Closure // what takes the space out of use at that time, nil if nothing does
}

// Space is what the rules need to know of a space.
type Space struct {
	ID       string
	Of       string // the group that hands it out, "" if none does
	Type     string // of a group that of its members
	Group    bool   // hands out one of its members per person
	People   int32  // the largest party it takes, 0 if nothing says so
	Unlisted bool   // not booked by itself, or retired
}

// Closure is a time in which a space is out of use.
type Closure struct {
	From   time.Time `json:"from"`
	To     time.Time `json:"to"`
	Reason Text      `json:"reason"`
}

// Person is what the rules need to know of somebody.
type Person struct {
	ID           string
	Organization bool
	BirthYear    int32 // 0 if nobody asked
	OwnWord      bool  // the year is what they say of themselves: nothing attests it, and no staff have them before them
	Verified     bool  // of an organization: its registration counts now
	Guardian     string
	Groups       []string // elders, families, disabled
}

// age is the years reached in the year of the date, false if nobody knows.
func (p *Person) age(on civil.Date) (int32, bool) {
	if p.BirthYear == 0 {
		return 0, false
	}
	y, _, _ := on.Civil()
	return int32(y) - p.BirthYear, true
}

// UseState is what became of a booking, as far as limits ask.
type UseState string

// The states of a use.
const (
	UseAhead UseState = "ahead" // not checked in yet
	UseIn    UseState = "in"    // checked in, on leave or reported away
	UseOver  UseState = "over"  // completed, or missed
)

// Use is one booking of a holder, without those cancelled in time.
type Use struct {
	Booking string `bson:"b"`
	Where   `bson:",inline"`
	Start   time.Time `bson:"s"`
	End     time.Time `bson:"e"` // when its place was or will be free again
	Booked  int32     `bson:"m"` // minutes it was booked for, whatever became of it
	State   UseState  `bson:"x,omitempty"`
}

// ahead reports whether the use has not been begun, at the instant; a state of "" is judged by its times.
func (u *Use) ahead(now time.Time) bool { return u.State != UseIn && u.live(now) }

// live reports whether the use is still ahead or under way.
func (u *Use) live(now time.Time) bool { return u.State != UseOver && now.Before(u.End) }

// minutes is what it counts for in limits on minutes.
func (u *Use) minutes() int64 {
	if u.Booked > 0 {
		return int64(u.Booked)
	}
	return int64(u.End.Sub(u.Start) / time.Minute)
}

// Cancel is one cancellation of a holder.
type Cancel struct {
	Booking string `bson:"b"`
	Where   `bson:",inline"`
	At      time.Time `bson:"at"`
}

// History is what the rules need to know of a holder's past and other bookings. The order does not matter. Memory says
// how far back it must reach. A nil history is that of nobody in particular: rules about other bookings are not asked.
type History struct {
	Uses        []Use
	Cancels     []Cancel
	Suspensions []Suspension // as Fold gave them, from all venues, without those lifted or over
}

// Memory is how many days back a history must reach for the book to be obeyed.
func (b *Book) Memory() int {
	days := 2 // a day's bookings count for the whole day, in every zone
	for _, l := range b.Limits {
		days = max(days, l.length()+1)
	}
	for _, l := range b.CancelLimits {
		days = max(days, l.length()+1)
	}
	return max(days, int(b.CoolingOff/dayMinutes)+2, int(b.CancelCooling/dayMinutes)+2)
}

func (r *Request) date() civil.Date { return r.Place.date(r.Span.Start) }

func (r *Request) where() Where {
	w := r.Place.Where
	w.Space, w.Type = cmp.Or(r.Space.Of, r.Space.ID), r.Space.Type
	return w
}

// people are the holder and who is named with them; an organization is nobody that has an age.
func (r *Request) people() []Person {
	if r.Holder.Organization {
		return r.With
	}
	return append([]Person{r.Holder}, r.With...)
}

// others are the holder's other uses that the scope reaches, the earliest first whatever order they come in.
func (r *Request) others(h *History, scope Scope, keep func(*Use) bool) []*Use {
	var out []*Use
	here := r.where()
	for i := range h.Uses {
		if u := &h.Uses[i]; u.Booking != r.Self && scope.Reaches(here, u.Where) && keep(u) {
			out = append(out, u)
		}
	}
	slices.SortFunc(out, func(a, b *Use) int {
		return cmp.Or(a.Start.Compare(b.Start), a.End.Compare(b.End), cmp.Compare(a.Booking, b.Booking))
	})
	return out
}
