package booking

import (
	"fmt"
	"time"

	"wenguan/models/fault"
	"wenguan/models/notice"
	"wenguan/models/venue"
)

// letter is a notice to a booking's holder that goes out if the transaction does.
type letter struct {
	template string
	booking  Booking
}

func (w *work) tell(template string, b Booking) {
	if w.Notices != nil && w.Accounts != nil {
		w.letters = append(w.letters, letter{template: template, booking: b})
	}
}

// send puts the letter into the outbox. A holder who is not in the directory, or has no address, is told nothing.
func (w *work) send(l letter) error {
	b := &l.booking
	to, err := w.Accounts.Of(w.tx, b.Holder)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the holder of booking %s: %w", b.ID, err)
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
	if l.template == notice.BookingCancelled && b.Reason != "" {
		n.Params["reason"] = b.Reason
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
