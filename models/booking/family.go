package booking

import (
	"context"

	"wenguan/models/account"
	"wenguan/models/store"
)

// RemoveFamily ends that the actor books for a family member: their account is erased, and the bookings they have had
// stay for the statistics without the person. fault.NotFound "family_not_found"; fault.Conflict "still_booked" while
// they have a booking ahead of them, which is cancelled first, "still_checked_in" while they
// are in.
func (d *Desk) RemoveFamily(ctx context.Context, actor account.Actor, member string) error {
	if err := d.catchUp(ctx, member); err != nil { // what is over by now need not be waited for
		return err
	}
	err := d.store.Update(ctx, func(tx store.Tx) error {
		a, err := d.Accounts.FamilyMember(tx, actor, member)
		if err != nil {
			return err
		}
		if err := d.Forget(tx, member); err != nil {
			return err
		}
		if _, err := d.Accounts.Erase(tx, member); err != nil {
			return err
		}
		return d.Accounts.RecordFamilyLeft(tx, actor, a)
	})
	if err != nil {
		return err
	}
	return d.AnonymizeHolder(ctx, account.Actor{System: true}, member)
}
