package app_test

// accessOfAccounts is who may sign in and change an account.
var accessOfAccounts = []row{
	{method: "POST", path: "/sign-in-codes", body: `{"to":"13700000000"}`, want: outcomes{202: "anonymous", notAsked: "everyone"}},
	{method: "POST", path: "/sessions", body: `{"to":"13700000000","code":"000000"}`, want: outcomes{422: "everyone"}},
	{method: "GET", path: "/session", want: outcomes{200: "everyone"}},
	{method: "PATCH", path: "/account", body: `{"language":"en"}`, want: outcomes{200: "people"}},
	{method: "GET", path: "/session/ways", want: outcomes{200: "everyone"}},
	{method: "GET", path: "/provider/start", want: outcomes{302: "everyone"}},
	{method: "GET", path: "/provider/sign-out", want: outcomes{302: "everyone"}},
	{method: "GET", path: "/provider/callback?state=x&code=y", want: outcomes{302: "everyone"}},
	{method: "DELETE", path: "/session", want: outcomes{204: "everyone"}, alone: true},
}
