package app_test

// accessOfTheService is who may run it and look at how it is.
var accessOfTheService = []row{
	{method: "GET", path: "/jobs", want: outcomes{200: "administrators"}},
	{method: "POST", path: "/jobs/tidy/runs", body: "{}", want: outcomes{204: "administrators"}},
	{method: "GET", path: "/health", want: outcomes{200: "everyone"}},
	{method: "GET", path: "/.well-known/jwks.json", want: outcomes{200: "everyone"}},
	{method: "POST", path: "/csp-reports", body: `{"csp-report":{"violated-directive":"script-src"}}`, want: outcomes{204: "anonymous holder door", notAsked: "everyone"}}, // few a minute are kept
}
