package app_test

// accessOfAudit: a chain of a venue is read by its auditors, the district's and all of them at once by those of the
// district.
var accessOfAudit = []row{
	{"GET", "/audit", "", outcomes{200: "district-auditor administrators"}, false},
	{"GET", "/audit?chain=district", "", outcomes{200: "district-auditor administrators"}, false},
	{"GET", "/audit?chain=room", "", outcomes{200: "auditors administrators"}, false},
	{"GET", "/audit.csv?chain=room", "", outcomes{200: "auditors administrators"}, false},
	{"GET", "/audit.jsonl?chain=room", "", outcomes{200: "auditors administrators"}, false},
}
