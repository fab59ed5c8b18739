package rule_test

import (
	"fmt"
	"testing"
	"time"

	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/rule"
)

func TestWhenABookingMayBeMade(t *testing.T) {
	t.Parallel()
	always := func(w *wish) { w.book.Opening = rule.Opening{Opens: rule.Always} }
	runCases(t, []checkCase{
		{name: "a plain wish is granted", change: func(*wish) {}},
		{name: "past", change: func(w *wish) { w.from("2026-11-24 07:00", "2026-11-24 08:00") }, code: "in_past", field: "start"},
		{name: "the step that is running", change: func(w *wish) { w.now = moment("2026-11-25 10:29") }},
		{name: "the step after it began", change: func(w *wish) { w.now = moment("2026-11-25 10:30") }, code: "in_past", field: "start"},
		{name: "nobody who books inside could check in", change: func(w *wish) { w.now, w.book.CheckInAfter = moment("2026-11-25 10:01"), 0 }, code: "in_past", field: "start"},
		{name: "late booking goes on", change: func(w *wish) { w.now, w.book.LateBooking = moment("2026-11-25 11:00"), 60 }},
		{name: "and ends", change: func(w *wish) { w.now, w.book.LateBooking = moment("2026-11-25 11:01"), 60 }, code: "rule_late_booking", field: "start",
			params: fault.Params{"minutes": int32(60), "until": moment("2026-11-25 11:00")}},
		{name: "check-in closes before the start", change: func(w *wish) { w.now, w.book.CheckInAfter = moment("2026-11-25 09:50"), -10 }, code: "in_past", field: "start"},
		{name: "beyond the horizon", change: func(w *wish) { w.from("2026-12-02 10:00", "2026-12-02 12:00") }, code: "rule_horizon", field: "start",
			params: fault.Params{"days": 7, "last": "2026-12-01", "allowed_at": moment("2026-11-25 00:00")}},
		{name: "the horizon is measured to the end", change: func(w *wish) {
			w.book.HorizonToEnd, w.book.HorizonDays, w.book.Longest = true, 1, 2880
			w.from("2026-11-25 10:00", "2026-11-26 12:00")
		}, code: "rule_horizon", field: "end", params: fault.Params{"allowed_at": moment("2026-11-25 00:00")}},
		{name: "what ends at midnight ends on the day before", change: func(w *wish) {
			w.book.HorizonToEnd, w.book.HorizonDays = true, 1
			w.ask.Place = rule.Open(at, shanghai, hours(0, 1440), nil)
			w.from("2026-11-25 22:00", "2026-11-26 00:00")
		}},
		{name: "always has no horizon", change: func(w *wish) { always(w); w.from("2029-12-05 10:00", "2029-12-05 12:00") }},
		{name: "always up to a last day", change: func(w *wish) { always(w); w.book.HorizonDays = 1; w.from("2026-11-26 10:00", "2026-11-26 12:00") },
			code: "rule_horizon", field: "start", params: fault.Params{"allowed_at": moment("2026-11-25 00:00"), "last": "2026-11-25"}},
		{name: "always up to so many minutes", change: func(w *wish) { always(w); w.book.HorizonMinutes = 24 * 60 },
			code: "rule_horizon", field: "start", params: fault.Params{"minutes": int32(1440), "allowed_at": moment("2026-11-24 10:00")}},
		{name: "to the minute", change: func(w *wish) { always(w); w.book.HorizonMinutes = 26 * 60 }},
		{name: "measured to the end", change: func(w *wish) { always(w); w.book.HorizonMinutes, w.book.HorizonToEnd = 26*60, true },
			code: "rule_horizon", field: "end", params: fault.Params{"allowed_at": moment("2026-11-24 10:00")}},
		{name: "a weekly window two weeks ahead", change: func(w *wish) {
			w.book.Opening = rule.Opening{Opens: rule.WeekWindow, Weekly: &rule.Weekly{From: rule.Mon, At: 480, Until: rule.Tue, Till: 720, Ahead: new(int32(2))}}
			w.from("2026-12-09 10:00", "2026-12-09 12:00")
		}},
		{name: "a weekly window of the same week", change: func(w *wish) {
			w.book.Opening = rule.Opening{Opens: rule.WeekWindow, Weekly: &rule.Weekly{From: rule.Mon, At: 480, Until: rule.Tue, Till: 720, Ahead: new(int32(0))}}
		}},
		{name: "another week than the open one", change: func(w *wish) {
			w.book.Opening = rule.Opening{Opens: rule.WeekWindow, Weekly: &rule.Weekly{From: rule.Mon, At: 480, Until: rule.Tue, Till: 720}}
		}, code: "rule_weekly", field: "start", params: fault.Params{"opens": moment("2026-11-16 08:00"), "allowed_start": moment("2026-11-30 00:00")}},
		{name: "a booking over the end of a week is in no window where the end counts", change: func(w *wish) {
			w.book.Opening = rule.Opening{Opens: rule.WeekWindow, HorizonToEnd: true, Weekly: &rule.Weekly{From: rule.Mon, Until: rule.Sun, Till: 1440}}
			w.ask.Place = rule.Open(at, shanghai, hours(0, 1440), nil)
			w.from("2026-12-06 22:00", "2026-12-07 02:00")
		}, code: "rule_week_end", field: "end", params: fault.Params{"until": moment("2026-12-07 00:00"), "allowed_at": nil}},
		{name: "until the end of the week", change: func(w *wish) {
			w.now = moment("2026-11-25 08:00")
			w.book.Opening = rule.Opening{Opens: rule.WeekWindow, HorizonToEnd: true, Weekly: &rule.Weekly{From: rule.Mon, Until: rule.Sun, Till: 1440}}
			w.ask.Place = rule.Open(at, shanghai, hours(0, 1440), nil)
			w.from("2026-12-06 22:00", "2026-12-07 00:00")
		}},
		{name: "the next booking day is named", change: func(w *wish) { w.book.BookingDays = rule.Days{rule.Thu} }, code: "rule_booking_days", field: "start",
			params: fault.Params{"allowed_start": moment("2026-11-26 00:00")}},
		{name: "booking hours", change: func(w *wish) { w.book.BookingHours = []civil.Interval{{Start: 540, End: 660}, {Start: 600, End: 720}} },
			code: "rule_booking_hours", field: "start", params: fault.Params{"allowed_at": moment("2026-11-24 09:00")}},
		{name: "after the last booking hour of the day", change: func(w *wish) { w.book.BookingHours = []civil.Interval{{Start: 420, End: 480}} },
			code: "rule_booking_hours", field: "start", params: fault.Params{"allowed_at": moment("2026-11-25 07:00")}},
		{name: "in booking hours", change: func(w *wish) { w.book.BookingHours = []civil.Interval{{Start: 480, End: 481}} }},
		{name: "not a booking day", change: func(w *wish) { w.book.BookingDays = rule.Days{rule.Sat} }, code: "rule_booking_days", field: "start",
			params: fault.Params{"walk_in": false, "allowed_start": moment("2026-11-28 00:00")}},
		{name: "too short notice", change: func(w *wish) { w.book.Notice = 27 * 60 }, code: "rule_notice", field: "start",
			params: fault.Params{"minutes": int32(1620), "allowed_start": moment("2026-11-25 11:00")}},
		{name: "long enough notice", change: func(w *wish) { w.book.Notice = 26 * 60 }},
		{name: "booked by the evening before", change: func(w *wish) { w.book.BookBy = &rule.DayTime{Days: 1, At: 480} }},
		{name: "not after it", change: func(w *wish) { w.book.BookBy = &rule.DayTime{Days: 1, At: 479} }, code: "rule_book_by", field: "start",
			params: fault.Params{"until": moment("2026-11-24 07:59"), "allowed_start": moment("2026-11-26 00:00")}},
		{name: "by a time three days before", change: func(w *wish) { w.book.BookBy = &rule.DayTime{Days: 3, At: 1200} }, code: "rule_book_by", field: "start",
			params: fault.Params{"until": moment("2026-11-22 20:00"), "allowed_start": moment("2026-11-27 00:00")}},
		{name: "booking stops before closing", change: func(w *wish) { w.book.StopBefore, w.book.Notice = 600, 0; w.now = moment("2026-11-25 10:00") },
			code: "rule_stop", field: "start", params: fault.Params{"stopped": moment("2026-11-25 10:00")}},
		{name: "not yet", change: func(w *wish) { w.book.StopBefore = 600; w.now = moment("2026-11-25 09:59") }},
		{name: "closed by a closure", change: func(w *wish) { w.ask.Closure = &rule.Closure{From: w.now, To: w.now.Add(time.Hour)} }, code: "in_closure", field: "start"},
		{name: "not booked by itself", change: func(w *wish) { w.ask.Space.Unlisted = true }, code: "space_not_bookable", field: "space"},
	})
}

func TestWhatShapeABookingHas(t *testing.T) {
	t.Parallel()
	sessions := func(w *wish) {
		w.book.Shape = rule.Shape{Times: rule.InSessions, Sessions: []rule.Session{
			{Start: 13 * 60, End: 15 * 60, Days: rule.Days{rule.Sat}}, {Start: 10 * 60, End: 12 * 60, Quota: 10}, {Start: 18 * 60, End: 22 * 60},
		}}
	}
	days := func(w *wish) {
		w.book.Shape = rule.Shape{Times: rule.WholeDays, Longest: 2 * 1440}
		w.from("2026-11-25 08:00", "2026-11-25 20:00")
	}
	open := []civil.Interval{{Start: 480, End: 1200}}
	runCases(t, []checkCase{
		{name: "too short", change: func(w *wish) { w.book.Shortest = 150 }, code: "rule_shortest", field: "end", params: fault.Params{"minutes": int32(150), "mine": int64(120)}},
		{name: "backwards", change: func(w *wish) { w.from("2026-11-25 12:00", "2026-11-25 10:00") }, code: "rule_shortest", field: "end"},
		{name: "too long", change: func(w *wish) { w.book.Longest = 90 }, code: "rule_longest", field: "end", params: fault.Params{"minutes": int32(90), "mine": int64(120)}},
		{name: "longer than a year", change: func(w *wish) { w.from("2026-11-25 10:00", "2028-11-25 10:00") }, code: "rule_longest", field: "end"},
		{name: "a start between steps", change: func(w *wish) { w.from("2026-11-25 10:10", "2026-11-25 12:00") }, code: "rule_step", field: "start", params: fault.Params{"minutes": int32(30)}},
		{name: "an end between steps", change: func(w *wish) { w.from("2026-11-25 10:00", "2026-11-25 12:10") }, code: "rule_step", field: "end"},
		{name: "before opening", change: func(w *wish) { w.from("2026-11-25 07:00", "2026-11-25 09:00") }, code: "outside_hours", field: "start", params: fault.Params{"open": open}},
		{name: "a closed day", change: func(w *wish) { w.from("2026-11-29 10:00", "2026-11-29 12:00") }, code: "closed_day", field: "start", params: fault.Params{"reason": "weekly"}},
		{name: "overnight where days are allowed", change: func(w *wish) { w.from("2026-11-25 19:00", "2026-11-26 09:00") }},
		{name: "not overnight where hours are", change: func(w *wish) { w.book.Longest = 1380; w.from("2026-11-25 19:00", "2026-11-26 09:00") }, code: "outside_hours", field: "start"},
		{name: "nobody", change: func(w *wish) { w.ask.Party = 0 }, code: "rule_party", field: "party", params: fault.Params{"max": int32(40)}},
		{name: "more than the space takes", change: func(w *wish) { w.ask.Party = 41 }, code: "rule_party", field: "party", params: fault.Params{"max": int32(40), "mine": int32(41)}},
		{name: "more than the book takes", change: func(w *wish) { w.book.PartyMax, w.ask.Party = 4, 5 }, code: "rule_party", field: "party", params: fault.Params{"max": int32(4)}},
		{name: "fewer than the book wants", change: func(w *wish) { w.book.PartyMin, w.ask.Party = 4, 3 }, code: "rule_party", field: "party", params: fault.Params{"min": int32(4)}},
		{name: "two spaces take twice as many", change: func(w *wish) { w.book.SpacesMax, w.ask.Spaces, w.ask.Party = 2, 2, 80 }},
		{name: "too many spaces", change: func(w *wish) { w.ask.Spaces = 2 }, code: "rule_spaces", field: "space", params: fault.Params{"max": int32(1), "mine": int32(2)}},
		{name: "seats are given out", change: func(w *wish) { w.book.Assignment, w.ask.Chosen = rule.Automatic, true }, code: "rule_automatic", field: "space"},
		{name: "seats are chosen", change: func(w *wish) { w.book.Assignment, w.ask.Space.Group = rule.Chosen, true }, code: "rule_choose", field: "space"},
		{name: "any seat of a group", change: func(w *wish) { w.ask.Space.Group = true }},
		{name: "any seat where seats are given out", change: func(w *wish) { w.book.Assignment, w.ask.Space.Group = rule.Automatic, true }},
		{name: "a chosen seat where seats are chosen", change: func(w *wish) { w.book.Assignment, w.ask.Chosen = rule.Chosen, true }},
		{name: "a session", change: sessions},
		{name: "half a session", change: func(w *wish) { sessions(w); w.from("2026-11-25 10:00", "2026-11-25 11:00") }, code: "rule_session", field: "start",
			params: fault.Params{"sessions": []civil.Interval{{Start: 600, End: 720}}}},
		{name: "a session of another day", change: func(w *wish) { sessions(w); w.from("2026-11-25 13:00", "2026-11-25 15:00") }, code: "rule_session", field: "start"},
		{name: "a day without sessions", change: func(w *wish) {
			sessions(w)
			w.book.Sessions = w.book.Sessions[:1]
		}, code: "rule_no_session", field: "start", params: fault.Params{"allowed_start": moment("2026-11-28 13:00")}},
		{name: "a day without sessions, and never bookings on the day of one", change: func(w *wish) {
			sessions(w)
			w.book.Sessions, w.book.BookingDays = w.book.Sessions[:1], rule.Days{rule.Wed}
		}, code: "rule_no_session", field: "start", params: fault.Params{"allowed_start": nil}},
		{name: "that session on its day", change: func(w *wish) { sessions(w); w.from("2026-11-28 13:00", "2026-11-28 15:00") }},
		{name: "a session after closing", change: func(w *wish) { sessions(w); w.from("2026-11-25 18:00", "2026-11-25 22:00") }, code: "outside_hours", field: "start"},
		{name: "the last places of a session", change: func(w *wish) { sessions(w); w.ask.Taken, w.ask.Party = 8, 2 }},
		{name: "a full session", change: func(w *wish) { sessions(w); w.ask.Taken, w.ask.Party = 8, 3 }, code: "session_full", field: "start", params: fault.Params{"left": int32(2), "mine": int32(3)}},
		{name: "a running session while check-in is open", change: func(w *wish) { sessions(w); w.now = moment("2026-11-25 10:14") }},
		{name: "not later", change: func(w *wish) { sessions(w); w.now = moment("2026-11-25 10:15") }, code: "in_past", field: "start"},
		{name: "a whole day", change: days},
		{name: "two days", change: func(w *wish) { days(w); w.from("2026-11-25 08:00", "2026-11-26 20:00") }},
		{name: "three days", change: func(w *wish) { days(w); w.from("2026-11-25 08:00", "2026-11-27 20:00") }, code: "rule_longest", field: "end"},
		{name: "days over a closed one, which belongs to them", change: func(w *wish) {
			days(w)
			w.book.Longest = 3 * 1440
			w.from("2026-11-28 08:00", "2026-11-30 20:00")
		}},
		{name: "a closed day between counts", change: func(w *wish) { days(w); w.from("2026-11-28 08:00", "2026-11-30 20:00") }, code: "rule_longest", field: "end"},
		{name: "days that end on a closed one", change: func(w *wish) { days(w); w.from("2026-11-28 08:00", "2026-11-29 20:00") }, code: "closed_day", field: "end"},
		{name: "half a day", change: func(w *wish) { days(w); w.from("2026-11-25 08:00", "2026-11-25 12:00") }, code: "rule_whole_days", field: "start",
			params: fault.Params{"start": moment("2026-11-25 08:00"), "end": moment("2026-11-25 20:00")}},
		{name: "a whole day with a noon break", change: func(w *wish) {
			days(w)
			week := hours(480, 1200)
			week[time.Wednesday] = []civil.Interval{{Start: 480, End: 720}, {Start: 840, End: 1200}}
			w.ask.Place = rule.Open(at, shanghai, week, nil)
		}},
		{name: "one whole day where two are the least", change: func(w *wish) { days(w); w.book.Shortest = 2880 }, code: "rule_shortest", field: "end"},
	})
}

func TestWhoMayBook(t *testing.T) {
	t.Parallel()
	org := func(w *wish) { w.ask.Holder = rule.Person{ID: "choir", Organization: true, Verified: true} }
	born := func(year int32) func(*wish) { return func(w *wish) { w.ask.Holder.BirthYear = year } }
	family := func(children, adults int) func(*wish) { // the holder is one of the adults
		return func(w *wish) {
			w.book.ChildUnder, w.book.ChildrenEach, w.ask.Party = 10, 3, int32(children+adults)
			w.ask.Holder = rule.Person{ID: "mother", BirthYear: 1985}
			for i := range children {
				w.ask.With = append(w.ask.With, rule.Person{ID: fmt.Sprint("child", i), BirthYear: 2018, Guardian: "mother"})
			}
			for i := range adults - 1 {
				w.ask.With = append(w.ask.With, rule.Person{ID: fmt.Sprint("elder", i), BirthYear: 1955, Guardian: "mother"})
			}
		}
	}
	runCases(t, []checkCase{
		{name: "residents only", change: func(w *wish) { org(w); w.book.Audience = rule.Residents }, code: "rule_residents", field: "for"},
		{name: "organizations only", change: func(w *wish) { w.book.Audience = rule.Organizations }, code: "rule_organizations", field: "for"},
		{name: "an organization", change: func(w *wish) { org(w); w.book.Audience = rule.Organizations }},
		{name: "no real name", change: func(w *wish) { w.book.RealNameOnly = true }, code: "rule_real_name", field: "for"},
		{name: "a real name", change: func(w *wish) { w.book.RealNameOnly, w.ask.Named = true, true }},
		{name: "for an organization, too", change: func(w *wish) { org(w); w.book.RealNameOnly = true }, code: "rule_real_name", field: "for"},
		{name: "not verified any more", change: func(w *wish) { org(w); w.ask.Holder.Verified, w.book.VerifiedOnly = false, true }, code: "rule_verified_only", field: "for"},
		{name: "a person is not a verified organization", change: func(w *wish) { w.book.VerifiedOnly, w.ask.Holder.Verified = true, true }, code: "rule_verified_only", field: "for"},
		{name: "nobody knows the age", change: func(w *wish) { w.book.MinAge = 12 }, code: "rule_age_unknown", field: "for", params: fault.Params{"min": int32(12), "max": int32(0)}},
		{name: "too young", change: func(w *wish) { w.book.MinAge = 12; born(2015)(w) }, code: "rule_min_age", field: "for",
			params: fault.Params{"min": int32(12), "mine": int32(11), "allowed_start": moment("2027-01-01 00:00")}},
		{name: "old enough in this year", change: func(w *wish) { w.book.MinAge = 12; born(2014)(w) }},
		{name: "too old", change: func(w *wish) { w.book.MaxAge = 12; born(2013)(w) }, code: "rule_max_age", field: "for", params: fault.Params{"max": int32(12), "mine": int32(13)}},
		{name: "a parent may be older", change: func(w *wish) {
			w.book.MaxAge, w.ask.Party = 12, 2
			w.ask.Holder.Guardian = "mother"
			born(2018)(w)
			w.ask.With = []rule.Person{{ID: "mother", BirthYear: 1990}}
		}},
		{name: "somebody else may not", change: func(w *wish) {
			w.book.MaxAge, w.ask.Party = 12, 2
			born(2018)(w)
			w.ask.With = []rule.Person{{ID: "uncle", BirthYear: 1990}}
		}, code: "rule_max_age", field: "with"},
		{name: "one's own word for one's age", change: func(w *wish) { w.book.MinAge = 12; born(1990)(w); w.ask.Holder.OwnWord = true }},
		{name: "one's own word for one's age where real names are asked for", change: func(w *wish) {
			w.book.MinAge, w.book.RealNameOnly, w.ask.Named = 12, true, true
			born(1990)(w)
			w.ask.Holder.OwnWord = true
		}, code: "rule_age_unattested", field: "for"},
		{name: "a child alone", change: func(w *wish) { w.book.ChildUnder = 8; born(2020)(w) }, code: "rule_child", field: "with", params: fault.Params{"under": int32(8), "mine": int32(6)}},
		{name: "a child without a parent on record, with an adult", change: func(w *wish) {
			w.book.ChildUnder, w.ask.Party = 8, 2
			born(2020)(w)
			w.ask.With = []rule.Person{{ID: "uncle", BirthYear: 1990}}
		}},
		{name: "with another child", change: func(w *wish) {
			w.book.ChildUnder, w.ask.Party = 8, 2
			born(2020)(w)
			w.ask.With = []rule.Person{{ID: "friend", BirthYear: 2012}}
		}, code: "rule_child", field: "with"},
		{name: "as many children as an adult may bring", change: family(3, 1)},
		{name: "more children than an adult may bring", change: family(4, 1), code: "rule_children_per_guardian", field: "with",
			params: fault.Params{"max": int32(3), "under": int32(10), "mine": int32(4), "adults": int32(1)}},
		{name: "as many children as two adults may bring", change: family(6, 2)},
		{name: "more children than two adults may bring", change: family(7, 2), code: "rule_children_per_guardian", field: "with",
			params: fault.Params{"max": int32(3), "mine": int32(7), "adults": int32(2)}},
		{name: "an elder sister is neither a child nor an adult", change: func(w *wish) {
			family(4, 1)(w)
			w.ask.With = append(w.ask.With, rule.Person{ID: "sister", BirthYear: 2012, Guardian: w.ask.Holder.ID})
		}, code: "rule_children_per_guardian", field: "with", params: fault.Params{"mine": int32(4), "adults": int32(1)}},
		{name: "an adult of unknown age", change: func(w *wish) { family(4, 2)(w); w.ask.With[4].BirthYear = 0 }},
		{name: "children of a group come with its adults", change: func(w *wish) {
			org(w)
			w.book.ChildUnder, w.ask.Party = 8, 2
			w.ask.With = []rule.Person{{ID: "child", BirthYear: 2020}, {ID: "teacher"}}
		}},
		{name: "a group too small", change: func(w *wish) { org(w); w.book.GroupMin = 15; w.ask.Party = 14 }, code: "rule_party", field: "party", params: fault.Params{"min": int32(15)}},
		{name: "the range of groups is not for persons", change: func(w *wish) { w.book.GroupMin = 15 }},
		{name: "a group larger than a person's party", change: func(w *wish) { org(w); w.book.PartyMax, w.book.GroupMax, w.ask.Party = 2, 30, 20 }},
		{name: "no purpose", change: func(w *wish) { w.book.PurposeNeeded, w.ask.Purpose = true, "  " }, code: "rule_purpose", field: "purpose"},
		{name: "a purpose", change: func(w *wish) { w.book.PurposeNeeded, w.ask.Purpose = true, "choir practice" }},
		{name: "an old letter", change: func(w *wish) { w.book.Letter, w.ask.Accepts = &rule.Letter{Version: 3}, 2 }, code: "rule_letter", field: "letter",
			params: fault.Params{"version": int32(3), "mine": int32(2)}},
	})
}

func TestHowMuchSomebodyMayBook(t *testing.T) {
	t.Parallel()
	limit := func(l rule.Limit) func(*wish) { return func(w *wish) { w.book.Limits = append(w.book.Limits, l) } }
	all := func(changes ...func(*wish)) func(*wish) {
		return func(w *wish) {
			for _, c := range changes {
				c(w)
			}
		}
	}
	use := func(start, end string, changes ...func(*rule.Use)) func(*wish) {
		return func(w *wish) { w.use(start, end, changes...) }
	}
	week := rule.Within{Per: rule.AWeek}
	rolling := rule.Within{Per: rule.Rolling, Days: 3}
	mon, tue, thu, fri := use("2026-11-23 10:00", "2026-11-23 12:00"), use("2026-11-24 10:00", "2026-11-24 12:00"), use("2026-11-26 10:00", "2026-11-26 12:00"), use("2026-11-27 10:00", "2026-11-27 12:00")
	runCases(t, []checkCase{
		{name: "one a day, and there is one", change: all(func(w *wish) { w.book.PerDay = 1 }, use("2026-11-25 14:00", "2026-11-25 15:00", over)), code: "rule_per_day", field: "start",
			params: fault.Params{"n": int32(1), "mine": int32(1), "allowed_start": moment("2026-11-26 00:00")}},
		{name: "one a day, elsewhere does not count", change: all(func(w *wish) { w.book.PerDay = 1 }, use("2026-11-25 14:00", "2026-11-25 15:00", elsewhere))},
		{name: "one a day, the one that is moved does not count", change: all(func(w *wish) { w.book.PerDay, w.ask.Self = 1, "u0" }, use("2026-11-25 14:00", "2026-11-25 15:00"))},
		{name: "active", change: all(limit(rule.Limit{Count: rule.Active, Max: 2}), thu, fri), code: "rule_active", field: "start",
			params: fault.Params{"max": int32(2), "mine": 2, "scope": rule.AtVenue, "allowed_at": moment("2026-11-26 12:00")}},
		{name: "what is over is not active", change: all(limit(rule.Limit{Count: rule.Active, Max: 2}), thu, use("2026-11-27 10:00", "2026-11-27 12:00", over))},
		{name: "bookings a week", change: all(limit(rule.Limit{Count: rule.Bookings, Max: 2, Within: week}), mon, thu), code: "rule_bookings", field: "start",
			params: fault.Params{"max": int32(2), "mine": int64(2), "per": rule.AWeek, "allowed_start": moment("2026-11-30 00:00")}},
		{name: "next week is another week", change: all(limit(rule.Limit{Count: rule.Bookings, Max: 2, Within: week}), mon, use("2026-11-30 10:00", "2026-11-30 12:00"))},
		{name: "next week is full, too", change: all(limit(rule.Limit{Count: rule.Bookings, Max: 1, Within: week}), mon, use("2026-11-30 10:00", "2026-11-30 12:00")), code: "rule_bookings", field: "start",
			params: fault.Params{"allowed_start": moment("2026-12-07 00:00")}},
		{name: "minutes a month", change: all(limit(rule.Limit{Count: rule.Minutes, Max: 300, Within: rule.Within{Per: rule.AMonth}}), mon, tue), code: "rule_minutes", field: "start",
			params: fault.Params{"mine": int64(240), "left": int64(60), "asked": int64(120), "allowed_start": moment("2026-12-01 00:00")}},
		{name: "minutes that just fit", change: all(limit(rule.Limit{Count: rule.Minutes, Max: 360, Within: rule.Within{Per: rule.AMonth}}), mon, tue)},
		{name: "minutes count as booked, not as held", change: all(limit(rule.Limit{Count: rule.Minutes, Max: 240, Within: week}), use("2026-11-23 10:00", "2026-11-23 10:15", func(u *rule.Use) { u.Booked = 240 })), code: "rule_minutes", field: "start"},
		{name: "rolling days look back", change: all(limit(rule.Limit{Count: rule.Bookings, Max: 2, Within: rolling}), mon, tue), code: "rule_bookings", field: "start",
			params: fault.Params{"days": int32(3), "mine": int64(2), "allowed_start": moment("2026-11-26 00:00")}},
		{name: "and ahead", change: all(limit(rule.Limit{Count: rule.Bookings, Max: 2, Within: rolling}), thu, fri), code: "rule_bookings", field: "start"},
		{name: "and across", change: all(limit(rule.Limit{Count: rule.Bookings, Max: 2, Within: rolling}), tue, thu), code: "rule_bookings", field: "start"},
		{name: "but not further", change: all(limit(rule.Limit{Count: rule.Bookings, Max: 2, Within: rolling}), mon, fri)},
		{name: "of the kind, elsewhere is another kind", change: all(limit(rule.Limit{Count: rule.Active, Max: 1, Scope: rule.OfKind}), use("2026-11-26 10:00", "2026-11-26 12:00", elsewhere))},
		{name: "of the kind, at another venue", change: all(limit(rule.Limit{Count: rule.Active, Max: 1, Scope: rule.OfKind}),
			use("2026-11-26 10:00", "2026-11-26 12:00", elsewhere, func(u *rule.Use) { u.Kind = "reading_room" })), code: "rule_active", field: "start"},
		{name: "of the district", change: all(limit(rule.Limit{Count: rule.Active, Max: 1, Scope: rule.InDistrict}), use("2026-11-26 10:00", "2026-11-26 12:00", elsewhere)), code: "rule_active", field: "start"},
		{name: "of the space", change: all(limit(rule.Limit{Count: rule.Active, Max: 1, Scope: rule.AtSpace}), use("2026-11-26 10:00", "2026-11-26 12:00", func(u *rule.Use) { u.Space = "t" }))},
		{name: "of the type", change: all(limit(rule.Limit{Count: rule.Active, Max: 1, Scope: rule.OfType}), use("2026-11-26 10:00", "2026-11-26 12:00", func(u *rule.Use) { u.Space, u.Type = "t", "room" })),
			code: "rule_active", field: "start"},
		{name: "of the type, a seat is no room", change: all(limit(rule.Limit{Count: rule.Active, Max: 1, Scope: rule.OfType}), use("2026-11-26 10:00", "2026-11-26 12:00", func(u *rule.Use) { u.Space, u.Type = "t", "seat" }))},
		{name: "of the type, a room of another venue", change: all(limit(rule.Limit{Count: rule.Active, Max: 1, Scope: rule.OfType}), use("2026-11-26 10:00", "2026-11-26 12:00", elsewhere, func(u *rule.Use) { u.Type = "room" }))},
		{name: "of the space, a member counts as its group", change: all(limit(rule.Limit{Count: rule.Active, Max: 1, Scope: rule.AtSpace}),
			func(w *wish) { w.ask.Space = rule.Space{ID: "seat 7", Of: "seats"} }, use("2026-11-26 10:00", "2026-11-26 12:00", func(u *rule.Use) { u.Space = "seats" })), code: "rule_active", field: "start"},
		{name: "of organizations, not persons", change: all(limit(rule.Limit{Count: rule.Active, Max: 1, Of: rule.OfOrganization}), thu)},
		{name: "of persons", change: all(limit(rule.Limit{Count: rule.Active, Max: 1, Of: rule.OfPerson}), thu), code: "rule_active", field: "start"},
		{name: "the second limit speaks where the first allows", change: all(limit(rule.Limit{Count: rule.Active, Max: 5}), limit(rule.Limit{Count: rule.Bookings, Max: 1, Within: week}), thu), code: "rule_bookings", field: "start", params: fault.Params{"limit": 1}},
		{name: "next only after checking in", change: all(func(w *wish) { w.book.NextAfter = rule.NextCheckIn }, thu), code: "rule_after_check_in", field: "start", params: fault.Params{"allowed_at": moment("2026-11-26 12:00")}},
		{name: "checked in", change: all(func(w *wish) { w.book.NextAfter = rule.NextCheckIn }, use("2026-11-24 07:00", "2026-11-24 12:00", in))},
		{name: "checked in but not out", change: all(func(w *wish) { w.book.NextAfter = rule.NextCheckOut }, use("2026-11-24 07:00", "2026-11-24 12:00", in)), code: "rule_after_check_out", field: "start"},
		{name: "past the end and not checked out", change: all(func(w *wish) { w.book.NextAfter = rule.NextCheckOut }, use("2026-11-24 07:00", "2026-11-24 07:30", in)), code: "rule_after_check_out", field: "start"},
		{name: "past the end and checked out", change: all(func(w *wish) { w.book.NextAfter = rule.NextCheckOut }, use("2026-11-24 07:00", "2026-11-24 07:30", func(u *rule.Use) { u.State = rule.UseOver }))},
		{name: "gone from one place within the step that is running", change: all(func(w *wish) { w.book.OneAtATime, w.now = true, moment("2026-11-25 10:12") }, use("2026-11-25 09:00", "2026-11-25 10:12"))},
		{name: "not gone yet", change: all(func(w *wish) { w.book.OneAtATime, w.now = true, moment("2026-11-25 10:12") }, use("2026-11-25 09:00", "2026-11-25 10:13")), code: "one_at_a_time", field: "start"},
		{name: "cooled off within the step that is running", change: all(func(w *wish) { w.book.CoolingOff, w.now = 10, moment("2026-11-25 10:12") }, use("2026-11-25 09:00", "2026-11-25 10:02"))},
		{name: "cooling off after", change: all(func(w *wish) { w.book.CoolingOff = 61 }, use("2026-11-25 08:00", "2026-11-25 09:00")), code: "rule_cooling_off", field: "start",
			params: fault.Params{"minutes": int32(61), "allowed_start": moment("2026-11-25 10:01")}},
		{name: "cooling off before", change: all(func(w *wish) { w.book.CoolingOff = 61 }, use("2026-11-25 13:00", "2026-11-25 14:00")), code: "rule_cooling_off", field: "start"},
		{name: "cooled off", change: all(func(w *wish) { w.book.CoolingOff = 60 }, use("2026-11-25 08:00", "2026-11-25 09:00"))},
		{name: "just cancelled", change: func(w *wish) {
			w.book.CancelCooling = 30
			w.history.Cancels = []rule.Cancel{{Where: at, At: moment("2026-11-24 07:30:01")}, {Where: at, At: moment("2026-11-20 07:30")}}
		}, code: "rule_cancel_cooling_off", field: "start", params: fault.Params{"minutes": int32(30), "allowed_at": moment("2026-11-24 08:01")}},
		{name: "cancelled long enough ago", change: func(w *wish) {
			w.book.CancelCooling = 30
			w.history.Cancels = []rule.Cancel{{Where: at, At: moment("2026-11-24 07:30")}}
		}},
		{name: "cancelled elsewhere", change: func(w *wish) {
			w.book.CancelCooling = 30
			w.history.Cancels = []rule.Cancel{{Where: rule.Where{Venue: "w"}, At: moment("2026-11-24 07:59")}}
		}},
		{name: "in two places", change: all(func(w *wish) { w.book.OneAtATime = true }, use("2026-11-25 11:30", "2026-11-25 13:00", elsewhere)), code: "one_at_a_time", field: "start",
			params: fault.Params{"booking": "u0", "allowed_start": moment("2026-11-25 13:00")}},
		{name: "one after the other", change: all(func(w *wish) { w.book.OneAtATime = true }, use("2026-11-25 12:00", "2026-11-25 13:00"))},
	})
}
