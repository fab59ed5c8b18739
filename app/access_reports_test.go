package app_test

// accessOfReports is who may read summaries. Somebody elsewhere reads those of their own venue.
var accessOfReports = []row{
	{method: "GET", path: "/summaries?from=2026-11-01&to=2026-11-30", want: outcomes{200: "managers officers manager-elsewhere officer-elsewhere"}},
	{method: "GET", path: "/summaries?from=2026-11-01&to=2026-11-30&venue=room", want: outcomes{200: "managers officers"}},
	{method: "GET", path: "/summaries.csv?from=2026-11-01&to=2026-11-30", want: outcomes{200: "managers officers manager-elsewhere officer-elsewhere"}},
	{method: "GET", path: "/summaries/written?period=month&of=2026-10-01", want: outcomes{200: "managers officers manager-elsewhere officer-elsewhere"}},
}
