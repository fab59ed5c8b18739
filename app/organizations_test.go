package app_test

import (
	"bytes"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
	"wenguan/models/organization"
)

func draft(owner *apptest.Client) handlers.OrganizationView {
	return apptest.Decode[handlers.OrganizationView](owner.Post("/api/v1/organizations", apptest.Registration("青花合唱团")).Expect(201))
}

func TestADocumentLeavesTheHouseOnlyAsAFileToSave(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	owner := h.Resident("王小明")
	o := draft(owner)
	for name, want := range map[string]string{
		"登记证书.png":                         "登记证书.png",
		"a\"; filename=\"evil.html":        "a filename=evil.png",
		"x\r\nContent-Type: text/html\r\n": "html.png",
		"../../index.html":                 "index.png",
		"100%25 ünïcode (2).html":          "10025 ünïcode (2).png",
	} {
		made := apptest.Decode[handlers.DocumentView](owner.Post(
			"/api/v1/organizations/"+o.ID+"/documents?name="+url.QueryEscape(name), picture(t)).Expect(201))
		got := owner.Get(made.URL).Expect(200)
		for header, value := range map[string]string{
			"Content-Type": "image/png", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store",
			"Content-Security-Policy": "sandbox; default-src 'none'", "Cross-Origin-Resource-Policy": "same-origin",
		} {
			if got.Header.Get(header) != value || len(got.Header.Values(header)) != 1 {
				t.Errorf("%q: %s is %q", name, header, got.Header.Values(header))
			}
		}
		how, params, err := mime.ParseMediaType(got.Header.Get("Content-Disposition"))
		if err != nil || how != "attachment" || params["filename"] != want {
			t.Errorf("%q: %q is read as %s %q, %v", name, got.Header.Get("Content-Disposition"), how, params, err)
		}
	}
}

func TestUploadsHaveALimitOfTheirOwnAndOnlyThey(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	owner := h.Resident("王小明")
	path := "/api/v1/organizations/" + draft(owner).ID + "/documents?name=a.pdf"
	pdf := func(size int) []byte {
		inside := bytes.Repeat([]byte("x"), size-len("%PDF-1.4\n")-len("\n%%EOF"))
		return []byte("%PDF-1.4\n" + string(inside) + "\n%%EOF")
	}
	owner.Post(path, pdf(organization.MaxDocumentBytes)).Expect(201)
	owner.Post(path, pdf(organization.MaxDocumentBytes+1)).Refused(http.StatusRequestEntityTooLarge, "body_too_large")
	owner.Post(path, []byte{}).Refused(http.StatusBadRequest, "malformed_request")
	owner.Post(path, "<svg onload=alert(1)>").Refused(422, "document_type")
	if a, err := h.Anonymous().Try("POST", path, pdf(3<<20)); err == nil && a.Status != http.StatusRequestEntityTooLarge {
		t.Errorf("anybody can send megabytes: %d", a.Status)
	}
	if a, err := owner.Try("POST", "/api/v1/organizations", strings.Repeat("x", 3<<20)); err == nil && a.Status != http.StatusRequestEntityTooLarge {
		t.Errorf("other requests can be as large: %d", a.Status)
	}
}

func TestWhoeverUploadsWithoutEndHasToWait(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	owner, other := h.Resident("王小明"), h.Resident("李雷")
	path := "/api/v1/organizations/" + draft(owner).ID + "/documents?name=a.png"
	for range 59 { // founding it was the first of sixty
		owner.Post(path, "no picture").Refused(422, "document_type")
	}
	owner.Post(path, picture(t)).Refused(http.StatusTooManyRequests, "too_many_requests")
	draft(other)
	h.Clock.Advance(time.Second)
	owner.Post(path, picture(t)).Expect(201)
}

func TestNobodyVerifiesThemselvesByWhatTheySend(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	owner := h.Resident("王小明")
	for _, more := range []string{"state", "verified", "verified_until", "checked", "members", "role", "revision", "_id", "$set"} {
		form := apptest.Registration("青花合唱团")
		form[more] = "verified"
		owner.Post("/api/v1/organizations", form).Refused(422, "invalid_input")
	}
	o := draft(owner)
	for _, path := range []string{"/verification", "/submission"} {
		owner.Post("/api/v1/organizations/"+o.ID+path, map[string]any{"revision": 1, "decision": "verify"})
	}
	if got := apptest.Decode[handlers.OrganizationView](owner.Get("/api/v1/organizations/" + o.ID).Expect(200)); got.Verified {
		t.Errorf("%+v", got)
	}
	for _, id := range []string{"$ne", "{}", "..", "%00", "[object Object]", strings.Repeat("a", 60)} {
		owner.Get("/api/v1/organizations/" + url.PathEscape(id) + "/members").Expect(404)
	}
}

func TestStaffSeeTheContactAndTheOwnerSeesThatTheyDid(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	owner, staff := h.Resident("王小明"), h.Staff(account.Manager)
	o := draft(owner)
	owner.Post("/api/v1/organizations/"+o.ID+"/documents?name=a.png", picture(t)).Expect(201)
	seen := apptest.Decode[handlers.OrganizationView](staff.Get("/api/v1/organizations/" + o.ID).Expect(200))
	if seen.Phone == "" || !seen.Can.Decide || seen.Can.Edit {
		t.Errorf("staff see %+v", seen)
	}
	looks := string(owner.Get("/api/v1/account/looks").Expect(200).Body)
	if !strings.Contains(looks, "organization/"+o.ID) || !strings.Contains(looks, "verification") {
		t.Errorf("the owner is not shown who looked: %s", looks)
	}
}
