package booking

import (
	"cmp"

	"wenguan/models/account"
	"wenguan/models/fault"
	"wenguan/models/rule"
)

// whom is for whom a booking is made or moved, and what the rules ask about who makes it.
type whom struct {
	ID    string
	Name  string
	Kind  account.Kind // "" for a person
	Group account.Group

	staff    bool // the actor is staff of the venue, and the holder neither is the actor nor somebody they act for
	realName bool // the actor has bound a real name, or is staff who have the person before them
	verified bool // the holder is an organization whose registration counts as verified

	birthYear int32 // 0 if nobody said, or nobody asked yet
	ownWord   bool  // and it is but what they say themselves
	guardian  string
}

// whom finds the holder that a request names, "" for the actor, and asks whether the actor may book for them: for
// themselves, their family, an organization they are a booker or owner of; staff with BookForOthers at the venue for
// anybody. Refusals name the field "for": fault.Forbidden "booker_needed" to a plain member, "for_not_permitted" to
// everybody else, who learns nothing of whether there is such an account; fault.NotFound "account_not_found" to staff.
func (w *work) whom(actor account.Actor, holder string) (whom, error) {
	if holder == "" || holder == actor.ID {
		return w.self(actor)
	}
	staff := !actor.BooksFor(holder)
	switch {
	case !staff:
	case actor.Check(account.BookForOthers, w.place.ID) == nil:
	case actor.ActsFor(holder, account.PlainMember):
		return whom{}, fault.New(fault.Forbidden, "booker_needed",
			"You may see the bookings of this organization, not make them. Ask one of its owners.").On("for")
	default:
		return whom{}, notTheirs()
	}
	of, err := w.account(holder)
	if fault.Is(err, fault.NotFound) && staff {
		return whom{}, fault.New(fault.NotFound, "account_not_found", "There is no such account.").On("for")
	}
	if fault.Is(err, fault.NotFound) || err == nil && !staff && of.Kind == account.Person && of.Guardian != actor.ID {
		return whom{}, notTheirs()
	}
	if err != nil {
		return whom{}, err
	}
	who := whom{
		ID: of.ID, Name: of.Called(), Kind: kindOf(of.Kind), Group: groupOf(of.Group, of.Kind),
		staff: staff, realName: actor.RealName || staff, verified: of.Kind == account.Organization && of.Verified(w.now),
	}
	who.know(of)
	return who, nil
}

// self is the actor as holder. An organization that signs in itself is read, to see whether it is verified.
func (w *work) self(actor account.Actor) (whom, error) {
	who := whom{
		ID: actor.ID, Name: cmp.Or(actor.Called, actor.Name), Kind: kindOf(actor.Kind),
		Group: groupOf(actor.Group, actor.Kind), realName: actor.RealName,
	}
	if actor.Kind != account.Organization {
		return who, nil
	}
	of, err := w.account(actor.ID)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return who, err
	}
	who.verified = of.Verified(w.now)
	return who, nil
}

// account is the account as this transaction has it; fault.NotFound for one that is erased, too.
func (w *work) account(id string) (account.Account, error) {
	gone := fault.New(fault.NotFound, "account_not_found", "There is no such account.")
	if w.Accounts == nil {
		return account.Account{}, gone
	}
	of, err := w.Accounts.Of(w.tx, id)
	if err == nil && of.ErasedAt != nil {
		return account.Account{}, gone
	}
	return of, err
}

func notTheirs() error {
	return fault.New(fault.Forbidden, "for_not_permitted", "You cannot book for this person or organization.").On("for")
}

// kindOf leaves out what is so for most.
func kindOf(kind account.Kind) account.Kind {
	if kind == account.Person {
		return ""
	}
	return kind
}

func groupOf(group account.Group, kind account.Kind) account.Group {
	switch {
	case group != "":
		return group
	case kind == account.Organization:
		return account.Organizations
	}
	return account.Residents
}

// works reports whether the actor may change bookings of the venue because they are staff there.
func works(actor account.Actor, venue string) bool {
	return actor.Check(account.BookForOthers, venue) == nil || actor.Check(account.EditVenue, venue) == nil
}

// mayAct refuses who sees a booking and may not change it: plain members, and staff who only watch the door.
func mayAct(actor account.Actor, b *Booking) error {
	if actor.BooksFor(b.Holder) || works(actor, b.Venue) {
		return nil
	}
	return fault.New(fault.Forbidden, "not_permitted", "Your role does not permit this here.")
}

// by notes who changed the booking, and whether as staff.
func (b *Booking) by(actor account.Actor) {
	b.By, b.ByStaff = actor.ID, !actor.BooksFor(b.Holder)
}

// mover is the holder of a booking with what the rules ask about the one who moves it.
func (w *work) mover(actor account.Actor, b *Booking) (*whom, error) {
	who := &whom{ID: b.Holder, Kind: b.HolderKind, staff: !actor.BooksFor(b.Holder)}
	who.realName = actor.RealName || who.staff
	if b.HolderKind != account.Organization {
		return who, nil
	}
	of, err := w.account(b.Holder)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return nil, err
	}
	who.verified = of.Verified(w.now)
	return who, nil
}

// ageOf finds the holder's year of birth where the rule book asks for ages and it is not known yet.
func (w *work) ageOf(a *ask) error {
	book := a.book()
	if a.who == nil || a.who.birthYear != 0 || a.who.Kind == account.Organization || book.MinAge == 0 && book.MaxAge == 0 && book.ChildUnder == 0 {
		return nil
	}
	of, err := w.account(a.who.ID)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	a.who.know(of)
	return nil
}

// know takes over from the account what rules about age ask.
func (w *whom) know(of account.Account) {
	year, own := yearOf(of)
	w.birthYear, w.ownWord, w.guardian = year, own && !w.staff, of.Guardian
}

// yearOf is the year of birth of an account, and whether it is but what somebody says of themselves: a guardian answers for
// their family.
func yearOf(of account.Account) (year int32, own bool) {
	year, attested := of.Born()
	return year, year != 0 && !attested && of.Guardian == ""
}

// companion is somebody who comes along: of the holder's family, or the guardian of a child; anybody for staff.
func (w *work) companion(holder *whom, id string) (rule.Person, error) {
	of, err := w.account(id)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return rule.Person{}, err
	}
	family := of.Guardian != "" && (of.Guardian == holder.ID || of.Guardian == holder.guardian) || of.ID != "" && of.ID == holder.guardian
	if err != nil || !family && !holder.staff {
		return rule.Person{}, fault.New(fault.Forbidden, "for_not_permitted", "You cannot book for this person or organization.").On("with")
	}
	year, own := yearOf(of)
	return rule.Person{
		ID: of.ID, BirthYear: year, OwnWord: own && !holder.staff, Guardian: of.Guardian, Groups: []string{string(of.Group)},
	}, nil
}
