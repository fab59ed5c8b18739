package civil

import (
	"fmt"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // the product carries the zones with it: a bare container has none

	"wenguan/models/fault"
)

var zones sync.Map // name -> *time.Location; only names that load get in, so it is bounded by the zone database

// Zone is the zone with this IANA name, such as "Asia/Shanghai". Repeated look-ups cost no parsing.
// "" and "Local" are refused: what they mean depends on the machine.
func Zone(name string) (*time.Location, error) {
	if z, ok := zones.Load(name); ok {
		return z.(*time.Location), nil
	}
	if name == "" || name == "Local" {
		return nil, fmt.Errorf("a time zone has an IANA name such as Asia/Shanghai")
	}
	z, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("no time zone is called that; use an IANA name such as Asia/Shanghai")
	}
	zones.Store(name, z)
	return z, nil
}

// resolve finds the first instant at which clocks in the zone show the wall clock, given in seconds as if it were UTC.
// If clocks never show it (it lies in a gap), the answer is the instant they jump over it, and shown is false.
//
// time.Date promises neither: it picks either of two in an ambiguous hour and either side of a gap.
func resolve(wall int64, zone *time.Location) (at time.Time, shown bool) {
	offset := func(unix int64) int64 {
		_, o := time.Unix(unix, 0).In(zone).Zone()
		return int64(o)
	}
	// Offsets lie within -12 h and +14 h, so a day before and a day after are on either side of any change in question.
	before, after := offset(wall-86400), offset(wall+86400)
	if early := wall - before; offset(early) == before {
		return time.Unix(early, 0).UTC(), true
	}
	if late := wall - after; offset(late) == after {
		return time.Unix(late, 0).UTC(), true
	}
	jump, _ := time.Unix(wall-before, 0).In(zone).ZoneBounds()
	return jump.UTC(), false
}

// At is the instant at which the date's clocks show the time: the first one if they show it twice, the end of the gap
// if they skip it. 24:00 is the next date's first instant.
func (d Date) At(t TimeOfDay, zone *time.Location) time.Time {
	at, _ := resolve(int64(d)*86400+int64(t)*60, zone)
	return at
}

// MinuteOf is the time of day in minutes elapsed since the date's first instant. It differs from t only on days when
// clocks change: in Berlin, 12:00 is minute 660 of 2026-03-29 and minute 780 of 2026-10-25.
func (d Date) MinuteOf(t TimeOfDay, zone *time.Location) int32 {
	return int32(d.At(t, zone).Sub(d.Start(zone)) / time.Minute)
}

// Instant is the moment so many elapsed minutes after the date's first instant.
func (d Date) Instant(minute int32, zone *time.Location) time.Time {
	return d.Start(zone).Add(time.Duration(minute) * time.Minute)
}

// TimeAt is what clocks show so many elapsed minutes after the date's first instant; at the date's end, 24:00.
func (d Date) TimeAt(minute int32, zone *time.Location) TimeOfDay {
	at := d.Instant(minute, zone)
	if DateOf(at, zone) > d {
		return DayEnd
	}
	return ClockOf(at, zone)
}

// ClockOf is the time of day that clocks in the zone show at the instant, cut to the minute.
func ClockOf(t time.Time, zone *time.Location) TimeOfDay {
	h, m, _ := t.In(zone).Clock()
	return TimeOfDay(h*60 + m)
}

// Elapsed is the instant as a date in the zone and the minutes elapsed since that date's first instant.
func Elapsed(t time.Time, zone *time.Location) (Date, int32) {
	d := DateOf(t, zone)
	return d, int32(t.Sub(d.Start(zone)) / time.Minute)
}

// ParseWall reads a moment as people and clients write it: "2026-11-25T09:00" by the clocks of the zone ("T24:00" is
// the end of the day; an hour that happens twice means its first), or RFC 3339 with an offset, which means the same
// anywhere. Moments are whole minutes. It returns fault.Invalid: "time_unreadable", or "time_in_gap" for a time that
// clocks skip that day, with the first time after the gap as parameter "next".
func ParseWall(s string, zone *time.Location) (time.Time, error) {
	unreadable := func() error {
		return fault.New(fault.Invalid, "time_unreadable", "Write the time like 2026-11-25T09:00, in whole minutes.")
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		if t.Second() != 0 || t.Nanosecond() != 0 {
			return time.Time{}, unreadable()
		}
		return t.UTC(), nil
	}
	day, clock, ok := strings.Cut(s, "T")
	if !ok {
		return time.Time{}, unreadable()
	}
	date, err := ParseDate(day)
	if err != nil {
		return time.Time{}, unreadable()
	}
	if hm, whole := strings.CutSuffix(clock, ":00"); whole && len(hm) == len("15:04") {
		clock = hm // seconds may be said if they are zero
	}
	tod, err := ParseTimeOfDay(clock)
	if err != nil {
		return time.Time{}, unreadable()
	}
	at, shown := resolve(int64(date)*86400+int64(tod)*60, zone)
	if !shown && tod != DayEnd {
		next := at.In(zone).Format("2006-01-02T15:04")
		return time.Time{}, fault.New(fault.Invalid, "time_in_gap",
			"Clocks skip that time on this day; the next time is %s.", next).With("next", next)
	}
	return at, nil
}
