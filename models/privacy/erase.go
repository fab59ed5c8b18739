package privacy

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"wenguan/models/account"
	"wenguan/models/audit"
	"wenguan/models/booking"
	"wenguan/models/fault"
	"wenguan/models/notice"
	"wenguan/models/store"
)

// Words that confirm an erasing when they are typed. A page shows the one of its language.
var confirmations = []string{"注销", "erase"}

// Why an account was erased, in the audit.
const (
	byPerson  = "asked"  // by the person
	byStaff   = "staff"  // by staff, because the person asked them to
	forUnused = "unused" // by the product
)

const (
	looksBatch = 500
	maxRounds  = 3 // of cancelling, for who goes on booking while they are erased
)

// erasing is an account that was erased, until nothing leads to it any more.
type erasing struct {
	ID string    `bson:"_id"` // account id
	At time.Time `bson:"at"`
}

// Erase erases the actor's own account for good, with the family members it books for. What is booked ahead is cancelled
// first, with the usual notices. Bookings that are over stay for statistics, without the person. typed is what the person
// typed to confirm it. Faults: fault.Invalid "confirmation_needed"; fault.Conflict "still_checked_in",
// "last_administrator", "sole_owner" or another that a Part blocks with.
func (o *Office) Erase(ctx context.Context, actor account.Actor, typed string) error {
	if err := person(actor); err != nil {
		return err
	}
	if err := actor.Present(); err != nil {
		return err
	}
	if !slices.Contains(confirmations, strings.ToLower(strings.TrimSpace(typed))) {
		return fault.New(fault.Invalid, "confirmation_needed", "Type the word that confirms it: erase.").On("confirm")
	}
	return o.erase(ctx, actor, actor.ID, byPerson)
}

// ErasePerson does the same for somebody who asked staff to. Needs ErasePerson; fault.NotFound "person_not_found".
func (o *Office) ErasePerson(ctx context.Context, actor account.Actor, id string) error {
	if err := actor.Check(account.ErasePerson, ""); err != nil {
		return err
	}
	return o.erase(ctx, actor, id, byStaff)
}

func (o *Office) erase(ctx context.Context, actor account.Actor, id, why string) error {
	var who []account.Account
	var err error
	for range maxRounds {
		if _, _, err := o.Desk.Sweep(ctx); err != nil { // what is over by now need not be waited for
			o.Log.WarnContext(ctx, "what is over could not be marked so before an erasing", "err", err)
		}
		if err = o.cancelAll(ctx, id); err != nil {
			return err
		}
		err = o.store.Update(ctx, func(tx store.Tx) (err error) {
			who, err = o.eraseAll(tx, actor, id, why)
			return err
		})
		if fault.CodeOf(err) != "still_booked" {
			break
		}
	}
	if err != nil {
		return err
	}
	o.Notices.Wake()
	for _, a := range who {
		if err := o.finish(ctx, a.ID); err != nil { // the nightly job goes on where this ended
			o.Log.WarnContext(ctx, "an erased account left traces for now", "account", a.ID, "err", err)
		}
	}
	return nil
}

// cancelAll cancels what the person and their family have ahead of them, unless something blocks the erasing.
func (o *Office) cancelAll(ctx context.Context, id string) error {
	var who []account.Account
	var ahead []booking.Booking
	err := o.store.View(ctx, func(tx store.Tx) (err error) {
		who, ahead, err = o.ready(tx, id)
		return err
	})
	if err != nil {
		return err
	}
	reason := "账号已注销"
	if who[len(who)-1].Language == "en" {
		reason = "The account was erased"
	}
	for _, b := range ahead {
		_, err := o.Desk.Cancel(ctx, product, b.ID, reason)
		if err != nil && !fault.Is(err, fault.Gone) && !fault.Is(err, fault.NotFound) {
			return fmt.Errorf("cancel booking %s of an account to be erased: %w", b.ID, err)
		}
	}
	return nil
}

// ready returns the person and their family with the bookings they have ahead, or what blocks the erasing.
func (o *Office) ready(tx store.Tx, id string) (who []account.Account, ahead []booking.Booking, err error) {
	a, err := o.Accounts.Of(tx, id)
	if fault.Is(err, fault.NotFound) || err == nil && (a.ErasedAt != nil || a.Kind != account.Person) {
		return nil, nil, fault.New(fault.NotFound, "person_not_found", "There is no such person.")
	}
	if err != nil {
		return nil, nil, err
	}
	only, err := o.Accounts.OnlyAdministrator(tx, id)
	if err == nil && only {
		err = fault.New(fault.Conflict, "last_administrator", "Make somebody else an administrator first.")
	}
	if err != nil {
		return nil, nil, err
	}
	family, err := o.Accounts.FamilyOf(tx, id)
	if err != nil {
		return nil, nil, err
	}
	who = append(family, a)
	for _, one := range who {
		if err := o.blocked(tx, one); err != nil {
			return nil, nil, err
		}
		live, err := o.Desk.Ahead(tx, one.ID)
		if err != nil {
			return nil, nil, err
		}
		ahead = append(ahead, live...)
	}
	for _, b := range ahead {
		if b.Here() {
			return nil, nil, fault.New(fault.Conflict, "still_checked_in", "Somebody is still checked in; check out first.").
				With("booking", b.ID)
		}
	}
	return who, ahead, nil
}

func (o *Office) blocked(tx store.Tx, a account.Account) error {
	for _, p := range o.Parts {
		if p.Blocks == nil {
			continue
		}
		if err := p.Blocks(tx, a); err != nil {
			return err
		}
	}
	return nil
}

// eraseAll erases the person and their family in one transaction: all of them or none.
func (o *Office) eraseAll(tx store.Tx, actor account.Actor, id, why string) ([]account.Account, error) {
	who, _, err := o.ready(tx, id)
	if err != nil {
		return nil, err
	}
	for _, a := range who {
		if why == forUnused && a.ID == id && a.WarnedAt == nil {
			return nil, fault.New(fault.Conflict, "in_use", "This account is in use again.")
		}
		if err := o.eraseOne(tx, a); err != nil {
			return nil, fmt.Errorf("erase %s: %w", a.ID, err)
		}
		e := actor.Entry("privacy.erased", "account/"+a.ID)
		e.After = map[string]any{"why": why}
		if actor.ID != a.ID {
			e.OnBehalf = a.ID
		}
		if err := audit.Append(tx, o.now(), e); err != nil {
			return nil, err
		}
	}
	return who, nil
}

func (o *Office) eraseOne(tx store.Tx, a account.Account) error {
	if err := o.Desk.Forget(tx, a.ID); err != nil {
		return err
	}
	for _, p := range o.Parts {
		if p.Erase == nil {
			continue
		}
		if err := p.Erase(tx, a); err != nil {
			return fmt.Errorf("%s: %w", p.Name, err)
		}
	}
	if _, err := o.Accounts.Erase(tx, a.ID); err != nil {
		return err
	}
	if err := o.part(tx, a); err != nil {
		return err
	}
	return tx.Insert(erasings, erasing{ID: a.ID, At: o.now()})
}

// part forgets what waits to be sent to somebody and says goodbye.
func (o *Office) part(tx store.Tx, a account.Account) error {
	for _, address := range []string{a.Phone, a.Email} {
		if err := o.Notices.Forget(tx, address); err != nil {
			return err
		}
	}
	return o.Notices.Put(tx, notice.Notice{
		To: o.Notices.Reachable(a.Phone, a.Email), Language: cmp.Or(a.Language, "zh-CN"), Template: notice.AccountErased,
	})
}

// finish takes away what still leads to an erased account: the bookings that were its, and the looks at its data.
func (o *Office) finish(ctx context.Context, id string) error {
	if err := o.Desk.AnonymizeHolder(ctx, product, id); err != nil {
		return err
	}
	for n := looksBatch; n == looksBatch; {
		err := o.store.Update(ctx, func(tx store.Tx) (err error) {
			n, err = audit.ForgetLooksAt(tx, id, looksBatch)
			return err
		})
		if err != nil {
			return fmt.Errorf("forget the looks at %s: %w", id, err)
		}
	}
	err := o.store.Update(ctx, func(tx store.Tx) error { return tx.Delete(erasings, id) })
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	return err
}
