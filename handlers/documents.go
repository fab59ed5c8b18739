package handlers

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"wenguan/models/organization"
)

// documentBody is one more byte than a document may have: the limit of a body is one it may not reach.
const documentBody = organization.MaxDocumentBytes + 1

type addDocumentInput struct {
	OrganizationPath
	Name     string `query:"name" maxLength:"400" doc:"What the file is called; its real type decides the ending."`
	Replaces string `query:"replaces" maxLength:"60" doc:"The document whose place it takes."`
	RawBody  []byte `contentType:"application/octet-stream"`
}

type documentOutput struct {
	Location string `header:"Location"`
	Body     DocumentView
}

func (a *API) addDocument(ctx context.Context, in *addDocumentInput) (*documentOutput, error) {
	d, err := a.Organizations.AddDocument(ctx, ActorOf(ctx), in.Organization, in.Name, in.RawBody, in.Replaces)
	if err != nil {
		return nil, err
	}
	view := a.viewDocument(in.Organization, d)
	return &documentOutput{view.URL, view}, nil
}

type documentPath struct {
	OrganizationPath
	Document string `path:"document" maxLength:"60"`
}

// downloadOutput is a file that somebody else uploaded: saved, never shown or run in a page of ours.
type downloadOutput struct {
	ContentType    string `header:"Content-Type"`
	Disposition    string `header:"Content-Disposition"`
	NoSniff        string `header:"X-Content-Type-Options"`
	Policy         string `header:"Content-Security-Policy"`
	ResourcePolicy string `header:"Cross-Origin-Resource-Policy"`
	CacheControl   string `header:"Cache-Control"`
	Body           []byte
}

func (a *API) getDocument(ctx context.Context, in *documentPath) (*downloadOutput, error) {
	d, data, err := a.Organizations.OpenDocument(ctx, ActorOf(ctx), in.Organization, in.Document)
	if err != nil {
		return nil, err
	}
	return &downloadOutput{d.Type, attachment(d.Name), "nosniff", "sandbox; default-src 'none'", "same-origin", "no-store", data}, nil
}

func (a *API) removeDocument(ctx context.Context, in *documentPath) (*struct{}, error) {
	return nil, a.Organizations.RemoveDocument(ctx, ActorOf(ctx), in.Organization, in.Document)
}

// attachment is a Content-Disposition (RFC 6266) that saves the file: under a plain name for old clients, under its own
// for the others (RFC 8187). Nothing of the name stands in it unescaped.
func attachment(name string) string {
	ending := name[strings.LastIndexByte(name, '.')+1:]
	escaped := strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
	return fmt.Sprintf(`attachment; filename="document.%s"; filename*=UTF-8''%s`, ending, escaped)
}
