package handlers

import (
	"context"
	"fmt"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"wenguan/models/account"
)

// Needs is the key of an operation's metadata that holds its account.Action.
const Needs = "needs"

// Prefix is where the API lives.
const Prefix = "/api/v1"

const smallBody = 64 << 10 // bytes of a body unless a route says otherwise

// router registers routes. It is here so that a route cannot exist without saying who may use it.
type router struct {
	api       huma.API
	limits    Limits
	consented func(context.Context, account.Actor) error
}

// handle is what a handler is: input in, output or error out.
type handle[I, O any] func(context.Context, *I) (*O, error)

// option changes how an operation is described or served.
type option func(*router, *huma.Operation)

// route registers one operation. An operation whose path names a {venue} asks for the action at that venue, every other
// one for the action anywhere; the verb behind it asks again with what it has loaded.
func route[I, O any](r *router, method, path string, may account.Action, h handle[I, O]) {
	about, described := operations[method+" "+path]
	if !described || may == "" {
		panic(fmt.Sprintf("the route %s %s lacks its action or its words", method, path))
	}
	if !strings.HasPrefix(path, "/.well-known/") && path != "/health" {
		path = Prefix + path
	}
	op := huma.Operation{
		Method: method, Path: path, OperationID: about.id, Summary: about.summary, Tags: []string{about.tag},
		MaxBodyBytes: smallBody, Responses: map[string]*huma.Response{},
		Middlewares: huma.Middlewares{permit(r.api, may), severalCookies}, Metadata: map[string]any{Needs: may},
	}
	if may != account.ViewPublic {
		op.Security = []map[string][]string{{"session": {}}, {"bearer": {}}}
	}
	for _, o := range about.options {
		o(r, &op)
	}
	describeErrors(&op, may, reflect.TypeFor[I]())
	huma.Register(r.api, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := h(ctx, in)
		if err != nil {
			return nil, ProblemOf(ctx, err)
		}
		return out, nil
	})
	r.showExamples(&op)
}

// permit refuses before the input is read: somebody who may not do this learns nothing about what would be valid.
func permit(api huma.API, may account.Action) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		if err := ActorOf(ctx.Context()).Check(may, ctx.Param("venue")); err != nil {
			writeProblem(api, ctx, ProblemOf(ctx.Context(), err))
			return
		}
		next(ctx)
	}
}

func writeProblem(api huma.API, ctx huma.Context, p *Problem) {
	ctx.SetHeader("Content-Type", p.ContentType(""))
	for name, values := range p.GetHeaders() {
		ctx.SetHeader(name, values[0])
	}
	ctx.SetStatus(p.Status)
	_ = api.Marshal(ctx.BodyWriter(), "application/json", p) // into memory
}

// describeErrors lists the failures an operation can answer with, from what it is.
func describeErrors(op *huma.Operation, may account.Action, input reflect.Type) {
	add := func(status int) { op.Errors = append(op.Errors, status) }
	_, body := input.FieldByName("Body")
	_, raw := input.FieldByName("RawBody")
	if may != account.ViewPublic {
		add(http.StatusUnauthorized)
		add(http.StatusForbidden)
	}
	if strings.Contains(op.Path, "{") {
		add(http.StatusNotFound)
	}
	if body || raw {
		add(http.StatusBadRequest)
		add(http.StatusRequestEntityTooLarge)
	}
	if body {
		add(http.StatusUnsupportedMediaType)
	}
	if input.NumField() > 0 {
		add(http.StatusUnprocessableEntity)
	}
	add(http.StatusInternalServerError)
}

// refuses adds the refusals, by code, that the operation's own rules can answer with.
func refuses(codes ...string) option {
	return func(_ *router, op *huma.Operation) {
		for _, code := range codes {
			status := examples[code].Status
			if status == 0 {
				panic("there is no example of the problem " + code)
			}
			op.Errors = append(op.Errors, status)
		}
		known, _ := op.Metadata[refusals].([]string)
		op.Metadata[refusals] = append(known, codes...)
	}
}

// limited refuses whoever asks too often, before the input is read.
func limited(by attempt) option {
	return func(r *router, op *huma.Operation) {
		refuses("too_many_requests")(r, op)
		op.Middlewares = append(op.Middlewares, func(ctx huma.Context, next func(huma.Context)) {
			if err := by(ctx.Context(), r.limits, callerOf(ctx.Context())); err != nil {
				writeProblem(r.api, ctx, ProblemOf(ctx.Context(), err))
				return
			}
			next(ctx)
		})
	}
}

// consenting refuses residents who have not agreed to the privacy text in force, before the input is read: what the
// operation makes is more to keep about them.
func consenting(r *router, op *huma.Operation) {
	refuses("consent_required")(r, op)
	op.Middlewares = append(op.Middlewares, func(ctx huma.Context, next func(huma.Context)) {
		if err := r.consented(ctx.Context(), ActorOf(ctx.Context())); err != nil {
			writeProblem(r.api, ctx, ProblemOf(ctx.Context(), err))
			return
		}
		next(ctx)
	})
}

// answers sets the status of success.
func answers(status int) option {
	return func(_ *router, op *huma.Operation) { op.DefaultStatus = status }
}

// takes sets how many bytes a body may have.
func takes(bytes int64) option {
	return func(_ *router, op *huma.Operation) { op.MaxBodyBytes = bytes }
}

// sends describes a success that is not JSON made by huma: a picture, CSV, or JSON that is encoded once and kept.
func sends(contentType string, schema *huma.Schema) option {
	return func(_ *router, op *huma.Operation) {
		op.Responses["200"] = &huma.Response{
			Description: "OK",
			Content:     map[string]*huma.MediaType{contentType: {Schema: schema}},
		}
	}
}

// alsoSends describes another form of the same answer.
func alsoSends(contentType string, schema *huma.Schema) option {
	return func(_ *router, op *huma.Operation) {
		op.Responses["200"].Content[contentType] = &huma.MediaType{Schema: schema}
	}
}

// sendsTagged describes JSON that is encoded by the handler and has a tag.
func sendsTagged[T any](r *router, op *huma.Operation) {
	schema := r.api.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[T](), true, "")
	sends("application/json", schema)(r, op)
	revalidates(r, op)
}

// revalidates describes that the answer has a tag.
func revalidates(_ *router, op *huma.Operation) {
	op.Responses["304"] = &huma.Response{Description: "What If-None-Match names is still right."}
}
