package handlers

import (
	"context"

	"wenguan/models/privacy"
)

// exportPolicy is for the page of a copy: no scripts, nothing from elsewhere, its own one style sheet.
var exportPolicy = "default-src 'none'; style-src " + privacy.StyleHash + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// ExportQuery says in which form a copy is wanted.
type ExportQuery struct {
	Format   string `path:"format" enum:"json,html" doc:"json for machines, html to read and print."`
	Language string `query:"language" enum:"zh-CN,en" doc:"Of the page; as the browser asks if missing."`
	Accepted string `header:"Accept-Language" maxLength:"200"`
}

// exportOutput has its policy set by the handler: the middleware's is for pages with scripts.
type exportOutput struct {
	CacheControl string `header:"Cache-Control"`
	ContentType  string `header:"Content-Type"`
	Disposition  string `header:"Content-Disposition"`
	Policy       string `header:"Content-Security-Policy"`
	Body         []byte
}

func (a *API) exportAccount(ctx context.Context, in *ExportQuery) (*exportOutput, error) {
	made, err := a.Privacy.Export(ctx, ActorOf(ctx))
	if err != nil {
		return nil, err
	}
	return a.writeCopy(made, in)
}

type exportPersonInput struct {
	Person string `path:"person" minLength:"1" maxLength:"60"`
	ExportQuery
}

func (a *API) exportPerson(ctx context.Context, in *exportPersonInput) (*exportOutput, error) {
	made, err := a.Privacy.ExportPerson(ctx, ActorOf(ctx), in.Person)
	if err != nil {
		return nil, err
	}
	return a.writeCopy(made, &in.ExportQuery)
}

func (a *API) writeCopy(made privacy.Copy, in *ExportQuery) (*exportOutput, error) {
	if in.Format == "json" {
		body, err := made.JSON()
		return &exportOutput{"no-store", "application/json", `attachment; filename="wenguan-my-data.json"`, exportPolicy, body}, err
	}
	tongue := in.Language
	if tongue == "" {
		tongue = language(in.Accepted)
	}
	body, err := made.Page(tongue, a.Zone)
	return &exportOutput{"no-store", "text/html; charset=utf-8", "inline", exportPolicy, body}, err
}
