package handlers

import (
	"time"

	"wenguan/models/booking"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/rule"
	"wenguan/models/venue"
)

// PreviewDay is what a resident without earlier bookings could book of a date.
type PreviewDay struct {
	Date   civil.Date    `json:"date"`
	Day    rule.Day      `json:"day" doc:"Which sort of day it is to the rules."`
	Closed string        `json:"closed,omitempty" doc:"Why the venue is closed: weekly, holiday, special, closure."`
	WalkIn bool          `json:"walk_in,omitempty" doc:"People come without booking."`
	Opens  *string       `json:"opens,omitempty" format:"date-time" doc:"When the first of its times can be booked."`
	Times  []PreviewTime `json:"times" doc:"Of free times, slots in a row with the same answer are one."`
}

// PreviewTime is a time of a date, and whether it can be booked.
type PreviewTime struct {
	Start    string       `json:"start" format:"date-time"`
	End      string       `json:"end" format:"date-time"`
	Quota    int32        `json:"quota,omitempty" doc:"People, of a session."`
	Bookable bool         `json:"bookable"`
	Code     string       `json:"code,omitempty" doc:"Of the refusal."`
	Params   fault.Params `json:"params,omitempty"`
}

func viewPreview(days []rule.PreviewDay, join bool, zone *time.Location) []PreviewDay {
	out := make([]PreviewDay, len(days))
	for i, d := range days {
		out[i] = PreviewDay{d.Date, d.Day, d.Closed, d.WalkIn, localOrNil(d.Opens, zone), []PreviewTime{}}
		for _, t := range d.Times {
			out[i].Times = addTime(out[i].Times, t, join, zone)
		}
	}
	return out
}

// addTime adds a time to those of a day, to the one before it where join says so and the answer is the same.
func addTime(list []PreviewTime, t rule.PreviewTime, join bool, zone *time.Location) []PreviewTime {
	next := PreviewTime{local(t.Start, zone), local(t.End, zone), t.Quota, t.Bookable, t.Code, localParams(t.Params, zone)}
	if n := len(list); join && n > 0 {
		if last := &list[n-1]; last.End == next.Start && last.Bookable == next.Bookable && last.Code == next.Code {
			last.End = next.End
			return list
		}
	}
	return append(list, next)
}

// localParams are the values of a refusal with moments by the venue's clock.
func localParams(params fault.Params, zone *time.Location) fault.Params {
	out := fault.Params{}
	for name, value := range params {
		if moment, ok := value.(time.Time); ok {
			value = local(moment, zone)
		}
		out[name] = value
	}
	return out
}

// RuleReplay is what real requests would have met under a rule book.
type RuleReplay struct {
	Accepted int            `json:"accepted" doc:"Bookings that could be made all the same."`
	Refused  int            `json:"refused" doc:"Bookings that could not."`
	ByRule   []ReplayedRule `json:"by_rule" doc:"Why those could not; the rule that refuses most comes first."`
	Unmet    ReplayedUnmet  `json:"unmet" doc:"What requests would have met that were refused then."`
	Partial  bool           `json:"partial,omitempty" doc:"There was more than a replay takes; the latest was left out."`
}

// ReplayedUnmet is what the requests would have met that were refused then.
type ReplayedUnmet struct {
	Served   int             `json:"served" doc:"Requests that would have got a place. All tries of one holder for one date are one request."`
	Refused  int             `json:"refused" doc:"Requests that would not."`
	ByRule   []ReplayedRule  `json:"by_rule" doc:"Why those would not; space_taken and session_full: no place was left."`
	Examples []ReplayExample `json:"examples" doc:"Some of those served, without whose they were."`
	Met      int             `json:"met" doc:"Tries whose holder booked something of the date in the end; they are not counted as requests."`
	Counted  int64           `json:"counted" doc:"Tries at the venue of which only the number is kept."`
}

// ReplayedRule is a rule with how many requests it would have refused.
type ReplayedRule struct {
	Code     string          `json:"code"`
	Count    int             `json:"count"`
	Examples []ReplayExample `json:"examples" doc:"Some of them, without whose they were."`
}

// ReplayExample is a request without whose it was.
type ReplayExample struct {
	Space  Named        `json:"space"`
	Made   string       `json:"made_at" format:"date-time"`
	Start  string       `json:"start" format:"date-time"`
	End    string       `json:"end" format:"date-time"`
	Party  int32        `json:"party"`
	Params fault.Params `json:"params,omitempty"`
	Then   string       `json:"then,omitempty" doc:"Code of what refused it when it was made."`
	Rules  int32        `json:"rules,omitempty" doc:"Version of the rule book that did."`
}

func viewReplay(v *venue.Venue, done booking.Replayed) RuleReplay {
	view := RuleReplay{Accepted: done.Accepted, Partial: done.Partial, Unmet: ReplayedUnmet{
		Served: done.Unmet.Served, Examples: viewExamples(v, done.Unmet.Examples), Met: done.Unmet.Met, Counted: done.Unmet.Counted,
	}}
	view.ByRule, view.Refused = viewReplayed(v, done.ByRule)
	view.Unmet.ByRule, view.Unmet.Refused = viewReplayed(v, done.Unmet.ByRule)
	return view
}

func viewReplayed(v *venue.Venue, rules []booking.RuleCount) (list []ReplayedRule, sum int) {
	list = make([]ReplayedRule, len(rules))
	for i, r := range rules {
		list[i] = ReplayedRule{r.Code, r.Count, viewExamples(v, r.Examples)}
		sum += r.Count
	}
	return list, sum
}

func viewExamples(v *venue.Venue, examples []booking.Example) []ReplayExample {
	zone := v.Location()
	list := make([]ReplayExample, len(examples))
	for i, e := range examples {
		list[i] = ReplayExample{
			named(v, e.Space), local(e.Made, zone), local(e.Start, zone), local(e.End, zone), e.Party, localParams(e.Params, zone), e.Then, e.Rules,
		}
	}
	return list
}
