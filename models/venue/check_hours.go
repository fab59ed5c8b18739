package venue

import (
	"fmt"
	"slices"
	"time"

	"wenguan/models/civil"
)

const longestClosure = 10 * 366 * 24 * time.Hour

var dates = [2]civil.Date{civil.NewDate(2000, 1, 1), civil.NewDate(2200, 1, 1)} // what a typing error is not

func (c *checker) hours(v *Venue) {
	for day := range v.Hours {
		c.intervals(fmt.Sprintf("hours[%d]", day), v.Hours[day])
	}
	h := v.OnHoliday
	holidayRules := []HolidayRule{SameAsWeekday, ClosedThen, SpecialHours}
	if !slices.Contains(holidayRules, h.OnHoliday) {
		c.add("on_holiday.holiday", "unknown_value", "Choose what holidays do: %s.", list(holidayRules)).With("allowed", holidayRules)
	}
	makeUpRules := []HolidayRule{SameAsWeekday, AsWorkday}
	if !slices.Contains(makeUpRules, h.OnMakeUp) {
		c.add("on_holiday.make_up", "unknown_value", "Choose what make-up days do: %s.", list(makeUpRules)).With("allowed", makeUpRules)
	}
	c.intervals("on_holiday.holiday_hours", h.HolidayTime)
	if h.OnHoliday == SpecialHours && len(h.HolidayTime) == 0 {
		c.add("on_holiday.holiday_hours", "required", "Give the hours of holidays, or choose closed.")
	}
	c.special(v.Special)
}

// intervals checks the hours of one day. They may come in any order.
func (c *checker) intervals(field string, list []civil.Interval) {
	if len(list) > maxIntervals {
		c.add(field, "too_many", "A day has at most %d intervals.", maxIntervals).With("max", maxIntervals)
		return
	}
	for i, iv := range list {
		at := fmt.Sprintf("%s[%d]", field, i)
		switch {
		case iv.Start < 0 || iv.End > civil.DayEnd:
			c.add(at, "outside_day", "Hours lie between 00:00 and 24:00; what goes past midnight belongs to the next day.")
		case iv.Start >= iv.End:
			c.add(at+".end", "ends_before_start", "It must close after it opens.")
		default:
			for _, other := range list[:i] {
				if iv.Overlaps(other) {
					c.add(at, "hours_overlap", "%s-%s overlaps %s-%s; make them one or keep them apart.",
						iv.Start, iv.End, other.Start, other.End)
					break
				}
			}
		}
	}
}

func (c *checker) special(days []SpecialDay) {
	if len(days) > MaxSpecial {
		c.add("special", "too_many", "A venue has at most %d special days; remove past ones.", MaxSpecial).With("max", MaxSpecial)
		return
	}
	seen := make(map[civil.Date]bool, len(days))
	for i, d := range days {
		at := fmt.Sprintf("special[%d]", i)
		if d.Date < dates[0] || d.Date >= dates[1] {
			c.add(at+".date", "out_of_range", "Give a date of this century.")
		}
		if seen[d.Date] {
			c.add(at+".date", "not_unique", "%s is listed twice; remove one.", d.Date).With("date", d.Date.String())
		}
		seen[d.Date] = true
		c.intervals(at+".hours", d.Hours)
		c.text(at+".reason", d.Reason, 200, false)
	}
}

func (c *checker) closures(v *Venue) {
	if len(v.Closures) > MaxClosures {
		c.add("closures", "too_many", "A venue has at most %d closures; remove past ones.", MaxClosures).With("max", MaxClosures)
		return
	}
	seen := make(map[string]bool, len(v.Closures))
	for i, cl := range v.Closures {
		at := fmt.Sprintf("closures[%d]", i)
		c.partID(at+".id", cl.ID)
		if seen[cl.ID] {
			c.add(at+".id", "not_unique", "Another closure has this id; leave it empty for a new one.")
		}
		seen[cl.ID] = true
		c.text(at+".reason", cl.Reason, 200, false)
		c.closureTime(at, cl)
		for j, s := range cl.Spaces {
			field := fmt.Sprintf("%s.spaces[%d]", at, j)
			if _, ok := v.FindSpace(s); !ok {
				c.add(field, "unknown_space", "The venue has no space %s; correct the id or remove it.", s).With("space", s)
			} else if slices.Index(cl.Spaces, s) < j {
				c.add(field, "not_unique", "The space %s is listed twice; remove one.", s).With("space", s)
			}
		}
	}
}

func (c *checker) closureTime(at string, cl Closure) {
	whole := func(t time.Time) bool { return t.Equal(t.Truncate(time.Minute)) }
	switch {
	case cl.Start.Before(dates[0].Start(time.UTC)) || !cl.End.Before(dates[1].Start(time.UTC)):
		c.add(at+".start", "out_of_range", "Give times of this century.")
	case !whole(cl.Start):
		c.add(at+".start", "time_unreadable", "Give the time in whole minutes.")
	case !whole(cl.End):
		c.add(at+".end", "time_unreadable", "Give the time in whole minutes.")
	case !cl.End.After(cl.Start):
		c.add(at+".end", "ends_before_start", "A closure must end after it starts.")
	case cl.End.Sub(cl.Start) > longestClosure:
		c.add(at+".end", "too_long", "A closure lasts at most ten years; retire the venue instead.")
	}
}
