package handlers

import (
	"cmp"
	"context"
	"time"

	"wenguan/models/booking"
	"wenguan/models/rule"
	"wenguan/models/venue"
)

// StandingView is what somebody's violations have come to.
type StandingView struct {
	Holder      string           `json:"holder"`
	Name        string           `json:"name,omitempty" doc:"Masked."`
	Strikes     []StrikeView     `json:"strikes" doc:"One for each rule that counts a violation, the latest first."`
	Warnings    []WarningView    `json:"warnings"`
	Suspensions []SuspensionView `json:"suspensions" doc:"Those in force first."`
}

// StrikeView is one violation as one rule counts it.
type StrikeView struct {
	Violation  string             `json:"violation"`
	Booking    string             `json:"booking,omitempty"`
	Kind       rule.ViolationKind `json:"kind" enum:"no_show,late_cancel,not_back,reported,no_check_out,overstay,misconduct"`
	At         string             `json:"at" format:"date-time"`
	Venue      Named              `json:"venue"`
	Space      *Named             `json:"space,omitempty"`
	Rule       string             `json:"rule" doc:"Which rule of the venue counts it."`
	Count      int32              `json:"count" doc:"How many count together with it now; 0 if it does not count."`
	Max        int32              `json:"max" doc:"So many suspend."`
	Expires    *string            `json:"expires,omitempty" format:"date-time" doc:"From then on it does not count; missing: it counts for ever."`
	State      rule.StrikeState   `json:"state" enum:"active,expired,used,waived,earned_back"`
	Suspension string             `json:"suspension,omitempty" doc:"The one it led to."`
	Reason     string             `json:"reason,omitempty" doc:"What staff wrote down."`
	Pardoned   string             `json:"pardoned,omitempty" doc:"What staff said when they took it back."`
	Appealed   bool               `json:"appealed" doc:"An appeal waits for an answer."`
	Appealable bool               `json:"appealable"`
	EarnBack   *EarningView       `json:"earn_back,omitempty" doc:"Missing where strikes cannot be earned back."`
}

// EarningView is how a strike is earned back.
type EarningView struct {
	How venue.Text `json:"how"`
	Can bool       `json:"can" doc:"Staff may do it now."`
}

// WarningView is a strike that was only a warning.
type WarningView struct {
	Violation string `json:"violation"`
	At        string `json:"at" format:"date-time"`
	Venue     Named  `json:"venue"`
}

// SuspensionView is a time in which somebody cannot book at some places.
type SuspensionView struct {
	ID      string     `json:"id"`
	Rule    string     `json:"rule"`
	Venue   Named      `json:"venue" doc:"Where the last strike was."`
	Space   *Named     `json:"space,omitempty"`
	Covers  rule.Scope `json:"covers" enum:"space,type,venue,kind,area,district" doc:"Which places it covers, seen from there."`
	Kind    string     `json:"kind,omitempty" doc:"The kind of venue, where it covers all of one kind."`
	Area    string     `json:"area,omitempty"`
	From    string     `json:"from" format:"date-time"`
	Until   *string    `json:"until,omitempty" format:"date-time" doc:"Missing: until staff lift it."`
	Max     int32      `json:"max"`
	Nth     int32      `json:"nth" doc:"The first, second … that the rules count together."`
	Strikes []string   `json:"strikes"`
	InForce bool       `json:"in_force"`
	Lifted  bool       `json:"lifted"`
}

func (a *API) viewStanding(ctx context.Context, s booking.Standing) StandingView {
	names, _ := a.Accounts.MaskedNames(ctx, []string{s.Holder}) // without one it is read all the same
	view := StandingView{Holder: s.Holder, Name: names[s.Holder], Strikes: []StrikeView{}, Warnings: []WarningView{}, Suspensions: []SuspensionView{}}
	for i := len(s.Strikes) - 1; i >= 0; i-- {
		view.Strikes = append(view.Strikes, a.viewStrike(ctx, &s, &s.Strikes[i]))
	}
	for i := len(s.Warnings) - 1; i >= 0; i-- {
		at, _ := a.placeNames(ctx, s.Warnings[i].Where)
		view.Warnings = append(view.Warnings, WarningView{s.Warnings[i].Violation, local(s.Warnings[i].At, s.Zone), at})
	}
	for _, held := range []bool{true, false} {
		for i := len(s.Suspensions) - 1; i >= 0; i-- {
			if v := a.viewSuspension(ctx, &s, &s.Suspensions[i]); v.InForce == held {
				view.Suspensions = append(view.Suspensions, v)
			}
		}
	}
	return view
}

func (a *API) viewStrike(ctx context.Context, s *booking.Standing, k *rule.Strike) StrikeView {
	detail := s.Details[k.Violation]
	at, space := a.placeNames(ctx, k.Where)
	view := StrikeView{
		Violation: k.Violation, Booking: k.Booking, Kind: k.Kind, At: local(k.At, s.Zone), Venue: at, Space: space,
		Rule: k.Rule, Count: s.Counting(k), Max: k.Max, Expires: localOrNil(k.Expires, s.Zone), State: k.State, Suspension: k.Penalty,
		Reason: detail.Reason, Pardoned: detail.Pardoned, Appealed: detail.Appealed, Appealable: detail.Appealable,
	}
	if detail.EarnBack != nil {
		view.EarnBack = &EarningView{venue.Text(detail.EarnBack.How), detail.Refusal == nil}
	}
	return view
}

func (a *API) viewSuspension(ctx context.Context, s *booking.Standing, p *rule.Suspension) SuspensionView {
	at, space := a.placeNames(ctx, p.Where)
	return SuspensionView{
		ID: p.ID, Rule: p.Rule, Venue: at, Space: space, Covers: cmp.Or(p.Covers, rule.AtVenue), Kind: p.Where.Kind, Area: p.Where.Area,
		From: local(p.From, s.Zone), Until: localOrNil(p.Until, s.Zone), Max: p.Max, Nth: p.Nth, Strikes: list(p.Strikes),
		InForce: holds(p, s.At), Lifted: p.Lifted,
	}
}

func holds(p *rule.Suspension, now time.Time) bool {
	return !now.Before(p.From) && (p.Until == nil || now.Before(*p.Until))
}

// placeNames are the names of a place, or its ids where the venue is gone.
func (a *API) placeNames(ctx context.Context, where rule.Where) (at Named, space *Named) {
	at = Named{ID: where.Venue, Name: venue.Text{ZH: where.Venue}}
	v, err := a.Venues.Get(ctx, where.Venue)
	if err != nil {
		return at, nil
	}
	at.Name = v.Name
	if where.Space != "" {
		named := named(v, where.Space)
		space = &named
	}
	return at, space
}
