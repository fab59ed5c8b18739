package booking

import (
	"slices"
	"time"

	"wenguan/models/account"
	"wenguan/models/rule"
)

// What changes a booking is decided by package rule: its verbs take the facts of a booking and give them back as they are
// afterwards.

// became is the booking with new facts, due when the clock changes them next.
func (b Booking) became(f rule.Facts) Booking {
	b.Facts = f
	b.Due = f.Due()
	return b
}

// rulesOf is the rule book a booking was made under, in force for it whatever the venue's says today.
func (w *work) rulesOf(b *Booking) (*rule.Book, error) {
	return w.Venues.RulesAt(w.tx, b.Venue, b.Rules)
}

// act is what an actor does now, as the rules see it.
func (w *work) act(actor account.Actor, b *Booking, means rule.Means) rule.Act {
	act := rule.Act{Now: w.now, By: rule.AsOther, Means: means}
	switch {
	case actor.BooksFor(b.Holder):
		act.By = rule.AsHolder
	case actor.Check(account.CheckIn, b.Venue) == nil || works(actor, b.Venue):
		act.By = rule.AsStaff
	}
	return act
}

// Allowed is what somebody may do with a booking.
type Allowed struct{ Move, Cancel, CheckIn, Leave, Return, CheckOut, Pass bool }

// Allowed says what the actor may do at the instant now, as far as that is known without their history; managers are not
// bound by CancelUntil. book is the one it was made under.
func (b *Booking) Allowed(book *rule.Book, actor account.Actor, now time.Time) Allowed {
	acts, door := mayAct(actor, b) == nil, actor.Check(account.CheckIn, b.Venue) == nil
	manager := actor.Check(account.EditVenue, b.Venue) == nil
	f := b.asOf(now)
	open := acts && f.State == Confirmed && now.Before(f.Closes)
	cancel := open && (manager || !now.After(f.CancelUntil) || book.LateCancel == rule.LateMiss || book.LateCancel == rule.LateAllowed)
	move := open && (manager || !now.After(f.MoveUntil) && !book.NoMoves && (book.MovesMax == 0 || f.Moves < book.MovesMax))
	in := f.State == Confirmed && !f.NoCheckIn && !now.Before(f.Opens) && now.Before(f.Closes)
	return Allowed{
		Move: move, Cancel: cancel || f.undoable(actor, now), CheckIn: in && (door && staffMay(book) || acts && phoneMay(book)), Leave: acts && f.State == CheckedIn && mayLeave(book) && now.Before(f.End),
		Return: (acts || door) && (f.State == Away || f.State == Reported), CheckOut: f.Here() && (acts || door), Pass: acts && f.Live(),
	}
}

func mayLeave(book *rule.Book) bool { return book.Leave > 0 || len(book.MealLeaves) > 0 }

// phoneMay reports whether a tap in the product is enough to check in: never where the book lists other means, and only
// with the code of the seat where it does not.
func phoneMay(book *rule.Book) bool { return slices.Contains(book.CheckInBy, rule.ByPhone) }

// staffMay reports whether it is enough that staff say so.
func staffMay(book *rule.Book) bool {
	return len(book.CheckInBy) == 0 || slices.Contains(book.CheckInBy, rule.ByStaff)
}
