package rule_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/rule"
)

// sound is a book that can be obeyed, and that the cases below break in one place.
func sound() *rule.Book {
	return &rule.Book{
		Version: 1, Opening: rule.Opening{HorizonDays: 1}, Shape: rule.Shape{SlotStep: 30, Longest: 240},
		Attendance: rule.Attendance{CheckInBefore: 15, CheckInAfter: 15},
	}
}

func inSessions(list ...rule.Session) func(*rule.Book) {
	return func(b *rule.Book) { b.Shape = rule.Shape{Times: rule.InSessions, Sessions: list} }
}

func session(from, to civil.TimeOfDay, days ...rule.Day) rule.Session {
	return rule.Session{Start: from, End: to, Days: days}
}

func aStrike(change func(*rule.StrikeRule)) func(*rule.Book) {
	return func(b *rule.Book) {
		s := rule.StrikeRule{ID: "s", Counts: []rule.ViolationKind{rule.NoShowed}, Max: 3, Penalty: rule.Penalty{Kind: rule.ForDays, N: 7}}
		change(&s)
		b.Strikes = append(b.Strikes, s)
	}
}

func TestImpossibleRuleBooksAreRefused(t *testing.T) {
	t.Parallel()
	days := func(n int32) rule.Penalty { return rule.Penalty{Kind: rule.ForDays, N: n} }
	for _, c := range []struct {
		name   string
		change func(*rule.Book)
		seats  int32
		field  string
		code   string // "" for a book that can be obeyed
	}{
		{name: "a sound book", change: func(*rule.Book) {}},
		// when booking opens
		{name: "no such mode", change: func(b *rule.Book) { b.Opens = "never" }, field: "opens", code: "unknown_value"},
		{name: "a negative horizon", change: func(b *rule.Book) { b.HorizonDays = -1 }, field: "horizon_days", code: "out_of_range"},
		{name: "a release after the day", change: func(b *rule.Book) { b.ReleaseAt = 1440 }, field: "release_at", code: "out_of_range"},
		{name: "minutes of horizon where booking opens daily", change: func(b *rule.Book) { b.HorizonMinutes = 60 }, field: "horizon_minutes", code: "no_effect"},
		{name: "a weekly window where booking opens daily", change: func(b *rule.Book) { b.Weekly = &rule.Weekly{From: rule.Mon, Until: rule.Fri} }, field: "weekly", code: "no_effect"},
		{name: "a weekly book without a window", change: func(b *rule.Book) { b.Opening = rule.Opening{Opens: rule.WeekWindow} }, field: "weekly", code: "required"},
		{name: "a window that closes before it opens", change: func(b *rule.Book) {
			b.Opening = rule.Opening{Opens: rule.WeekWindow, Weekly: &rule.Weekly{From: rule.Fri, Until: rule.Wed, Till: 1440}}
		}, field: "weekly.until", code: "window_ends_before_start"},
		{name: "a window of no length", change: func(b *rule.Book) {
			b.Opening = rule.Opening{Opens: rule.WeekWindow, Weekly: &rule.Weekly{From: rule.Fri, At: 600, Until: rule.Fri, Till: 600}}
		}, field: "weekly.until", code: "window_ends_before_start"},
		{name: "a sound window", change: func(b *rule.Book) {
			b.Opening = rule.Opening{Opens: rule.WeekWindow, Weekly: &rule.Weekly{From: rule.Wed, Until: rule.Fri, Till: 1440}}
		}},
		{name: "notice longer than the horizon", change: func(b *rule.Book) { b.Notice = 2880 }, field: "notice", code: "notice_over_horizon"},
		{name: "notice as long as the horizon in minutes", change: func(b *rule.Book) {
			b.Opening = rule.Opening{Opens: rule.Always, HorizonMinutes: 60, Notice: 60}
		}, field: "notice", code: "notice_over_horizon"},
		{name: "notice and late booking", change: func(b *rule.Book) { b.Notice, b.LateBooking = 30, 30 }, field: "late_booking", code: "late_against_notice"},
		{name: "late booking after check-in", change: func(b *rule.Book) { b.LateBooking, b.CheckInAfter = 30, -5 }, field: "late_booking", code: "late_against_check_in"},
		{name: "to be booked on the day before it opens", change: func(b *rule.Book) { b.HorizonDays, b.BookBy = 0, &rule.DayTime{Days: 1, At: 1200} }, field: "book_by", code: "never_bookable"},
		{name: "to be booked on the day before", change: func(b *rule.Book) { b.BookBy = &rule.DayTime{Days: 1, At: 1200} }},
		{name: "at a time that is none", change: func(b *rule.Book) { b.BookBy = &rule.DayTime{Days: 1, At: 1441} }, field: "book_by.at", code: "out_of_range"},
		{name: "booked on the day before, and late", change: func(b *rule.Book) { b.BookBy, b.LateBooking = &rule.DayTime{Days: 1, At: 1200}, 30 }, field: "late_booking", code: "no_effect"},
		{name: "booking hours that overlap", change: func(b *rule.Book) { b.BookingHours = []civil.Interval{{Start: 480, End: 600}, {Start: 540, End: 660}} }, field: "booking_hours[1]", code: "times_overlap"},
		{name: "booking hours that end before they begin", change: func(b *rule.Book) { b.BookingHours = []civil.Interval{{Start: 600, End: 480}} }, field: "booking_hours[0].end", code: "ends_before_start"},
		{name: "a booking day twice", change: func(b *rule.Book) { b.BookingDays = rule.Days{rule.Sat, rule.Sat} }, field: "booking_days[1]", code: "not_unique"},
		{name: "opens when the day is over", change: func(b *rule.Book) { b.HorizonDays, b.ReleaseAt = 0, 1200 }, field: "release_at", code: "opens_after_closing"},
		{name: "opens when booking has stopped", change: func(b *rule.Book) { b.HorizonDays, b.ReleaseAt, b.StopBefore = 0, 840, 200 }, field: "stop_before_closing", code: "never_bookable"},
		{name: "opens when notice is no longer possible", change: func(b *rule.Book) { b.HorizonDays, b.ReleaseAt, b.Notice = 0, 840, 300 }, field: "notice", code: "never_bookable"},
		{name: "opens only while bookings are not taken", change: func(b *rule.Book) {
			b.HorizonDays, b.ReleaseAt, b.BookingHours = 0, 600, []civil.Interval{{Start: 480, End: 590}}
		}, field: "booking_hours", code: "never_bookable"},
		// shape
		{name: "a step that does not divide a day", change: func(b *rule.Book) { b.SlotStep = 50 }, field: "slot_step", code: "step_malformed"},
		{name: "a shortest between steps", change: func(b *rule.Book) { b.Shortest = 45 }, field: "shortest", code: "not_in_steps"},
		{name: "the longest under the shortest", change: func(b *rule.Book) { b.Shortest = 300 }, field: "longest", code: "longest_under_shortest"},
		{name: "longer than the venue is open", change: func(b *rule.Book) { b.Shortest, b.Longest = 600, 600 }, field: "shortest", code: "shortest_over_hours"},
		{name: "sessions without sessions", change: inSessions(), field: "sessions", code: "required"},
		{name: "sessions where times are free", change: func(b *rule.Book) { b.Sessions = []rule.Session{session(540, 780)} }, field: "sessions", code: "no_effect"},
		{name: "sessions overlap", change: inSessions(session(540, 780), session(720, 1000)), field: "sessions[1]", code: "sessions_overlap"},
		{name: "sessions touch", change: inSessions(session(540, 780), session(780, 1020))},
		{name: "sessions of different days do not overlap", change: inSessions(session(540, 780, rule.Mon, rule.Tue), session(720, 1000, rule.Wed))},
		{name: "a session of every day overlaps one of a day", change: inSessions(session(540, 780), session(720, 1000, rule.Wed)), field: "sessions[1]", code: "sessions_overlap"},
		{name: "and the other way round", change: inSessions(session(540, 780, rule.Wed), session(720, 1000)), field: "sessions[1]", code: "sessions_overlap"},
		{name: "a quota with as many seats", change: inSessions(rule.Session{Start: 540, End: 780, Quota: 50}), seats: 50},
		{name: "sessions that share a day do", change: inSessions(session(540, 780, rule.Tue, rule.Wed), session(720, 1000, rule.Wed)), field: "sessions[1]", code: "sessions_overlap"},
		{name: "a session that ends before it begins", change: inSessions(session(780, 540)), field: "sessions[0].end", code: "ends_before_start"},
		{name: "a session past midnight", change: inSessions(session(1200, 1500)), field: "sessions[0]", code: "outside_day"},
		{name: "a session when the venue is closed", change: inSessions(session(540, 780), session(1140, 1260)), field: "sessions[1]", code: "session_outside_hours"},
		{name: "a session on the closed day", change: inSessions(session(540, 780, rule.Mon)), field: "sessions[0]", code: "session_outside_hours"},
		{name: "a session on days without bookings", change: func(b *rule.Book) {
			inSessions(session(540, 780, rule.Tue))(b)
			b.BookingDays = rule.Days{rule.Sat}
		}, field: "sessions[0].days", code: "session_never"},
		{name: "a session of holidays only", change: inSessions(session(540, 780, rule.Holiday))},
		{name: "opens after the session it is for", change: func(b *rule.Book) {
			inSessions(session(540, 780), session(780, 1020))(b)
			b.HorizonDays, b.ReleaseAt = 0, 600
		}, field: "sessions[0]", code: "opens_after_session"},
		{name: "opens within the session, while it can be booked late", change: func(b *rule.Book) {
			inSessions(session(540, 780), session(780, 1020))(b)
			b.HorizonDays, b.ReleaseAt, b.LateBooking = 0, 600, 120
		}},
		{name: "buffers longer than the pause", change: func(b *rule.Book) {
			inSessions(session(540, 780), session(790, 1020))(b)
			b.BufferAfter = 15
		}, field: "sessions[1]", code: "buffers_over_gap"},
		{name: "a quota under the smallest party", change: func(b *rule.Book) {
			inSessions(rule.Session{Start: 540, End: 780, Quota: 4})(b)
			b.PartyMin = 5
		}, field: "sessions[0].quota", code: "quota_under_party"},
		{name: "a quota under the smallest group where only organizations book", change: func(b *rule.Book) {
			inSessions(rule.Session{Start: 540, End: 780, Quota: 5})(b)
			b.Audience, b.GroupMin = rule.Organizations, 20
		}, field: "sessions[0].quota", code: "quota_under_party"},
		{name: "a quota for residents under the smallest group", change: func(b *rule.Book) {
			inSessions(rule.Session{Start: 540, End: 780, Quota: 5})(b)
			b.GroupMin = 20
		}},
		{name: "a quota over the seats", change: inSessions(rule.Session{Start: 540, End: 780, Quota: 60}), seats: 50, field: "sessions[0].quota", code: "quota_over_seats"},
		{name: "a largest party under the smallest", change: func(b *rule.Book) { b.PartyMin, b.PartyMax = 5, 4 }, field: "party_max", code: "party_ends_before_start"},
		{name: "a party nobody has room for", change: func(b *rule.Book) { b.PartyMin = 51 }, seats: 50, field: "party_min", code: "party_over_seats"},
		{name: "a length of whole days that is none", change: func(b *rule.Book) { b.Shape = rule.Shape{Times: rule.WholeDays, Longest: 2000} }, field: "longest", code: "not_in_steps"},
		{name: "no such assignment", change: func(b *rule.Book) { b.Assignment = "lottery" }, field: "assignment", code: "unknown_value"},
		{name: "use hours when the venue is closed", change: func(b *rule.Book) {
			b.UseHours = []rule.UseTime{{Interval: civil.Interval{Start: 600, End: 700}}, {Interval: civil.Interval{Start: 1140, End: 1260}}}
		}, field: "use_hours[1]", code: "use_outside_hours"},
		{name: "use hours on a day when it is closed", change: func(b *rule.Book) {
			b.UseHours = []rule.UseTime{{Days: rule.Days{rule.Mon}, Interval: civil.Interval{Start: 600, End: 700}}}
		}, field: "use_hours[0]", code: "use_outside_hours"},
		{name: "use hours that begin before the venue opens", change: func(b *rule.Book) {
			b.UseHours = []rule.UseTime{{Interval: civil.Interval{Start: 480, End: 700}}}
		}},
		{name: "use hours of holidays beside those of all days", change: func(b *rule.Book) {
			b.UseHours = []rule.UseTime{{Interval: civil.Interval{Start: 600, End: 700}}, {Days: rule.Days{rule.Holiday}, Interval: civil.Interval{Start: 1140, End: 1260}}}
		}},
		// who
		{name: "ages the wrong way round", change: func(b *rule.Book) { b.MinAge, b.MaxAge = 18, 12 }, field: "max_age", code: "ages_end_before_start"},
		{name: "children of an age that may not come", change: func(b *rule.Book) { b.MinAge, b.ChildUnder = 12, 11 }, field: "child_under", code: "no_effect"},
		{name: "children of each adult where no age makes a child", change: func(b *rule.Book) { b.ChildrenEach = 3 }, field: "children_per_guardian", code: "no_effect"},
		{name: "fewer children of each adult than none", change: func(b *rule.Book) { b.ChildUnder, b.ChildrenEach = 10, -1 }, field: "children_per_guardian", code: "out_of_range"},
		{name: "a child with a parent in a place for one", change: func(b *rule.Book) { b.ChildUnder, b.PartyMax = 11, 1 }, field: "child_under", code: "child_alone"},
		{name: "verified residents", change: func(b *rule.Book) { b.Audience, b.VerifiedOnly = rule.Residents, true }, field: "verified_only", code: "nobody_allowed"},
		{name: "groups where residents book", change: func(b *rule.Book) { b.Audience, b.GroupMin = rule.Residents, 15 }, field: "group_min", code: "no_effect"},
		{name: "groups the wrong way round", change: func(b *rule.Book) { b.GroupMin, b.GroupMax = 30, 15 }, field: "group_max", code: "party_ends_before_start"},
		{name: "a letter without a text", change: func(b *rule.Book) { b.Letter = &rule.Letter{Version: 1, Title: rule.Text{ZH: "责任书"}} }, field: "letter.body.zh-CN", code: "required"},
		{name: "a group nobody knows", change: func(b *rule.Book) { b.ExemptGroups = []string{"friends"} }, field: "exempt_groups[0]", code: "unknown_value"},
		// how much
		{name: "a limit on nothing", change: func(b *rule.Book) { b.Limits = []rule.Limit{{Max: 1}} }, field: "limits[0].count", code: "required"},
		{name: "a limit without a period", change: func(b *rule.Book) { b.Limits = []rule.Limit{{Count: rule.Bookings, Max: 1}} }, field: "limits[0].per", code: "required"},
		{name: "rolling without days", change: func(b *rule.Book) {
			b.Limits = []rule.Limit{{Count: rule.Bookings, Max: 1, Within: rule.Within{Per: rule.Rolling}}}
		}, field: "limits[0].days", code: "out_of_range"},
		{name: "a limit of none", change: func(b *rule.Book) { b.Limits = []rule.Limit{{Count: rule.Active}} }, field: "limits[0].max", code: "out_of_range"},
		{name: "minutes under the shortest", change: func(b *rule.Book) {
			b.Shortest = 60
			b.Limits = []rule.Limit{{Count: rule.Minutes, Max: 45, Within: rule.Within{Per: rule.ADay}}}
		}, field: "limits[0].max", code: "limit_under_shortest"},
		{name: "fewer minutes a week than any session has", change: func(b *rule.Book) {
			inSessions(session(540, 660), session(780, 960))(b)
			b.Limits = []rule.Limit{{Count: rule.Minutes, Max: 60, Within: rule.Within{Per: rule.AWeek}}}
		}, field: "limits[0].max", code: "limit_under_shortest"},
		{name: "fewer minutes a week than one session has", change: func(b *rule.Book) {
			inSessions(session(540, 660), session(780, 960))(b)
			b.Limits = []rule.Limit{{Count: rule.Minutes, Max: 120, Within: rule.Within{Per: rule.AWeek}}}
		}, field: "limits[0].max", code: "limit_under_session"},
		{name: "a session that only organizations have minutes for", change: func(b *rule.Book) {
			inSessions(session(540, 660), session(780, 960))(b)
			b.Limits = []rule.Limit{{Count: rule.Minutes, Max: 120, Within: rule.Within{Per: rule.AWeek}, Of: rule.OfPerson}}
		}},
		{name: "as many minutes a week as the longest session has", change: func(b *rule.Book) {
			inSessions(session(540, 660), session(780, 960))(b)
			b.Limits = []rule.Limit{{Count: rule.Minutes, Max: 180, Within: rule.Within{Per: rule.AWeek}}}
		}},
		{name: "fewer minutes a day than a step has", change: func(b *rule.Book) {
			b.Limits = []rule.Limit{{Count: rule.Minutes, Max: 20, Within: rule.Within{Per: rule.ADay}}}
		}, field: "limits[0].max", code: "limit_under_shortest"},
		{name: "bookings a day, said twice", change: func(b *rule.Book) {
			b.PerDay = 3
			b.Limits = []rule.Limit{{Count: rule.Bookings, Max: 1, Within: rule.Within{Per: rule.ADay}, Scope: rule.AtVenue, Of: rule.OfAnybody}}
		}, field: "limits[0]", code: "limit_twice"},
		{name: "more bookings a day than a week", change: func(b *rule.Book) {
			b.PerDay = 3
			b.Limits = []rule.Limit{{Count: rule.Bookings, Max: 2, Within: rule.Within{Per: rule.AWeek}}}
		}, field: "limits[0]", code: "limits_contradict"},
		{name: "bookings a day here and elsewhere", change: func(b *rule.Book) {
			b.PerDay = 3
			b.Limits = []rule.Limit{{Count: rule.Bookings, Max: 1, Within: rule.Within{Per: rule.ADay}, Scope: rule.AtSpace}}
		}},
		{name: "more a day than a week", change: func(b *rule.Book) {
			b.Limits = []rule.Limit{{Count: rule.Bookings, Max: 3, Within: rule.Within{Per: rule.ADay}}, {Count: rule.Bookings, Max: 2, Within: rule.Within{Per: rule.AWeek}}}
		}, field: "limits[1]", code: "limits_contradict"},
		{name: "the same limit twice", change: func(b *rule.Book) {
			b.Limits = []rule.Limit{{Count: rule.Active, Max: 3}, {Count: rule.Active, Max: 2, Scope: rule.AtVenue}}
		}, field: "limits[1]", code: "limit_twice"},
		{name: "the same limit here and in the district", change: func(b *rule.Book) {
			b.Limits = []rule.Limit{{Count: rule.Active, Max: 3}, {Count: rule.Active, Max: 2, Scope: rule.InDistrict}}
		}},
		{name: "a limit of organizations where residents book", change: func(b *rule.Book) {
			b.Audience, b.Limits = rule.Residents, []rule.Limit{{Count: rule.Active, Max: 3, Of: rule.OfOrganization}}
		}, field: "limits[0].of", code: "no_effect"},
		{name: "a limit of persons where organizations book", change: func(b *rule.Book) {
			b.Audience, b.Limits = rule.Organizations, []rule.Limit{{Count: rule.Active, Max: 3, Of: rule.OfPerson}}
		}, field: "limits[0].of", code: "no_effect"},
		{name: "a limit of each", change: func(b *rule.Book) {
			b.Limits = []rule.Limit{{Count: rule.Active, Max: 3, Of: rule.OfPerson}, {Count: rule.Active, Max: 9, Of: rule.OfOrganization}}
		}},
		{name: "a limit of persons where residents book", change: func(b *rule.Book) {
			b.Audience, b.Limits = rule.Residents, []rule.Limit{{Count: rule.Active, Max: 3, Of: rule.OfPerson}}
		}},
		{name: "leave where nobody checks in", change: func(b *rule.Book) { b.Attendance = rule.Attendance{NoCheckIn: true, Leave: 5} }, field: "leave", code: "no_effect"},
		{name: "nobody checks in", change: func(b *rule.Book) { b.Attendance = rule.Attendance{NoCheckIn: true} }},
		{name: "whole days", change: func(b *rule.Book) { b.Shape = rule.Shape{Times: rule.WholeDays, Longest: 1440} }},
		{name: "next after a check-in that there is not", change: func(b *rule.Book) {
			b.Attendance, b.NextAfter = rule.Attendance{NoCheckIn: true}, rule.NextCheckIn
		}, field: "next_after", code: "no_effect"},
		// attendance
		{name: "check-in that closes as it opens", change: func(b *rule.Book) { b.CheckInBefore, b.CheckInAfter = 0, 0 }, field: "check_in_after", code: "check_in_never"},
		{name: "check-in ends before it begins", change: func(b *rule.Book) { b.CheckInBefore, b.CheckInAfter = 10, -15 }, field: "check_in_after", code: "check_in_ends_before_start"},
		{name: "check-in before the start", change: func(b *rule.Book) { b.CheckInBefore, b.CheckInAfter = 30, -15 }},
		{name: "check-in past the longest booking", change: func(b *rule.Book) { b.CheckInAfter = 300 }, field: "check_in_after", code: "check_in_over_end"},
		{name: "check-in past every session", change: func(b *rule.Book) { inSessions(session(540, 600), session(600, 700))(b); b.CheckInAfter = 101 }, field: "check_in_after", code: "check_in_over_end"},
		{name: "use hours of one day that overlap", change: func(b *rule.Book) {
			b.UseHours = []rule.UseTime{{Interval: civil.Interval{Start: 600, End: 960}}, {Interval: civil.Interval{Start: 900, End: 1080}}}
		}, field: "use_hours[1]", code: "times_overlap"},
		{name: "check-in where there is none", change: func(b *rule.Book) { b.NoCheckIn, b.CheckInBefore = true, 0 }, field: "check_in_after", code: "no_effect"},
		{name: "the card alone, and no real name", change: func(b *rule.Book) { b.CheckInBy, b.RealNameOnly = []rule.Means{rule.ByCard}, false }, field: "check_in_by", code: "check_in_card_alone"},
		{name: "no such means", change: func(b *rule.Book) { b.CheckInBy = []rule.Means{"smoke"} }, field: "check_in_by[0]", code: "unknown_value"},
		{name: "meals shorter than other leaves", change: func(b *rule.Book) {
			b.Leave, b.MealLeaves = 30, []rule.MealTime{{Interval: civil.Interval{Start: 690, End: 780}, Minutes: 20}}
		}, field: "meal_leaves[0].minutes", code: "meal_under_leave"},
		{name: "meals that overlap", change: func(b *rule.Book) {
			b.MealLeaves = []rule.MealTime{{Interval: civil.Interval{Start: 690, End: 780}, Minutes: 20}, {Interval: civil.Interval{Start: 700, End: 790}, Minutes: 20}}
		}, field: "meal_leaves[1]", code: "times_overlap"},
		{name: "a maximum of leaves that there are not", change: func(b *rule.Book) { b.LeavesPerDay = 2 }, field: "leaves_per_day", code: "no_effect"},
		{name: "reports by whom, but none", change: func(b *rule.Book) { b.ReportBy = rule.StaffOnly }, field: "report_by", code: "no_effect"},
		{name: "grace for a check-out that nobody needs", change: func(b *rule.Book) { b.CheckOutGrace = 5 }, field: "check_out_grace", code: "no_effect"},
		{name: "overstaying ends before check-out is late", change: func(b *rule.Book) { b.CheckOut, b.CheckOutGrace, b.OverstayUntil = true, 10, 10 }, field: "overstay_until", code: "overstay_under_grace"},
		{name: "walking in if free, on no day", change: func(b *rule.Book) { b.WalkInIfFree = true }, field: "walk_in_if_free", code: "no_effect"},
		// cancelling and moving
		{name: "late cancelling without a limit", change: func(b *rule.Book) { b.LateCancel = rule.LateMiss }, field: "late_cancel", code: "no_effect"},
		{name: "nothing can ever be cancelled", change: func(b *rule.Book) { b.HorizonDays, b.CancelBefore = 0, 1440 }, field: "cancel_before", code: "cancel_never"},
		{name: "late cancelling is a miss, however early", change: func(b *rule.Book) { b.HorizonDays, b.CancelBefore, b.LateCancel = 0, 1440, rule.LateMiss }},
		{name: "to be cancelled on the day before it can be booked", change: func(b *rule.Book) { b.HorizonDays, b.CancelBy = 0, &rule.DayTime{Days: 1, At: 1200} }, field: "cancel_by", code: "cancel_never"},
		{name: "to be cancelled on the day before", change: func(b *rule.Book) { b.CancelBy = &rule.DayTime{Days: 1, At: 1200} }},
		{name: "nothing can ever be moved", change: func(b *rule.Book) { b.HorizonDays, b.MoveBefore = 0, 1440 }, field: "move_before", code: "move_never"},
		{name: "times of moves that are not allowed", change: func(b *rule.Book) { b.NoMoves, b.MovesMax = true, 2 }, field: "moves_max", code: "no_effect"},
		{name: "more cancellations a day than a month", change: func(b *rule.Book) {
			b.CancelLimits = []rule.CancelLimit{{Max: 2, Within: rule.Within{Per: rule.AMonth}}, {Max: 4, Within: rule.Within{Per: rule.ADay}}}
		}, field: "cancel_limits[1]", code: "limits_contradict"},
		// strikes
		{name: "a sound strike", change: aStrike(func(*rule.StrikeRule) {})},
		{name: "strikes for nothing", change: aStrike(func(s *rule.StrikeRule) { s.Counts = nil }), field: "strikes[0].counts", code: "required"},
		{name: "strikes for what cannot happen", change: aStrike(func(s *rule.StrikeRule) { s.Counts = []rule.ViolationKind{rule.NotBack} }), field: "strikes[0].counts[0]", code: "violation_never"},
		{name: "late cancelling that is refused", change: aStrike(func(s *rule.StrikeRule) { s.Counts = []rule.ViolationKind{rule.LateCanceled} }), field: "strikes[0].counts[0]", code: "violation_never"},
		{name: "a name that is none", change: aStrike(func(s *rule.StrikeRule) { s.ID = "No Shows" }), field: "strikes[0].id", code: "id_malformed"},
		{name: "a name twice", change: func(b *rule.Book) { aStrike(func(*rule.StrikeRule) {})(b); aStrike(func(*rule.StrikeRule) {})(b) }, field: "strikes[1].id", code: "not_unique"},
		{name: "each of one", change: aStrike(func(s *rule.StrikeRule) { s.Each = true }), field: "strikes[0].each", code: "no_effect"},
		{name: "a warning that suspends", change: aStrike(func(s *rule.StrikeRule) { s.FirstWarns, s.Max = true, 1 }), field: "strikes[0].first_warns", code: "warning_suspends"},
		{name: "no penalty", change: aStrike(func(s *rule.StrikeRule) { s.Penalty = rule.Penalty{} }), field: "strikes[0].penalty.kind", code: "required"},
		{name: "no days", change: aStrike(func(s *rule.StrikeRule) { s.Penalty.N = 0 }), field: "strikes[0].penalty.n", code: "out_of_range"},
		{name: "seven of the rest of the week", change: aStrike(func(s *rule.StrikeRule) { s.Penalty.Kind = rule.RestOfWeek }), field: "strikes[0].penalty.n", code: "no_effect"},
		{name: "an escalation that is shorter", change: aStrike(func(s *rule.StrikeRule) { s.Escalation = []rule.Escalation{{Nth: 2, Penalty: days(7)}} }), field: "strikes[0].escalation[0].penalty", code: "escalation_not_longer"},
		{name: "an escalation of the first", change: aStrike(func(s *rule.StrikeRule) { s.Escalation = []rule.Escalation{{Nth: 1, Penalty: days(8)}} }), field: "strikes[0].escalation[0].nth", code: "escalation_order"},
		{name: "escalations out of order", change: aStrike(func(s *rule.StrikeRule) {
			s.Escalation = []rule.Escalation{{Nth: 3, Penalty: days(8)}, {Nth: 3, Penalty: days(9)}}
		}), field: "strikes[0].escalation[1].nth", code: "escalation_order"},
		{name: "waivers of nothing", change: func(b *rule.Book) { b.Waives = []rule.FaultOf{rule.FaultOutage} }, field: "waives", code: "no_effect"},
		{name: "earning back without words", change: func(b *rule.Book) { aStrike(func(*rule.StrikeRule) {})(b); b.EarnBack = &rule.EarnBack{} }, field: "earn_back.how.zh-CN", code: "required"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			b := sound()
			c.change(b)
			open := hours(9*60, 17*60, time.Monday)
			faults := rule.Validate(b, rule.Context{Weekly: &open, Seats: c.seats})
			if c.code == "" {
				for _, f := range faults {
					t.Errorf("%s: %s (%s)", f.Field, f.Message, f.Code)
				}
				return
			}
			if !slices.ContainsFunc(faults, func(f *fault.Error) bool { return f.Field == c.field && f.Code == c.code }) {
				for _, f := range faults {
					t.Logf("%s: %s (%s)", f.Field, f.Message, f.Code)
				}
				t.Errorf("not refused with %s on %s", c.code, c.field)
			}
			for _, f := range faults {
				if !strings.HasSuffix(strings.TrimSpace(f.Message), ".") || strings.Contains(f.Message, "%!") {
					t.Errorf("%q is no sentence", f.Message)
				}
			}
		})
	}
}

// Every field that a fault names must be one that a client can write.
func TestFaultsNameFieldsAsClientsWriteThem(t *testing.T) {
	t.Parallel()
	b := full()
	for _, f := range rule.Validate(b, rule.Context{Seats: 3}) {
		top, _, _ := strings.Cut(f.Field, ".")
		top, _, _ = strings.Cut(top, "[")
		text, err := json.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), `"`+top+`":`) {
			t.Errorf("%s: no such field", f.Field)
		}
	}
}

func TestAtMostAHundredFaultsAreListed(t *testing.T) {
	t.Parallel()
	b := sound()
	for range 40 {
		inSessions(append(b.Sessions, rule.Session{Start: 5, End: 1, Quota: -1, Days: rule.Days{"x", "y"}})...)(b)
	}
	if n := len(rule.Validate(b, rule.Context{})); n != 100 {
		t.Errorf("%d faults", n)
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestSeveralSpacesInOneBookingNeedSeveralSpaces(t *testing.T) {
	t.Parallel()
	b := sound()
	b.SpacesMax = 3
	for spaces, want := range map[int32]int{0: 0, 1: 1, 2: 0} {
		faults := rule.Validate(b, rule.Context{Spaces: spaces})
		if len(faults) != want || want == 1 && (faults[0].Field != "spaces_max" || faults[0].Code != "no_effect") {
			t.Errorf("with %d spaces: %v", spaces, faults)
		}
	}
}
