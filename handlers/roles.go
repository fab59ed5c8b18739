package handlers

import (
	"context"

	"wenguan/models/account"
)

// PermissionView is one thing that can be done and who may do it.
type PermissionView struct {
	Action  account.Action `json:"action"`
	Summary string         `json:"summary" doc:"In English."`
	Scope   account.Scope  `json:"scope" enum:"public,own,granted,district" doc:"public: everybody; own: everybody signed in, for what is theirs; granted: at the venues of the role; district: only with a role for the whole district."`
	Roles   []account.Role `json:"roles" doc:"Of people and devices."`
	StepUp  bool           `json:"step_up" doc:"The second factor is asked for again first."`
}

type rolesOutput struct {
	Body struct {
		Items []PermissionView `json:"items"`
	}
}

func (a *API) listRoles(context.Context, *struct{}) (*rolesOutput, error) {
	out := &rolesOutput{}
	for _, p := range account.Permissions() {
		out.Body.Items = append(out.Body.Items, PermissionView{p.Action, p.Summary, p.Scope, list(p.Roles), p.StepUp})
	}
	return out, nil
}
