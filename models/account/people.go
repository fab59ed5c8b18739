package account

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"wenguan/models/audit"
	"wenguan/models/fault"
	"wenguan/models/id"
	"wenguan/models/store"
)

const (
	maxFound = 20  // people one search shows
	maxNote  = 100 // characters of a note
	oldest   = 130 // years
)

// Found is somebody as a search shows them: enough to tell them apart from others, not enough to reach them.
type Found struct {
	ID        string
	Kind      Kind
	Name      string // a person's is masked, an organization's is public
	Last4     string // of the phone number; "" without one
	BirthYear int32
	Guardian  string // of a family member: the guardian's masked name
}

// PersonDraft is what staff write down of somebody at the counter.
type PersonDraft struct {
	Name      string
	Phone     string   // "" for somebody without one
	BirthYear int32    // 0 where nobody asked
	Group     Group    // "" counts as residents
	Note      string   // what tells them apart or what they need, at most 100 characters; the person sees it too
	Consent   *Consent // what they have told staff; nil where nobody asked
	Key       string   // Idempotency-Key, "" for none: the same key of the same actor gives the same person again
}

// LookRequest says why staff look at somebody.
type LookRequest struct {
	Venue string // where they serve the person
	Why   string // "counter" or "booking"; the person reads it
}

// Find searches for people by the beginning of a name, by a whole phone number or e-mail address, by the last four
// digits of a number, or by both ("王 5678"). It returns at most 20, by name, and whether there are more. Somebody found
// by address brings their family. Needs FindPeople at the venue; the audit keeps that somebody searched, not for what, and
// once a minute: it is asked again with every letter typed.
func (d *Directory) Find(ctx context.Context, actor Actor, venue, typed string) (list []Found, more bool, err error) {
	if err := actor.Check(FindPeople, venue); err != nil {
		return nil, false, err
	}
	want, now := parseWanted(typed), d.now()
	this := strings.Join([]string{actor.ID, venue, want.by()}, "|")
	told := d.searches.recorded(this, now)
	run := d.store.Update
	if told {
		run = d.store.View
	}
	err = run(ctx, func(tx store.Tx) error {
		found, err := d.search(tx, want)
		if err != nil {
			return err
		}
		if more = len(found) > maxFound; more {
			found = found[:maxFound]
		}
		if list, err = d.showFound(tx, found); err != nil || told {
			return err
		}
		e := actor.Entry("person.searched", "venue/"+venue)
		e.Chain, e.After = venue, map[string]any{"by": want.by()}
		return audit.Append(tx, now, e)
	})
	if err == nil && !told {
		d.searches.record(this, now)
	}
	return list, more, err
}

// Person returns somebody in clear to staff who serve them, and records the look. Needs FindPeople at the venue;
// fault.NotFound "person_not_found", also for who was erased; fault.Invalid "why_unknown".
func (d *Directory) Person(ctx context.Context, actor Actor, id string, look LookRequest) (Account, error) {
	if err := actor.Check(FindPeople, look.Venue); err != nil {
		return Account{}, err
	}
	if look.Why != "counter" && look.Why != "booking" {
		return Account{}, fault.New(fault.Invalid, "why_unknown", "Say why: counter or booking.").On("why")
	}
	var found Account
	err := d.store.Update(ctx, func(tx store.Tx) (err error) {
		if found, err = d.Of(tx, id); fault.Is(err, fault.NotFound) || err == nil && found.ErasedAt != nil {
			return fault.New(fault.NotFound, "person_not_found", "There is no such person.")
		}
		if err != nil {
			return err
		}
		if err := d.seen(tx, &found); err != nil {
			return err
		}
		return d.Saw(tx, actor, audit.Look{Whose: id, Why: look.Why, What: "person", Venue: look.Venue})
	})
	return found, err
}

// Saw records in the transaction that reads it that the actor saw what is kept of somebody. A look at a family member is
// shown to the guardian, and so is kept as one at them. Nothing is recorded of the product itself, of an organization, of
// who is unknown, and of those who see their own.
func (d *Directory) Saw(tx store.Tx, actor Actor, look audit.Look) error {
	who, err := d.Of(tx, look.Whose)
	if actor.System || fault.Is(err, fault.NotFound) || who.Kind == Organization {
		return nil
	}
	if err != nil {
		return err
	}
	look.Whose, look.Who, look.Request = cmp.Or(who.Guardian, who.ID), actor.ID, actor.Request
	return audit.Saw(tx, d.now(), look)
}

// MakePerson makes an account for somebody at the counter, with or without a phone number. Faults name their field:
// "name_unusable", "address_unreadable" (phone), "birth_year_unlikely", "group_unknown", "text_too_long" (note). A number
// that somebody has is fault.Conflict "person_exists" with id, name, last4, birth_year and kind of that account, masked
// as Find masks them. Needs FindPeople at the venue.
func (d *Directory) MakePerson(ctx context.Context, actor Actor, venue string, draft PersonDraft) (Account, error) {
	if err := actor.Check(FindPeople, venue); err != nil {
		return Account{}, err
	}
	a, err := draft.account(d.now())
	if err != nil {
		return Account{}, err
	}
	var person Account
	err = d.store.Update(ctx, func(tx store.Tx) error {
		there, found, err := d.madeBefore(tx, actor, draft.Key)
		if found || err != nil {
			person = there
			return err
		}
		person = a
		return d.makePerson(tx, actor, venue, draft.Key, &person)
	})
	if err != nil {
		return Account{}, fmt.Errorf("make person: %w", err)
	}
	return person, nil
}

func (d *Directory) makePerson(tx store.Tx, actor Actor, venue, key string, a *Account) error {
	if a.Phone != "" {
		if there, err := d.byAddress(tx, Address(a.Phone)); err == nil {
			return personExists(there)
		} else if !fault.Is(err, fault.NotFound) {
			return err
		}
	}
	now := d.now()
	a.ID, a.CreatedAt, a.SeenAt = id.New(now), now, now
	if a.Consent != nil {
		a.Consent = &Consent{Version: a.Consent.Version, At: now, How: a.Consent.How}
	}
	if err := d.insert(tx, *a); err != nil {
		return err
	}
	if key != "" {
		made := making{ID: actor.ID + "|" + key, Account: a.ID, Expires: now.Add(24 * time.Hour)}
		if err := tx.Insert(makings, made); err != nil {
			return err
		}
	}
	e, after := actor.Entry("person.made", "account/"+a.ID), map[string]any{"phone": a.Phone != "", "group": a.Group}
	if a.Consent != nil {
		after["consent"], after["version"] = a.Consent.How, a.Consent.Version
	}
	e.Chain, e.OnBehalf, e.After = venue, a.ID, after
	return audit.Append(tx, now, e)
}

// making remembers whom a request made, for when its answer was lost on the way and it comes again.
type making struct {
	ID      string    `bson:"_id"` // the account of the staff, a bar, the key
	Account string    `bson:"account"`
	Expires time.Time `bson:"expires"`
}

func (d *Directory) madeBefore(tx store.Tx, actor Actor, key string) (a Account, found bool, err error) {
	var made making
	if key == "" {
		return a, false, nil
	}
	err = tx.Get(makings, actor.ID+"|"+key, &made)
	if fault.Is(err, fault.NotFound) {
		return a, false, nil
	}
	if err != nil {
		return a, false, err
	}
	a, err = d.Of(tx, made.Account)
	return a, true, err
}

// account checks what was written down.
func (p PersonDraft) account(now time.Time) (Account, error) {
	a := Account{Kind: Person, Name: p.Name, Phone: p.Phone, Group: p.Group, Note: strings.TrimSpace(p.Note), Consent: p.Consent}
	a, err := a.ready()
	if err != nil {
		return a, err
	}
	if a, err = a.bornIn(p.BirthYear, now); err != nil {
		return a, err
	}
	if utf8.RuneCountInString(a.Note) > maxNote {
		return a, fault.New(fault.Invalid, "text_too_long", "Use at most %d characters.", maxNote).On("note").With("max", maxNote)
	}
	if a.Language == "" {
		a.Language = "zh-CN"
	}
	return a, nil
}

func personExists(a Account) error {
	f := a.found()
	return fault.New(fault.Conflict, "person_exists", "Somebody has this phone number already.").On("phone").
		With("id", f.ID).With("name", f.Name).With("last4", f.Last4).With("birth_year", f.BirthYear).With("kind", f.Kind)
}
