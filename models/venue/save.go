package venue

import (
	"context"
	"fmt"
	"slices"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/account"
	"wenguan/models/fault"
	"wenguan/models/id"
	"wenguan/models/store"
)

// Save stores the venue and returns it as stored; v itself is not changed. Revision 0 creates (an empty ID is given
// one), any other revision must be the one stored. What Save does by itself: texts are trimmed, hours, special days and
// closures put in order, a closure without an id is given one, atoms that no space uses are dropped, and the rule book
// gets the next version if it changed. Photos are not added or removed here: known ids may come in another order, ids
// left out stay, at the end.
//
// It returns fault.Invalid (a fault.List with the path of each field), fault.Conflict ("venue_exists",
// "revision_changed", and what the guard says), fault.NotFound ("venue_not_found") or what account.Actor.Check says.
func (c *Catalog) Save(ctx context.Context, actor account.Actor, v *Venue) (*Venue, error) {
	do := account.EditVenue
	if v.Revision == 0 {
		do = account.CreateVenue
	}
	if err := actor.Check(do, v.ID); err != nil {
		return nil, err
	}
	want, err := c.prepare(v)
	if err != nil {
		return nil, err
	}
	var saved *record
	err = c.update(ctx, func(tx store.Tx) error {
		old, err := c.previous(tx, want)
		if err != nil {
			return err
		}
		added := 0
		if old == nil {
			added = 1
		}
		seq, err := nextHead(tx, added)
		if err != nil {
			return err
		}
		saved, err = c.write(tx, actor, old, want, seq)
		return err
	})
	if err != nil {
		return nil, err
	}
	return &saved.Venue, nil
}

// prepare is a copy of the venue in canonical form, validated.
func (c *Catalog) prepare(v *Venue) (*Venue, error) {
	want, err := clone(v)
	if err != nil {
		return nil, err
	}
	now := c.now()
	if want.ID == "" && want.Revision == 0 {
		want.ID = id.New(now)
	}
	for i := range want.Closures {
		if want.Closures[i].ID == "" {
			want.Closures[i].ID = id.New(now)
		}
	}
	trimAll(want)
	if err := Check(want).OrNil(); err != nil {
		return nil, err
	}
	arrange(want)
	return want, nil
}

// previous is the stored record that want replaces, nil if want is new.
func (c *Catalog) previous(tx store.Tx, want *Venue) (*record, error) {
	old, err := readRecord(tx, want.ID)
	switch {
	case want.Revision == 0 && fault.Is(err, fault.NotFound):
		return nil, nil
	case err != nil:
		return nil, err
	case want.Revision == 0:
		return nil, exists()
	case want.Revision < old.Content || want.Revision > old.Revision:
		return nil, fault.New(fault.Conflict, "revision_changed",
			"Someone else saved this venue meanwhile; load it again and repeat your change.").With("revision", old.Revision)
	}
	return old, nil
}

// write stores want as the next version of old (nil: the first) and keeps its rule book if that is new.
func (c *Catalog) write(tx store.Tx, actor account.Actor, old *record, want *Venue, seq int64) (*record, error) {
	next := &record{Venue: *want, Seq: seq}
	next.UpdatedAt = c.now()
	next.Photos = nil
	next.Revision = 1
	var was *Venue
	var last int32
	if old != nil {
		next.Revision = old.Revision + 1
		next.Photos = inOrder(old.Photos, want.Photos)
		was, last = &old.Venue, max(old.Rulings, old.Rules.Version)
	}
	next.Content = next.Revision
	var fresh []*Rules
	fresh, next.Rulings = number(was, &next.Venue, last)
	if old != nil && c.guard != nil {
		if err := c.guard(tx, &old.Venue, &next.Venue); err != nil {
			return nil, err
		}
	}
	if err := put(tx, old == nil, next); err != nil {
		return nil, err
	}
	if err := audited(tx, actor, old, next); err != nil {
		return nil, err
	}
	for _, b := range fresh {
		kept := ruleVersion{
			ID: ruleVersionID(next.ID, b.Version), Venue: next.ID, Version: b.Version, Rules: *b, By: actor.ID, At: next.UpdatedAt,
		}
		if err := tx.Insert(ruleVersions, kept); err != nil {
			return nil, fmt.Errorf("keep rules %s: %w", kept.ID, err)
		}
	}
	return next, nil
}

// put writes the record; of two who create the same venue the second gets "venue_exists".
func put(tx store.Tx, created bool, r *record) error {
	if !created {
		if err := tx.Replace(venues, r); err != nil {
			return fmt.Errorf("save venue %s: %w", r.ID, err)
		}
		return nil
	}
	err := tx.Insert(venues, r)
	if fault.Is(err, fault.Conflict) {
		return exists()
	}
	if err != nil {
		return fmt.Errorf("create venue %s: %w", r.ID, err)
	}
	return nil
}

func exists() error {
	return fault.New(fault.Conflict, "venue_exists", "There is a venue with this id already; choose another id.").On("id")
}

// inOrder is the stored photos in the wanted order; those not mentioned follow.
func inOrder(stored, wanted []string) []string {
	var out []string
	for _, p := range wanted {
		if slices.Contains(stored, p) && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	for _, p := range stored {
		if !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// clone is a deep copy.
func clone(v *Venue) (*Venue, error) {
	raw, err := bson.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("copy venue: %w", err)
	}
	var out Venue
	if err := bson.Unmarshal(raw, &out); err != nil {
		return nil, fmt.Errorf("copy venue: %w", err)
	}
	return &out, nil
}
