package privacy

import (
	"context"
	_ "embed"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"wenguan/models/account"
	"wenguan/models/audit"
	"wenguan/models/fault"
	"wenguan/models/store"
)

// Bounds of a text, in characters.
const (
	shortest = 50
	longest  = 20_000
	maxNote  = 200
)

// Text is one version of what people agree to. Its bodies are plain text of paragraphs between empty lines; a line that
// begins with "# " is a heading, one with "- " an item of a list.
type Text struct {
	Version int32     `bson:"v"`
	ZH      string    `bson:"zh"`
	EN      string    `bson:"en"`
	Changed string    `bson:"changed,omitempty"` // what is new in it, in a sentence
	MadeAt  time.Time `bson:"at,omitempty"`      // zero for the one that comes with the product
	MadeBy  string    `bson:"by,omitempty"`      // account id
}

// Draft is a text that is to become the next version.
type Draft struct {
	After   int32 // the version it was written from
	ZH, EN  string
	Changed string
}

var (
	//go:embed texts/1.zh-CN.txt
	firstZH string
	//go:embed texts/1.en.txt
	firstEN string
)

// first is the version that comes with the product.
func first() Text { return Text{Version: 1, ZH: firstZH, EN: firstEN} }

type storedText struct {
	ID   string `bson:"_id"`
	Text `bson:",inline"`
}

func textID(version int32) string { return fmt.Sprintf("%06d", version) }

// Current returns the text in force.
func (o *Office) Current(ctx context.Context) (Text, error) {
	var t Text
	err := o.store.View(ctx, func(tx store.Tx) (err error) {
		t, err = current(tx)
		return err
	})
	return t, err
}

func current(tx store.Tx) (Text, error) {
	list, err := store.All[storedText](tx, texts, store.Query{Desc: true, Limit: 1})
	if err != nil || len(list) == 0 {
		return first(), err
	}
	return list[0].Text, nil
}

// Version returns one version of the text; fault.NotFound "text_not_found".
func (o *Office) Version(ctx context.Context, version int32) (Text, error) {
	if version == 1 {
		return first(), nil
	}
	var t storedText
	err := o.store.View(ctx, func(tx store.Tx) error { return tx.Get(texts, textID(version), &t) })
	if fault.Is(err, fault.NotFound) {
		return Text{}, fault.New(fault.NotFound, "text_not_found", "There is no such version of the text.")
	}
	return t.Text, err
}

// Texts lists every version, newest first. Needs EditConsent.
func (o *Office) Texts(ctx context.Context, actor account.Actor) ([]Text, error) {
	if err := actor.Check(account.EditConsent, ""); err != nil {
		return nil, err
	}
	var list []Text
	err := o.store.View(ctx, func(tx store.Tx) error {
		stored, err := store.All[storedText](tx, texts, store.Query{Desc: true})
		list = nil
		for _, t := range stored {
			list = append(list, t.Text)
		}
		return err
	})
	return append(list, first()), err
}

// Write puts the next version of the text into force: from then on everybody is asked for consent again. Faults:
// "text_too_short" and "text_too_long" name the language, fault.Conflict "revision_changed" if somebody wrote one
// meanwhile. Needs EditConsent.
func (o *Office) Write(ctx context.Context, actor account.Actor, draft Draft) (Text, error) {
	if err := actor.Check(account.EditConsent, ""); err != nil {
		return Text{}, err
	}
	draft, err := draft.clean()
	if err != nil {
		return Text{}, err
	}
	var made Text
	err = o.store.Update(ctx, func(tx store.Tx) error {
		was, err := current(tx)
		if err != nil {
			return err
		}
		if was.Version != draft.After {
			return textChanged(was.Version)
		}
		made = Text{Version: was.Version + 1, ZH: draft.ZH, EN: draft.EN, Changed: draft.Changed, MadeAt: o.now(), MadeBy: actor.ID}
		if err := tx.Insert(texts, storedText{ID: textID(made.Version), Text: made}); err != nil {
			return err
		}
		e := actor.Entry("privacy.text_written", "privacy/"+textID(made.Version))
		e.Before, e.After = map[string]any{"version": was.Version}, map[string]any{"version": made.Version, "changed": made.Changed}
		return audit.Append(tx, o.now(), e)
	})
	if fault.CodeOf(err) == "duplicate_id" {
		return Text{}, textChanged(draft.After + 1)
	}
	return made, err
}

func textChanged(version int32) error {
	return fault.New(fault.Conflict, "revision_changed", "Someone else saved this meanwhile; load it again and repeat your change.").
		With("revision", version)
}

func (d Draft) clean() (Draft, error) {
	for field, body := range map[string]*string{"zh-CN": &d.ZH, "en": &d.EN} {
		*body = strings.TrimSpace(strings.ReplaceAll(*body, "\r\n", "\n"))
		if n := utf8.RuneCountInString(*body); n < shortest {
			return d, fault.New(fault.Invalid, "text_too_short", "Write at least %d characters.", shortest).On(field).With("min", shortest)
		} else if n > longest {
			return d, fault.New(fault.Invalid, "text_too_long", "Use at most %d characters.", longest).On(field).With("max", longest)
		}
	}
	if d.Changed = strings.TrimSpace(d.Changed); utf8.RuneCountInString(d.Changed) > maxNote {
		return d, fault.New(fault.Invalid, "text_too_long", "Use at most %d characters.", maxNote).On("changed").With("max", maxNote)
	}
	return d, nil
}
