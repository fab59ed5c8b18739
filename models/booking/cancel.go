package booking

import (
	"context"
	"strings"
	"unicode/utf8"

	"wenguan/models/account"
	"wenguan/models/notice"
	"wenguan/models/rule"
)

// Cancel gives the place back, with a reason of at most 200 characters that may be empty. Cancelling again gives the
// same answer. Refusals are those of rule.CancelOf; managers of the venue are not bound by times and limits.
func (d *Desk) Cancel(ctx context.Context, actor account.Actor, id, reason string) (Booking, error) {
	reason = strings.TrimSpace(reason)
	if utf8.RuneCountInString(reason) > maxText {
		return Booking{}, tooLong("reason")
	}
	return d.change(ctx, actor, id, func(w *work, b Booking) (Booking, error) {
		if b.State == Cancelled {
			return b, mayAct(actor, &b)
		}
		if err := mayAct(actor, &b); err != nil {
			return b, err
		}
		book, err := w.rulesOf(&b)
		if err != nil {
			return b, err
		}
		h, err := w.holder(b.Holder)
		if err != nil {
			return b, err
		}
		given, err := facts(rule.CancelOf(book, w.place.rules, b.Facts, &rule.History{Cancels: h.cancels()}, w.changing(actor, &b)))
		if err != nil {
			return b, err
		}
		was := b
		b = b.became(given)
		b.Reason = reason
		b.by(actor)
		w.tell(notice.BookingCancelled, b)
		w.audited(actor, "booking.cancelled", &was, &b)
		return w.put(b)
	})
}
