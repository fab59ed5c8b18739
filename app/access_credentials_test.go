package app_test

import "wenguan/models/account"

// staff are the callers whose session is one of staff that has just shown its second factor.
const staff = "elsewhere officers auditors attendants"

// accessOfCredentials is who may change what they sign in with, and see where they are signed in.
var accessOfCredentials = []row{
	{method: "GET", path: "/account/sessions", want: outcomes{200: "people"}},
	{method: "GET", path: "/account/credentials", want: outcomes{200: "people"}},
	{method: "POST", path: "/session/passkey-challenges", want: outcomes{200: "anonymous weak-administrator devices", 409: "people"}}, // nobody has one
	{method: "POST", path: "/session/proofs", body: `{"recovery":"none"}`, want: outcomes{422: "people", 403: "weak-administrator"}},
	{method: "PUT", path: "/account/password", body: `{"password":"a quiet walk by the river"}`, want: outcomes{200: staff, 403: "stale-administrator"}},
	{method: "POST", path: "/account/totp", want: outcomes{200: staff, 403: "stale-administrator"}},
	{method: "POST", path: "/account/totp/confirmation", body: `{"code":"none"}`, want: outcomes{422: staff, 403: "stale-administrator"}},
	{method: "POST", path: "/account/recovery-codes", want: outcomes{200: staff, 403: "stale-administrator"}},
	{method: "POST", path: "/account/passkeys/options", want: outcomes{200: staff, 403: "stale-administrator"}},
	{method: "POST", path: "/account/passkeys", body: `{"passkey":{}}`, want: outcomes{422: "people"}},
	{method: "DELETE", path: "/account/passkeys/none", want: outcomes{404: staff, 403: "stale-administrator"}},
	{method: "POST", path: "/accounts/{colleague}/credential-resets", want: outcomes{201: "administrator"}},
	{method: "DELETE", path: "/account/sessions/none", want: outcomes{404: "people"}},
	{method: "DELETE", path: "/account/sessions", want: outcomes{204: "people"}},
}

var fillersOfCredentials = map[string]filler{
	"{colleague}": func(s *scene) map[string]string {
		return map[string]string{"{colleague}": s.Account("同事", account.Grant{Role: account.Attendant}).ID}
	},
}
