package handlers

import (
	"time"

	"wenguan/models/account"
	"wenguan/models/civil"
	"wenguan/models/report"
	"wenguan/models/venue"
)

// Measures are what a stretch of time comes to; the first five in unit-minutes. What was refused is not told by hour or group.
type Measures struct {
	Offered   int64 `json:"offered"`
	Booked    int64 `json:"booked"`
	Attended  int64 `json:"attended"`
	Released  int64 `json:"released" doc:"Given back after it had been booked: no-shows, early check-outs, late cancellations."`
	Reused    int64 `json:"reused" doc:"Of that, booked again by others."`
	Bookings  int64 `json:"bookings"`
	People    int64 `json:"people" doc:"Who came."`
	NoShows   int64 `json:"no_shows"`
	Cancelled int64 `json:"cancelled"`
	WalkIns   int64 `json:"walk_ins" doc:"People who came in without booking."`
	Full      int64 `json:"full" doc:"Requests that found no place; one for each wish and hour of somebody."`
	Refused   int64 `json:"refused" doc:"Requests that a rule refused."`
}

// SummaryView is how well venues were used.
type SummaryView struct {
	From    civil.Date      `json:"from"`
	To      civil.Date      `json:"to"`
	By      string          `json:"by" enum:"day,week,month"`
	Total   Measures        `json:"total"`
	Venues  []VenueSummary  `json:"venues"`
	Periods []PeriodSummary `json:"periods"`
	Hours   []HourSummary   `json:"hours" doc:"By hour of the venues' wall clocks, all 24."`
	Groups  []GroupSummary  `json:"groups"`

	ComputedAt string `json:"computed_at,omitempty" format:"date-time" doc:"When the newest figures were computed: this minute where today is counted, else when the last of the days was rolled up."`
}

// VenueSummary is one venue's part.
type VenueSummary struct {
	ID   string     `json:"id"`
	Name venue.Text `json:"name"`
	Measures
}

// PeriodSummary is one day's, week's or month's part.
type PeriodSummary struct {
	Start civil.Date `json:"start"`
	Measures
}

// HourSummary is the part of one hour of the day.
type HourSummary struct {
	Hour int `json:"hour" minimum:"0" maximum:"23"`
	Measures
}

// GroupSummary is the part of one group. Hours are offered to everybody, so offered is 0 here.
type GroupSummary struct {
	Group account.Group `json:"group"`
	Measures
}

func viewSummary(s report.Summary) *SummaryView {
	view := &SummaryView{
		From: s.From, To: s.To, By: string(s.By), Total: Measures(s.Total),
		Venues: []VenueSummary{}, Periods: []PeriodSummary{}, Hours: []HourSummary{}, Groups: []GroupSummary{},
	}
	if !s.ComputedAt.IsZero() {
		view.ComputedAt = s.ComputedAt.Format(time.RFC3339)
	}
	for _, v := range s.Venues {
		view.Venues = append(view.Venues, VenueSummary{v.ID, v.Name, Measures(v.Measures)})
	}
	for _, p := range s.Periods {
		view.Periods = append(view.Periods, PeriodSummary{p.Start, Measures(p.Measures)})
	}
	for _, h := range s.Hours {
		view.Hours = append(view.Hours, HourSummary{h.Hour, Measures(h.Measures)})
	}
	for _, g := range s.Groups {
		view.Groups = append(view.Groups, GroupSummary{g.Group, Measures(g.Measures)})
	}
	return view
}
