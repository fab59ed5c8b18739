package booking

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"wenguan/models/account"
	"wenguan/models/fault"
	"wenguan/models/id"
	"wenguan/models/notice"
	"wenguan/models/rule"
	"wenguan/models/store"
)

// Appeal says that a strike is not right (申诉). Who broke a rule writes it, staff of the venue answer it, and the answer is
// kept.
type Appeal struct {
	ID        string             `bson:"_id" json:"id"`
	Violation string             `bson:"violation" json:"violation"`
	Kind      rule.ViolationKind `bson:"kind" json:"kind"`
	Happened  time.Time          `bson:"happened" json:"happened"`
	Booking   string             `bson:"booking,omitempty" json:"booking,omitempty"`
	Reason    string             `bson:"reason,omitempty" json:"reason,omitempty"` // of a strike that staff wrote down
	Holder    string             `bson:"holder" json:"-"`
	By        string             `bson:"by" json:"-"` // account id of who wrote it
	Venue     string             `bson:"venue" json:"venue"`
	Space     string             `bson:"space,omitempty" json:"space,omitempty"`
	Text      string             `bson:"text" json:"text"`
	Photo     string             `bson:"photo,omitempty" json:"photo,omitempty"` // its type
	State     AppealState        `bson:"state" json:"state"`
	At        time.Time          `bson:"at" json:"at"`
	Answer    *Answer            `bson:"answer,omitempty" json:"answer,omitempty"`
}

// Answer is what staff said to an appeal.
type Answer struct {
	Text string    `bson:"text" json:"text"`
	At   time.Time `bson:"at" json:"at"`
	By   string    `bson:"by" json:"-"` // account id
}

// AppealState says whether an appeal was answered.
type AppealState string

// The states.
const (
	AppealOpen    AppealState = "open"
	AppealGranted AppealState = "granted"
	AppealRefused AppealState = "refused"
)

// maxAppeal is how long an appeal and its answer may be, in characters.
const maxAppeal = 1000

// Appeal appeals a strike with a text of 1 to 1000 characters: of the actor, their family or an organization they book
// for. While it is open there is no other of the same strike. Faults: fault.NotFound "strike_not_found"; fault.Conflict
// "appeal_open", "appeals_many", "strike_not_active" with state; fault.Invalid "text_needed", "text_too_long".
func (d *Desk) Appeal(ctx context.Context, actor account.Actor, holder, violation, text string) (Appeal, error) {
	if holder == "" {
		holder = actor.ID
	}
	text, err := said(text)
	if err != nil {
		return Appeal{}, err
	}
	venue, err := d.ownViolation(ctx, actor, holder, violation)
	if err != nil {
		return Appeal{}, err
	}
	var made Appeal
	_, err = d.do(ctx, venue, func(w *work) (Booking, error) {
		made, err = w.appeal(actor, holder, violation, text)
		return Booking{}, err
	})
	return made, err
}

// ownViolation is where somebody whom the actor acts for broke a rule.
func (d *Desk) ownViolation(ctx context.Context, actor account.Actor, holder, violation string) (venue string, err error) {
	if err := actor.Check(account.BookForSelf, ""); err != nil {
		return "", err
	}
	if !actor.BooksFor(holder) {
		return "", strikeNotFound()
	}
	err = d.store.View(ctx, func(tx store.Tx) error {
		h, err := d.holderNow(tx, holder)
		if err != nil {
			return err
		}
		v := h.Past.violation(violation)
		if v == nil {
			return strikeNotFound()
		}
		venue = v.Venue
		return nil
	})
	return venue, err
}

func (w *work) appeal(actor account.Actor, holder, violation, text string) (Appeal, error) {
	h, v, err := w.violation(holder, violation)
	if err != nil {
		return Appeal{}, err
	}
	if err := w.appealable(h, v); err != nil {
		return Appeal{}, err
	}
	a := Appeal{
		ID: id.New(w.now), Violation: v.ID, Kind: v.Kind, Happened: v.At, Booking: v.Booking, Reason: v.Why, Holder: holder, By: actor.ID,
		Venue: v.Venue, Space: v.Space, Text: text, State: AppealOpen, At: w.now,
	}
	if err := w.tx.Insert(appeals, a); err != nil {
		return Appeal{}, err
	}
	p := h.history()
	p.Appealed, h.changed = append(p.Appealed, v.ID), true
	w.decided(actor, "appeal.made", h, v, nil, map[string]any{"appeal": a.ID})
	return a, nil
}

// appealable refuses an appeal of what counts for nothing, or a second one.
func (w *work) appealable(h *holder, v *violationOf) error {
	if h.Past.appealed(v.ID) {
		return fault.New(fault.Conflict, "appeal_open", "There is an appeal of this strike already; it waits for an answer.")
	}
	if len(h.Past.Appealed) >= maxAppealed {
		return fault.New(fault.Conflict, "appeals_many", "You have %d appeals that wait for an answer; that is as many as anybody can have.", maxAppealed).
			With("max", maxAppealed)
	}
	j, err := w.judged(h)
	if err != nil {
		return err
	}
	state := rule.StrikeState("")
	for i := range j.Strikes {
		if k := &j.Strikes[i]; k.Violation == v.ID {
			if state = k.State; state == rule.StrikeActive || state == rule.StrikeUsed {
				return nil
			}
		}
	}
	if state == "" {
		return strikeNotFound()
	}
	return fault.New(fault.Conflict, "strike_not_active", "This strike does not count now.").With("state", state)
}

// Verdict is a decision of staff about an appeal, with what they say to it: 1 to 1000 characters.
type Verdict struct {
	Grant bool
	Text  string
}

// Decide answers an appeal for good; granting it waives the strike in the same transaction. The person is told. Needs
// EditVenue at its venue. Faults: fault.NotFound "appeal_not_found"; fault.Conflict "appeal_answered"; fault.Invalid
// "text_needed", "text_too_long"; fault.Forbidden "own_standing".
func (d *Desk) Decide(ctx context.Context, actor account.Actor, appeal string, v Verdict) (Appeal, error) {
	text, err := said(v.Text)
	if err != nil {
		return Appeal{}, err
	}
	v.Text = text
	a, err := d.appealOf(ctx, appeal, func(a *Appeal) bool { return actor.Check(account.EditVenue, a.Venue) == nil })
	if err != nil {
		return Appeal{}, err
	}
	if a.By == actor.ID || actor.BooksFor(a.Holder) {
		return Appeal{}, ownStanding()
	}
	_, err = d.do(ctx, a.Venue, func(w *work) (Booking, error) {
		a, err = w.answer(actor, appeal, v)
		return Booking{}, err
	})
	return a, err
}

func (w *work) answer(actor account.Actor, appeal string, verdict Verdict) (Appeal, error) {
	a, err := loadAppeal(w.tx, appeal)
	if err != nil {
		return a, err
	}
	if a.State != AppealOpen {
		return a, fault.New(fault.Conflict, "appeal_answered", "This appeal was answered already.").With("state", a.State)
	}
	h, v, err := w.violation(a.Holder, a.Violation)
	if fault.CodeOf(err) == "strike_not_found" { // so old that nothing of it counts any more
		h, err = w.holder(a.Holder)
		v = &violationOf{violation: a.violation(), whose: Booking{Holder: a.Holder}}
	}
	if err != nil {
		return a, err
	}
	v.whose.Tell = a.By
	template := notice.AppealDismissed
	if a.State = AppealRefused; verdict.Grant {
		a.State, template = AppealGranted, notice.AppealGranted
		if err := w.waive(actor, h, v, verdict.Text, false); err != nil {
			return a, err
		}
	}
	a.Answer = &Answer{Text: verdict.Text, At: w.now, By: actor.ID}
	if err := w.tx.Replace(appeals, a); err != nil {
		return a, err
	}
	p := h.history()
	p.Appealed, h.changed = slices.DeleteFunc(p.Appealed, func(id string) bool { return id == a.Violation }), true
	w.decided(actor, "appeal.answered", h, v, map[string]any{"state": AppealOpen}, map[string]any{"state": a.State, "appeal": a.ID})
	w.news = append(w.news, news{template: template, whose: v.whose, venue: a.Venue, params: v.said(w, "reason", verdict.Text)})
	return a, nil
}

// violation is what the appeal says of its strike.
func (a *Appeal) violation() violation {
	return violation{Violation: rule.Violation{
		ID: a.Violation, Booking: a.Booking, Kind: a.Kind, At: a.Happened, Where: rule.Where{Venue: a.Venue, Space: a.Space},
	}}
}

// said is the text without space around it.
func said(text string) (string, error) {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return "", fault.New(fault.Invalid, "text_needed", "Say why.").On("text")
	case utf8.RuneCountInString(text) > maxAppeal:
		return "", fault.New(fault.Invalid, "text_too_long", "Use at most %d characters.", maxAppeal).On("text").With("max", maxAppeal)
	}
	return text, nil
}
