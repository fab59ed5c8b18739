package rule

import (
	"fmt"
	"slices"

	"wenguan/models/civil"
)

// UseTime is a time of some days at which places can be used: study rooms from 9:30 to 16:30 in a library that is open
// until 20:30.
type UseTime struct {
	Days           Days `bson:"days,omitempty" json:"days,omitempty"` // none: every day the venue is open for which there is no other time
	civil.Interval `bson:",inline"`
}

// day is when places under the book can be used on the date: while the venue is open, and at its use hours if it has any.
func (b *Book) day(p *Place, date civil.Date) OpenDay {
	day := p.Day(date)
	if len(b.UseHours) == 0 || len(day.Spans) == 0 {
		return day
	}
	narrow := OpenDay{}
	for _, use := range b.usable(p.dayOf(date)) {
		for _, open := range day.Hours {
			iv := civil.Interval{Start: max(use.Start, open.Start), End: min(use.End, open.End)}
			if s := (civil.Span{Start: date.At(iv.Start, p.Zone), End: date.At(iv.End, p.Zone)}); iv.Valid() && s.Start.Before(s.End) {
				narrow.Hours, narrow.Spans = append(narrow.Hours, iv), append(narrow.Spans, s)
			}
		}
	}
	if len(narrow.Spans) == 0 {
		narrow.Reason = "use_hours"
	}
	return narrow
}

// usable are the use hours of a sort of day, in order: those that name it, else those of every day.
func (b *Book) usable(day Day) []civil.Interval {
	var named, daily []civil.Interval
	for _, u := range b.UseHours {
		switch {
		case u.Days.Has(day):
			named = append(named, u.Interval)
		case len(u.Days) == 0:
			daily = append(daily, u.Interval)
		}
	}
	if len(named) > 0 {
		return civil.Normalize(named)
	}
	return civil.Normalize(daily)
}

// alike reports whether both are for some day, neither being replaced by the other on it.
func (u *UseTime) alike(o *UseTime) bool {
	return len(u.Days) == 0 && len(o.Days) == 0 || slices.ContainsFunc(u.Days, o.Days.Has)
}

func (c *checker) useHours() {
	c.idle(c.times() == InSessions && len(c.UseHours) > 0, "use_hours", "times free or days")
	if len(c.UseHours) > maxList {
		c.add("use_hours", "too_many", "Give at most %d.", maxList).With("max", maxList)
		return
	}
	for i := range c.UseHours {
		at := fmt.Sprintf("use_hours[%d]", i)
		set(c, at+".days", c.UseHours[i].Days, AllDays())
		if !c.interval(at, c.UseHours[i].Interval) {
			continue
		}
		for j := range c.UseHours[:i] {
			if u, o := &c.UseHours[i], &c.UseHours[j]; u.alike(o) && u.Overlaps(o.Interval) {
				c.add(at, "times_overlap", "%s-%s overlaps %s-%s; keep them apart.", u.Start, u.End, o.Start, o.End)
			}
		}
	}
}

// usableHours refuses use hours that lie outside the opening hours on all of their days.
func (c *checker) usableHours(p *Place) {
	for i, u := range c.UseHours {
		only := Book{Shape: Shape{UseHours: []UseTime{u}}}
		used := u.Days.Has(Holiday) // hours of holidays are not known here
		for date := sample; date < sample+7 && !used; date++ {
			used = len(only.day(p, date).Spans) > 0
		}
		if !used {
			c.add(fmt.Sprintf("use_hours[%d]", i), "use_outside_hours", "The venue is not open during %s-%s on any of these days.", u.Start, u.End).
				With("start", u.Start.String()).With("end", u.End.String())
		}
	}
}
