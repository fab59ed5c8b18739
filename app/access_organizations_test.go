package app_test

import (
	"strings"

	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
)

// accessOfOrganizations is who may do what with an {organization} of the holder. To everybody who is not in it and does
// not verify, it does not exist.
var accessOfOrganizations = []row{
	{method: "GET", path: "/organizations", want: outcomes{200: "people"}},
	{method: "POST", path: "/organizations", body: `{"name":"新队","kind":"troupe","contact":"王","phone":"13800138000"}`, want: outcomes{201: "people"}},
	{method: "GET", path: "/organizations/registrations?state=submitted", want: outcomes{200: "district"}},
	{method: "GET", path: "/organizations/{organization}", want: outcomes{200: "holder district", 404: "people"}},
	{method: "PUT", path: "/organizations/{organization}", body: `{"revision":2,"name":"青花合唱团","kind":"troupe","contact":"王","phone":"13800138000"}`,
		want: outcomes{200: "holder", 403: "district", 404: "people"}},
	{method: "DELETE", path: "/organizations/{organization}", want: outcomes{204: "holder", 403: "district", 404: "people"}},
	{method: "POST", path: "/organizations/{organization}/submission", want: outcomes{200: "holder", 403: "district", 404: "people"}},
	{method: "POST", path: "/organizations/{submitted}/verification", body: `{"revision":3,"decision":"verify"}`, want: outcomes{200: "district"}},
	{method: "POST", path: "/organizations/{organization}/documents?name=a.png", body: "{picture}", want: outcomes{201: "holder", 403: "district", 404: "people"}},
	{method: "GET", path: "/organizations/{filed}/documents/{document}", want: outcomes{200: "holder district", 404: "people"}},
	{method: "DELETE", path: "/organizations/{filed}/documents/{document}", want: outcomes{204: "holder", 403: "district", 404: "people"}},
	{method: "GET", path: "/organizations/{organization}/members", want: outcomes{200: "holder district", 404: "people"}},
	{method: "PUT", path: "/organizations/{joined}/members/{guest}", body: `{"role":"owner"}`, want: outcomes{204: "holder", 403: "district", 404: "people"}},
	{method: "DELETE", path: "/organizations/{joined}/members/{guest}", want: outcomes{204: "holder", 403: "district", 404: "people"}},
	{method: "GET", path: "/organizations/{organization}/invitations", want: outcomes{200: "holder", 403: "district", 404: "people"}},
	{method: "POST", path: "/organizations/{organization}/invitations", body: `{"role":"owner"}`, want: outcomes{201: "holder", 403: "district", 404: "people"}},
	{method: "DELETE", path: "/organizations/{inviting}/invitations/{invitation}", want: outcomes{204: "holder", 403: "district", 404: "people"}},
	{method: "POST", path: "/invitations/preview", body: `{"token":"{token}"}`, want: outcomes{200: "people"}},
	{method: "POST", path: "/invitations/accept", body: `{"token":"{token}"}`, want: outcomes{200: "people"}},
}

// An {organization} is a complete draft of the holder and {submitted} one that waits for staff. A {document} is {filed}, a
// {guest} has {joined} and an {invitation} is {inviting}, each at such a draft. A {token} is of somebody else's.
var fillersOfOrganizations = map[string]filler{
	"{organization}": func(s *scene) map[string]string {
		return map[string]string{"{organization}": s.registered(s.holder).ID}
	},
	"{submitted}": func(s *scene) map[string]string {
		o := s.registered(s.holder)
		s.holder.Post("/api/v1/organizations/"+o.ID+"/submission", nil).Expect(200)
		return map[string]string{"{submitted}": o.ID}
	},
	"{document}": func(s *scene) map[string]string {
		o := s.registered(s.holder)
		d := apptest.Decode[handlers.DocumentView](s.holder.Post("/api/v1/organizations/"+o.ID+"/documents?name=b.png", picture(s.t)).Expect(201))
		return map[string]string{"{filed}": o.ID, "{document}": d.ID}
	},
	"{guest}": func(s *scene) map[string]string {
		o, guest := s.registered(s.holder), s.Resident("客人")
		_, token := invited(s.holder, o.ID)
		guest.Post("/api/v1/invitations/accept", map[string]string{"token": token}).Expect(200)
		return map[string]string{"{joined}": o.ID, "{guest}": guest.Account.ID}
	},
	"{invitation}": func(s *scene) map[string]string {
		o := s.registered(s.holder)
		id, _ := invited(s.holder, o.ID)
		return map[string]string{"{inviting}": o.ID, "{invitation}": id}
	},
	"{token}": func(s *scene) map[string]string {
		owner := s.Resident("负责人")
		_, token := invited(owner, s.registered(owner).ID)
		return map[string]string{"{token}": token}
	},
}

// registered is a new draft with one document and a code that nobody else has.
func (s *scene) registered(owner *apptest.Client) handlers.OrganizationView {
	s.t.Helper()
	o := apptest.Decode[handlers.OrganizationView](owner.Post("/api/v1/organizations", apptest.Registration("青花合唱团")).Expect(201))
	owner.Post("/api/v1/organizations/"+o.ID+"/documents?name=a.png", picture(s.t)).Expect(201)
	return o
}

// invited is a new invitation to be a plain member.
func invited(owner *apptest.Client, organization string) (id, token string) {
	var made struct{ ID, Link string }
	owner.Post("/api/v1/organizations/"+organization+"/invitations", map[string]any{"role": account.PlainMember}).Expect(201).Into(&made)
	_, token, _ = strings.Cut(made.Link, "#invitation=")
	return made.ID, token
}
