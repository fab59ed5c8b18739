package booking

import (
	"context"
	"errors"
	"fmt"
	"time"

	"wenguan/models/account"
	"wenguan/models/audit"
	"wenguan/models/fault"
	"wenguan/models/picture"
	"wenguan/models/rule"
	"wenguan/models/store"
)

const (
	appeals      = "appeals"
	appealPhotos = "appeal_photos" // by id of the appeal

	byAppellant = "holder"
	byState     = "state"
	byAt        = "at"
)

// Limits of the photo of an appeal.
const (
	MaxPhotoBytes  = 5 << 20
	maxPhotoStored = 10 << 20 // written anew it may be larger than it came
)

// appealPhoto is the photo of an appeal.
type appealPhoto struct {
	ID   string    `bson:"_id"`
	At   time.Time `bson:"at"` // of the appeal
	Data []byte    `bson:"data"`
}

func appealNotFound() error {
	return fault.New(fault.NotFound, "appeal_not_found", "There is no such appeal.")
}

func loadAppeal(tx store.Tx, id string) (a Appeal, err error) {
	if err = tx.Get(appeals, id, &a); fault.Is(err, fault.NotFound) {
		return a, appealNotFound()
	}
	return a, err
}

// appealOf is the appeal for who may have it; for others there is none.
func (d *Desk) appealOf(ctx context.Context, id string, may func(*Appeal) bool) (a Appeal, err error) {
	err = d.store.View(ctx, func(tx store.Tx) error {
		a, err = loadAppeal(tx, id)
		return err
	})
	if err == nil && !may(&a) {
		err = appealNotFound()
	}
	return a, err
}

// Appeals lists the appeals of a holder, "" for the actor, the latest first: to whoever books for them. fault.Forbidden
// "for_not_permitted".
func (d *Desk) Appeals(ctx context.Context, actor account.Actor, holder string, limit int, after string) (list []Appeal, next string, err error) {
	if err := actor.Check(account.BookForSelf, ""); err != nil {
		return nil, "", err
	}
	if holder == "" {
		holder = actor.ID
	}
	if !actor.BooksFor(holder) {
		return nil, "", notTheirs()
	}
	q := store.Query{Index: byAppellant, Equal: []any{holder}, Desc: true, Limit: limited(limit), After: after}
	err = d.store.View(ctx, func(tx store.Tx) error {
		list, next, err = store.Page[Appeal](tx, appeals, q)
		return err
	})
	return list, next, err
}

// AppealsAt lists the appeals at a venue that are in a state: the open ones in the order they came, others the latest
// first. Needs EditVenue there; of each appeal it is recorded that staff read it.
func (d *Desk) AppealsAt(
	ctx context.Context, actor account.Actor, venue string, state AppealState, limit int, after string,
) (list []Appeal, next string, err error) {
	if err := actor.Check(account.EditVenue, venue); err != nil {
		return nil, "", err
	}
	q := store.Query{Index: byState, Equal: []any{venue, string(state)}, Desc: state != AppealOpen, Limit: limited(limit), After: after}
	err = d.store.Update(ctx, func(tx store.Tx) error {
		if list, next, err = store.Page[Appeal](tx, appeals, q); err != nil {
			return err
		}
		for i := range list {
			if err := d.sawAppeal(tx, actor, &list[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return list, next, err
}

// sawAppeal records that staff read an appeal, or saw its photo: a look at who wrote it.
func (d *Desk) sawAppeal(tx store.Tx, actor account.Actor, a *Appeal) error {
	return d.Accounts.Saw(tx, actor, audit.Look{Whose: a.By, Why: "appeal", What: "appeal/" + a.ID, Venue: a.Venue})
}

// AddPhoto gives an open appeal its photo, or another one: JPEG, PNG or WebP of at most 5 MB. Only what is seen on it is
// kept. Whoever may appeal for the holder may. Faults: fault.NotFound "appeal_not_found"; fault.Conflict
// "appeal_answered"; fault.Invalid "photo_type", "photo_broken", "photo_large".
func (d *Desk) AddPhoto(ctx context.Context, actor account.Actor, appeal string, data []byte) error {
	if len(data) > MaxPhotoBytes {
		return photoLarge()
	}
	if _, err := d.appealOf(ctx, appeal, func(a *Appeal) bool { return actor.BooksFor(a.Holder) }); err != nil {
		return err
	}
	kind, stored, err := d.redraw(ctx, data)
	if err != nil {
		return err
	}
	return d.store.Update(ctx, func(tx store.Tx) error {
		a, err := loadAppeal(tx, appeal)
		if err != nil {
			return err
		}
		if a.State != AppealOpen {
			return fault.New(fault.Conflict, "appeal_answered", "This appeal was answered already.").With("state", a.State)
		}
		photo, had := appealPhoto{ID: a.ID, At: a.At, Data: stored}, a.Photo != ""
		a.Photo = kind
		if err := tx.Replace(appeals, a); err != nil {
			return fmt.Errorf("write appeal %s: %w", a.ID, err)
		}
		if err := tellOfPhoto(tx, d.now(), actor, &a, had); err != nil {
			return err
		}
		if had {
			return tx.Replace(appealPhotos, photo)
		}
		return tx.Insert(appealPhotos, photo)
	})
}

// tellOfPhoto records that an appeal got a photo, or another one.
func tellOfPhoto(tx store.Tx, now time.Time, actor account.Actor, a *Appeal, another bool) error {
	e := actor.Entry("appeal.photo_added", "appeal/"+a.ID)
	e.Chain, e.After = a.Venue, map[string]any{"another": another}
	if a.Holder != actor.ID {
		e.OnBehalf = a.Holder
	}
	return audit.Append(tx, now, e)
}

// redraw reads a photo. It takes much memory for a moment, so one at a time has it.
func (d *Desk) redraw(ctx context.Context, data []byte) (kind string, stored []byte, err error) {
	select {
	case d.photos <- struct{}{}:
		defer func() { <-d.photos }()
	case <-ctx.Done():
		return "", nil, context.Cause(ctx)
	}
	kind, stored, err = picture.Redraw(data, maxPhotoStored)
	switch {
	case errors.Is(err, picture.ErrType):
		err = fault.New(fault.Invalid, "photo_type", "Use a JPEG, PNG or WebP picture.")
	case errors.Is(err, picture.ErrLarge):
		err = photoLarge()
	case err != nil:
		err = fault.New(fault.Invalid, "photo_broken", "This photo is damaged; take another one.")
	}
	return kind, stored, err
}

func photoLarge() error {
	return fault.New(fault.Invalid, "photo_large", "A photo has at most 5 MB and 24 million pixels; save it smaller.").With("max", MaxPhotoBytes)
}

// Photo is the photo of an appeal with its type: for whoever may appeal for the holder, and for those who answer it, of
// whom it is recorded that they looked. fault.NotFound "appeal_not_found" to all others, "photo_not_found".
func (d *Desk) Photo(ctx context.Context, actor account.Actor, appeal string) (kind string, data []byte, err error) {
	open := func(tx store.Tx) error {
		a, err := loadAppeal(tx, appeal)
		own := actor.BooksFor(a.Holder)
		switch {
		case err != nil:
			return err
		case !own && actor.Check(account.EditVenue, a.Venue) != nil:
			return appealNotFound()
		case a.Photo == "":
			return fault.New(fault.NotFound, "photo_not_found", "There is no photo.")
		}
		var photo appealPhoto
		if err := tx.Get(appealPhotos, a.ID, &photo); err != nil {
			return err
		}
		kind, data = a.Photo, photo.Data
		if own {
			return nil
		}
		return d.sawAppeal(tx, actor, &a)
	}
	read := d.store.View
	if actor.Check(account.EditVenue, "") == nil {
		read = d.store.Update
	}
	err = read(ctx, open)
	return kind, data, err
}

// ForgetAppeals deletes the appeals of before the moment with their photos; it returns how many. The moment must be so
// long ago that nobody waits for an answer. Needs RunJobs.
func (d *Desk) ForgetAppeals(ctx context.Context, actor account.Actor, before time.Time) (int, error) {
	if err := actor.Check(account.RunJobs, ""); err != nil {
		return 0, err
	}
	n, err := store.DeleteBefore(ctx, d.store, appeals, byAt, before)
	if err == nil {
		_, err = store.DeleteBefore(ctx, d.store, appealPhotos, byAt, before)
	}
	return n, err
}

// forgetAppeals deletes within a transaction what somebody appealed, with the photos.
func forgetAppeals(tx store.Tx, holder string) error {
	list, err := store.All[Appeal](tx, appeals, store.Query{Index: byAppellant, Equal: []any{holder}})
	if err != nil {
		return fmt.Errorf("read the appeals of %s: %w", holder, err)
	}
	for _, a := range list {
		if err := tx.Delete(appeals, a.ID); err != nil {
			return fmt.Errorf("forget appeal %s: %w", a.ID, err)
		}
		if a.Photo == "" {
			continue
		}
		if err := tx.Delete(appealPhotos, a.ID); err != nil {
			return fmt.Errorf("forget the photo of appeal %s: %w", a.ID, err)
		}
	}
	return nil
}

// StandingCopy is what is kept of somebody's standing, as they get a copy of it.
type StandingCopy struct {
	Violations []ViolationCopy `json:"violations"`
	Appeals    []Appeal        `json:"appeals"`
}

// ViolationCopy is a violation that is kept.
type ViolationCopy struct {
	ID      string             `json:"id"`
	Booking string             `json:"booking,omitempty"`
	Kind    rule.ViolationKind `json:"kind"`
	At      time.Time          `json:"at"`
	Where   rule.Where         `json:"where"`
	Reason  string             `json:"reason,omitempty"`
	Pardons []string           `json:"pardons,omitempty"` // why staff took it back
}

// StandingCopy collects within a transaction all that is kept of somebody's standing; nil for nothing.
func (d *Desk) StandingCopy(tx store.Tx, holder string) (*StandingCopy, error) {
	h, err := d.holderNow(tx, holder)
	if err != nil {
		return nil, err
	}
	list, err := store.All[Appeal](tx, appeals, store.Query{Index: byAppellant, Equal: []any{holder}})
	if err != nil || h.Past == nil && len(list) == 0 {
		return nil, err
	}
	out := &StandingCopy{Violations: []ViolationCopy{}, Appeals: append([]Appeal{}, list...)}
	if h.Past == nil {
		return out, nil
	}
	for _, v := range h.Past.Violations {
		one := ViolationCopy{ID: v.ID, Booking: v.Booking, Kind: v.Kind, At: v.At, Where: v.Where, Reason: v.Why}
		for _, p := range h.Past.Pardons {
			if p.Violation == v.ID {
				one.Pardons = append(one.Pardons, p.Why)
			}
		}
		out.Violations = append(out.Violations, one)
	}
	return out, nil
}
