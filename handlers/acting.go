package handlers

import (
	"context"
	"time"

	"wenguan/models/account"
)

// ActingView is somebody a person acts for.
type ActingView struct {
	ID            string             `json:"id"`
	Kind          string             `json:"kind" enum:"family,organization"`
	Name          string             `json:"name"`
	Role          account.MemberRole `json:"role,omitempty" enum:"owner,booker,member" doc:"In an organization; a member only sees its bookings."`
	VerifiedUntil string             `json:"verified_until,omitempty" format:"date-time" doc:"Of an organization whose registration counts as verified."`
	BirthYear     int32              `json:"birth_year,omitempty" doc:"Of a family member."`
	Relation      account.Relation   `json:"relation,omitempty" enum:"child,elder" doc:"Of a family member."`
}

// sessionOf is who is signed in, with whom they act for.
func (a *API) sessionOf(ctx context.Context, actor account.Actor) (SessionView, error) {
	view := a.viewSession(actor)
	view.RealName = actor.RealName
	needed, err := a.Privacy.ConsentNeeded(ctx, actor)
	if err != nil {
		return view, err
	}
	if needed > 0 {
		view.ConsentNeeded = &ConsentNeeded{needed}
	}
	acting, err := a.Accounts.ActsForAll(ctx, actor)
	for _, one := range acting {
		view.ActsFor = append(view.ActsFor, viewActing(one, a.Clock(), a.Zone))
	}
	return view, err
}

func viewActing(one account.Acting, now time.Time, zone *time.Location) ActingView {
	view := ActingView{ID: one.ID, Kind: "family", Name: one.Name, Role: one.Role, BirthYear: one.BirthYear, Relation: one.Relation()}
	if one.Account.Kind == account.Organization {
		view.Kind = "organization"
		if one.Verified(now) {
			view.VerifiedUntil = local(*one.VerifiedUntil, zone)
		}
	}
	return view
}
