package handlers

import (
	"bytes"
	"cmp"
	"context"
	"net/http"

	"wenguan/models/report"
)

// SummaryQuery is what is asked about how well venues were used.
type SummaryQuery struct {
	From      string `query:"from" required:"true" maxLength:"10" example:"2026-11-01"`
	To        string `query:"to" required:"true" maxLength:"10" doc:"Included." example:"2026-11-30"`
	Venue     string `query:"venue" maxLength:"60" doc:"Only this venue; else all that the actor may see."`
	By        string `query:"by" enum:"day,week,month" default:"day"`
	Language  string `header:"Accept-Language" maxLength:"200"`
	IfNoMatch string `header:"If-None-Match" maxLength:"400"`
}

// getSummary encodes an answer once for each tag: a year of a large district is megabytes.
func (a *API) getSummary(ctx context.Context, in *SummaryQuery) (*taggedOutput, error) {
	summary, err := a.summary(ctx, in)
	if err != nil {
		return nil, err
	}
	out := tagged(http.StatusNotModified, summary.Tag, nil)
	if !matches(in.IfNoMatch, summary.Tag) {
		body, err := a.summed.encoded(summary.Tag, summary.Tag, func() any { return viewSummary(summary) })
		if err != nil {
			return nil, err
		}
		out = tagged(http.StatusOK, summary.Tag, body)
	}
	out.CacheControl = "private, no-cache"
	return out, nil
}

type csvInput struct {
	SummaryQuery
	Words string `query:"language" enum:"zh-CN,en" doc:"Of its headings; else what Accept-Language asks for."`
}

type csvOutput struct {
	ContentType  string `header:"Content-Type"`
	Disposition  string `header:"Content-Disposition"`
	CacheControl string `header:"Cache-Control"`
	Body         []byte
}

func (a *API) getSummaryCSV(ctx context.Context, in *csvInput) (*csvOutput, error) {
	summary, err := a.summary(ctx, &in.SummaryQuery)
	if err != nil {
		return nil, err
	}
	var table bytes.Buffer
	if err := report.CSV(&table, summary, cmp.Or(in.Words, language(in.Language))); err != nil {
		return nil, err
	}
	name := "wenguan-" + summary.From.String() + "-" + summary.To.String() + ".csv"
	return &csvOutput{"text/csv; charset=utf-8", `attachment; filename="` + name + `"`, "no-store", table.Bytes()}, nil
}

func (a *API) summary(ctx context.Context, in *SummaryQuery) (report.Summary, error) {
	q := report.Query{Venue: in.Venue, By: report.Period(in.By)}
	var err error
	if q.From, err = dateOf(in.From, "from", 0); err != nil {
		return report.Summary{}, err
	}
	if q.To, err = dateOf(in.To, "to", 0); err != nil {
		return report.Summary{}, err
	}
	return a.Bureau.Query(ctx, ActorOf(ctx), q)
}
