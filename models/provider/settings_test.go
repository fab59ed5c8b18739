package provider

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wenguan/models/account"
)

func good() Settings {
	return Settings{Issuer: "https://id.example.cn", ClientID: "wenguan", Scopes: []string{"profile", "phone"}}
}

func TestSettingsThatCannotBeMeantAreRefusedInASentence(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		change func(*Settings)
		want   string // "" for fine
	}{
		{"nothing", func(s *Settings) { *s = Settings{Scopes: []string{"profile"}, NameClaim: "name"} }, ""},
		{"enough", func(*Settings) {}, ""},
		{"no issuer", func(s *Settings) { s.Issuer = "" }, "need --oidc-issuer"},
		{"roles and no issuer", func(s *Settings) { *s = Settings{Roles: []string{"a=manager"}} }, "need --oidc-issuer"},
		{"an issuer without TLS", func(s *Settings) { s.Issuer = "http://id.example.cn" }, "needs https"},
		{"an issuer on this machine", func(s *Settings) { s.Issuer = "http://127.0.0.1:8090/realms/city" }, ""},
		{"an issuer with a query", func(s *Settings) { s.Issuer += "?x=1" }, "is written like"},
		{"an issuer that is none", func(s *Settings) { s.Issuer = "id.example.cn" }, "is written like"},
		{"no client", func(s *Settings) { s.ClientID = "" }, "--oidc-client-id"},
		{"linked by a name", func(s *Settings) { s.LinkBy = "name" }, "email or phone"},
		{"linked by what is not asked for", func(s *Settings) { s.LinkBy = "email" }, "among --oidc-scopes"},
		{"linked by phone", func(s *Settings) { s.LinkBy = "phone" }, ""},
		{"roles without groups", func(s *Settings) { s.Roles, s.TrustStaff = []string{"a=manager"}, true }, "--oidc-groups-claim"},
		{"roles in every sign-in", func(s *Settings) { s.Roles, s.GroupsClaim = []string{"a=manager"}, "groups" }, "--oidc-strong-acr or --oidc-trust-staff"},
		{"roles", func(s *Settings) {
			s.Roles, s.GroupsClaim, s.StrongACR = []string{"a=manager"}, "groups", []string{"otp"}
		}, ""},
		{"some and all", func(s *Settings) { s.StrongACR, s.TrustStaff = []string{"otp"}, true }, "give one of them"},
		{"a real name from nowhere", func(s *Settings) { s.RealNameACR = []string{"high"} }, "--oidc-number-claim"},
		{"a role that is none", func(s *Settings) { s.Roles, s.GroupsClaim, s.TrustStaff = []string{"a=king"}, "groups", true }, "a role is one of"},
	} {
		s := good()
		c.change(&s)
		err := s.Check()
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, not %q", c.name, err, c.want)
		}
	}
}

func TestGroupsAreWorthRolesAtPlaces(t *testing.T) {
	t.Parallel()
	got, err := parseRoles([]string{"culture=manager", "culture=officer", "cn=door,ou=staff=attendant:venue/a|venue/b", "前台=counter:area/紫阳|area/蚺城|venue/c"})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]account.Grant{
		"culture":          {{Role: account.Manager}, {Role: account.Officer}},
		"cn=door,ou=staff": {{Role: account.Attendant, Venues: []string{"a", "b"}}},
		"前台":               {{Role: account.Counter, Areas: []string{"紫阳", "蚺城"}, Venues: []string{"c"}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, line := range []string{"manager", "=manager", "a=", "a=resident", "a=manager:", "a=manager:city/x", "a=manager:venue/", "a=administrator:venue/x"} {
		if _, err := parseRoles([]string{line}); err == nil {
			t.Errorf("%q is taken", line)
		}
	}
}

func TestOnlyAPathOfThisSiteIsGoneTo(t *testing.T) {
	t.Parallel()
	for next, want := range map[string]bool{
		"/": true, "/bookings": true, "/venues/room?date=2026-11-25#week": true, "/场馆": true, "/a%2f%2fb": true,
		"": false, "//evil": false, "/\\evil": false, "/\t/evil": false, "/\n/evil": false, "https://evil": false, "evil": false, "/api/v1/session": false,
		"/\x00": false, "///evil": false, "\\\\evil": false, "javascript:x": false, "/a\u200b": false, "/%zz": false, "/" + strings.Repeat("x", 600): false,
	} {
		if got := LocalPath(next); (got == next && next != "") != want || got != "" && got != next {
			t.Errorf("%q leads to %q", next, got)
		}
	}
}
