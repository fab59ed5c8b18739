package booking

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"wenguan/models/account"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/id"
	"wenguan/models/rule"
	"wenguan/models/store"
)

const (
	walkIns = "walk_ins"
	// walkInTaps bounds how many counts of a day can still be recognized when they are repeated, or taken back.
	walkInTaps = 200
)

// WalkInDay is who came into a venue without booking (直接入场) on one date.
type WalkInDay struct {
	ID       string        `bson:"_id"` // venue|2026-11-24
	Revision int64         `bson:"rev"`
	Counts   []WalkInCount `bson:"counts"`
	Taps     []walkInTap   `bson:"taps,omitempty"` // the last of them, the oldest first
}

// WalkInCount is how many people of a group came in an hour of the venue's clocks.
type WalkInCount struct {
	Hour   int           `bson:"h"`
	Group  account.Group `bson:"g"`
	People int32         `bson:"n"`
}

// walkInTap is one count, with what recognizes it when it is sent again and who may take it back.
type walkInTap struct {
	ID     string        `bson:"id"`
	Key    string        `bson:"k,omitempty"` // digest of who and Idempotency-Key
	At     time.Time     `bson:"t"`
	By     string        `bson:"by"`
	Group  account.Group `bson:"g"`
	People int32         `bson:"n"`
	Undone bool          `bson:"u,omitempty"`
}

// WalkIn is what a count led to.
type WalkIn struct {
	ID     string // to take it back
	Today  int    // people who walked in today, these included
	Free   int    // free places
	People int32
}

// WalkInRequest counts people who come in without booking.
type WalkInRequest struct {
	Venue  string
	People int32
	Group  account.Group // as whoever counts sees them, "disabled" too, which no account says; "" for residents
	Person string        // account id, where it is known
	Key    string        // Idempotency-Key, "" for none
}

// WalkIn lets people in without a booking and counts them. It needs CheckIn at the venue: staff, a door or a kiosk. The
// same Key counts once. Refusals are those of rule.WalkIn; an elder, as staff see one, has reached the age of the book.
func (d *Desk) WalkIn(ctx context.Context, actor account.Actor, want WalkInRequest) (in WalkIn, err error) {
	if err := actor.Check(account.CheckIn, want.Venue); err != nil {
		return in, err
	}
	_, err = d.do(ctx, want.Venue, func(w *work) (Booking, error) {
		in, err = w.walkIn(actor, want)
		return Booking{}, err
	})
	return in, err
}

func (w *work) walkIn(actor account.Actor, want WalkInRequest) (WalkIn, error) {
	day, err := w.walkInDay()
	if err != nil {
		return WalkIn{}, err
	}
	by, key := actorKey(actor), ""
	if want.Key != "" {
		key = digest("walk-in", by, "|", want.Key)
	}
	free, err := w.freePlaces(day)
	if err != nil {
		return WalkIn{}, err
	}
	for _, tap := range day.Taps {
		if key != "" && tap.Key == key {
			return WalkIn{ID: tap.ID, Today: day.People(), Free: int(free), People: tap.People}, nil
		}
	}
	who, group, err := w.walker(want)
	if err != nil {
		return WalkIn{}, err
	}
	if refused := rule.WalkIn(w.place.book(nil, w.now), w.place.rules, who, want.People, free, w.now); refused != nil {
		return WalkIn{}, refused
	}
	tap := walkInTap{ID: id.New(w.now), Key: key, At: w.now, By: by, Group: group, People: want.People}
	if err := w.countWalkIn(day, tap, tap.People); err != nil {
		return WalkIn{}, err
	}
	w.recordWalkIn(actor, day, tap, want.Person)
	if day.Taps = append(day.Taps, tap); len(day.Taps) > walkInTaps {
		day.Taps = slices.Delete(day.Taps, 0, len(day.Taps)-walkInTaps)
	}
	return WalkIn{ID: tap.ID, Today: day.People(), Free: int(free - want.People), People: want.People}, nil
}

// UndoWalkIn takes a count back, which its maker may do for ten minutes. Repeated, it changes nothing. Refusals:
// fault.NotFound "walk_in_not_found", also for one of somebody else; fault.Gone "undo_too_late".
func (d *Desk) UndoWalkIn(ctx context.Context, actor account.Actor, venueID, id string) (today int, err error) {
	if err := actor.Check(account.CheckIn, venueID); err != nil {
		return 0, err
	}
	_, err = d.do(ctx, venueID, func(w *work) (Booking, error) {
		day, err := w.walkInDay()
		if err != nil {
			return Booking{}, err
		}
		i := slices.IndexFunc(day.Taps, func(t walkInTap) bool { return t.ID == id && t.By == actorKey(actor) })
		switch {
		case i < 0:
			return Booking{}, fault.New(fault.NotFound, "walk_in_not_found", "There is no such count of yours today.")
		case !day.Taps[i].Undone && !w.now.Before(day.Taps[i].At.Add(undoWithin)):
			return Booking{}, fault.New(fault.Gone, "undo_too_late", "It is too late to take this back.")
		case !day.Taps[i].Undone:
			if err := w.countWalkIn(day, day.Taps[i], -day.Taps[i].People); err != nil {
				return Booking{}, err
			}
			day.Taps[i].Undone = true
			e := actor.Entry("walk_in.undone", "walk_in/"+id)
			e.Chain, e.Before = venueID, map[string]any{"people": day.Taps[i].People, "group": day.Taps[i].Group}
			w.entries = append(w.entries, e)
		}
		today = day.People()
		return Booking{}, nil
	})
	return today, err
}

// recordWalkIn tells the audit of a count: of each that names somebody, and else once for every hour in which somebody
// counts. How many came in the hour is in the counts themselves, which are kept for good.
func (w *work) recordWalkIn(actor account.Actor, day *WalkInDay, tap walkInTap, person string) {
	hour := tap.At.In(w.place.zone).Hour()
	told := slices.ContainsFunc(day.Taps, func(t walkInTap) bool { return t.By == tap.By && t.At.In(w.place.zone).Hour() == hour })
	if person == "" && told {
		return
	}
	e := actor.Entry("walk_in.counted", "walk_in/"+tap.ID)
	e.Chain, e.After = w.place.ID, map[string]any{"people": tap.People, "group": tap.Group}
	if person != actor.ID {
		e.OnBehalf = person
	}
	w.entries = append(w.entries, e)
}

// walker is who comes, as the rules see them, and the group they are counted in.
func (w *work) walker(want WalkInRequest) (rule.Person, account.Group, error) {
	group := cmp.Or(want.Group, account.Residents)
	who := rule.Person{ID: want.Person}
	if want.Person != "" {
		of, err := w.account(want.Person)
		if err != nil {
			return who, group, err
		}
		who.BirthYear, _ = of.Born()
		if want.Group == "" {
			group = groupOf(of.Group, of.Kind)
		}
	}
	who.Groups = []string{string(group)}
	if age := w.place.book(nil, w.now).ExemptAge; group == account.Elders && age > 0 && who.BirthYear == 0 {
		who.BirthYear = int32(w.now.In(w.place.zone).Year()) - age
	}
	return who, group, nil
}

// freePlaces is how many places are free now: those that are neither booked nor closed, less whoever walked in during
// this hour and the one before, who is taken to be still there.
func (w *work) freePlaces(day *WalkInDay) (int32, error) {
	date, minute := civil.Elapsed(w.now, w.place.zone)
	sheet, err := w.sheets.Day(date)
	if err != nil {
		return 0, err
	}
	o, hour := w.place.occupied(sheet, w.now, minute), w.now.In(w.place.zone).Hour()
	free := int32(o.Capacity - o.Taken)
	for _, c := range day.Counts {
		if c.Hour == hour || c.Hour == hour-1 {
			free -= c.People
		}
	}
	return max(free, 0), nil
}

// walkInDay is today's counts as this transaction has them.
func (w *work) walkInDay() (*WalkInDay, error) {
	if w.walkedIn != nil {
		return w.walkedIn, nil
	}
	day, err := walkInsOn(w.tx, w.place.ID, civil.DateOf(w.now, w.place.zone))
	w.walkedIn = &day
	return w.walkedIn, err
}

// countWalkIn adds people to the hour of the tap and marks the day as changed.
func (w *work) countWalkIn(day *WalkInDay, tap walkInTap, people int32) error {
	sheet, err := w.sheets.Day(civil.DateOf(w.now, w.place.zone))
	if err != nil {
		return err
	}
	hour := tap.At.In(w.place.zone).Hour()
	i := slices.IndexFunc(day.Counts, func(c WalkInCount) bool { return c.Hour == hour && c.Group == tap.Group })
	if i < 0 {
		i = len(day.Counts)
		day.Counts = append(day.Counts, WalkInCount{Hour: hour, Group: tap.Group})
	}
	day.Counts[i].People += people
	sheet.Touch()
	w.walkedChanged = true
	return nil
}

// saveWalkIns writes today's counts if they changed.
func (w *work) saveWalkIns() error {
	if !w.walkedChanged {
		return nil
	}
	day := w.walkedIn
	if day.Revision++; day.Revision == 1 {
		return w.tx.Insert(walkIns, *day)
	}
	return w.tx.Replace(walkIns, *day)
}

// WalkInsOn is who walked in on the date.
func (d *Desk) WalkInsOn(tx store.Tx, venueID string, date civil.Date) (WalkInDay, error) {
	return walkInsOn(tx, venueID, date)
}

func walkInsOn(tx store.Tx, venueID string, date civil.Date) (WalkInDay, error) {
	day := WalkInDay{ID: venueID + "|" + date.String()}
	err := tx.Get(walkIns, day.ID, &day)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return day, fmt.Errorf("read who walked in: %w", err)
	}
	return day, nil
}

// People is how many walked in.
func (day *WalkInDay) People() (n int) {
	for _, c := range day.Counts {
		n += int(c.People)
	}
	return n
}

func actorKey(actor account.Actor) string {
	if actor.Device != nil {
		return "device/" + actor.Device.ID
	}
	return actor.ID
}
