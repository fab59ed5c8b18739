package app_test

// accessOfVenues is who may see and edit venues, photos and holidays.
var accessOfVenues = []row{
	{method: "GET", path: "/venues", want: outcomes{200: "everyone"}},
	{method: "POST", path: "/venues", body: `{"kind":"square","name":{"zh-CN":"广场"},"atoms":[],"spaces":[],"hours":[[],[],[],[],[],[],[]]}`,
		want: outcomes{422: "administrators"}},
	{method: "GET", path: "/venues/room", want: outcomes{200: "everyone"}},
	{method: "PUT", path: "/venues/room", body: "{room}", want: outcomes{200: "managers"}},
	{method: "POST", path: "/venues/room/photos", body: "{picture}", want: outcomes{201: "managers"}},
	{method: "DELETE", path: "/venues/room/photos/{photo}", want: outcomes{204: "managers"}},
	{method: "GET", path: "/photos/{photo}", want: outcomes{200: "everyone"}},
	{method: "GET", path: "/venues/room/availability", want: outcomes{200: "everyone"}},
	{method: "GET", path: "/free?date=2026-11-25&from=09:00&to=10:00", want: outcomes{200: "everyone"}},
	{method: "GET", path: "/rule-templates", want: outcomes{200: "everyone"}},
	{method: "GET", path: "/venues/room/rule-versions", want: outcomes{200: "managers"}},
	{method: "POST", path: "/venues/room/rule-checks", body: `{"rules":{"version":1,"check_in_after":15}}`, want: outcomes{200: "managers"}},
	{method: "POST", path: "/venues/room/rule-replays", body: `{"rules":{"version":1,"check_in_after":15},"from":"2026-11-01","to":"2026-11-30"}`,
		want: outcomes{200: "managers"}},
	{method: "GET", path: "/holidays", want: outcomes{200: "everyone"}},
	{method: "PUT", path: "/holidays", body: `{"days":[{"date":"2026-10-01","name":"国庆节","work":false}]}`,
		want: outcomes{200: "administrators"}},
}
