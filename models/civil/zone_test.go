package civil_test

import (
	"testing"
	"time"

	"wenguan/models/civil"
	"wenguan/models/fault"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := civil.Zone(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func date(s string) civil.Date {
	d, err := civil.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func clock(s string) civil.TimeOfDay {
	t, err := civil.ParseTimeOfDay(s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestWallClockBecomesElapsedMinutesAndBack(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, zone, date, time string
		utc                    string
		minute                 int32
		back                   string // what clocks show at that minute, when it is not the time asked for
	}{
		{"an ordinary day counts from midnight", "Asia/Shanghai", "2026-11-25", "09:00", "2026-11-25T01:00:00Z", 540, ""},
		{"24:00 is the end of the day", "Asia/Shanghai", "2026-11-25", "24:00", "2026-11-25T16:00:00Z", 1440, ""},
		{"Berlin springs forward: before the gap", "Europe/Berlin", "2026-03-29", "01:59", "2026-03-29T00:59:00Z", 119, ""},
		{"Berlin springs forward: in the gap is its end", "Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:00:00Z", 120, "03:00"},
		{"Berlin springs forward: after the gap", "Europe/Berlin", "2026-03-29", "12:00", "2026-03-29T10:00:00Z", 660, ""},
		{"Berlin springs forward: the day has 23 hours", "Europe/Berlin", "2026-03-29", "24:00", "2026-03-29T22:00:00Z", 1380, ""},
		{"Berlin falls back: twice means the first", "Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30:00Z", 150, ""},
		{"Berlin falls back: after", "Europe/Berlin", "2026-10-25", "12:00", "2026-10-25T11:00:00Z", 780, ""},
		{"Berlin falls back: the day has 25 hours", "Europe/Berlin", "2026-10-25", "24:00", "2026-10-25T23:00:00Z", 1500, ""},
		{"Santiago skips midnight: the day starts at 01:00", "America/Santiago", "2026-09-06", "00:00", "2026-09-06T04:00:00Z", 0, "01:00"},
		{"Santiago skips midnight: 09:00 is eight hours in", "America/Santiago", "2026-09-06", "09:00", "2026-09-06T12:00:00Z", 480, ""},
		{"Santiago skips midnight: the day before ends at its midnight", "America/Santiago", "2026-09-05", "24:00", "2026-09-06T04:00:00Z", 1440, ""},
		{"Santiago repeats the last hour: the day has 25", "America/Santiago", "2026-04-04", "24:00", "2026-04-05T04:00:00Z", 1500, ""},
		{"Santiago repeats the last hour: twice means the first", "America/Santiago", "2026-04-04", "23:30", "2026-04-05T02:30:00Z", 1410, ""},
		{"Cairo skips midnight", "Africa/Cairo", "2026-04-24", "00:30", "2026-04-23T22:00:00Z", 0, "01:00"},
		{"Havana repeats the first hour: the day starts with the first", "America/Havana", "2026-11-01", "00:00", "2026-11-01T04:00:00Z", 0, ""},
		{"Havana repeats the first hour: after it", "America/Havana", "2026-11-01", "01:00", "2026-11-01T06:00:00Z", 120, ""},
		{"Azores repeat the first hour too, at the offset of UTC", "Atlantic/Azores", "2026-10-25", "00:00", "2026-10-25T00:00:00Z", 0, ""},
		{"Lord Howe moves by half an hour", "Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:30:00Z", 120, "02:30"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			z, d, tod := zone(t, c.zone), date(c.date), clock(c.time)
			if got := d.At(tod, z).Format(time.RFC3339); got != c.utc {
				t.Errorf("At = %s, want %s", got, c.utc)
			}
			minute := d.MinuteOf(tod, z)
			if minute != c.minute {
				t.Errorf("MinuteOf = %d, want %d", minute, c.minute)
			}
			back := c.back
			if back == "" {
				back = c.time
			}
			if got := d.TimeAt(minute, z).String(); got != back {
				t.Errorf("TimeAt(%d) = %s, want %s", minute, got, back)
			}
			if got := d.Instant(minute, z); !got.Equal(d.At(tod, z)) {
				t.Errorf("Instant(%d) = %s, want %s", minute, got, c.utc)
			}
		})
	}
}

// A date is what lies between its start and the next date's: checked against the library for every half hour.
func TestDatesPartitionTimeInEveryZone(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"Asia/Shanghai", "Europe/Berlin", "America/Santiago", "Africa/Cairo", "America/Havana", "Asia/Beirut",
		"Atlantic/Azores", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca", "Pacific/Apia", "America/New_York",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			z := zone(t, name)
			total := 0
			from, to := civil.NewDate(2026, 1, 1), civil.NewDate(2027, 1, 1)
			for d := from; d < to; d++ {
				start, minutes := d.Start(z), d.Minutes(z)
				total += minutes
				for m := 0; m < minutes; m += 30 {
					at := start.Add(time.Duration(m) * time.Minute)
					if got := civil.DateOf(at, z); got != d {
						t.Fatalf("minute %d of %s is on %s", m, d, got)
					}
					if gotDate, gotMinute := civil.Elapsed(at, z); gotDate != d || gotMinute != int32(m) {
						t.Fatalf("Elapsed(%s) = %s %d, want %s %d", at, gotDate, gotMinute, d, m)
					}
					tod := civil.ClockOf(at, z)
					if again := d.At(tod, z); civil.ClockOf(again, z) != tod || again.After(at) {
						t.Fatalf("%s %s is at %s, but also at %s", d, tod, again, at)
					}
				}
			}
			if want := int(to.Start(z).Sub(from.Start(z)) / time.Minute); total != want {
				t.Errorf("the year's dates have %d minutes, the year %d", total, want)
			}
		})
	}
}

func TestASkippedDateHasNoMinutes(t *testing.T) {
	t.Parallel()
	apia := zone(t, "Pacific/Apia") // went over the date line: there was no 2011-12-30
	if got := date("2011-12-30").Minutes(apia); got != 0 {
		t.Errorf("2011-12-30 has %d minutes in Apia", got)
	}
	if got := date("2011-12-31").Start(apia).Format(time.RFC3339); got != "2011-12-30T10:00:00Z" {
		t.Errorf("2011-12-31 starts at %s", got)
	}
}

func TestParseWall(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, zone, in, want, code string }{
		{"venue clocks", "Asia/Shanghai", "2026-11-25T09:00", "2026-11-25T01:00:00Z", ""},
		{"with seconds that are zero", "Asia/Shanghai", "2026-11-25T09:00:00", "2026-11-25T01:00:00Z", ""},
		{"end of the day", "Asia/Shanghai", "2026-11-25T24:00", "2026-11-25T16:00:00Z", ""},
		{"an offset means the same anywhere", "Asia/Shanghai", "2026-11-25T09:00:00+09:00", "2026-11-25T00:00:00Z", ""},
		{"UTC", "Europe/Berlin", "2026-11-25T09:00:00Z", "2026-11-25T09:00:00Z", ""},
		{"an offset inside a gap is a moment all the same", "Europe/Berlin", "2026-03-29T02:30:00+01:00", "2026-03-29T01:30:00Z", ""},
		{"the gap in Berlin", "Europe/Berlin", "2026-03-29T02:30", "", "time_in_gap"},
		{"the first minute of the gap", "Europe/Berlin", "2026-03-29T02:00", "", "time_in_gap"},
		{"the first minute after the gap", "Europe/Berlin", "2026-03-29T03:00", "2026-03-29T01:00:00Z", ""},
		{"the gap at midnight", "Africa/Cairo", "2026-04-24T00:00", "", "time_in_gap"},
		{"the end of the day before a midnight gap", "Africa/Cairo", "2026-04-23T24:00", "2026-04-23T22:00:00Z", ""},
		{"twice means the first", "Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30:00Z", ""},
		{"seconds are refused", "Asia/Shanghai", "2026-11-25T09:00:30", "", "time_unreadable"},
		{"seconds with an offset are refused", "Asia/Shanghai", "2026-11-25T09:00:30+08:00", "", "time_unreadable"},
		{"no such date", "Asia/Shanghai", "2026-02-30T09:00", "", "time_unreadable"},
		{"no such time", "Asia/Shanghai", "2026-11-25T25:00", "", "time_unreadable"},
		{"a date alone", "Asia/Shanghai", "2026-11-25", "", "time_unreadable"},
		{"a blank for the T", "Asia/Shanghai", "2026-11-25 09:00", "", "time_unreadable"},
		{"one digit", "Asia/Shanghai", "2026-11-25T9:00", "", "time_unreadable"},
		{"nothing", "Asia/Shanghai", "", "", "time_unreadable"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := civil.ParseWall(c.in, zone(t, c.zone))
			if fault.CodeOf(err) != c.code {
				t.Fatalf("error %v, want code %q", err, c.code)
			}
			if c.code == "" && got.Format(time.RFC3339) != c.want {
				t.Errorf("got %s, want %s", got.Format(time.RFC3339), c.want)
			}
		})
	}
}

func TestATimeInAGapIsToldTheNextOne(t *testing.T) {
	t.Parallel()
	_, err := civil.ParseWall("2026-03-29T02:30", zone(t, "Europe/Berlin"))
	want := "Clocks skip that time on this day; the next time is 2026-03-29T03:00."
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestZonesOfTheMachineAreRefused(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"", "Local", "Mars/Olympus", "../etc/passwd"} {
		if _, err := civil.Zone(name); err == nil {
			t.Errorf("%q is a zone", name)
		}
	}
}

func BenchmarkMinuteOf(b *testing.B) {
	z, _ := civil.Zone("Asia/Shanghai")
	d := civil.NewDate(2026, 11, 25)
	for b.Loop() {
		d.MinuteOf(540, z)
	}
}
