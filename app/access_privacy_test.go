package app_test

import "strings"

// accessOfPrivacy is who may see, copy and erase what is kept about people. Everybody may their own.
var accessOfPrivacy = []row{
	{method: "GET", path: "/privacy/texts/current", want: outcomes{200: "everyone"}},
	{method: "GET", path: "/privacy/texts/1", want: outcomes{200: "everyone"}},
	{method: "GET", path: "/privacy/texts", want: outcomes{200: "administrators"}},
	{method: "POST", path: "/privacy/texts", body: `{"after":9,"body":{"zh-CN":"` + strings.Repeat("规则", 40) + `","en":"` + strings.Repeat("rules ", 20) + `"}}`, want: outcomes{409: "administrators"}},
	{method: "POST", path: "/account/consents", body: `{"version":1}`, want: outcomes{200: "people"}},
	{method: "GET", path: "/account/consent", want: outcomes{200: "people"}},
	{method: "GET", path: "/account/looks", want: outcomes{200: "people"}},
	{method: "GET", path: "/account/export.json", want: outcomes{200: "people"}},
	{method: "GET", path: "/account/export.html", want: outcomes{200: "people"}},
	{method: "POST", path: "/account/addresses", body: `{"to":"13700000000","code":"000000"}`, want: outcomes{422: "people", 403: "weak-administrator stale-administrator"}},
	{method: "POST", path: "/account/erasure", body: `{"confirm":"no"}`, want: outcomes{422: "people", 403: "weak-administrator stale-administrator"}},
	{method: "GET", path: "/people/{person}/export.json", want: outcomes{200: "administrator"}},
	{method: "GET", path: "/people/{person}/export.html", want: outcomes{200: "administrator"}},
	{method: "POST", path: "/people/{person}/erasure", want: outcomes{204: "administrator"}},
	{method: "POST", path: "/account/erasure", body: `{"confirm":"erase"}`, want: outcomes{204: "people", 403: "weak-administrator stale-administrator"}, alone: true},
}
