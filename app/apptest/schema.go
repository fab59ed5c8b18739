package apptest

import "github.com/danielgtaylor/huma/v2"

// Takes reports whether the body of an operation has a field of this name.
func Takes(api *huma.OpenAPI, method, path, field string) bool {
	op := Operation(api, method, path)
	if op == nil || op.RequestBody == nil {
		return false
	}
	for _, media := range op.RequestBody.Content {
		schema := media.Schema
		if schema != nil && schema.Ref != "" {
			schema = api.Components.Schemas.SchemaFromRef(schema.Ref)
		}
		if schema != nil && schema.Properties[field] != nil {
			return true
		}
	}
	return false
}

// Undescribed is the client for requests that may end at another operation than they look like, whose answers the
// description need not have.
func (c *Client) Undescribed() *Client {
	free := *c
	free.api = nil
	return &free
}
