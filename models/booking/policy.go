package booking

import (
	"slices"
	"time"

	"wenguan/models/account"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/ledger"
	"wenguan/models/rule"
	"wenguan/models/venue"
)

// ask is a wish with everything the rules look at. What may be booked is decided by package rule; here it is told what
// it needs to know.
type ask struct {
	place   *place
	spot    *spot
	also    []*spot // more spaces in the same booking
	span    civil.Span
	party   int32
	purpose string
	letter  int32 // version of the letter that is accepted
	with    []rule.Person
	holder  *holder // nil: nobody in particular, the rules about a person and their other bookings are not asked
	who     *whom   // with holder
	record  *rule.Standing
	group   bool   // asked as an organization
	self    string // the booking that is being moved: it does not count against itself
	taken   int32  // people of other bookings of the session, where sessions have quotas
	now     time.Time
}

// farthest is how far ahead anything can be booked, whatever the rule book says, in days.
const farthest = 400

// book is the rule book in force for the ask.
func (a *ask) book() *rule.Book { return a.place.bookFor(a.spot, a.now, a.organization()) }

// organization reports whether one books, or would.
func (a *ask) organization() bool {
	return a.group || a.who != nil && a.who.Kind == account.Organization
}

// check is the first rule's refusal in the order of rule.Check, or nil; somebody who may not book here at all need not
// hear of times.
func (a *ask) check() error {
	if a.holder == nil {
		return a.offered()
	}
	if err := a.inReach(); err != nil {
		return err
	}
	return orNil(rule.Check(a.book(), a.request(), a.history(), a.now))
}

// offered asks the rules that are the same for everybody: times, shapes, closures.
func (a *ask) offered() error {
	if err := a.inReach(); err != nil {
		return err
	}
	return orNil(rule.Offered(a.book(), a.request(), a.now))
}

// inReach refuses what lies farther ahead than anything can be booked.
func (a *ask) inReach() error {
	if last := civil.DateOf(a.now, a.place.zone) + farthest; a.date() > last {
		return fault.New(fault.Invalid, "rule_horizon", "Nothing can be booked later than %s.", last).On("start").
			With("days", farthest).With("last", last.String()).With("opens", (a.date()-farthest).At(0, a.place.zone))
	}
	return nil
}

// personal asks the rules about the holder and their other bookings; nobody in particular passes them.
func (a *ask) personal() error {
	if a.holder == nil {
		return nil
	}
	return orNil(rule.Personal(a.book(), a.request(), a.history(), a.now))
}

func orNil(err *fault.Error) error {
	if err == nil {
		return nil
	}
	return err
}

func (a *ask) request() rule.Request {
	r := rule.Request{
		Place: a.place.rules, Spaces: int32(1 + len(a.also)), Span: a.span, Party: a.party, With: a.with, Purpose: a.purpose,
		Accepts: a.letter, Chosen: a.place.member(a.spot), Self: a.self, Taken: a.taken, Closure: a.closure(),
		Space: rule.Space{
			ID: a.spot.ID, Group: a.spot.Allocation == venue.AnyOf, People: a.spot.people, Type: a.spot.kind(),
			Unlisted: a.place.Retired || !a.spot.Bookable,
		},
	}
	if r.Chosen {
		r.Space.Of = a.spot.Parent
	}
	for _, s := range a.also {
		r.Space.People = min(r.Space.People, s.people)
		r.Space.Unlisted = r.Space.Unlisted || !s.Bookable
	}
	if a.who != nil {
		r.Holder, r.Named = a.who.person(), a.who.realName
	}
	return r
}

// person is what the rules need to know of the holder.
func (w *whom) person() rule.Person {
	return rule.Person{
		ID: w.ID, Organization: w.Kind == account.Organization, BirthYear: w.birthYear, OwnWord: w.ownWord,
		Verified: w.verified, Guardian: w.guardian, Groups: []string{string(w.Group)},
	}
}

// history is what the holder has booked, cancelled and broken.
func (a *ask) history() *rule.History {
	h := &rule.History{Cancels: a.holder.cancels()}
	if a.record != nil {
		h.Suspensions = a.record.InForce(a.now)
	}
	h.Uses = make([]rule.Use, len(a.holder.Uses))
	for i := range a.holder.Uses {
		h.Uses[i] = a.holder.Uses[i].Use
	}
	return h
}

// closure is what takes the space out of use; of a group, what takes all of its members.
func (a *ask) closure() *rule.Closure {
	if len(a.place.Closures) == 0 {
		return nil
	}
	atoms := a.spot.Atoms
	if a.spot.Allocation == venue.AnyOf {
		atoms = nil // the whole venue; its members are asked one by one
	}
	for _, s := range a.also {
		atoms = append(slices.Clip(atoms), s.Atoms...)
	}
	c, ok := a.place.ClosureOf(atoms, a.rest())
	if !ok && a.spot.Allocation == venue.AnyOf && len(a.spot.members) > 0 {
		for _, m := range a.spot.members {
			if c, ok = a.place.ClosureOf(m.Atoms, a.rest()); !ok {
				break
			}
		}
	}
	if !ok {
		return nil
	}
	return &rule.Closure{From: c.Start, To: c.End, Reason: c.Reason}
}

// rest is the time that the ask claims: of one that has begun, what is left.
func (a *ask) rest() civil.Span { return rule.Rest(a.span, a.now) }

func (a *ask) date() civil.Date { return civil.DateOf(a.span.Start, a.place.zone) }

// takenBy counts the people of the other bookings of the ask's session, where its rule book has quotas.
func (w *work) takenBy(a *ask) error {
	book := a.book()
	if !slices.ContainsFunc(book.Sessions, func(s rule.Session) bool { return s.Quota > 0 }) {
		return nil
	}
	pieces := w.sheets.Split(a.rest(), a.template(a.whole()))
	if err := w.release(pieces); err != nil {
		return err
	}
	a.taken = 0
	for i := range pieces {
		day, err := w.sheets.Day(pieces[i].Date)
		if err != nil {
			return err
		}
		a.taken = max(a.taken, peopleOn(day, &pieces[i].Claim, a.spot.Atoms, a.self, w.now))
	}
	return nil
}

// peopleOn counts the people that other claims of the day bring to some of the atoms within the claim's time: the units of a
// shared space, one for each seat or room.
func peopleOn(day *ledger.Day, c *ledger.Claim, atoms []string, self string, now time.Time) (people int32) {
	for i := range day.Claims {
		o := &day.Claims[i]
		if o.Booking == self || o.End <= c.Start || c.End <= o.Start || o.Lapses != 0 && int64(o.Lapses) <= now.Unix()/60 {
			continue
		}
		mine := int32(0)
		for _, atom := range o.Atoms {
			if slices.Contains(atoms, atom) {
				mine++
			}
		}
		if mine > 0 && o.Quantity > 0 {
			mine = o.Quantity
		}
		people += mine
	}
	return people
}

func refuse(code, message string, args ...any) *fault.Error {
	return fault.New(fault.Invalid, code, message, args...)
}
