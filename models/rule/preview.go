package rule

import (
	"time"

	"wenguan/models/civil"
	"wenguan/models/fault"
)

// PreviewDay is one date of a preview.
type PreviewDay struct {
	Date   civil.Date    `json:"date"`
	Day    Day           `json:"day"`              // which sort of day it is to the rules
	Closed string        `json:"closed,omitempty"` // why the venue is closed
	WalkIn bool          `json:"walk_in,omitempty"`
	Opens  *time.Time    `json:"opens,omitempty"` // when booking of the first of its times opens, while that is to come
	Times  []PreviewTime `json:"times"`
}

// PreviewTime is one time of a date and what a resident without a history would be told who asks for it.
type PreviewTime struct {
	Start    time.Time    `json:"start"`
	End      time.Time    `json:"end"`
	Quota    int32        `json:"quota,omitempty"`
	Bookable bool         `json:"bookable"`
	Code     string       `json:"code,omitempty"` // of the refusal
	Params   fault.Params `json:"params,omitempty"`
}

// maxPreview bounds a preview.
const maxPreview = 62

// Preview is what a resident could book at the moment now, from a date on: for a manager who tries a book before it is in
// force. At most 62 days.
func Preview(b *Book, p *Place, from civil.Date, days int, now time.Time) []PreviewDay {
	out := make([]PreviewDay, 0, min(max(days, 0), maxPreview))
	for date := from; len(out) < cap(out); date++ {
		out = append(out, b.previewDay(p, date, now))
	}
	return out
}

func (b *Book) previewDay(p *Place, date civil.Date, now time.Time) PreviewDay {
	day := PreviewDay{Date: date, Day: p.dayOf(date), Times: []PreviewTime{}}
	day.Closed, day.WalkIn = b.day(p, date).Reason, b.WalkIn.Has(day.Day)
	for _, s := range b.Slots(p, date) {
		t := PreviewTime{Start: s.Start, End: s.End, Quota: s.Quota, Bookable: true}
		if err := b.Bookable(p, s.Span, now); err != nil {
			t.Bookable, t.Code, t.Params = false, err.Code, err.Params
		}
		if opens := b.OpensAt(p, s.Span); opens.After(now) && b.bookedOn(p, date) && (day.Opens == nil || opens.Before(*day.Opens)) {
			day.Opens = &opens
		}
		day.Times = append(day.Times, t)
	}
	return day
}
