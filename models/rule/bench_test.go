package rule_test

import (
	"fmt"
	"testing"
	"time"

	"wenguan/models/rule"
)

// busy is the fullest book that can be obeyed, asked by somebody with a long history, and granted: every rule is asked.
func busy() *wish {
	w := plain()
	b := &w.book
	b.HorizonToEnd, b.Notice, b.StopBefore, b.BookingDays = true, 30, 30, rule.AllDays()
	b.PartyMin, b.PartyMax, b.PerDay, b.OneAtATime, b.NextAfter, b.CoolingOff = 1, 4, 3, true, rule.NextCheckIn, 30
	b.MinAge, b.ChildUnder, b.PurposeNeeded, b.Letter = 3, 11, true, &rule.Letter{Version: 1}
	b.Longest, b.Shortest = 240, 30
	for _, per := range []rule.Within{{Per: rule.ADay}, {Per: rule.AWeek}, {Per: rule.AMonth}, {Per: rule.Rolling, Days: 30}} {
		b.Limits = append(b.Limits, rule.Limit{Count: rule.Bookings, Max: 40, Within: per}, rule.Limit{Count: rule.Minutes, Max: 2400, Within: per, Scope: rule.InDistrict})
	}
	b.Limits = append(b.Limits, rule.Limit{Count: rule.Active, Max: 40})
	w.ask.Party, w.ask.Purpose, w.ask.Accepts = 2, "reading", 1
	w.ask.Holder.BirthYear, w.ask.Holder.Guardian = 2018, "mother"
	w.ask.With = []rule.Person{{ID: "mother", BirthYear: 1990}}
	for i := range 60 {
		day := w.now.AddDate(0, 0, -1-i)
		w.history.Uses = append(w.history.Uses, rule.Use{Booking: fmt.Sprint(i), Where: at, Start: day, End: day.Add(time.Hour), State: rule.UseOver})
	}
	end := w.now.Add(-time.Hour)
	w.history.Suspensions = []rule.Suspension{{Where: at, From: end.Add(-time.Hour), Until: &end}}
	return w
}

func BenchmarkCheckOfTheFullestBook(b *testing.B) {
	w := busy()
	if err := w.check(); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		_ = rule.Check(&w.book, w.ask, &w.history, w.now)
	}
}

func BenchmarkCheckOfTheTemplates(b *testing.B) {
	for _, tpl := range rule.Templates() {
		b.Run(tpl.ID, func(b *testing.B) {
			w := plain()
			w.ask.Holder = rule.Person{ID: "choir", Organization: true, Verified: true}
			w.ask.Named, w.ask.Accepts, w.ask.Party = true, 1, max(tpl.Book.PartyMin, 1)
			if tpl.Book.Times == rule.InSessions {
				w.from("2026-11-28 09:00", "2026-11-28 13:00")
				if tpl.ID == "community-reading-room" {
					w.from("2026-11-28 09:00", "2026-11-28 12:00")
				}
			}
			w.now = w.ask.Span.Start.Add(-time.Hour)
			if tpl.Book.Opens == rule.WeekWindow {
				w.from("2026-12-01 10:00", "2026-12-01 12:00")
				w.now = moment("2026-11-26 10:00")
			}
			w.use("2026-11-20 10:00", "2026-11-20 12:00", over)
			if err := rule.Check(&tpl.Book, w.ask, &w.history, w.now); err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				_ = rule.Check(&tpl.Book, w.ask, &w.history, w.now)
			}
		})
	}
}

func BenchmarkFoldOfFiftyViolations(b *testing.B) {
	book, _ := rule.NewFrom("university-library-seats")
	var r rule.Record
	for i := range 50 {
		r.Violations = append(r.Violations, rule.Violation{ID: fmt.Sprint(i), Kind: rule.NoShowed, At: moment("2026-01-05 10:00").AddDate(0, 0, 6*i), Where: at})
	}
	shelf := func(*rule.Violation) *rule.Book { return book }
	now := moment("2026-11-24 08:00")
	b.ReportAllocs()
	for b.Loop() {
		_ = rule.Fold(shelf, shanghai, &r, now)
	}
}
