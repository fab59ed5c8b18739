package handlers

import (
	"context"
	"slices"

	"wenguan/models/booking"
	"wenguan/models/fault"
	"wenguan/models/rule"
	"wenguan/models/venue"
)

// previewDays is how many days a preview shows.
const previewDays = 14

type ruleTemplatesOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Items []rule.Template `json:"items"`
	}
}

func (a *API) listRuleTemplates(context.Context, *struct{}) (*ruleTemplatesOutput, error) {
	out := &ruleTemplatesOutput{CacheControl: "no-cache"}
	out.Body.Items = rule.Templates()
	return out, nil
}

// RuleTrial is a rule book that is tried before it is in force.
type RuleTrial struct {
	Space string          `json:"space,omitempty" maxLength:"60" doc:"For this space; missing, for the venue."`
	Rules venue.Rules     `json:"rules"`
	Days  *venue.OpenDays `json:"days,omitempty" doc:"When the venue would be open, as somebody edits that too; missing: as it is."`
}

func (t *RuleTrial) at(venueID string) booking.Trial {
	return booking.Trial{Venue: venueID, Space: t.Space, Book: &t.Rules, Days: t.Days}
}

// on is the venue that the rules are tried on, and its space, nil if none is named.
func (a *API) on(ctx context.Context, venueID string, t *RuleTrial) (*venue.Venue, *venue.Space, error) {
	v, space, err := a.venueAndSpace(ctx, venueID, t.Space)
	if err != nil || t.Days == nil {
		return v, space, err
	}
	v, err = t.Days.On(v)
	return v, space, err
}

type ruleCheckInput struct {
	VenuePath
	Body struct {
		RuleTrial
		At string `json:"at,omitempty" maxLength:"35" doc:"The moment of the preview by the venue's clock, or RFC 3339; now if missing." example:"2026-11-25T09:00"`
	}
}

type ruleCheckOutput struct {
	Body RuleCheck
}

// RuleCheck is a rule book in words, with all that is wrong with it, and what a resident could book under it.
type RuleCheck struct {
	Faults    []RuleFault      `json:"faults"`
	Explained []rule.Explained `json:"explained"`
	At        string           `json:"at" format:"date-time" doc:"The moment of the preview."`
	Preview   []PreviewDay     `json:"preview" doc:"Empty while there are faults."`
}

// RuleFault is one thing that is wrong with a rule book.
type RuleFault struct {
	Field   string       `json:"field" doc:"Path in the rule book."`
	Code    string       `json:"code"`
	Message string       `json:"message"`
	Params  fault.Params `json:"params,omitempty"`
}

func (a *API) checkRules(ctx context.Context, in *ruleCheckInput) (*ruleCheckOutput, error) {
	v, space, err := a.on(ctx, in.Venue, &in.Body.RuleTrial)
	if err != nil {
		return nil, err
	}
	now := a.Clock()
	if in.Body.At != "" {
		if now, err = v.ParseWall(in.Body.At); err != nil {
			return nil, fault.New(fault.Invalid, "time_unreadable", "A moment is written like 2026-11-25T09:00.").On("at")
		}
	}
	check := RuleCheck{Faults: []RuleFault{}, Explained: list(rule.Explain(&in.Body.Rules)), At: local(now, v.Location()), Preview: []PreviewDay{}}
	for _, f := range v.CheckRules(space, &in.Body.Rules) {
		check.Faults = append(check.Faults, RuleFault{f.Field, f.Code, f.Message, f.Params})
	}
	if len(check.Faults) > 0 {
		return &ruleCheckOutput{check}, nil
	}
	days, err := a.Desk.Preview(ctx, ActorOf(ctx), in.Body.at(in.Venue), previewDays, now)
	if err != nil {
		return nil, err
	}
	check.Preview = viewPreview(days, in.Body.Rules.Times != rule.InSessions, v.Location())
	return &ruleCheckOutput{check}, nil
}

// venueAndSpace is the venue and its space, nil if none is named.
func (a *API) venueAndSpace(ctx context.Context, venueID, spaceID string) (*venue.Venue, *venue.Space, error) {
	v, err := a.Venues.Get(ctx, venueID)
	if err != nil || spaceID == "" {
		return v, nil, err
	}
	i := slices.IndexFunc(v.Spaces, func(s venue.Space) bool { return s.ID == spaceID })
	if i < 0 {
		return nil, nil, fault.New(fault.NotFound, "space_not_found", "The venue has no such space.").On("space")
	}
	return v, &v.Spaces[i], nil
}

type ruleReplayInput struct {
	VenuePath
	Body struct {
		RuleTrial
		From string `json:"from" maxLength:"10" doc:"First day of the bookings that are tried." example:"2026-10-01"`
		To   string `json:"to" maxLength:"10" doc:"The last one; at most 31 days." example:"2026-10-31"`
	}
}

type ruleReplayOutput struct {
	Body RuleReplay
}

func (a *API) replayRules(ctx context.Context, in *ruleReplayInput) (*ruleReplayOutput, error) {
	v, space, err := a.on(ctx, in.Venue, &in.Body.RuleTrial)
	if err != nil {
		return nil, err
	}
	if err := v.CheckRules(space, &in.Body.Rules).OrNil(); err != nil {
		return nil, err
	}
	from, err := dateOf(in.Body.From, "from", 0)
	if err != nil {
		return nil, err
	}
	to, err := dateOf(in.Body.To, "to", 0)
	if err != nil {
		return nil, err
	}
	done, err := a.Desk.Replay(ctx, ActorOf(ctx), in.Body.at(in.Venue), from, to)
	if err != nil {
		return nil, err
	}
	return &ruleReplayOutput{viewReplay(v, done)}, nil
}
