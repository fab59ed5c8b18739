package handlers

import (
	"time"

	"wenguan/models/civil"
	"wenguan/models/fault"
)

// local is the instant as clients see it: RFC 3339 with the venue's offset, so that its first 16 characters are the
// wall clock at the door.
func local(t time.Time, zone *time.Location) string { return t.In(zone).Format(time.RFC3339) }

func localOrNil(t *time.Time, zone *time.Location) *string {
	if t == nil {
		return nil
	}
	s := local(*t, zone)
	return &s
}

// localIf is local, or nil for the zero time.
func localIf(t time.Time, zone *time.Location) *string {
	if t.IsZero() {
		return nil
	}
	return localOrNil(&t, zone)
}

// dateOf reads a date parameter; an empty one is otherwise.
func dateOf(s, field string, otherwise civil.Date) (civil.Date, error) {
	if s == "" {
		return otherwise, nil
	}
	d, err := civil.ParseDate(s)
	if err != nil {
		return 0, fault.New(fault.Invalid, "invalid_date", "A date is written like 2026-11-24.").On(field)
	}
	return d, nil
}

func timeOf(s, field string) (civil.TimeOfDay, error) {
	t, err := civil.ParseTimeOfDay(s)
	if err != nil {
		return 0, fault.New(fault.Invalid, "invalid_time", "A time is written like 09:30.").On(field)
	}
	return t, nil
}
