package rule_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"wenguan/models/civil"
	"wenguan/models/rule"
)

// Of a limit in rolling days, a request is refused if and only if some days in a row that hold it would have too many;
// and the day it names is the first that is allowed.
func TestRollingLimitsLookAtAllDaysInARow(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		w := plain()
		days, most := rapid.IntRange(1, 9).Draw(rt, "days"), rapid.IntRange(1, 4).Draw(rt, "most")
		w.book.Opening = rule.Opening{Opens: rule.Always}
		w.book.Limits = []rule.Limit{{Count: rule.Bookings, Max: int32(most), Within: rule.Within{Per: rule.Rolling, Days: int32(days)}}}
		w.ask.Place = rule.Open(at, shanghai, hours(0, 1440), nil)
		today := civil.NewDate(2026, 11, 25)
		per := map[civil.Date]int{}
		for i := range rapid.IntRange(0, 12).Draw(rt, "uses") {
			d := today + civil.Date(rapid.IntRange(-12, 12).Draw(rt, "day"))
			per[d]++
			w.history.Uses = append(w.history.Uses, rule.Use{Booking: fmt.Sprint(i), Where: at, Start: d.At(600, shanghai), End: d.At(660, shanghai), State: rule.UseOver})
		}
		tooMany := func(date civil.Date) bool {
			for from := date - civil.Date(days) + 1; from <= date; from++ {
				n := 0
				for d := from; d < from+civil.Date(days); d++ {
					n += per[d]
				}
				if n >= most {
					return true
				}
			}
			return false
		}
		w.ask.Span = civil.Span{Start: today.At(600, shanghai), End: today.At(660, shanghai)}
		err := w.check()
		if refused := err != nil; refused != tooMany(today) {
			rt.Fatalf("refused: %v", err)
		}
		if err == nil {
			return
		}
		next := civil.DateOf(err.Params["allowed_start"].(time.Time), shanghai)
		for d := today + 1; d < next; d++ {
			if !tooMany(d) {
				rt.Fatalf("%s is allowed before %s", d, next)
			}
		}
		if tooMany(next) {
			rt.Fatalf("%s is not allowed", next)
		}
	})
}

// Whatever a book says about opening: at the moment a refusal names, its rule no longer refuses, and a moment earlier it
// still does.
func TestBookingOpensAtTheMomentThatIsNamed(t *testing.T) {
	t.Parallel()
	zones := []string{"Asia/Shanghai", "Europe/Berlin", "America/St_Johns"}
	rapid.Check(t, func(rt *rapid.T) {
		zone, _ := civil.Zone(rapid.SampledFrom(zones).Draw(rt, "zone"))
		place := rule.Open(at, zone, hours(0, 1440), nil)
		clock := func(name string) civil.TimeOfDay { return civil.TimeOfDay(rapid.IntRange(0, 1439).Draw(rt, name)) }
		b := &rule.Book{Opening: rule.Opening{
			Opens: rapid.SampledFrom(rule.Modes()).Draw(rt, "mode"), HorizonDays: rapid.Int32Range(0, 9).Draw(rt, "days"), HorizonToEnd: rapid.Bool().Draw(rt, "to end"),
			ReleaseAt: clock("release"),
		}}
		switch b.Opens {
		case rule.Always:
			b.HorizonMinutes = rapid.Int32Range(0, 20000).Draw(rt, "minutes")
		case rule.WeekWindow:
			b.Weekly = &rule.Weekly{From: rule.Tue, At: clock("at"), Until: rule.Fri, Till: clock("till"), Ahead: new(rapid.Int32Range(0, 3).Draw(rt, "ahead"))}
		case rule.MonthWindow:
			b.Monthly = &rule.Monthly{From: rapid.Int32Range(1, 31).Draw(rt, "from day"), At: clock("at"), Ahead: new(rapid.Int32Range(0, 3).Draw(rt, "ahead"))}
			if rapid.Bool().Draw(rt, "closes") {
				b.Monthly.Until, b.Monthly.Till = 31, civil.DayEnd
			}
		}
		if rapid.Bool().Draw(rt, "booking hours") {
			from := rapid.IntRange(0, 1400).Draw(rt, "from")
			b.BookingHours = []civil.Interval{{Start: civil.TimeOfDay(from), End: civil.TimeOfDay(from + 30)}}
		}
		now := civil.NewDate(2026, 3, 20).At(clock("now"), zone)
		start := now.Add(time.Duration(rapid.IntRange(30, 60*24*30).Draw(rt, "start")) * time.Minute)
		span := civil.Span{Start: start, End: start.Add(time.Duration(rapid.IntRange(1, 3000).Draw(rt, "length")) * time.Minute)}
		err := b.Bookable(place, span, now)
		if err == nil {
			return
		}
		opens, ok := err.Params["allowed_at"].(time.Time)
		if !ok {
			return
		}
		if !opens.After(now) {
			rt.Fatalf("%s names %s, which is past at %s", err.Code, opens, now)
		}
		if again := b.Bookable(place, span, opens); again != nil && again.Code == err.Code {
			rt.Fatalf("%s at %s still refuses at %s: %v", err.Code, now, opens, again.Params)
		}
		if before := b.Bookable(place, span, opens.Add(-1)); before == nil || before.Code != err.Code {
			rt.Fatalf("%s at %s no longer refuses just before %s", err.Code, now, opens)
		}
	})
}
