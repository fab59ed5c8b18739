package venue

import (
	"slices"
	"time"

	"wenguan/models/civil"
	"wenguan/models/fault"
)

var hourHeadings = []heading{
	{"venue", "场馆编号", true}, {"day", "日期", true}, {"hours", "时间", true},
	{"reason", "原因", false}, {"reason_en", "英文原因", false},
}

var weekdays = map[string][]time.Weekday{
	"sunday": {time.Sunday}, "monday": {time.Monday}, "tuesday": {time.Tuesday}, "wednesday": {time.Wednesday},
	"thursday": {time.Thursday}, "friday": {time.Friday}, "saturday": {time.Saturday},
	"weekdays": {time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday},
	"weekend":  {time.Saturday, time.Sunday},
	"daily":    {time.Sunday, time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday},
}

// fillHours applies the venue's rows of hours.csv. If any row names a weekday, the rows are the whole week: days that
// none names are closed. Dated rows replace the special day of their date and leave others as they are.
func (d *draft) fillHours(rows []*row, faults *importFaults) {
	d.specialRows = make([]*row, len(d.venue.Special))
	var week civil.WeeklyHours
	var named [7]*row
	weekly := false
	for _, r := range rows {
		key := word(r.cell("day").text)
		if key == "holiday" || key == "make_up" {
			d.fillHoliday(key, r, faults)
			continue
		}
		hours, e := intervalsOf(r.cell("hours").text)
		if e != nil {
			faults.at(r.cell("hours"), e)
		}
		if date, err := civil.ParseDate(key); err == nil {
			d.fillSpecial(date, hours, r, faults)
			continue
		}
		days := daysOf(r.cell("day").text)
		if days == nil {
			faults.at(r.cell("day"), unreadable("Write a weekday (周一), weekdays, weekend, daily, a date like 2026-10-01, holiday or make_up."))
		}
		for _, wd := range days {
			weekly = true
			if named[wd] != nil {
				faults.at(r.cell("day"), fault.New(fault.Invalid, "not_unique",
					"Line %d gives the hours of %s already; put both in one row.", named[wd].line, wd))
				continue
			}
			named[wd], week[wd] = r, slices.Clone(hours)
		}
	}
	if weekly {
		d.venue.Hours, d.weekRows = week, named
	}
}

// daysOf reads one or several weekdays; nil if one of them cannot be read.
func daysOf(s string) []time.Weekday {
	var out []time.Weekday
	for _, p := range pieces(s) {
		days, ok := weekdays[word(p)]
		if !ok {
			return nil
		}
		out = append(out, days...)
	}
	return out
}

func (d *draft) fillHoliday(key string, r *row, faults *importFaults) {
	c := r.cell("hours")
	h := &d.venue.OnHoliday
	d.holidayRow = r
	if key == "make_up" {
		h.OnMakeUp = HolidayRule(word(c.text))
		return
	}
	h.HolidayTime = nil
	switch how := HolidayRule(word(c.text)); how {
	case SameAsWeekday, ClosedThen:
		h.OnHoliday = how
	default:
		hours, e := intervalsOf(c.text)
		if e != nil {
			faults.at(c, unreadable("Write the hours of holidays, closed (闭馆) or same (照常)."))
		}
		h.OnHoliday, h.HolidayTime = SpecialHours, hours
	}
}

func (d *draft) fillSpecial(date civil.Date, hours []civil.Interval, r *row, faults *importFaults) {
	day := SpecialDay{Date: date, Hours: hours, Reason: Text{ZH: r.cell("reason").text, EN: r.cell("reason_en").text}}
	n := slices.IndexFunc(d.venue.Special, func(s SpecialDay) bool { return s.Date == date })
	switch {
	case n < 0:
		d.venue.Special = append(d.venue.Special, day)
		d.specialRows = append(d.specialRows, r)
	case d.specialRows[n] != nil:
		faults.at(r.cell("day"), fault.New(fault.Invalid, "not_unique",
			"Line %d gives the hours of %s already; put both in one row.", d.specialRows[n].line, date))
	default:
		d.venue.Special[n], d.specialRows[n] = day, r
	}
}
