package account

import (
	"slices"
	"time"
)

// inForce reports whether the grant counts at this moment.
func (g Grant) inForce(now time.Time) bool { return g.Ends == nil || now.Before(*g.Ends) }

// grantsInForce are those that count at this moment.
func grantsInForce(grants []Grant, now time.Time) []Grant {
	return slices.DeleteFunc(slices.Clone(grants), func(g Grant) bool { return !g.inForce(now) })
}
