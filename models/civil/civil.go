// Package civil is the wall clock of a venue: dates, times of day, intervals, weekly hours and the public holiday
// calendar. It is pure: no clock, no store. All intervals are half-open [start, end).
package civil

import (
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// Date is a calendar date without a zone, counted in days since 1970-01-01. Its text form is "2026-11-24".
type Date int32

// NewDate makes a date; out-of-range months and days roll over as in time.Date.
func NewDate(year int, month time.Month, day int) Date {
	return Date(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// ParseDate reads "2006-01-02".
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("a date is written like 2026-11-24")
	}
	return Date(t.Unix() / 86400), nil
}

// DateOf is the date of the instant in the zone.
func DateOf(t time.Time, zone *time.Location) Date { return NewDate(t.In(zone).Date()) }

func (d Date) utc() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// String is the date as "2006-01-02".
func (d Date) String() string { return d.utc().Format(time.DateOnly) }

// Weekday of the date.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// Civil splits the date into year, month and day.
func (d Date) Civil() (int, time.Month, int) { return d.utc().Date() }

// Add moves the date by days.
func (d Date) Add(days int) Date { return d + Date(days) }

// MonthStart is the first day of the date's month; WeekStart is its Monday (ISO 8601).
func (d Date) MonthStart() Date { y, m, _ := d.Civil(); return NewDate(y, m, 1) }

// WeekStart is the Monday of the date's ISO 8601 week.
func (d Date) WeekStart() Date { return d - Date((int(d.Weekday())+6)%7) }

// Start is the first instant of the date in the zone (not always 00:00: some zones skip midnight).
func (d Date) Start(zone *time.Location) time.Time { return d.At(0, zone) }

// Minutes is the length of the date in the zone: 1440, or 1380 and 1500 where clocks change.
func (d Date) Minutes(zone *time.Location) int {
	return int(d.Add(1).Start(zone).Sub(d.Start(zone)) / time.Minute)
}

// MarshalText writes "2006-01-02".
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads "2006-01-02".
func (d *Date) UnmarshalText(b []byte) error {
	v, err := ParseDate(string(b))
	if err == nil {
		*d = v
	}
	return err
}

// MarshalBSONValue keeps dates readable and ordered in the store, as strings.
func (d Date) MarshalBSONValue() (byte, []byte, error) {
	t, b, err := bson.MarshalValue(d.String())
	return byte(t), b, err
}

// UnmarshalBSONValue reads what MarshalBSONValue wrote.
func (d *Date) UnmarshalBSONValue(t byte, b []byte) error {
	s, ok := bson.RawValue{Type: bson.Type(t), Value: b}.StringValueOK()
	if !ok {
		return fmt.Errorf("a date is stored as a string")
	}
	return d.UnmarshalText([]byte(s))
}

// TimeOfDay is a wall-clock time in minutes after midnight, 0 to 1440 ("00:00" to "24:00").
type TimeOfDay int32

// ParseTimeOfDay reads "15:04"; "24:00" is the end of the day.
func ParseTimeOfDay(s string) (TimeOfDay, error) {
	if s == "24:00" {
		return 1440, nil
	}
	t, err := time.Parse("15:04", s)
	if err != nil || len(s) != 5 {
		return 0, fmt.Errorf("a time is written like 09:30")
	}
	return TimeOfDay(t.Hour()*60 + t.Minute()), nil
}

// String is the time as "15:04".
func (t TimeOfDay) String() string { return fmt.Sprintf("%02d:%02d", int(t)/60, int(t)%60) }

// MarshalText writes "15:04".
func (t TimeOfDay) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads "15:04".
func (t *TimeOfDay) UnmarshalText(b []byte) error {
	v, err := ParseTimeOfDay(string(b))
	if err == nil {
		*t = v
	}
	return err
}

// Interval is a half-open span of one day.
type Interval struct {
	Start TimeOfDay `bson:"s" json:"start"`
	End   TimeOfDay `bson:"e" json:"end"`
}

// WeeklyHours are the intervals of each weekday, indexed by time.Weekday (Sunday is 0); an empty day is closed.
type WeeklyHours [7][]Interval
