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
	op := operationOf(api, method, path)
	if op == nil || status == 503 || op.Responses[strconv.Itoa(status)] != nil { // any server may be unavailable
		return
	}
	t.Errorf("%s %s answers %d, which the description of %s does not have", method, path, status, op.OperationID)
}

// operationOf is the operation that serves the path, nil if none does. A written segment goes before a parameter.
func operationOf(api *huma.OpenAPI, method, path string) (found *huma.Operation) {
	path, _, _ = strings.Cut(path, "?")
	for template, item := range api.Paths {
		if template != path && !fitsTemplate(template, path) {
			continue
		}
		op := map[string]*huma.Operation{
			"GET": item.Get, "POST": item.Post, "PUT": item.Put, "PATCH": item.Patch, "DELETE": item.Delete,
		}[method]
		if template == path {
			return op
		}
		found = op
	}
	return found
}

func fitsTemplate(template, path string) bool {
	want, got := strings.Split(template, "/"), strings.Split(path, "/")
	if len(want) != len(got) {
		return false
	}
	for i := range want {
		if want[i] != got[i] && !strings.HasPrefix(want[i], "{") {
			return false
		}
	}
	return true
}
