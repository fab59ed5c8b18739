package handlers

import (
	"context"
	"time"

	"wenguan/models/civil"
	"wenguan/models/report"
	"wenguan/models/venue"
)

type writtenInput struct {
	Period string `query:"period" required:"true" enum:"week,month"`
	Of     string `query:"of" required:"true" maxLength:"10" doc:"Any date in the week or month." example:"2026-10-01"`
}

type writtenOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         WrittenView
}

// WrittenView is what the weekly or monthly job wrote down; nothing is computed for it.
type WrittenView struct {
	Period string        `json:"period" enum:"week,month"`
	Items  []WrittenItem `json:"items" doc:"The district's first, for those who may see all of it; none before the job has run."`
}

// WrittenItem is the summary of one venue or of the district.
type WrittenItem struct {
	Venue     string     `json:"venue,omitempty" doc:"None: the district."`
	Name      venue.Text `json:"name,omitzero"`
	From      civil.Date `json:"from"`
	To        civil.Date `json:"to" doc:"Included."`
	WrittenAt string     `json:"written_at" format:"date-time"`
	Measures
}

func (a *API) listWritten(ctx context.Context, in *writtenInput) (*writtenOutput, error) {
	of, err := dateOf(in.Of, "of", 0)
	if err != nil {
		return nil, err
	}
	list, err := a.Bureau.ReadWritten(ctx, ActorOf(ctx), report.Period(in.Period), of)
	if err != nil {
		return nil, err
	}
	return &writtenOutput{"no-store", WrittenView{in.Period, a.viewWritten(ctx, list)}}, nil
}

// viewWritten shows the district's moments in the zone of its venues.
func (a *API) viewWritten(ctx context.Context, list []report.Written) []WrittenItem {
	items, zone := make([]WrittenItem, len(list)), time.UTC
	for i, w := range list {
		items[i] = WrittenItem{Venue: w.Venue, From: w.From, To: w.To, Measures: Measures(w.Figures.Total)}
		if v, err := a.Venues.Get(ctx, w.Venue); err == nil { // a venue that is gone keeps its summaries
			items[i].Name, zone = v.Name, v.Location()
		}
	}
	for i, w := range list {
		items[i].WrittenAt = local(w.WrittenAt, zone)
	}
	return items
}
