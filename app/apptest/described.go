package apptest

import (
	"strconv"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
)

// described fails the test if the description of the API does not have the answer's status for its operation: whatever a
// test makes the API answer, the description says that it may.
func described(t testing.TB, api *huma.OpenAPI, method, path string, status int) {
	t.Helper()
	op := Operation(api, method, path)
	if op == nil || status == 503 || op.Responses[strconv.Itoa(status)] != nil { // any server may be unavailable
		return
	}
	t.Errorf("%s %s answers %d, which the description of %s does not have", method, path, status, op.OperationID)
}

// Operation is the operation that serves the path, nil if none does. A written segment goes before a parameter.
func Operation(api *huma.OpenAPI, method, path string) (found *huma.Operation) {
	path, _, _ = strings.Cut(path, "?")
	parameters := 100
	for template, item := range api.Paths {
		op := map[string]*huma.Operation{
			"GET": item.Get, "POST": item.Post, "PUT": item.Put, "PATCH": item.Patch, "DELETE": item.Delete,
		}[method]
		if n := strings.Count(template, "{"); op != nil && n < parameters && fitsTemplate(template, path) {
			found, parameters = op, n
		}
	}
	return found
}

func fitsTemplate(template, path string) bool {
	want, got := strings.Split(template, "/"), strings.Split(path, "/")
	if len(want) != len(got) {
		return false
	}
	for i := range want {
		if want[i] != got[i] && !fitsSegment(want[i], got[i]) {
			return false
		}
	}
	return true
}

// fitsSegment reports whether a segment is what a template like "{venue}" or "audit.{format}" stands for.
func fitsSegment(template, segment string) bool {
	before, rest, parameter := strings.Cut(template, "{")
	_, after, _ := strings.Cut(rest, "}")
	return parameter && len(segment) > len(before)+len(after) && strings.HasPrefix(segment, before) && strings.HasSuffix(segment, after)
}
