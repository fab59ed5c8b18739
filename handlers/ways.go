package handlers

import (
	"context"

	"github.com/danielgtaylor/huma/v2"
)

// WaysView is how one can sign in here.
type WaysView struct {
	Provider *ProviderView `json:"provider" doc:"null where there is none."`
}

// ProviderView is another service that people may sign in with.
type ProviderView struct {
	Name string `json:"name" example:"江西政务服务网"`
}

// TransformSchema implements huma.SchemaTransformer: huma has no nullable objects.
func (WaysView) TransformSchema(_ huma.Registry, s *huma.Schema) *huma.Schema {
	p := s.Properties["provider"]
	s.Properties["provider"] = &huma.Schema{Description: p.Description, AnyOf: []*huma.Schema{{Ref: p.Ref}, {Type: "null"}}}
	return s
}

type waysOutput struct {
	Body WaysView
}

func (a *API) ways(context.Context, *struct{}) (*waysOutput, error) {
	out := &waysOutput{}
	if a.Provider != nil {
		out.Body.Provider = &ProviderView{a.Provider.Name()}
	}
	return out, nil
}
