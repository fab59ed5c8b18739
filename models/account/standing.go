package account

import "slices"

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
