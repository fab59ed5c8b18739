package handlers

import (
	"context"
	"encoding/json"
)

type violationInput struct {
	RawBody []byte `contentType:"application/csp-report"`
}

// violationReport is what browsers send. Only what names the fault is read, never the address of the page.
type violationReport struct {
	Report struct {
		Directive string `json:"violated-directive"`
		Blocked   string `json:"blocked-uri"`
	} `json:"csp-report"`
}

func (a *API) violation(ctx context.Context, in *violationInput) (*struct{}, error) {
	var r violationReport
	if json.Unmarshal(in.RawBody, &r) == nil {
		a.violations.Add(1)
		a.Log.WarnContext(ctx, "a page broke the content security policy",
			"directive", shorten(r.Report.Directive), "blocked", shorten(r.Report.Blocked))
	}
	return nil, nil
}

// Violations is how many reports came since the start. The pages should cause none.
func (a *API) Violations() int64 { return a.violations.Load() }
