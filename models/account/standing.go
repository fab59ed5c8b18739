package account

import (
	"context"
	"slices"

	"wenguan/models/fault"
	"wenguan/models/store"
)

// Own reports whether the holder is the actor or one of the actor's family.
func (a Actor) Own(holder string) bool {
	return a.ID != "" && holder != "" && (holder == a.ID || slices.Contains(a.Family, holder))
}

// BooksFor reports whether the actor may book for the holder without being staff, and move and cancel what they have:
// for themselves, their family, and the organizations in which they are at least a booker.
func (a Actor) BooksFor(holder string) bool { return a.Own(holder) || a.ActsFor(holder, Booker) }

// SeesOf reports whether the actor may see the holder's bookings without being staff: those they may book for, and
// those of the organizations they are a member of.
func (a Actor) SeesOf(holder string) bool { return a.Own(holder) || a.ActsFor(holder, PlainMember) }

// Acting is somebody an actor acts for.
type Acting struct {
	Account
	Role MemberRole // in an organization, "" for a family member
}

// ActsForAll lists whom the actor acts for: their family, then their organizations.
func (d *Directory) ActsForAll(ctx context.Context, actor Actor) ([]Acting, error) {
	var list []Acting
	if len(actor.Family)+len(actor.Members) == 0 {
		return list, nil
	}
	err := d.store.View(ctx, func(tx store.Tx) error {
		list = nil
		add := func(id string, role MemberRole) error {
			a, err := d.Of(tx, id)
			if fault.Is(err, fault.NotFound) || err == nil && a.ErasedAt != nil {
				return nil
			}
			list = append(list, Acting{a, role})
			return err
		}
		for _, member := range actor.Family {
			if err := add(member, ""); err != nil {
				return err
			}
		}
		for _, m := range actor.Members {
			if err := add(m.Organization, m.Role); err != nil {
				return err
			}
		}
		return nil
	})
	return list, err
}
