package booking_test

import (
	"context"
	"testing"

	"wenguan/models/booking"
	"wenguan/models/rule"
)

// "One study room a day, whichever it is; a hall beside it does not matter."
func TestALimitOnSpacesOfATypeLeavesOtherTypesAlone(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	v := premises("v")
	v.Rules.Limits = []rule.Limit{{Count: rule.Bookings, Max: 1, Within: rule.Within{Per: rule.ADay}, Scope: rule.OfType}}
	w.save(v)
	want := func(space string, hour int) booking.Request {
		return booking.Request{Venue: "v", Space: space, Start: w.at(today.Add(1), hour, 0), End: w.at(today.Add(1), hour+1, 0), Party: 1}
	}
	w.reserve(resident(1), want("r1", 9))
	_, err := w.desk.Reserve(ctx, resident(1), want("r2", 14))
	expectCode(t, err, "rule_bookings")
	w.reserve(resident(1), want("square", 14))
}
