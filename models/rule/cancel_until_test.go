package rule_test

import (
	"testing"

	"wenguan/models/civil"
	"wenguan/models/rule"
)

// Who books at 13:30 for 18:00 and has to come within half an hour has lost the place at 14:00: nobody may be told that
// it can be given up until 17:30.
func TestNothingCanBeCancelledOrMovedOnceThePlaceIsLost(t *testing.T) {
	t.Parallel()
	w := plain()
	w.book.Opening = rule.Opening{}
	w.book.CheckInSameDay, w.book.CancelBefore, w.book.MoveBefore = 30, 30, 20
	w.now = moment("2026-11-25 13:30")
	w.ask.Span = civil.Span{Start: moment("2026-11-25 18:00"), End: moment("2026-11-25 20:00")}
	f := rule.Settle(&w.book, &w.ask, w.now)
	closes := moment("2026-11-25 14:00")
	if !f.Closes.Equal(closes) || f.CancelUntil.After(closes) || f.MoveUntil.After(closes) {
		t.Errorf("check-in closes %s, cancel until %s, move until %s", f.Closes, f.CancelUntil, f.MoveUntil)
	}
}
