package booking

import (
	"cmp"
	"fmt"
	"time"

	"wenguan/models/account"
	"wenguan/models/fault"
	"wenguan/models/notice"
	"wenguan/models/venue"
)

// letter is a notice about a booking that goes out if the transaction does.
type letter struct {
	template string
	booking  Booking
}

func (w *work) tell(template string, b Booking) {
	if w.Notices != nil && w.Accounts != nil {
		w.letters = append(w.letters, letter{template: template, booking: b})
	}
}

// reader is who is told of the booking: the holder; for a family member without an address the guardian; for an
// organization whoever booked for it. fault.NotFound if that account is gone.
func (w *work) reader(b *Booking) (account.Account, error) {
	to, err := w.account(cmp.Or(b.Tell, b.Holder))
	if err != nil || to.Guardian == "" || w.Notices.Reachable(to.Phone, to.Email) != "" {
		return to, err
	}
	return w.account(to.Guardian)
}

// send puts the letter into the outbox. Who is not in the directory, or has no address, is told nothing.
func (w *work) send(l letter) error {
	b := &l.booking
	to, err := w.reader(b)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read who is told of booking %s: %w", b.ID, err)
	}
	if l.template == notice.BookingConfirmed || l.template == notice.BookingMoved {
		if err := w.Accounts.Seen(w.tx, &to); err != nil { // served at a counter, they may never sign in
			return fmt.Errorf("note that %s is served: %w", to.ID, err)
		}
	}
	n := notice.Notice{
		To: w.Notices.Reachable(to.Phone, to.Email), Language: to.Language, Template: l.template, Expires: b.End.Add(24 * time.Hour),
		Params: map[string]string{
			"number": b.Number,
			"venue":  inLanguage(w.place.Name, to.Language),
			"space":  w.spaceName(b, to.Language),
			"start":  w.place.wall(b.Start),
			"end":    w.place.wall(b.End),
		},
	}
	if to.ID != b.Holder {
		n.Params["for"] = b.HolderName
	}
	if l.template == notice.BookingCancelled && b.Reason != "" {
		n.Params["reason"] = b.Reason
	}
	if l.template == notice.BookingReported && b.ReturnBy != nil {
		n.Params["until"] = b.ReturnBy.In(w.place.zone).Format("15:04")
	}
	if n.To == "" || !w.now.Before(n.Expires) {
		return nil
	}
	return w.Notices.Put(w.tx, n)
}

func (w *work) spaceName(b *Booking, language string) string {
	name := func(id string) string {
		if s := w.place.byID[id]; s != nil {
			return inLanguage(s.Name, language)
		}
		return id
	}
	if len(b.Assigned) == 1 {
		return name(b.Assigned[0])
	}
	return name(b.Space)
}

func inLanguage(t venue.Text, language string) string {
	if language == "en" && t.EN != "" {
		return t.EN
	}
	return t.ZH
}
