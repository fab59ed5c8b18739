package booking

import (
	"context"

	"wenguan/models/account"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/notice"
	"wenguan/models/rule"
)

// StepOut begins a temporary leave (暂离): the place is kept for a while. Whoever may act for the holder, or staff who may
// check in at the venue. Repeated, it changes nothing. Refusals are those of rule.Leave.
func (d *Desk) StepOut(ctx context.Context, actor account.Actor, id string) (Booking, error) {
	return d.attend(ctx, actor, id, "booking.left", leaves)
}

// Return ends a leave, or answers a report. Who may StepOut may Return. Refusals are those of rule.Return.
func (d *Desk) Return(ctx context.Context, actor account.Actor, id string) (Booking, error) {
	return d.attend(ctx, actor, id, "booking.returned", returns)
}

// Arrive is the holder's own check-in, by means such as the code of the seat. Repeated, it changes nothing. Refusals are
// those of rule.CheckIn.
func (d *Desk) Arrive(ctx context.Context, actor account.Actor, id string, means rule.Means) (Booking, error) {
	return d.attend(ctx, actor, id, "booking.checked_in", func(w *work, book *rule.Book, b *Booking, act rule.Act) (rule.Facts, error) {
		act.Means = means
		if len(book.CheckInBy) == 0 && means == rule.ByPhone {
			return b.Facts, refuse("rule_check_in_by", "Check in at the door, or with the code of your place.").
				With("allowed", []rule.Means{rule.ByPass, rule.ByNumber, rule.BySeatCode})
		}
		return facts(rule.CheckIn(book, w.place.rules, b.Facts, act))
	})
}

// Release gives a place to others at nobody's fault. Staff who may check in at the venue. Refusals are those of
// rule.Release.
func (d *Desk) Release(ctx context.Context, actor account.Actor, id string) (Booking, error) {
	return d.attend(ctx, actor, id, "booking.released", func(_ *work, _ *rule.Book, b *Booking, act rule.Act) (rule.Facts, error) {
		return facts(rule.Release(b.Facts, act))
	})
}

// Report says that somebody's place is empty (监督); the holder is told and has so many minutes to return. Whoever may act
// on the booking; all others stand at the place and say it there, by AtSpot. Refusals are those of rule.Report.
func (d *Desk) Report(ctx context.Context, actor account.Actor, id string) (Booking, error) {
	return d.attend(ctx, actor, id, "booking.reported", reports)
}

// reports is rule.Report, and the notice of it.
func reports(w *work, book *rule.Book, b *Booking, act rule.Act) (rule.Facts, error) {
	next, err := facts(rule.Report(book, w.place.rules, b.Facts, act))
	if err == nil && next.State == Reported && b.State != Reported {
		told := *b
		told.Facts = next
		w.tell(notice.BookingReported, told)
	}
	return next, err
}

// attendance is a verb of package rule on a booking within a transaction.
type attendance func(w *work, book *rule.Book, b *Booking, act rule.Act) (rule.Facts, error)

func (d *Desk) attend(ctx context.Context, actor account.Actor, id, action string, do attendance) (Booking, error) {
	return d.change(ctx, actor, id, func(w *work, b Booking) (Booking, error) {
		if mayAct(actor, &b) != nil {
			if err := actor.Check(account.CheckIn, b.Venue); err != nil {
				return b, err
			}
		}
		return w.attend(actor, id, action, do)
	})
}

// attend does what the clock asked for first, keeps what changed and records it.
func (w *work) attend(actor account.Actor, id, action string, do attendance) (Booking, error) {
	b, err := w.booking(id)
	if err != nil {
		return b, err
	}
	if b, err = w.expire(b); err != nil {
		return b, err
	}
	book, err := w.rulesOf(&b)
	if err != nil {
		return b, err
	}
	next, err := do(w, book, &b, w.act(actor, &b, ""))
	if err != nil {
		return b, err
	}
	now := b.became(next)
	if now.State == b.State { // repeated
		return b, nil
	}
	w.audited(actor, action, &b, &now)
	return w.put(now)
}

// leavesElsewhere is how many leaves the holder has begun today in other bookings here.
func (w *work) leavesElsewhere(book *rule.Book, b *Booking) (n int32, err error) {
	if book.LeavesPerDay == 0 {
		return 0, nil
	}
	today := civil.DateOf(w.now, w.place.zone)
	h, err := w.holder(b.Holder)
	if err != nil {
		return 0, err
	}
	for _, u := range h.Uses {
		if u.Booking == b.ID || u.Venue != b.Venue || civil.DateOf(u.Start, w.place.zone) != today {
			continue
		}
		other, err := w.booking(u.Booking)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return 0, err
		}
		for _, at := range other.Leaves {
			if civil.DateOf(at, w.place.zone) == today {
				n++
			}
		}
	}
	return n, nil
}

// facts is what a verb of package rule gives, with a refusal as a plain error.
func facts(f rule.Facts, refused *fault.Error) (rule.Facts, error) {
	if refused != nil {
		return f, refused
	}
	return f, nil
}
