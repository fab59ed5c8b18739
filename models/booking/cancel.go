package booking

import (
	"context"
	"strings"
	"unicode/utf8"

	"wenguan/models/account"
	"wenguan/models/notice"
)

// Cancel gives the place back, with a reason of at most 200 characters that may be empty. Cancelling again gives the
// same answer. Staff may undo what they made for somebody a moment ago without regard to the rest. Refusals: fault.Invalid
// "rule_cancel_before" with until (managers of the venue are not bound by it), fault.Gone "too_late", "booking_over",
// fault.Conflict "already_in".
func (d *Desk) Cancel(ctx context.Context, actor account.Actor, id, reason string) (Booking, error) {
	reason = strings.TrimSpace(reason)
	if utf8.RuneCountInString(reason) > maxText {
		return Booking{}, tooLong("reason")
	}
	return d.change(ctx, actor, id, func(w *work, b Booking) (Booking, error) {
		if b.State == Cancelled {
			return b, mayAct(actor, &b)
		}
		how := undo
		if !b.undoable(actor, w.now) {
			how = cancel
			if err := w.mayChange(actor, &b); err != nil {
				return b, err
			}
		}
		was := b
		b, err := b.after(how, w.now)
		if err != nil {
			return b, err
		}
		b.Reason = reason
		b.by(actor)
		w.tell(notice.BookingCancelled, b)
		w.audited(actor, "booking.cancelled", &was, &b)
		return w.put(b)
	})
}
