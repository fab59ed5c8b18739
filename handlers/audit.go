package handlers

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"wenguan/models/audit"
	"wenguan/models/civil"
	"wenguan/models/spreadsheet"
)

// AuditRecord is one change that was made.
type AuditRecord struct {
	Chain    string          `json:"chain" doc:"The venue it is about, or district."`
	Number   int64           `json:"number" doc:"Its place in the chain, from 1."`
	At       string          `json:"at" format:"date-time"`
	Action   string          `json:"action" example:"venue.saved"`
	Subject  string          `json:"subject" example:"venue/library"`
	Actor    AuditActor      `json:"actor" doc:"Who did it."`
	Means    string          `json:"means,omitempty" doc:"How they had signed in."`
	OnBehalf *AuditActor     `json:"on_behalf,omitempty" doc:"Whom it was done for."`
	Request  string          `json:"request,omitempty" doc:"The id of the request, as in the log."`
	Before   json.RawMessage `json:"before,omitempty" doc:"What was."`
	After    json.RawMessage `json:"after,omitempty" doc:"What is."`
	Previous []byte          `json:"previous,omitempty" doc:"Hash of the record before it."`
	Hash     []byte          `json:"hash" doc:"SHA-256 of the record; docs/audit.md says of what exactly."`
}

// AuditActor is somebody in a record.
type AuditActor struct {
	ID   string `json:"id"`
	Name string `json:"name,omitempty" doc:"Missing when the account is gone."`
}

// AuditQuery selects records.
type AuditQuery struct {
	Chain   string `query:"chain" maxLength:"60" doc:"A venue, or district; empty for all, which needs a role for the whole district."`
	From    string `query:"from" maxLength:"10" example:"2026-11-01"`
	To      string `query:"to" maxLength:"10" doc:"Included." example:"2026-11-30"`
	Action  string `query:"action" maxLength:"60" doc:"An action, or the word before its dot: booking."`
	Subject string `query:"subject" maxLength:"120"`
	Actor   string `query:"actor" maxLength:"60" doc:"Who did it, or on whose behalf."`
}

type auditInput struct {
	AuditQuery
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	After string `query:"after" maxLength:"1500" doc:"The next of the page before."`
}

type auditOutput struct {
	Body struct {
		Items []AuditRecord `json:"items"`
		Next  string        `json:"next,omitempty" doc:"For after. A page may be short, even empty, and have one: a search looks at a bounded number of records at a time."`
	}
}

func (a *API) listAudit(ctx context.Context, in *auditInput) (*auditOutput, error) {
	q, err := a.auditQuery(&in.AuditQuery)
	if err != nil {
		return nil, err
	}
	q.Limit, q.After = in.Limit, in.After
	found, next, err := a.Audit.Find(ctx, ActorOf(ctx), q)
	if err != nil {
		return nil, err
	}
	out := &auditOutput{}
	out.Body.Next = next
	out.Body.Items, err = a.viewAudit(ctx, found)
	return out, err
}

type auditExportInput struct {
	AuditQuery
	Format string `path:"format" enum:"csv,jsonl"`
}

// exportAudit is everything selected as one file: CSV for people, JSON lines with every field that the hashes cover for
// those who check the chain with tools of their own.
func (a *API) exportAudit(ctx context.Context, in *auditExportInput) (*csvOutput, error) {
	q, err := a.auditQuery(&in.AuditQuery)
	if err != nil {
		return nil, err
	}
	found, err := a.Audit.Export(ctx, ActorOf(ctx), q)
	if err != nil {
		return nil, err
	}
	kind, write := "text/csv; charset=utf-8", a.auditCSV
	if in.Format == "jsonl" {
		kind, write = "application/jsonl; charset=utf-8", a.auditLines
	}
	var file bytes.Buffer
	if err := write(ctx, &file, found); err != nil {
		return nil, err
	}
	name := fmt.Sprintf(`attachment; filename="wenguan-audit-%s.%s"`, civil.DateOf(a.Clock(), time.UTC), in.Format)
	return &csvOutput{kind, name, "no-store", file.Bytes()}, nil
}

// auditLine is a record in the form that its hash covers: before and after are JSON as text.
type auditLine struct {
	Chain    string `json:"chain"`
	Number   int64  `json:"number"`
	At       int64  `json:"at_ms"`
	Action   string `json:"action"`
	Subject  string `json:"subject"`
	Actor    string `json:"actor"`
	Means    string `json:"means"`
	OnBehalf string `json:"on_behalf"`
	Request  string `json:"request"`
	Before   string `json:"before"`
	After    string `json:"after"`
	Previous []byte `json:"previous"`
	Hash     []byte `json:"hash"`
}

func (a *API) auditLines(_ context.Context, file *bytes.Buffer, found []audit.Record) error {
	lines := json.NewEncoder(file)
	lines.SetEscapeHTML(false)
	for _, r := range found {
		line := auditLine{
			r.Chain, r.Number, r.At.UnixMilli(), r.Action, r.Subject, r.Actor, r.Means, r.OnBehalf, r.Request, r.Before, r.After, nil, r.Hash,
		}
		if len(r.Previous) > 0 {
			line.Previous = r.Previous
		}
		if err := lines.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

func (a *API) auditCSV(ctx context.Context, file *bytes.Buffer, found []audit.Record) error {
	list, err := a.viewAudit(ctx, found)
	if err != nil {
		return err
	}
	table, err := spreadsheet.NewWriter(file)
	if err != nil {
		return err
	}
	table.Row("chain", "number", "at", "action", "subject", "actor", "actor_name", "means", "on_behalf", "request", "before", "after", "hash")
	for _, r := range list {
		behalf := ""
		if r.OnBehalf != nil {
			behalf = r.OnBehalf.ID
		}
		table.Row(r.Chain, fmt.Sprint(r.Number), r.At, r.Action, r.Subject, r.Actor.ID, r.Actor.Name, r.Means, behalf, r.Request,
			string(r.Before), string(r.After), fmt.Sprintf("%x", r.Hash))
	}
	return table.Flush()
}

// auditQuery reads the dates in the district's zone.
func (a *API) auditQuery(in *AuditQuery) (audit.Query, error) {
	q := audit.Query{Chain: in.Chain, Action: in.Action, Subject: in.Subject, Actor: in.Actor}
	if in.From != "" {
		from, err := dateOf(in.From, "from", 0)
		if err != nil {
			return q, err
		}
		q.From = from.Start(a.Zone)
	}
	if in.To != "" {
		to, err := dateOf(in.To, "to", 0)
		if err != nil {
			return q, err
		}
		q.Before = to.Add(1).Start(a.Zone)
	}
	return q, nil
}

func (a *API) viewAudit(ctx context.Context, found []audit.Record) ([]AuditRecord, error) {
	var ids []string
	for _, r := range found {
		ids = append(ids, r.Actor, r.OnBehalf)
	}
	names, err := a.Accounts.Names(ctx, ids)
	if err != nil {
		return nil, err
	}
	views := make([]AuditRecord, len(found))
	for i, r := range found {
		views[i] = AuditRecord{
			Chain: r.Chain, Number: r.Number, At: r.At.In(a.Zone).Format(time.RFC3339Nano), Action: r.Action, Subject: r.Subject,
			Actor: AuditActor{r.Actor, names[r.Actor]}, Means: r.Means, Request: r.Request, Previous: r.Previous, Hash: r.Hash,
			Before: json.RawMessage(r.Before), After: json.RawMessage(r.After),
		}
		if r.OnBehalf != "" {
			views[i].OnBehalf = &AuditActor{r.OnBehalf, names[r.OnBehalf]}
		}
		if strings.TrimSpace(r.Before) == "" {
			views[i].Before = nil
		}
		if strings.TrimSpace(r.After) == "" {
			views[i].After = nil
		}
	}
	return views, nil
}
