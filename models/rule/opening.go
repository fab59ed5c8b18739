package rule

import (
	"time"

	"wenguan/models/civil"
)

// Opening says when a booking may be made.
type Opening struct {
	Opens          Mode             `bson:"opens,omitempty" json:"opens,omitempty"`                 // "" is Daily
	HorizonDays    int32            `bson:"horizon,omitempty" json:"horizon_days,omitempty"`        // Daily: for today and this many days more; Always: the last day is today + this, 0 no end
	HorizonMinutes int32            `bson:"horizon_min,omitempty" json:"horizon_minutes,omitempty"` // Always: at most this long ahead, to the minute
	HorizonToEnd   bool             `bson:"to_end,omitempty" json:"horizon_to_end,omitempty"`       // the horizon is measured to the booking's end, not its start
	ReleaseAt      civil.TimeOfDay  `bson:"release,omitempty" json:"release_at,omitempty"`          // Daily: a day becomes bookable at this time, HorizonDays before it
	Weekly         *Weekly          `bson:"weekly,omitempty" json:"weekly,omitempty"`               // Weekly: the window
	Monthly        *Monthly         `bson:"monthly,omitempty" json:"monthly,omitempty"`             // Monthly: the window
	BookingHours   []civil.Interval `bson:"taken,omitempty" json:"booking_hours,omitempty"`         // bookings are taken only at these times of a day; none: at any time
	BookingDays    Days             `bson:"days,omitempty" json:"booking_days,omitempty"`           // bookings are for these days only; none: for every day
	Notice         int32            `bson:"notice,omitempty" json:"notice,omitempty"`               // book at least this long before the start
	BookBy         *DayTime         `bson:"by,omitempty" json:"book_by,omitempty"`                  // and until this time of a day before it (inclusive)
	LateBooking    int32            `bson:"late,omitempty" json:"late_booking,omitempty"`           // book until this long after the start; 0: while its first step runs
	StopBefore     int32            `bson:"stop,omitempty" json:"stop_before_closing,omitempty"`    // booking for a day stops this long before the venue closes on it
}

// Mode is how booking opens.
type Mode string

// The modes.
const (
	Daily      Mode = "daily"  // each day at a time, for today or the next days
	Always     Mode = "always" // at any time, up to a horizon
	WeekWindow Mode = "weekly" // in a window of each week, for a following week

	MonthWindow Mode = "monthly" // in a window of each month, for a following month
)

// Modes are all modes.
func Modes() []Mode { return []Mode{Daily, Always, WeekWindow, MonthWindow} }

func (o *Opening) mode() Mode {
	if o.Opens == "" {
		return Daily
	}
	return o.Opens
}

// DayTime is a time of day, so many days before the day of a booking.
type DayTime struct {
	Days int32           `bson:"days,omitempty" json:"days,omitempty"` // 0: on the day itself
	At   civil.TimeOfDay `bson:"at" json:"at"`
}

// before is that moment for a booking on the date.
func (d *DayTime) before(p *Place, date civil.Date) time.Time {
	return (date - civil.Date(d.Days)).At(d.At, p.Zone)
}
