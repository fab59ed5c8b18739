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
// same answer. Staff may undo what they made for somebody a moment ago without regard to the rest. Refusals are those of rule.CancelOf; managers of the venue are not bound by times and limits.
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
		given, err := w.giveUp(actor, book, &b)
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

// giveUp is what becomes of a booking that the actor gives up.
func (w *work) giveUp(actor account.Actor, book *rule.Book, b *Booking) (rule.Facts, error) {
	if b.undoable(actor, w.now) {
		return facts(rule.Undo(b.Facts, w.now))
	}
	h, err := w.holder(b.Holder)
	if err != nil {
		return b.Facts, err
	}
	return facts(rule.CancelOf(book, w.place.rules, b.Facts, &rule.History{Cancels: h.cancels()}, w.changing(actor, b)))
}
