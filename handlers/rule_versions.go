package handlers

import (
	"context"

	"wenguan/models/rule"
	"wenguan/models/venue"
)

// mostVersions is how many earlier rule books are offered.
const mostVersions = 30

// RuleVersion is a rule book that the venue or one of its spaces has or had.
type RuleVersion struct {
	SavedAt   string           `json:"saved_at" format:"date-time"`
	Rules     *venue.Rules     `json:"rules"`
	Explained []rule.Explained `json:"explained"`
}

type ruleVersionsOutput struct {
	Body struct {
		Items []RuleVersion `json:"items"`
	}
}

func (a *API) listRuleVersions(ctx context.Context, in *VenuePath) (*ruleVersionsOutput, error) {
	v, err := a.Venues.Get(ctx, in.Venue)
	if err != nil {
		return nil, err
	}
	kept, err := a.Venues.RuleVersions(ctx, in.Venue, mostVersions)
	if err != nil {
		return nil, err
	}
	out := &ruleVersionsOutput{}
	out.Body.Items = make([]RuleVersion, len(kept))
	for i, k := range kept {
		out.Body.Items[i] = RuleVersion{local(k.Saved, v.Location()), k.Rules, rule.Explain(k.Rules)}
	}
	return out, nil
}
