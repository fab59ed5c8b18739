package booking

import (
	"fmt"
	"slices"

	"wenguan/models/account"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/rule"
	"wenguan/models/store"
	"wenguan/models/venue"
)

// replayer makes cases of bookings and of requests that were refused.
type replayer struct {
	desk   *Desk
	tx     store.Tx
	place  *place
	spot   *spot // nil: the venue's rule book
	people map[string]rule.Person
	named  map[string]bool // who has bound a real name

	cases   []rule.Case
	what    map[string]asked // by the id of the case
	partial bool
	met     int
}

// asked is what a case was made of.
type asked struct {
	Example
	ask  *ask     // place, spot, span and party
	had  *Booking // nil: it was refused
	wish string   // of what was refused
	lead bool     // it was before the dates
}

func newReplayer(d *Desk, tx store.Tx, p *place, s *spot) *replayer {
	return &replayer{
		desk: d, tx: tx, place: p, spot: s, people: map[string]rule.Person{}, named: map[string]bool{}, what: map[string]asked{},
	}
}

// collect makes the cases of what was wanted for the dates, and of what was booked before.
func (r *replayer) collect(from, to civil.Date) error {
	if err := r.lead(from); err != nil {
		return err
	}
	q := store.Query{
		Index: byVenue, Equal: []any{r.place.ID}, From: from.Start(r.place.zone), Before: (to + 1).Start(r.place.zone), Limit: replayBookings + 1,
	}
	made, err := store.All[Booking](r.tx, bookings, q)
	if err != nil {
		return fmt.Errorf("read bookings of %s: %w", r.place.ID, err)
	}
	refused, err := store.All[Unmet](r.tx, unmets, q)
	if err != nil {
		return fmt.Errorf("read what was refused at %s: %w", r.place.ID, err)
	}
	r.partial = len(made) > replayBookings || len(refused) > replayBookings
	made, refused = made[:min(len(made), replayBookings)], refused[:min(len(refused), replayBookings)]
	asOf(made, r.desk.now())
	for i := range made {
		if err := r.addBooking(&made[i], false); err != nil {
			return err
		}
	}
	booked := r.booked(made)
	for i := range refused {
		u := &refused[i]
		if s := r.place.byID[u.Space]; s == nil || !r.concerns(s) {
			continue
		}
		if slices.ContainsFunc(booked[r.wish(u)], func(b *Booking) bool { return !b.Made.Before(u.At) }) {
			r.met++
			continue
		}
		if err := r.addUnmet(u); err != nil {
			return err
		}
	}
	return nil
}

// lead makes cases of what was booked for the days before the date: they are not counted, but what people have behind them
// follows from them.
func (r *replayer) lead(from civil.Date) error {
	list, err := store.All[Booking](r.tx, bookings, store.Query{
		Index: byVenue, Equal: []any{r.place.ID}, From: (from - replayLead).Start(r.place.zone), Before: from.Start(r.place.zone),
		Desc: true, Limit: replayBookings,
	})
	if err != nil {
		return fmt.Errorf("read earlier bookings of %s: %w", r.place.ID, err)
	}
	asOf(list, r.desk.now())
	for i := range list {
		if err := r.addBooking(&list[i], true); err != nil {
			return err
		}
	}
	return nil
}

// wish is the same for all that one holder asked for of one date.
func (r *replayer) wish(u *Unmet) string {
	return civil.DateOf(u.Start, r.place.zone).String() + "|" + u.Holder
}

// booked are the bookings of each holder and date.
func (r *replayer) booked(list []Booking) map[string][]*Booking {
	out := map[string][]*Booking{}
	for i := range list {
		b := &list[i]
		key := r.wish(&Unmet{Start: b.Start, Holder: b.Holder})
		out[key] = append(out[key], b)
	}
	return out
}

// concerns reports whether the space is under the trial's rule book: it is the trial's, or a seat of that; of the
// venue's, any space without a rule book of its own.
func (r *replayer) concerns(s *spot) bool {
	group := r.place.byID[s.Parent]
	inGroup := group != nil && group.Allocation == venue.AnyOf
	if r.spot != nil {
		return s == r.spot || inGroup && group == r.spot && s.Rules == nil
	}
	return s.Rules == nil && (!inGroup || group.Rules == nil)
}

// addBooking makes a case of a booking; it is given if its space is under another rule book. A space that is gone takes
// with it what the rules would ask of it.
func (r *replayer) addBooking(b *Booking, lead bool) error {
	s := r.place.byID[b.Space]
	if s == nil {
		return nil
	}
	holder := b.Holder
	if holder == Nobody {
		holder = b.ID // whose it was is not known, but it need not have been somebody else's too
	}
	a := &ask{place: r.place, spot: s, span: civil.Span{Start: b.Start, End: b.End}, party: b.Party, now: b.Made}
	c, err := r.asCase(a, holder, b.With, int32(len(b.Assigned)))
	if err != nil {
		return err
	}
	c.ID, c.At, c.Cancelled, c.Violation, c.Given = b.ID, b.Made, b.State == Cancelled, b.Violation, !r.concerns(s)
	c.Request.Holder.Organization = b.HolderKind == account.Organization
	c.Request.Named = c.Request.Named || b.ByStaff
	c.Request.Purpose = b.Purpose
	if b.EndedAt != nil {
		c.Ended = *b.EndedAt
	}
	if c.Violation != "" {
		c.Fault = r.place.faultDuring(a.span, b.Space)
	}
	r.cases = append(r.cases, c)
	r.what[b.ID] = asked{
		Example: Example{Space: b.Space, Made: b.Made, Start: b.Start, End: b.End, Party: b.Party}, ask: a, had: b, lead: lead,
	}
	return nil
}

// addUnmet makes a case of a request that was refused.
func (r *replayer) addUnmet(u *Unmet) error {
	a := &ask{place: r.place, spot: r.place.byID[u.Space], span: civil.Span{Start: u.Start, End: u.End}, party: u.Party, now: u.At}
	for _, id := range u.Also {
		if s := r.place.byID[id]; s != nil {
			a.also = append(a.also, s)
		}
	}
	c, err := r.asCase(a, u.Holder, u.With, int32(1+len(a.also)))
	if err != nil {
		return err
	}
	c.ID, c.At, c.Wish = u.ID, u.At, r.wish(u)
	c.Request.Named = c.Request.Named || u.ByStaff
	c.Request.Closure = a.closure()
	r.cases = append(r.cases, c)
	r.what[u.ID] = asked{
		Example: Example{Space: u.Space, Made: u.At, Start: u.Start, End: u.End, Party: u.Party, Then: u.Code, Rules: u.Rules},
		ask:     a, wish: c.Wish,
	}
	return nil
}

// asCase is what the rules ask of a request for so many spaces.
func (r *replayer) asCase(a *ask, holder string, with []string, spaces int32) (rule.Case, error) {
	s := a.spot
	who, err := r.person(holder)
	if err != nil {
		return rule.Case{}, err
	}
	c := rule.Case{Request: rule.Request{
		Place: r.place.rules, Spaces: max(spaces, 1), Span: a.span, Party: a.party, Holder: who, Named: r.named[holder],
		Chosen: r.place.member(s), Space: rule.Space{ID: s.ID, Type: s.kind(), Group: s.Allocation == venue.AnyOf, People: s.people},
	}}
	if s.Allocation == venue.AnyOf {
		c.Request.Spaces = 1
	}
	if c.Request.Chosen {
		c.Request.Space.Of = s.Parent
	}
	for _, id := range with {
		p, err := r.person(id)
		if err != nil {
			return c, err
		}
		c.Request.With = append(c.Request.With, p)
	}
	return c, nil
}

// person is what the rules ask about an account; nothing of one that is gone.
func (r *replayer) person(id string) (rule.Person, error) {
	if p, known := r.people[id]; known {
		return p, nil
	}
	p := rule.Person{ID: id}
	if r.desk.Accounts != nil && id != "" {
		of, err := r.desk.Accounts.Of(r.tx, id)
		switch {
		case err == nil:
			p.Guardian, p.Groups = of.Guardian, []string{string(of.Group)}
			p.BirthYear, p.OwnWord = yearOf(of)
			r.named[id] = of.Identity != nil
			p.Organization = of.Kind == account.Organization
			p.Verified = of.Kind == account.Organization && of.Verified(r.desk.now())
		case !fault.Is(err, fault.NotFound):
			return p, err
		}
	}
	r.people[id] = p
	return p, nil
}
