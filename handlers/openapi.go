package handlers

import (
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"wenguan/models/civil"
)

var (
	anyObject = &huma.Schema{Type: huma.TypeObject, AdditionalProperties: true}
	binary    = &huma.Schema{Type: huma.TypeString, Format: "binary"}
	text      = &huma.Schema{Type: huma.TypeString}
)

const about = `Public cultural facilities of a district: who may use which space when, the QR pass that opens the door, and how
well everything is used.

**Times** of bookings are RFC 3339 with the offset of the venue ("2026-11-25T09:00:00+08:00"). As input the wall clock of
the venue ("2026-11-25T09:00") is taken as well. **Texts** are objects by language; "en" may be missing.

**Errors** are problem documents (RFC 9457) with a stable ` + "`code`" + ` and ` + "`params`" + `; nothing in them repeats what was sent.

**Signing in**: the browser holds the cookie of POST /sessions; tools send the same token as a bearer token. Requests that
change something and carry the cookie must come from the same origin.`

// describe fills in what is not derived from the routes.
func describe(o *huma.OpenAPI) {
	o.Info.Description = about
	o.Info.License = &huma.License{Name: "Apache-2.0", Identifier: "Apache-2.0"}
	o.Servers = []*huma.Server{{URL: "/", Description: "This server"}}
	o.Tags = tags
	o.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"session": {Type: "apiKey", In: "cookie", Name: Cookie, Description: "Set by POST /api/v1/sessions."},
		"bearer":  {Type: "http", Scheme: "bearer", Description: "The same session token, for tools."},
	}
	o.Components.Schemas.RegisterTypeAlias(reflect.TypeFor[civil.Date](), reflect.TypeFor[dateSchema]())
	o.Components.Schemas.RegisterTypeAlias(reflect.TypeFor[civil.TimeOfDay](), reflect.TypeFor[timeSchema]())
}

// dateSchema and timeSchema describe the text forms of civil dates and times.
type (
	dateSchema struct{}
	timeSchema struct{}
)

// Schema implements huma.SchemaProvider.
func (dateSchema) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Format: "date", Examples: []any{"2026-11-24"}}
}

// Schema implements huma.SchemaProvider.
func (timeSchema) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{
		Type: huma.TypeString, Pattern: "^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$", PatternDescription: "a time such as 09:30",
		Examples: []any{"09:30"},
	}
}
