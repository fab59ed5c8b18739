package handlers

import (
	"context"
	"time"

	"wenguan/models/account"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/pass"
)

// StaffView is a member of the staff and their roles.
type StaffView struct {
	ID     string      `json:"id"`
	Name   string      `json:"name"`
	Phone  string      `json:"phone,omitempty" doc:"Most of it is hidden." example:"138****5678"`
	Email  string      `json:"email,omitempty" doc:"Most of it is hidden." example:"w***@example.org"`
	Grants []GrantView `json:"grants"`
}

// GrantView is a role somebody has.
type GrantView struct {
	ID      string       `json:"id"`
	Role    account.Role `json:"role" enum:"attendant,counter,manager,officer,auditor,administrator"`
	Areas   []string     `json:"areas" doc:"For all venues of these areas, now and later,"`
	Venues  []string     `json:"venues" doc:"and these venues; neither: for the whole district."`
	Until   *civil.Date  `json:"until,omitempty" doc:"Its last day."`
	Given   *string      `json:"given_at,omitempty" format:"date-time"`
	GivenBy string       `json:"given_by,omitempty" doc:"The name of who gave it; missing for a command."`
	Used    *string      `json:"used_at,omitempty" format:"date-time" doc:"When it was last worked with, to the day; missing: never."`
	Lapses  *string      `json:"lapses_at,omitempty" format:"date-time" doc:"When it lapses unless it is used before; missing: never."`
	Counts  bool         `json:"counts" doc:"It has neither ended nor lapsed."`
	From    string       `json:"from,omitempty" enum:"provider" doc:"provider: it comes with signing in at the provider, which can take it back."`
}

type staffListInput struct {
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	After string `query:"after" maxLength:"400" doc:"The next of the page before."`
}

type staffListOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Items []StaffView `json:"items"`
		Next  string      `json:"next,omitempty"`
	}
}

func (a *API) listStaff(ctx context.Context, in *staffListInput) (*staffListOutput, error) {
	staff, next, err := a.Accounts.Staff(ctx, ActorOf(ctx), in.Limit, in.After)
	if err != nil {
		return nil, err
	}
	out := &staffListOutput{CacheControl: "no-store"}
	out.Body.Items, out.Body.Next = []StaffView{}, next
	for _, member := range staff {
		out.Body.Items = append(out.Body.Items, a.viewStaff(member))
	}
	return out, nil
}

type grantsInput struct {
	Account string `path:"account" maxLength:"40"`
}

type grantsOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         StaffView
}

func (a *API) listGrants(ctx context.Context, in *grantsInput) (*grantsOutput, error) {
	member, err := a.Accounts.StaffMember(ctx, ActorOf(ctx), in.Account)
	if err != nil {
		return nil, err
	}
	return &grantsOutput{"no-store", a.viewStaff(member)}, nil
}

// NewGrant is a role to give.
type NewGrant struct {
	Role   account.Role `json:"role" enum:"attendant,counter,manager,officer,auditor,administrator"`
	Areas  []string     `json:"areas,omitempty" maxItems:"100" doc:"Areas, as venues name theirs: all their venues, now and later."`
	Venues []string     `json:"venues,omitempty" maxItems:"500" doc:"Venue ids. Neither areas nor venues: the whole district."`
	Until  string       `json:"until,omitempty" maxLength:"10" doc:"Its last day; missing: no end." example:"2027-06-30"`
}

// grant reads a role to give. It ends at the midnight after its last day.
func (a *API) grant(n NewGrant) (account.Grant, error) {
	g := account.Grant{Role: n.Role, Areas: n.Areas, Venues: n.Venues}
	if n.Until == "" {
		return g, nil
	}
	last, err := civil.ParseDate(n.Until)
	if err != nil {
		return g, fault.New(fault.Invalid, "invalid_date", "Write the date as 2027-06-30.").On("until")
	}
	end := last.Add(1).Start(a.Zone)
	g.Ends = &end
	return g, nil
}

type giveInput struct {
	Account string `path:"account" maxLength:"40"`
	Body    NewGrant
}

func (a *API) giveRole(ctx context.Context, in *giveInput) (*grantsOutput, error) {
	g, err := a.grant(in.Body)
	if err != nil {
		return nil, err
	}
	if _, err := a.Accounts.Give(ctx, ActorOf(ctx), in.Account, g); err != nil {
		return nil, err
	}
	return a.listGrants(ctx, &grantsInput{in.Account})
}

type takeInput struct {
	Account string `path:"account" maxLength:"40"`
	Grant   string `path:"grant" maxLength:"40"`
}

func (a *API) takeRole(ctx context.Context, in *takeInput) (*struct{}, error) {
	return nil, a.Accounts.Take(ctx, ActorOf(ctx), in.Account, in.Grant)
}

type makeStaffInput struct {
	Body struct {
		Name     string   `json:"name" minLength:"1" maxLength:"60"`
		Phone    string   `json:"phone,omitempty" maxLength:"40" doc:"One of both at least."`
		Email    string   `json:"email,omitempty" maxLength:"254"`
		Language string   `json:"language,omitempty" enum:"zh-CN,en"`
		Grant    NewGrant `json:"grant" doc:"The first role."`
	}
}

type makeStaffOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Member StaffView `json:"member"`
		LinkView
	}
}

// LinkView is a link that is shown once.
type LinkView struct {
	Link string `json:"link" format:"uri" doc:"It is not shown again."`
	QR   string `json:"qr" doc:"The link as a QR code, SVG."`
}

func drawLink(link string) (LinkView, error) {
	drawn, err := pass.Draw(link, "QR")
	return LinkView{link, string(drawn)}, err
}

// enrolment is the link that somebody sets up signing in as staff with.
func (a *API) enrolment(token string) (LinkView, error) {
	return drawLink(a.Origin() + "/sign-in#link=" + token)
}

func (a *API) makeStaff(ctx context.Context, in *makeStaffInput) (*makeStaffOutput, error) {
	g, err := a.grant(in.Body.Grant)
	if err != nil {
		return nil, err
	}
	made, token, err := a.Accounts.MakeStaff(ctx, ActorOf(ctx), account.NewStaff{
		Name: in.Body.Name, Phone: in.Body.Phone, Email: in.Body.Email, Language: in.Body.Language, Grant: g,
	})
	if err != nil {
		return nil, err
	}
	member, err := a.Accounts.StaffMember(ctx, ActorOf(ctx), made.ID)
	if err != nil {
		return nil, err
	}
	out := &makeStaffOutput{CacheControl: "no-store"}
	out.Body.Member = a.viewStaff(member)
	out.Body.LinkView, err = a.enrolment(token)
	return out, err
}

type enrolmentOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         LinkView
}

func (a *API) makeEnrolmentLink(ctx context.Context, in *grantsInput) (*enrolmentOutput, error) {
	token, err := a.Accounts.EnrolmentLink(ctx, ActorOf(ctx), in.Account)
	if err != nil {
		return nil, err
	}
	link, err := a.enrolment(token)
	return &enrolmentOutput{"no-store", link}, err
}

func (a *API) viewStaff(member account.StaffMember) StaffView {
	who := member.Account
	view := StaffView{ID: who.ID, Name: who.Called(), Grants: []GrantView{}}
	if who.Phone != "" {
		view.Phone = account.Address(who.Phone).Masked()
	}
	if who.Email != "" {
		view.Email = account.Address(who.Email).Masked()
	}
	for _, g := range member.Grants {
		view.Grants = append(view.Grants, a.viewGrant(g))
	}
	return view
}

func (a *API) viewGrant(g account.StaffGrant) GrantView {
	view := GrantView{
		ID: g.ID, Role: g.Role, Areas: list(g.Areas), Venues: list(g.Venues), GivenBy: g.Giver, Counts: g.Counts,
		Given: localOrNone(g.GivenAt, a.Zone), Used: localOrNone(g.UsedAt, a.Zone), Lapses: localOrNone(g.Lapses, a.Zone),
	}
	if g.Ends != nil {
		last := civil.DateOf(g.Ends.Add(-time.Nanosecond), a.Zone)
		view.Until = &last
	}
	if g.GivenBy == account.GivenByProvider {
		view.From = account.GivenByProvider
	}
	return view
}

// localOrNone is a moment by the zone's clock, nil for the zero time.
func localOrNone(t time.Time, zone *time.Location) *string {
	if t.IsZero() {
		return nil
	}
	return localOrNil(&t, zone)
}
