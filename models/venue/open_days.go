package venue

import (
	"cmp"

	"wenguan/models/civil"
)

// OpenDays are when a venue is open, without its closures.
type OpenDays struct {
	Hours     civil.WeeklyHours `json:"hours" doc:"Of Sunday to Saturday."`
	OnHoliday HolidayHours      `json:"on_holiday,omitzero"`
	Special   []SpecialDay      `json:"special" required:"false"`
}

// On is a copy of the venue with these days instead of its own, to try something on before they are saved; a fault.List
// with the paths of Check if no venue can have such days.
func (d *OpenDays) On(v *Venue) (*Venue, error) {
	tried := *v
	tried.Hours, tried.OnHoliday, tried.Special = d.Hours, d.OnHoliday, d.Special
	tried.OnHoliday.OnHoliday = cmp.Or(d.OnHoliday.OnHoliday, SameAsWeekday)
	tried.OnHoliday.OnMakeUp = cmp.Or(d.OnHoliday.OnMakeUp, SameAsWeekday)
	c := &checker{}
	c.hours(&tried)
	if len(c.faults) > 0 {
		return nil, c.faults.OrNil()
	}
	arrangeDays(&tried)
	return &tried, nil
}
